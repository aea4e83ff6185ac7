//! Findings: to their sentence, and dropping one. Adding and editing are dialogues.

use super::super::doc;
use super::super::model::Model;
use super::super::open_case::Tab;
use super::super::sentences;
use super::{case, moving};
use crate::model::{Change, FindingSource};

/// Shows where the summary, or a record, says what the selected finding says.
pub fn jump(model: &mut Model) {
    let Some(open) = model.open.as_ref() else {
        return;
    };
    let found = open
        .selected_finding()
        .and_then(|i| open.file.case.findings.get(i));
    let Some(finding) = found.cloned() else {
        return;
    };
    if let Some(sentence) = sentences::of_finding(&open.file.case.summary, &finding) {
        return show_sentence(model, sentence);
    }
    match finding.source.as_ref().and_then(|s| record(model, s)) {
        Some((record, page)) => {
            if let Some(open) = model.open.as_mut() {
                open.record = record;
                open.page = page;
            }
            case::show(model, Tab::Records);
        }
        None => model.notice("The place this finding names was not found."),
    }
}

fn record(model: &Model, source: &FindingSource) -> Option<(usize, usize)> {
    let records = &model.open.as_ref()?.file.case.records;
    let record = records.iter().position(|r| r.title == source.record)?;
    let page = usize::try_from(source.page?).ok()?.checked_sub(1)?;
    Some((record, page))
}

fn show_sentence(model: &mut Model, sentence: usize) {
    if let Some(open) = model.open.as_mut() {
        open.marked = Some(sentence);
    }
    case::show(model, Tab::Summary);
    let line = doc::line_of_mark(model);
    if let Some(top) = model.open.as_mut().and_then(|o| o.scroll_mut()) {
        // Two lines above it stay in view, so that it is read in its context.
        *top = line.saturating_sub(2);
    }
    moving::settle(model);
}

/// What follows from the findings in place of the list, and back.
pub fn toggle_ledger(model: &mut Model) {
    if let Some(open) = model.open.as_mut() {
        open.shows_ledger = !open.shows_ledger;
    }
    moving::settle(model);
    model.touch();
}

/// Drops the selected finding.
pub fn drop_selected(model: &mut Model) {
    let Some(open) = model.open.as_ref() else {
        return;
    };
    let Some(index) = open.selected_finding() else {
        return;
    };
    let Some(finding) = open.file.case.findings.get(index).cloned() else {
        return;
    };
    let undo = Change::FindingRestored { index, finding };
    if model.change_undoably(Change::FindingDropped { index }, undo) {
        moving::settle(model);
        model.notice("Finding dropped; u takes it back.");
    }
}
