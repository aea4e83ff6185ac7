//! The lints: what a hostile reader would find, found before the signature. One table
//! ([`table`]), one function a check, one file an idea.
//!
//! ```text
//! table      id, severity, legal basis, what it says, what to do
//! desk       the case as the checks read it: texts, sentences, what is stated in them
//! facts/     sides, levels, people, days, numbers, treatments stated in a text
//! restated   where a rationale says the request again
//! required   L01-L06: what the gate asks for, as lints
//! polarity   L15, L51: the conclusion
//! places     L16: sides, levels, parts of the body
//! person     L17: age, sex, date of injury
//! timeline   L18, L19: days
//! numbers    L20: doses, quantities, sessions
//! order      L21-L23: the order of the sources, and sources at variance
//! citations  L24-L27: what a citation names
//! substance  L05, L28, L31, L33: what a text must hold
//! leftovers  L29, L30: blanks, repetitions
//! words      L07, L32, L34, L35, L41: words that do not belong into a letter
//! items      L36-L39: what an item of its kind must have
//! codes      L42, L43: codes
//! papers     L12, L45, L50: the case's papers and clock
//! subject    L52: another treatment than the item's
//! quoted     L54: words of another determination
//! ```

mod citations;
mod codes;
mod desk;
mod facts;
mod items;
mod leftovers;
mod numbers;
mod order;
mod papers;
mod person;
mod places;
mod polarity;
mod quoted;
mod required;
mod restated;
mod subject;
mod substance;
mod table;
mod timeline;
mod words;

use super::gate::Blocker;
use crate::model::limits::Limits;
use crate::model::lint::{Lint, Place, Severity, fingerprint};
use crate::model::{CaseFile, Date, KnownGuidelines, NoGuidelines, Request, Reviewer};
pub(crate) use desk::Desk;
use std::ops::Range;
use std::sync::LazyLock;
pub use table::{Check, table, table_markdown};

/// What the checks know beyond the case.
pub struct Context<'a> {
    /// The day it is in California.
    pub today: Date,
    /// What rules.toml says.
    pub limits: &'a Limits,
    /// The requests as read, in the order of the items; empty where nobody read them.
    pub requests: &'a [Request],
    /// What the library knows.
    pub known: &'a dyn KnownGuidelines,
}

impl Context<'_> {
    /// A context that knows the day alone, and the built-in limits.
    pub fn plain(today: Date) -> Self {
        static BUILT_IN: LazyLock<Limits> = LazyLock::new(Limits::built_in);
        Self {
            today,
            limits: &BUILT_IN,
            requests: &[],
            known: &NoGuidelines,
        }
    }
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

    /// Of a text as a whole.
    fn of(place: Place, message: String) -> Self {
        Self {
            place,
            span: None,
            message,
        }
    }
}

/// Everything the checks find, in the order of the table, then of the texts. Answered lints are
/// among them: [`Lint::is_answered`] tells.
pub fn check(file: &CaseFile, reviewer: &Reviewer, context: &Context<'_>) -> Vec<Lint> {
    check_with(file, reviewer, context, |_| true)
}

/// What the wanted ones of the checks find.
pub fn check_with(
    file: &CaseFile,
    reviewer: &Reviewer,
    context: &Context<'_>,
    is_wanted: impl Fn(&Check) -> bool,
) -> Vec<Lint> {
    let desk = Desk::new(file, reviewer, context);
    let mut lints = Vec::new();
    for check in table().iter().filter(|check| is_wanted(check)) {
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
    let words = desk.words_around(place, span.as_ref());
    Lint {
        words: fingerprint(&[&message, words]),
        id: check.id,
        severity: desk.context.limits.severity(check.id, check.severity),
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

/// What keeps a case from being signed among these lints. The store's gate asks [`released`] again.
pub fn blockers(file: &CaseFile, lints: &[Lint]) -> Vec<Blocker> {
    let waiting = lints.iter().filter(|lint| lint.blocks(&file.draft.answers));
    waiting.map(blocker).collect()
}

fn blocker(lint: &Lint) -> Blocker {
    let item = lint
        .item
        .map_or_else(String::new, |item| format!("Item {}: ", item + 1));
    Blocker {
        id: lint.id,
        item: lint.item,
        message: format!("{item}{} {}", lint.message, lint.remedy),
        gap: table::gap(lint.id),
    }
}

/// Is this check one that rules.toml has made blocking?
fn is_raised(check: &Check, limits: &Limits) -> bool {
    check.severity != Severity::Blocking
        && limits.severity(check.id, check.severity) == Severity::Blocking
}

/// Has rules.toml made any check blocking? Then the gate asks what the requests and the library say.
pub fn is_any_raised(limits: &Limits) -> bool {
    !limits.severities.is_empty() && table().iter().any(|check| is_raised(check, limits))
}

/// The blocking checks that a typed reason releases, as the gate asks them inside the signing
/// transaction: L07 and L15, and those that rules.toml has made blocking. Nothing slow is in the
/// first two; who makes others blocking waits for them.
pub(super) fn released(
    file: &CaseFile,
    reviewer: &Reviewer,
    context: &Context<'_>,
) -> Vec<Blocker> {
    let are_raised = is_any_raised(context.limits);
    // Nearly always there is nothing: then the case is not read as a whole.
    if !are_raised && !polarity::is_any(file) && !words::names(file, reviewer) {
        return Vec::new();
    }
    let lints = check_with(file, reviewer, context, |check| {
        check.is_released() || is_raised(check, context.limits)
    });
    blockers(file, &lints)
}

#[cfg(test)]
mod tests;
