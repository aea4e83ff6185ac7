//! The days on which clocks start, beside those of the header. Each is entered, or read from a case
//! file; none is guessed.

use super::date::Date;
use serde::{Deserialize, Serialize};

/// A day of the case that starts or moves a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseDay {
    /// Notice of assignment and request for information (NOARFI): records are due from it.
    Notice,
    /// Service of the written UR decision: the application is due from it.
    UrServed,
    /// Certification of an imminent and serious threat: without it no review is expedited.
    Certified,
    /// Service of the determination: a petition against it is due from it.
    Served,
}

impl CaseDay {
    /// In the order in which they come.
    pub const ALL: [Self; 4] = [Self::UrServed, Self::Certified, Self::Notice, Self::Served];

    /// As stored, and typed on the command line with hyphens.
    pub fn key(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::UrServed => "ur_served",
            Self::Certified => "certified",
            Self::Served => "served",
        }
    }

    /// In a sentence: `notice of assignment`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Notice => "notice of assignment",
            Self::UrServed => "service of the UR decision",
            Self::Certified => "certification of the expedited review",
            Self::Served => "service of the determination",
        }
    }

    /// Reads [`CaseDay::key`].
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.key() == key)
    }
}

/// How the notice of assignment was sent: records are due sooner after an electronic one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sent {
    /// On paper.
    Mailed,
    /// By e-mail or fax.
    Electronic,
}

impl Sent {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Mailed, Self::Electronic];

    /// As shown and stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mailed => "mailed",
            Self::Electronic => "electronic",
        }
    }
}

/// An approved extension of the determination, LC 4610.6(d)(3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// By how many days; no more than the limit counts.
    pub days: u8,
    /// When the Administrative Director approved it.
    pub approved: Date,
}

/// Days of a case beside those of its header, and what else decides which clock runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dates {
    /// Service of the UR decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ur_served: Option<Date>,
    /// Certification of the expedited review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certified: Option<Date>,
    /// Notice of assignment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<Date>,
    /// How the notice was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice_sent: Option<Sent>,
    /// Service of the determination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub served: Option<Date>,
    /// An approved extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// Is nothing in dispute but drugs of the formulary? Then five working days are all there is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_formulary: bool,
}

impl Dates {
    /// One day.
    pub fn day(&self, which: CaseDay) -> Option<Date> {
        match which {
            CaseDay::Notice => self.notice,
            CaseDay::UrServed => self.ur_served,
            CaseDay::Certified => self.certified,
            CaseDay::Served => self.served,
        }
    }

    /// The same, to change it.
    pub fn day_mut(&mut self, which: CaseDay) -> &mut Option<Date> {
        match which {
            CaseDay::Notice => &mut self.notice,
            CaseDay::UrServed => &mut self.ur_served,
            CaseDay::Certified => &mut self.certified,
            CaseDay::Served => &mut self.served,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_known_is_nothing_written() {
        assert_eq!(serde_json::to_string(&Dates::default()).unwrap(), "{}");
        let text = r#"{"notice":"2026-01-05","notice_sent":"mailed","is_formulary":true}"#;
        let dates: Dates = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&dates).unwrap(), text);
        assert!(serde_json::from_str::<Dates>(r#"{"notise":"2026-01-05"}"#).is_err());
    }

    #[test]
    fn each_day_has_its_own_place() {
        let mut dates = Dates::default();
        for (n, which) in (1..).zip(CaseDay::ALL) {
            *dates.day_mut(which) = Date::new(2026, 1, n).ok();
            assert_eq!(CaseDay::parse(which.key()), Some(which));
        }
        for (n, which) in (1..).zip(CaseDay::ALL) {
            assert_eq!(dates.day(which), Date::new(2026, 1, n).ok());
        }
    }
}
