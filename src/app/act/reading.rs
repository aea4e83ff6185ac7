//! Help and messages.

use super::super::effect::Effect;
use super::super::model::{Model, Overlay};
use crate::model::Guideline;

/// Opens help, in place of messages if those are open.
pub fn help(model: &mut Model) {
    close(model);
    model.overlays.push(Overlay::Help(0));
    model.touch();
}

/// Opens the messages; the one at the foot of the screen is read with them.
pub fn messages(model: &mut Model) {
    close(model);
    model.messages.put_away();
    model.overlays.push(Overlay::Messages(0));
    model.touch();
}

/// Asks which guidelines the reviewer has brought in.
pub fn ask_guidelines(model: &mut Model) {
    model.effects.push(Effect::Guidelines);
}

/// Opens the list of them.
pub fn guidelines(model: &mut Model, guidelines: Vec<Guideline>) {
    model.guidelines = guidelines;
    close(model);
    model.overlays.push(Overlay::Guidelines(0));
    model.touch();
}

/// Nothing is opened over help or messages: they make room.
pub fn close(model: &mut Model) {
    let is_reading = |o: &Overlay| {
        matches!(
            o,
            Overlay::Help(_) | Overlay::Messages(_) | Overlay::Guidelines(_)
        )
    };
    while model.overlays.last().is_some_and(is_reading) {
        model.overlays.pop();
    }
}
