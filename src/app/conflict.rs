//! Two sessions on one case: both texts are kept, and what cannot be kept is said.

use super::model::Model;
use super::open_case::OpenCase;
use super::update::not_saved;
use super::{signing, two_texts};
use crate::model::merge::{self, Merged};
use crate::model::{CaseFile, CaseId, Change};

/// Said where two texts became one.
pub(super) const BOTH_ARE_KEPT: &str =
    "This case was changed in another window. Both texts are kept, yours below.";

/// Said where a signature was being asked for meanwhile.
pub(super) const LOOK_AGAIN: &str = "Look at the case again before you sign.";

/// A change was refused because another session had changed the item.
pub(super) fn hear(model: &mut Model, ticket: u64, file: CaseFile) {
    if !file.stage.is_open() {
        let reason = format!("the case is {} in another window.", file.stage.word());
        return not_saved(model, ticket, &reason);
    }
    let Some(change) = model.saves.give_up(ticket) else {
        return;
    };
    if model.open.as_ref().is_some_and(|o| *o.id() == file.case.id) {
        on_screen(model, change, file);
    } else {
        out_of_sight(model, change, &file);
    }
}

fn on_screen(model: &mut Model, change: Change, file: CaseFile) {
    if signing::put_away(model, &file.case.id) {
        model.problem(LOOK_AGAIN);
    }
    let is_merged = take_over(model, file);
    match change {
        Change::Written { .. } => {}
        // A citation is added, it takes nothing away: it can follow.
        Change::Cited { item, ref citation } => {
            let draft = model
                .open
                .as_ref()
                .and_then(|o| o.file.draft.items.get(item));
            if draft.is_some_and(|d| !d.citations.contains(citation)) {
                model.change(change);
            }
        }
        other => not_repeated(model, &other),
    }
    if is_merged {
        model.notice(BOTH_ARE_KEPT);
    }
    model.flush();
    super::act::moving::settle(model);
    model.touch();
}

/// The reviewer has left the case: its words are saved all the same.
fn out_of_sight(model: &mut Model, change: Change, file: &CaseFile) {
    let case = file.case.id.clone();
    match change {
        // The newest text holds the words of the older ones.
        Change::Written { item, .. } if model.saves.is_writing(&case, item) => {}
        Change::Written { item, text } => {
            let merged = merged(model, file, item, &text);
            let is_merged = merged.is_some();
            let text = merged.map_or(text, |merged| merged.text);
            model.saves.learn(file);
            model.send(case, Change::Written { item, text });
            if is_merged {
                model.notice(BOTH_ARE_KEPT);
            }
        }
        other => not_repeated(model, &other),
    }
}

/// A decision is made on what one sees; it is not repeated unseen.
fn not_repeated(model: &mut Model, change: &Change) {
    let item = change.item().map_or(0, |item| item + 1);
    model.problem(format!(
        "Not saved: item {item} was changed in another window. Look at it and do it again."
    ));
}

/// Takes over a case as the store has it, the reviewer's own texts excepted. Did another session
/// write where this one did, so that a text now holds both?
pub(super) fn take_over(model: &mut Model, mut file: CaseFile) -> bool {
    let id = file.case.id.clone();
    let mut is_merged = false;
    let mut kept = own_texts(model, &id);
    for (item, text) in &mut kept {
        if let Some(merged) = merged(model, &file, *item, text) {
            let stored = file
                .draft
                .items
                .get(*item)
                .map(|draft| draft.rationale.as_str());
            let texts = (stored.unwrap_or_default(), text.as_str());
            two_texts::stand_in(model, (&id, *item), &merged, texts);
            *text = merged.text;
            is_merged = true;
        }
    }
    model.saves.learn(&file);
    // Reads and saves of cases are answered in the order in which they were asked for: what still
    // is under way was not saved when the file was read. What no longer fits, the store refuses.
    for change in model.saves.changes_under_way(&id) {
        let _ = file.apply(&change);
    }
    match model.open.as_mut() {
        Some(open) => open.reload(file, &kept),
        None => {
            let mut open = OpenCase::new(file.clone());
            open.reload(file, &kept);
            model.open = Some(open);
        }
    }
    signing::check(model);
    is_merged
}

/// Texts that the store is not known to hold: on the screen, or refused before the case was left.
fn own_texts(model: &Model, case: &CaseId) -> Vec<(usize, String)> {
    let Some(open) = &model.open else {
        return model.saves.refused(case);
    };
    let texts = open.editors.iter().map(|editor| editor.text().to_owned());
    let is_own = |(item, text): &(usize, String)| {
        let known = model.saves.rationale(case, *item);
        known.is_some_and(|known| known != text)
    };
    texts.enumerate().filter(is_own).collect()
}

/// The stored text and one's own as one, where the stored one is another than it was.
fn merged(model: &Model, file: &CaseFile, item: usize, own: &str) -> Option<Merged> {
    let stored = &file.draft.items.get(item)?.rationale;
    let known = model.saves.rationale(&file.case.id, item)?;
    if known == stored || stored.trim().is_empty() || stored == own {
        return None;
    }
    match own.trim().is_empty() {
        true => Some(Merged {
            text: stored.clone(),
            both: None,
        }),
        false => Some(merge::merge(known, stored, own)),
    }
}
