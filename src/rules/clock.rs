//! The determination clock: from which event it runs, for how long, and how much is left.
//!
//! Limits stand in one table, [`LIMITS`]; nothing else here knows a number of days.

use crate::model::filter::Moment;
use crate::model::{Clock, ClockState, Date, Header, Priority, Stage};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Span, Timestamp, ToSpan};
use std::sync::LazyLock;

/// Name of the clock every case has.
pub const DETERMINATION: &str = "determination";

/// One legal limit.
struct Limit {
    priority: Priority,
    /// Calendar days from complete records; the statute does not roll weekends over, so neither
    /// do we (domain 1.2).
    days: i32,
}

/// LC 4610.6(d): 30 days from complete records; three days when expedited.
const LIMITS: [Limit; 2] = [
    Limit {
        priority: Priority::Standard,
        days: 30,
    },
    Limit {
        priority: Priority::Expedited,
        days: 3,
    },
];

/// Below this many hours, what is left is told in hours: the last two days are worked by the hour.
const LEFT_IN_HOURS: i64 = 48;
/// Below this many hours, what is overdue is told in hours.
const OVERDUE_IN_HOURS: i64 = 24;

/// The zone in which California's days end, from the data built in: the system's would be looked
/// for in hundreds of files at every start, and might differ from machine to machine.
///
/// Should the data be unreadable all the same, Pacific Standard Time serves, which ends a summer
/// day an hour late rather than losing the clock.
pub fn zone() -> TimeZone {
    static ZONE: LazyLock<TimeZone> = LazyLock::new(|| {
        TimeZoneDatabase::bundled()
            .get("America/Los_Angeles")
            .unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(-8)))
    });
    ZONE.clone()
}

/// The day it is in California.
pub fn today(now: Timestamp) -> Date {
    now.to_zoned(zone()).date()
}

/// The moment at which a filter is asked.
pub fn moment(now: Timestamp) -> Moment {
    Moment {
        now,
        today: today(now),
        end_of: |day| end_of(day).map(|end| end.as_second()),
    }
}

/// The clock every case has: LC 4610.6(d), from the day the records were complete.
///
/// A published determination has been decided, so its clock never runs; a case without the start
/// date counts nothing and guesses nothing.
pub fn determination(header: &Header, is_published: bool, stage: Stage, now: Timestamp) -> Clock {
    let starts = header.records_complete_date;
    let due = due_instant(header, is_published);
    let state = match due {
        _ if is_published || !stage.is_open() => ClockState::Stopped,
        None => ClockState::NoStart,
        Some(due) if due < now => ClockState::Overdue,
        Some(_) => ClockState::Running,
    };
    Clock {
        name: DETERMINATION.to_owned(),
        starts,
        due,
        state,
    }
}

/// Every clock of a case; today that is the one.
pub fn all(header: &Header, is_published: bool, stage: Stage, now: Timestamp) -> Vec<Clock> {
    vec![determination(header, is_published, stage, now)]
}

/// The last second of the day on which the determination is due; `None` where the start is not
/// known, and for a published determination. This is what the store's due column holds.
pub fn due_instant(header: &Header, is_published: bool) -> Option<Timestamp> {
    if is_published {
        return None;
    }
    let priority = header.priority.unwrap_or_default();
    let days = LIMITS.iter().find(|l| l.priority == priority)?.days;
    let day = header
        .records_complete_date?
        .checked_add(days.days())
        .ok()?;
    end_of(day)
}

fn end_of(day: Date) -> Option<Timestamp> {
    let next: Date = day.tomorrow().ok()?;
    let midnight = next.to_zoned(zone()).ok()?.timestamp();
    midnight.checked_sub(Span::new().seconds(1)).ok()
}

/// What is left in a few letters: `2 d overdue`, `17 h`, `6 d`, `no start`; `-` once stopped.
pub fn left(clock: &Clock, now: Timestamp) -> String {
    match (clock.state, clock.due) {
        (ClockState::Stopped, _) => "-".to_owned(),
        (ClockState::NoStart, _) | (_, None) => "no start".to_owned(),
        (ClockState::Overdue, Some(due)) => {
            format!("{} overdue", amount(due, now, OVERDUE_IN_HOURS))
        }
        (ClockState::Running, Some(due)) => amount(now, due, LEFT_IN_HOURS),
    }
}

/// Started hours below `in_hours`, else calendar days in California.
fn amount(from: Timestamp, to: Timestamp, in_hours: i64) -> String {
    let seconds = to.as_second().saturating_sub(from.as_second()).max(0);
    let hours = seconds / 3600 + i64::from(seconds % 3600 > 0);
    if hours < in_hours {
        return format!("{hours} h");
    }
    let days = today(from)
        .until(today(to))
        .map_or(hours / 24, |span| i64::from(span.get_days()));
    format!("{days} d")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn header(priority: Priority, records: Option<Date>) -> Header {
        Header {
            priority: Some(priority),
            records_complete_date: records,
            ..Header::default()
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn worked_examples_of_the_domain_page() {
        // Last records received Monday 3 March 2025.
        let monday = Some(date(2025, 3, 3));
        let due = |p| today(due_instant(&header(p, monday), false).unwrap());
        assert_eq!(due(Priority::Standard), date(2025, 4, 2));
        assert_eq!(due(Priority::Expedited), date(2025, 3, 6));
    }

    #[test]
    fn words() {
        let now = at("2026-01-15T17:00:00Z");
        let word = |priority, day| {
            let clock = determination(&header(priority, day), false, Stage::New, now);
            left(&clock, now)
        };
        assert_eq!(
            word(Priority::Standard, Some(date(2025, 12, 14))),
            "2 d overdue"
        );
        assert_eq!(word(Priority::Expedited, Some(date(2026, 1, 12))), "15 h");
        assert_eq!(word(Priority::Standard, Some(date(2025, 12, 22))), "6 d");
        assert_eq!(word(Priority::Standard, None), "no start");
        let published = determination(
            &header(Priority::Standard, Some(date(2016, 1, 1))),
            true,
            Stage::New,
            now,
        );
        assert_eq!(published.state, ClockState::Stopped);
    }

    proptest! {
        #[test]
        fn due_is_thirty_calendar_days_whatever_the_season(
            y in 2013i16..2035, m in 1i8..=12, d in 1i8..=28
        ) {
            let start = date(y, m, d);
            let due = due_instant(&header(Priority::Standard, Some(start)), false).unwrap();
            let end = due.to_zoned(zone());
            prop_assert_eq!(end.date(), start.checked_add(30.days()).unwrap());
            prop_assert_eq!((end.hour(), end.minute(), end.second()), (23, 59, 59));
        }
    }
}
