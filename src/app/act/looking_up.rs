//! The guideline picker: opening, searching, citing.

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::layout;
use super::super::model::{Model, Overlay};
use super::super::open_case::Tab;
use super::super::picker::{LIMIT, Picker};
use super::{editing, sequence};
use crate::model::{Change, Hit};

/// Opens the picker; in a case it cites on the current item.
pub fn open(model: &mut Model) {
    super::reading::close(model);
    let current = model.open.as_ref().filter(|o| o.is_open()).and_then(|o| {
        let (item, _) = o.current()?;
        Some((o.item, item.in_dispute().to_owned()))
    });
    let (item, context) = match current {
        Some((item, request)) => (Some(item), request),
        None => (None, String::new()),
    };
    let picker = Picker {
        item,
        context,
        ..Picker::default()
    };
    model.overlays.push(Overlay::Picker(picker));
    search(model);
    model.touch();
}

/// The same, from the items tab.
pub fn cite_on_item(model: &mut Model) {
    open(model);
}

/// Asks for what the query finds.
pub fn search(model: &mut Model) {
    model.searches += 1;
    let generation = model.searches;
    let Some(picker) = model.picker_mut() else {
        return;
    };
    picker.asked = generation;
    let effect = Effect::Search {
        generation,
        query: picker.field.text().to_owned(),
        context: picker.context.clone(),
        limit: LIMIT,
    };
    model.effects.push(effect);
}

/// Takes the answer to the newest search; older answers are dropped.
pub fn take(model: &mut Model, generation: u64, hits: Vec<Hit>) {
    let height = usize::from(layout::picker(model.size).hits.height);
    let Some(picker) = model.picker_mut().filter(|p| p.asked == generation) else {
        return;
    };
    picker.answered = generation;
    picker.hits = hits;
    picker.list = super::super::list::List::default();
    picker.list.select(0, picker.hits.len(), height);
    model.touch();
}

/// Writes the selected hit into the rationale, in words. It cites nothing: a guideline that is
/// argued against is named and not cited.
pub fn write_selected(model: &mut Model) {
    let Some(picker) = model.picker() else {
        return;
    };
    if picker.is_stale() {
        model.deferred = Some(Action::WriteReference);
        return;
    }
    let Some(hit) = picker.selected() else {
        return;
    };
    let citation = hit.entry.citation.clone();
    model.overlays.pop();
    let Some(open) = model.open.as_ref() else {
        return;
    };
    let is_cited = open
        .current()
        .is_some_and(|(_, draft)| draft.citations.contains(&citation));
    let item = open.item + 1;
    editing::insert_words(model, &citation.label());
    model.notice(if is_cited {
        format!("Written; item {item} cites it.")
    } else {
        format!("Written; item {item} does not cite it (Enter in the list of guidelines does).")
    });
}

/// Cites the selected hit, once the hits are those of what was typed.
pub fn cite_selected(model: &mut Model) {
    let Some(picker) = model.picker() else {
        return;
    };
    if picker.is_stale() {
        model.deferred = Some(Action::CiteHit);
        return;
    }
    let (Some(item), Some(hit)) = (picker.item, picker.selected()) else {
        return;
    };
    let citation = hit.entry.citation.clone();
    let cited = model
        .open
        .as_ref()
        .and_then(|o| o.file.draft.items.get(item));
    if cited.is_some_and(|d| d.citations.contains(&citation)) {
        return model.notice(format!("Item {} cites this already.", item + 1));
    }
    cite(model, item, citation);
}

fn cite(model: &mut Model, item: usize, citation: crate::model::Citation) {
    let index = model
        .open
        .as_ref()
        .and_then(|o| o.file.draft.items.get(item))
        .map_or(0, |d| d.citations.len());
    let label = citation.label();
    let cited = citation.clone();
    let change = Change::Cited { item, citation };
    // Undo is looked for on the items tab, from whichever tab was cited.
    let done = model.change(change);
    if let Some(open) = model.open.as_mut().filter(|_| done) {
        open.citation = index;
        open.undo.push(super::super::open_case::Undo {
            tab: Tab::Items,
            change: Change::Uncited { item, index },
        });
        model.overlays.pop();
        let outside = sequence::offered(model, item, &cited);
        model.notice(format!("Cited on item {}{outside}: {label}", item + 1));
    }
}
