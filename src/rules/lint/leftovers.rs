//! L29: blanks to be filled in and words typed twice.

use super::Found;
use super::desk::Desk;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Blanks that templates leave. Capitals count: `insert` is a word, `INSERT` an order.
static BLANK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\[[ _.]*\]|\{[a-z_:]*\}|_{3,}|\bX{3,}\b|\bINSERT\b|\bT[OB][DC]\b|\bTODO\b|\?\?+")
        .ok()
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
        found.extend(
            repeats(&text.small)
                .into_iter()
                .map(|(span, word)| Found::at(place, span, format!("\"{word}\" stands twice."))),
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
