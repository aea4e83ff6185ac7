//! The clocks of a case: from which event each runs, for how long, and how much is left.
//!
//! Limits come from [`Limits`]; nothing here knows a number of days. A clock whose start event is
//! not known counts nothing and guesses nothing.

use super::calendar;
use crate::model::filter::Moment;
use crate::model::limits::{Deadline, Limit, Unit};
use crate::model::{Case, CaseFile, Clock, ClockState, Date, Limits, Priority, Sent};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Span, Timestamp, ToSpan};
use std::sync::LazyLock;

/// Name of the clock every case has.
pub const DETERMINATION: &str = "determination";

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

/// When something is due, and what was counted.
struct Counted {
    due: Timestamp,
    counts: String,
}

/// The determination: of the limits that hold for the case the one that ends first, LC 4610.6(d),
/// and what an approved extension adds to it.
fn counted_determination(case: &Case, limits: &Limits) -> Option<Counted> {
    let start = case.header.records_complete_date?;
    let ends = holding(case).into_iter().filter_map(|(deadline, from)| {
        let limit = limits.on(deadline, from)?;
        Some((last_day(limit, from, limits)?, limit))
    });
    let (day, limit) = ends.min_by_key(|(day, _)| *day)?;
    let mut counts = told(limit);
    let mut day = day;
    if let Some(extension) = case.dates.extension {
        let most = limits.on(Deadline::Extension, start)?;
        let amount = most.amount.min(u16::from(extension.days));
        day = last_day(Limit { amount, ..most }, day, limits)?;
        counts.push_str(&format!(", extended by {amount} d"));
    }
    if limits.rolls {
        day = calendar::working_on_or_after(day, &limits.closed_days)?;
    }
    let due = end_of(day)?;
    Some(Counted { due, counts })
}

/// Which limits hold for the determination of this case, each with the day it is counted from. A
/// review that became expedited on the way has its three days from the certification, and never
/// more than it had before.
fn holding(case: &Case) -> Vec<(Deadline, Date)> {
    let Some(start) = case.header.records_complete_date else {
        return Vec::new();
    };
    let mut all = vec![(Deadline::Standard, start)];
    if case.dates.is_formulary {
        all.push((Deadline::Formulary, start));
    }
    if case.priority() == Priority::Expedited {
        let certified = case.dates.certified.unwrap_or(start);
        all.push((Deadline::Expedited, start.max(certified)));
    }
    all
}

/// The last day of a limit.
fn last_day(limit: Limit, start: Date, limits: &Limits) -> Option<Date> {
    match limit.unit {
        Unit::CalendarDays => start.checked_add(i32::from(limit.amount).days()).ok(),
        Unit::WorkingDays => calendar::add_working_days(start, limit.amount, &limits.closed_days),
        // From the end of the day it started, for no hour of it is known.
        Unit::Hours => {
            let hours = i64::from(limit.amount).hours();
            let end = end_of(start)?.checked_add(hours).ok()?;
            Some(today(end))
        }
    }
}

fn told(limit: Limit) -> String {
    let row = limit.deadline.row();
    let (unit, from, basis) = (limit.unit.word(), row.from, row.basis);
    format!("{} {unit} from {from}, {basis}", limit.amount)
}

/// The last second of the day on which the determination is due; `None` where the start is not
/// known, and for a published determination. This is what the store's due column holds.
pub fn due_instant(case: &Case, limits: &Limits) -> Option<Timestamp> {
    if case.is_published {
        return None;
    }
    counted_determination(case, limits).map(|counted| counted.due)
}

/// The clock every case has: LC 4610.6(d), from the day the records were complete.
///
/// A published determination has been decided, so its clock never runs.
pub fn determination(file: &CaseFile, limits: &Limits, now: Timestamp) -> Clock {
    let case = &file.case;
    let counted = counted_determination(case, limits).filter(|_| !case.is_published);
    let due = counted.as_ref().map(|counted| counted.due);
    let state = match due {
        _ if case.is_published || !file.stage.is_open() => ClockState::Stopped,
        None => ClockState::NoStart,
        Some(due) if due < now => ClockState::Overdue,
        Some(_) => ClockState::Running,
    };
    Clock {
        name: DETERMINATION.to_owned(),
        starts: case.header.records_complete_date,
        due,
        state,
        counts: counted.map(|counted| counted.counts).unwrap_or_default(),
    }
}

/// A clock beside the determination's.
struct Side {
    name: &'static str,
    deadline: fn(&Case) -> Deadline,
    starts: fn(&Case) -> Option<Date>,
    /// Has what it waits for happened?
    is_done: fn(&Case) -> bool,
    /// Once it has run out: is something late, or is it merely over?
    is_owed: bool,
}

/// What others owe, or may still do.
const SIDES: [Side; 3] = [
    Side {
        name: "application",
        deadline: |case| match case.dates.is_formulary {
            true => Deadline::ApplicationFormulary,
            false => Deadline::Application,
        },
        starts: |case| case.dates.ur_served,
        is_done: |case| case.header.application_received_date.is_some(),
        is_owed: false,
    },
    Side {
        name: "records",
        deadline: |case| match (case.priority(), case.dates.notice_sent) {
            (Priority::Expedited, _) => Deadline::RecordsExpedited,
            (_, Some(Sent::Electronic)) => Deadline::RecordsElectronic,
            (_, Some(Sent::Mailed) | None) => Deadline::RecordsMailed,
        },
        starts: |case| case.dates.notice,
        is_done: |case| case.header.records_complete_date.is_some(),
        is_owed: true,
    },
    Side {
        name: "appeal",
        deadline: |_| Deadline::Appeal,
        starts: |case| case.dates.served,
        is_done: |_| false,
        is_owed: false,
    },
];

impl Side {
    fn clock(&self, case: &Case, limits: &Limits, now: Timestamp) -> Clock {
        let starts = (self.starts)(case);
        let limit = starts.and_then(|start| {
            let deadline = (self.deadline)(case);
            let usual = || limits.on(Deadline::Application, start);
            let found = limits.on(deadline, start);
            found.or_else(|| usual().filter(|_| deadline == Deadline::ApplicationFormulary))
        });
        let day = limit
            .zip(starts)
            .and_then(|(l, start)| last_day(l, start, limits));
        let due = day.and_then(end_of);
        let state = match due {
            None => ClockState::NoStart,
            Some(_) if case.is_published || (self.is_done)(case) => ClockState::Stopped,
            Some(due) if due >= now => ClockState::Running,
            Some(_) if self.is_owed => ClockState::Overdue,
            Some(_) => ClockState::Over,
        };
        Clock {
            name: self.name.to_owned(),
            starts,
            due,
            state,
            counts: limit.map(told).unwrap_or_default(),
        }
    }
}

/// Every clock of a case, the determination's first; those without a start are among them.
pub fn all(file: &CaseFile, limits: &Limits, now: Timestamp) -> Vec<Clock> {
    let sides = SIDES.iter().map(|side| side.clock(&file.case, limits, now));
    std::iter::once(determination(file, limits, now))
        .chain(sides)
        .collect()
}

/// The day on which the application had to be received, LC 4610.5(h)(1); `None` where it is not
/// known when UR was served.
pub fn application_due(case: &Case, limits: &Limits) -> Option<Date> {
    let side = SIDES.first()?;
    let due = side.clock(case, limits, Timestamp::UNIX_EPOCH).due?;
    Some(today(due))
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
        (ClockState::Over, _) => "over".to_owned(),
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
#[path = "clock_tests.rs"]
pub(super) mod tests;
