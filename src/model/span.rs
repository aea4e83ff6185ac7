//! Spans of numbers and of days, as a filter names them: `3`, `>2`, `2..4`; `2008`, `<10/2008`.

use super::date::{self, Date};
use jiff::ToSpan;
use std::fmt;

/// Numbers from one to another, both included; open where one is not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    first: Option<u32>,
    last: Option<u32>,
}

/// The signs of a comparison, the longer ones first.
const SIGNS: [&str; 4] = ["<=", ">=", "<", ">"];

/// Sign and what follows it.
fn compared(text: &str) -> Option<(&'static str, &str)> {
    let sign = SIGNS.into_iter().find(|sign| text.starts_with(sign))?;
    Some((sign, text.strip_prefix(sign)?))
}

impl Numbers {
    /// That one alone.
    pub const fn exactly(n: u32) -> Self {
        Self {
            first: Some(n),
            last: Some(n),
        }
    }

    /// Reads `3`, `<3`, `<=3`, `>3`, `>=3`, `2..4`, `2..`, `..4`; `None` for anything else, and for
    /// what no number is.
    pub fn read(text: &str) -> Option<Self> {
        let number = |text: &str| text.parse::<u32>().ok();
        if let Some((sign, text)) = compared(text) {
            let n = number(text)?;
            let (first, last) = match sign {
                "<" => (None, Some(n.checked_sub(1)?)),
                "<=" => (None, Some(n)),
                ">" => (Some(n.checked_add(1)?), None),
                _ => (Some(n), None),
            };
            return Some(Self { first, last });
        }
        if let Some((first, last)) = text.split_once("..") {
            let (first, last) = ends(first, last, number)?;
            return Some(Self { first, last }).filter(|_| is_ordered(first, last));
        }
        number(text).map(Self::exactly)
    }

    /// Is it one of them?
    pub fn contains(self, n: u32) -> bool {
        self.first.is_none_or(|first| n >= first) && self.last.is_none_or(|last| n <= last)
    }

    /// Printed with a unit behind the number: `<=2d`.
    pub fn with_unit(self, unit: &str) -> String {
        format!("{self}{unit}")
    }
}

/// Both ends of `a..b`, one of which may be missing.
fn ends<T>(
    first: &str,
    last: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Option<(Option<T>, Option<T>)> {
    let end = |text: &str| match text {
        "" => Some(None),
        text => read(text).map(Some),
    };
    let (first, last) = (end(first)?, end(last)?);
    (first.is_some() || last.is_some()).then_some((first, last))
}

fn is_ordered<T: PartialOrd>(first: Option<T>, last: Option<T>) -> bool {
    first.zip(last).is_none_or(|(first, last)| first <= last)
}

/// As the grammar reads it: `3`, `3..5`, `>=3`, `<=5`.
fn print<T: fmt::Display + PartialEq>(
    f: &mut fmt::Formatter<'_>,
    first: Option<T>,
    last: Option<T>,
) -> fmt::Result {
    match (first, last) {
        (Some(first), Some(last)) if first == last => write!(f, "{first}"),
        (Some(first), Some(last)) => write!(f, "{first}..{last}"),
        (Some(first), None) => write!(f, ">={first}"),
        (None, Some(last)) => write!(f, "<={last}"),
        (None, None) => Ok(()),
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print(f, self.first, self.last)
    }
}

/// Days from one to another, both included; open where one is not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// `None`: from the first on.
    pub first: Option<Date>,
    /// `None`: without an end.
    pub last: Option<Date>,
}

impl Days {
    /// Reads a day, a month (`10/2008`, `2008-10`), a year, or `<`, `<=`, `>`, `>=` and `..` with
    /// them; `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        if let Some((sign, text)) = compared(text) {
            let (first, last) = period(text)?;
            let (first, last) = match sign {
                "<" => (None, Some(first.yesterday().ok()?)),
                "<=" => (None, Some(last)),
                ">" => (Some(last.tomorrow().ok()?), None),
                _ => (Some(first), None),
            };
            // Beyond the calendar of this program nothing could be read again.
            let is_known = |day: Option<Date>| day.is_none_or(date::is_known);
            return Some(Self { first, last }).filter(|_| is_known(first) && is_known(last));
        }
        if let Some((first, last)) = text.split_once("..") {
            let (first, last) = ends(first, last, period)?;
            let (first, last) = (first.map(|p| p.0), last.map(|p| p.1));
            return Some(Self { first, last }).filter(|_| is_ordered(first, last));
        }
        let (first, last) = period(text)?;
        Some(Self {
            first: Some(first),
            last: Some(last),
        })
    }

    /// The days that lie so many days after `today`.
    pub fn left(today: Date, numbers: Numbers) -> Self {
        let day = |n: u32| {
            let days = i32::try_from(n).unwrap_or(i32::MAX).min(1_000_000);
            today.checked_add(days.days()).unwrap_or(Date::MAX)
        };
        Self {
            first: numbers.first.map(day),
            last: numbers.last.map(day),
        }
    }

    /// Is it one of them?
    pub fn contains(self, day: Date) -> bool {
        self.first.is_none_or(|first| day >= first) && self.last.is_none_or(|last| day <= last)
    }
}

/// First and last day of a year, a month or a day.
fn period(text: &str) -> Option<(Date, Date)> {
    if let Some(day) = date::parse(text) {
        return Some((day, day));
    }
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    let (year, month) = match parts.as_slice() {
        [year] if year.len() == 4 => (*year, None),
        [month, year] if year.len() == 4 => (*year, Some(*month)),
        [year, month] if year.len() == 4 => (*year, Some(*month)),
        _ => return None,
    };
    // Through the reader of dates, which knows what is a year and a month.
    let first = |month: &str| date::parse(&format!("{month}/1/{year}"));
    let (first, last) = match month {
        None => (first("1")?, first("12")?),
        Some(month) => (first(month)?, first(month)?),
    };
    Some((first, last.last_of_month()))
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print(f, self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let read = |text: &str| Numbers::read(text).map(|n| n.to_string());
        for (text, expected) in [
            ("3", "3"),
            ("<3", "<=2"),
            (">=3", ">=3"),
            ("2..4", "2..4"),
            ("2..", ">=2"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "<0", "4..2", "..", "x", "-1", ">4294967295", "1.5"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn days() {
        let read = |text: &str| Days::read(text).map(|d| d.to_string());
        for (text, expected) in [
            ("10/8/08", "2008-10-08"),
            ("2008", "2008-01-01..2008-12-31"),
            ("2/2008", "2008-02-01..2008-02-29"),
            ("2008-02", "2008-02-01..2008-02-29"),
            (">2008", ">=2009-01-01"),
            ("<10/8/08", "<=2008-10-07"),
            ("2008..2010", "2008-01-01..2010-12-31"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
            assert_eq!(read(expected).as_deref(), Some(expected), "{expected}");
        }
        for text in ["", "1776", "13/2008", "08", "2/30/2008", "2010..2008", "x"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
