//! The editor's edits: everything that changes the text.

use super::graphemes::{after, before, slice, snap_back, snap_on};
use super::history::{Caret, Kind};
use super::{Editor, Outcome, PASTE_CAP};
use crate::model::text::clean;
use std::ops::Range;

/// Most characters (code points) that may make one cluster: what `model::text` allows.
pub const CLUSTER_CAP: usize = 9;

impl Editor {
    /// The one place where the text changes by new edits.
    pub(super) fn edit(&mut self, kind: Kind, range: Range<usize>, new: &str) {
        let old = slice(&self.text, range.clone()).to_owned();
        self.history.note(kind, range.start, &old, new, self.caret);
        self.replace(range.clone(), new);
        let end = snap_on(&self.text, range.start + new.len());
        self.caret = Caret {
            at: end,
            anchor: None,
        };
    }

    /// Makes it read so, as one change; the cursor keeps its place from the end.
    pub fn rewrite(&mut self, text: &str) {
        let behind = self.text.len().saturating_sub(self.caret.at);
        self.edit(Kind::Single, 0..self.text.len(), text);
        self.set_cursor(self.text.len().saturating_sub(behind));
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
    pub(super) fn stacks_marks(&self, range: &Range<usize>, new: &str) -> bool {
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
    pub(super) fn erase(
        &mut self,
        kind: Kind,
        reach: impl Fn(&str, usize) -> Option<usize>,
    ) -> Outcome {
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

    pub(super) fn end_to_delete(&self, width: u16) -> usize {
        let wrap = &*self.wrapped(width);
        let row = wrap.row_of(self.caret.at);
        let end = wrap.row(&self.text, row).end;
        if end > self.caret.at {
            end
        } else {
            wrap.whole(&self.text, row).end
        }
    }

    pub(super) fn copy(&mut self) -> Outcome {
        if self.selection().is_none() {
            return Outcome::Unchanged;
        }
        self.clipboard = self.selected().to_owned();
        self.fresh_copy = Some(self.clipboard.clone());
        Outcome::Copied
    }

    pub(super) fn cut(&mut self) -> Outcome {
        match self.copy() {
            Outcome::Copied => self.erase(Kind::Single, |_, at| Some(at)),
            other => other,
        }
    }

    pub(super) fn paste(&mut self) -> Outcome {
        let text = self.clipboard.clone();
        let range = self.selection().unwrap_or(self.caret.at..self.caret.at);
        if text.is_empty() || self.stacks_marks(&range, &text) {
            return Outcome::Unchanged;
        }
        self.edit(Kind::Single, range, &text);
        Outcome::Edited
    }

    pub(super) fn undo(&mut self) -> Outcome {
        let Some(edit) = self.history.undo() else {
            return Outcome::Unchanged;
        };
        let before = edit.before();
        let fits = self.swap(edit.new_range(), &edit.step.inserted, &edit.step.removed);
        if !fits {
            return self.distrust();
        }
        // What came back is not selected: the next letter would take it away again.
        let far = before.anchor.map_or(before.at, |at| at.max(before.at));
        self.caret = Caret {
            at: snap_back(&self.text, far),
            anchor: None,
        };
        Outcome::Edited
    }

    pub(super) fn redo(&mut self) -> Outcome {
        let Some(edit) = self.history.redo() else {
            return Outcome::Unchanged;
        };
        let fits = self.swap(edit.old_range(), &edit.step.removed, &edit.step.inserted);
        if !fits {
            return self.distrust();
        }
        self.caret = Caret {
            at: snap_on(&self.text, edit.new_range().end),
            anchor: None,
        };
        Outcome::Edited
    }

    /// Puts `new` where `old` must stand; does it stand there?
    fn swap(&mut self, range: Range<usize>, old: &str, new: &str) -> bool {
        let fits = self.text.get(range.clone()) == Some(old);
        if fits {
            self.replace(range, new);
        }
        fits
    }

    /// Steps that do not fit the text would make one that never was: none of them is gone by.
    fn distrust(&mut self) -> Outcome {
        self.history.clear();
        Outcome::Unchanged
    }

    /// Makes the text another one, as one step that undo takes back: only what differs changes.
    /// Cleaned, and of more than [`PASTE_CAP`] bytes the first are taken.
    pub fn become_text(&mut self, text: &str) -> Outcome {
        let (new, is_whole) = capped(text);
        let (range, middle) = difference(&self.text, &new);
        if range.is_empty() && middle.is_empty() {
            return Outcome::Unchanged;
        }
        self.history.pause();
        self.edit(Kind::Single, range, &middle);
        self.history.pause();
        if is_whole {
            Outcome::Edited
        } else {
            Outcome::Shortened
        }
    }
}

/// The bytes of `old` that differ, and what stands there in `new`; on character borders of both.
fn difference(old: &str, new: &str) -> (Range<usize>, String) {
    let same = |(a, b): &(u8, u8)| a == b;
    let head = old.bytes().zip(new.bytes()).take_while(same).count();
    let head = snap_back(old, head).min(snap_back(new, head));
    let room = old.len().min(new.len()) - head;
    let backwards = old.bytes().rev().zip(new.bytes().rev());
    let tail = backwards.take(room).take_while(same).count();
    let (end, new_end) = (old.len() - tail, new.len() - tail);
    // The same bytes follow both: a border here is one there, unless a mark joins what is before.
    let step = (snap_on(old, end) - end).max(snap_on(new, new_end) - new_end);
    let range = head..(end + step).min(old.len());
    let new_range = head..(new_end + step).min(new.len());
    (range, slice(new, new_range).to_owned())
}

/// Clean text of at most [`PASTE_CAP`] bytes; is it the whole?
pub fn capped(text: &str) -> (String, bool) {
    let head = slice(text, 0..snap_back(text, PASTE_CAP));
    let mut new = clean(head);
    let cut = snap_back(&new, PASTE_CAP);
    let is_whole = head.len() == text.len() && cut == new.len();
    new.truncate(cut);
    (new, is_whole)
}
