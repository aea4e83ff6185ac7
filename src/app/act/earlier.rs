//! The earlier texts of a rationale: looking at them, and taking one back.

use super::super::effect::Effect;
use super::super::layout;
use super::super::list::Motion;
use super::super::model::{Model, Overlay};
use super::super::open_case::{Tab, Undo};
use super::super::versions::Versions;
use super::moving::scroll_by;
use crate::model::{CaseId, Change, Version};

/// Asks for the earlier texts of the current item's rationale.
pub fn show(model: &mut Model) {
    model.flush();
    let Some(open) = model.open.as_ref() else {
        return;
    };
    let (case, item) = (open.id().clone(), open.item);
    let waiting = Versions::awaited(case.clone(), item);
    model.overlays.push(Overlay::Versions(waiting));
    model.effects.push(Effect::LoadVersions { case, item });
    model.touch();
}

/// Takes the answer, the newest first.
pub fn take(model: &mut Model, case: &CaseId, item: usize, mut all: Vec<Version>) {
    let height = usize::from(layout::versions(model.size).list.height);
    let today = model.open.as_ref().and_then(|o| o.editors.get(item));
    let today = today.map(|editor| editor.text().to_owned());
    // What reads as today's text tells nothing.
    all.retain(|version| Some(&version.text) != today.as_ref());
    all.reverse();
    let waiting = model.overlays.iter_mut().rev().find_map(|o| match o {
        Overlay::Versions(v) if v.case == *case && v.item == item => Some(v),
        _ => None,
    });
    if let Some(versions) = waiting {
        versions.list.select(0, all.len(), height);
        versions.all = Some(all);
    }
    model.touch();
}

/// Another text, or more of the differences. Says whether anything moved.
pub(super) fn go(model: &mut Model, motion: Motion) -> bool {
    let areas = layout::versions(model.size);
    let total = changes_len(model);
    let Some(Overlay::Versions(versions)) = model.overlays.last_mut() else {
        return false;
    };
    if let Motion::Pages(_) = motion {
        let height = usize::from(areas.changes.height);
        return scroll_by(&mut versions.top, motion, total, height);
    }
    let count = versions.count();
    let moved = versions
        .list
        .go(motion, count, usize::from(areas.list.height));
    if moved {
        versions.top = 0;
    }
    moved
}

fn changes_len(model: &Model) -> usize {
    let width = usize::from(layout::versions(model.size).changes.width);
    let Some(Overlay::Versions(versions)) = model.overlays.last() else {
        return 0;
    };
    let editor = model
        .open
        .as_ref()
        .and_then(|o| o.editors.get(versions.item));
    let today = editor.map_or("", |editor| editor.text());
    versions.changes(today, width).len()
}

/// Puts the selected text in the place of today's, as one change that undo takes back.
pub fn restore(model: &mut Model) {
    let Some(Overlay::Versions(versions)) = model.overlays.last() else {
        return;
    };
    let (item, chosen) = (versions.item, versions.selected().cloned());
    let Some(version) = chosen else {
        return model.notice("There is no earlier text to take back.");
    };
    model.overlays.pop();
    let editor = model.open.as_mut().and_then(|o| o.editors.get_mut(item));
    let Some(editor) = editor else {
        return;
    };
    let before = editor.text().to_owned();
    editor.become_text(&version.text);
    model.flush();
    if let Some(open) = model.open.as_mut() {
        let change = Change::Written { item, text: before };
        open.undo.push(Undo {
            tab: Tab::Items,
            change,
        });
    }
    let words = version.words();
    model.notice(format!(
        "Item {}: the earlier text is back, {words} words; u takes it back.",
        item + 1
    ));
}
