//! What can be reckoned from the requests of a case: opioid doses, visits against the cap, the
//! status of a drug. Each line says the numbers it came from; what is missing is asked, not guessed.

pub mod dependents;
pub mod formulary;
pub mod opioids;
pub mod visits;

use crate::model::ledger::Prior;
use crate::model::{CaseFile, Request};

/// A line of what was reckoned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoned {
    /// One word: `MME`, `Visits`, `Formulary`, `With it`.
    pub label: &'static str,
    /// The result and the numbers it came from.
    pub text: String,
    /// Does a number wait for the reviewer to note it?
    pub asks: bool,
}

/// What is reckoned of one item (from 0), in the order it is shown.
pub fn of_item(
    file: &CaseFile,
    requests: &[Request],
    prior: &[Prior],
    item: usize,
) -> Vec<Reckoned> {
    let mut lines = dependents::lines(file, requests, item);
    lines.extend(opioids::lines(file, requests, item));
    lines.extend(visits::line(file, requests, prior, item));
    lines.extend(formulary::line(file, requests, item));
    lines
}
