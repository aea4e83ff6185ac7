//! Dates as letters write them, and as we do: ISO 8601 in data, `m/d/yyyy` on screen.

pub use jiff::civil::Date;
use jiff::civil::date;

/// Years a letter can sensibly name; anything else is a misprint and is left as raw text.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2099;

/// Reads `10/8/08`, `10/08/2008`, `10-08-2008`, `2008-10-08`, `October 8, 2008` or `Oct 8 2008`.
///
/// Two-digit years up to 40 are this century (the seed letter's `10/8/08` is 2008). `None` where
/// the text is no date or no date of the calendar: never a guess.
pub fn parse(text: &str) -> Option<Date> {
    let text = text.trim().trim_end_matches(['.', ',']);
    numeric(text).or_else(|| worded(text))
}

fn numeric(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    if a.len() == 4 {
        return checked(year(a)?, small(b)?, small(c)?);
    }
    checked(year(c)?, small(a)?, small(b)?)
}

fn worded(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let [m, d, y] = words.as_slice() else {
        return None;
    };
    checked(year(y)?, month(m)?, small(d)?)
}

fn month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let found = NAMES
        .iter()
        .position(|n| *n == word || (word.len() >= 3 && n.starts_with(&word)))?;
    i8::try_from(found + 1).ok()
}

fn small(text: &str) -> Option<i8> {
    digits(text, 1..=2)?.parse().ok()
}

fn year(text: &str) -> Option<i16> {
    let digits = digits(text, 2..=4)?;
    let value: i16 = digits.parse().ok()?;
    match digits.len() {
        2 if value <= 40 => Some(2000 + value),
        2 => Some(1900 + value),
        4 => Some(value),
        _ => None,
    }
}

fn digits(text: &str, len: std::ops::RangeInclusive<usize>) -> Option<&str> {
    (len.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}

fn checked(y: i16, m: i8, d: i8) -> Option<Date> {
    YEARS
        .contains(&y)
        .then(|| Date::new(y, m, d).ok())
        .flatten()
}

/// Is it in a year that a letter can sensibly name?
pub fn is_known(d: Date) -> bool {
    YEARS.contains(&d.year())
}

/// As letters print it: `01/04/2014`.
pub fn long(d: Date) -> String {
    format!("{:02}/{:02}/{:04}", d.month(), d.day(), d.year())
}

/// For narrow columns: `01/04/14`.
pub fn short(d: Date) -> String {
    format!(
        "{:02}/{:02}/{:02}",
        d.month(),
        d.day(),
        d.year().rem_euclid(100)
    )
}

/// The day this program's calendar starts; older dates are refused by [`parse`].
pub const FIRST: Date = date(1900, 1, 1);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shapes_in_letters() {
        let want = Some(date(2008, 10, 8));
        for text in [
            "10/8/08",
            "10/08/2008",
            "10-08-2008",
            "2008-10-08",
            "October 8, 2008",
            "Oct. 8 2008",
        ] {
            assert_eq!(parse(text), want, "{text}");
        }
        for bad in [
            "13/45/99",
            "2/30/2014",
            "0/0/0",
            "10/8",
            "yesterday",
            "10/8/0008",
            "M 8, 2008",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn prints_and_reads(y in 1941i16..=2040, m in 1i8..=12, d in 1i8..=28) {
            let day = date(y, m, d);
            prop_assert_eq!(parse(&long(day)), Some(day));
            prop_assert_eq!(parse(&short(day)), Some(day));
            prop_assert_eq!(parse(&day.to_string()), Some(day));
        }

        #[test]
        fn never_panics(s in "\\PC{0,24}") { let _ = parse(&s); }
    }
}
