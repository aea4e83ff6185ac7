//! Rank 4: performs Effects on worker threads: search (newest wins), disk (first in, first out).
//!
//! Each thread has its own desk and with it its own connection to the store. A desk that fails is
//! thrown away and set up anew for the next job; its failure is an answer like any other.

mod desk;
mod inbox;

pub use desk::Desk;

use crate::app::{Effect, Event};
use desk::refusal;
use inbox::Inbox;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// The threads and what they answer.
#[derive(Debug)]
pub struct Jobs {
    disk: Arc<Inbox>,
    search: Arc<Inbox>,
    answers: Receiver<Event>,
}

impl Jobs {
    /// Starts both threads over desks made by `make`, once for each thread and again after a
    /// fault; `wake` is called after each answer.
    ///
    /// # Errors
    /// The system starts no more threads.
    pub fn over<D: Desk>(
        make: impl Fn() -> D + Send + Clone + 'static,
        wake: impl Fn() + Send + Clone + 'static,
    ) -> std::io::Result<Self> {
        let (sender, answers) = channel();
        let begin = |name: &str| {
            let inbox = Arc::<Inbox>::default();
            let (theirs, make, wake, sender) = (
                Arc::clone(&inbox),
                make.clone(),
                wake.clone(),
                sender.clone(),
            );
            std::thread::Builder::new()
                .name(name.to_owned())
                .spawn(move || work(&theirs, make, &sender, wake))?;
            Ok::<_, std::io::Error>(inbox)
        };
        Ok(Self {
            disk: begin("disk")?,
            search: begin("search")?,
            answers,
        })
    }

    /// Takes an effect on; returns at once. Effects of the terminal itself are not for here.
    pub fn perform(&self, effect: Effect) {
        match effect {
            Effect::Suspend | Effect::Redraw | Effect::Quit => {}
            Effect::Search { .. } => self.search.push(effect),
            _ => self.disk.push(effect),
        }
    }

    /// The next answer that waits, if one does.
    pub fn answer(&self) -> Option<Event> {
        self.answers.try_recv().ok()
    }

    /// Waits until every save and seal taken on is answered, at most this long; were they all?
    pub fn drain(&self, patience: Duration) -> bool {
        self.disk.settle(patience)
    }
}

impl Drop for Jobs {
    /// What waits is still done; nobody waits for it here.
    fn drop(&mut self) {
        self.disk.close();
        self.search.close();
    }
}

fn work<D: Desk>(inbox: &Inbox, make: impl Fn() -> D, answers: &Sender<Event>, wake: impl Fn()) {
    let mut desk = None;
    while let Some(effect) = inbox.take() {
        let desk_now = desk.get_or_insert_with(&make);
        let done = catch_unwind(AssertUnwindSafe(|| desk_now.perform(&effect)));
        let answer = done.unwrap_or_else(|_| {
            // Whatever it held half-done goes with it.
            desk = None;
            let why = "imr failed at this. It is a fault of imr; what was saved before is safe.";
            refusal(&effect, why.to_owned())
        });
        let is_wanted = !inbox.has_newer(&effect);
        if is_wanted && answers.send(answer).is_err() {
            // Nobody listens any more; what waits is done all the same.
        }
        inbox.done();
        wake();
    }
}
