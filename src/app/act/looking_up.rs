//! The guideline picker: opening, searching, citing.

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::layout;
use super::super::model::{Model, Overlay};
use super::super::open_case::Tab;
use super::super::picker::{LIMIT, Picker};
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
        model.notice(format!("Cited on item {}: {label}", item + 1));
    }
}
