//! `imr recuse CASE`: a case that is not for this reviewer to decide.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use crate::model::text::clean_line;
use crate::model::{Change, Recusal};
use crate::rules::clock;

/// Arguments of `imr recuse`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case number
    case: String,
    /// Why; kept in the log
    #[arg(long, value_name = "TEXT", required_unless_present = "take_back")]
    reason: Option<String>,
    /// It was a mistake: the case is open again
    #[arg(long, conflicts_with = "reason")]
    take_back: bool,
}

impl Args {
    /// Returns the case, marked so that this reviewer cannot sign it; or takes that back.
    ///
    /// # Errors
    /// An unknown or closed case, an empty reason (refused).
    pub fn run(&self, desk: &Desk) -> Run {
        let reason = clean_line(self.reason.as_deref().unwrap_or_default());
        if reason.is_empty() && !self.take_back {
            return refuse("A case is returned for a reason: --reason TEXT.");
        }
        let mut store = desk.store_to_write()?;
        let file = desk.case(&store, &self.case)?;
        let who = desk.who();
        let change = match self.take_back {
            true => Change::RecusalTakenBack { who: who.clone() },
            false => Change::Recused {
                recusal: Recusal {
                    who: who.clone(),
                    on: clock::today(desk.now()),
                    reason,
                },
            },
        };
        if let Err(why) = file.clone().apply(&change) {
            return refuse(format!("{}: {why}.", file.case.id));
        }
        store.apply(&file.case.id, &change, &who, desk.now())?;
        let what = match self.take_back {
            true => "is open again; the recusal is taken back",
            false => "is returned; you are recused from it",
        };
        note(&format!("{} {what}.", file.case.id));
        Ok(Outcome::Done)
    }
}
