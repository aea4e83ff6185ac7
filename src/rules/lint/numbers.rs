//! L20: doses, quantities, sessions of the rationale against request and summary.

use super::Found;
use super::desk::{Desk, Desked, Text};
use super::facts::numbers::{Number, Unit};
use super::restated;
use crate::model::lint::Place;
use std::ops::Range;

/// L20 of every item.
pub(super) fn disagreeing(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for it in desk.items() {
        let doses = doses(desk, &it);
        found.extend(quantity(desk, &it).filter(|_| doses.is_empty()));
        found.extend(doses);
        found.extend(asked_again(desk, &it));
        found.extend(request_dose(desk, &it));
    }
    found
}

/// Is the number told of the same drug?
fn is_same_drug(a: &Number, b: &Number) -> bool {
    a.unit == b.unit && !a.of.is_empty() && a.of == b.of
}

fn is_quoting(sentence: &str) -> bool {
    [
        "guideline",
        "should ",
        "may be",
        "up to",
        "recommend",
        "mtus",
        "acoem",
        "odg",
        "maximum",
        "fda",
    ]
    .iter()
    .any(|word| sentence.contains(word))
}

/// A strength of a drug that is told otherwise everywhere else.
fn doses(desk: &Desk, it: &Desked) -> Vec<Found> {
    let elsewhere = || {
        std::iter::once(&desk.summary)
            .chain(&desk.requests)
            .flat_map(Text::numbers)
    };
    let mut found = Vec::new();
    for number in it
        .rationale
        .numbers()
        .iter()
        .filter(|n| matches!(n.unit, Unit::Strength | Unit::Quantity))
    {
        let known: Vec<&Number> = elsewhere()
            .filter(|other| is_same_drug(number, other))
            .collect();
        let is_told = known.iter().any(|other| other.value == number.value);
        if !known.is_empty()
            && !is_told
            && !is_quoting(it.rationale.small_sentence(number.span.start))
        {
            found.push(said(
                Place::Rationale(it.item),
                it.rationale,
                number,
                &known,
            ));
        }
    }
    found
}

/// Words of a sentence that speaks of the request's sessions, though it does not restate it.
const OF_REQUEST: [&str; 17] = [
    "request",
    "exceed",
    "excess",
    "proposed",
    "prescribed",
    "modif",
    "approv",
    "authoriz",
    "agreed",
    "medically",
    "remaining",
    "indicated",
    "warranted",
    "certif",
    "justif",
    "to support",
    "denied",
];
/// Words of a sentence that speaks of sessions had before.
const HAD: [&str; 18] = [
    "completed",
    "received",
    "attended",
    "underwent",
    "undergone",
    "undergoing",
    "participated",
    "finished",
    "tried",
    "prior",
    "previous",
    "already",
    "to date",
    "so far",
    "has had",
    "had ",
    "trial",
    "history",
];
/// Is this the request said again, or a number of its sessions?
fn is_of_request(text: &Text, spans: &[Range<usize>], number: &Number) -> bool {
    if restated::holds(spans, number.span.start) {
        return true;
    }
    let sentence = text.small_sentence(number.span.start);
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    let is_asked_for = match number.unit {
        Unit::Sessions | Unit::Weekly => true,
        // `for 6 weeks`, and not `6 weeks ago`.
        Unit::Weeks => text
            .small
            .get(..number.span.start)
            .is_some_and(|t| t.ends_with("for ")),
        _ => false,
    };
    is_asked_for
        && has(&OF_REQUEST)
        && !has(&HAD)
        && !is_quoting(sentence)
        && !is_range(text, number)
}

/// `9-10 visits`, `3 to 6 treatments`: so guidelines speak, and nobody who asks for sessions.
fn is_range(text: &Text, number: &Number) -> bool {
    let before = text.small.get(..number.span.start).unwrap_or_default();
    before.ends_with('-') || before.ends_with(" to ")
}

/// A quantity of the rationale that nothing else tells, where it tells none of the request's:
/// whatever words stand between drug and number.
fn quantity(desk: &Desk, it: &Desked) -> Option<Found> {
    let is_quantity = |n: &&Number| n.unit == Unit::Quantity;
    let asked: Vec<&Number> = it.request.numbers().iter().filter(is_quantity).collect();
    let told: Vec<&Number> = it.rationale.numbers().iter().filter(is_quantity).collect();
    let has = |all: &[&Number], value: &str| all.iter().any(|n| n.value == value);
    if asked.is_empty() || told.iter().any(|n| has(&asked, &n.value)) {
        return None;
    }
    let beside = || std::iter::once(&desk.summary).chain(&desk.requests);
    let is_others = |number: &Number| {
        let of_other = |n: &Number| {
            n.value == number.value || (is_same_drug(n, number) && !is_asked(&asked, number))
        };
        beside().flat_map(Text::numbers).any(of_other)
    };
    let strange = told
        .into_iter()
        .find(|n| !is_others(n) && !is_quoting(it.rationale.small_sentence(n.span.start)))?;
    Some(said(
        Place::Rationale(it.item),
        it.rationale,
        strange,
        &asked,
    ))
}

fn is_asked(asked: &[&Number], number: &Number) -> bool {
    asked.iter().any(|n| is_same_drug(n, number))
}

/// Where the rationale says the request again, every number of it is one of the request.
fn asked_again(desk: &Desk, it: &Desked) -> Vec<Found> {
    let spans = it.rationale.restated();
    let mut found: Vec<Found> = Vec::new();
    for number in it.rationale.numbers() {
        if !is_of_request(it.rationale, spans, number) {
            continue;
        }
        let is_drug = number.unit == Unit::Strength && !number.of.is_empty();
        let same = |other: &&Number| {
            other.unit == number.unit && (!is_drug || is_same_drug(number, other))
        };
        let asked: Vec<&Number> = it.request.numbers().iter().filter(same).collect();
        // Beside the request itself, a sentence may speak of another item.
        let is_again = restated::holds(spans, number.span.start);
        let others = desk
            .requests
            .iter()
            .flat_map(Text::numbers)
            .filter(|_| !is_again);
        let is_told = asked
            .iter()
            .copied()
            .chain(others.filter(same))
            .any(|other| other.value == number.value);
        let is_new = found
            .last()
            .is_none_or(|last| last.span != Some(number.span.clone()));
        if !asked.is_empty() && !is_told && is_new {
            found.push(said(
                Place::Rationale(it.item),
                it.rationale,
                number,
                &asked,
            ));
        }
    }
    found
}

/// A strength or quantity of the request that summary and rationale tell otherwise.
fn request_dose(desk: &Desk, it: &Desked) -> Vec<Found> {
    let of_drug = |n: &&Number| matches!(n.unit, Unit::Strength | Unit::Quantity);
    let mut found = Vec::new();
    for number in it.request.numbers().iter().filter(of_drug) {
        let beside = desk.summary.numbers().iter().chain(it.rationale.numbers());
        let known: Vec<&Number> = beside.filter(|other| is_same_drug(number, other)).collect();
        if !known.is_empty() && known.iter().all(|other| other.value != number.value) {
            found.push(said(Place::Request(it.item), it.request, number, &known));
        }
    }
    found
}

fn said(place: Place, text: &Text, number: &Number, known: &[&Number]) -> Found {
    let words = text.raw.get(number.span.clone()).unwrap_or_default().trim();
    let mut values: Vec<&str> = known.iter().map(|other| other.value.as_str()).collect();
    values.dedup();
    let source = match place {
        Place::Request(_) => "elsewhere",
        _ => "in request or summary",
    };
    let (unit, values) = (number.unit.word(), values.join(", "));
    let message = format!("\"{words}\" here; {source} {values} ({unit}).");
    Found::at(place, number.span.clone(), message)
}
