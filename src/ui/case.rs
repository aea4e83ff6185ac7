//! A case: title, tabs, and the page of the open tab.

use super::canvas::Canvas;
use super::{desk, determination, findings, items, records};
use crate::app::Model;
use crate::app::doc::{self, span};
use crate::app::layout::{self, Area};
use crate::app::open_case::{OpenCase, Tab};
use crate::model::{ClockState, Stage, date};
use crate::rules::clock;
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

pub fn draw(canvas: &mut Canvas, model: &Model, open: &OpenCase) {
    let areas = model.case_areas();
    title(canvas, model, open, areas.title);
    tabs(canvas, open, areas.tabs);
    if let Some(desk) = &areas.desk {
        desk::beside_case(canvas, model, open, desk);
    }
    match open.tab {
        Tab::Summary => summary(canvas, model, open, areas.body),
        Tab::Findings => findings::draw(canvas, model, open, areas.body),
        Tab::Items => items::draw(canvas, model, open, areas.body),
        Tab::Records => records::draw(canvas, model, open, areas.body),
        Tab::Determination => determination::draw(canvas, model, open, areas.body),
        Tab::History => {
            let below = page(canvas, model, open);
            canvas.set_below(below);
        }
    }
}

fn title(canvas: &mut Canvas, model: &Model, open: &OpenCase, area: Area) {
    let case = &open.file.case;
    let clock = clock::determination(&open.file, &model.limits, model.now);
    let left = doc::left(&clock, case.is_published, open.is_open(), model.now);
    let due = match clock.state {
        ClockState::Running | ClockState::Overdue => format!("due {left}"),
        _ => left,
    };
    let mut spans = vec![
        span(Role::Accent, "imr"),
        span(Role::Dim, " · "),
        span(Role::Title, case.id.as_str()),
        span(Role::Dim, " · "),
        span(Role::Text, case.patient.short()),
    ];
    if let Some(injury) = case.header.injury_date {
        spans.push(span(Role::Dim, " · "));
        spans.push(span(Role::Text, format!("injured {}", date::short(injury))));
    }
    // A stopped clock has nothing to say here; the stage at the right says it.
    if open.is_open() {
        spans.push(span(Role::Dim, " · "));
        spans.push(span(doc::clock_role(&clock, model.now), due));
    }
    let (state, role) = state(model, open);
    let word = format!("{state} ");
    let room = u16::try_from(word.width()).unwrap_or(0) + 1;
    let left_area = Area {
        width: area.width.saturating_sub(room),
        ..area
    };
    canvas.spans(left_area, 0, 1, &spans);
    canvas.right(area, 0, role, &word);
}

/// How far the case has come, and whether what was typed is safe.
pub(super) fn state(model: &Model, open: &OpenCase) -> (String, Role) {
    let stage = open.file.stage.word();
    let id = open.id();
    if !open.is_open() {
        return (stage.to_owned(), Role::Done);
    }
    if model.saves.is_refused(id) {
        return (format!("{stage}, NOT SAVED"), Role::Problem);
    }
    if open.typed.is_some() || model.saves.is_saving(id) {
        return (format!("{stage}, saving"), Role::Dim);
    }
    match open.file.stage {
        Stage::New => (stage.to_owned(), Role::Dim),
        _ => (format!("{stage}, saved"), Role::Dim),
    }
}

fn tabs(canvas: &mut Canvas, open: &OpenCase, area: Area) {
    let lines = canvas.look().lines();
    canvas.rule(area, 1, "");
    let gap = if area.width >= 100 {
        format!("  {}  ", lines.bar)
    } else {
        "  ".to_owned()
    };
    let mut col = 1;
    for (n, tab) in Tab::ALL.into_iter().enumerate() {
        if n > 0 {
            col = canvas.text(area, 0, col, Role::Border, &gap);
        }
        let start = col;
        let is_open = tab == open.tab;
        let role = if is_open { Role::TabActive } else { Role::Tab };
        col = canvas.text(
            area,
            0,
            col,
            role,
            &format!("{} {}{}", n + 1, tab.name(), count(open, tab)),
        );
        if is_open {
            let under = lines.heavy.repeat(usize::from(col - start));
            canvas.text(area, 1, start, Role::Accent, &under);
        }
    }
}

fn count(open: &OpenCase, tab: Tab) -> String {
    let case = &open.file.case;
    match tab {
        Tab::Items => format!(" ({})", case.items.len()),
        Tab::Records => format!(" ({})", case.records.len()),
        _ => String::new(),
    }
}

/// The page of the open tab, from where it is scrolled to, laid out once. Answers how many lines
/// follow below.
pub fn page(canvas: &mut Canvas, model: &Model, open: &OpenCase) -> usize {
    let area = doc::page_area(model, open);
    let lines = doc::page(model, open, area.width);
    let view = lines.get(open.scroll()..).unwrap_or_default();
    canvas.page(area, view);
    let below = view.len().saturating_sub(usize::from(area.height));
    if model.overlays.is_empty() {
        canvas.cursor(area, 0, 0);
    }
    below
}

fn summary(canvas: &mut Canvas, model: &Model, open: &OpenCase, body: Area) {
    let below = page(canvas, model, open);
    canvas.set_below(below);
    if let (_, Some(side)) = layout::summary(body) {
        let facts = doc::facts(model, open, usize::from(side.width).min(50));
        canvas.page(side, &facts);
    }
}
