//! Undo in groups: a run of typing up to a blank or a pause, a run of deleting, a paste.

use crate::model::trail::{Step, Trail};
use std::collections::VecDeque;
use std::ops::Range;

/// Most bytes that the steps of one text take; the oldest go first.
const MOST: usize = 1024 * 1024;

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
    /// The change.
    pub step: Step,
    kind: Kind,
}

impl Edit {
    /// The bytes that the text after the change takes.
    pub fn new_range(&self) -> Range<usize> {
        self.step.at..self.step.at + self.step.inserted.len()
    }

    /// The bytes that the text before the change takes.
    pub fn old_range(&self) -> Range<usize> {
        self.step.at..self.step.at + self.step.removed.len()
    }

    /// The caret before the change.
    pub fn before(&self) -> Caret {
        Caret {
            at: self.step.cursor,
            anchor: self.step.anchor,
        }
    }

    fn absorbs(&self, next: &Self) -> bool {
        if self.kind != next.kind {
            return false;
        }
        let (step, next) = (&self.step, &next.step);
        match self.kind {
            Kind::Typing => next.removed.is_empty() && next.at == self.new_range().end,
            Kind::DeletingBack => next.at + next.removed.len() == step.at,
            Kind::DeletingForward => next.at == step.at,
            Kind::Single => false,
        }
    }

    fn absorb(&mut self, next: &Self) {
        match self.kind {
            Kind::DeletingBack => {
                self.step.removed.insert_str(0, &next.step.removed);
                self.step.at = next.step.at;
            }
            _ => {
                self.step.removed.push_str(&next.step.removed);
                self.step.inserted.push_str(&next.step.inserted);
            }
        }
    }
}

/// What can be taken back and done again.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: VecDeque<Edit>,
    undone: Vec<Edit>,
    is_open: bool,
    /// About how many bytes `done` takes.
    weight: usize,
}

impl History {
    /// What an earlier session left.
    pub fn of(trail: &Trail) -> Self {
        let edit = |step: &Step| Edit {
            step: step.clone(),
            kind: Kind::Single,
        };
        Self {
            done: trail.done.iter().map(edit).collect(),
            undone: trail.undone.iter().map(edit).collect(),
            is_open: false,
            weight: trail.done.iter().map(Step::weight).sum(),
        }
    }

    /// What a later session goes on from: as many steps as `room` bytes hold, the nearest first.
    pub fn trail(&self, room: usize) -> Trail {
        let mut left = room;
        let mut fits = |edit: &&Edit| {
            let weight = edit.step.weight();
            let does = weight <= left;
            left = if does { left - weight } else { 0 };
            does
        };
        let mut undone: Vec<&Edit> = self.undone.iter().rev().take_while(&mut fits).collect();
        let mut done: Vec<&Edit> = self.done.iter().rev().take_while(&mut fits).collect();
        undone.reverse();
        done.reverse();
        let steps = |edits: Vec<&Edit>| edits.iter().map(|edit| edit.step.clone()).collect();
        Trail {
            done: steps(done),
            undone: steps(undone),
        }
    }

    /// Notes an edit: at `at`, `removed` became `inserted`.
    pub fn note(&mut self, kind: Kind, at: usize, removed: &str, inserted: &str, before: Caret) {
        let step = Step {
            at,
            removed: removed.to_owned(),
            inserted: inserted.to_owned(),
            cursor: before.at,
            anchor: before.anchor,
        };
        self.weight += step.weight();
        let edit = Edit { step, kind };
        self.undone.clear();
        let ends_run = kind == Kind::Typing && inserted.chars().all(char::is_whitespace);
        match self.done.back_mut() {
            Some(last) if self.is_open && last.absorbs(&edit) => last.absorb(&edit),
            _ => self.done.push_back(edit),
        }
        self.is_open = !ends_run;
        self.forget_oldest();
    }

    fn forget_oldest(&mut self) {
        while self.weight > MOST && self.done.len() > 1 {
            self.done.pop_front();
            // Runs that were absorbed counted for more than they take: summed anew.
            self.weight = self.done.iter().map(|edit| edit.step.weight()).sum();
        }
    }

    /// Nothing is taken back or done again any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The next edit starts a group of its own.
    pub fn pause(&mut self) {
        self.is_open = false;
    }

    /// The group to take back now.
    pub fn undo(&mut self) -> Option<Edit> {
        self.is_open = false;
        let edit = self.done.pop_back()?;
        self.weight = self.weight.saturating_sub(edit.step.weight());
        self.undone.push(edit.clone());
        Some(edit)
    }

    /// The group to do again now.
    pub fn redo(&mut self) -> Option<Edit> {
        self.is_open = false;
        let edit = self.undone.pop()?;
        self.weight += edit.step.weight();
        self.done.push_back(edit.clone());
        Some(edit)
    }
}
