//! L20: doses, quantities, sessions of the rationale against request and summary.

use super::Found;
use super::desk::{Desk, Desked, Text};
use super::facts::numbers::{Number, Unit};
use super::restated;
use crate::model::lint::Place;

/// L20 of every item.
pub(super) fn disagreeing(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for it in desk.items() {
        found.extend(doses(desk, &it));
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

/// Where the rationale says the request again, every number of it is one of the request.
fn asked_again(desk: &Desk, it: &Desked) -> Vec<Found> {
    let spans = restated::spans(it.rationale);
    let mut found: Vec<Found> = Vec::new();
    for number in it.rationale.numbers() {
        if !restated::holds(&spans, number.span.start) {
            continue;
        }
        let of_drug = |other: &Number| {
            !matches!(number.unit, Unit::Strength)
                || is_same_drug(number, other)
                || number.of.is_empty()
        };
        let same = |other: &&Number| other.unit == number.unit && of_drug(other);
        let asked: Vec<&Number> = it.request.numbers().iter().filter(same).collect();
        let elsewhere = std::iter::once(&desk.summary)
            .chain(&desk.requests)
            .flat_map(Text::numbers);
        let is_told = elsewhere
            .filter(same)
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

/// A strength of the request that summary or rationale tell otherwise.
fn request_dose(desk: &Desk, it: &Desked) -> Vec<Found> {
    let mut found = Vec::new();
    for number in it
        .request
        .numbers()
        .iter()
        .filter(|n| n.unit == Unit::Strength)
    {
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
    let message = format!(
        "\"{words}\" here; {source} the {} is {}.",
        number.unit.word(),
        values.join(", ")
    );
    Found::at(place, number.span.clone(), message)
}
