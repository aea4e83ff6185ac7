//! Case numbers: `CM16-0219557`, the oldest `IMR 13-000004`; and the key a case has in the store.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An IMR case number: a prefix, two digits of the year, six or seven digits (domain 2.1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseNumber(String);

/// Why a text is no case number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no case number: expected a shape like CM14-0012345")]
pub struct BadCaseNumber(String);

impl FromStr for CaseNumber {
    type Err = BadCaseNumber;

    fn from_str(text: &str) -> Result<Self, BadCaseNumber> {
        let bad = || BadCaseNumber(super::text::clean_line(text));
        let upper = text.trim().to_ascii_uppercase();
        let split = upper.find(|c: char| c.is_ascii_digit()).ok_or_else(bad)?;
        let (prefix, digits) = upper.split_at_checked(split).ok_or_else(bad)?;
        let prefix = prefix.trim_end();
        let (year, serial) = digits.split_once('-').ok_or_else(bad)?;
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let shape = matches!(prefix, "CM" | "IMR" | "ED" | "")
            && year.len() == 2
            && (6..=7).contains(&serial.len())
            && all_digits(year)
            && all_digits(serial);
        let gap = if prefix == "IMR" { " " } else { "" };
        if shape {
            Ok(Self(format!("{prefix}{gap}{year}-{serial}")))
        } else {
            Err(bad())
        }
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for CaseNumber {
    type Error = BadCaseNumber;
    fn try_from(text: String) -> Result<Self, BadCaseNumber> {
        text.parse()
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> Self {
        number.0
    }
}

/// The key of a case in the store: its number, or `local-` and eight hex digits of the file's
/// SHA-256 for a letter without one (the seed letter). Never empty, never a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseId(String);

impl CaseId {
    /// The key of a numbered case.
    pub fn of(number: &CaseNumber) -> Self {
        Self(number.to_string())
    }

    /// The key of a case whose letter carries no number; `digest` is the hex SHA-256 of its file.
    pub fn local(digest: &str) -> Self {
        let hex: String = digest
            .chars()
            .filter(char::is_ascii_hexdigit)
            .take(8)
            .collect();
        Self(format!("local-{hex}"))
    }

    /// What a user typed to name a case. A number is put in its usual shape, anything else is
    /// taken as it is (the store then says whether such a case exists).
    pub fn typed(text: &str) -> Self {
        text.parse::<CaseNumber>()
            .map_or_else(|_| Self(super::text::clean_line(text)), |n| Self::of(&n))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shapes() {
        assert_eq!(
            "cm16-0219557".parse::<CaseNumber>().unwrap().to_string(),
            "CM16-0219557"
        );
        assert_eq!(
            "IMR13-000004".parse::<CaseNumber>().unwrap().to_string(),
            "IMR 13-000004"
        );
        for bad in [
            "",
            "CM16",
            "CM16-12",
            "CM1-0219557",
            "XX16-0219557",
            "CM16-02é9557",
        ] {
            assert!(bad.parse::<CaseNumber>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_settled(s in "\\PC{0,20}|CM[0-9]{2}-[0-9]{7}") {
            if let Ok(n) = s.parse::<CaseNumber>() {
                prop_assert_eq!(n.to_string().parse::<CaseNumber>().unwrap(), n);
            }
        }
    }
}
