//! L52: a rationale that speaks of another treatment than the item: one taken from elsewhere.

use super::Found;
use super::desk::{Desk, Desked};
use super::facts::treatments::{treatment_names, treatments};
use super::restated;
use crate::model::lint::Place;

/// L52 of every item.
pub(super) fn strange(desk: &Desk) -> Vec<Found> {
    desk.items().filter_map(|it| stranger(&it)).collect()
}

fn stranger(it: &Desked) -> Option<Found> {
    let asked = it.request.treatments();
    let named = it.rationale.treatments();
    if asked == 0 || named == 0 || shares_a_word(it) {
        return None;
    }
    let spans = restated::spans(it.rationale);
    let again = spans.into_iter().find(|span| {
        let said = treatments(it.rationale.small.get(span.clone()).unwrap_or_default());
        said != 0 && said & asked == 0
    });
    let span = match again {
        Some(span) => span,
        None if named & asked == 0 => it.rationale.sentence(0),
        None => return None,
    };
    let said = treatments(it.rationale.small.get(span.clone()).unwrap_or_default());
    let said = if said == 0 { named } else { said };
    let message = format!(
        "The rationale speaks of {}; the item is {}.",
        treatment_names(said),
        treatment_names(asked)
    );
    Some(Found::at(Place::Rationale(it.item), span, message))
}

/// Words of requests that tell nothing of the treatment.
const COMMON: [&str; 24] = [
    "times",
    "weeks",
    "week",
    "right",
    "left",
    "bilateral",
    "without",
    "contrast",
    "original",
    "request",
    "requested",
    "remaining",
    "portion",
    "eligible",
    "session",
    "sessions",
    "authorized",
    "visits",
    "spine",
    "purchase",
    "rental",
    "associated",
    "service",
    "surgical",
];

/// Does the rationale use a telling word of the request that no family knows?
fn shares_a_word(it: &Desked) -> bool {
    let words = it.request.small.split(|c: char| !c.is_ascii_alphabetic());
    let mut telling =
        words.filter(|word| word.len() >= 6 && !COMMON.contains(word) && treatments(word) == 0);
    telling.any(|word| {
        let is_part = super::facts::treatments::parts(word) != 0;
        !is_part && it.rationale.small.contains(word)
    })
}
