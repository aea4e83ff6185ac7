//! What stands beside the queue or the open case on a wide screen: the selected case as it would
//! open, and what is on the shelf for its item. Both follow once the keys rest. On any screen the
//! selected case is read ahead, so that it is on the screen at the key that opens it.

use super::effect::Effect;
use super::layout;
use super::model::Model;
use super::open_case::OpenCase;
use super::panes::Panes;
use crate::model::{CaseFile, CaseId, Hit, QueueRow};

/// Answers asked for: as many as are worth a look.
const LIMIT: usize = 8;

/// What stands beside.
#[derive(Debug, Default)]
pub struct Beside {
    /// The selected case, while the queue has the focus: read ahead of the key that opens it.
    pub case: Option<OpenCase>,
    /// The row it was asked for.
    asked: Option<QueueRow>,
    on_its_way: Option<CaseId>,
    /// What the shelf has for the current item, best first.
    pub hits: Vec<Hit>,
    /// The item they are for.
    item: Option<(CaseId, usize)>,
    search: u64,
    answered: u64,
}

impl Beside {
    /// Is this case on its way already?
    pub(super) fn awaits(&self, case: &CaseId) -> bool {
        self.on_its_way.as_ref() == Some(case)
    }

    /// It has come, or will not.
    pub(super) fn came(&mut self) {
        self.on_its_way = None;
    }

    /// This case, if it was read ahead.
    pub(super) fn take(&mut self, case: &CaseId) -> Option<OpenCase> {
        self.case.take_if(|ahead| ahead.id() == case)
    }
}

impl Model {
    /// Are queue, case and passage side by side?
    pub fn is_desk(&self) -> bool {
        layout::is_desk(self.size, &self.panes)
    }

    /// Could they be, if no pane had the screen for itself?
    pub fn has_room_for_three(&self) -> bool {
        layout::is_desk(self.size, &Panes::default())
    }

    /// The case in the middle of a wide screen: the open one, else the selected one.
    pub fn case_in_view(&self) -> Option<&OpenCase> {
        self.open.as_ref().or(self.beside.case.as_ref())
    }
}

/// After every event: asks for what is to stand beside.
pub(super) fn follow(model: &mut Model) {
    follow_selection(model);
    if model.is_desk() {
        return follow_item(model);
    }
    model.beside.hits.clear();
    model.beside.item = None;
}

fn follow_selection(model: &mut Model) {
    if model.open.is_some() {
        // Coming back it may have changed.
        model.beside.case = None;
        model.beside.asked = None;
        return;
    }
    let row = model.queue.preview.row().cloned();
    if row == model.beside.asked {
        return;
    }
    model.beside.asked.clone_from(&row);
    let case = row.map(|row| row.id.clone());
    model.beside.on_its_way.clone_from(&case);
    match case {
        Some(case) => model.effects.push(Effect::OpenCase(case)),
        None => model.beside.case = None,
    }
}

fn follow_item(model: &mut Model) {
    let wanted = model.case_in_view().and_then(|open| {
        let (item, _) = open.current()?;
        Some(((open.id().clone(), open.item), item.in_dispute().to_owned()))
    });
    let Some((item, context)) = wanted else {
        model.beside.hits.clear();
        model.beside.item = None;
        return;
    };
    let is_same = model.beside.item.as_ref() == Some(&item);
    // Only the newest search is answered: one from the picker may have come after ours.
    let is_lost = model.beside.answered != model.beside.search
        && model.searches > model.beside.search
        && model.picker().is_none();
    if is_same && !is_lost || model.picker().is_some() {
        return;
    }
    if !is_same {
        model.beside.hits.clear();
    }
    model.searches += 1;
    model.beside.search = model.searches;
    model.beside.item = Some(item);
    model.effects.push(Effect::Search {
        generation: model.searches,
        query: String::new(),
        context,
        limit: LIMIT,
    });
}

/// The queue beside an open case shows that case selected, as it is now.
pub(super) fn keep_queue(model: &mut Model) {
    let Some(open) = model.open.as_ref().filter(|_| model.is_desk()) else {
        return;
    };
    let is_shown = |row: &QueueRow| row.id == *open.id() && row.stage == open.file.stage;
    if !model.queue.selected().is_some_and(is_shown) {
        let case = open.id().clone();
        model.queue.want(case);
        model.load_queue();
    }
}

/// A case that nobody is about to open: is it the selected one?
pub(super) fn take_case(model: &mut Model, file: CaseFile) {
    let is_asked = |row: &QueueRow| row.id == file.case.id;
    if model.open.is_none() && model.beside.asked.as_ref().is_some_and(is_asked) {
        model.beside.case = Some(OpenCase::new(file));
        let is_seen = model.is_desk();
        model.touch_if(is_seen);
    }
}

/// Answers to the newest search; older ones are dropped.
pub(super) fn take_hits(model: &mut Model, generation: u64, hits: Vec<Hit>) {
    if generation == model.beside.search {
        model.beside.answered = generation;
        model.beside.hits = hits;
        model.touch();
    }
}
