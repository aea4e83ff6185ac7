//! Items: deciding, citing, turning to the next.

use super::super::list::Motion;
use super::super::model::Model;
use super::super::open_case::{OpenCase, Tab};
use super::case;
use crate::model::{Change, Decision};
use unicode_width::UnicodeWidthStr;

/// Upheld.
pub fn uphold(model: &mut Model) {
    decide(model, Decision::Upheld);
}

/// Overturned.
pub fn overturn(model: &mut Model) {
    decide(model, Decision::Overturned);
}

fn decide(model: &mut Model, decision: Decision) {
    let Some(open) = model.open.as_ref() else {
        return;
    };
    let item = open.item;
    let before = open.current().and_then(|(_, draft)| draft.decision);
    let action = open.current().map(|(item, _)| item.ur.action);
    let sentence = decision.sentence_for(action.unwrap_or_default());
    if before == Some(decision) {
        return model.notice(format!("Item {}: {}.", item + 1, sentence));
    }
    let undo = match before {
        Some(decision) => Change::Decided { item, decision },
        None => Change::Undecided { item },
    };
    if model.change_undoably(Change::Decided { item, decision }, undo) {
        let key = model
            .keymap
            .key(super::super::action::Action::Undo, model.contexts());
        let said = format!("Item {}: {}.", item + 1, sentence);
        let back = format!("  ({key} takes it back)");
        // What was decided is read whole; a margin of one column stands before it.
        let room = usize::from(model.size.0).saturating_sub(1 + said.width());
        let back = Some(back).filter(|back| !key.is_empty() && back.width() <= room);
        model.notice(said + &back.unwrap_or_default());
    }
}

/// The next item, or the one before; after the last one comes the determination.
pub fn step(model: &mut Model, by: isize) {
    model.flush();
    let is_last = |open: &OpenCase| open.item + 1 >= open.file.case.items.len();
    if by > 0 && model.open.as_ref().is_some_and(is_last) {
        return case::show(model, Tab::Determination);
    }
    let Some(open) = model.open.as_mut() else {
        return;
    };
    let count = open.file.case.items.len().max(1);
    open.item = (open.item + count).saturating_add_signed(by) % count;
    open.citation = 0;
    model.touch();
}

/// Moves among the citations of the item.
pub fn go(model: &mut Model, motion: Motion) {
    let Some(open) = model.open.as_mut() else {
        return;
    };
    let count = open.current().map_or(0, |(_, draft)| draft.citations.len());
    let to = motion.target(open.citation, count, count);
    let moved = to != open.citation;
    open.citation = to;
    model.touch_if(moved);
}

/// Keys go into the rationale from here on.
pub fn edit(model: &mut Model) {
    if let Some(open) = model.open.as_mut() {
        open.is_editing = true;
    }
    model.touch();
}

/// Removes the selected citation.
pub fn remove_citation(model: &mut Model) {
    let Some(open) = model.open.as_ref() else {
        return;
    };
    let (item, index) = (open.item, open.citation);
    let Some(citation) = open
        .current()
        .and_then(|(_, d)| d.citations.get(index))
        .cloned()
    else {
        return;
    };
    let undo = Change::Cited { item, citation };
    if model.change_undoably(Change::Uncited { item, index }, undo) {
        go(model, Motion::Lines(0));
        model.notice("Citation removed.");
    }
}
