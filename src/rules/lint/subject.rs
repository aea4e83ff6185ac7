//! L52: a rationale that speaks of another treatment than the item: one taken from elsewhere.

use super::Found;
use super::desk::{Desk, Desked};
use super::facts::treatments::{treatment_names, treatments};
use crate::model::lint::Place;
use std::ops::Range;

/// L52 of every item.
pub(super) fn strange(desk: &Desk) -> Vec<Found> {
    desk.items().filter_map(|it| stranger(&it)).collect()
}

fn stranger(it: &Desked) -> Option<Found> {
    let asked = treatments(&it.request.small.replace("surgical service", ""));
    let named = it.rationale.treatments();
    if asked == 0 || named == 0 || shares_a_word(it) {
        return None;
    }
    let spans = it.rationale.restated();
    let last = it
        .rationale
        .sentences()
        .last()
        .map_or(0, |range| range.start);
    let said =
        |span: &Range<usize>| treatments(it.rationale.small.get(span.clone()).unwrap_or_default());
    // The conclusion names its own subject; where it says `the request`, the whole text does.
    let concluded = spans
        .iter()
        .filter(|span| span.start >= last && said(span) != 0);
    let concluded: Vec<Range<usize>> = concluded.cloned().collect();
    let subject = concluded.iter().fold(0, |all, span| all | said(span));
    let subject = if subject == 0 { named } else { subject };
    if subject & asked != 0 {
        return None;
    }
    let span = concluded
        .into_iter()
        .next()
        .unwrap_or_else(|| it.rationale.sentence(0));
    let message = format!(
        "The rationale speaks of {}; the item is {}.",
        treatment_names(subject),
        treatment_names(asked)
    );
    Some(Found::at(Place::Rationale(it.item), span, message))
}

/// Words of requests that tell nothing of the treatment.
const COMMON: [&str; 45] = [
    "times",
    "weeks",
    "right",
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
    "purchase",
    "rental",
    "associated",
    "service",
    "surgical",
    "treatment",
    "therapy",
    "imaging",
    "magnetic",
    "resonance",
    "extremities",
    "extremity",
    "evaluation",
    "additional",
    "continued",
    "medication",
    "retrospective",
    "program",
    "months",
    "supply",
    "claims",
    "administrator",
    "prospective",
    "office",
    "initial",
    "further",
    "device",
    "coverage",
    "studies",
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
