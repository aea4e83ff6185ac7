//! What is done with an answer of the picker: cite it, take a citation over, quote it, go there.

use super::super::action::Action;
use super::super::model::Model;
use super::super::open_case::{Tab, Undo};
use super::super::picker_view;
use super::{case, editing, sequence};
use crate::model::pick::Spot;
use crate::model::{Change, Citation, Finding, Pick, Precedent, sentences};

/// Takes the selected answer, once the answers are those to what was typed: a citation or passage
/// is cited, of a precedent the next citation is taken over, a finding or record is gone to, or
/// inserted where a rationale is being written.
pub fn take_selected(model: &mut Model) {
    let Some(picker) = model.picker() else {
        return;
    };
    if picker.is_stale() {
        model.deferred = Some(Action::CiteHit);
        return;
    }
    let (item, pick) = (picker.item, picker.selected().cloned());
    match (item, pick) {
        (Some(item), Some(Pick::Citation(hit))) => cite(model, item, hit.entry.citation, ""),
        (Some(item), Some(Pick::Passage(hit))) => match hit.citation() {
            Some(citation) => cite(model, item, citation, ""),
            None => model.notice("This passage has no name to cite it by."),
        },
        (Some(item), Some(Pick::Precedent(one))) => take_over(model, item, &one),
        (_, Some(Pick::Finding(at, _))) => to_finding(model, at),
        (_, Some(Pick::Record(spot))) => to_record(model, &spot),
        _ => {}
    }
}

fn take_over(model: &mut Model, item: usize, one: &Precedent) {
    if one.citations.is_empty() {
        return model.notice(format!("{} cites nothing that is known.", one.case));
    }
    let next = model.picker().and_then(|picker| {
        let next = picker_view::next_citation(model, picker, one);
        next.cloned()
    });
    match next {
        Some(citation) => cite(model, item, citation, &format!(", as {} does", one.case)),
        None => model.notice(format!("Item {} cites all that it cites.", item + 1)),
    }
}

fn cite(model: &mut Model, item: usize, citation: Citation, how: &str) {
    let draft = model
        .open
        .as_ref()
        .and_then(|o| o.file.draft.items.get(item));
    if draft.is_some_and(|d| d.citations.contains(&citation)) {
        return model.notice(format!("Item {} cites this already.", item + 1));
    }
    let index = draft.map_or(0, |d| d.citations.len());
    let label = citation.label();
    let cited = citation.clone();
    // Undo is looked for on the items tab, from whichever tab was cited.
    let done = model.change(Change::Cited { item, citation });
    if let Some(open) = model.open.as_mut().filter(|_| done) {
        open.citation = index;
        open.undo.push(Undo {
            tab: Tab::Items,
            change: Change::Uncited { item, index },
        });
        model.overlays.pop();
        let outside = sequence::offered(model, item, &cited);
        model.notice(format!("Cited on item {}{how}{outside}: {label}", item + 1));
    }
}

fn is_writing(model: &Model) -> bool {
    model.open.as_ref().is_some_and(|open| open.is_editing)
}

fn to_finding(model: &mut Model, at: usize) {
    let finding = model
        .open
        .as_ref()
        .and_then(|o| o.file.case.findings.get(at));
    let Some(words) = finding.map(Finding::excerpt) else {
        return;
    };
    model.overlays.pop();
    if is_writing(model) {
        return editing::insert_words(model, &words);
    }
    if let Some(open) = model.open.as_mut() {
        open.select_finding(at);
    }
    case::show(model, Tab::Findings);
}

fn to_record(model: &mut Model, spot: &Spot) {
    model.overlays.pop();
    if is_writing(model) {
        return editing::insert_words(model, &spot.text);
    }
    if let Some(open) = model.open.as_mut() {
        (open.record, open.page) = (spot.record, spot.page);
    }
    case::show(model, Tab::Records);
    if let Some(top) = model.open.as_mut().and_then(|open| open.scroll_mut()) {
        *top = spot.line.saturating_sub(2);
    }
    super::moving::settle(model);
}

/// Writes the selected answer into the rationale: a citation or passage by name, of a precedent
/// the selected sentence as a quotation. It cites nothing: a guideline that is argued against is
/// named and not cited.
pub fn write_selected(model: &mut Model) {
    let Some(picker) = model.picker() else {
        return;
    };
    if picker.is_stale() {
        model.deferred = Some(Action::WriteReference);
        return;
    }
    let sentence = picker.view.sentence;
    match picker.selected().cloned() {
        Some(Pick::Citation(hit)) => write_name(model, &hit.entry.citation),
        Some(Pick::Passage(hit)) => {
            if let Some(citation) = hit.citation() {
                write_name(model, &citation);
            }
        }
        Some(Pick::Precedent(one)) => quote(model, &one, sentence),
        Some(Pick::Finding(..) | Pick::Record(_)) => take_selected(model),
        None => {}
    }
}

fn write_name(model: &mut Model, citation: &Citation) {
    model.overlays.pop();
    let Some(open) = model.open.as_ref() else {
        return;
    };
    let draft = open.current().map(|(_, draft)| draft);
    let is_cited = draft.is_some_and(|draft| draft.citations.contains(citation));
    let item = open.item + 1;
    editing::insert_words(model, &citation.label());
    model.notice(if is_cited {
        format!("Written; item {item} cites it.")
    } else {
        format!("Written; item {item} does not cite it (Enter in the list of guidelines does).")
    });
}

/// Words of another's determination stand in quotation marks, with their source.
fn quote(model: &mut Model, one: &Precedent, sentence: usize) {
    let Some(words) = sentences::split(&one.rationale).get(sentence).copied() else {
        return model.notice("How it was decided is known, not why: there is nothing to quote.");
    };
    model.overlays.pop();
    if !is_writing(model) {
        case::show(model, Tab::Items);
        if let Some(open) = model.open.as_mut() {
            open.is_editing = true;
        }
    }
    editing::insert_words(model, &one.quotation(words));
    model.notice(format!(
        "Quoted from {}; your own words decide.",
        one.name()
    ));
}
