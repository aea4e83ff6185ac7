//! Moving the borders between panes, and giving one of them the whole screen.

use super::super::layout::{self, Area, CaseAreas, ItemAreas, QueueAreas};
use super::super::model::{Model, Overlay};
use super::super::open_case::{OpenCase, Tab};
use super::super::panes::{Panes, Split};
use super::moving;

impl Model {
    /// The border that the keys move here; `None` where the page is of one piece.
    pub(in crate::app) fn split(&self) -> Option<Split> {
        // Help and palette ask for what lies below them.
        let is_asking = |o: &Overlay| matches!(o, Overlay::Help(_) | Overlay::Palette(_));
        if !self.overlays.iter().all(is_asking) {
            return None;
        }
        match &self.open {
            None if self.is_desk() => Some(Split::Queue),
            None => (self.queue_areas().preview.height > 0).then_some(Split::Preview),
            Some(_) if self.is_desk() => Some(Split::Passage),
            Some(open) => self.split_of_tab(open),
        }
    }

    fn split_of_tab(&self, open: &OpenCase) -> Option<Split> {
        let body = self.case_areas().body;
        let is_one = self.panes.is_zoomed && !self.has_room_for_three();
        let (beside, above) = match open.tab {
            Tab::Items => (Split::Card, Split::CardAbove),
            Tab::Records => (Split::Records, Split::RecordsAbove),
            _ => return None,
        };
        (!is_one).then_some(if body.is_wide() { beside } else { above })
    }
}

/// Gives the left or upper pane more room, or less.
pub fn shift(model: &mut Model, steps: i16) {
    let Some(split) = model.split() else {
        return;
    };
    let before = (model.panes, areas(model));
    model.panes.shift(split, steps * split.step());
    if areas(model) == before.1 {
        model.panes = before.0;
        return model.notice("The border goes no further.");
    }
    settle(model);
}

/// Where things stand, to see whether anything moved.
fn areas(model: &Model) -> (QueueAreas, CaseAreas, ItemAreas, (Area, Area)) {
    let body = model.case_areas().body;
    let open = model.open.as_ref();
    let count = open.map_or(0, |open| open.file.case.items.len());
    let items = layout::items(body, count, false, &model.panes);
    let records = open.map_or(0, |open| open.file.case.records.len());
    let records = layout::records(body, records, &model.panes);
    (model.queue_areas(), model.case_areas(), items, records)
}

/// Every border where it stood at first, nothing zoomed.
pub fn even(model: &mut Model) {
    model.panes = Panes::default();
    settle(model);
}

/// The pane with the focus alone, or all of them again.
pub fn zoom(model: &mut Model) {
    model.panes.is_zoomed = !model.panes.is_zoomed;
    settle(model);
}

fn settle(model: &mut Model) {
    let height = model.queue_height();
    let (row, total) = (model.queue.list.selected, model.queue.page.total);
    model.queue.list.select(row, total, height);
    moving::settle(model);
    model.touch();
}
