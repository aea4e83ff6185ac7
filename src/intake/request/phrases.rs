//! Tables of phrases, and where they occur in a text.

use super::asked::words;
use std::collections::HashMap;
use std::ops::Range;

/// Phrases with what they mean. A phrase is words in small letters, singular, one blank between.
#[derive(Debug)]
pub struct Phrases<T: 'static> {
    by_first: HashMap<&'static str, Vec<(Vec<&'static str>, T)>>,
}

/// A phrase that occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// What it means.
    pub means: T,
    /// Where in the even text.
    pub at: Range<usize>,
}

impl<T: Copy + 'static> Phrases<T> {
    /// From pairs of phrases (parted by `|`) and their meaning.
    pub fn new(table: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_first: HashMap<_, Vec<_>> = HashMap::new();
        for (phrases, means) in table {
            for phrase in phrases.split('|') {
                let mut words = phrase.split(' ');
                let Some(first) = words.next() else { continue };
                by_first
                    .entry(first)
                    .or_default()
                    .push((words.collect::<Vec<_>>(), means));
            }
        }
        for phrases in by_first.values_mut() {
            // The longest first.
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Self { by_first }
    }

    /// All that occur, from the left, the longest at each word, none over another.
    pub fn find(&self, text: &str) -> Vec<Found<T>> {
        let words = words(text);
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            match self.longest(text, rest) {
                Some((means, count, range)) => {
                    found.push(Found { means, at: range });
                    at += count;
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest(&self, text: &str, words: &[Range<usize>]) -> Option<(T, usize, Range<usize>)> {
        let first = words.first()?;
        let forms = singulars(text.get(first.clone())?);
        let phrases = forms
            .iter()
            .flatten()
            .filter_map(|f| self.by_first.get(f.as_str()));
        let fits = phrases.flatten().filter_map(|(rest, means)| {
            let end = fits(text, words, rest)?;
            Some((*means, rest.len() + 1, first.start..end))
        });
        fits.max_by_key(|(_, count, _)| *count)
    }
}

/// Where the phrase ends, if the words after the first are its own.
fn fits(text: &str, words: &[Range<usize>], rest: &[&str]) -> Option<usize> {
    let mut end = words.first()?.end;
    for (word, want) in words.get(1..)?.iter().zip(rest) {
        let gap = text.get(end..word.start)?;
        let is_same = singulars(text.get(word.clone())?)
            .iter()
            .flatten()
            .any(|form| form == want);
        if !is_same
            || !matches!(
                gap,
                " " | "-" | "/" | " #" | "'" | " - " | " / " | "- " | "/ "
            )
        {
            return None;
        }
        end = word.end;
    }
    (words.len() > rest.len()).then_some(end)
}

/// A word, and what it may be the plural of.
fn singulars(word: &str) -> [Option<String>; 4] {
    let long = word.len() > 3;
    let cut = |ending: &str, by: &str| {
        let stem = word.strip_suffix(ending).filter(|_| long)?;
        Some(format!("{stem}{by}"))
    };
    [
        Some(word.to_owned()),
        cut("s", ""),
        cut("es", ""),
        cut("ies", "y"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins_in_any_number() {
        let table = Phrases::new([
            ("low back|lumbar", 1),
            ("x ray", 2),
            ("low", 3),
            ("body", 4),
        ]);
        let found = table.find("x-rays of low back, low, backs, bodies low");
        let means: Vec<i32> = found.iter().map(|f| f.means).collect();
        assert_eq!(means, [2, 1, 3, 4, 3]);
    }
}
