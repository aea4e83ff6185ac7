//! `imr amend CASE`: opens a signed case for an amendment.

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
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Args {
    /// Opens the case again. What was sealed stays; the next signature names it as replaced.
    ///
    /// # Errors
    /// An unknown case, one that is not signed, or an empty reason (refused).
    pub fn run(&self, desk: &Desk) -> Run {
        let reason = clean_line(&self.reason);
        if reason.is_empty() {
            return refuse("An amendment needs a reason: --reason TEXT.");
        }
        let mut store = desk.store_to_write()?;
        let file = desk.case(&store, &self.case)?;
        if file.stage != Stage::Signed {
            let (case, stage) = (&file.case.id, file.stage.word());
            return refuse(format!(
                "{case} is {stage}: only a signed case can be amended."
            ));
        }
        let change = Change::Reopened { reason };
        store.apply(&file.case.id, &change, &desk.who(), desk.now())?;
        note(&format!(
            "{} is open again; signing it makes an amendment.",
            file.case.id
        ));
        Ok(Outcome::Done)
    }
}
