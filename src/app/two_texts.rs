//! Two windows wrote in one place of a rationale. Both texts stand in it and are saved, so that none
//! can be lost; once the keys rest both are shown, and the reviewer says which stays.

use super::dialogue::{Dialogue, Purpose};
use super::model::{Model, Overlay, Place};
use super::open_case::Tab;
use crate::model::CaseId;
use crate::model::merge::{Merged, merge};
use jiff::{SignedDuration, Timestamp};

/// Keys meant for the text must not answer a question: nothing is asked before they rest so long.
const REST: SignedDuration = SignedDuration::from_millis(1500);

/// What stands twice, and where.
#[derive(Debug)]
pub(super) struct TwoTexts {
    case: CaseId,
    item: usize,
    /// The text in which both stand, and each alone.
    merged: String,
    theirs: String,
    mine: String,
    /// What differs: the other's, and one's own.
    passages: (String, String),
    /// The last key since; `None` once it was asked.
    last_key: Option<Timestamp>,
}

/// The rationale of this item now holds both texts; where they differ in one place, it will be asked
/// which stays.
pub(super) fn stand_in(
    model: &mut Model,
    (case, item): (&CaseId, usize),
    merged: &Merged,
    (theirs, mine): (&str, &str),
) {
    let Some(both) = &merged.both else {
        return;
    };
    model.two_texts = Some(TwoTexts {
        case: case.clone(),
        item,
        merged: merged.text.clone(),
        theirs: theirs.to_owned(),
        mine: mine.to_owned(),
        passages: (both.theirs.clone(), both.mine.clone()),
        last_key: Some(model.now),
    });
}

/// A key was pressed.
pub(super) fn key(model: &mut Model) {
    let now = model.now;
    let waiting = model
        .two_texts
        .as_mut()
        .and_then(|two| two.last_key.as_mut());
    waiting.into_iter().for_each(|last| *last = now);
}

/// When it is asked which stays; `None` where nothing is to be asked, or not here.
pub(super) fn due(model: &Model) -> Option<Timestamp> {
    let two = model.two_texts.as_ref()?;
    let open = model.open.as_ref()?;
    let is_seen = *open.id() == two.case && open.item == two.item;
    let is_here = matches!(model.place(), Place::Editor | Place::Tab(Tab::Items));
    let last = two.last_key.filter(|_| is_seen && is_here)?;
    last.checked_add(REST).ok()
}

/// Shows both, and asks.
pub(super) fn ask(model: &mut Model) {
    let Some(two) = model.two_texts.as_mut() else {
        return;
    };
    two.last_key = None;
    let dialogue = Dialogue::two_texts(two.item, &two.passages.0, &two.passages.1);
    model.overlays.push(Overlay::Dialogue(dialogue));
    model.touch();
}

/// The answer: place of the option, from 0. Undo takes it back.
pub(super) fn choose(model: &mut Model, chosen: Option<usize>) -> Result<(), &'static str> {
    let Some(two) = model.two_texts.as_ref() else {
        return Ok(());
    };
    let editors = model.open.as_mut().map(|open| &mut open.editors);
    let editor = editors.and_then(|editors| editors.get_mut(two.item));
    let only = match chosen {
        Some(0) => None,
        Some(1) => Some(&two.mine),
        Some(_) => Some(&two.theirs),
        None => return Err("Choose with the arrow keys; Esc keeps both."),
    };
    if let Some((only, editor)) = only.zip(editor) {
        // What was typed since stays.
        let chosen = merge(&two.merged, only, editor.text());
        match chosen.both {
            None => editor.rewrite(&chosen.text),
            Some(_) => model.notice("The text was changed there since; both stand in it."),
        }
    }
    model.two_texts = None;
    model.flush();
    Ok(())
}

impl Dialogue {
    /// Which of two texts stays.
    fn two_texts(item: usize, theirs: &str, mine: &str) -> Self {
        let title = format!("Item {} was written in two windows", item + 1);
        let lead = format!(
            "Your text was not saved over the other one: both stand in the rationale now.\n\n\
             In the other window:\n{theirs}\n\nHere:\n{mine}"
        );
        let options = vec!["both", "only this window's", "only the other's"];
        let question = super::dialogue::choice("Keep", options, None);
        Self::new(Purpose::TwoTexts, &title, &lead, vec![question])
    }
}
