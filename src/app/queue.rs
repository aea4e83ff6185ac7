//! The queue on the screen: a window over the store's, and the selection in it.

use super::field::Field;
use super::list::List;
use super::preview::Preview;
use crate::model::{Bookmark, CaseId, Change, OwnView, QueuePage, QueueQuery, QueueRow};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Rows asked for at once.
const WINDOW: usize = 200;
/// The next window is asked for when the selection comes this near to the edge of this one.
const NEAR: usize = 50;

/// The queue.
#[derive(Debug, Default)]
pub struct Queue {
    /// View, sort and filter in force.
    pub query: QueueQuery,
    /// The newest rows.
    pub page: QueuePage,
    /// Selection over the whole queue, not the window.
    pub list: List,
    /// The filter being typed, and the one to go back to.
    pub typing: Option<(Field, String)>,
    /// The case shown below the list.
    pub preview: Preview,
    /// Has the store answered at all?
    pub is_loaded: bool,
    /// The reviewer's own views.
    pub views: Vec<OwnView>,
    /// Which of them is in force, if one is.
    pub own: Option<usize>,
    /// What is wrong with the filter being typed: a sentence.
    pub problem: Option<String>,
    /// Cases that the next snooze or closing is for.
    pub marks: BTreeSet<CaseId>,
    /// The number typed before a key.
    pub count: Option<usize>,
    /// What `u` takes back, the last one first.
    pub(super) undo: Vec<Step>,
    /// Changes of many cases on their way, by ticket.
    pub(super) under_way: BTreeMap<u64, Pending>,
    /// Of which generation the list of all cases that pass was asked.
    listed: Option<u64>,
    /// Start of a window that could not be read: asked for again at once, it would be refused at
    /// once.
    refused: Option<usize>,
    asked: u64,
    answered: u64,
    wanted: Option<CaseId>,
}

/// Many cases at most can be marked at once.
pub const MOST_MARKED: usize = 1_000;

/// A change of many cases that is not yet durable.
#[derive(Debug)]
pub(super) struct Pending {
    /// What will be said once it is done.
    pub what: String,
    /// The step that it takes back, by its ticket.
    pub undoes: Option<u64>,
}

/// What takes one bulk operation back.
#[derive(Debug)]
pub(super) struct Step {
    /// That of the operation.
    pub ticket: u64,
    /// The inverse of each of its changes.
    pub changes: Vec<(CaseId, Change)>,
}

impl Queue {
    /// The queue before its first answer.
    pub fn with(views: Vec<OwnView>) -> Self {
        Self {
            views,
            ..Self::default()
        }
    }

    /// What the view in force is called.
    pub fn view_name(&self) -> &str {
        let own = self.own.and_then(|own| self.views.get(own));
        own.map_or(self.query.view.title(), |view| view.name.as_str())
    }

    /// Can `u` take something back?
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Is a change of many cases on its way to the store?
    pub fn is_saving(&self) -> bool {
        !self.under_way.is_empty()
    }

    /// Request for every case that passes, of the newest window's generation.
    pub(super) fn request_all(&mut self) -> (u64, QueueQuery) {
        self.listed = Some(self.asked);
        let query = QueueQuery {
            start: 0,
            len: MOST_MARKED,
            ..self.query.clone()
        };
        (self.asked, query)
    }

    /// Is a list of this generation awaited? It is then no more.
    pub(super) fn takes_list(&mut self, generation: u64) -> bool {
        self.listed.take_if(|asked| *asked == generation).is_some()
    }

    /// The row at a place of the whole queue, if the window holds it.
    pub fn row(&self, at: usize) -> Option<&QueueRow> {
        self.page.rows.get(at.checked_sub(self.page.start)?)
    }

    /// The selected case.
    pub fn selected(&self) -> Option<&QueueRow> {
        self.row(self.list.selected)
    }

    /// Lets the preview follow the selection. Says whether something else is shown.
    pub(super) fn follow(&mut self, now: Timestamp) -> bool {
        let place = self.list.selected.checked_sub(self.page.start);
        let selected = place.and_then(|at| self.page.rows.get(at));
        self.preview.follow(selected, now)
    }

    /// Is an answer outstanding? Then the selected row may not be what will be seen.
    pub fn is_stale(&self) -> bool {
        self.asked != self.answered
    }

    /// Starts over with the first row: another view, sort or filter.
    pub fn restart(&mut self) {
        self.list = List::default();
        self.wanted = None;
    }

    /// Keeps the selection on the same case when the answer comes.
    pub fn hold_selection(&mut self) {
        self.wanted = self.selected().map(|r| r.id.clone());
    }

    /// Selects this case when the answer comes.
    pub(super) fn want(&mut self, case: CaseId) {
        self.wanted = Some(case);
    }

    /// The next request, around the selection.
    pub fn request(&mut self) -> (u64, QueueQuery) {
        self.asked += 1;
        self.query.start = self.wanted_start();
        self.query.len = WINDOW;
        (self.asked, self.query.clone())
    }

    /// The selection stands in the middle of the window, but for the start of the queue.
    fn wanted_start(&self) -> usize {
        self.list.selected.saturating_sub(WINDOW / 2)
    }

    /// Does the selection near an edge of the window behind which there are more rows?
    pub fn wants_more(&self) -> bool {
        let at = self.list.selected;
        let end = self.page.start + self.page.rows.len();
        let above = self.page.start > 0 && at < self.page.start + NEAR;
        let below = end < self.page.total && at + NEAR >= end;
        // The same window once more would bring nothing new.
        let start = self.wanted_start();
        let is_other = start != self.page.start && Some(start) != self.refused;
        !self.is_stale() && is_other && (above || below)
    }

    /// Is the answer to this request awaited, and no later one?
    pub fn awaits(&self, generation: u64) -> bool {
        self.is_stale() && self.asked == generation
    }

    /// Goes to where a bookmark says; `page` answers its query.
    pub fn restore(&mut self, generation: u64, mark: &Bookmark, page: QueuePage, height: usize) {
        self.query = mark.query.clone();
        let named = |view: &OwnView| mark.own_view.as_ref() == Some(&view.name);
        // A view that asks for something else by now is not the one that was left.
        let is_same = |view: &OwnView| view.query == mark.query.within;
        self.own = self.views.iter().position(|v| named(v) && is_same(v));
        (self.list.selected, self.list.top) = (mark.row, mark.top);
        self.wanted = mark.selected.clone();
        self.take(generation, page, height);
    }

    /// No answer to this request will come: what is on the screen stays, and is no longer waited on.
    pub(super) fn give_up(&mut self, generation: u64) {
        if self.awaits(generation) {
            self.answered = generation;
            self.refused = Some(self.query.start);
            self.wanted = None;
        }
    }

    /// Takes an answer; an answer to an older request is dropped. Says whether it was taken.
    pub fn take(&mut self, generation: u64, page: QueuePage, height: usize) -> bool {
        if generation != self.asked {
            return false;
        }
        self.answered = generation;
        self.is_loaded = true;
        self.refused = None;
        self.page = page;
        let wanted = self.wanted.take();
        let place = wanted.and_then(|id| self.page.rows.iter().position(|r| r.id == id));
        let row = place.map_or(self.list.selected, |at| self.page.start + at);
        self.list.select(row, self.page.total, height);
        true
    }
}
