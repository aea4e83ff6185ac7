//! Fitting text to columns, by the width of what a reader sees as one character.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Is it all letters of one byte, which take a column each?
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..0x7f).contains(&byte))
}

/// Columns that a text takes.
pub fn columns(text: &str) -> usize {
    if is_plain(text) {
        text.len()
    } else {
        text.width()
    }
}

/// Cut to `width` columns, the cut shown by an ellipsis.
pub fn fit(text: &str, width: usize) -> String {
    fitted(text, width).into_owned()
}

/// The same; what fits is not copied.
pub fn fitted(text: &str, width: usize) -> Cow<'_, str> {
    if columns(text) <= width {
        return Cow::Borrowed(text);
    }
    let mut out = head(text, width.saturating_sub(1)).trim_end().to_owned();
    if width > 0 {
        out.push('…');
    }
    Cow::Owned(out)
}

/// As many characters from the start as fit.
pub fn head(text: &str, width: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > width {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// What is left when so many columns are skipped.
pub fn skip(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        if used >= columns {
            return text.get(at..).unwrap_or_default();
        }
        used += grapheme.width();
    }
    ""
}

/// Cut or filled to exactly `width` columns.
pub fn column(text: &str, width: usize) -> String {
    let mut out = fit(text, width);
    out.push_str(&" ".repeat(width.saturating_sub(columns(&out))));
    out
}

/// The same, flush right.
pub fn column_right(text: &str, width: usize) -> String {
    let out = fit(text, width);
    format!("{}{out}", " ".repeat(width.saturating_sub(columns(&out))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cuts() {
        assert_eq!(fit("cervical spine", 9), "cervical…");
        assert_eq!(fit("日本語", 5), "日本…");
        assert_eq!(column_right("12", 4), "  12");
        assert_eq!(skip("abcdef", 2), "cdef");
        assert_eq!(fit("abc", 0), "");
    }

    proptest! {
        #[test]
        fn columns_are_exact(text in "\\PC{0,30}", width in 0usize..20) {
            prop_assert_eq!(column(&text, width).width(), width);
            prop_assert_eq!(column_right(&text, width).width(), width);
        }
    }
}
