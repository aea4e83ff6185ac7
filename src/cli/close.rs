//! `imr close CASE`: closing without a decision.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use super::words;
use crate::model::text::clean_line;
use crate::model::{Change, Stage};

/// Arguments of `imr close`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case number
    case: String,
    /// What it is closed as
    #[arg(long = "as", value_name = "STAGE",
          value_parser = words::one_of(&Stage::CLOSINGS, Stage::word))]
    stage: Stage,
    /// Why; kept in the log
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Args {
    /// Closes the case.
    ///
    /// # Errors
    /// An unknown case, one that is not open, or an empty reason (refused).
    pub fn run(&self, desk: &Desk) -> Run {
        let reason = clean_line(&self.reason);
        if reason.is_empty() {
            return refuse("A case is closed for a reason: --reason TEXT.");
        }
        let mut store = desk.store_to_write()?;
        let file = desk.case(&store, &self.case)?;
        let change = Change::Closed {
            stage: self.stage,
            reason,
        };
        store.apply(&file.case.id, &change, &desk.who(), desk.now())?;
        note(&format!(
            "{} is closed as {}.",
            file.case.id,
            self.stage.word()
        ));
        Ok(Outcome::Done)
    }
}
