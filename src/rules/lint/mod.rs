//! The lints: what a hostile reader would find, found before the signature. One table, one
//! function a check, one file an idea.
//!
//! ```text
//! desk       the case as the checks read it: texts, sentences, what is stated in them
//! polarity   L15: the conclusion against the decision
//! citations  L24: what a citation must name
//! leftovers  L29: blanks to be filled in, words typed twice
//! ```

mod citations;
mod desk;
mod leftovers;
mod polarity;

use crate::model::lint::{Lint, Place, Severity, fingerprint};
use crate::model::{CaseFile, Date, KnownGuidelines, NoGuidelines, Request, Reviewer};
pub(crate) use desk::Desk;
use std::ops::Range;

/// What the checks know beyond the case.
pub struct Context<'a> {
    /// The day it is in California.
    pub today: Date,
    /// The requests as read, in the order of the items; empty where nobody read them.
    pub requests: &'a [Request],
    /// What the library knows.
    pub known: &'a dyn KnownGuidelines,
}

impl Context<'_> {
    /// A context that knows the day alone.
    pub fn plain(today: Date) -> Self {
        Self {
            today,
            requests: &[],
            known: &NoGuidelines,
        }
    }
}

/// One row of the table.
pub struct Check {
    /// Number in the catalogue.
    pub id: &'static str,
    /// Unless overridden.
    pub severity: Severity,
    /// What it looks for, in few words.
    pub title: &'static str,
    /// The law or reason behind it.
    pub basis: &'static str,
    /// What to do, one sentence.
    pub remedy: &'static str,
    /// Does a typed reason settle it?
    pub takes_reason: bool,
    run: fn(&Desk) -> Vec<Found>,
}

/// What a check found: where, and what is to be said of it.
pub(crate) struct Found {
    place: Place,
    span: Option<Range<usize>>,
    message: String,
}

impl Found {
    fn at(place: Place, span: Range<usize>, message: String) -> Self {
        Self {
            place,
            span: Some(span),
            message,
        }
    }
}

/// All checks, by number.
pub fn table() -> &'static [Check] {
    &CHECKS
}

const CHECKS: [Check; 3] = [
    Check {
        id: "L15",
        severity: Severity::Blocking,
        title: "conclusion says the opposite of the decision",
        basis: "LC 4610.6(h)(5)",
        remedy: "Correct the conclusion or the decision, or say why both may stand.",
        takes_reason: true,
        run: polarity::contradicted,
    },
    Check {
        id: "L24",
        severity: Severity::Warning,
        title: "citation names no chapter, section or year",
        basis: "8 CCR 9792.21.1(d)",
        remedy: "Cite chapter or section, and the year of the edition.",
        takes_reason: true,
        run: citations::incomplete,
    },
    Check {
        id: "L29",
        severity: Severity::Warning,
        title: "blank to be filled in, or words typed twice",
        basis: "quality",
        remedy: "Fill the blank in, or take the words out.",
        takes_reason: true,
        run: leftovers::left,
    },
];

/// Everything the checks find, in the order of the table, then of the texts.
pub fn check(file: &CaseFile, reviewer: &Reviewer, context: &Context<'_>) -> Vec<Lint> {
    let desk = Desk::new(file, reviewer, context);
    let mut lints = Vec::new();
    for check in table() {
        let found = (check.run)(&desk).into_iter();
        lints.extend(found.map(|found| lint(check, &desk, found)));
    }
    lints
}

fn lint(check: &Check, desk: &Desk, found: Found) -> Lint {
    let Found {
        place,
        span,
        message,
    } = found;
    let words = match &span {
        Some(span) => desk.sentence_around(place, span),
        None => "",
    };
    Lint {
        words: fingerprint(&[&message, words]),
        id: check.id,
        severity: check.severity,
        item: item_of(place),
        place,
        span,
        message,
        remedy: check.remedy,
        basis: check.basis,
        takes_reason: check.takes_reason,
    }
}

fn item_of(place: Place) -> Option<usize> {
    match place {
        Place::Case | Place::Summary => None,
        Place::Request(item) | Place::Citation(item, _) | Place::Rationale(item) => Some(item),
    }
}

#[cfg(test)]
mod tests;
