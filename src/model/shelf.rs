//! What can be cited: one entry of a guideline shelf, and one answer of a search over it.

use super::citation::{Citation, Rank};
use super::pages::PageRange;
use std::ops::Range;

/// One citable entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfEntry {
    /// Unique and stable, e.g. `acoem-2004-8-special-studies`; what `imr decide --cite` takes.
    pub key: String,
    /// The citation it makes: what is read from its text as the letter prints it.
    pub citation: Citation,
    /// Chapter number, to find it by.
    pub chapter: Option<u32>,
    /// Pages, to find it by; printed only where they are checked.
    pub pages: Vec<PageRange>,
    /// Legal rank, LC 4610.5(c)(2).
    pub rank: Rank,
    /// One line in our own words.
    pub topic: String,
    /// Abbreviations and lay words that find it.
    pub synonyms: Vec<String>,
    /// Is some of it recalled rather than checked?
    pub is_unverified: bool,
}

/// One ranked answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The entry.
    pub entry: ShelfEntry,
    /// Matched letters: byte ranges in `entry.citation.label()`, ascending, on grapheme borders.
    pub marks: Vec<Range<usize>>,
    /// How often this store's determinations and drafts cite it.
    pub cited: u32,
    /// Higher is better.
    pub score: i64,
}
