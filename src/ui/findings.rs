//! Findings: the timeline, and the selected one in full.

use super::canvas::Canvas;
use super::text::column;
use crate::app::Model;
use crate::app::action::Action;
use crate::app::doc;
use crate::app::layout::{self, Area};
use crate::app::open_case::OpenCase;
use crate::app::wrap;
use crate::model::{Finding, date};
use crate::settings::theme::Role;

const DATE: usize = 10;
const KIND: usize = 17;

pub fn draw(canvas: &mut Canvas, model: &Model, open: &OpenCase, body: Area) {
    if open.shows_ledger {
        return ledger(canvas, open, body);
    }
    let (header, rows, detail) = layout::findings(body);
    let findings = &open.file.case.findings;
    if findings.is_empty() {
        let key = model.keymap.key(Action::AddFinding, model.contexts());
        canvas.text(
            rows,
            0,
            3,
            Role::Strong,
            "No findings were read from the summary.",
        );
        canvas.text(rows, 1, 3, Role::Text, &format!("{key} adds one."));
        return canvas.cursor(rows, 0, 3);
    }
    let names = format!(
        "{}  {}  Finding",
        column("Date", DATE),
        column("Kind", KIND)
    );
    canvas.text(header, 0, 3, Role::Label, &names);
    for (line, index) in (0..rows.height).zip(open.timeline().into_iter().skip(open.findings.top)) {
        if let Some(finding) = findings.get(index) {
            one(canvas, rows, line, finding);
        }
        if open.findings.top + usize::from(line) == open.findings.selected {
            canvas.bar(rows, line);
            if model.overlays.is_empty() {
                canvas.cursor(rows, line, 0);
            }
        }
    }
    let selected = open.selected_finding().and_then(|i| findings.get(i));
    if let Some(finding) = selected {
        in_full(canvas, detail, finding, open);
    }
}

/// What follows from the findings.
fn ledger(canvas: &mut Canvas, open: &OpenCase, body: Area) {
    let area = body.inset(2, 0);
    let lines = doc::ledger(open, usize::from(area.width));
    let top = open.scroll();
    canvas.page(area, lines.get(top..).unwrap_or_default());
    canvas.set_below(lines.len().saturating_sub(top + usize::from(area.height)));
    canvas.cursor(area, 0, 0);
}

fn one(canvas: &mut Canvas, area: Area, line: u16, finding: &Finding) {
    let day = finding.date.map_or_else(|| "-".to_owned(), date::long);
    let mut col = canvas.text(area, line, 3, Role::Text, &column(&day, DATE));
    col = canvas.text(
        area,
        line,
        col + 2,
        Role::Label,
        &column(finding.kind.word(), KIND),
    );
    canvas.text(area, line, col + 2, Role::Text, &finding.text);
}

fn in_full(canvas: &mut Canvas, area: Area, finding: &Finding, open: &OpenCase) {
    let place = open.findings.selected + 1;
    canvas.rule(
        area,
        0,
        &format!("{place} of {}", open.file.case.findings.len()),
    );
    let (_, rest) = area.split_top(1);
    let inner = rest.inset(3, 0);
    let mut row = 0;
    let room = inner.height.saturating_sub(1);
    for text in wrap::lines(&finding.text, usize::from(inner.width))
        .iter()
        .take(usize::from(room))
    {
        canvas.text(inner, row, 0, Role::Text, text);
        row += 1;
    }
    let place = finding.place().to_string();
    let told = match place.as_str() {
        "" => source(finding),
        place => format!("{}: {place}", source(finding)),
    };
    canvas.text(inner, row, 0, Role::Dim, &told);
}

fn source(finding: &Finding) -> String {
    match &finding.source {
        None => "Added by you".to_owned(),
        Some(s) => match s.page {
            Some(page) => format!("From {}, page {page}, line {}", s.record, s.line),
            None => format!("From the {}, sentence {}", s.record, s.line),
        },
    }
}
