//! What waits for one worker thread.

use crate::app::Effect;
use crate::search::engine::Cancel;
use std::collections::VecDeque;
use std::mem::{Discriminant, discriminant};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// First in, first out; of queue windows and searches only the newest stays.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Effect>,
    /// Is the one taken last, not done yet, one that must not be lost?
    is_keeping: bool,
    /// What calls the one taken last off, where a newer one of its kind would.
    current: Option<(Discriminant<Effect>, Cancel)>,
    is_closed: bool,
}

/// An answer to an older one of these is of no use once a newer one is asked.
fn is_replaceable(effect: &Effect) -> bool {
    use Effect::{Check, ListCases, LoadQueue, Note, Pick, ReadAround, Search, Suggest};
    matches!(
        effect,
        LoadQueue { .. }
            | ListCases { .. }
            | Search { .. }
            | Pick { .. }
            | ReadAround { .. }
            | Note(_)
            | Check(_)
            | Suggest(_)
    )
}

fn must_be_kept(effect: &Effect) -> bool {
    use Effect::{Note, Save, SaveAll, Seal};
    matches!(effect, Save { .. } | SaveAll { .. } | Seal { .. } | Note(_))
}

impl Inbox {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds one at the end.
    pub(super) fn push(&self, effect: Effect) {
        let mut state = self.lock();
        if is_replaceable(&effect) {
            let kind = discriminant(&effect);
            state.waiting.retain(|waits| discriminant(waits) != kind);
            let current = state.current.iter().filter(|(of, _)| *of == kind);
            current.for_each(|(_, cancel)| cancel.cancel());
        }
        state.waiting.push_back(effect);
        drop(state);
        self.changed.notify_all();
    }

    /// Waits for the next one, and what calls it off; `None` when closed and empty.
    pub(super) fn take(&self) -> Option<(Effect, Cancel)> {
        let mut state = self.lock();
        while state.waiting.is_empty() && !state.is_closed {
            let waited = self.changed.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
        }
        let effect = state.waiting.pop_front();
        state.is_keeping = effect.as_ref().is_some_and(must_be_kept);
        let (effect, cancel) = (effect?, Cancel::default());
        state.current = Some((discriminant(&effect), cancel.clone()));
        Some((effect, cancel))
    }

    /// Is a newer one of its kind asked already?
    pub(super) fn has_newer(&self, effect: &Effect) -> bool {
        let kind = discriminant(effect);
        let mut waiting = self.lock();
        is_replaceable(effect) && waiting.waiting.iter_mut().any(|w| discriminant(w) == kind)
    }

    /// The one taken last is answered.
    pub(super) fn done(&self) {
        self.lock().is_keeping = false;
        self.changed.notify_all();
    }

    /// Does nothing come for so long?
    pub(super) fn is_quiet(&self, patience: Duration) -> bool {
        let busy = |state: &mut State| state.waiting.is_empty() && !state.is_closed;
        let waited = self.changed.wait_timeout_while(self.lock(), patience, busy);
        let (state, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        drop(state);
        waited.timed_out()
    }

    /// No more will come.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    /// Waits until nothing that must be kept waits or is being done; so, in time?
    pub(super) fn settle(&self, patience: Duration) -> bool {
        let end = Instant::now() + patience;
        let mut state = self.lock();
        while state.is_keeping || state.waiting.iter().any(must_be_kept) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            let waited = self.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }
}
