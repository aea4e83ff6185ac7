//! `imr verify [CASE]`: recomputes every seal and the chain of events.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run};

/// Arguments of `imr verify`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// One case; without it, the whole store
    case: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

impl Args {
    /// Names what differs; exit 1 if anything does.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn run(&self, desk: &Desk) -> Run {
        let store = desk.store()?;
        let case = match &self.case {
            Some(typed) => Some(desk.case(&store, typed)?.case.id),
            None => None,
        };
        let report = store.verify(case.as_ref());
        if self.json {
            desk.out.json(&serde_json::json!({
                "checked": report.checked, "problems": report.problems
            }))?;
        } else {
            report.problems.iter().try_for_each(|p| desk.out.line(p))?;
        }
        if report.problems.is_empty() {
            note(&format!(
                "{} records checked; everything is as it was written.",
                report.checked
            ));
            return Ok(Outcome::Done);
        }
        note(&format!(
            "{} records checked, {} differ from what was written.",
            report.checked,
            report.problems.len()
        ));
        Ok(Outcome::Refused)
    }
}
