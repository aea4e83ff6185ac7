//! Where one effect becomes one answer.

use crate::app::{Effect, Event};
use crate::search::engine::Cancel;

/// Performs effects, one after the other, on the thread it was made on.
pub trait Desk {
    /// Does it and answers; `None` for what is not done here. May take as long as it takes.
    fn perform(&mut self, effect: &Effect) -> Option<Event>;

    /// The same for what a newer question of its kind calls off: it may then stop, and its answer
    /// is dropped.
    fn perform_unless(&mut self, effect: &Effect, _cancel: &Cancel) -> Option<Event> {
        self.perform(effect)
    }

    /// Nothing has been asked for a while: makes ready what is likely to be asked next.
    fn rest(&mut self) {}
}

/// The answer that says it was not done, and why: `reason` is a sentence for the user.
pub(super) fn refusal(effect: &Effect, reason: String) -> Event {
    match effect {
        Effect::Save { ticket, .. } | Effect::SaveAll { ticket, .. } => Event::NotSaved {
            ticket: *ticket,
            reason,
        },
        Effect::Seal { case, .. } => Event::NotSealed {
            case: case.clone(),
            reasons: vec![reason],
        },
        Effect::LoadQueue { generation, .. } | Effect::Resume { generation, .. } => {
            Event::NoQueue {
                generation: *generation,
                reason,
            }
        }
        Effect::Unlock { .. } => Event::Unlocked(false),
        _ => Event::Failed(reason),
    }
}
