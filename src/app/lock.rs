//! The lock: after some time without a key, on request, and after a stop, the screen shows nothing
//! of any case until the passphrase is typed. Off unless a passphrase is set.

use super::effect::Effect;
use super::model::Model;
use super::resume;
use crate::model::refusals::Refusals;
use crate::model::secret::Secret;
use jiff::{SignedDuration, Timestamp};

/// After so many wrong passphrases the session ends.
pub const MOST_WRONG: u32 = 10;
/// The longest wait before the next try.
const LONGEST_WAIT: i64 = 60;

/// Is there a passphrase, and is the screen locked?
#[derive(Debug, Default)]
pub struct Lock {
    /// Argon2id, as set; nothing is ever locked without it.
    hash: Option<String>,
    /// Locks after so long without a key; `None` only on request.
    after: Option<SignedDuration>,
    /// The last key, or the start.
    touched: Option<Timestamp>,
    door: Option<Door>,
}

/// The locked screen.
#[derive(Debug, Default)]
pub struct Door {
    /// What is typed.
    pub typed: Secret,
    /// What came of the last try.
    pub said: String,
    /// Is a passphrase being checked?
    pub is_checking: bool,
    wrong: u32,
    /// No try counts before.
    opens_at: Option<Timestamp>,
}

impl Lock {
    /// The locked screen, if it is.
    pub fn door(&self) -> Option<&Door> {
        self.door.as_ref()
    }

    /// Nothing of a case may be shown?
    pub fn is_locked(&self) -> bool {
        self.door.is_some()
    }

    /// Is a passphrase set?
    pub fn is_set(&self) -> bool {
        self.hash.is_some()
    }

    /// When it locks by itself.
    pub(super) fn due(&self) -> Option<Timestamp> {
        let is_armed = self.is_set() && !self.is_locked();
        let touched = self.touched.filter(|_| is_armed)?;
        touched.checked_add(self.after?).ok()
    }

    /// Somebody is here.
    pub(super) fn touch(&mut self, now: Timestamp) {
        self.touched = Some(now);
    }
}

impl Model {
    /// Sets the lock up with the hash of a passphrase, and locks at once: a lock that is opened by
    /// starting the program again is none. Nor does a start take wrong tries or their wait back.
    pub fn guard(&mut self, hash: String, after: Option<SignedDuration>, refused: Refusals) {
        self.lock.hash = Some(hash);
        self.lock.after = after;
        self.lock.touched = Some(self.now);
        engage(self);
        if let Some(door) = self.lock.door.as_mut() {
            door.wrong = refused.count;
            // A clock that was set back makes no wait longer.
            let last = refused.last.map(|last| last.min(self.now));
            door.opens_at = last.and_then(|last| opening(last, refused.count));
        }
    }
}

/// Locks, if a passphrase is set. What is typed is saved first.
pub(super) fn engage(model: &mut Model) {
    if !model.lock.is_set() || model.lock.is_locked() {
        return;
    }
    model.flush();
    resume::note(model);
    model.pending.clear();
    model.held.clear();
    model.deferred = None;
    model.lock.door = Some(Door::default());
    model.touch();
}

/// Keys have come. If they come too late they are not heard: is it so? A machine that slept is as
/// idle as one that did not.
pub(super) fn comes_too_late(model: &mut Model) -> bool {
    let is_late = model.lock.due().is_some_and(|due| due <= model.now);
    if is_late {
        engage(model);
    }
    model.lock.touch(model.now);
    is_late
}

/// On request.
pub fn lock(model: &mut Model) {
    engage(model);
}

/// Types into the passphrase.
pub(super) fn typed(model: &mut Model, text: &str) {
    edit(model, |typed| typed.push(text));
}

/// Takes the last character back.
pub fn erase(model: &mut Model) {
    edit(model, Secret::pop);
}

/// Takes everything back.
pub fn clear(model: &mut Model) {
    edit(model, |typed| drop(typed.take()));
}

fn edit(model: &mut Model, change: impl Fn(&mut Secret)) {
    let door = model.lock.door.as_mut();
    if let Some(door) = door.filter(|door| !door.is_checking) {
        change(&mut door.typed);
        door.said.clear();
        model.touch();
    }
}

/// Has what is typed checked, on another thread.
pub fn unlock(model: &mut Model) {
    let now = model.now;
    let (Some(hash), Some(door)) = (model.lock.hash.clone(), model.lock.door.as_mut()) else {
        return;
    };
    if door.is_checking || door.typed.is_empty() {
        return;
    }
    let left = door.opens_at.map_or(0, |at| {
        let millis = at.duration_since(now).as_millis();
        millis.max(0).div_euclid(1000) + i128::from(millis.rem_euclid(1000) > 0)
    });
    let secret = door.typed.take();
    if door.opens_at.is_some_and(|at| now < at) {
        door.said = format!("Too soon: the next try counts in {left} s.");
    } else {
        door.is_checking = true;
        door.said = "Checking...".to_owned();
        model.effects.push(Effect::Unlock { hash, secret });
    }
    model.touch();
}

/// What came of it.
pub(super) fn answered(model: &mut Model, fits: bool) {
    let now = model.now;
    model.touch();
    let Some(door) = model.lock.door.as_mut() else {
        return;
    };
    door.is_checking = false;
    if fits {
        model.lock.door = None;
        model.lock.touch(now);
        return;
    }
    door.wrong = door.wrong.saturating_add(1);
    let wait = wait_after(door.wrong);
    door.opens_at = opening(now, door.wrong);
    door.said = format!(
        "Wrong passphrase, {} of {MOST_WRONG}. The next try counts in {wait} s.",
        door.wrong.min(MOST_WRONG)
    );
    if door.wrong >= MOST_WRONG {
        model.flush();
        model.effects.push(Effect::Quit);
    }
}

/// The instant from which a try counts again.
fn opening(last: Timestamp, wrong: u32) -> Option<Timestamp> {
    let wait = SignedDuration::from_secs(wait_after(wrong));
    last.checked_add(wait).ok()
}

/// Seconds: 1, 2, 4, and so on.
fn wait_after(wrong: u32) -> i64 {
    let doublings = wrong.saturating_sub(1);
    1_i64
        .checked_shl(doublings)
        .unwrap_or(LONGEST_WAIT)
        .clamp(1, LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t28_the_wait_grows_to_a_minute() {
        let waits: Vec<i64> = (1..=10).map(wait_after).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
        assert_eq!(wait_after(u32::MAX), 60);
    }
}
