//! Lints one by one: walking them, putting a word right, taking it, answering with a reason.

use super::super::dialogue::{Dialogue, Refused};
use super::super::effect::Effect;
use super::super::list::List;
use super::super::marks::{self, Spot, spot};
use super::super::menu::{Menu, MenuKind, MenuLine};
use super::super::model::{Model, Overlay};
use super::super::open_case::{OpenCase, Tab};
use super::{case, dialogues, editing, moving};
use crate::model::Change;
use crate::model::lint::{Lint, Place};
use crate::prose::SPELLING;
use std::ops::Range;

/// The next lint of the case, or the one before, round the corner.
pub fn step(model: &mut Model, is_forward: bool) {
    walk(model, is_forward, |_| true);
}

/// The same among the marks at words of the current rationale.
pub fn step_in_text(model: &mut Model, is_forward: bool) {
    let Some(open) = model.open.as_ref() else {
        return;
    };
    let marks = model.marks.at_words(open, open.item).into_iter();
    let drawn: Vec<Lint> = marks.map(|(_, lint)| lint.clone()).collect();
    walk(model, is_forward, |lint| drawn.contains(lint));
}

fn walk(model: &mut Model, is_forward: bool, is_meant: impl Fn(&Lint) -> bool) {
    let Some(open) = model.open.as_ref() else {
        return;
    };
    let here = model.spot();
    let lints = model
        .marks
        .lints(open)
        .into_iter()
        .filter(|lint| is_meant(lint));
    let mut all: Vec<_> = lints
        .map(|lint| (placed(model, open, lint), lint))
        .collect();
    // One stop a place: the list on the Determination tab has all that is said of it.
    all.sort_by_key(|(at, _)| *at);
    all.dedup_by_key(|(at, _)| *at);
    let is_behind = |(at, _): &&(Spot, &Lint)| here.is_none_or(|here| *at > here);
    let is_before = |(at, _): &&(Spot, &Lint)| here.is_some_and(|here| *at < here);
    let next = match is_forward {
        true => all.iter().find(is_behind).or(all.first()),
        false => all.iter().rev().find(is_before).or(all.last()),
    };
    match next.map(|(at, lint)| (*at, (*lint).clone())) {
        Some((at, lint)) => go_to(model, at, &lint),
        None => model.notice("Nothing is marked here."),
    }
}

/// Where a lint stands now, which may be elsewhere than where it was found.
fn placed(model: &Model, open: &OpenCase, lint: &Lint) -> Spot {
    let mut at = spot(lint);
    if let Place::Rationale(item) = lint.place {
        let marks = model.marks.in_rationale(open, item);
        let own = marks.iter().find(|(_, other)| std::ptr::eq(*other, lint));
        at.2 = own.map_or(at.2, |(range, _)| range.start);
    }
    at
}

/// Shows a lint where it stands, and says it.
pub(in crate::app) fn go_to(model: &mut Model, at: Spot, lint: &Lint) {
    let is_editing = model.open.as_ref().is_some_and(|open| open.is_editing);
    let tab = match lint.place {
        Place::Request(_) | Place::Citation(..) | Place::Rationale(_) => Tab::Items,
        Place::Summary => Tab::Summary,
        Place::Case => Tab::Determination,
    };
    if model.open.as_ref().is_some_and(|open| open.tab != tab) {
        case::show(model, tab);
    }
    if let Some(open) = model.open.as_mut() {
        open.item = lint.item.unwrap_or(open.item);
        open.citation = match lint.place {
            Place::Citation(_, n) => n,
            _ => 0,
        };
        let is_rationale = matches!(lint.place, Place::Rationale(_));
        open.is_editing = is_editing && is_rationale;
        if let Some(editor) = open.editor_mut().filter(|_| is_rationale) {
            editor.set_cursor(at.2);
        }
    }
    model.marks.here = Some(at);
    moving::settle(model);
    // While writing, the line below tells of the mark that the cursor is at.
    let is_told = model.mark_here().is_some_and(|(_, here)| here == lint) && is_editing;
    match is_told {
        true => model.touch(),
        false => model.notice(said(lint)),
    }
}

/// A lint in a line: number, what is wrong, what to do.
pub(in crate::app) fn said(lint: &Lint) -> String {
    format!("{} {} {}", lint.id, lint.message, lint.remedy)
}

/// The mark that keys act on: under the cursor, else the one walked to.
fn here(model: &Model) -> Option<(Option<Range<usize>>, Lint)> {
    let open = model.open.as_ref()?;
    if open.tab == Tab::Determination {
        let lint = model.points().get(open.blocker)?.lint()?.clone();
        return Some((None, lint));
    }
    if let Some((range, lint)) = model.mark_here() {
        return Some((Some(range), lint.clone()));
    }
    let here = model.marks.here?;
    let lints = model.marks.lints(open);
    let lint = lints.into_iter().find(|lint| spot(lint) == here)?;
    Some((None, lint.clone()))
}

impl Model {
    /// Is there a mark that keys can act on?
    pub(in crate::app) fn has_mark_here(&self) -> bool {
        here(self).is_some()
    }
}

/// Puts right what the mark is at: words are suggested for an unknown one, a reason is asked for
/// what may stand.
pub fn mend(model: &mut Model) {
    let Some((_, lint)) = here(model) else {
        let key = model
            .keymap
            .key(super::super::action::Action::NextLint, model.contexts());
        return model.notice(format!("No mark is here; {key} goes to the next."));
    };
    if lint.id == SPELLING {
        if let Some(word) = unknown_word(model) {
            model.effects.push(Effect::Suggest(word));
        }
        return;
    }
    match lint.takes_reason {
        true => dialogues::open(model, Dialogue::answer(&lint)),
        false => model.notice(said(&lint)),
    }
}

/// The unknown word at the cursor.
fn unknown_word(model: &Model) -> Option<String> {
    let (range, lint) = model.mark_here()?;
    let text = model.open.as_ref()?.editor()?.text();
    (lint.id == SPELLING).then(|| text.get(range).unwrap_or_default().to_owned())
}

/// Takes the unknown word at the cursor into the reviewer's own.
pub fn learn(model: &mut Model) {
    match unknown_word(model) {
        Some(word) => take_word(model, word),
        None => model.notice("No unknown word is at the cursor."),
    }
}

fn take_word(model: &mut Model, word: String) {
    model.notice(format!("\"{word}\" is one of your words now (words.txt)."));
    model.effects.push(Effect::Learn(word));
    marks::renew(model);
}

/// Suggestions are here: the list of them, if the cursor still is at that word.
pub(in crate::app) fn offer(model: &mut Model, word: &str, words: &[String]) {
    if unknown_word(model).as_deref() != Some(word) || !model.overlays.is_empty() {
        return;
    }
    let line = |name: &str, says: &str| MenuLine {
        name: name.to_owned(),
        says: says.to_owned(),
        is_current: false,
    };
    let take = line(&format!("keep {word}"), "take it into your own words");
    let own: Vec<MenuLine> = words.iter().map(|w| line(w, "")).chain([take]).collect();
    model.overlays.push(Overlay::Menu(Menu {
        kind: MenuKind::Words,
        list: List::default(),
        own,
    }));
    model.touch();
}

/// What was chosen takes the place of the unknown word, or the word is taken.
pub(super) fn choose(model: &mut Model, own: &[MenuLine], line: usize) {
    let Some(word) = unknown_word(model) else {
        return;
    };
    if line + 1 >= own.len() {
        return take_word(model, word);
    }
    let range = model.mark_here().map(|(range, _)| range);
    if let Some((range, chosen)) = range.zip(own.get(line)) {
        editing::put(model, range, &chosen.name);
    }
}

/// Keeps the reason for a lint that may stand.
///
/// # Errors
/// No reason was typed.
pub(super) fn answer(model: &mut Model, dialogue: &Dialogue) -> Result<(), Refused> {
    let reason = dialogues::required(dialogue, 0, "Type why it may stand.")?;
    for lint in &dialogue.lints {
        let change = |reason: &str| Change::LintAnswered {
            answer: lint.answer(reason),
        };
        model.change_undoably(change(&reason), change(""));
    }
    model.notice("Kept with the case: it may stand.");
    Ok(())
}
