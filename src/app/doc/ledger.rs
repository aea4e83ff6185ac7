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
    let told = wrap::lines(&text, width.saturating_sub(lead).max(16));
    // A long name goes on below itself; it never runs into what is told of it.
    let named = wrap::lines(&prior.what, WHAT - 2);
    let piece = |lines: &[String], n: usize| lines.get(n).cloned().unwrap_or_default();
    let line = |n: usize| {
        let day = if n == 0 { day.as_str() } else { "" };
        vec![
            span(Role::Label, format!("{day:<DATE$}  ")),
            span(Role::Strong, format!("{:<WHAT$}", piece(&named, n))),
            span(Role::Text, piece(&told, n)),
        ]
    };
    (0..told.len().max(named.len())).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::request::Category;

    #[test]
    fn a_long_name_does_not_run_into_the_text() {
        let prior = Prior {
            what: "transforaminal epidural steroid injection".to_owned(),
            category: Category::Injection,
            count: Some(2),
            unit: Some("times"),
            effect: None,
            date: None,
            finding: 6,
        };
        let text = |line: Line| line.into_iter().map(|s| s.text).collect::<String>();
        let lines: Vec<String> = had(&prior, 76).into_iter().map(text).collect();
        assert_eq!(
            lines[0],
            "-           transforaminal epidural     2 times (finding 6)"
        );
        assert_eq!(lines[1].trim_end(), "            steroid injection");
    }
}
