//! Records: turning to the next one and to its pages.

use super::super::list::Motion;
use super::super::model::Model;
use super::moving;

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

/// To a page by its number, from 1.
///
/// # Errors
/// There is no such page: a sentence for the dialogue.
pub fn turn_to(model: &mut Model, typed: &str) -> Result<(), String> {
    let Some(open) = model.open.as_mut() else {
        return Ok(());
    };
    let record = open.file.case.records.get(open.record);
    let pages = record.map_or(0, |r| r.pages.len());
    let page = typed.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    let Some(page) = page.filter(|page| *page < pages) else {
        return Err(format!("Type a number from 1 to {pages}."));
    };
    open.page = page;
    to_top(model);
    Ok(())
}

/// Reads on where a page ends: a page down at its foot turns to the next one, a page up at its
/// head to the end of the one before.
pub fn read_on(model: &mut Model, motion: Motion) {
    let by = match motion {
        Motion::Pages(by) => by,
        _ => return,
    };
    let before = model.open.as_ref().map(|o| o.page);
    turn(model, by);
    if by < 0 && model.open.as_ref().map(|o| o.page) != before {
        moving::go(model, Motion::End);
    }
}

fn to_top(model: &mut Model) {
    if let Some(top) = model.open.as_mut().and_then(|o| o.scroll_mut()) {
        *top = 0;
    }
}
