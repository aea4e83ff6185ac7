//! What summary and rationale must hold: L05, L28, L31, L33.

use super::Found;
use super::desk::{Desk, Text};
use super::facts::pattern;
use super::quoted;
use crate::model::lint::Place;
use regex::Regex;
use std::sync::LazyLock;

static DIAGNOSED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"diagnos\w+|\b[a-z]\d{2}\.\w{1,4}\b|\b\d{3}\.\d{1,2}\b|\b\w+(?:itis|algia|opathy|osis|oma|ectomy)\b|fracture|sprain|strain|hernia|disorder|syndrome|\btear\b|pain",
    )
});

/// L05: neither a diagnosis nor a part of the body.
pub(super) fn no_condition(desk: &Desk) -> Vec<Found> {
    let text = &desk.summary;
    let is_told = text.parts() != 0 || DIAGNOSED.as_ref().is_some_and(|d| d.is_match(&text.small));
    match is_told {
        true => Vec::new(),
        false => vec![Found::of(
            Place::Summary,
            "The summary names no diagnosis and no part of the body.".to_owned(),
        )],
    }
}

/// L28: a rationale of a few words, or the same words under two items.
pub(super) fn thin(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for (item, text) in desk.rationales.iter().enumerate() {
        let words = own_words(text.raw);
        let few = desk.context.limits.lint.minimum_words;
        if !text.raw.trim().is_empty() && words < usize::try_from(few).unwrap_or(usize::MAX) {
            let message = format!("The rationale has {words} words.");
            found.push(Found::of(Place::Rationale(item), message));
        }
        let before = desk.rationales.iter().take(item);
        let same = before
            .enumerate()
            .find(|(_, other)| words > 0 && other.raw.trim() == text.raw.trim());
        if let Some((other, _)) = same {
            let message = format!("Word for word the rationale of item {}.", other + 1);
            found.push(Found::of(Place::Rationale(item), message));
        }
    }
    found
}

/// Words of another determination are not the reviewer's.
fn own_words(raw: &str) -> usize {
    let count = |text: &str| text.split_whitespace().count();
    let quoted = quoted::quotations(raw).into_iter();
    let others: usize = quoted
        .map(|(span, _)| count(raw.get(span).unwrap_or_default()))
        .sum();
    count(raw).saturating_sub(others)
}

/// Fewer words than these have no grade.
const FEW_WORDS: usize = 25;

/// L31: hard to read for who is not of the field (Flesch and Kincaid's grade).
pub(super) fn hard(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for (item, text) in desk.rationales.iter().enumerate() {
        let grade = grade(text);
        if grade > f64::from(desk.context.limits.lint.reading_grade) {
            let message = format!("Reads like grade {grade:.0}: long sentences, long words.");
            found.push(Found::of(Place::Rationale(item), message));
        }
    }
    found
}

#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn grade(text: &Text) -> f64 {
    let words = text
        .small
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty());
    let (mut count, mut syllables) = (0_usize, 0_usize);
    for word in words {
        count += 1;
        syllables += syllables_of(word);
    }
    let sentences = text.sentences().len();
    if count < FEW_WORDS || sentences == 0 {
        return 0.0;
    }
    let count = count as f64;
    0.39 * count / sentences as f64 + 11.8 * syllables as f64 / count - 15.59
}

fn syllables_of(word: &str) -> usize {
    let is_vowel = |c: u8| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let mut count = 0;
    let mut before = false;
    for letter in word.bytes() {
        let vowel = is_vowel(letter);
        count += usize::from(vowel && !before);
        before = vowel;
    }
    if word.ends_with('e') && count > 1 {
        count -= 1;
    }
    count.max(1)
}

static MISSING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:no|not any|without|lack of|absence of) (?:\w+ ){0,2}?(?:documentation|documented|evidence|mention|record|report|indication)s? ",
        r"(?:of|regarding|that shows) (?P<what>[^.,;:()]{6,70})",
    ))
});

/// Words that tell nothing of what is missing.
const EMPTY: [&str; 36] = [
    "previous",
    "prior",
    "recent",
    "patient",
    "current",
    "failed",
    "failure",
    "significant",
    "specific",
    "objective",
    "clinical",
    "functional",
    "improvement",
    "response",
    "positive",
    "findings",
    "evidence",
    "treatment",
    "therapy",
    "specifying",
    "detailing",
    "supporting",
    "exceptional",
    "factors",
    "symptoms",
    "conservative",
    "trial",
    "benefit",
    "medical",
    "records",
    "provided",
    "submitted",
    "review",
    "physical",
    "examination",
    "signs",
];

/// L33: said to be missing, and told in the summary.
pub(super) fn said_missing(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for (item, text) in desk.rationales.iter().enumerate() {
        for missing in MISSING
            .iter()
            .flat_map(|shape| shape.captures_iter(&text.small))
        {
            let Some(what) = missing.name("what") else {
                continue;
            };
            if is_told(&desk.summary, what.as_str()) {
                let words = text.raw.get(what.range()).unwrap_or_default().trim();
                let message = format!("\"{words}\" is said to be missing; the summary tells it.");
                found.push(Found::at(Place::Rationale(item), what.range(), message));
            }
        }
    }
    found
}

/// Does one sentence of the summary hold every telling word, and no denial?
fn is_told(summary: &Text, what: &str) -> bool {
    // What stands behind `or` and `that` is another thing.
    let joints = [
        " that ",
        " or ",
        " for ",
        " the patient ",
        " in the ",
        " with ",
    ];
    let what = joints
        .iter()
        .fold(what, |what, joint| what.split(joint).next().unwrap_or(what));
    let words = what.split(|c: char| !c.is_ascii_alphabetic());
    let telling: Vec<&str> = words
        .filter(|w| w.len() >= 5 && !EMPTY.contains(w))
        .collect();
    let holds = |small: &str| {
        let denies = [
            " no ",
            " not ",
            "denie",
            "negative",
            "without",
            "unremarkable",
            "normal",
        ];
        telling.iter().all(|word| small.contains(word)) && !denies.iter().any(|d| small.contains(d))
    };
    telling.len() >= 2
        && summary
            .sentences()
            .iter()
            .any(|range| summary.small.get(range.clone()).is_some_and(holds))
}
