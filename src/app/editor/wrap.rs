//! Soft wrap: where each visual row of a text starts.
//!
//! A row ends after a line end, or before the first cluster that does not fit, at the last place
//! where a break is allowed. So the end of a row depends only on its own text and on one cluster
//! more, which lies in the next row. That is why an edit needs new rows only from a little before
//! it to the first old row start that fits again; all after it is only moved along.

use super::graphemes::{cluster, columns, is_blank, slice};
use std::ops::Range;

/// Rows whose ends an edit in row `n` can change lie from `n` less this many on: the row before
/// looks one cluster ahead, and a combining mark can widen that cluster.
const LOOK_BACK: usize = 2;

/// What an empty text has: nothing in its one row.
pub static EMPTY: Wrap = Wrap {
    columns: 1,
    starts: Vec::new(),
};

/// The rows of one text at one width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrap {
    columns: usize,
    /// Byte at which each row starts; the first is 0.
    starts: Vec<usize>,
}

impl Wrap {
    /// Wraps `text` into rows of at most `columns` columns; blanks at row ends may hang over.
    pub fn new(text: &str, columns: usize) -> Self {
        let mut wrap = Self {
            columns: columns.max(1),
            starts: vec![0],
        };
        wrap.extend(text, 0, |_| None);
        wrap
    }

    /// Columns a row may take.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Number of rows, at least one.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// The row that shows the cursor when it stands at byte `at`.
    pub fn row_of(&self, at: usize) -> usize {
        self.starts.partition_point(|s| *s <= at).saturating_sub(1)
    }

    /// The bytes of a row, its line end included.
    pub fn whole(&self, text: &str, row: usize) -> Range<usize> {
        let start = self.starts.get(row).copied().unwrap_or(text.len());
        start..self.starts.get(row + 1).copied().unwrap_or(text.len())
    }

    /// The bytes of a row without its line end.
    pub fn row(&self, text: &str, row: usize) -> Range<usize> {
        let whole = self.whole(text, row);
        let has_line_end = slice(text, whole.clone()).ends_with('\n');
        whole.start..whole.end - usize::from(has_line_end)
    }

    /// Follows an edit: `text` is the new text, in which `old` was replaced by `new_len` bytes.
    pub fn follow(&mut self, text: &str, old: Range<usize>, new_len: usize) {
        let first = self.row_of(old.start).saturating_sub(LOOK_BACK);
        let tail = self.starts.split_off(first + 1);
        let new_end = old.start + new_len;
        let moved = |start: usize| (start >= old.end).then(|| start - old.end + new_end);
        let from = self.starts.last().copied().unwrap_or(0);
        let mut next = 0;
        self.extend(text, from, |start| {
            while tail
                .get(next)
                .is_some_and(|s| moved(*s).is_none_or(|s| s < start))
            {
                next += 1;
            }
            let fits = start >= new_end && tail.get(next).copied().and_then(moved) == Some(start);
            fits.then(|| tail.iter().skip(next).filter_map(|s| moved(*s)).collect())
        });
    }

    /// Adds the rows after the one that starts at `from`, until the text ends or `rest` knows
    /// all from a row start on.
    fn extend(
        &mut self,
        text: &str,
        from: usize,
        mut rest: impl FnMut(usize) -> Option<Vec<usize>>,
    ) {
        let mut at = from;
        loop {
            let end = row_end(text, at, self.columns);
            let is_last = end >= text.len() && !slice(text, at..end).ends_with('\n');
            if is_last {
                return;
            }
            if let Some(rest) = rest(end) {
                self.starts.extend(rest);
                return;
            }
            self.starts.push(end);
            at = end;
        }
    }
}

/// Where the row that starts at `start` ends, its line end included.
fn row_end(text: &str, start: usize, limit: usize) -> usize {
    let (mut at, mut column) = (start, 0);
    let mut allowed = None;
    loop {
        let here = cluster(text, at);
        if here.is_empty() || here == "\n" {
            return at + here.len();
        }
        if is_blank(here) {
            at += here.len();
            column += columns(here);
            allowed = Some(at);
            continue;
        }
        let wide = columns(here);
        if wide > 1 && at > start {
            allowed = Some(at);
        }
        if column + wide > limit && at > start {
            return allowed.unwrap_or(at);
        }
        at += here.len();
        column += wide;
        if wide > 1 {
            allowed = Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, columns: usize) -> Vec<&str> {
        let wrap = Wrap::new(text, columns);
        (0..wrap.len()).map(|r| &text[wrap.row(text, r)]).collect()
    }

    #[test]
    fn breaks_at_words() {
        assert_eq!(rows("the quick brown fox", 10), ["the quick ", "brown fox"]);
        assert_eq!(rows("exactly ten", 7), ["exactly ", "ten"]);
        assert_eq!(rows("", 5), [""]);
        assert_eq!(rows("a\n", 5), ["a", ""]);
        assert_eq!(rows("a\n\nb", 5), ["a", "", "b"]);
    }

    #[test]
    fn long_words_break_and_blanks_hang() {
        assert_eq!(rows("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(rows("abcd      e", 4), ["abcd      ", "e"]);
        assert_eq!(rows("a\u{A0}b c", 3), ["a\u{A0}b ", "c"]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(rows("日本語日本", 4), ["日本", "語日", "本"]);
        assert_eq!(rows("日本", 1), ["日", "本"]);
        assert_eq!(rows("ab 日本語", 5), ["ab 日", "本語"]);
    }

    proptest! {
        #[test]
        fn rows_make_the_text(s in super::super::samples::text(), columns in 1usize..30) {
            let wrap = Wrap::new(&s, columns);
            let joined: String = (0..wrap.len()).map(|r| &s[wrap.whole(&s, r)]).collect();
            prop_assert_eq!(joined, &s[..]);
            for r in 0..wrap.len() {
                let row = s[wrap.row(&s, r)].trim_end_matches(|c: char| is_blank(c.encode_utf8(&mut [0; 4])));
                let clusters: Vec<&str> = unicode_segmentation::UnicodeSegmentation::graphemes(row, true).collect();
                let width: usize = clusters.iter().map(|c| super::columns(c)).sum();
                prop_assert!(width <= columns || clusters.len() == 1, "{row:?} in {columns}");
            }
        }

        #[test]
        fn following_edits_is_wrapping_anew(
            start in super::super::samples::text(),
            columns in 1usize..20,
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), super::super::samples::snippet()), 1..8),
        ) {
            let mut text = start;
            let mut wrap = Wrap::new(&text, columns);
            for (a, b, new) in edits {
                let borders: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
                let (a, b) = (borders[a.index(borders.len())], borders[b.index(borders.len())]);
                let old = a.min(b)..a.max(b).min(a.min(b) + 12).max(a.min(b));
                let old = old.start..*borders.iter().rev().find(|x| **x <= old.end).unwrap();
                text.replace_range(old.clone(), &new);
                wrap.follow(&text, old, new.len());
                prop_assert_eq!(&wrap, &Wrap::new(&text, columns), "{:?}", text);
            }
        }
    }
}
