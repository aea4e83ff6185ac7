//! The editor for prose: one text with soft-wrapped paragraphs, grouped undo, selection, search.
//!
//! Pure: no keys, no screen. The text is one `String` whose paragraphs end with `\n`; the cursor
//! is a byte in it, always on a border between characters as a reader sees them (grapheme
//! clusters). The last column of the width is left free, so that the cursor has a place behind
//! the last character of a full row.

mod change;
pub mod command;
mod find;
mod graphemes;
mod history;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
mod travel;
mod view;
mod wrap;

pub use command::{EditorCommand, Motion, Outcome};
pub use view::{EditorView, VisualRow};

use crate::model::Trail;
use crate::model::text::clean;
use change::capped;
use graphemes::{after, before, cluster, columns, slice, snap_back};
use history::{Caret, History, Kind};
use std::{
    cell::{Cell, RefCell},
    ops::Range,
};
use wrap::Wrap;

/// Most bytes that one insertion takes.
pub const PASTE_CAP: usize = 256 * 1024;

/// About how many bytes of undo outlive a session, for one text: some thousand words of typing.
pub const TRAIL_CAP: usize = 64 * 1024;

/// A text being written.
#[derive(Debug, Clone)]
pub struct Editor {
    text: String,
    caret: Caret,
    /// The column that up and down aim at.
    goal: Option<usize>,
    history: History,
    clipboard: String,
    /// Copied since it was last taken.
    fresh_copy: Option<String>,
    search: String,
    revision: u64,
    /// The rows at the width last asked for.
    wrap: RefCell<Option<Wrap>>,
    /// How the text was last looked at: scrolling is measured from there.
    window: Cell<Window>,
}

/// What part of the text was last in view.
#[derive(Debug, Clone, Copy)]
struct Window {
    /// A byte in the first row in view.
    top: usize,
    height: usize,
    /// That of the text then.
    revision: u64,
}

/// Rows left blank below a cursor that typing has taken past the foot: every scroll sends most of
/// what stands beside another pane anew, and the next few rows then need none.
fn rows_ahead(height: usize) -> usize {
    (height / 8).min(3)
}

impl Editor {
    /// An editor over this text, the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self::over(clean(text))
    }

    /// An editor over a text and how it came to read so: undo goes on where it was.
    pub fn with_trail(text: &str, trail: &Trail) -> Self {
        let mut editor = Self::new(text);
        // Cleaned into another text than it was when the steps were noted, it has none.
        if editor.text == text {
            editor.history = History::of(trail);
        }
        editor
    }

    /// How the text came to read so, for a later session: at most [`TRAIL_CAP`] bytes.
    pub fn trail(&self) -> Trail {
        self.history.trail(TRAIL_CAP)
    }

    fn over(text: String) -> Self {
        Self {
            caret: Caret {
                at: text.len(),
                anchor: None,
            },
            text,
            goal: None,
            history: History::default(),
            clipboard: String::new(),
            fresh_copy: None,
            search: String::new(),
            revision: 0,
            wrap: RefCell::new(None),
            window: Cell::new(Window {
                top: 0,
                height: 10,
                revision: 0,
            }),
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Is there nothing?
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Grows with every change of the text.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Byte of the cursor.
    pub fn cursor(&self) -> usize {
        self.caret.at
    }

    /// Puts the cursor on the character border at or before byte `at`; nothing stays selected.
    pub fn set_cursor(&mut self, at: usize) {
        self.place(snap_back(&self.text, at), false);
        self.goal = None;
        self.history.pause();
    }

    /// A byte in the first row in view.
    pub fn top(&self) -> usize {
        self.window.get().top
    }

    /// Scrolls so that the row of this byte is the first in view, if the cursor then is in view too.
    pub fn set_top(&mut self, at: usize) {
        let top = snap_back(&self.text, at);
        self.window.get_mut().top = top;
    }

    /// The selected bytes, if any are.
    pub fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.caret.anchor?;
        let at = self.caret.at;
        (anchor != at).then(|| anchor.min(at)..anchor.max(at))
    }

    /// The selected text; empty if none is.
    pub fn selected(&self) -> &str {
        self.selection()
            .map_or("", |range| slice(&self.text, range))
    }

    /// Number of words: runs of characters between white space.
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }

    /// What was cut or copied since this was last asked, for the terminal's own clipboard.
    pub fn take_clipboard(&mut self) -> Option<String> {
        self.fresh_copy.take()
    }

    /// The text that [`EditorCommand::FindNext`] looks for; letter case makes no difference.
    pub fn set_search(&mut self, needle: &str) {
        self.search = clean(needle);
    }

    /// What is searched for; empty before anything was.
    pub fn search(&self) -> &str {
        &self.search
    }

    /// Which place of what is searched for is selected, and how many there are, from 1.
    pub fn found(&self) -> Option<(usize, usize)> {
        let selected = self.selection()?;
        let all = find::places(&self.text, &self.search);
        let at = all.iter().position(|place| *place == selected)?;
        Some((at + 1, all.len()))
    }

    /// The typing rests: what comes next is undone on its own.
    pub fn pause(&mut self) {
        self.history.pause();
    }

    /// Inserts typed or pasted text, cleaned, in place of the selection.
    ///
    /// One character joins the run of typing; more are a group of their own. Of more than
    /// [`PASTE_CAP`] bytes only the first are taken. Refused where it would stack more marks on a
    /// letter than `model::text` allows.
    pub fn insert(&mut self, text: &str) -> Outcome {
        let (new, is_whole) = capped(text);
        if new.is_empty() && self.selection().is_none() {
            return Outcome::Unchanged;
        }
        let is_typed = cluster(&new, 0).len() == new.len();
        let kind = if is_typed { Kind::Typing } else { Kind::Single };
        let range = self.selection().unwrap_or(self.caret.at..self.caret.at);
        if self.stacks_marks(&range, &new) {
            return Outcome::Unchanged;
        }
        self.edit(kind, range, &new);
        if is_whole {
            Outcome::Edited
        } else {
            Outcome::Shortened
        }
    }

    /// Puts a text in the place of another, as one step; the cursor stands behind it.
    pub fn put(&mut self, range: Range<usize>, text: &str) -> Outcome {
        let (new, _) = capped(text);
        if self.text.get(range.clone()).is_none() || self.stacks_marks(&range, &new) {
            return Outcome::Unchanged;
        }
        self.edit(Kind::Single, range, &new);
        Outcome::Edited
    }

    /// Does one thing. `width` is that of the view: up, down, line start and line end go by it.
    pub fn apply(&mut self, command: EditorCommand, width: u16) -> Outcome {
        use EditorCommand as C;
        match command {
            C::Move { to, extend } => self.travel(to, extend, width),
            C::SelectAll => self.select(0..self.text.len()),
            C::Unselect => self.settle(self.caret.at, false),
            C::Backspace => self.erase(Kind::DeletingBack, before),
            C::Delete => self.erase(Kind::DeletingForward, after),
            C::DeleteWordBack => self.erase(Kind::DeletingBack, |text, at| {
                Some(graphemes::word_left(text, at))
            }),
            C::DeleteWordForward => self.erase(Kind::DeletingForward, |text, at| {
                Some(graphemes::word_right(text, at))
            }),
            C::DeleteToLineEnd => {
                let end = self.end_to_delete(width);
                self.erase(Kind::DeletingForward, |_, _| Some(end))
            }
            C::NewLine => self.insert("\n"),
            C::Cut => self.cut(),
            C::Copy => self.copy(),
            C::Paste => self.paste(),
            C::Undo => self.undo(),
            C::Redo => self.redo(),
            C::FindNext => self.find(true),
            C::FindPrevious => self.find(false),
        }
    }

    /// The rows in view, scrolled no more than keeps the cursor in it, and where the cursor is.
    pub fn view(&self, width: u16, height: u16) -> EditorView {
        let wrap = &*self.wrapped(width);
        let height = usize::from(height.max(1));
        let cursor_row = wrap.row_of(self.caret.at);
        let first_row = self.first_row(wrap, cursor_row, height);
        self.window.set(Window {
            top: wrap.row(&self.text, first_row).start,
            height,
            revision: self.revision,
        });
        let last = wrap.len().min(first_row + height);
        let selection = self.selection();
        let rows = (first_row..last).map(|row| self.visual_row(wrap, row, selection.as_ref()));
        EditorView {
            rows: rows.collect(),
            cursor: (
                self.column(wrap, width),
                u16::try_from(cursor_row - first_row).unwrap_or(u16::MAX),
            ),
            first_row,
            total_rows: wrap.len(),
        }
    }

    /// The first row in view where the cursor is in that row.
    fn first_row(&self, wrap: &Wrap, cursor_row: usize, height: usize) -> usize {
        let last = self.window.get();
        let is_same_height = last.height == height;
        let ahead = if is_same_height {
            rows_ahead(height)
        } else {
            0
        };
        let lowest_top = (cursor_row + 1).saturating_sub(height);
        let top = wrap
            .row_of(last.top.min(self.text.len()))
            .min(wrap.len().saturating_sub(height) + ahead);
        let was_typed = last.revision != self.revision;
        if top < lowest_top && was_typed {
            return (lowest_top + ahead).min(cursor_row);
        }
        top.clamp(lowest_top, cursor_row)
    }

    fn visual_row(&self, wrap: &Wrap, row: usize, selection: Option<&Range<usize>>) -> VisualRow {
        let range = wrap.row(&self.text, row);
        VisualRow {
            text: slice(&self.text, range.clone()).to_owned(),
            selection: view::selected_in(&range, selection),
            range,
        }
    }

    /// The rows at this width, wrapped anew only when the width is a new one.
    fn wrapped(&self, width: u16) -> std::cell::Ref<'_, Wrap> {
        let columns = usize::from(width.saturating_sub(1).max(1));
        if self
            .wrap
            .borrow()
            .as_ref()
            .is_none_or(|w| w.columns() != columns)
        {
            *self.wrap.borrow_mut() = Some(Wrap::new(&self.text, columns));
        }
        std::cell::Ref::map(self.wrap.borrow(), |wrap| match wrap {
            Some(wrap) => wrap,
            None => &wrap::EMPTY,
        })
    }

    fn column(&self, wrap: &Wrap, width: u16) -> u16 {
        let start = wrap.row(&self.text, wrap.row_of(self.caret.at)).start;
        let column = self.columns_between(start, self.caret.at);
        u16::try_from(column)
            .unwrap_or(u16::MAX)
            .min(width.saturating_sub(1))
    }

    fn columns_between(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        let mut sum = 0;
        while at < end {
            let here = cluster(&self.text, at);
            if here.is_empty() {
                break;
            }
            sum += columns(here);
            at += here.len();
        }
        sum
    }
}
