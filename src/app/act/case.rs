//! A case as a whole: tabs, undo, what blocks, back to the queue.

use super::super::marks;
use super::super::model::Model;
use super::super::open_case::Tab;
use super::super::points::Point;
use super::super::preview::Preview;
use super::{mending, moving};
use crate::model::lint::Lint;
use crate::model::{Attestation, Change};
use crate::rules::gate::{self, Blocker, Gap};
use crate::rules::lint::Context;

impl Model {
    /// What blocks the signature of the open case, attestations aside: those are made with it. What
    /// rules.toml has made blocking takes a look at the whole case, which is for a worker:
    /// [`Model::held`] tells of that.
    pub fn work_blockers(&self) -> Vec<Blocker> {
        let all = Attestation::ALL.into_iter().collect();
        let context = Context::plain(self.today());
        self.open
            .as_ref()
            .map(|open| gate::blockers(&open.file, &self.reviewer, &all, &context))
            .unwrap_or_default()
    }

    /// The same in few lines: all that an item lacks on one.
    pub fn work_gaps(&self) -> Vec<Gap> {
        gate::gaps(&self.work_blockers())
    }
}

/// Back to the queue.
pub fn back(model: &mut Model) {
    model.flush();
    model.open = None;
    model.queue.preview = Preview::default();
    model.queue.hold_selection();
    model.load_queue();
    model.touch();
}

/// Shows a tab.
pub fn show(model: &mut Model, tab: Tab) {
    model.flush();
    if let Some(open) = model.open.as_mut() {
        open.tab = tab;
        open.is_editing = false;
    }
    moving::settle(model);
    model.touch();
}

/// The next tab, or the one before.
pub fn step_tab(model: &mut Model, by: isize) {
    if let Some(tab) = model.open.as_ref().map(|o| o.tab.step(by)) {
        show(model, tab);
    }
}

/// Takes the last change on this tab back; a decision of an earlier session too.
pub fn undo(model: &mut Model) {
    let Some(open) = model.open.as_mut() else {
        return;
    };
    let (tab, item) = (open.tab, open.item);
    let last = open.undo.iter().rposition(|u| u.tab == tab);
    let change = match last {
        Some(at) => open.undo.remove(at).change,
        // What was signed is amended, not taken back.
        None if !open.file.sealed.is_empty() => return,
        None => Change::Undecided { item },
    };
    if let Some(item) = change.item() {
        open.item = item;
    }
    if let Change::Written { item, text } = &change
        && let Some(editor) = open.editors.get_mut(*item)
    {
        editor.become_text(text);
    }
    if model.change(change) {
        model.notice("Taken back.");
    }
    moving::settle(model);
}

/// The next of what blocks the signature, or the one before.
pub fn step_blocker(model: &mut Model, by: isize) {
    let count = model.points().len();
    if let Some(open) = model.open.as_mut() {
        open.blocker = open
            .blocker
            .saturating_add_signed(by)
            .min(count.saturating_sub(1));
    }
    model.touch();
}

/// To the selected of what blocks.
pub fn jump_to_blocker(model: &mut Model) {
    let at = model.open.as_ref().map_or(0, |o| o.blocker);
    let points = model.points();
    match points.get(at).or(points.first()) {
        Some(Point::Gap(gap)) => jump_to(model, &gap.first),
        Some(Point::Lint(lint)) => mending::go_to(model, marks::spot(lint), lint),
        None => {}
    }
}

/// To where a blocker can be cured.
pub(in crate::app) fn jump_to(model: &mut Model, blocker: &Blocker) {
    // Words that block are shown themselves.
    let lints = model.open.as_ref().map(|open| model.marks.weighty(open));
    let is_it = |lint: &&Lint| (lint.id, lint.item) == (blocker.id, blocker.item);
    let found = lints.into_iter().flatten().find(is_it).cloned();
    if let Some(lint) = found.filter(|lint| lint.span.is_some()) {
        return mending::go_to(model, marks::spot(&lint), &lint);
    }
    let tab = match (blocker.item, blocker.id) {
        (Some(_), _) => Tab::Items,
        (None, "L04") => Tab::Records,
        (None, _) => Tab::Determination,
    };
    show(model, tab);
    if let (Some(open), Some(item)) = (model.open.as_mut(), blocker.item) {
        open.item = item;
        open.citation = 0;
    }
    model.notice(blocker.message.clone());
}
