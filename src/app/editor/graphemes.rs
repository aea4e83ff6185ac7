//! Steps over user-perceived characters (grapheme clusters) and words of a text.

use std::ops::Range;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// The part of `text` in `range`; empty where the range does not fit.
pub fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// The cluster that starts at `at`; empty at the end of the text.
pub fn cluster(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    // Two ASCII characters never make one cluster, line ends of other systems aside.
    match rest.as_bytes() {
        [b'\r', ..] => {}
        [a] if a.is_ascii() => return slice(rest, 0..1),
        [a, b, ..] if a.is_ascii() && b.is_ascii() => return slice(rest, 0..1),
        _ => {}
    }
    rest.graphemes(true).next().unwrap_or_default()
}

/// Columns that a cluster takes on a terminal.
pub fn columns(cluster: &str) -> usize {
    if cluster.len() == 1 {
        1
    } else {
        cluster.width()
    }
}

/// The border before `at`, or `None` at the start.
pub fn before(text: &str, at: usize) -> Option<usize> {
    GraphemeCursor::new(at, text.len(), true)
        .prev_boundary(text, 0)
        .ok()
        .flatten()
}

/// The border after `at`, or `None` at the end.
pub fn after(text: &str, at: usize) -> Option<usize> {
    let step = cluster(text, at).len();
    (step > 0).then_some(at + step)
}

/// Is `at` a border between clusters?
pub fn is_border(text: &str, at: usize) -> bool {
    at <= text.len()
        && text.is_char_boundary(at)
        && GraphemeCursor::new(at, text.len(), true)
            .is_boundary(text, 0)
            .unwrap_or(false)
}

/// The last border at or before `at`.
pub fn snap_back(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    if is_border(text, at) {
        at
    } else {
        before(text, at).unwrap_or(0)
    }
}

/// The first border at or after `at`.
pub fn snap_on(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    if is_border(text, at) {
        return at;
    }
    GraphemeCursor::new(at, text.len(), true)
        .next_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(text.len())
}

/// Is it a blank that a line may be broken after?
pub fn is_blank(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    match (chars.next(), chars.next()) {
        (Some('\n' | '\u{A0}' | '\u{202F}' | '\u{2007}'), _) => false,
        (Some(c), None) => c.is_whitespace(),
        _ => false,
    }
}

fn is_word(cluster: &str) -> bool {
    cluster
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '\'' | '\u{2019}'))
}

/// The start of the word around or before `at`.
pub fn word_left(text: &str, at: usize) -> usize {
    let mut at = at;
    let mut inside = false;
    while let Some(start) = before(text, at) {
        let word = is_word(slice(text, start..at));
        if inside && !word {
            break;
        }
        inside = word;
        at = start;
    }
    at
}

/// The end of the word around or after `at`.
pub fn word_right(text: &str, at: usize) -> usize {
    let mut at = at;
    let mut inside = false;
    while let Some(end) = after(text, at) {
        let word = is_word(slice(text, at..end));
        if inside && !word {
            break;
        }
        inside = word;
        at = end;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DOCTOR: &str = "\u{1F469}\u{200D}\u{2695}\u{FE0F}";

    #[test]
    fn clusters_stay_whole() {
        let text = format!("e\u{301}{DOCTOR}x");
        assert_eq!(after(&text, 0), Some(3));
        assert_eq!(after(&text, 3), Some(3 + DOCTOR.len()));
        assert_eq!(before(&text, 3 + DOCTOR.len()), Some(3));
        assert_eq!(before(&text, 3), Some(0));
        assert_eq!(snap_back(&text, 5), 3);
        assert_eq!(snap_on(&text, 5), 3 + DOCTOR.len());
        assert_eq!(columns(DOCTOR), 2);
    }

    #[test]
    fn words() {
        let text = "The patient's  C4-5 (left).";
        assert_eq!(word_right(text, 0), 3);
        assert_eq!(word_right(text, 3), 13);
        assert_eq!(word_right(text, 13), 17);
        assert_eq!(word_left(text, text.len()), 21);
        assert_eq!(word_left(text, 13), 4);
        assert_eq!(word_left(text, 2), 0);
    }

    proptest! {
        #[test]
        fn steps_agree_with_the_whole_segmentation(s in super::super::samples::text()) {
            let borders: Vec<usize> = s.grapheme_indices(true).map(|(i, _)| i).chain([s.len()]).collect();
            for pair in borders.windows(2) {
                prop_assert_eq!(after(&s, pair[0]), Some(pair[1]));
                prop_assert_eq!(before(&s, pair[1]), Some(pair[0]));
            }
            for at in 0..=s.len() {
                let back = *borders.iter().rev().find(|b| **b <= at).unwrap();
                let on = *borders.iter().find(|b| **b >= at).unwrap();
                prop_assert_eq!((snap_back(&s, at), snap_on(&s, at)), (back, on));
            }
        }
    }
}
