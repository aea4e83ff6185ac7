//! Plain search, letter case folded.

use super::graphemes::is_border;
use std::ops::Range;

/// All places of `needle` in `text`, ascending, on character borders; they do not overlap.
pub fn places(text: &str, needle: &str) -> Vec<Range<usize>> {
    let needle: String = needle.chars().flat_map(char::to_lowercase).collect();
    if needle.is_empty() {
        return Vec::new();
    }
    let folded = Folded::new(text);
    folded
        .text
        .match_indices(&needle)
        .filter_map(|(at, found)| Some(folded.origin(at)?..folded.origin(at + found.len())?))
        .filter(|range| is_border(text, range.start) && is_border(text, range.end))
        .collect()
}

/// A text in small letters, and where each of its bytes came from.
struct Folded {
    text: String,
    /// Folded byte and original byte, wherever the distance between the two changes.
    steps: Vec<(usize, usize)>,
    len: usize,
}

impl Folded {
    fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut steps = vec![(0, 0)];
        for (at, c) in original.char_indices() {
            let start = text.len();
            text.extend(c.to_lowercase());
            if text.len() - start != c.len_utf8() {
                steps.push((start, at));
                steps.push((text.len(), at + c.len_utf8()));
            }
        }
        Self {
            text,
            steps,
            len: original.len(),
        }
    }

    fn origin(&self, folded: usize) -> Option<usize> {
        let step = self.steps.partition_point(|(f, _)| *f <= folded);
        let (from, to) = self.steps.get(step.checked_sub(1)?)?;
        Some((to + (folded - from)).min(self.len))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_is_folded() {
        assert_eq!(places("MRI of the mri", "mri"), [0..3, 11..14]);
        assert_eq!(places("ÉCLAT éclat", "Éclat"), [0..6, 7..13]);
        // The capital dotted I grows when folded.
        assert_eq!(places("İİ mri mri", "mri"), [5..8, 9..12]);
        assert!(places("e\u{301}", "e").is_empty());
        assert!(places("abc", "").is_empty());
    }

    proptest! {
        #[test]
        fn what_is_there_is_found(s in super::super::samples::text(), n in "[a-zA-Z ]{1,2}") {
            for place in places(&s, &n) {
                prop_assert_eq!(s[place].to_lowercase(), n.to_lowercase());
            }
        }
    }
}
