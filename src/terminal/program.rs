//! What the terminal drives: a program that hears and draws, and a worker that performs effects.

use crate::app::{Effect, Event};
use crate::jobs::Jobs;
use jiff::Timestamp;
use ratatui::Frame;
use std::time::Duration;

/// The pure part with its looks: what the terminal room needs to know of it.
pub trait Program {
    /// Something happened; answers with what it wants done.
    fn hear(&mut self, event: Event, now: Timestamp) -> Vec<Effect>;
    /// When it wants to hear [`Event::Elapsed`].
    fn deadline(&self) -> Option<Timestamp>;
    /// Did anything change since the last call that a frame would show?
    fn take_dirty(&mut self) -> bool;
    /// Draws everything.
    fn draw(&self, frame: &mut Frame);
}

/// What performs effects on other threads and wakes the terminal when it has an answer.
pub trait Worker {
    /// Takes an effect on; returns at once.
    fn perform(&mut self, effect: Effect);
    /// The next answer that waits, if one does.
    fn answer(&mut self) -> Option<Event>;
    /// Waits until every save taken on is answered, at most this long; were they all?
    fn drain(&mut self, patience: Duration) -> bool;
}

impl Worker for Jobs {
    fn perform(&mut self, effect: Effect) {
        Self::perform(self, effect);
    }

    fn answer(&mut self) -> Option<Event> {
        Self::answer(self)
    }

    fn drain(&mut self, patience: Duration) -> bool {
        Self::drain(self, patience)
    }
}
