//! The picker: query, sources, ranked answers, the selected one in full.

use super::canvas::Canvas;
use super::text::{column, fit};
use crate::app::Model;
use crate::app::layout::{self, Area, PickerAreas};
use crate::app::picker::Picker;
use crate::app::picker_rows::Row;
use crate::app::picker_view;
use crate::app::wrap;
use crate::model::PickSource;
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

/// Columns of the kind of an answer: the longest is `precedent`.
const KIND: usize = 9;
/// Columns of the marker before a row.
const MARKER: u16 = 3;

pub fn draw(canvas: &mut Canvas, model: &Model, picker: &Picker) {
    let areas = layout::picker(model.size, picker.has_figures());
    let found = match picker.source {
        PickSource::All => format!("best {}", picker.picks.len()),
        _ => format!("{} found", picker.picks.len()),
    };
    canvas.frame(areas.frame, &heading(model, picker), &found, true);
    let col = canvas.text(areas.query, 0, 0, Role::Accent, "/ ");
    canvas.field(areas.query, 0, col, &picker.field, true);
    sources(canvas, areas.query, picker.source);
    if picker.has_figures() && !picker.picks.is_empty() {
        let said = picker.figures.to_string();
        let room = usize::from(areas.figures.width).saturating_sub(usize::from(MARKER));
        canvas.text(areas.figures, 0, MARKER, Role::Strong, &fit(&said, room));
    }
    if picker.picks.is_empty() {
        let room = usize::from(areas.hits.width.saturating_sub(MARKER));
        let said = wrap::lines(nothing(picker), room);
        for (line, said) in (0..areas.hits.height).zip(&said) {
            canvas.text(areas.hits, line, MARKER, Role::Dim, said);
        }
        return;
    }
    let in_view = picker.rows.iter().enumerate().skip(picker.list.top);
    for (line, (n, row)) in (0..areas.hits.height).zip(in_view) {
        one(
            canvas,
            areas.hits,
            line,
            row,
            picker.source == PickSource::All,
        );
        if n == picker.list.selected {
            canvas.select(areas.hits, line);
        }
    }
    preview(canvas, model, picker, &areas);
}

/// What it is for.
pub fn heading(model: &Model, picker: &Picker) -> String {
    let can_cite = model.open.as_ref().is_some_and(|open| open.is_open());
    match picker.item.filter(|_| can_cite) {
        Some(item) => format!("Guidelines: cite on item {}, {}", item + 1, picker.context),
        None => "Guidelines".to_owned(),
    }
}

/// Why nothing is listed, and what to do about it.
pub fn nothing(picker: &Picker) -> &'static str {
    let is_typed = !picker.field.text().trim().is_empty();
    match (picker.source, is_typed) {
        _ if picker.is_stale() => "Searching...",
        (PickSource::All, _) => "Nothing fits these words.",
        (PickSource::Citations, _) => "Nothing on the shelf fits these words.",
        (PickSource::Passages, true) => {
            "No passage fits these words. imr library add FILE brings guidelines in."
        }
        (PickSource::Passages, false) => {
            "No passage to offer. Type what it is about; imr library add FILE brings guidelines in."
        }
        (PickSource::Precedents, true) => {
            "No determination fits these words. imr import --as precedent FILE brings some in."
        }
        (PickSource::Precedents, false) => match picker.item {
            Some(_) => {
                "No determination yet on anything like this item. What you sign becomes a \
                 precedent; imr import --as precedent FILE brings in letters and decision tables."
            }
            None => "Type what was asked for, or open a case: then those like its item are here.",
        },
        (PickSource::Case, _) if picker.case.is_none() => {
            "No case is open: open one to look through its records and findings."
        }
        (PickSource::Case, true) => "Nothing in the records and findings fits these words.",
        (PickSource::Case, false) => "This case has no findings and no records.",
    }
}

/// The sources, the one looked through marked.
fn sources(canvas: &mut Canvas, area: Area, current: PickSource) {
    let mut col = 0;
    for source in PickSource::ALL {
        let (role, open, close) = match source == current {
            true => (Role::TabActive, "[", "]"),
            false => (Role::Tab, " ", " "),
        };
        col = canvas.text(
            area,
            1,
            col,
            role,
            &format!("{open}{}{close}", title(source)),
        ) + 1;
    }
}

fn title(source: PickSource) -> &'static str {
    match source {
        PickSource::Case => "this case",
        other => other.word(),
    }
}

/// An answer: what it is, its line with matched letters marked, a word at the right.
fn one(canvas: &mut Canvas, area: Area, line: u16, row: &Row, says_kind: bool) {
    let mut col = MARKER;
    if says_kind {
        col = canvas.text(area, line, col, Role::Dim, &column(row.kind, KIND)) + 1;
    }
    if let Some((role, lead)) = row.lead {
        col = canvas.text(area, line, col, role, lead) + 1;
    }
    let aside = if row.aside.is_empty() {
        0
    } else {
        row.aside.width() + 2
    };
    let room = usize::from(area.width.saturating_sub(col)).saturating_sub(aside + 1);
    canvas.text(area, line, col, Role::Text, &fit(&row.text, room));
    for range in &row.marks {
        let before = row
            .text
            .get(..range.start)
            .map_or(0, UnicodeWidthStr::width);
        let marked = row.text.get(range.clone()).unwrap_or_default();
        if before + marked.width() < room {
            let at = col + u16::try_from(before).unwrap_or(0);
            canvas.text(area, line, at, Role::Match, marked);
        }
    }
    let right = area.at_most(area.width.saturating_sub(1));
    canvas.right(right, line, Role::Dim, &row.aside);
}

fn preview(canvas: &mut Canvas, model: &Model, picker: &Picker, areas: &PickerAreas) {
    if !Area::screen(model.size).is_wide() {
        canvas.rule(areas.preview, 0, "");
    }
    let area = layout::picker_view(model.size, picker.has_figures());
    let lines = picker_view::lines(model, picker, area);
    canvas.page(area, &lines);
    let below = lines.len().saturating_sub(usize::from(area.height));
    canvas.goes_on(areas.frame, below);
}
