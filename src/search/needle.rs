//! A word to look for in many lines.

use memchr::memmem::Finder;
use std::ops::Range;

/// A folded word, made ready for looking through many texts.
#[derive(Debug, Clone)]
pub struct Needle {
    word: String,
    finder: Finder<'static>,
}

impl Needle {
    /// Makes a word ready.
    pub fn new(word: &str) -> Self {
        Self {
            finder: Finder::new(word).into_owned(),
            word: word.to_owned(),
        }
    }

    /// The word.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Is it in this text?
    pub fn is_in(&self, text: &str) -> bool {
        self.finder.find(text.as_bytes()).is_some()
    }

    /// Where it is in a text, as bytes; ascending, without overlaps.
    pub fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let places = self.finder.find_iter(text.as_bytes());
        places.map(|at| at..at + self.word.len())
    }
}

impl PartialEq for Needle {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

impl Eq for Needle {}

/// Are the letters of `word` in the line in this order, from the start of a word on, within
/// `reach` characters? What is not is no fuzzy find worth scoring.
pub fn is_scattered_in(line: &str, word: &str, reach: usize) -> bool {
    let mut letters = word.chars();
    let Some(first) = letters.next() else {
        return true;
    };
    let mut before = ' ';
    line.char_indices().any(|(at, c)| {
        let is_start = c == first && !before.is_alphanumeric();
        before = c;
        is_start && {
            let mut rest = line
                .get(at..)
                .unwrap_or_default()
                .chars()
                .skip(1)
                .take(reach);
            letters.clone().all(|letter| rest.any(|c| c == letter))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_scatter() {
        let places: Vec<_> = Needle::new("ct").places("ct, oct").collect();
        assert_eq!(places, [0..2, 5..7]);
        assert!(is_scattered_in("the cervical spine", "crvcl", 9));
        assert!(is_scattered_in("neck", "nek", 9));
        assert!(is_scattered_in("no neck", "nek", 3));
        assert!(!is_scattered_in("nerve block", "nek", 6));
        assert!(!is_scattered_in("the cervical spine", "ervcl", 9));
        assert!(!is_scattered_in("neck", "nekk", 9));
        assert!(is_scattered_in("neck", "", 9));
    }
}
