//! Records: the list, and the page being read.

use super::canvas::Canvas;
use super::case::page;
use super::text::{column, fit};
use crate::app::Model;
use crate::app::action::Action;
use crate::app::layout::{self, Area};
use crate::app::open_case::OpenCase;
use crate::app::wrap;
use crate::model::{Record, date};
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

pub fn draw(canvas: &mut Canvas, model: &Model, open: &OpenCase, body: Area) {
    let records = &open.file.case.records;
    if records.is_empty() {
        return none(canvas, model, open, body);
    }
    let (list, viewer) = layout::records(body, records.len(), &model.panes);
    let top = (open.record + 1).saturating_sub(usize::from(list.height));
    let longest = records.iter().map(|r| r.kind.width()).max().unwrap_or(0);
    let kind = longest.clamp(4, if list.width >= 70 { 18 } else { 12 });
    for (line, (n, record)) in (0..list.height).zip(records.iter().enumerate().skip(top)) {
        one(canvas, list, line, (n, record), kind);
        if n == open.record {
            canvas.bar(list, line);
        }
    }
    let Some(record) = records.get(open.record) else {
        return;
    };
    let place = match record.pages.len() {
        0 => "no pages".to_owned(),
        count => format!("page {} of {count}", open.page + 1),
    };
    canvas.frame(viewer, &record.title, &place, false);
    let below = page(canvas, model, open);
    canvas.goes_on(viewer, below);
}

fn one(canvas: &mut Canvas, area: Area, line: u16, (n, record): (usize, &Record), kind: usize) {
    let day = record.date.map_or_else(|| "-".to_owned(), date::short);
    let pages = format!("{:>3} p ", record.pages.len());
    let room = usize::from(area.width).saturating_sub(3 + 4 + 10 + 6);
    let text = if area.width >= 60 {
        let title = room.saturating_sub(kind + 2);
        format!(
            "{:>2}  {}  {}  {}",
            n + 1,
            column(&day, 8),
            column(&record.kind, kind),
            fit(&record.title, title)
        )
    } else {
        format!(
            "{:>2}  {}  {}",
            n + 1,
            column(&day, 8),
            fit(&record.title, room)
        )
    };
    canvas.text(area, line, 3, Role::Text, &text);
    canvas.right(area, line, Role::Dim, &pages);
}

fn none(canvas: &mut Canvas, model: &Model, open: &OpenCase, body: Area) {
    let area = body.inset(3, 0);
    let key = model.keymap.key(
        Action::RecordsReason,
        &[crate::app::keymap::Context::Records],
    );
    canvas.text(area, 0, 0, Role::Strong, "No records are listed.");
    match &open.file.draft.records_reason {
        Some(reason) => {
            canvas.text(area, 2, 0, Role::Label, "Reason");
            let width = usize::from(area.width)
                .min(usize::from(layout::READABLE))
                .saturating_sub(8);
            for (row, line) in (2..area.height).zip(wrap::lines(reason, width)) {
                canvas.text(area, row, 8, Role::Text, &line);
            }
        }
        None if open.is_open() => {
            let text = format!("{key} says why; a determination needs records or the reason.");
            canvas.text(area, 1, 0, Role::Text, &text);
        }
        None => {}
    }
    if model.overlays.is_empty() {
        canvas.cursor(area, 0, 0);
    }
}
