//! The editor for prose: one text with soft-wrapped paragraphs, grouped undo, selection, search.
//!
//! Pure: no keys, no screen. The text is one `String` whose paragraphs end with `\n`; the cursor
//! is a byte in it, always on a border between characters as a reader sees them (grapheme
//! clusters). The last column of the width is left free, so that the cursor has a place behind
//! the last character of a full row.

pub mod command;
mod find;
mod graphemes;
mod history;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
mod view;
mod wrap;

pub use command::{EditorCommand, Motion, Outcome};
pub use view::{EditorView, VisualRow};

use crate::model::text::clean;
use graphemes::{after, before, cluster, columns, is_blank, slice, snap_back, snap_on};
use history::{Caret, History, Kind};
use std::{
    cell::{Cell, RefCell},
    ops::Range,
};
use wrap::Wrap;

/// Most bytes that one insertion takes.
pub const PASTE_CAP: usize = 256 * 1024;

/// Most characters (code points) that may make one cluster: what `model::text` allows.
const CLUSTER_CAP: usize = 9;

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
}

impl Editor {
    /// An editor over this text, the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self::over(clean(text))
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
            window: Cell::new(Window { top: 0, height: 10 }),
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
        let lowest_top = (cursor_row + 1).saturating_sub(height);
        let first_row = wrap
            .row_of(self.window.get().top.min(self.text.len()))
            .min(wrap.len().saturating_sub(height))
            .clamp(lowest_top, cursor_row);
        let top = wrap.row(&self.text, first_row).start;
        self.window.set(Window { top, height });
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

/// Movement and selection.
impl Editor {
    fn travel(&mut self, to: Motion, extend: bool, width: u16) -> Outcome {
        let at = self.caret.at;
        let selection = self.selection().filter(|_| !extend);
        let page = self.window.get().height.saturating_sub(1).max(1);
        self.goal = match to {
            Motion::Up | Motion::Down | Motion::PageUp | Motion::PageDown => {
                Some(self.goal.unwrap_or_else(|| self.own_column(width)))
            }
            _ => None,
        };
        let target = match (to, selection) {
            (Motion::Left, Some(range)) => range.start,
            (Motion::Right, Some(range)) => range.end,
            (Motion::Left, None) => before(&self.text, at).unwrap_or(0),
            (Motion::Right, None) => after(&self.text, at).unwrap_or(at),
            (Motion::WordLeft, _) => graphemes::word_left(&self.text, at),
            (Motion::WordRight, _) => graphemes::word_right(&self.text, at),
            (Motion::Up, _) => self.row_up(1, width),
            (Motion::Down, _) => self.row_down(1, width),
            (Motion::PageUp, _) => self.row_up(page, width),
            (Motion::PageDown, _) => self.row_down(page, width),
            (Motion::LineStart, _) => self.own_row(width).start,
            (Motion::LineEnd, _) => self.own_row(width).end,
            (Motion::ParagraphUp, _) => self.paragraph_up(),
            (Motion::ParagraphDown, _) => self.paragraph_down(),
            (Motion::TextStart, _) => 0,
            (Motion::TextEnd, _) => self.text.len(),
        };
        self.settle(target, extend)
    }

    /// Moves the cursor by command and says whether anything changed.
    fn settle(&mut self, at: usize, extend: bool) -> Outcome {
        self.history.pause();
        let old = self.caret;
        self.place(at, extend);
        if self.caret == old {
            Outcome::Unchanged
        } else {
            Outcome::Moved
        }
    }

    fn place(&mut self, at: usize, extend: bool) {
        let anchor = self.caret.anchor.unwrap_or(self.caret.at);
        self.caret = Caret {
            at,
            anchor: extend.then_some(anchor),
        };
    }

    fn select(&mut self, range: Range<usize>) -> Outcome {
        self.history.pause();
        self.goal = None;
        let selected = Caret {
            at: range.end,
            anchor: Some(range.start),
        };
        if std::mem::replace(&mut self.caret, selected) == selected {
            Outcome::Unchanged
        } else {
            Outcome::Moved
        }
    }

    fn own_column(&self, width: u16) -> usize {
        self.columns_between(self.own_row(width).start, self.caret.at)
    }

    /// From the first to the last place that the cursor can take in its row.
    fn own_row(&self, width: u16) -> Range<usize> {
        let wrap = &*self.wrapped(width);
        self.places_in(wrap, wrap.row_of(self.caret.at))
    }

    /// From the first to the last place that the cursor can take in a row: in a row that goes on
    /// in the next one, that is before the blanks at its end, or else before its last character.
    fn places_in(&self, wrap: &Wrap, row: usize) -> Range<usize> {
        let range = wrap.row(&self.text, row);
        let goes_on = row + 1 < wrap.len() && wrap.whole(&self.text, row).end == range.end;
        if !goes_on {
            return range;
        }
        let mut end = range.end;
        let mut is_first = true;
        while let Some(start) = before(&self.text, end).filter(|start| *start >= range.start) {
            let blank = is_blank(slice(&self.text, start..end));
            if !is_first && !blank {
                break;
            }
            end = start;
            if !blank {
                break;
            }
            is_first = false;
        }
        range.start..end
    }

    fn row_up(&self, rows: usize, width: u16) -> usize {
        let wrap = &*self.wrapped(width);
        let row = wrap.row_of(self.caret.at);
        if row == 0 {
            return 0;
        }
        self.at_goal(wrap, row.saturating_sub(rows))
    }

    fn row_down(&self, rows: usize, width: u16) -> usize {
        let wrap = &*self.wrapped(width);
        let row = wrap.row_of(self.caret.at);
        if row + 1 == wrap.len() {
            return self.text.len();
        }
        self.at_goal(wrap, (row + rows).min(wrap.len().saturating_sub(1)))
    }

    /// The place in a row that is nearest to the goal column, not beyond it.
    fn at_goal(&self, wrap: &Wrap, row: usize) -> usize {
        let goal = self.goal.unwrap_or(0);
        let places = self.places_in(wrap, row);
        let mut at = places.start;
        let mut column = 0;
        while at < places.end {
            let here = cluster(&self.text, at);
            column += columns(here);
            if column > goal || here.is_empty() {
                break;
            }
            at += here.len();
        }
        at
    }

    fn paragraph_up(&self) -> usize {
        let line_end_before =
            |end: usize| slice(&self.text, 0..end).rfind('\n').map_or(0, |i| i + 1);
        let start = line_end_before(self.caret.at);
        if start < self.caret.at {
            start
        } else {
            line_end_before(start.saturating_sub(1))
        }
    }

    fn paragraph_down(&self) -> usize {
        let rest = slice(&self.text, self.caret.at..self.text.len());
        rest.find('\n')
            .map_or(self.text.len(), |i| self.caret.at + i + 1)
    }

    fn find(&mut self, forward: bool) -> Outcome {
        let places = find::places(&self.text, &self.search);
        let here = self.selection().map_or(self.caret.at, |range| range.start);
        let is_on_one = self.selection().is_some_and(|s| places.contains(&s));
        let next = if forward {
            let beyond = |p: &&Range<usize>| p.start > here || (p.start == here && !is_on_one);
            places.iter().find(beyond).or(places.first())
        } else {
            places
                .iter()
                .rev()
                .find(|p| p.start < here)
                .or(places.last())
        };
        match next {
            Some(place) => self.select(place.clone()),
            None => Outcome::NotFound,
        }
    }
}

/// Edits.
impl Editor {
    /// The one place where the text changes by new edits.
    fn edit(&mut self, kind: Kind, range: Range<usize>, new: &str) {
        let old = slice(&self.text, range.clone()).to_owned();
        self.history.note(kind, range.start, &old, new, self.caret);
        self.replace(range.clone(), new);
        let end = snap_on(&self.text, range.start + new.len());
        self.caret = Caret {
            at: end,
            anchor: None,
        };
    }

    /// The one place where the text changes at all.
    fn replace(&mut self, range: Range<usize>, new: &str) {
        self.text.replace_range(range.clone(), new);
        if let Some(wrap) = self.wrap.get_mut() {
            wrap.follow(&self.text, range, new.len());
        }
        self.goal = None;
        self.revision += 1;
    }

    /// Would `new` in place of `range` make a cluster larger than is clean?
    fn stacks_marks(&self, range: &Range<usize>, new: &str) -> bool {
        if new.is_ascii() {
            return false;
        }
        let start = before(&self.text, range.start).unwrap_or(0);
        let end = after(&self.text, range.end).unwrap_or(range.end);
        let seam = [
            slice(&self.text, start..range.start),
            new,
            slice(&self.text, range.end..end),
        ]
        .concat();
        let mut at = 0;
        while let Some(end) = after(&seam, at) {
            if slice(&seam, at..end).chars().count() > CLUSTER_CAP {
                return true;
            }
            at = end;
        }
        false
    }

    /// Deletes the selection, or from the cursor to where `reach` leads.
    fn erase(&mut self, kind: Kind, reach: impl Fn(&str, usize) -> Option<usize>) -> Outcome {
        let at = self.caret.at;
        let (kind, range) = match self.selection() {
            Some(range) => (Kind::Single, range),
            None => {
                let end = reach(&self.text, at).unwrap_or(at);
                (kind, at.min(end)..at.max(end))
            }
        };
        if range.is_empty() {
            return Outcome::Unchanged;
        }
        self.edit(kind, range, "");
        Outcome::Edited
    }

    fn end_to_delete(&self, width: u16) -> usize {
        let wrap = &*self.wrapped(width);
        let row = wrap.row_of(self.caret.at);
        let end = wrap.row(&self.text, row).end;
        if end > self.caret.at {
            end
        } else {
            wrap.whole(&self.text, row).end
        }
    }

    fn copy(&mut self) -> Outcome {
        if self.selection().is_none() {
            return Outcome::Unchanged;
        }
        self.clipboard = self.selected().to_owned();
        self.fresh_copy = Some(self.clipboard.clone());
        Outcome::Copied
    }

    fn cut(&mut self) -> Outcome {
        match self.copy() {
            Outcome::Copied => self.erase(Kind::Single, |_, at| Some(at)),
            other => other,
        }
    }

    fn paste(&mut self) -> Outcome {
        let text = self.clipboard.clone();
        let range = self.selection().unwrap_or(self.caret.at..self.caret.at);
        if text.is_empty() || self.stacks_marks(&range, &text) {
            return Outcome::Unchanged;
        }
        self.edit(Kind::Single, range, &text);
        Outcome::Edited
    }

    fn undo(&mut self) -> Outcome {
        let Some(edit) = self.history.undo() else {
            return Outcome::Unchanged;
        };
        self.replace(edit.new_range(), &edit.removed);
        self.caret = edit.before;
        Outcome::Edited
    }

    fn redo(&mut self) -> Outcome {
        let Some(edit) = self.history.redo() else {
            return Outcome::Unchanged;
        };
        self.replace(edit.old_range(), &edit.inserted);
        self.caret = Caret {
            at: snap_on(&self.text, edit.new_range().end),
            anchor: None,
        };
        Outcome::Edited
    }
}

/// Clean text of at most [`PASTE_CAP`] bytes; is it the whole?
fn capped(text: &str) -> (String, bool) {
    let head = slice(text, 0..snap_back(text, PASTE_CAP));
    let mut new = clean(head);
    let cut = snap_back(&new, PASTE_CAP);
    let is_whole = head.len() == text.len() && cut == new.len();
    new.truncate(cut);
    (new, is_whole)
}
