//! Rank 1: how a text is written: spelling, readability, abbreviations; pure, and without a network.
//!
//! ```text
//! words          a text as words, with what is not meant to be read as English left out
//! dictionary     is it a word? English, the words of the field, the reviewer's own
//! suggest        what may have been meant
//! syllables      how long a text is to the ear;  readability  its grade
//! abbreviations  letters that nobody has explained
//! ```

pub mod abbreviations;
pub mod dictionary;
pub mod readability;
pub mod suggest;
mod syllables;
pub mod words;

pub use dictionary::Dictionary;
pub use readability::Readability;

use crate::model::lint::{Lint, Place, Severity};

/// Identity of the mark at a word that no dictionary has.
pub const SPELLING: &str = "SPELL";
/// Identity of the quiet marks on plain language, as the catalogue of lints has it.
pub const PLAIN: &str = "L31";

/// The quiet marks of a rationale: unknown words, and abbreviations that nothing explains.
/// `explained` is what else of the case the reader has before: its requests and its summary.
pub fn lints(item: usize, text: &str, explained: &str, dictionary: &Dictionary) -> Vec<Lint> {
    let note = |span, id, message, remedy, basis| Lint {
        id,
        severity: Severity::Note,
        item: Some(item),
        place: Place::Rationale(item),
        span: Some(span),
        message,
        remedy,
        basis,
        takes_reason: false,
        words: String::new(),
    };
    let unknown = dictionary.unknown(text).into_iter().map(|range| {
        let word = text.get(range.clone()).unwrap_or_default();
        let message = format!("\"{word}\" is in no dictionary.");
        note(
            range,
            SPELLING,
            message,
            "Choose another word, or take this one into your own.",
            "plain language",
        )
    });
    let short = abbreviations::undefined(text, explained);
    let short = short.into_iter().map(|range| {
        let word = text.get(range.clone()).unwrap_or_default();
        let message = format!("\"{word}\" is not explained.");
        let remedy = "Write it out at its first use: magnetic resonance imaging (MRI).";
        note(range, PLAIN, message, remedy, "LC 4610.6(e)")
    });
    let mut all: Vec<Lint> = unknown.chain(short).collect();
    all.sort_by_key(|lint| lint.span.as_ref().map_or(0, |span| span.start));
    all
}
