//! The words of a query in running text: each at the start of a word, with what else may be
//! written for it, and with one typing error where nothing has it as typed.

use super::fold::{Folded, fold};
use super::fuzzy;
use super::grammar::begins_a_word;
use super::query::with_alike;
use super::typo;
use std::ops::Range;

/// The words of a query.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// For each word, everything that stands for it; as typed first.
    each: Vec<Vec<String>>,
    forgives: bool,
}

impl Words {
    /// Reads the words of a query.
    pub fn new(query: &str) -> Self {
        let words = fuzzy::words(query).into_iter();
        let words = words.filter_map(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            (!bare.is_empty()).then(|| bare.to_owned())
        });
        let each = words.map(|word| {
            let alike = with_alike(&word).map(|needle| needle.word().to_owned());
            let mut all = vec![word.clone()];
            all.extend(alike.filter(|other| *other != word));
            all
        });
        Self {
            each: each.collect(),
            forgives: false,
        }
    }

    /// The same, and a typing error in a longer word is forgiven.
    #[must_use]
    pub fn forgiving(mut self) -> Self {
        self.forgives = true;
        self
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.each.len()
    }

    /// How many of them are in this folded text.
    pub fn found(&self, text: &str) -> usize {
        let is_here = |all: &&Vec<String>| {
            all.iter().any(|word| begins_a_word(text, word))
                || (self.forgives && all.first().is_some_and(|word| is_near_any(text, word)))
        };
        self.each.iter().filter(is_here).count()
    }

    /// Are all of them?
    pub fn are_in(&self, text: &str) -> bool {
        self.found(text) == self.each.len()
    }

    /// Where they stand: byte ranges of `text`, ascending, on grapheme borders.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let folded = Folded::new(text);
        let mut places = Vec::new();
        for word in self.each.iter().flatten() {
            for (at, _) in folded.text.match_indices(word.as_str()) {
                let before = folded.text.get(..at).unwrap_or_default();
                if before
                    .chars()
                    .next_back()
                    .is_none_or(|c| !c.is_alphanumeric())
                {
                    let start = before.chars().count();
                    places.extend(start..start + word.chars().count());
                }
            }
        }
        folded.marks(places)
    }
}

/// Is a word of the text as meant by this one, one error away?
fn is_near_any(text: &str, typed: &str) -> bool {
    if typed.chars().count() < typo::SHORTEST {
        return false;
    }
    let words = text.split(|c: char| !c.is_alphanumeric());
    let mut words = words.filter(|word| typo::may_be_near(typed, word));
    words.any(|word| typo::is_near(typed, word) || typo::is_near_start(typed, word))
}

/// Small letters without accents: how texts are looked through.
pub fn folded(text: &str) -> String {
    fold(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn starts_synonyms_and_errors() {
        let text = folded("Lumbar radiculopathy; MRI of the low back");
        assert!(Words::new("radic mri").are_in(&text));
        assert!(!Words::new("iculo").are_in(&text), "not within a word");
        assert!(!Words::new("radicluopathy").are_in(&text));
        assert!(Words::new("radicluopathy").forgiving().are_in(&text));
        assert_eq!(Words::new("mri knee").found(&text), 1);
    }

    #[test]
    fn marks_are_of_the_original() {
        let marks = Words::new("menie").marks("A Ménière; demeniere");
        assert_eq!(marks, std::slice::from_ref(&(2..9)));
    }

    proptest! {
        #[test]
        fn anything_goes(query in "\\PC{0,30}", text in "\\PC{0,60}") {
            let words = Words::new(&query).forgiving();
            let _ = words.found(&folded(&text));
            let borders: Vec<usize> =
                text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let marks = words.marks(&text);
            prop_assert!(marks.iter().all(|m| borders.contains(&m.start) && borders.contains(&m.end)));
        }
    }
}
