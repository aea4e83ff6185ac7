//! `imr parties CASE`: who has a stake in a case.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use crate::model::nearest::hint;
use crate::model::text::clean_line;
use crate::model::{CaseFile, Change, Party, Role};
use crate::rules::eligibility;
use std::io;

/// Arguments of `imr parties`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case number
    case: String,
    /// Enter a party: ROLE is employer, insurer, claims-administrator, provider, facility or
    /// manufacturer
    #[arg(long, value_name = "ROLE=NAME", value_parser = party)]
    add: Vec<Party>,
    /// Take a party out, by its number in the list
    #[arg(long, value_name = "NUMBER", conflicts_with = "add")]
    drop: Option<usize>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

fn party(text: &str) -> Result<Party, String> {
    let (role, name) = text
        .split_once('=')
        .ok_or("expected ROLE=NAME, such as insurer=\"Acme Indemnity\"")?;
    let keys = Role::ALL.map(Role::key);
    let role = Role::parse(role.trim()).ok_or_else(|| {
        let near = hint(role.trim(), keys);
        format!("\"{role}\" is no role{near}: {}", keys.join(", "))
    })?;
    match clean_line(name) {
        name if name.is_empty() => Err("the party needs a name".to_owned()),
        name => Ok(Party { role, name }),
    }
}

impl Args {
    /// Enters or takes out, then lists the parties and what looks like a conflict.
    ///
    /// # Errors
    /// An unknown case, a party that is not there, a case that takes no change (refused).
    pub fn run(&self, desk: &Desk) -> Run {
        let adds = self.add.iter().cloned();
        let changes: Vec<Change> = match self.drop.map(|n| n.checked_sub(1)) {
            None => adds.map(|party| Change::PartyAdded { party }).collect(),
            Some(Some(index)) => vec![Change::PartyDropped { index }],
            Some(None) => return refuse("Parties are numbered from 1."),
        };
        if !changes.is_empty() {
            let mut store = desk.store_to_write()?;
            let mut file = desk.case(&store, &self.case)?;
            for change in &changes {
                if let Err(why) = file.apply(change) {
                    return refuse(format!("{}: {why}.", file.case.id));
                }
                store.apply(&file.case.id, change, &desk.who(), desk.now())?;
            }
        }
        let store = desk.store()?;
        let file = desk.case(&store, &self.case)?;
        match self.json {
            true => desk.out.json(&file.case.interests)?,
            false => print(desk, &file)?,
        }
        Ok(Outcome::Done)
    }
}

fn print(desk: &Desk, file: &CaseFile) -> io::Result<()> {
    let interests = &file.case.interests;
    for (n, party) in (1..).zip(&interests.parties) {
        let role = party.role.words();
        desk.out
            .line(&format!("{n:>2}  {role:<22} {}", party.name))?;
    }
    if interests.parties.is_empty() {
        note("No party is entered.");
    }
    let reviewer = desk.reviewer();
    for conflict in eligibility::conflicts(interests, &reviewer) {
        note(&format!("Conflict? The {}.", conflict.words()));
    }
    Ok(())
}
