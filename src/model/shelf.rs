//! What can be cited: one entry of a guideline shelf, and one answer of a search over it.

use super::citation::{Citation, Rank};
use super::pages::PageRange;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

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
    /// When its edition is in force, as far as that is known.
    pub effective: Option<Arc<Effective>>,
}

/// When an edition is in force: each end a day (`2017-12-01`) or a year, or not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effective {
    /// The first day or year.
    pub from: Option<String>,
    /// The last; none too where it is in force still.
    pub to: Option<String>,
    /// Are they recalled rather than checked?
    pub is_unverified: bool,
}

impl fmt::Display for Effective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => write!(f, "{from} to {to}")?,
            (Some(from), None) => write!(f, "from {from}")?,
            (None, Some(to)) => write!(f, "until {to}")?,
            (None, None) => return f.write_str("not known"),
        }
        f.write_str(if self.is_unverified {
            " (unverified)"
        } else {
            ""
        })
    }
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
