//! Legal deadlines: what they are. How they are counted is in `rules::clock`.

use super::date::Date;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// The start event has no date: nothing is counted, nothing guessed.
    NoStart,
    /// Time is left.
    Running,
    /// Past due and still open.
    Overdue,
    /// Signed or closed, or a published determination: the clock no longer runs.
    Stopped,
    /// The time has run out, and nothing was owed: a petition can no longer be filed.
    Over,
}

/// One deadline with its start event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// `determination`, ...
    pub name: String,
    /// Date of the start event.
    pub starts: Option<Date>,
    /// The instant by which it must be done.
    pub due: Option<Timestamp>,
    /// Where it stands now.
    pub state: ClockState,
    /// What it counts: `30 calendar days from records complete, LC 4610.6(d)(1)(B)`.
    #[serde(default)]
    pub counts: String,
}
