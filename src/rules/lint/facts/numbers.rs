//! Doses, quantities, sessions, how often and for how long.

use super::pattern;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Strength of a drug: mg, mcg, %.
    Strength,
    /// `#60`, `60 tablets`.
    Quantity,
    /// Refills.
    Refills,
    /// Visits, sessions, treatments.
    Sessions,
    /// Times a week.
    Weekly,
    /// Weeks.
    Weeks,
    /// Days.
    Days,
    /// Months.
    Months,
}

impl Unit {
    /// As a message names it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Strength => "strength",
            Self::Quantity => "quantity",
            Self::Refills => "refills",
            Self::Sessions => "sessions",
            Self::Weekly => "times a week",
            Self::Weeks => "weeks",
            Self::Days => "days",
            Self::Months => "months",
        }
    }
}

/// A number told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// What it counts.
    pub unit: Unit,
    /// Digits as one writes them: `10/325`, `7.5`, `12`.
    pub value: String,
    /// The word it is told of: for a strength or a quantity the drug.
    pub of: String,
    /// Its words.
    pub span: Range<usize>,
}

const COUNT: &str = r"\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|twenty-four|thirty|sixty|ninety";

const WORDS: [(&str, u32); 21] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("eighteen", 18),
    ("twenty", 20),
    ("twenty-four", 24),
    ("thirty", 30),
    ("sixty", 60),
];

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"(?:(?P<mg>\d[\d.,]*(?:[-/]\d[\d.]*)*) ?(?P<mgu>mg|mcg|milligrams?|micrograms?|%))",
            r"|(?:# ?(?P<qty>\d{{1,4}})\b|\b(?P<qty2>{0}) (?:tablets?|tabs?|pills?|capsules?|caps|count|patches)\b|\b(?:quantity|qty)\.?(?: of|:)? ?(?P<qty3>\d{{1,4}})\b)",
            r"|\b(?P<times>{0}) ?(?:\(\d+\) ?)?(?:times?|x|visits?|sessions?)[ -]?(?:(?:a|per|each|every) week|weekly|/ ?week|/wk|per wk)(?: ?(?:for|x|times|over|,)? ?(?P<for>{0}) ?(?:\(\d+\) ?)?(?:weeks?|wks?))?\b",
            r"|\b(?P<grid>\d{{1,2}}) ?(?:x|times) ?(?P<grid2>\d{{1,2}})\b",
            r"|\b(?P<n>{0})(?: ?\(\d+\))?(?: (?:additional|more|initial|further|remaining|total|post-?op\w*|physical|occupational|aquatic|chiropractic|acupuncture|massage|therapy|psychotherapy|cognitive|behavioral|land-based|formal|supervised|manual|therapeutic|manipulat\w+)){{0,4}}[ -](?P<nu>sessions?|visits?|treatments?|refills?|weeks?|days?|months?)\b"
        ),
        COUNT
    ))
});

fn count(text: &str) -> String {
    let found = WORDS.iter().find(|(word, _)| *word == text);
    found.map_or_else(
        || text.trim_start_matches('0').to_owned(),
        |(_, n)| n.to_string(),
    )
}

/// Words between a drug's name and its numbers.
const FORMS: [&str; 36] = [
    "er", "xr", "sr", "cr", "dr", "hcl", "tablet", "tablets", "tab", "tabs", "capsule", "capsules",
    "oral", "dose", "the", "of", "at", "is", "for", "mg", "mcg", "ds", "ec", "patch", "gel",
    "cream", "topical", "sodium", "qty", "quantity", "with", "and", "take", "taking", "a", "ir",
];

/// The drug a number is told of: the last word of letters before it that is none of [`FORMS`].
fn drug(before: &str) -> String {
    let clause = before.rsplit(['.', ';', ':']).next().unwrap_or_default();
    // `10.5 mg`: a stop within a number ends no clause, but then the word is not far either.
    let words = clause.rsplit(|c: char| !(c.is_ascii_alphabetic() || c == '-'));
    let mut words = words
        .filter(|word| word.len() > 1 && !FORMS.contains(word))
        .take(1);
    words.next().unwrap_or_default().to_owned()
}

/// Every number told, in small letters.
pub fn read(small: &str) -> Vec<Number> {
    let Some(number) = NUMBER.as_ref() else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for found in number.captures_iter(small) {
        told(small, &found, &mut all);
    }
    all
}

fn told(small: &str, found: &Captures, all: &mut Vec<Number>) {
    let Some(whole) = found.get(0) else { return };
    let group = |name: &str| found.name(name).map(|m| m.as_str());
    let before = small.get(..whole.start()).unwrap_or_default();
    let mut add = |unit: Unit, value: String| {
        let of = match unit {
            Unit::Strength | Unit::Quantity => drug(before),
            _ => String::new(),
        };
        all.push(Number {
            unit,
            value,
            of,
            span: whole.range(),
        });
    };
    if let Some(value) = group("mg") {
        return add(
            Unit::Strength,
            value.trim_end_matches(['.', ',']).replace([',', '-'], "/"),
        );
    }
    if let Some(value) = group("qty").or(group("qty2")).or(group("qty3")) {
        return add(Unit::Quantity, count(value));
    }
    if let Some(times) = group("times") {
        add(Unit::Weekly, count(times));
        if let Some(weeks) = group("for") {
            add(Unit::Weeks, count(weeks));
            product(&count(times), &count(weeks))
                .into_iter()
                .for_each(|n| add(Unit::Sessions, n));
        }
        return;
    }
    if let (Some(a), Some(b)) = (group("grid"), group("grid2")) {
        add(Unit::Weekly, count(a));
        add(Unit::Weeks, count(b));
        return product(a, b)
            .into_iter()
            .for_each(|n| add(Unit::Sessions, n));
    }
    if let (Some(n), Some(unit)) = (group("n"), group("nu")) {
        let unit = match unit.trim_end_matches('s') {
            "refill" => Unit::Refills,
            "week" => Unit::Weeks,
            "day" => Unit::Days,
            "month" => Unit::Months,
            _ => Unit::Sessions,
        };
        add(unit, count(n));
    }
}

fn product(a: &str, b: &str) -> Option<String> {
    let (a, b): (u32, u32) = (a.parse().ok()?, b.parse().ok()?);
    a.checked_mul(b).map(|n| n.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(Unit, String, String)> {
        read(text)
            .into_iter()
            .map(|n| (n.unit, n.value, n.of))
            .collect()
    }

    #[test]
    fn numbers_as_written() {
        let s = |unit, value: &str, of: &str| (unit, value.to_owned(), of.to_owned());
        assert_eq!(
            all("norco 10/325mg #60 with 2 refills"),
            [
                s(Unit::Strength, "10/325", "norco"),
                s(Unit::Quantity, "60", "norco"),
                s(Unit::Refills, "2", "")
            ]
        );
        assert_eq!(
            all("therapy 2 times a week for six weeks"),
            [
                s(Unit::Weekly, "2", ""),
                s(Unit::Weeks, "6", ""),
                s(Unit::Sessions, "12", "")
            ]
        );
        assert_eq!(
            all("eight physical therapy sessions"),
            [s(Unit::Sessions, "8", "")]
        );
        assert_eq!(
            all("ultram er 100 mg"),
            [s(Unit::Strength, "100", "ultram")]
        );
        assert_eq!(all("physical exam 2 times 8").len(), 3);
    }
}
