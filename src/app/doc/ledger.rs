//! What follows from the findings: treatment had before, and where findings contradict each other.

use super::super::open_case::OpenCase;
use super::super::wrap;
use super::{Line, span};
use crate::model::ledger::Prior;
use crate::model::{Case, date};
use crate::rules::contradictions;
use crate::settings::theme::Role;

/// Columns of what was had.
const WHAT: usize = 28;
/// Columns of a date.
const DATE: usize = 10;

/// The ledger of the open case, in lines of so many columns.
pub fn ledger(open: &OpenCase, width: usize) -> Vec<Line> {
    ledger_of(&open.file.case, open.prior(), width)
}

/// The same of any case.
pub fn ledger_of(case: &Case, prior: &[Prior], width: usize) -> Vec<Line> {
    let mut lines = vec![heading(&format!("Treatment before ({})", prior.len()))];
    if prior.is_empty() {
        lines.push(vec![span(Role::Text, "The findings name none.")]);
    }
    let mut sorted: Vec<&Prior> = prior.iter().collect();
    sorted.sort_by_key(|p| (p.category, &p.what, p.date));
    lines.extend(sorted.into_iter().flat_map(|p| had(p, width)));
    let contradictions = contradictions::of(case);
    lines.push(Vec::new());
    lines.push(heading(&format!(
        "Findings that contradict each other ({})",
        contradictions.len()
    )));
    if contradictions.is_empty() {
        lines.push(vec![span(Role::Text, "None was seen.")]);
    }
    for found in contradictions {
        let told = wrap::lines(&found.says, width);
        lines.extend(told.into_iter().map(|line| vec![span(Role::Text, line)]));
    }
    lines
}

fn heading(text: &str) -> Line {
    vec![span(Role::Heading, text)]
}

/// `11/18/2025  physical therapy   12 visits, with minimal relief (finding 3)`.
fn had(prior: &Prior, width: usize) -> Vec<Line> {
    let day = prior.date.map_or_else(|| "-".to_owned(), date::long);
    let count = prior
        .count
        .zip(prior.unit)
        .map(|(n, unit)| format!("{n} {unit}"));
    let told: Vec<String> = count.into_iter().chain(prior.effect.clone()).collect();
    let told = match told.as_slice() {
        [] => "how often and with what effect is not stated".to_owned(),
        some => some.join(", "),
    };
    let text = format!("{told} (finding {})", prior.finding);
    let lead = DATE + 2 + WHAT;
    let lines = wrap::lines(&text, width.saturating_sub(lead).max(16));
    let line = |(n, line): (usize, String)| {
        let (day, what) = if n == 0 {
            (day.as_str(), prior.what.as_str())
        } else {
            ("", "")
        };
        vec![
            span(Role::Label, format!("{day:<DATE$}  ")),
            span(Role::Strong, format!("{what:<WHAT$}")),
            span(Role::Text, line),
        ]
    };
    lines.into_iter().enumerate().map(line).collect()
}
