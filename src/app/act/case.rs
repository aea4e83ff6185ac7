//! A case as a whole: tabs, undo, what blocks, back to the queue.

use super::super::model::Model;
use super::super::open_case::Tab;
use super::super::preview::Preview;
use super::super::marks;
use super::{mending, moving};
use crate::model::{Attestation, Change};
use crate::model::lint::{Lint, Severity};
use crate::rules::gate::{self, Blocker, Gap};

/// One thing that is left to do before the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Point {
    /// Something is missing.
    Gap(Gap),
    /// A check says something.
    Lint(Lint),
}

impl Point {
    /// The lint it is.
    pub fn lint(&self) -> Option<&Lint> {
        match self {
            Self::Lint(lint) => Some(lint),
            Self::Gap(_) => None,
        }
    }

    /// In words.
    pub fn text(&self) -> String {
        match self {
            Self::Gap(gap) => gap.text.clone(),
            Self::Lint(lint) => {
                let weighs = match lint.severity {
                    Severity::Blocking => "blocks",
                    Severity::Warning | Severity::Note => "warns",
                };
                let of = lint.item.map_or_else(String::new, |n| format!("Item {}: ", n + 1));
                format!("{of}{} {weighs}: {}", lint.id, lint.message)
            }
        }
    }
}

impl Model {
    /// What blocks the signature of the open case, attestations aside: those are made with it.
    pub fn work_blockers(&self) -> Vec<Blocker> {
        let all = Attestation::ALL.into_iter().collect();
        self.open
            .as_ref()
            .map(|open| gate::blockers(&open.file, &self.reviewer, &all))
            .unwrap_or_default()
    }

    /// What is left before the signature: what is missing, then what the checks say.
    pub fn points(&self) -> Vec<Point> {
        let gaps = self.work_gaps().into_iter().map(Point::Gap);
        let lints = self.open.as_ref().map(|open| self.marks.weighty(open));
        let lints = lints.into_iter().flatten().filter(|lint| !self.is_told(lint));
        gaps.chain(lints.cloned().map(Point::Lint)).collect()
    }

    /// Does the gate tell of this lint already?
    fn is_told(&self, lint: &Lint) -> bool {
        lint.severity == Severity::Blocking
            && self.work_blockers().iter().any(|b| (b.id, b.item) == (lint.id, lint.item))
    }

    /// Lints for which a reason is asked with the signature.
    pub(in crate::app) fn unanswered(&self) -> Vec<Lint> {
        let lints = self.open.as_ref().map(|open| self.marks.weighty(open));
        let asks = |lint: &&Lint| lint.takes_reason;
        lints.into_iter().flatten().filter(asks).cloned().collect()
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
    if let Some(item) = item_of(&change) {
        open.item = item;
    }
    if model.change(change) {
        model.notice("Taken back.");
    }
    moving::settle(model);
}

fn item_of(change: &Change) -> Option<usize> {
    match change {
        Change::Decided { item, .. }
        | Change::Undecided { item }
        | Change::Cited { item, .. }
        | Change::Uncited { item, .. } => Some(*item),
        _ => None,
    }
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
