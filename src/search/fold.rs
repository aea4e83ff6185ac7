//! Text as it is compared: small letters without accents, and the way back to the original.

use std::{borrow::Cow, ops::Range};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

/// Small letters without accents; curly quotes and dashes become plain ones.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(fold_char).collect()
}

/// Without accents, in the letters' own case as far as they are ASCII's: folds to what the text
/// folds to.
pub fn bare(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = |c: char| {
        let base = c.nfd().next().filter(char::is_ascii_uppercase);
        let rest = if base.is_some() { 1 } else { 0 };
        base.into_iter().chain(fold_char(c).skip(rest))
    };
    Cow::Owned(text.chars().flat_map(plain).collect())
}

fn fold_char(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c)
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining_mark(*c))
        .map(plain)
}

fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201C}' | '\u{201D}' => '"',
        '\u{2010}'..='\u{2015}' => '-',
        '\u{A0}' => ' ',
        c => c,
    }
}

/// A folded line that knows where each of its characters came from.
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each character of `text`, the cluster it came from, as bytes of the original.
    origin: Vec<Range<usize>>,
}

impl Folded {
    /// Folds a line.
    pub fn new(line: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(line.len()),
            origin: Vec::with_capacity(line.len()),
        };
        for (at, cluster) in line.grapheme_indices(true) {
            for c in cluster.chars().flat_map(fold_char) {
                folded.text.push(c);
                folded.origin.push(at..at + cluster.len());
            }
        }
        folded
    }

    /// Ranges of the original for characters of the folded text: ascending, merged.
    pub fn marks(&self, mut chars: Vec<usize>) -> Vec<Range<usize>> {
        chars.sort_unstable();
        let mut marks: Vec<Range<usize>> = Vec::new();
        for range in chars.iter().filter_map(|i| self.origin.get(*i)) {
            match marks.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => marks.push(range.clone()),
            }
        }
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_and_case_go() {
        assert_eq!(bare("Éclat ME\u{301}NIÈRE – Σ"), "Eclat MENIERE - σ");
        assert_eq!(fold("Éclat ME\u{301}NIÈRE – ﬁ"), "eclat meniere - ﬁ");
        let folded = Folded::new("xÉe\u{301}y");
        assert_eq!(folded.text, "xeey");
        assert_eq!(folded.marks(vec![2, 1]).first(), Some(&(1..6)));
        assert_eq!(folded.marks(vec![0, 3]), [0..1, 6..7]);
    }

    proptest! {
        #[test]
        fn one_way_of_folding(s in "\\PC{0,40}") {
            prop_assert_eq!(fold(&bare(&s)), fold(&s));
            prop_assert_eq!(fold(&s), Folded::new(&s).text);
        }
    }
}
