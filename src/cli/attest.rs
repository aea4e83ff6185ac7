//! `imr attest CASE`: that there is no conflict with the parties of a case.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use crate::model::text::clean_line;
use crate::model::{Change, NoConflict};
use crate::rules::{clock, eligibility};

/// Arguments of `imr attest`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case number
    case: String,
    /// Why what looks like a conflict is none; kept in the log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Args {
    /// States it, for the parties as they are now.
    ///
    /// # Errors
    /// An unknown or closed case; something that looks like a conflict and no reason (refused).
    pub fn run(&self, desk: &Desk) -> Run {
        let mut store = desk.store_to_write()?;
        let file = desk.case(&store, &self.case)?;
        let (interests, reviewer) = (&file.case.interests, desk.reviewer());
        let reason = clean_line(self.reason.as_deref().unwrap_or_default());
        let found = eligibility::conflicts(interests, &reviewer);
        for conflict in &found {
            note(&format!("The {}.", conflict.words()));
        }
        if reason.is_empty() && !found.is_empty() {
            return refuse("Say why that is no conflict: --reason TEXT; or: imr recuse.");
        }
        let stated = NoConflict {
            who: desk.who(),
            on: clock::today(desk.now()),
            parties: interests.fingerprint(),
            reason,
        };
        let change = Change::NoConflictStated { stated };
        if let Err(why) = file.clone().apply(&change) {
            return refuse(format!("{}: {why}.", file.case.id));
        }
        store.apply(&file.case.id, &change, &desk.who(), desk.now())?;
        let (id, count) = (&file.case.id, interests.parties.len());
        note(&format!(
            "{id}: no conflict, stated of {count} parties as entered."
        ));
        Ok(Outcome::Done)
    }
}
