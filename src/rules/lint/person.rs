//! L17: age, sex and date of injury against the case.

use super::Found;
use super::desk::{Desk, Text};
use super::facts::days::Event;
use super::facts::pattern;
use super::facts::people;
use crate::model::lint::Place;
use crate::model::{Sex, date};
use regex::Regex;
use std::sync::LazyLock;

/// L17 over summary and rationales.
pub(super) fn other(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for (place, text) in desk.prose() {
        found.extend(age(desk, place, text));
        found.extend(sex(desk, place, text));
        found.extend(injury(desk, place, text));
    }
    found
}

fn age(desk: &Desk, place: Place, text: &Text) -> Option<Found> {
    let own = u32::from(desk.file.case.patient.age?);
    let stated = people::ages(&text.small);
    let (years, span) = stated.into_iter().find(|(years, span)| {
        *years != own
            && is_patient(text, span.end)
            && !text.small_sentence(span.start).contains("guideline")
    })?;
    let message = format!("{years} years old here; the patient is {own}.");
    Some(Found::at(place, span, message))
}

/// What follows an age that is the patient's own.
static PATIENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^[, -]*(?:(?:[\w-]+ ){0,3}(?:fe)?(?:male|man|woman|lady|gentleman|patient|worker|employee|applicant|claimant)\b|who\b|with\b|$)",
    )
});

fn is_patient(text: &Text, end: usize) -> bool {
    let rest = text.small.get(end..).unwrap_or_default();
    PATIENT
        .as_ref()
        .is_some_and(|patient| patient.is_match(rest))
}

/// People other than the patient: in their sentences a pronoun may be theirs.
static OTHERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:provider|physician|doctor|dr|surgeon|therapist|specialist|chiropractor|acupuncturist|psychologist|practitioner|",
        r"md|do|np|pa|attorney|adjuster|supervisor|co-?worker|employer|wife|husband|spouse|partner|mother|father|son|daughter|",
        r"brother|sister|child|children|friend|man who|woman who|reviewer|author|examiner|consultant|people|patients|women|men)\b",
    ))
});

fn sex(desk: &Desk, place: Place, text: &Text) -> Option<Found> {
    let own = desk.file.case.patient.sex?;
    let strange = strange_sex(text, own)?;
    // Between words of the right sex a pronoun is a slip of the pen (L53): no one is misled.
    if !strange.is_noun && is_mixed(text, own) {
        return None;
    }
    let said = text.raw.get(strange.span.clone()).unwrap_or_default();
    let message = format!("\"{said}\" here; the patient is {}.", own.word());
    Some(Found::at(place, strange.span.clone(), message))
}

/// L53: `he` and `she` of one patient in one text.
pub(super) fn mixed(desk: &Desk) -> Vec<Found> {
    let Some(own) = desk.file.case.patient.sex else {
        return Vec::new();
    };
    let texts = desk.prose().filter(|(_, text)| is_mixed(text, own));
    let found = texts.filter_map(|(place, text)| {
        let strange = strange_sex(text, own).filter(|word| !word.is_noun)?;
        let said = text.raw.get(strange.span.clone()).unwrap_or_default();
        let message = format!("\"{said}\" here; else the text speaks of a {}.", own.word());
        Some(Found::at(place, strange.span.clone(), message))
    });
    found.collect()
}

fn is_mixed(text: &Text, own: Sex) -> bool {
    text.sexes().iter().any(|word| word.sex == own)
}

/// The first word of the other sex that is the patient's.
fn strange_sex<'t>(text: &'t Text, own: Sex) -> Option<&'t people::SexWord> {
    text.sexes().iter().find(|word| {
        let sentence = text.small_sentence(word.span.start);
        let is_others = OTHERS
            .as_ref()
            .is_some_and(|others| others.is_match(sentence));
        word.sex != own
            && if word.is_noun {
                is_noun_of_patient(text, word)
            } else {
                !is_others
            }
    })
}

static NOUN_BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?:years?[- ]?old|years of age|yo|y/o|(?:is|was) an?|this|\d),? (?:\w+[- ])?$")
});
static NOUN_AFTER: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^ (?:patient|worker|employee|applicant|claimant|injured)\b"));

/// `59-year-old female`, `female worker`: not `male erectile disorder`, `a male assistant`.
fn is_noun_of_patient(text: &Text, word: &people::SexWord) -> bool {
    let before = text.small.get(..word.span.start).unwrap_or_default();
    let mut from = before.len().saturating_sub(24);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let before = before.get(from..).unwrap_or_default();
    let after = text.small.get(word.span.end..).unwrap_or_default();
    NOUN_AFTER
        .as_ref()
        .is_some_and(|shape| shape.is_match(after))
        || NOUN_BEFORE
            .as_ref()
            .is_some_and(|shape| shape.is_match(before))
}

/// The day of the injury, told in words, against the header.
pub(super) fn injury(desk: &Desk, place: Place, text: &Text) -> Option<Found> {
    let own = desk.file.case.header.injury_date?;
    let is_told = |at: usize, end: usize| is_injury(text, at, end);
    let told: Vec<_> = text
        .days()
        .iter()
        .filter(|day| day.event == Event::Injury && is_told(day.span.start, day.span.end))
        .collect();
    // An earlier injury may be told beside this one.
    let strange = told.iter().find(|day| day.date != own)?;
    if told.iter().any(|day| day.date == own) {
        return None;
    }
    let message = format!(
        "Injured {} here; the header says {}.",
        date::long(strange.date),
        date::long(own)
    );
    Some(Found::at(place, strange.span.clone(), message))
}

/// Words that join an injury to its day; more than these between them, and it may be another day.
static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:\binjur(?:y|ed|ies)|\bdoi|date of injury|injury date)(?:,? (?:that |which )?(?:date|of|on|dated|is|was|sustained|occurred|occurring|occuring|reported|from|at work|work|in|the|a|claimed|as|date of|incurred)){0,5}:? *$",
    )
});

static AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"^,? (?:industrial |work(?:-related)? |occupational )?(?:date of injury|injury|doi)\b")
});

fn is_injury(text: &Text, start: usize, end: usize) -> bool {
    let before = text.small.get(..start).unwrap_or_default();
    let mut from = before.len().saturating_sub(80);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let before = before.get(from..).unwrap_or_default();
    let after = text.small.get(end..).unwrap_or_default();
    BEFORE.as_ref().is_some_and(|shape| shape.is_match(before))
        || AFTER.as_ref().is_some_and(|shape| shape.is_match(after))
}
