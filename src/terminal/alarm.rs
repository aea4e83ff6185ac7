//! The program's deadline, in time that no change of the clock moves.

use jiff::Timestamp;
use std::time::{Duration, Instant};

/// A deadline in the past, or one that stays after it was told, makes no busy loop.
const SHORTEST_WAIT: Duration = Duration::from_millis(5);

/// Set to the deadline that the program wants to hear of.
#[derive(Debug)]
pub(super) struct Alarm {
    set: Option<(Timestamp, Instant)>,
    rung: Timestamp,
}

impl Alarm {
    pub(super) fn new() -> Self {
        Self {
            set: None,
            rung: Timestamp::MIN,
        }
    }

    /// Sets it, unless it is set to that already; `now` by the program's clock.
    pub(super) fn set(&mut self, deadline: Option<Timestamp>, now: Timestamp) {
        if self.set.map(|(deadline, _)| deadline) != deadline {
            self.set = deadline.map(|deadline| {
                let left = Duration::try_from(deadline.duration_since(now));
                let left = left.unwrap_or_default().max(SHORTEST_WAIT);
                (deadline, Instant::now() + left)
            });
        }
    }

    /// When it rings.
    pub(super) fn at(&self) -> Option<Instant> {
        self.set.map(|(_, at)| at)
    }

    /// Does it ring now? Once.
    pub(super) fn rings(&mut self) -> bool {
        let now = Instant::now();
        let rung = self.set.take_if(|(_, at)| *at <= now);
        self.rung = rung.map_or(self.rung, |(deadline, _)| deadline);
        rung.is_some()
    }

    /// The deadline it rang for last: the two clocks differ by a little, and by the program's own
    /// it must not be early.
    pub(super) fn rung(&self) -> Timestamp {
        self.rung
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    #[test]
    fn rings_once_and_never_at_once_again() {
        let now = Timestamp::UNIX_EPOCH;
        let past = now - SignedDuration::from_secs(9);
        let mut alarm = Alarm::new();
        alarm.set(None, now);
        assert!(alarm.at().is_none() && !alarm.rings());
        for _ in 0..3 {
            alarm.set(Some(past), now);
            assert!(!alarm.rings());
            std::thread::sleep(SHORTEST_WAIT);
            assert!(alarm.rings() && !alarm.rings());
            assert_eq!(alarm.rung(), past);
        }
    }

    #[test]
    fn a_clock_set_back_does_not_put_it_off() {
        let now = Timestamp::UNIX_EPOCH;
        let soon = now + SignedDuration::from_millis(20);
        let mut alarm = Alarm::new();
        alarm.set(Some(soon), now);
        let at = alarm.at();
        alarm.set(Some(soon), now - SignedDuration::from_hours(24));
        assert_eq!(alarm.at(), at);
    }
}
