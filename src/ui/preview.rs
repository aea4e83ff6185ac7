//! The selected case below the queue: how it begins, and what is asked.

use super::canvas::Canvas;
use super::queue::is_snoozed;
use super::text::column;
use crate::app::Model;
use crate::app::doc::{self, Span, span};
use crate::app::layout::{self, Area};
use crate::app::wrap;
use crate::model::text::fold;
use crate::model::{Decision, QueueItem, QueueRow, date};
use crate::settings::theme::Role;

/// Characters of a summary that a row holds at most.
const SUMMARY_START: usize = 400;

pub fn draw(canvas: &mut Canvas, model: &Model, rule: Area, area: Area) {
    let Some(row) = model.queue.preview.row() else {
        return canvas.rule(rule, 0, "");
    };
    let injury = row
        .injury_date
        .map_or_else(String::new, |d| format!(" · injured {}", date::short(d)));
    let snoozed = match row.snoozed_until.filter(|_| is_snoozed(row, model)) {
        Some(day) => format!(" · snoozed until {}", date::short(day)),
        None => String::new(),
    };
    let heading = format!("{} · {}{injury}{snoozed}", row.id, row.patient.short());
    canvas.rule(rule, 0, &heading);
    let (left, right) = layout::preview(area);
    let width = usize::from(left.width);
    let height = usize::from(left.height);
    match right {
        Some(right) => {
            canvas.page(left, &summary_start(row, width, height));
            let room = (usize::from(right.width), usize::from(right.height));
            canvas.page(right, &items(row, room));
        }
        None => {
            // Two lines at least tell who it is about.
            let asked = items(row, (width, height.saturating_sub(2)));
            let mut page = summary_start(row, width, height.saturating_sub(asked.len()));
            page.extend(asked);
            canvas.page(left, &page);
        }
    }
}

/// What is asked, item by item: UR's answer and the reviewer's own beside it.
fn items(row: &QueueRow, (width, height): (usize, usize)) -> Vec<Vec<Span>> {
    let fits = row.each.len() <= height;
    let shown = if fits {
        row.each.len()
    } else {
        height.saturating_sub(1)
    };
    let each = row.each.iter().enumerate().take(shown);
    let mut lines: Vec<Vec<Span>> = each.map(|(n, item)| one_item(n, item, width)).collect();
    if !fits && height > 0 {
        let more = format!("    and {} more", row.each.len() - shown);
        lines.push(vec![span(Role::Dim, more)]);
    }
    lines
}

fn one_item(n: usize, item: &QueueItem, width: usize) -> Vec<Span> {
    let role = doc::decision_role(item.decision);
    let word = item.decision.map_or("undecided", Decision::short);
    let request = width.saturating_sub(4 + 14 + 2 + Decision::SHORT);
    vec![
        span(Role::Label, format!("{:>2}  ", n + 1)),
        span(Role::Strong, column(&item.request, request)),
        span(Role::Text, column(&format!("  UR {}", item.ur.word()), 14)),
        span(role, column(&format!("  {word}"), 2 + Decision::SHORT)),
    ]
}

/// The start of the summary, to the last whole word there is room for.
fn summary_start(row: &QueueRow, width: usize, room: usize) -> Vec<Vec<Span>> {
    let mut text = fold(&row.summary_start);
    if row.summary_start.chars().count() >= SUMMARY_START
        && let Some(at) = text.rfind(' ')
    {
        text.truncate(at);
        text.push('…');
    }
    let mut lines = wrap::lines(&text, width);
    if lines.len() > room {
        lines.truncate(room);
        if let Some(last) = lines.last_mut() {
            *last = format!("{}…", super::text::head(last, width.saturating_sub(1)));
        }
    }
    lines
        .into_iter()
        .map(|l| vec![span(Role::Text, l)])
        .collect()
}
