//! The order of the sources, 8 CCR 9792.21.1, and recommendations at variance, 9792.25.1.

use super::Found;
use super::desk::{Desk, Desked};
use super::facts::pattern;
use crate::model::lint::Place;
use crate::rules::sequence::{self, Question};
use regex::Regex;
use std::sync::LazyLock;

/// Each item that leaves the MTUS without saying why.
fn each(desk: &Desk, what: impl Fn(&Question) -> Option<&'static str>) -> Vec<Found> {
    let mut found = Vec::new();
    for it in desk.items() {
        let Some(question) = sequence::question(it.draft) else {
            continue;
        };
        if let (Some(message), Some(place)) = (what(&question), question.outside.first()) {
            let length = it
                .draft
                .citations
                .get(*place)
                .map_or(0, |citation| citation.text.len());
            found.push(Found::at(
                Place::Citation(it.item, *place),
                0..length,
                message.to_owned(),
            ));
        }
    }
    found
}

/// L21: only sources outside the MTUS, and no word on the MTUS.
pub(super) fn mtus_left(desk: &Desk) -> Vec<Found> {
    each(desk, |question| {
        (!question.cites_mtus).then_some(
            "Only sources outside the MTUS are cited, and the rationale does not say that the MTUS is silent or rebutted.",
        )
    })
}

/// L22: a study where neither ACOEM nor ODG nor another guideline is cited before it.
pub(super) fn step_skipped(desk: &Desk) -> Vec<Found> {
    each(desk, |question| {
        (question.skips && !question.cites_mtus).then_some(
            "A study is cited, and neither ACOEM nor ODG nor another guideline before it.",
        )
    })
}

static AGAINST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\b(?:not recommend\w*|recommends? against|(?:do|does) not (?:support|recommend)|not (?:supported|indicated))\b",
    )
});
static FOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"\b(?:recommends?|recommended|supports?|is indicated|are indicated)\b")
});
static WEIGHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"9792\.25|level of evidence|evidence level|evidence of level|strength of (?:the )?evidence|higher[- ]quality evidence|better evidence",
    )
});

/// L23: the MTUS is said to recommend what ODG does not, or the reverse, and nothing is weighed.
pub(super) fn at_variance(desk: &Desk) -> Vec<Found> {
    desk.items().filter_map(|it| variance(&it)).collect()
}

fn variance(it: &Desked) -> Option<Found> {
    let text = it.rationale;
    let steps: Vec<_> = it
        .draft
        .citations
        .iter()
        .filter_map(sequence::step)
        .collect();
    if steps
        .iter()
        .all(|step| step == steps.first().unwrap_or(step))
        || WEIGHED.as_ref()?.is_match(&text.small)
    {
        return None;
    }
    let (mut mtus, mut other) = ((false, false), (false, false));
    let mut last = None;
    for range in text.sentences() {
        let small = text.small.get(range.clone())?;
        let is_against = AGAINST.as_ref()?.is_match(small);
        let is_for = !is_against && FOR.as_ref()?.is_match(small);
        let names = |words: &[&str]| words.iter().any(|word| small.contains(word));
        let is_other = names(&["odg", "official disability"]);
        let is_mtus = names(&["mtus", "acoem"]);
        if is_mtus != is_other && (is_for || is_against) {
            let side = if is_mtus { &mut mtus } else { &mut other };
            side.0 |= is_for;
            side.1 |= is_against;
            last = Some(range.clone());
        }
    }
    let is_split = (mtus == (true, false) && other == (false, true))
        || (mtus == (false, true) && other == (true, false));
    let message =
        "MTUS and ODG are said to differ; the evidence behind them is not weighed.".to_owned();
    is_split
        .then(|| Some(Found::at(Place::Rationale(it.item), last?, message)))
        .flatten()
}
