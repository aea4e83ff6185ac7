//! Records: turning to the next one and to its pages.

use super::super::model::Model;

/// The next record, or the one before.
pub fn step(model: &mut Model, by: isize) {
    let Some(open) = model.open.as_mut() else {
        return;
    };
    let last = open.file.case.records.len().saturating_sub(1);
    let to = open.record.saturating_add_signed(by).min(last);
    let moved = to != open.record;
    if moved {
        open.record = to;
        open.page = 0;
        to_top(model);
    }
    model.touch_if(moved);
}

/// The next page, or the one before.
pub fn turn(model: &mut Model, by: isize) {
    let Some(open) = model.open.as_mut() else {
        return;
    };
    let record = open.file.case.records.get(open.record);
    let last = record.map_or(0, |r| r.pages.len().saturating_sub(1));
    let to = open.page.saturating_add_signed(by).min(last);
    let moved = to != open.page;
    if moved {
        open.page = to;
        to_top(model);
    }
    model.touch_if(moved);
}

fn to_top(model: &mut Model) {
    if let Some(top) = model.open.as_mut().and_then(|o| o.scroll_mut()) {
        *top = 0;
    }
}
