//! Help and messages.

use super::super::model::{Model, Overlay};

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

/// Nothing is opened over help or messages: they make room.
pub fn close(model: &mut Model) {
    let is_reading = |o: &Overlay| {
        matches!(
            o,
            Overlay::Help(_) | Overlay::Messages(_) | Overlay::Stats(_)
        )
    };
    while model.overlays.last().is_some_and(is_reading) {
        model.overlays.pop();
    }
}
