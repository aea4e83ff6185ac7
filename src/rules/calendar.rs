//! The days on which the State of California works: weekends and state holidays, by rule.
//!
//! The days are those on which the state's offices are closed, Government Code 19853(a): New Year's
//! Day, Martin Luther King Jr. Day, Presidents' Day, Cesar Chavez Day (31 March), Memorial Day,
//! Independence Day, Labor Day, Veterans Day, Thanksgiving Day and the day after, Christmas Day.
//! Which day stands in for one that falls on a weekend is Government Code 6701: the Monday after a
//! Sunday; of those on a Saturday Veterans Day alone, on the Friday before.

use crate::model::Date;
use jiff::ToSpan;
use jiff::civil::Weekday;
use std::collections::BTreeSet;

/// When a holiday is.
#[derive(Debug, Clone, Copy)]
enum When {
    /// The same day each year: month and day.
    Day(i8, i8),
    /// The n-th such day of a month; -1 is the last.
    Nth(i8, i8, Weekday),
    /// The day after that.
    DayAfterNth(i8, i8, Weekday),
}

/// One holiday: its name and when it is.
#[derive(Debug, Clone, Copy)]
struct Holiday {
    name: &'static str,
    when: When,
}

const HOLIDAYS: [Holiday; 11] = [
    Holiday {
        name: "New Year's Day",
        when: When::Day(1, 1),
    },
    Holiday {
        name: "Martin Luther King Jr. Day",
        when: When::Nth(1, 3, Weekday::Monday),
    },
    Holiday {
        name: "Presidents' Day",
        when: When::Nth(2, 3, Weekday::Monday),
    },
    Holiday {
        name: "Cesar Chavez Day",
        when: When::Day(3, 31),
    },
    Holiday {
        name: "Memorial Day",
        when: When::Nth(5, -1, Weekday::Monday),
    },
    Holiday {
        name: "Independence Day",
        when: When::Day(7, 4),
    },
    Holiday {
        name: "Labor Day",
        when: When::Nth(9, 1, Weekday::Monday),
    },
    Holiday {
        name: VETERANS,
        when: When::Day(11, 11),
    },
    Holiday {
        name: "Thanksgiving Day",
        when: When::Nth(11, 4, Weekday::Thursday),
    },
    Holiday {
        name: "the day after Thanksgiving",
        when: When::DayAfterNth(11, 4, Weekday::Thursday),
    },
    Holiday {
        name: "Christmas Day",
        when: When::Day(12, 25),
    },
];

/// The one holiday that a Friday stands in for.
const VETERANS: &str = "Veterans Day";

impl Holiday {
    /// The day in that year on which the state does not work for it; `None` where it falls on a
    /// Saturday and no other day stands in for it.
    fn observed(self, year: i16) -> Option<Date> {
        let day = self.day(year)?;
        match day.weekday() {
            Weekday::Sunday => day.tomorrow().ok(),
            Weekday::Saturday if self.name == VETERANS => day.yesterday().ok(),
            Weekday::Saturday => None,
            _ => Some(day),
        }
    }

    fn day(self, year: i16) -> Option<Date> {
        let nth = |month, n, weekday| {
            let first = Date::new(year, month, 1).ok()?;
            first.nth_weekday_of_month(n, weekday).ok()
        };
        match self.when {
            When::Day(month, day) => Date::new(year, month, day).ok(),
            When::Nth(month, n, weekday) => nth(month, n, weekday),
            When::DayAfterNth(month, n, weekday) => nth(month, n, weekday)?.tomorrow().ok(),
        }
    }
}

/// The holiday for which the state does not work on this day.
pub fn holiday(day: Date) -> Option<&'static str> {
    let found = HOLIDAYS
        .iter()
        .find(|h| h.observed(day.year()) == Some(day));
    found.map(|holiday| holiday.name)
}

/// Does the state work on this day? `closed` are other days on which it does not.
pub fn is_working(day: Date, closed: &BTreeSet<Date>) -> bool {
    let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    !is_weekend && holiday(day).is_none() && !closed.contains(&day)
}

/// Longest stretch without a working day that is believed, in days: rules.toml can close many.
const MOST_CLOSED: i32 = 4_000;

/// The day itself if the state works on it, else the next on which it does.
pub fn working_on_or_after(day: Date, closed: &BTreeSet<Date>) -> Option<Date> {
    let ahead = (0..MOST_CLOSED).map_while(|n| day.checked_add(n.days()).ok());
    ahead.into_iter().find(|day| is_working(*day, closed))
}

/// The n-th working day after this one; the day itself does not count.
pub fn add_working_days(day: Date, n: u16, closed: &BTreeSet<Date>) -> Option<Date> {
    (0..n).try_fold(day, |day, _| {
        working_on_or_after(day.tomorrow().ok()?, closed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn none() -> BTreeSet<Date> {
        BTreeSet::new()
    }

    /// As the California Department of Human Resources listed them.
    #[test]
    fn holidays_of_known_years() {
        let known = [
            (
                2022,
                vec![
                    (1, 17),
                    (2, 21),
                    (3, 31),
                    (5, 30),
                    (7, 4),
                    (9, 5),
                    (11, 11),
                    (11, 24),
                    (11, 25),
                    // New Year's Day was a Saturday; Christmas Day a Sunday.
                    (12, 26),
                ],
            ),
            (
                2023,
                vec![
                    (1, 2),
                    (1, 16),
                    (2, 20),
                    (3, 31),
                    (5, 29),
                    (7, 4),
                    (9, 4),
                    // Veterans Day was a Saturday.
                    (11, 10),
                    (11, 23),
                    (11, 24),
                    (12, 25),
                ],
            ),
            (
                2024,
                vec![
                    (1, 1),
                    (1, 15),
                    (2, 19),
                    // Cesar Chavez Day was a Sunday.
                    (4, 1),
                    (5, 27),
                    (7, 4),
                    (9, 2),
                    (11, 11),
                    (11, 28),
                    (11, 29),
                    (12, 25),
                ],
            ),
        ];
        for (year, days) in known {
            let expected: Vec<Date> = days.into_iter().map(|(m, d)| date(year, m, d)).collect();
            let first = date(year, 1, 1);
            let all = (0..366).map_while(|n| first.checked_add(n.days()).ok());
            let found: Vec<Date> = all
                .filter(|d| d.year() == year && holiday(*d).is_some())
                .collect();
            assert_eq!(found, expected, "{year}");
        }
    }

    #[test]
    fn a_closed_day_is_not_worked_on() {
        let closed = BTreeSet::from([date(2026, 6, 19)]);
        assert!(is_working(date(2026, 6, 19), &none()));
        assert!(!is_working(date(2026, 6, 19), &closed));
        // Thursday, and two days on: Juneteenth is closed, so Monday and Tuesday.
        assert_eq!(
            add_working_days(date(2026, 6, 18), 2, &closed),
            Some(date(2026, 6, 23))
        );
    }

    proptest! {
        #[test]
        fn working_days_are_counted_one_by_one(
            y in 2013i16..=2035, day in 0i32..366, n in 0u16..30
        ) {
            let start = date(y, 1, 1).checked_add(day.days()).unwrap();
            let end = add_working_days(start, n, &none()).unwrap();
            // The slow way: walk every day.
            let mut walked = start;
            let mut left = n;
            while left > 0 {
                walked = walked.tomorrow().unwrap();
                let is_weekend = matches!(walked.weekday(), Weekday::Saturday | Weekday::Sunday);
                if !is_weekend && holiday(walked).is_none() {
                    left -= 1;
                }
            }
            prop_assert_eq!(end, walked);
            prop_assert!(n == 0 || is_working(end, &none()));
        }

        #[test]
        fn each_year_has_nine_to_eleven_holidays_and_no_stretch_of_five_days_off(y in 2013i16..=2035) {
            let first = date(y, 1, 1);
            let days = (0..366).map(|n| first.checked_add(n.days()).unwrap());
            let days: Vec<Date> = days.filter(|d| d.year() == y).collect();
            let holidays = days.iter().filter(|d| holiday(**d).is_some()).count();
            prop_assert!((9..=11).contains(&holidays), "{holidays}");
            for stretch in days.windows(5) {
                prop_assert!(stretch.iter().any(|d| is_working(*d, &none())));
            }
        }
    }
}
