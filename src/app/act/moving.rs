//! Up, down, page, top, end: the same keys wherever there is a list or a page.

use super::super::doc;
use super::super::layout;
use super::super::list::Motion;
use super::super::model::{Model, Overlay};
use super::super::open_case::Tab;
use super::{items, queue};

/// Moves in what has the focus.
pub fn go(model: &mut Model, motion: Motion) {
    if model.overlays.is_empty() {
        return match model.open.as_ref().map(|o| o.tab) {
            None => queue::go(model, motion),
            Some(Tab::Findings) => in_findings(model, motion),
            Some(Tab::Items) => items::go(model, motion),
            Some(_) => scroll(model, motion),
        };
    }
    if let Some(Overlay::Stats(_)) = model.overlays.last() {
        let moved = super::stats::scroll(model, motion);
        return model.touch_if(moved);
    }
    let size = model.size;
    let help = doc::reader_len(model);
    let reader = usize::from(layout::reader(size).1.height);
    let moved = match model.overlays.last_mut() {
        Some(Overlay::Help(top) | Overlay::Messages(top)) => scroll_by(top, motion, help, reader),
        Some(Overlay::Picker(picker)) => {
            let height = usize::from(layout::picker(size).hits.height);
            picker.list.go(motion, picker.hits.len(), height)
        }
        Some(Overlay::Palette(palette)) => {
            let total = palette.found().len();
            palette
                .list
                .go(motion, total, usize::from(layout::palette(size).2.height))
        }
        Some(Overlay::Menu(menu)) => {
            let total = menu.lines(&model.queue).len();
            let height = usize::from(layout::menu(size, total).1.height);
            menu.list.go(motion, total, height)
        }
        Some(Overlay::Excerpts(excerpts)) => {
            let total = excerpts.found().len();
            let height = usize::from(layout::excerpts(size).2.height);
            excerpts.list.go(motion, total, height)
        }
        Some(Overlay::Dialogue(_) | Overlay::Find(_) | Overlay::Stats(_)) | None => false,
    };
    model.touch_if(moved);
}

fn in_findings(model: &mut Model, motion: Motion) {
    let height = usize::from(layout::findings(model.case_areas().body).1.height);
    let Some(open) = model.open.as_mut() else {
        return;
    };
    let total = open.file.case.findings.len();
    let moved = open.findings.go(motion, total, height);
    model.touch_if(moved);
}

/// Scrolls the page of the open tab.
fn scroll(model: &mut Model, motion: Motion) {
    let (total, height) = doc::tab_len(model);
    let Some(top) = model.open.as_mut().and_then(|o| o.scroll_mut()) else {
        return;
    };
    let moved = scroll_by(top, motion, total, height);
    model.touch_if(moved);
    let reads = model.open.as_ref().is_some_and(|o| o.tab == Tab::Records);
    if reads && !moved {
        super::records::read_on(model, motion);
    }
}

/// Scrolls so that the last line never leaves the foot of the window. Says whether it moved.
pub(super) fn scroll_by(top: &mut usize, motion: Motion, total: usize, height: usize) -> bool {
    let before = *top;
    let last = total.saturating_sub(height);
    *top = match motion {
        Motion::End => last,
        other => other.target(before, total.max(1), height).min(last),
    };
    *top != before
}

/// Brings every scroll position back within its page: the size or the text has changed.
pub fn settle(model: &mut Model) {
    let body = model.case_areas().body;
    let height = usize::from(layout::findings(body).1.height);
    if let Some(open) = model.open.as_mut() {
        let total = open.file.case.findings.len();
        open.findings.select(open.findings.selected, total, height);
    }
    // A page at its start is within it however long it is: it need not be laid out for that.
    if model.open.as_ref().is_some_and(|o| o.scroll() > 0) {
        let (total, height) = doc::tab_len(model);
        if let Some(top) = model.open.as_mut().and_then(|o| o.scroll_mut()) {
            *top = (*top).min(total.saturating_sub(height));
        }
    }
    super::dialogues::scroll(model, Motion::Lines(0));
}
