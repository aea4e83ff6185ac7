//! A wide screen: queue, case and passage side by side.

use super::canvas::Canvas;
use super::queue;
use crate::app::Model;
use crate::app::doc::{self, Line, span};
use crate::app::layout::{self, Area, Desk};
use crate::app::open_case::{OpenCase, Tab};
use crate::app::shelf;
use crate::model::date;
use crate::settings::theme::Role;

/// What stands beside the queue: the selected case, and what is on the shelf for it.
pub fn beside_queue(canvas: &mut Canvas, model: &Model, desk: &Desk) {
    borders(canvas, desk);
    if let Some(open) = &model.beside.case {
        selected(canvas, model, open, desk);
        passage(canvas, model, open, desk.passage);
    }
}

/// What stands beside an open case: the queue, and what is cited and could be.
pub fn beside_case(canvas: &mut Canvas, model: &Model, open: &OpenCase, desk: &Desk) {
    borders(canvas, desk);
    queue::list(canvas, model, &model.queue_areas());
    if open.tab != Tab::Items {
        return passage(canvas, model, open, desk.passage);
    }
    // On the items the summary is to be read while one writes.
    let (upper, lower) = desk.passage.split_top(desk.passage.height * 2 / 5);
    passage(canvas, model, open, upper);
    prose(canvas, open, lower);
}

fn borders(canvas: &mut Canvas, desk: &Desk) {
    canvas.border(desk.queue.x + desk.queue.width, desk.queue);
    canvas.border(desk.case.x + desk.case.width, desk.case);
}

/// The selected case, as its summary will stand once it is open.
fn selected(canvas: &mut Canvas, model: &Model, open: &OpenCase, desk: &Desk) {
    let case = &open.file.case;
    let injury = case.header.injury_date;
    let injury = injury.map_or_else(String::new, |d| format!(" · injured {}", date::short(d)));
    let heading = format!("{} · {}{injury}", case.id, case.patient.short());
    let (tabs, body) = desk.parts_of_case();
    canvas.text(tabs, 0, 1, Role::Strong, &heading);
    canvas.rule(tabs, 1, "");
    let (page, _) = layout::summary(body);
    let lines = doc::page(model, open, page.width);
    show(canvas, page, &lines);
}

/// Lines of a page, and how many more there are.
fn show(canvas: &mut Canvas, area: Area, lines: &[Line]) {
    let is_long = lines.len() > usize::from(area.height);
    let (upper, foot) = area.split_bottom(u16::from(is_long));
    canvas.page(upper, lines);
    let below = lines.len().saturating_sub(usize::from(upper.height));
    if is_long {
        canvas.right(foot, 0, Role::Dim, &super::canvas::more(below));
    }
}

fn passage(canvas: &mut Canvas, model: &Model, open: &OpenCase, area: Area) {
    let heading = format!("Item {} of {}", open.item + 1, open.file.case.items.len());
    canvas.text(area, 0, 1, Role::Strong, &heading);
    canvas.rule(area, 1, "");
    let inner = area.split_top(2).1.inset(1, 0);
    let lines = shelf::beside(model, open, usize::from(inner.width));
    show(canvas, inner, &lines);
}

fn prose(canvas: &mut Canvas, open: &OpenCase, area: Area) {
    canvas.rule(area, 0, "Clinical case summary");
    let inner = area.split_top(1).1.inset(1, 0);
    let width = usize::from(inner.width);
    let mut lines = doc::prose(&open.file.case.summary, open.marked, width);
    if lines.is_empty() {
        lines.push(vec![span(Role::Dim, "The file has no summary.")]);
    }
    show(canvas, inner, &lines);
}
