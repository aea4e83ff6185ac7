//! Words that stand outside the question, or that a reader stumbles over: L07, L32, L34, L35, L41.

use super::Found;
use super::desk::{Desk, Text};
use super::facts::pattern;
use crate::model::lint::Place;
use crate::model::{CaseFile, Reviewer};
use regex::Regex;
use std::sync::LazyLock;

/// A pattern looked for in the rationales, and what is said of it.
fn rationales(desk: &Desk, shape: &LazyLock<Option<Regex>>, what: &str) -> Vec<Found> {
    let texts = desk.rationales.iter().enumerate();
    // What a guideline says is no reason of the reviewer's.
    let is_own = |text: &Text, found: &Found| {
        let at = found.span.as_ref().map_or(0, |span| span.start);
        let sentence = text.small_sentence(at);
        !["guideline", "recommend", "mtus", "odg"]
            .iter()
            .any(|word| sentence.contains(word))
    };
    let all = texts.flat_map(|(item, text)| {
        let found = marked(Place::Rationale(item), text, shape, what).into_iter();
        found.filter(move |found| is_own(text, found))
    });
    all.collect()
}

fn marked(place: Place, text: &Text, shape: &LazyLock<Option<Regex>>, what: &str) -> Vec<Found> {
    let Some(shape) = shape.as_ref() else {
        return Vec::new();
    };
    let found = shape.find_iter(&text.small).map(|m| {
        let words = text.raw.get(m.range()).unwrap_or_default();
        Found::at(place, m.range(), format!("\"{words}\" {what}"))
    });
    found.collect()
}

/// The reviewer's name as it would stand in a letter; short words and small letters are no name.
fn name_forms(reviewer: &Reviewer) -> Vec<String> {
    let name = reviewer.name.trim();
    if name.chars().count() < 3 {
        return Vec::new();
    }
    let mut letters = name.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    vec![format!("{first}{}", letters.as_str()), name.to_uppercase()]
}

/// L07: the reviewer's own name in summary or rationale.
pub(super) fn own_name(desk: &Desk) -> Vec<Found> {
    let forms = name_forms(desk.reviewer);
    let mut found = Vec::new();
    for (place, text) in desk.prose() {
        let places = forms.iter().filter_map(|form| whole_word(text.raw, form));
        let message = || "Your own name stands in the letter.".to_owned();
        found.extend(places.map(|span| Found::at(place, span, message())));
    }
    found
}

/// Does the name stand anywhere in the letter?
pub(super) fn names(file: &CaseFile, reviewer: &Reviewer) -> bool {
    let rationales = file.draft.items.iter().map(|draft| &draft.rationale);
    let mut texts = rationales.chain([&file.case.summary]);
    let forms = name_forms(reviewer);
    texts.any(|text| forms.iter().any(|form| whole_word(text, form).is_some()))
}

fn whole_word(text: &str, word: &str) -> Option<std::ops::Range<usize>> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    memchr::memmem::find_iter(text.as_bytes(), word.as_bytes())
        .map(|at| at..at + word.len())
        .find(|span| {
            let before = text.get(..span.start).and_then(|t| t.chars().next_back());
            let after = text.get(span.end..).and_then(|t| t.chars().next());
            !is_letter(before) && !is_letter(after)
        })
}

static OUT_OF_SCOPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:compensab\w+|aoe/coe|apportion\w*|not (?:industrially|work)[- ]related|industrial causation|non-?industrial|",
        r"(?:untimely|timeliness|not timely)|causal(?:ly)? (?:relationship|related|connection)|accepted body parts?)\b",
    ))
});

/// L32: causation, compensability or UR's timeliness argued.
pub(super) fn out_of_scope(desk: &Desk) -> Vec<Found> {
    rationales(desk, &OUT_OF_SCOPE, "is not for this review to decide.")
}

static COST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\b(?:too (?:costly|expensive)|(?:high|higher|greater|excessive|added|additional|prohibitive) costs?|costs? (?:more|too much|savings?)|cost-?prohibitive|cheaper|less expensive|more expensive|because of (?:the |its )?costs?|due to (?:the |its )?costs?)\b",
    )
});

/// L34: cost as a reason.
pub(super) fn cost(desk: &Desk) -> Vec<Found> {
    rationales(desk, &COST, "gives cost as a reason.")
}

static BIAS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:(?:because of|due to|given|based on|in view of|owing to) (?:the |his |her |their |(?:the )?(?:patient|worker|applicant|claimant|employee)'s )?",
        r"(?:advanced |young |old )?(?:age|sex|gender|race|ethnic\w*|religio\w*|national origin|sexual orientation|nationality|disability)\b",
        r"|too old|at (?:his|her) age|for a (?:wo)?man (?:of|his|her)|elderly (?:patient|worker|applicant|claimant))",
    ))
});

/// L35: age, sex or origin as a reason.
pub(super) fn bias(desk: &Desk) -> Vec<Found> {
    rationales(desk, &BIAS, "reads as a reason: tie it to a clinical fact.")
}

static PRIVATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"\b\d{3}-\d{2}-\d{4}\b|\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b|(?:\(\d{3}\) ?|\b\d{3}[-.])\d{3}[-.]\d{4}\b",
        r"|\b(?:ssn|social security|date of birth|dob|d\.o\.b\.|mrn|medical record (?:no|number)|claim (?:no|number)|policy (?:no|number))\b[ .:#]*\w*\d[\w-]*",
        r"|\b(?:mr|mrs|ms|miss)\.? [a-z][a-z'-]+\b",
        r"|\b\d{1,5} (?:[a-z]+ ){1,3}(?:street|avenue|boulevard|st\.|ave\.|blvd|apt)\b",
    ))
});

/// L41: what tells who the patient is.
pub(super) fn private(desk: &Desk) -> Vec<Found> {
    let texts = desk.prose();
    texts
        .flat_map(|(place, text)| marked(place, text, &PRIVATE, "may tell who the patient is."))
        .collect()
}
