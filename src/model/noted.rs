//! What the reviewer notes of an item because the request does not say it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What the request leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Noted {
    /// Status of the drug in the MTUS drug formulary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formulary: Option<Formulary>,
    /// Units (tablets, patches) taken a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units_a_day: Option<Units>,
    /// Visits of the same kind that the patient had before this request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visits_before: Option<u32>,
}

impl Noted {
    /// Is nothing noted?
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Status of a drug in the MTUS drug list, 8 CCR 9792.27.15.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Formulary {
    /// May be dispensed without prospective review.
    Exempt,
    /// Needs prospective review.
    NonExempt,
    /// Not in the list; needs prospective review.
    Unlisted,
}

impl Formulary {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Exempt, Self::NonExempt, Self::Unlisted];

    /// As shown.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exempt => "Exempt",
            Self::NonExempt => "Non-exempt",
            Self::Unlisted => "Unlisted",
        }
    }

    /// Reads [`Formulary::word`], whatever the size of its letters.
    pub fn parse(word: &str) -> Option<Self> {
        let is_it = |status: &Self| status.word().eq_ignore_ascii_case(word.trim());
        Self::ALL.into_iter().find(is_it)
    }
}

/// A number with at most two decimals: `4`, `1.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Units {
    /// A hundredth each.
    hundredths: u32,
}

impl Units {
    /// So many hundredths.
    pub const fn of_hundredths(hundredths: u32) -> Self {
        Self { hundredths }
    }

    /// A whole number.
    pub fn of_whole(n: u32) -> Option<Self> {
        n.checked_mul(100).map(Self::of_hundredths)
    }

    /// How many hundredths.
    pub const fn hundredths(self) -> u32 {
        self.hundredths
    }

    /// Reads `4`, `1.5`, `.25`; at most 1,000.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let is_right = (1..=4).contains(&(whole.len() + part.len()))
            && part.len() <= 2
            && whole
                .bytes()
                .chain(part.bytes())
                .all(|b| b.is_ascii_digit());
        let whole: u32 = if whole.is_empty() {
            0
        } else {
            whole.parse().ok()?
        };
        let part: u32 = format!("{part:0<2}").parse().ok()?;
        let units = whole.checked_mul(100)?.checked_add(part)?;
        (is_right && units <= 100_000).then_some(Self::of_hundredths(units))
    }
}

impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.hundredths / 100, self.hundredths % 100);
        match (part, part % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", part / 10),
            _ => write!(f, "{whole}.{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_and_said() {
        for (text, said) in [
            ("4", "4"),
            ("1.5", "1.5"),
            (".25", "0.25"),
            ("2.50", "2.5"),
            ("3.05", "3.05"),
        ] {
            assert_eq!(Units::parse(text).unwrap().to_string(), said);
        }
        for no in ["", ".", "-1", "1,5", "1.555", "12345", "a", "1e3"] {
            assert_eq!(Units::parse(no), None, "{no}");
        }
        assert_eq!(Units::of_whole(7), Units::parse("7"));
    }

    #[test]
    fn what_is_not_noted_takes_no_room() {
        assert_eq!(serde_json::to_string(&Noted::default()).unwrap(), "{}");
        let noted: Noted =
            serde_json::from_str(r#"{"formulary":"non_exempt","units_a_day":450}"#).unwrap();
        assert_eq!(noted.formulary, Some(Formulary::NonExempt));
        assert_eq!(noted.units_a_day, Units::parse("4.5"));
        assert_eq!(Formulary::parse("non-exempt"), Some(Formulary::NonExempt));
    }
}
