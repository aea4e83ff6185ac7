//! `imr precedents CASE ITEM`: how items like this one were decided.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use crate::model::{Citation, Precedent, Precedents, date};
use crate::store::Wanted;
use std::num::NonZeroUsize;

/// Arguments of `imr precedents`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case number
    case: String,
    /// Which item, from 1
    item: usize,
    /// How many at most; the figures are of all alike
    #[arg(long, value_name = "N", default_value = "12")]
    limit: NonZeroUsize,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

impl Args {
    /// Prints the nearest precedents; exit 1 where there is none.
    ///
    /// # Errors
    /// No such case or item (refused), or a store that cannot be read.
    pub fn run(&self, desk: &Desk) -> Run {
        let mut store = desk.store()?;
        let file = desk.case(&store, &self.case)?;
        let at = self.item.checked_sub(1);
        let item = at.and_then(|at| file.case.items.get(at).map(|item| (at, item)));
        let Some((at, item)) = item else {
            let count = file.case.items.len();
            return refuse(format!(
                "{} has no item {}: its items count from 1 to {count}.",
                file.case.id, self.item
            ));
        };
        let wanted = Wanted::Item(file.case.id.clone(), at);
        let found = store.precedents(&wanted, self.limit.get())?;
        if self.json {
            desk.out.json(&as_json(&found))?;
        } else {
            desk.out.heading(item.in_dispute())?;
            desk.out.line(&format!("{}.", found.figures))?;
            let mut list = found.list.iter();
            list.try_for_each(|one| print(desk, one))?;
        }
        if found.list.is_empty() {
            note("The store has no determination on an item of this kind.");
            return Ok(Outcome::Refused);
        }
        Ok(Outcome::Done)
    }
}

/// One precedent: outcome, request, what it cites and says.
pub(super) fn print(desk: &Desk, one: &Precedent) -> anyhow::Result<()> {
    let day = one
        .day
        .map_or_else(String::new, |day| format!(" · {}", date::long(day)));
    let own = if one.is_own { " · your own" } else { "" };
    desk.out.line("")?;
    desk.out
        .heading(&format!("{}: {}", one.decision.short(), one.request))?;
    desk.out
        .line(&format!("   {} item {}{day}{own}", one.case, one.item + 1))?;
    if !one.shared.is_empty() {
        desk.out
            .line(&format!("   alike in {}", one.shared.join(", ")))?;
    }
    for citation in &one.citations {
        desk.out.line(&format!("   cites {}", citation.label()))?;
    }
    let width = desk.out.columns().saturating_sub(3).max(20);
    let lines = one
        .rationale
        .split('\n')
        .flat_map(|text| textwrap::wrap(text, width));
    for line in lines.filter(|line| !line.is_empty()) {
        desk.out.line(&format!("   {line}"))?;
    }
    Ok(())
}

fn as_json(found: &Precedents) -> serde_json::Value {
    let figures = &found.figures;
    let cited: Vec<_> = figures
        .cited
        .iter()
        .map(|(label, items)| serde_json::json!({ "label": label, "items": items }))
        .collect();
    let list: Vec<_> = found.list.iter().map(one_as_json).collect();
    serde_json::json!({
        "alike": figures.alike(),
        "upheld": figures.upheld,
        "overturned": figures.overturned,
        "cited": cited,
        "precedents": list,
    })
}

/// The same for scripts.
pub(super) fn one_as_json(one: &Precedent) -> serde_json::Value {
    serde_json::json!({
        "case": one.case,
        "item": one.item + 1,
        "own": one.is_own,
        "date": one.day.map(|day| day.to_string()),
        "request": one.request,
        "decision": one.decision,
        "labels": one.citations.iter().map(Citation::label).collect::<Vec<_>>(),
        "citations": one.citations,
        "rationale": one.rationale,
        "shared": one.shared,
        "alike": one.is_alike,
    })
}
