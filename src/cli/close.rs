//! `imr close CASE...`: closing without a decision.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use super::words;
use crate::model::text::clean_line;
use crate::model::{CaseId, Change, Stage};
use crate::store::Bulk;

/// Arguments of `imr close`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case numbers
    #[arg(required = true, value_name = "CASE")]
    cases: Vec<String>,
    /// What they are closed as
    #[arg(long = "as", value_name = "STAGE",
          value_parser = words::one_of(&Stage::CLOSINGS, Stage::word))]
    stage: Stage,
    /// Why; kept in the log
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Args {
    /// Closes the cases, all at once.
    ///
    /// # Errors
    /// An empty reason (refused). Cases that are unknown or not open are told.
    pub fn run(&self, desk: &Desk) -> Run {
        let reason = clean_line(&self.reason);
        if reason.is_empty() {
            return refuse("A case is closed for a reason: --reason TEXT.");
        }
        let mut store = desk.store_to_write()?;
        let change = Change::Closed {
            stage: self.stage,
            reason,
        };
        let cases = self.cases.iter().map(|typed| CaseId::typed(typed));
        let changes: Vec<_> = cases.map(|case| (case, change.clone())).collect();
        let bulk = store.apply_all(&changes, &desk.who(), desk.now())?;
        tell(&bulk, &format!("is closed as {}", self.stage.word()))
    }
}

/// Says what became of each case; refused if any was.
pub(super) fn tell(bulk: &Bulk, what: &str) -> Run {
    for done in &bulk.done {
        note(&format!("{} {what}.", done.entry.case));
    }
    for (case, why) in &bulk.refused {
        note(&format!("{case}: {why}."));
    }
    Ok(match bulk.refused.is_empty() {
        true => Outcome::Done,
        false => Outcome::Refused,
    })
}
