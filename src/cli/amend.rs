//! `imr amend CASE`: opens a signed or closed case again, or gives an amendment up.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use crate::model::text::clean_line;
use crate::model::{Change, Stage};

/// Arguments of `imr amend`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case number
    case: String,
    /// Why; kept in the log
    #[arg(long, value_name = "TEXT", required_unless_present = "drop")]
    reason: Option<String>,
    /// Give the amendment up: what was signed stands, and what was changed since is dropped
    #[arg(long, conflicts_with = "reason")]
    drop: bool,
}

impl Args {
    /// Opens the case again. What was sealed stays; the next signature names it as replaced.
    ///
    /// # Errors
    /// An unknown case, one that is open (with `--drop`: one that is not, or was never signed), or
    /// an empty reason (refused).
    pub fn run(&self, desk: &Desk) -> Run {
        let reason = clean_line(self.reason.as_deref().unwrap_or_default());
        if reason.is_empty() && !self.drop {
            return refuse("An amendment needs a reason: --reason TEXT.");
        }
        let mut store = desk.store_to_write()?;
        let file = desk.case(&store, &self.case)?;
        let change = match self.drop {
            true => Change::AmendmentDropped,
            false => Change::Reopened { reason },
        };
        if let Err(why) = file.clone().apply(&change) {
            return refuse(format!("{}: {why}.", file.case.id));
        }
        store.apply(&file.case.id, &change, &desk.who(), desk.now())?;
        note(&format!("{} {}", file.case.id, self.said(file.stage)));
        Ok(Outcome::Done)
    }

    fn said(&self, before: Stage) -> &'static str {
        match (self.drop, before) {
            (true, _) => "is signed as before; the amendment is dropped.",
            (false, Stage::Signed) => "is open again; signing it makes an amendment.",
            (false, _) => "is opened again.",
        }
    }
}
