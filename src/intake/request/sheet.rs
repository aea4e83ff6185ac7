//! An even text from which one reader after another takes what is its own.

use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// A pattern compiled once; never matches, should it be no pattern.
pub struct Pattern(LazyLock<Option<Regex>>);

impl Pattern {
    /// From its source; `\b`, `\d`, `\w` are ASCII.
    pub const fn new(make: fn() -> Option<Regex>) -> Self {
        Self(LazyLock::new(make))
    }

    /// Did it compile?
    #[cfg(test)]
    pub fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// All matches.
    pub fn all<'t>(&self, text: &'t str) -> Vec<Captures<'t>> {
        self.0
            .as_ref()
            .map(|p| p.captures_iter(text).collect())
            .unwrap_or_default()
    }

    /// The first match.
    pub fn first<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.0.as_ref()?.captures(text)
    }
}

/// A pattern as a `static`, with a test that it is one. `\b`, `\d`, `\w` are ASCII, as the text.
macro_rules! pattern {
    ($name:ident, $source:expr) => {
        static $name: $crate::intake::request::sheet::Pattern =
            $crate::intake::request::sheet::Pattern::new(|| {
                regex::Regex::new(concat!("(?-u)", $source)).ok()
            });

        #[cfg(test)]
        #[allow(non_snake_case)]
        mod $name {
            #[test]
            fn is_a_pattern() {
                assert!(super::$name.is_some());
            }
        }
    };
}
pub(super) use pattern;

/// Fills what is taken: no letter, and in no even text.
const TAKEN: &str = "\u{1}";

/// What of a text is not yet taken.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The text; what is taken is filled with [`TAKEN`].
    pub text: String,
}

impl Sheet {
    /// All of it.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
        }
    }

    /// Takes a piece.
    pub fn take(&mut self, range: &Range<usize>) {
        if self.text.get(range.clone()).is_some() {
            self.text
                .replace_range(range.clone(), &TAKEN.repeat(range.len()));
        }
    }
}

/// The number in a group of a match; commas part thousands.
pub fn number(captures: &Captures, group: usize) -> Option<u32> {
    captures.get(group)?.as_str().replace(',', "").parse().ok()
}

/// Where the whole match stands.
pub fn whole(captures: &Captures) -> Range<usize> {
    captures.get(0).map(|m| m.range()).unwrap_or_default()
}
