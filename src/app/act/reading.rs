//! Help and messages.

use super::super::model::{Model, Overlay};

/// Opens help.
pub fn help(model: &mut Model) {
    if matches!(model.overlays.last(), Some(Overlay::Help(_))) {
        model.overlays.pop();
    } else {
        model.overlays.push(Overlay::Help(0));
    }
    model.touch();
}

/// Opens the messages; the one at the foot of the screen is read with them.
pub fn messages(model: &mut Model) {
    if matches!(model.overlays.last(), Some(Overlay::Messages(_))) {
        return;
    }
    model.messages.put_away();
    model.overlays.push(Overlay::Messages(0));
    model.touch();
}
