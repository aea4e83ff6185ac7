//! Ages and words of sex.

use super::pattern;
use crate::model::Sex;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static AGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<before>\w+ )?\b(?P<age>\d{1,3})[- ]{0,2}(?:years?|yrs?\.?)[- ]{0,2}(?:old\b|of age\b)(?: (?:or|and) (?P<more>older|over|above|younger))?",
    )
});

/// Words before an age that make it a bound and no one's own.
const BOUNDS: [&str; 12] = [
    "over", "under", "than", "least", "above", "below", "aged", "ages", "to", "or", "until",
    "older",
];

/// Ages told of a person, with their words.
pub fn ages(small: &str) -> Vec<(u32, Range<usize>)> {
    let Some(age) = AGE.as_ref() else {
        return Vec::new();
    };
    let found = age.captures_iter(small).filter_map(|found| {
        let before = found.name("before").map_or("", |m| m.as_str().trim());
        if BOUNDS.contains(&before) || found.name("more").is_some() {
            return None;
        }
        let number = found.name("age")?;
        let years = number.as_str().parse().ok()?;
        Some((years, number.start()..found.get(0)?.end()))
    });
    found.collect()
}

static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\b(?:(?P<f>she|hers?|herself)|(?P<m>he|his|him|himself)|(?P<fn>female|woman|lady)|(?P<mn>male|man|gentleman))\b",
    )
});

/// A word that tells a sex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SexWord {
    /// Which.
    pub sex: Sex,
    /// `female`, `man`: not `her`, `he`.
    pub is_noun: bool,
    /// Where.
    pub span: Range<usize>,
}

/// Words of sex; `he/she` and `his or her` tell none.
pub fn sexes(small: &str) -> Vec<SexWord> {
    let Some(word) = WORD.as_ref() else {
        return Vec::new();
    };
    let found = word.captures_iter(small).filter_map(|found| {
        let whole = found.get(0)?;
        let has = |name: &str| found.name(name).is_some();
        let before = small.get(..whole.start())?;
        let after = small.get(whole.end()..)?;
        let is_choice = ["/", " or ", "(s"].iter().any(|c| after.starts_with(c))
            || before.ends_with(['/', '('])
            || before.ends_with(" or ");
        let sex = if has("f") || has("fn") {
            Sex::Female
        } else {
            Sex::Male
        };
        (!is_choice).then(|| SexWord {
            sex,
            is_noun: has("fn") || has("mn"),
            span: whole.range(),
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_of_people_and_bounds_of_none() {
        let all = |text: &str| ages(text).into_iter().map(|a| a.0).collect::<Vec<_>>();
        assert_eq!(
            all("a 59-year-old female, a 37 year old, 40 years of age"),
            [59, 37, 40]
        );
        assert_eq!(
            all("over 65 years old; 18 to 60 years of age or older"),
            [0_u32; 0]
        );
    }

    #[test]
    fn a_choice_of_words_tells_no_sex() {
        let all = |text: &str| sexes(text).len();
        assert_eq!(all("she saw her doctor"), 2);
        assert_eq!(all("he/she told his or her doctor"), 0);
    }
}
