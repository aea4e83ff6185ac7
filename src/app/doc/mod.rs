//! What the reading pages say, in lines of meaning; `ui` paints them. `update` counts them, so
//! that nothing scrolls past its end.
//!
//! `facts` beside the summary, the `letter`, the `history`, and what is read over everything: help
//! and messages in `reader`. How a clock or a decision looks is in `standing`.

mod facts;
mod history;
mod ledger;
mod letter;
mod reader;
mod standing;

pub use facts::facts;
pub use ledger::{ledger, ledger_of};
pub(super) use reader::reader_len;
pub use reader::{reader, reader_at};
pub use standing::{clock_role, decision_role, left};

use super::layout::{self, Area};
use super::model::Model;
use super::open_case::{OpenCase, Tab};
use super::{sentences, wrap};
use crate::rules::clock;
use crate::settings::theme::Role;
use jiff::Timestamp;

/// A run of text with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What it means.
    pub role: Role,
    /// What it says.
    pub text: String,
}

/// One line.
pub type Line = Vec<Span>;

/// A run of text.
pub fn span(role: Role, text: impl Into<String>) -> Span {
    Span {
        role,
        text: text.into(),
    }
}

fn plain(text: String) -> Line {
    vec![span(Role::Text, text)]
}

/// Date and minute, as the day is counted in California.
pub fn minute(at: Timestamp) -> String {
    at.to_zoned(clock::zone())
        .strftime("%m/%d/%Y %H:%M")
        .to_string()
}

/// Lines of the open tab's page, and how many are in view; (0, 0) where the tab is a list.
pub(super) fn tab_len(model: &Model) -> (usize, usize) {
    let Some(open) = &model.open else {
        return (0, 0);
    };
    let area = page_area(model, open);
    let lines = match open.tab {
        Tab::Findings if open.shows_ledger => ledger(open, usize::from(area.width)).len(),
        Tab::Findings | Tab::Items => return (0, 0),
        _ => page(model, open, area.width).len(),
    };
    (lines, usize::from(area.height))
}

/// Where the page of the open tab stands.
pub fn page_area(model: &Model, open: &OpenCase) -> Area {
    let body = model.case_areas().body;
    match open.tab {
        Tab::Summary => layout::summary(body).0,
        Tab::Records => layout::records(body, open.file.case.records.len(), &model.panes)
            .1
            .inset(2, 1),
        Tab::Determination => layout::determination(body, gap_lines(model, body).len()).1,
        _ => body.inset(2, 0),
    }
}

/// What is missing before the signature, in lines of the determination tab: which gap, and words.
pub fn gap_lines(model: &Model, body: Area) -> Vec<(usize, String)> {
    if !model.open.as_ref().is_some_and(OpenCase::is_open) {
        return Vec::new();
    }
    let width = usize::from(layout::gaps_width(body));
    let points = model.points().into_iter().enumerate();
    points
        .flat_map(|(n, point)| {
            wrap::lines(&point.text(), width)
                .into_iter()
                .map(move |line| (n, line))
        })
        .collect()
}

/// The page of the open tab; empty where the tab is a list.
pub fn page(model: &Model, open: &OpenCase, width: u16) -> Vec<Line> {
    let columns = usize::from(width);
    match open.tab {
        Tab::Summary => summary(model, open, columns),
        Tab::Records => record(open, columns),
        Tab::Determination => letter::determination(model, open, columns),
        Tab::History => history::history(open, columns),
        Tab::Findings | Tab::Items => Vec::new(),
    }
}

fn summary(model: &Model, open: &OpenCase, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let is_wide = layout::summary(model.case_areas().body).1.is_some();
    if !is_wide {
        lines.extend(facts(model, open, width));
        lines.push(Vec::new());
    }
    lines.push(vec![span(Role::Heading, "Clinical case summary")]);
    lines.push(Vec::new());
    if open.file.case.summary.trim().is_empty() {
        lines.push(vec![span(Role::Dim, "The file has no summary.")]);
    }
    lines.extend(prose(&open.file.case.summary, open.marked, width));
    lines
}

/// The summary, wrapped; the marked sentence carries its own role.
pub fn prose(summary: &str, marked: Option<usize>, width: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut number = 0;
    for paragraph in sentences::of(summary) {
        if !lines.is_empty() {
            lines.push(Vec::new());
        }
        let first = number;
        number += paragraph.len();
        let roles = paragraph.iter().enumerate().map(|(i, sentence)| {
            let is_marked = marked == Some(first + i);
            (if is_marked { Role::Mark } else { Role::Text }, sentence)
        });
        let words = roles.flat_map(|(role, s)| s.split(' ').map(move |word| (role, word)));
        let wrapped = wrap::marked(words, width);
        lines.extend(wrapped.into_iter().map(|pieces| {
            pieces
                .into_iter()
                .map(|(role, text)| span(role, text))
                .collect()
        }));
    }
    lines
}

/// The line of the summary page on which the marked sentence starts.
pub(super) fn line_of_mark(model: &Model) -> usize {
    let Some(open) = &model.open else {
        return 0;
    };
    let area = page_area(model, open);
    let lines = page(model, open, area.width);
    let is_marked = |line: &Line| line.iter().any(|s| s.role == Role::Mark);
    lines.iter().position(is_marked).unwrap_or(0)
}

fn record(open: &OpenCase, width: usize) -> Vec<Line> {
    let Some(record) = open.file.case.records.get(open.record) else {
        return Vec::new();
    };
    match record.pages.get(open.page) {
        None => vec![vec![span(Role::Dim, "This record has no pages.")]],
        Some(text) if text.trim().is_empty() => {
            vec![vec![span(
                Role::Dim,
                "No text on this page; it may be a scan.",
            )]]
        }
        Some(text) => wrap::lines(text.trim_matches('\n'), width)
            .into_iter()
            .map(plain)
            .collect(),
    }
}
