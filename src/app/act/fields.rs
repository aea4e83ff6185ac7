//! Text fields: the filter, the picker's and palette's query, the questions of a dialogue.

use super::super::dialogue::Answer;
use super::super::field::Field;
use super::super::list::List;
use super::super::model::{Model, Overlay, Place};
use super::{inserting, looking_up, queue};

fn focused(model: &mut Model) -> Option<&mut Field> {
    match model.overlays.last_mut() {
        Some(Overlay::Picker(picker)) => Some(&mut picker.field),
        Some(Overlay::Palette(palette)) => Some(&mut palette.field),
        Some(Overlay::Find(finder)) => Some(&mut finder.field),
        Some(Overlay::Excerpts(excerpts)) => Some(&mut excerpts.field),
        Some(Overlay::Dialogue(dialogue)) => match &mut dialogue.current_mut()?.answer {
            Answer::Text(field) => Some(field),
            _ => None,
        },
        Some(_) => None,
        None => model.queue.typing.as_mut().map(|(field, _)| field),
    }
}

/// Types text into the field with the focus.
pub fn insert(model: &mut Model, text: &str) {
    edit(model, |field| field.insert(text));
}

/// Changes the field with the focus, and what follows from its text.
pub fn edit(model: &mut Model, change: impl Fn(&mut Field)) {
    let is_sent = model.dialogue().is_some_and(|d| d.is_sent);
    let Some(field) = focused(model).filter(|_| !is_sent) else {
        return;
    };
    let before = field.clone();
    change(field);
    let changed = *field != before;
    let retyped = field.text() != before.text();
    model.touch_if(changed);
    if retyped {
        follow(model);
    }
}

fn follow(model: &mut Model) {
    match model.place() {
        Place::Filter => queue::filter_typed(model),
        Place::Picker => looking_up::search(model),
        Place::Find => inserting::follow(model),
        Place::Excerpts => {
            if let Some(Overlay::Excerpts(excerpts)) = model.overlays.last_mut() {
                excerpts.list = List::default();
            }
        }
        Place::Palette => {
            if let Some(Overlay::Palette(palette)) = model.overlays.last_mut() {
                palette.list = List::default();
            }
        }
        _ => {
            if let Some(dialogue) = model.dialogue_mut() {
                dialogue.problem = None;
            }
        }
    }
}
