//! Searching in the rationale, and inserting excerpts and snippets at its cursor.

use super::super::editor::{EditorCommand as C, Outcome};
use super::super::excerpts::Excerpts;
use super::super::finder::Finder;
use super::super::layout;
use super::super::model::{Model, Overlay};
use super::editing;
use crate::model::snippet::blanks;
use std::ops::Range;

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
    if let Some(open) = model.open.as_ref() {
        let excerpts = Excerpts::of(open);
        show(model, excerpts);
    }
}

/// Opens the list of snippets; from outside the editor the rationale is written from here on.
pub fn snippets(model: &mut Model) {
    if let Some(open) = model.open.as_ref() {
        let snippets = Excerpts::snippets(open, &model.snippets);
        show(model, snippets);
    }
}

fn show(model: &mut Model, mut excerpts: Excerpts) {
    let height = usize::from(layout::excerpts(model.size).2.height);
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
    if let Some(open) = model.open.as_mut() {
        open.is_editing = true;
    }
    let from = cursor(model);
    editing::insert_words(model, &text);
    // What is to be said first is typed over its blank.
    let to = from.map_or(0, |from| from + text.len() + 1);
    select_blank(model, |blank| {
        from.is_some_and(|from| blank.start >= from && blank.end <= to)
    });
    model.touch();
}

fn cursor(model: &Model) -> Option<usize> {
    let editor = model.open.as_ref()?.editor()?;
    Some(editor.selection().map_or(editor.cursor(), |s| s.start))
}

/// Selects the next blank, round the end: what is typed takes its place.
pub fn next_blank(model: &mut Model) {
    let editor = model.open.as_ref().and_then(|open| open.editor());
    let at = editor.map_or(0, |editor| {
        editor.selection().map_or(editor.cursor(), |s| s.end)
    });
    if !select_blank(model, |blank| blank.start >= at) && !select_blank(model, |_| true) {
        model.notice("No blank is left in this rationale.");
    }
    model.touch();
}

fn select_blank(model: &mut Model, is_wanted: impl Fn(&Range<usize>) -> bool) -> bool {
    let Some(editor) = model.open.as_mut().and_then(|open| open.editor_mut()) else {
        return false;
    };
    let blank = blanks(editor.text()).into_iter().find(is_wanted);
    if let Some(blank) = &blank {
        editor.select(blank.clone());
    }
    blank.is_some()
}
