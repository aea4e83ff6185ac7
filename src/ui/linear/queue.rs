//! The queue in words.

use super::super::queue::{clock, what_to_do};
use super::{Page, field, left};
use crate::app::Model;
use crate::app::doc;
use crate::model::text::fold;
use crate::model::{QueueItem, QueueRow, date};

pub(super) fn say(page: &mut Page, model: &Model) {
    page.heading(&title(model), &focus(model));
    asked(page, model);
    cases(page, model);
    preview(page, model);
}

fn title(model: &Model) -> String {
    let counts = model.queue.page.counts;
    let who = match model.reviewer.name.as_str() {
        "" => "no reviewer",
        name => name,
    };
    format!(
        "Queue. {} open, {} overdue, {} expedited. Reviewer: {who}",
        counts.open, counts.overdue, counts.expedited
    )
}

fn focus(model: &Model) -> String {
    let queue = &model.queue;
    if let Some((typing, _)) = &queue.typing {
        return field("filter", typing);
    }
    match queue.selected() {
        Some(row) => format!(
            "list of cases, {} of {}, case {}",
            queue.list.selected + 1,
            queue.page.total,
            row.id
        ),
        None => "list of cases, empty".to_owned(),
    }
}

fn asked(page: &mut Page, model: &Model) {
    let query = &model.queue.query;
    let filter = match query.filter.as_str() {
        "" => "none",
        filter => filter,
    };
    page.gap();
    let cells = [
        ("View", query.view.title()),
        ("Sorted by", query.sort.word()),
        ("Filter", filter),
    ];
    page.row(false, &cells);
}

/// The cases in view.
fn cases(page: &mut Page, model: &Model) {
    let (list, total) = (model.queue.list, model.queue.page.total);
    if total == 0 {
        page.region("Cases");
        what_to_do(model).iter().for_each(|line| page.line(line));
        return;
    }
    let height = model.queue_areas().rows.height;
    let end = (list.top + usize::from(height).max(1)).min(total);
    page.region(&format!("Cases {} to {end} of {total}", list.top + 1));
    for at in list.top..end {
        match model.queue.row(at) {
            Some(row) => one(page, model, row, at == list.selected),
            None => page.line("Not read yet."),
        }
    }
}

fn one(page: &mut Page, model: &Model, row: &QueueRow, is_selected: bool) {
    let clock = clock(row, model);
    let due = doc::left(&clock, row.is_published, row.stage.is_open(), model.now);
    let due = match due.as_str() {
        "-" | "" => "not known".to_owned(),
        due => left(due),
    };
    let injury = row.injury_date.map_or_else(String::new, date::long);
    let cells = [
        ("Due", due.as_str()),
        ("Case", row.id.as_str()),
        ("Priority", row.priority.word()),
        ("Patient", &row.patient.long()),
        ("Injury", &injury),
        ("Items", &row.items.to_string()),
        ("Request", &row.request),
        ("State", row.stage.word()),
    ];
    page.row(is_selected, &cells);
}

fn preview(page: &mut Page, model: &Model) {
    let Some(row) = model.queue.preview.row() else {
        return;
    };
    page.region(&format!("Preview of case {}", row.id));
    page.line(&fold(&row.summary_start));
    for (n, item) in row.each.iter().enumerate() {
        asked_item(page, n, item);
    }
}

fn asked_item(page: &mut Page, n: usize, item: &QueueItem) {
    let decision = item.decision.map_or("undecided", |d| d.word());
    let number = format!("Item {}", n + 1);
    let cells = [
        (number.as_str(), item.request.as_str()),
        ("UR", item.ur.word()),
        ("Decision", decision),
    ];
    page.row(false, &cells);
}
