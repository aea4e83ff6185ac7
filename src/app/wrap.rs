//! Breaking text into lines by its width on the screen.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Breaks every paragraph of `text` at blanks; a blank line stays a blank line, and blanks at the
/// start of a line are kept, so that a form of a record keeps its columns where they fit.
pub fn lines(text: &str, width: usize) -> Vec<String> {
    text.split('\n')
        .flat_map(|line| line_of(line, width.max(1)))
        .collect()
}

fn line_of(line: &str, width: usize) -> Vec<String> {
    let line = line.trim_end();
    if line.width() <= width {
        return vec![line.to_owned()];
    }
    let indent = line.len() - line.trim_start().len();
    let words = line.trim_start().split(' ').map(|word| ((), word));
    let mut out: Vec<String> = marked(words, width)
        .into_iter()
        .map(|pieces| pieces.into_iter().map(|(_, text)| text).collect())
        .collect();
    if let Some(first) = out.first_mut() {
        let lead = line.get(..indent).unwrap_or_default();
        if first.width() + lead.width() <= width {
            first.insert_str(0, lead);
        }
    }
    out
}

/// Breaks words that each carry a mark (the sentence they belong to) into lines of pieces; a piece
/// is the run of words under one mark, blanks between them included.
pub fn marked<'t, M: Copy + PartialEq>(
    words: impl IntoIterator<Item = (M, &'t str)>,
    width: usize,
) -> Vec<Vec<(M, String)>> {
    let width = width.max(1);
    let mut lines: Vec<Vec<(M, String)>> = vec![Vec::new()];
    let mut used = 0;
    for (mark, word) in words {
        for (n, part) in parts(word, width).into_iter().enumerate() {
            let gap = usize::from(used > 0 && n == 0);
            let columns = columns(part);
            if used > 0 && (used + gap + columns > width || n > 0) {
                lines.push(Vec::new());
                used = 0;
            }
            let gap = if used > 0 { " " } else { "" };
            used += gap.len() + columns;
            if let Some(line) = lines.last_mut() {
                push(line, mark, gap, part);
            }
        }
    }
    lines
}

/// Columns of a text; where all letters are of one byte there is nothing to look up.
fn columns(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.width()
    }
}

fn push<M: PartialEq>(line: &mut Vec<(M, String)>, mark: M, gap: &str, part: &str) {
    match line.last_mut() {
        Some((m, text)) if *m == mark => {
            text.push_str(gap);
            text.push_str(part);
        }
        Some((_, text)) => {
            text.push_str(gap);
            line.push((mark, part.to_owned()));
        }
        None => line.push((mark, part.to_owned())),
    }
}

/// A word wider than a line is broken between graphemes.
fn parts(word: &str, width: usize) -> Vec<&str> {
    if columns(word) <= width {
        return vec![word];
    }
    let mut out = Vec::new();
    let mut start = 0;
    let mut used = 0;
    for (at, grapheme) in word.grapheme_indices(true) {
        if used > 0 && used + grapheme.width() > width {
            out.push(word.get(start..at).unwrap_or_default());
            start = at;
            used = 0;
        }
        used += grapheme.width();
    }
    out.push(word.get(start..).unwrap_or_default());
    out
}

/// A number of things, in words: `1 line`, `3 lines`.
pub fn count(n: usize, thing: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {thing}{s}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_keep_together_and_forms_keep_their_columns() {
        assert_eq!(lines("a bb ccc dddd", 6), ["a bb", "ccc", "dddd"]);
        assert_eq!(lines("x    y\n\n  z", 10), ["x    y", "", "  z"]);
        assert_eq!(lines("abcdefgh", 3), ["abc", "def", "gh"]);
    }

    #[test]
    fn marks_follow_their_words() {
        let words = [(1, "one"), (1, "two"), (2, "three"), (2, "four")];
        let found = marked(words, 13);
        assert_eq!(
            found,
            vec![
                vec![(1, "one two ".to_owned()), (2, "three".to_owned())],
                vec![(2, "four".to_owned())]
            ]
        );
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_lost(text in "\\PC{0,80}", width in 2usize..30) {
            let out = lines(&text, width);
            for line in &out {
                // One grapheme is never broken: a wide letter with a wide vowel sign takes three.
                let is_one = line.graphemes(true).count() == 1;
                prop_assert!(is_one || line.width() <= width, "{line:?}");
            }
            let bare = |s: &str| s.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&out.join(" ")), bare(&text));
        }
    }
}
