//! Which time it is: the machine's, or the one `--now` fixes.

use jiff::Timestamp;
use std::time::Instant;

/// The clock of one run.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's.
    Machine,
    /// Always this instant (`--now`).
    Fixed(Timestamp),
    /// From this instant on, as real time goes by (`imr demo`).
    From(Timestamp, Instant),
}

impl Clock {
    /// A clock that shows `start` now and then runs.
    pub fn starting_at(start: Timestamp) -> Self {
        Self::From(start, Instant::now())
    }

    /// The instant now.
    pub fn now(self) -> Timestamp {
        match self {
            Self::Machine => Timestamp::now(),
            Self::Fixed(instant) => instant,
            Self::From(start, since) => start.saturating_add(since.elapsed()).unwrap_or(start),
        }
    }

    /// Is it not the machine's?
    pub fn is_set(self) -> bool {
        !matches!(self, Self::Machine)
    }
}
