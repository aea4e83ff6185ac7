//! Searching in the rationale, and inserting excerpts at its cursor.

use super::super::editor::{EditorCommand as C, Outcome};
use super::super::excerpts::Excerpts;
use super::super::finder::Finder;
use super::super::layout;
use super::super::model::{Model, Overlay};
use super::editing;

/// Opens the search line.
pub fn find(model: &mut Model) {
    let editor = model.open.as_ref().and_then(|open| open.editor());
    let finder = Finder {
        from: editor.map_or(0, |editor| editor.cursor()),
        ..Finder::default()
    };
    model.overlays.push(Overlay::Find(finder));
    model.touch();
}

/// What is typed is found from where the search began.
pub fn follow(model: &mut Model) {
    let Some(Overlay::Find(finder)) = model.overlays.last_mut() else {
        return;
    };
    let editor = model.open.as_mut().and_then(|open| open.editor_mut());
    let Some(editor) = editor else {
        return;
    };
    editor.set_cursor(finder.from);
    editor.set_search(finder.field.text());
    let is_typed = !finder.field.text().is_empty();
    let outcome = editor.apply(C::FindNext, 0);
    finder.is_missing = is_typed && outcome == Outcome::NotFound;
    finder.place = editor.found();
    model.touch();
}

/// The next place, or the one before.
pub fn step(model: &mut Model, command: C) {
    let width = editing::width(model);
    let editor = model.open.as_mut().and_then(|open| open.editor_mut());
    let Some(editor) = editor else {
        return;
    };
    let outcome = editor.apply(command, width);
    let place = editor.found();
    model.touch();
    match (model.overlays.last_mut(), place) {
        (Some(Overlay::Find(finder)), place) => finder.place = place,
        (_, Some((n, count))) => model.notice(format!("Place {n} of {count}.")),
        _ if outcome == Outcome::NotFound => model.notice("It is not in this rationale."),
        _ => {}
    }
}

/// Done: the cursor stands behind what was found. Nothing stays selected, or the next letter would
/// take its place.
pub fn keep(model: &mut Model) {
    model.overlays.pop();
    if let Some(editor) = model.open.as_mut().and_then(|open| open.editor_mut()) {
        let end = editor
            .selection()
            .map_or(editor.cursor(), |found| found.end);
        editor.set_cursor(end);
    }
    model.touch();
}

/// Back to where the search began.
pub fn leave(model: &mut Model) {
    let Some(Overlay::Find(finder)) = model.overlays.pop() else {
        return;
    };
    if let Some(editor) = model.open.as_mut().and_then(|open| open.editor_mut()) {
        editor.set_cursor(finder.from);
    }
    model.touch();
}

/// Opens the list of citations and findings.
pub fn excerpts(model: &mut Model) {
    let height = usize::from(layout::excerpts(model.size).2.height);
    let Some(open) = model.open.as_ref() else {
        return;
    };
    let mut excerpts = Excerpts::of(open);
    let count = excerpts.found().len();
    excerpts.list.select(0, count, height);
    model.overlays.push(Overlay::Excerpts(excerpts));
    model.touch();
}

/// Writes the selected line at the cursor.
pub fn insert(model: &mut Model) {
    let Some(Overlay::Excerpts(excerpts)) = model.overlays.last() else {
        return;
    };
    let Some(text) = excerpts.selected().map(|excerpt| excerpt.text.clone()) else {
        return model.notice("Nothing fits these letters.");
    };
    model.overlays.pop();
    editing::insert_words(model, &text);
    model.touch();
}
