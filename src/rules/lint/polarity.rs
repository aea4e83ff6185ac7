//! L15: the conclusion of a rationale says the opposite of the decision.

use super::Found;
use super::desk::{Desk, Text};
use crate::model::Decision;
use crate::model::lint::Place;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What is said of necessity: `medically necessary`, `medical necessity ... established`.
static VERDICT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"medically (?:necessary|appropriate|indicated)|medical necessity").ok()
});

/// Words that turn it round.
static DENIED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:not|no|neither|nor|cannot|never|without|lacks?|fails?)\b|n't\b").ok()
});

/// The last sentence that speaks of necessity, and what it says.
pub(super) fn conclusion(text: &Text) -> Option<(Range<usize>, Decision)> {
    let (verdict, denied) = (VERDICT.as_ref()?, DENIED.as_ref()?);
    for range in text.sentences.iter().rev() {
        let small = text.small.get(range.clone())?;
        if verdict.is_match(small) {
            let says = match denied.is_match(small) {
                true => Decision::Upheld,
                false => Decision::Overturned,
            };
            return Some((range.clone(), says));
        }
    }
    None
}

/// L15 of every decided item.
pub(super) fn contradicted(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for (item, draft, text) in desk.items() {
        let Some((decision, (span, says))) = draft.decision.zip(conclusion(text)) else {
            continue;
        };
        if says != decision {
            let message = format!(
                "Item {} is {}; its rationale concludes: {}.",
                item + 1,
                decision.both(),
                says.meaning()
            );
            found.push(Found::at(Place::Rationale(item), span, message));
        }
    }
    found
}
