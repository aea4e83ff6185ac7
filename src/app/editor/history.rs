//! Undo in groups: a run of typing up to a blank or a pause, a run of deleting, a paste.

use std::ops::Range;

/// What kind of edit; runs of the same kind make one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One typed character.
    Typing,
    /// Deleting towards the start.
    DeletingBack,
    /// Deleting towards the end.
    DeletingForward,
    /// Never part of a run: paste, cut, replacement of a selection by several characters.
    Single,
}

/// Cursor and the other end of the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Caret {
    /// Byte of the cursor.
    pub at: usize,
    /// Byte where the selection began.
    pub anchor: Option<usize>,
}

/// One group: at `at`, `removed` became `inserted`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Byte of the change.
    pub at: usize,
    /// Text before.
    pub removed: String,
    /// Text after.
    pub inserted: String,
    /// Caret before.
    pub before: Caret,
    kind: Kind,
}

impl Edit {
    /// The bytes that [`Edit::inserted`] takes.
    pub fn new_range(&self) -> Range<usize> {
        self.at..self.at + self.inserted.len()
    }

    /// The bytes that [`Edit::removed`] takes.
    pub fn old_range(&self) -> Range<usize> {
        self.at..self.at + self.removed.len()
    }

    fn absorbs(&self, next: &Self) -> bool {
        if self.kind != next.kind {
            return false;
        }
        match self.kind {
            Kind::Typing => next.removed.is_empty() && next.at == self.new_range().end,
            Kind::DeletingBack => next.at + next.removed.len() == self.at,
            Kind::DeletingForward => next.at == self.at,
            Kind::Single => false,
        }
    }

    fn absorb(&mut self, next: &Self) {
        match self.kind {
            Kind::DeletingBack => {
                self.removed.insert_str(0, &next.removed);
                self.at = next.at;
            }
            _ => {
                self.removed.push_str(&next.removed);
                self.inserted.push_str(&next.inserted);
            }
        }
    }
}

/// What can be taken back and done again.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Edit>,
    undone: Vec<Edit>,
    is_open: bool,
}

impl History {
    /// Notes an edit: at `at`, `removed` became `inserted`.
    pub fn note(&mut self, kind: Kind, at: usize, removed: &str, inserted: &str, before: Caret) {
        let edit = Edit {
            at,
            removed: removed.to_owned(),
            inserted: inserted.to_owned(),
            before,
            kind,
        };
        self.undone.clear();
        let ends_run = kind == Kind::Typing && inserted.chars().all(char::is_whitespace);
        match self.done.last_mut() {
            Some(last) if self.is_open && last.absorbs(&edit) => last.absorb(&edit),
            _ => self.done.push(edit),
        }
        self.is_open = !ends_run;
    }

    /// The next edit starts a group of its own.
    pub fn pause(&mut self) {
        self.is_open = false;
    }

    /// The group to take back now.
    pub fn undo(&mut self) -> Option<Edit> {
        self.is_open = false;
        let edit = self.done.pop()?;
        self.undone.push(edit.clone());
        Some(edit)
    }

    /// The group to do again now.
    pub fn redo(&mut self) -> Option<Edit> {
        self.is_open = false;
        let edit = self.undone.pop()?;
        self.done.push(edit.clone());
        Some(edit)
    }
}
