//! L29: blanks to be filled in and words typed twice; L30: lists that name a thing twice.

use super::Found;
use super::desk::{Desk, Text};
use crate::model::snippet;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Blanks that templates leave. Capitals count: `insert` is a word, `INSERT` an order.
static BLANK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let shape = r"\[[ _.]*\]|\{[a-z_:]*\}|_{3,}|\bX{3,}\b|\bINSERT\b|\bTB[DC]\b|\bTODO\b|\?\?+";
    Regex::new(shape).ok()
});

/// Words that may stand twice: `had had`, `that that`.
const MAY_REPEAT: [&str; 4] = ["had", "that", "is", "do"];

/// L29 over summary and rationales.
pub(super) fn left(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for (place, text) in desk.prose() {
        if let Some(blank) = BLANK.as_ref() {
            found.extend(blank.find_iter(text.raw).map(|m| {
                let message = format!("\"{}\" is a blank to be filled in.", m.as_str());
                Found::at(place, m.range(), message)
            }));
        }
        // What a snippet could not fill in.
        found.extend(snippet::blanks(text.raw).into_iter().map(|span| {
            let words = text.raw.get(span.clone()).unwrap_or_default();
            let message = format!("\"{words}\" is a blank to be filled in.");
            Found::at(place, span, message)
        }));
        let twice = repeats(&text.small).into_iter();
        found.extend(
            twice.map(|(span, word)| Found::at(place, span, format!("\"{word}\" stands twice."))),
        );
    }
    found
}

/// Words followed by themselves.
fn repeats(small: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut before: Option<(usize, &str)> = None;
    for word in small.split_ascii_whitespace() {
        // Both are parts of one text, so the difference of their addresses is the place.
        let at = word.as_ptr() as usize - small.as_ptr() as usize;
        let bare = word.trim_end_matches(['.', ',', ';', ':']);
        if let Some((start, last)) = before {
            let is_word = bare.len() > 1 && bare.bytes().all(|b| b.is_ascii_alphabetic());
            if last == bare && is_word && !MAY_REPEAT.contains(&bare) {
                found.push((start..at + bare.len(), bare));
            }
        }
        before = Some((at, word));
    }
    found
}

/// L30 over summary and rationales.
pub(super) fn listed_twice(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for (place, text) in desk.prose() {
        for range in text.sentences() {
            if let Some((span, name)) = twice(text, range) {
                found.push(Found::at(
                    place,
                    span,
                    format!("\"{name}\" is listed twice."),
                ));
            }
        }
    }
    found
}

/// Entries this short repeat by chance: `left`, `pain`.
const SHORT: usize = 7;

/// An entry of a list has at most so many words.
const ENTRY_WORDS: usize = 8;

/// An entry of a list of three and more that stood in it before, and where it stands again.
fn twice<'t>(text: &'t Text, sentence: &Range<usize>) -> Option<(Range<usize>, &'t str)> {
    let small = text.small.get(sentence.clone())?;
    let mut seen: Vec<&str> = Vec::new();
    let mut last = None;
    for entry in small.split([',', ';']) {
        let bare = bare_entry(entry);
        // A long piece ends the list.
        if entry.split_whitespace().count() > ENTRY_WORDS {
            seen.clear();
        }
        let is_entry = bare.len() > SHORT && !bare.starts_with(|c: char| c.is_ascii_digit());
        // Two entries are no list.
        if is_entry && seen.len() >= 2 && seen.contains(&bare) {
            let at = sentence.start + (bare.as_ptr() as usize - small.as_ptr() as usize);
            last = Some((at..at + bare.len(), bare));
        }
        // The first entry carries the words before the list.
        let tail = bare.rsplit(" included ").next().unwrap_or(bare);
        seen.push(tail.rsplit(" include ").next().unwrap_or(tail));
    }
    last
}

/// Without the joint of the last entry and the stop.
fn bare_entry(entry: &str) -> &str {
    let bare = entry.trim().trim_end_matches('.');
    let joints = ["and ", "or ", "as well as "];
    let after = joints.iter().find_map(|joint| bare.strip_prefix(joint));
    after.unwrap_or(bare).trim()
}
