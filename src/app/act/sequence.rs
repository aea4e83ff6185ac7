//! The search sequence of 9792.21.1 and the worksheet of 9792.25.1: asked when wanted, written at
//! the cursor of the rationale.

use super::super::action::Action;
use super::super::dialogue::Dialogue;
use super::super::keymap::Context;
use super::super::model::Model;
use super::super::open_case::Tab;
use super::super::worksheet;
use super::{case, dialogues, editing};
use crate::model::Citation;
use crate::rules::sequence::{self, Left, Step};

/// The two citations that the worksheet compares: the selected one and the next.
fn pair(model: &Model) -> Option<[&Citation; 2]> {
    let open = model.open.as_ref()?;
    let (_, draft) = open.current()?;
    let count = draft.citations.len();
    let (at, next) = (open.citation, (open.citation + 1) % count.max(1));
    let (first, second) = (at.min(next), at.max(next));
    let both = [draft.citations.get(first)?, draft.citations.get(second)?];
    (first != second).then_some(both)
}

impl Model {
    /// Does the current item cite two passages that could be at variance?
    pub(in crate::app) fn has_pair(&self) -> bool {
        pair(self).is_some()
    }

    /// Does the current item cite something outside the MTUS?
    pub(in crate::app) fn cites_outside(&self) -> bool {
        let current = self.open.as_ref().and_then(|open| open.current());
        current.is_some_and(|(_, draft)| sequence::asked(&draft.citations).is_some())
    }
}

fn topic(model: &Model) -> String {
    let current = model.open.as_ref().and_then(|open| open.current());
    current.map_or_else(String::new, |(item, _)| item.in_dispute().to_owned())
}

/// Opens the worksheet over two citations of the item.
pub fn open_worksheet(model: &mut Model) {
    let item = model.open.as_ref().map_or(0, |open| open.item);
    let labels = pair(model).map(|both| both.map(Citation::label));
    if let Some([first, second]) = labels {
        let dialogue = worksheet::open(item, &topic(model), [&first, &second]);
        dialogues::open(model, dialogue);
    }
}

/// Offers the sentence that says why the MTUS was left.
pub fn open_outside(model: &mut Model) {
    let Some(open) = model.open.as_ref() else {
        return;
    };
    let asked = open.current().and_then(|(_, draft)| {
        let at = *sequence::asked(&draft.citations)?.outside.first()?;
        draft.citations.get(at).map(Citation::label)
    });
    if let Some(source) = asked {
        let dialogue = worksheet::outside(open.item, &topic(model), &source);
        dialogues::open(model, dialogue);
    }
}

/// What is said behind `Cited on item 1` of a citation outside the MTUS whose rationale does not
/// say yet why the MTUS was left. Nothing is forced.
pub(super) fn offered(model: &Model, item: usize, citation: &Citation) -> String {
    let is_outside = sequence::step(citation).is_some_and(|step| step != Step::Mtus);
    let draft = model
        .open
        .as_ref()
        .and_then(|o| o.file.draft.items.get(item));
    let is_asked = draft.is_some_and(|draft| sequence::question(draft).is_some());
    let key = model.keymap.key(Action::OutsideMtus, &[Context::Items]);
    match is_outside && is_asked && !key.is_empty() {
        true => format!(" (outside the MTUS: {key} says why)"),
        false => String::new(),
    }
}

/// Writes the sentence.
///
/// # Errors
/// No answer was chosen.
pub(super) fn write_sentence(model: &mut Model, dialogue: &Dialogue) -> Result<(), String> {
    let left = dialogue.chosen().and_then(|at| Left::ALL.get(at)).copied();
    let left = left.ok_or("Choose with the arrow keys.")?;
    let sentence = sequence::sentence(left, dialogue.typed(0), dialogue.typed(1));
    show_rationale(model);
    editing::insert_words(model, &sentence);
    model.notice("Written at the cursor; undo takes it back.");
    Ok(())
}

/// Writes the paragraph of the worksheet.
///
/// # Errors
/// What is not filled in yet.
pub(super) fn write_paragraph(model: &mut Model, dialogue: &Dialogue) -> Result<(), String> {
    let sheet = worksheet::read(dialogue);
    let Some(paragraph) = sheet.paragraph() else {
        let gaps = sheet.gaps();
        let more = match gaps.len() {
            0 | 1 => String::new(),
            n => format!(" ({} more)", n - 1),
        };
        let first = gaps.into_iter().next().unwrap_or_default();
        return Err(format!("Still open: {first}{more}."));
    };
    show_rationale(model);
    editing::insert_paragraph(model, &paragraph);
    model.notice("Written at the cursor; undo takes it back.");
    Ok(())
}

/// What was written is seen, and can be written on.
fn show_rationale(model: &mut Model) {
    if model
        .open
        .as_ref()
        .is_some_and(|open| open.tab != Tab::Items)
    {
        case::show(model, Tab::Items);
    }
    if let Some(open) = model.open.as_mut() {
        open.is_editing = true;
    }
}
