//! Age, sex and, where no header names it, the date of injury: from the summary's own words.

use crate::model::{Date, Patient, Sex, date, text};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// The oldest age believed.
const OLDEST: u8 = 120;

fn shape(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

static AGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    shape(
        r"(?ix)\b(?:
        (?P<old>\d{1,3})\s*[-\u{2010}-\u{2015}\s]?\s*(?:years?|yrs?\.?)\s*[-\u{2010}-\u{2015}\s]?\s*(?:old|of\ age)\b
        |(?P<yo>\d{1,3})\s*-?\s*y\.?\s?/?\s?o\b
        |age[d]?:?\s+(?:of\s+)?(?P<aged>\d{1,3})\b
        |(?P<word>(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:[-\ ](?:one|two|three|four|five|six|seven|eight|nine))?)[-\ ]years?[-\ ]old\b
        )",
    )
});

static SEX: LazyLock<Option<Regex>> = LazyLock::new(|| {
    shape(
        r"\b(?i:(?P<f>female|woman|lady)|(?P<m>male|man|gentleman))\b|\b(?:(?P<ms>Mrs|Ms|Miss)|(?P<mr>Mr))\b",
    )
});

static PRONOUN: LazyLock<Option<Regex>> =
    LazyLock::new(|| shape(r"(?i)\b(?:(?P<f>she|her|hers|herself)|(?P<m>he|his|him|himself))\b"));

static INJURY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const DAY: &str = r"(\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})";
    shape(&format!(
        r"{DAY} (?:industrial )?date of injury|[Dd]ate of injury(?: (?:is|was|of|on))?:? {DAY}|(?:DOI|D\.O\.I\.):? {DAY}|(?:[Ii]njury|[Ii]njured|injuries)(?: date)?(?: of| on| dated)+ {DAY}"
    ))
});

/// Age and sex, as far as the summary says.
pub fn read(summary: &str) -> Patient {
    let folded = text::fold(summary);
    let (age, after) = age(&folded);
    Patient {
        age,
        sex: sex_beside(after).or_else(|| sex(&folded)),
    }
}

/// The first age that a sex follows at once (a son's or an injury's age rarely has one), else the
/// first one; with the text behind it.
fn age(text: &str) -> (Option<u8>, &str) {
    let Some(shape) = AGE.as_ref() else {
        return (None, "");
    };
    let ages: Vec<(u8, &str)> = shape
        .captures_iter(text)
        .filter_map(|found| {
            let after = text.get(found.get(0)?.end()..)?;
            years(&found).filter(|a| *a <= OLDEST).map(|a| (a, after))
        })
        .collect();
    let with_sex = ages.iter().find(|(_, after)| sex_beside(after).is_some());
    with_sex
        .or(ages.first())
        .map_or((None, ""), |(age, after)| (Some(*age), after))
}

fn years(found: &Captures) -> Option<u8> {
    let digits = ["old", "yo", "aged"].iter().find_map(|n| found.name(n));
    match digits {
        Some(digits) => digits.as_str().parse().ok(),
        None => worded(found.name("word")?.as_str()),
    }
}

fn worded(text: &str) -> Option<u8> {
    const TENS: [&str; 7] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    ];
    const ONES: [&str; 9] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let lower = text.to_ascii_lowercase();
    let mut words = lower.split(['-', ' ']);
    let tens = words.next()?;
    let tens = TENS.iter().position(|t| *t == tens)?;
    let ones = words.next().and_then(|w| ONES.iter().position(|o| *o == w));
    u8::try_from((tens + 2) * 10 + ones.map_or(0, |o| o + 1)).ok()
}

/// A sex within the few words behind an age: `right-hand dominant male`, `M`.
fn sex_beside(after: &str) -> Option<Sex> {
    const REACH: usize = 6;
    let near: Vec<&str> = after
        .split(' ')
        .filter(|w| !w.is_empty())
        .take_while(|w| !w.contains(|c: char| c.is_ascii_digit()))
        .take(REACH)
        .collect();
    let letter = near.first().map(|w| w.trim_end_matches([',', '.', ';']));
    match letter {
        Some("M") => return Some(Sex::Male),
        Some("F") => return Some(Sex::Female),
        _ => {}
    }
    sex_named(&near.join(" "))
}

fn sex_named(text: &str) -> Option<Sex> {
    let found = SEX.as_ref()?.captures(text)?;
    let is_female = found.name("f").or_else(|| found.name("ms")).is_some();
    Some(if is_female { Sex::Female } else { Sex::Male })
}

fn sex(text: &str) -> Option<Sex> {
    sex_named(text).or_else(|| by_pronouns(text))
}

/// Last resort: the pronoun used more often.
fn by_pronouns(text: &str) -> Option<Sex> {
    let count = |group: &str| {
        PRONOUN.as_ref().map_or(0, |shape| {
            let found = shape.captures_iter(text);
            found.filter(|c| c.name(group).is_some()).count()
        })
    };
    match count("f").cmp(&count("m")) {
        std::cmp::Ordering::Greater => Some(Sex::Female),
        std::cmp::Ordering::Less => Some(Sex::Male),
        std::cmp::Ordering::Equal => None,
    }
}

/// `with a 10/8/08 date of injury`, for letters without a header.
pub fn injury_date(summary: &str) -> Option<Date> {
    let folded = text::fold(summary);
    let found = INJURY.as_ref()?.captures(&folded)?;
    let day = found.iter().skip(1).flatten().next()?;
    date::parse(day.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_age_and_sex() {
        for (summary, age, sex) in [
            (
                "This is a  59-year-old female patient",
                Some(59),
                Some(Sex::Female),
            ),
            (
                "a 65 year old right-hand dominant male",
                Some(65),
                Some(Sex::Male),
            ),
            ("a 52 y/o M with neck pain", Some(52), Some(Sex::Male)),
            ("a gentleman, aged 61, fell", Some(61), Some(Sex::Male)),
            ("a forty-two year old woman", Some(42), Some(Sex::Female)),
            (
                "a 54\u{2013}year\u{2013}old male mechanic",
                Some(54),
                Some(Sex::Male),
            ),
            (
                "a 10 year old injury of a 44-year-old man",
                Some(44),
                Some(Sex::Male),
            ),
            ("a 130 year old man", None, Some(Sex::Male)),
            (
                "She fell. Her husband says he saw her.",
                None,
                Some(Sex::Female),
            ),
            ("The worker fell.", None, None),
        ] {
            assert_eq!(read(summary), Patient { age, sex }, "{summary}");
        }
    }

    #[test]
    fn date_of_injury() {
        for text in [
            "with a 10/8/08 date of injury.",
            "sustained an industrial injury on 10-08-2008.",
            "DOI: 10/8/2008",
            "date of injury of October 8, 2008",
        ] {
            assert_eq!(injury_date(text), date::parse("10/8/08"), "{text}");
        }
    }
}
