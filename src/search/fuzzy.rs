//! Fuzzy matching of a query with lines: the one seam over `fuzzy-matcher`.
//!
//! The words of a query may come in any order and every one is required; the score of a line is
//! the sum of their scores. Letter case and accents make no difference.

use super::fold::{Folded, fold};
use fuzzy_matcher::{FuzzyMatcher, skim::SkimMatcherV2};
use std::{ops::Range, sync::Arc};

/// Most characters of a query that are looked at.
pub const QUERY_CAP: usize = 64;

/// Most characters of a line that are looked at.
pub const LINE_CAP: usize = 512;

/// Scores one word against one line, both folded (small letters, no accents).
pub trait Scorer: Send + Sync {
    /// Higher is better; `None` where the word is not in the line.
    fn score(&self, line: &str, word: &str) -> Option<i64>;

    /// The characters of `line` that matched, counted from 0, in any order.
    fn places(&self, line: &str, word: &str) -> Option<Vec<usize>>;
}

/// The scorer that `imr` uses: skim's, of `fuzzy-matcher`.
pub struct Skim(SkimMatcherV2);

impl Default for Skim {
    fn default() -> Self {
        Self(SkimMatcherV2::default().respect_case())
    }
}

impl Scorer for Skim {
    fn score(&self, line: &str, word: &str) -> Option<i64> {
        self.0.fuzzy_match(line, word)
    }

    fn places(&self, line: &str, word: &str) -> Option<Vec<usize>> {
        self.0.fuzzy_indices(line, word).map(|(_, places)| places)
    }
}

/// A query, ready to be matched with many lines, on any thread.
#[derive(Clone)]
pub struct Matcher {
    words: Vec<String>,
    scorer: Arc<dyn Scorer>,
}

impl Matcher {
    /// Reads a query; an empty one matches every line.
    pub fn new(query: &str) -> Self {
        Self::with(Arc::new(Skim::default()), query)
    }

    /// The same with another scorer.
    pub fn with(scorer: Arc<dyn Scorer>, query: &str) -> Self {
        Self {
            words: words(query),
            scorer,
        }
    }

    /// Does the query hold no word?
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The sum of the words' scores; `None` unless every word is in the line.
    pub fn score(&self, line: &str) -> Option<i64> {
        let line = fold(head(line, LINE_CAP));
        self.words
            .iter()
            .map(|word| self.scorer.score(&line, word))
            .sum()
    }

    /// The matched characters: ascending byte ranges of `line` on grapheme borders; empty where
    /// the line does not match.
    pub fn marks(&self, line: &str) -> Vec<Range<usize>> {
        let line = Folded::new(head(line, LINE_CAP));
        let places: Option<Vec<Vec<usize>>> = self
            .words
            .iter()
            .map(|word| self.scorer.places(&line.text, word))
            .collect();
        line.marks(places.unwrap_or_default().concat())
    }
}

/// The folded words of a query, of its first [`QUERY_CAP`] characters.
pub fn words(query: &str) -> Vec<String> {
    fold(head(query, QUERY_CAP))
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

/// The first `cap` characters.
pub fn head(text: &str, cap: usize) -> &str {
    match text.char_indices().nth(cap) {
        Some((end, _)) => text.get(..end).unwrap_or_default(),
        None => text,
    }
}
