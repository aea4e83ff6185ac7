//! A text field of one line.

use crate::model::text::clean_line;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// More than this is no query and no reason; what comes after is not taken.
const LONGEST: usize = 2000;

/// What is typed, and the cursor in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    text: String,
    /// In bytes; always on a grapheme border.
    cursor: usize,
}

impl Field {
    /// A field that holds `text`, cursor at its end.
    pub fn new(text: &str) -> Self {
        let text = clean_line(text);
        let cursor = text.len();
        Self { text, cursor }
    }

    /// What it holds.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Is nothing typed?
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    fn after(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    /// Columns left of the cursor.
    pub fn column(&self) -> usize {
        self.before().width()
    }

    /// Types text at the cursor; line ends become blanks, harmful characters visible tokens.
    pub fn insert(&mut self, text: &str) {
        let clean = crate::model::text::clean(text).replace('\n', " ");
        if self.text.len() + clean.len() > LONGEST {
            return;
        }
        let after = self.after().to_owned();
        self.text.truncate(self.cursor);
        self.text.push_str(&clean);
        self.cursor = self.text.len();
        self.text.push_str(&after);
        self.settle();
    }

    /// A mark typed after its letter joins it: the cursor goes behind the whole.
    fn settle(&mut self) {
        let ends = self.text.grapheme_indices(true).map(|(at, g)| at + g.len());
        let cursor = self.cursor;
        if cursor > 0 {
            self.cursor = ends
                .into_iter()
                .find(|end| *end >= cursor)
                .unwrap_or(self.text.len());
        }
    }

    fn previous(&self) -> usize {
        self.before()
            .graphemes(true)
            .next_back()
            .map_or(0, str::len)
    }

    /// One grapheme to the left.
    pub fn left(&mut self) {
        self.cursor -= self.previous();
    }

    /// One grapheme to the right.
    pub fn right(&mut self) {
        self.cursor += self.after().graphemes(true).next().map_or(0, str::len);
    }

    /// To the start.
    pub fn home(&mut self) {
        self.cursor = 0;
    }

    /// To the end.
    pub fn end(&mut self) {
        self.cursor = self.text.len();
    }

    /// Deletes what stands left of the cursor.
    pub fn backspace(&mut self) {
        self.cut_back(self.previous());
    }

    /// Deletes what stands under the cursor.
    pub fn delete(&mut self) {
        let before = self.cursor;
        self.right();
        self.cut_back(self.cursor - before);
    }

    /// Deletes the word left of the cursor.
    pub fn delete_word(&mut self) {
        let before = self.before();
        let kept = before.trim_end();
        let start = kept.rfind(char::is_whitespace).map_or(0, |at| {
            at + kept
                .get(at..)
                .and_then(|r| r.chars().next())
                .map_or(1, char::len_utf8)
        });
        self.cut_back(self.cursor - start);
    }

    /// Deletes everything left of the cursor.
    pub fn delete_to_start(&mut self) {
        self.cut_back(self.cursor);
    }

    fn cut_back(&mut self, bytes: usize) {
        let start = self.cursor - bytes;
        let after = self.after().to_owned();
        self.text.truncate(start);
        self.text.push_str(&after);
        self.cursor = start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typing_and_deleting() {
        let mut field = Field::new("neck ct");
        field.delete_word();
        assert_eq!(field.text(), "neck ");
        field.insert("e\u{301}x");
        field.left();
        field.backspace();
        assert_eq!(field.text(), "neck x");
        field.home();
        field.delete();
        assert_eq!((field.text(), field.column()), ("eck x", 0));
        field.end();
        field.delete_to_start();
        assert!(field.is_empty());
    }

    #[test]
    fn pasted_controls_become_visible() {
        let mut field = Field::default();
        field.insert("a\u{1b}[2J\nb");
        assert_eq!(field.text(), "a<U+001B>[2J b");
    }

    proptest! {
        #[test]
        fn no_order_of_keys_breaks_it(steps in prop::collection::vec((0u8..9, "\\PC{0,3}"), 0..60)) {
            let mut f = Field::default();
            for (step, text) in steps {
                match step {
                    0 => f.left(), 1 => f.right(), 2 => f.home(), 3 => f.end(),
                    4 => f.backspace(), 5 => f.delete(), 6 => f.delete_word(),
                    _ => f.insert(&text),
                }
                prop_assert!(f.text().is_char_boundary(f.cursor));
                prop_assert!(crate::model::text::is_clean(f.text()));
            }
        }
    }
}
