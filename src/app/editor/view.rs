//! What a screen needs of the editor.

use std::ops::Range;

/// One row as seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisualRow {
    /// Its text without the line end; blanks at its end may hang over the width.
    pub text: String,
    /// Its bytes in the whole text.
    pub range: Range<usize>,
    /// The selected bytes of `text` (of this row, not of the whole text).
    pub selection: Option<Range<usize>>,
}

/// The rows in view and the cursor among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditorView {
    /// From the first row in view; at most as many as asked for.
    pub rows: Vec<VisualRow>,
    /// Column and row of the cursor within the view, from 0; the column is less than the width.
    pub cursor: (u16, u16),
    /// Which row of the whole text is the first in view, from 0.
    pub first_row: usize,
    /// Rows of the whole text.
    pub total_rows: usize,
}

/// The part of `selection` in `row`, counted from the start of the row.
pub fn selected_in(row: &Range<usize>, selection: Option<&Range<usize>>) -> Option<Range<usize>> {
    let selection = selection?;
    let start = selection.start.max(row.start);
    let end = selection.end.min(row.end);
    (start < end).then(|| start - row.start..end - row.start)
}
