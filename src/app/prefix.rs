//! The first keys of a sequence: after a moment a box shows what may follow.

use super::action::ActionSpec;
use super::keymap::words;
use super::model::Model;
use jiff::{SignedDuration, Timestamp};

/// Whoever knows the sequence has typed it by then.
const MOMENT: SignedDuration = SignedDuration::from_millis(500);

/// A key that may follow.
#[derive(Debug)]
pub struct Follower {
    /// In words.
    pub keys: String,
    /// What it leads to.
    pub spec: &'static ActionSpec,
    /// Why it does nothing now.
    pub why_not: Option<&'static str>,
}

impl Model {
    /// When the box is to be shown; `None` where no sequence waits, or it is shown.
    pub(super) fn box_due(&self) -> Option<Timestamp> {
        self.box_at().filter(|at| *at > self.now)
    }

    fn box_at(&self) -> Option<Timestamp> {
        let since = self.pending_since.filter(|_| !self.pending.is_empty())?;
        since.checked_add(MOMENT).ok()
    }

    /// What may follow the keys pressed so far, once they rest.
    pub fn followers_in_box(&self) -> Vec<Follower> {
        if self.box_at().is_none_or(|at| at > self.now) {
            return Vec::new();
        }
        self.followers()
    }

    /// What may follow the keys pressed so far.
    pub fn followers(&self) -> Vec<Follower> {
        let all = self.keymap.continuations(self.contexts(), &self.pending);
        let follower = |(keys, action): (String, super::Action)| Follower {
            keys,
            spec: action.spec(),
            why_not: self.available(action).err(),
        };
        all.into_iter().map(follower).collect()
    }

    /// The keys pressed so far, in words.
    pub fn prefix_words(&self) -> String {
        words(&self.pending)
    }
}
