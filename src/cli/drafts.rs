//! `imr drafts CASE ITEM`: what a rationale read like before.

use super::desk::Desk;
use super::out::{Out, note};
use super::outcome::{Outcome, Run, refuse};
use super::table;
use crate::app::doc::minute;
use crate::model::difference::{self, Piece};
use crate::model::{CaseFile, Change, Version};
use serde::Serialize;

/// Arguments of `imr drafts`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case number
    case: String,
    /// Item, from 1
    item: usize,
    /// Print what changed since this text: [-gone-] {+come+}
    #[arg(long, value_name = "N", conflicts_with = "restore")]
    diff: Option<usize>,
    /// Put this text in the place of today's; today's is kept in turn
    #[arg(long, value_name = "N")]
    restore: Option<usize>,
    /// Print one JSON object a line, with the text
    #[arg(long, conflicts_with_all = ["diff", "restore"])]
    json: bool,
}

/// A text as a script reads it.
#[derive(Serialize)]
struct Listed<'a> {
    number: usize,
    saved: String,
    who: &'a str,
    words: usize,
    signed: bool,
    text: &'a str,
}

impl Args {
    /// Lists, compares or takes back.
    ///
    /// # Errors
    /// No such case, item or text (refused); a case that takes no change.
    pub fn run(&self, desk: &Desk) -> Run {
        let store = desk.store()?;
        let file = desk.case(&store, &self.case)?;
        let Some(at) = self
            .item
            .checked_sub(1)
            .filter(|at| *at < file.case.items.len())
        else {
            return refuse(format!("{} has no item {}.", file.case.id, self.item));
        };
        let all = store.versions(&file.case.id, at)?;
        let wanted = self.restore.or(self.diff);
        let chosen = wanted.map(|n| n.checked_sub(1).and_then(|n| all.get(n)));
        match chosen {
            Some(None) => refuse(format!("There is no such text: {} are kept.", all.len())),
            Some(Some(version)) if self.restore.is_some() => restore(desk, &file, at, version),
            Some(Some(version)) => compare(&desk.out, &file, at, version),
            None => self.list(&desk.out, &all),
        }
    }

    fn list(&self, out: &Out, all: &[Version]) -> Run {
        if self.json {
            for (number, version) in (1..).zip(all) {
                out.json_line(&listed(number, version))?;
            }
            return Ok(Outcome::Done);
        }
        let row = |(number, version): (usize, &Version)| {
            let who = if version.is_signed {
                "as signed"
            } else {
                &version.who
            };
            let words = format!("{} words", version.words());
            vec![
                number.to_string(),
                minute(version.at),
                who.to_owned(),
                words,
            ]
        };
        let rows: Vec<Vec<String>> = (1..).zip(all).map(row).collect();
        if rows.is_empty() {
            note("No earlier text is kept.");
        }
        table::lines(&rows, None)
            .iter()
            .try_for_each(|line| out.line(line))?;
        Ok(Outcome::Done)
    }
}

fn listed(number: usize, version: &Version) -> Listed<'_> {
    Listed {
        number,
        saved: version.at.to_string(),
        who: &version.who,
        words: version.words(),
        signed: version.is_signed,
        text: &version.text,
    }
}

fn today(file: &CaseFile, at: usize) -> &str {
    let draft = file.draft.items.get(at);
    draft.map_or("", |draft| draft.rationale.as_str())
}

fn compare(out: &Out, file: &CaseFile, at: usize, version: &Version) -> Run {
    let pieces = difference::words(&version.text, today(file, at));
    let marked: String = pieces.iter().map(Piece::marked).collect();
    out.line(&marked)?;
    Ok(Outcome::Done)
}

fn restore(desk: &Desk, file: &CaseFile, item: usize, version: &Version) -> Run {
    if today(file, item) == version.text {
        return refuse("The rationale reads so already.");
    }
    let text = version.text.clone();
    let mut store = desk.store_to_write()?;
    let seen = file.history.last().map(|entry| entry.seq);
    let change = Change::Written { item, text };
    store.apply_as_read(&file.case.id, &change, seen, &desk.who(), desk.now())?;
    note(&format!(
        "Item {} of {}: the text of {} is back, {} words.",
        item + 1,
        file.case.id,
        minute(version.at),
        version.words()
    ));
    Ok(Outcome::Done)
}
