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

impl Skim {
    /// For lines in their own case: a capital found by a small letter counts a little less, and
    /// one within a word is a start.
    pub fn of_written() -> Self {
        Self(SkimMatcherV2::default().ignore_case())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::is_clean;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn is_send_and_sync<T: Send + Sync>(_: &T) {}

    #[test]
    fn words_in_any_order_and_every_one() {
        let line = "MTUS Cervical and Thoracic Spine Disorders 2016: CT";
        for query in ["crvcl ct", "ct crvcl", "THORACIC", "cérvical", ""] {
            assert!(Matcher::new(query).score(line).is_some(), "{query}");
        }
        for query in ["cervical knee", "ct zzq"] {
            assert_eq!(Matcher::new(query).score(line), None, "{query}");
        }
        is_send_and_sync(&Matcher::new("x"));
        assert!(Matcher::new(" ").is_empty());
    }

    #[test]
    fn better_finds_score_higher() {
        let matcher = Matcher::new("cerv ct");
        assert!(matcher.score("Cervical CT") > matcher.score("Cancer review, abstract"));
    }

    #[test]
    fn marks_are_of_the_original() {
        let marks = Matcher::new("meniere ct").marks("Me\u{301}nie\u{300}re: CT");
        assert_eq!(marks, [0..11, 13..15]);
        assert!(Matcher::new("meniere mri").marks("Ménière: CT").is_empty());
    }

    #[test]
    fn long_input_is_capped() {
        let line = "x".repeat(LINE_CAP) + "y";
        assert_eq!(Matcher::new("y").score(&line), None);
        assert_eq!(words(&"ab ".repeat(50)).len(), QUERY_CAP.div_ceil(3));
    }

    proptest! {
        #[test]
        fn anything_goes(query in "\\PC{0,80}", line in "\\PC{0,200}", raw in any::<String>()) {
            for line in [&line, &raw] {
                let matcher = Matcher::new(&query);
                let marks = matcher.marks(line);
                let borders: Vec<usize> =
                    line.grapheme_indices(true).map(|(i, _)| i).chain([line.len()]).collect();
                prop_assert!(marks.iter().all(|m| m.start < m.end));
                prop_assert!(marks.windows(2).all(|w| w[0].end < w[1].start));
                prop_assert!(marks.iter().all(|m| borders.contains(&m.start) && borders.contains(&m.end)));
                prop_assert!(matcher.score(line).is_some() || marks.is_empty());
                prop_assert!(!is_clean(line) || is_clean(&fold(line)));
            }
        }

        #[test]
        fn a_part_of_the_line_is_found(line in "[a-zé日 ]{1,40}", at in any::<prop::sample::Index>()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            if !words.is_empty() {
                prop_assert!(Matcher::new(words[at.index(words.len())]).score(&line).is_some());
            }
        }
    }
}
