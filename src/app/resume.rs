//! Coming back to where one was: the bookmark is noted once the keys rest and at the end, and the
//! program started again goes by it.

use super::asides;
use super::conflict;
use super::effect::Effect;
use super::model::Model;
use super::open_case::{OpenCase, Tab};
use super::panes::Panes;
use crate::model::bookmark::{Bookmark, CaseMark};
use crate::model::{CaseFile, QueuePage};
use jiff::{SignedDuration, Timestamp};

/// After the last key the place is noted once this has passed.
const REST: SignedDuration = SignedDuration::from_secs(1);
/// While keys keep coming it is noted this often: a line may drop in the midst of them.
const AT_LEAST: SignedDuration = SignedDuration::from_secs(5);

/// What is noted, and when it will be again.
#[derive(Debug, Default)]
pub struct Resume {
    /// Is the place kept at all? A picture of the screen leaves no trace.
    is_on: bool,
    noted: Option<Box<Bookmark>>,
    /// First and last key since it was noted.
    keys: Option<(Timestamp, Timestamp)>,
}

impl Resume {
    /// A key was pressed.
    pub(super) fn key(&mut self, now: Timestamp) {
        let first = self.keys.map_or(now, |(first, _)| first);
        self.keys = self.is_on.then_some((first, now));
    }

    /// When the place is to be noted; `None` where nothing was pressed since.
    pub(super) fn due(&self) -> Option<Timestamp> {
        let (first, last) = self.keys?;
        let rested = last.checked_add(REST).ok()?;
        Some(rested.min(first.checked_add(AT_LEAST).ok()?))
    }
}

/// The first wishes of a new [`Model`] that keeps its place: back to where the reviewer was, or
/// with `is_fresh` to the queue.
pub fn resume(model: &mut Model, is_fresh: bool) -> Vec<Effect> {
    model.resume.is_on = true;
    if is_fresh {
        return super::start(model);
    }
    let (generation, query) = model.queue.request();
    vec![Effect::Resume { generation, query }]
}

/// Notes the place, if it is another than was noted last.
pub(super) fn note(model: &mut Model) {
    model.resume.keys = None;
    // Before the first answer nobody is anywhere: the place of last time stays.
    if !model.resume.is_on || !model.queue.is_loaded {
        return;
    }
    let place = Box::new(place(model));
    if model.resume.noted.as_ref() != Some(&place) {
        model.resume.noted = Some(place.clone());
        model.effects.push(Effect::Note(place));
    }
}

/// Goes to where the bookmark says. `page` answers its query, `file` is its case as it is now.
pub(super) fn restore(
    model: &mut Model,
    generation: u64,
    bookmark: &Bookmark,
    page: QueuePage,
    file: Option<CaseFile>,
) {
    if !model.queue.awaits(generation) {
        // Keys were faster than the store: they have led elsewhere.
        return;
    }
    model.deferred = None;
    model.panes = Panes::restored(&bookmark.borders, bookmark.is_zoomed);
    let height = model.queue_height();
    model.queue.restore(generation, bookmark, page, height);
    if let Some(case) = &bookmark.case {
        let is_over = |file: &CaseFile| bookmark.mark.was_open && !file.stage.is_open();
        match file {
            None => model.notice(format!(
                "{case} cannot be opened any more; here is the queue."
            )),
            Some(file) if is_over(&file) => {
                let stage = file.stage.word();
                model.notice(format!("{case} is {stage} by now; here is the queue."));
            }
            Some(file) => {
                conflict::take_over(model, file);
                if let Some(open) = model.open.as_mut() {
                    go_to(open, &bookmark.mark);
                }
                super::act::moving::settle(model);
            }
        }
    }
    // What was said once is noted as said.
    let is_said = asides::restore(model, &bookmark.asides);
    model.resume.noted = (!is_said).then(|| Box::new(place(model)));
    model.touch();
}

/// Every place is brought within the case as it is now.
fn go_to(open: &mut OpenCase, mark: &CaseMark) {
    let last_item = open.file.case.items.len().saturating_sub(1);
    open.tab = Tab::ALL.get(mark.tab).copied().unwrap_or_default();
    open.item = mark.item.min(last_item);
    let cited = open.current().map_or(0, |(_, draft)| draft.citations.len());
    open.citation = mark.citation.min(cited.saturating_sub(1));
    for (place, line) in open.scroll.iter_mut().zip(&mark.scroll) {
        *place = *line;
    }
    (open.findings.selected, open.findings.top) = mark.finding;
    let records = &open.file.case.records;
    open.record = mark.record.0.min(records.len().saturating_sub(1));
    let pages = records.get(open.record).map_or(0, |r| r.pages.len());
    open.page = mark.record.1.min(pages.saturating_sub(1));
    open.blocker = mark.blocker;
    for (editor, (cursor, top)) in open.editors.iter_mut().zip(&mark.cursors) {
        editor.set_cursor(*cursor);
        editor.set_top(*top);
    }
    let can_edit = open.is_open() && open.tab == Tab::Items && open.editor().is_some();
    open.is_editing = mark.is_editing && can_edit;
}

fn place(model: &Model) -> Bookmark {
    let queue = &model.queue;
    Bookmark {
        query: queue.query.clone(),
        own_view: queue.own.map(|_| queue.view_name().to_owned()),
        borders: model.panes.shifts.to_vec(),
        is_zoomed: model.panes.is_zoomed,
        selected: queue.selected().map(|row| row.id.clone()),
        row: queue.list.selected,
        top: queue.list.top,
        case: model.open.as_ref().map(|open| open.id().clone()),
        mark: model.open.as_ref().map(mark).unwrap_or_default(),
        asides: asides::all(model),
    }
}

fn mark(open: &OpenCase) -> CaseMark {
    let cursors = open.editors.iter().map(|e| (e.cursor(), e.top()));
    CaseMark {
        was_open: open.is_open(),
        tab: open.tab.place(),
        item: open.item,
        citation: open.citation,
        scroll: open.scroll.to_vec(),
        finding: (open.findings.selected, open.findings.top),
        record: (open.record, open.page),
        blocker: open.blocker,
        is_editing: open.is_editing,
        cursors: cursors.collect(),
    }
}
