//! What the editor can be told, and what it answers.

/// Where a movement leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Motion {
    /// One character back.
    Left,
    /// One character on.
    Right,
    /// To the start of this word, or of the one before.
    WordLeft,
    /// To the end of this word, or of the next.
    WordRight,
    /// One line up, as lines are seen, in the same column.
    Up,
    /// One line down, as lines are seen, in the same column.
    Down,
    /// To the start of the line, as lines are seen.
    LineStart,
    /// To the end of the line, as lines are seen.
    LineEnd,
    /// To the start of this paragraph, or of the one before.
    ParagraphUp,
    /// To the start of the next paragraph, or to the end of the text.
    ParagraphDown,
    /// One screenful up.
    PageUp,
    /// One screenful down.
    PageDown,
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
}

impl Motion {
    /// Every motion.
    pub const ALL: [Self; 14] = [
        Self::Left,
        Self::Right,
        Self::WordLeft,
        Self::WordRight,
        Self::Up,
        Self::Down,
        Self::LineStart,
        Self::LineEnd,
        Self::ParagraphUp,
        Self::ParagraphDown,
        Self::PageUp,
        Self::PageDown,
        Self::TextStart,
        Self::TextEnd,
    ];
}

/// One thing the editor can be told. Typed and pasted text goes to `Editor::insert`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EditorCommand {
    /// Move the cursor; with `extend` the selection grows or shrinks with it.
    Move {
        /// Where to.
        to: Motion,
        /// Select on the way?
        extend: bool,
    },
    /// Select the whole text.
    SelectAll,
    /// Forget the selection; the text stays.
    Unselect,
    /// Delete the selection, or the character before the cursor.
    Backspace,
    /// Delete the selection, or the character after the cursor.
    Delete,
    /// Delete the selection, or back to the start of the word.
    DeleteWordBack,
    /// Delete the selection, or on to the end of the word.
    DeleteWordForward,
    /// Delete from the cursor to the end of the line, as lines are seen; at the end of a
    /// paragraph, join the next one.
    DeleteToLineEnd,
    /// Start a new paragraph.
    NewLine,
    /// Move the selection to the clipboard.
    Cut,
    /// Copy the selection to the clipboard.
    Copy,
    /// Insert the clipboard.
    Paste,
    /// Take the last group of edits back.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Select the next place with the text given to `Editor::set_search`, round the end.
    FindNext,
    /// Select the place before, round the start.
    FindPrevious,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Nothing changed.
    Unchanged,
    /// The cursor or the selection moved.
    Moved,
    /// The text changed.
    Edited,
    /// The selection was copied; nothing else changed.
    Copied,
    /// The text changed, but only the first part of the pasted text was taken (256 KiB).
    Shortened,
    /// The text searched for is not there.
    NotFound,
}

impl Outcome {
    /// Did the text change?
    pub fn is_edit(self) -> bool {
        matches!(self, Self::Edited | Self::Shortened)
    }
}
