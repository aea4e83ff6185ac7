//! `imr answer CASE LINT`: why a lint may stand, kept with the case.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use crate::jobs::checks;
use crate::library;
use crate::model::lint::Lint;
use crate::model::text::clean_line;
use crate::model::{CaseFile, Change};
use crate::store::Store;
use std::collections::BTreeSet;

/// Arguments of `imr answer`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case number
    case: String,
    /// Number of the lint, as `imr lint` prints it: L29
    lint: String,
    /// Only those of this item, from 1
    #[arg(long, value_name = "N")]
    item: Option<usize>,
    /// Why it may stand; kept in the history
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Args {
    /// Keeps the reason for every such lint that is open now.
    ///
    /// # Errors
    /// No such lint is open, or one that no reason settles (refused).
    pub fn run(&self, desk: &Desk) -> Run {
        let mut store = desk.store_to_write()?;
        let file = desk.case(&store, &self.case)?;
        let reason = clean_line(&self.reason);
        if reason.is_empty() {
            return refuse("Type a reason: --reason TEXT.");
        }
        let lints = self.meant(desk, &store, &file)?;
        for lint in &lints {
            let answer = lint.answer(&reason);
            let change = Change::LintAnswered { answer };
            store.apply(&file.case.id, &change, &desk.who(), desk.now())?;
            note(&format!("{} may stand: {}", lint.id, lint.message));
        }
        Ok(Outcome::Done)
    }

    fn meant(&self, desk: &Desk, store: &Store, file: &CaseFile) -> anyhow::Result<Vec<Lint>> {
        let item = self.item.map(|n| n.checked_sub(1));
        let known = library::cited(Some(store), file)?;
        let mut open = checks::open_lints(
            file,
            &desk.config().reviewer,
            (&desk.settings().limits, &known),
            desk.now(),
        );
        let all: BTreeSet<&str> = open.iter().map(|lint| lint.id).collect();
        let all: Vec<&str> = all.into_iter().collect();
        let is_meant = |lint: &Lint| {
            lint.id.eq_ignore_ascii_case(&self.lint)
                && item.is_none_or(|item| item.is_some() && lint.item == item)
        };
        if !open.iter().any(is_meant) {
            let open = match all.as_slice() {
                [] => "nothing is".to_owned(),
                ids => format!("open are {}", ids.join(", ")),
            };
            let (case, lint) = (&file.case.id, &self.lint);
            return refuse(format!("{case} has no open lint {lint} there: {open}."));
        }
        open.retain(is_meant);
        match open.iter().find(|lint| !lint.takes_reason) {
            Some(firm) => refuse(format!(
                "{} is settled by no reason: {} {}",
                firm.id, firm.message, firm.remedy
            )),
            None => Ok(open),
        }
    }
}
