//! How a decision and a clock look.

use crate::model::{Clock, ClockState, Decision};
use crate::rules::clock;
use crate::settings::theme::Role;
use jiff::{SignedDuration, Timestamp};

/// How a decision looks.
pub fn decision_role(decision: Option<Decision>) -> Role {
    match decision {
        None => Role::Undecided,
        Some(Decision::Upheld) => Role::Upheld,
        Some(Decision::Overturned) => Role::Overturned,
    }
}

/// What is left of a clock, in words also where it has stopped.
pub fn left(clock: &Clock, is_published: bool, is_open: bool, now: Timestamp) -> String {
    match (is_published, is_open) {
        (true, _) => "published".to_owned(),
        (false, false) => "stopped".to_owned(),
        (false, true) => clock::left(clock, now),
    }
}

/// Less than this is little.
const SOON: SignedDuration = SignedDuration::from_hours(72);

/// How urgent a clock looks.
pub fn clock_role(clock: &Clock, now: Timestamp) -> Role {
    let is_soon = clock.due.is_some_and(|due| due.duration_since(now) < SOON);
    match clock.state {
        ClockState::Overdue => Role::Overdue,
        ClockState::Running if is_soon => Role::Soon,
        ClockState::Running => Role::Text,
        ClockState::NoStart | ClockState::Stopped | ClockState::Over => Role::Dim,
    }
}
