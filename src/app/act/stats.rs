//! The screen of statistics.

use super::super::effect::Effect;
use super::super::list::Motion;
use super::super::model::{Model, Overlay};
use super::super::stats::{self, StatsPage};
use super::{moving, reading};
use crate::rules::stats::Stats;

/// Opens it, and asks for the figures.
pub fn open(model: &mut Model) {
    reading::close(model);
    model.flush();
    model.overlays.push(Overlay::Stats(StatsPage::default()));
    model.effects.push(Effect::CountStats);
    model.touch();
}

/// The figures are here; nobody may be waiting for them any more.
pub fn take(model: &mut Model, counted: Box<Stats>) {
    if let Some(Overlay::Stats(page)) = model.overlays.last_mut() {
        page.stats = Some(counted);
        model.touch();
    }
}

/// Scrolls the table. Says whether it moved.
pub(super) fn scroll(model: &mut Model, motion: Motion) -> bool {
    let size = model.size;
    let Some(Overlay::Stats(page)) = model.overlays.last_mut() else {
        return false;
    };
    let Some(counted) = &page.stats else {
        return false;
    };
    let width = usize::from(stats::areas(size, 0).head.width);
    let areas = stats::areas(size, stats::head(counted, width).len());
    let total = stats::rows(counted, width).len();
    moving::scroll_by(&mut page.top, motion, total, usize::from(areas.rows.height))
}
