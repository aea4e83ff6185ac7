//! A guideline that the reviewer has brought in, and its passages.

use super::citation::Rank;
use super::date::Date;
use std::ops::Range;

/// A guideline in one edition. Its passages stay when a newer edition replaces it: letters that
/// cite it can still be read beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guideline {
    /// Unique and stable: name and edition in kebab case, e.g. `low-back-pain-2022`.
    pub key: String,
    /// The name it was added under: a newer edition of the same shelf replaces it.
    pub shelf: String,
    /// Its title, as it is shown and cited.
    pub name: String,
    /// Edition, as it was given: `2022`, `3rd ed.`
    pub edition: String,
    /// Year of that edition.
    pub year: Option<i16>,
    /// First and last day on which it is in force, where they are known.
    pub effective: (Option<Date>, Option<Date>),
    /// Legal rank, LC 4610.5(c)(2).
    pub rank: Rank,
    /// What its licence says: shown wherever its text is.
    pub licence: String,
    /// What else a reader must be told: that it is a draft.
    pub note: Option<String>,
    /// Key of the newer edition that replaces it.
    pub superseded_by: Option<String>,
    /// How many passages it has.
    pub passages: u32,
}

impl Guideline {
    /// Title and edition on one line, for lists and citations; an edition that the title names
    /// already is not said twice.
    pub fn label(&self) -> String {
        label(&self.name, &self.edition)
    }
}

/// As [`Guideline::label`].
pub fn label(name: &str, edition: &str) -> String {
    if edition.is_empty() || name.contains(edition) {
        return name.to_owned();
    }
    format!("{name}, {edition}")
}

/// One headed, paged piece of a guideline: 120 to 1,800 characters where the source allows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// Key of its guideline.
    pub guideline: String,
    /// Place in its guideline, from 1.
    pub number: u32,
    /// The name that the source gives it, if it does; otherwise guideline and number.
    pub id: String,
    /// Headings above it, outermost first.
    pub heading: Vec<String>,
    /// Page of the file, from 1.
    pub page: Option<u32>,
    /// Page as printed: `179`, `Page 5 of 141`, `iv`.
    pub page_label: Option<String>,
    /// What it is, in a word of the source: `recommendation`.
    pub kind: Option<String>,
    /// The text.
    pub text: String,
    /// Where it is on the web.
    pub url: Option<String>,
    /// What must be met, each in one sentence; empty where there is no such list.
    pub criteria: Vec<String>,
}

/// One ranked answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageHit {
    /// The passage.
    pub passage: Passage,
    /// Title and edition of its guideline.
    pub title: String,
    /// Legal rank of its guideline.
    pub rank: Rank,
    /// Licence of its guideline.
    pub licence: String,
    /// What else a reader must be told of its guideline.
    pub note: Option<String>,
    /// The part of the text around the hit, on one line; where text is left out stands an ellipsis.
    pub snippet: String,
    /// Matched words: byte ranges in `snippet`, ascending, on grapheme borders.
    pub marks: Vec<Range<usize>>,
    /// Higher is better; to compare within one answer.
    pub score: i64,
}
