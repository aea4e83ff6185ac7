//! The fields of the filter: one table, which reads, explains and prints them.

use super::{Due, Part, State, Test};
use crate::model::case::{Priority, Sex, Stage};
use crate::model::span::{Days, Numbers};
use std::fmt;

/// One field of the grammar.
pub struct Field {
    /// Its name, then shorter and longer ones.
    pub names: &'static [&'static str],
    /// What it takes, for people.
    pub takes: &'static str,
    /// What it asks, in one line.
    pub doc: &'static str,
    /// Words that it takes, where it takes words only or among others.
    pub(super) words: &'static [(&'static str, Test)],
    /// Reads what is none of the words.
    pub(super) read: fn(&str) -> Option<Test>,
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Field {
    /// Its name.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }
}

fn text(part: Part, value: &str) -> Option<Test> {
    Some(Test::Text(part, value.to_owned()))
}

/// Every field, in the order of README.
pub static FIELDS: &[Field] = &[
    Field {
        names: &["due"],
        takes: "3d, <3d, >2w, <17h, overdue, today, none, published or a date",
        doc: "time left: fewer than 3 days (overdue ones too), more than two weeks; or the day itself",
        words: &[
            ("overdue", Test::Due(Due::Overdue)),
            ("none", Test::Due(Due::NoStart)),
            ("published", Test::Due(Due::Published)),
            ("today", Test::Due(Due::DaysLeft(Numbers::exactly(0)))),
            ("tomorrow", Test::Due(Due::DaysLeft(Numbers::exactly(1)))),
        ],
        read: |value| due(value).map(Test::Due),
    },
    Field {
        names: &["pri", "priority"],
        takes: "exp or std",
        doc: "expedited or standard",
        words: &[
            ("exp", Test::Priority(Priority::Expedited)),
            ("std", Test::Priority(Priority::Standard)),
            ("expedited", Test::Priority(Priority::Expedited)),
            ("standard", Test::Priority(Priority::Standard)),
        ],
        read: |_| None,
    },
    Field {
        names: &["state", "stage"],
        takes: "new, draft, open, undecided, snoozed, signed, closed, returned, withdrawn, terminated, ineligible or duplicate",
        doc: "how the case stands; `open` is new or draft",
        words: &[
            ("new", Test::State(State::At(Stage::New))),
            ("draft", Test::State(State::At(Stage::Draft))),
            ("open", Test::State(State::Open)),
            ("undecided", Test::State(State::Undecided)),
            ("snoozed", Test::State(State::Snoozed)),
            ("signed", Test::State(State::At(Stage::Signed))),
            ("closed", Test::State(State::Closed)),
            ("returned", Test::State(State::At(Stage::Returned))),
            ("withdrawn", Test::State(State::At(Stage::Withdrawn))),
            ("terminated", Test::State(State::At(Stage::Terminated))),
            ("ineligible", Test::State(State::At(Stage::Ineligible))),
            ("duplicate", Test::State(State::At(Stage::Duplicate))),
        ],
        read: |_| None,
    },
    Field {
        names: &["req", "request"],
        takes: "words in quotes, or one word",
        doc: "what is asked has this in it",
        words: &[],
        read: |value| text(Part::Request, value),
    },
    Field {
        names: &["dx", "diag", "diagnosis"],
        takes: "words in quotes, or one word",
        doc: "the diagnoses have this in them",
        words: &[],
        read: |value| text(Part::Diagnosis, value),
    },
    Field {
        names: &["case", "number"],
        takes: "a case number or a part of it",
        doc: "the case number has this in it",
        words: &[],
        read: |value| text(Part::Number, value),
    },
    Field {
        names: &["items"],
        takes: "a number, >2, <=3 or 2..4",
        doc: "how many items",
        words: &[],
        read: |value| Numbers::read(value).map(Test::Items),
    },
    Field {
        names: &["age"],
        takes: "a number of years, >64, <=30, 40..59 or none",
        doc: "the patient's age",
        words: &[("none", Test::Age(None))],
        read: |value| Numbers::read(value).map(|n| Test::Age(Some(n))),
    },
    Field {
        names: &["sex"],
        takes: "f, m or none",
        doc: "the patient's sex",
        words: &[
            ("f", Test::Sex(Some(Sex::Female))),
            ("m", Test::Sex(Some(Sex::Male))),
            ("none", Test::Sex(None)),
            ("female", Test::Sex(Some(Sex::Female))),
            ("male", Test::Sex(Some(Sex::Male))),
        ],
        read: |_| None,
    },
    Field {
        names: &["injury", "injured"],
        takes: "a date, a month such as 10/2008, a year, <2010, 2008..2012 or none",
        doc: "the date of injury",
        words: &[("none", Test::Injury(None))],
        read: |value| Days::read(value).map(|d| Test::Injury(Some(d))),
    },
    Field {
        names: &["snoozed"],
        takes: "yes, no, or nothing for yes",
        doc: "put off until a day to come",
        words: &[
            ("yes", Test::Snoozed(true)),
            ("no", Test::Snoozed(false)),
            ("", Test::Snoozed(true)),
        ],
        read: |_| None,
    },
];

/// `3d` alone is what `<3d` is: who asks for three days wants the nearer ones too.
fn due(value: &str) -> Option<Due> {
    if let Some(days) = Days::read(value) {
        return Some(Due::On(days));
    }
    let (sign, amount) = ["<=", ">=", "<", ">"]
        .into_iter()
        .find_map(|sign| Some((sign, value.strip_prefix(sign)?)))
        .unwrap_or(("<", value));
    let unit = amount.chars().next_back()?;
    let number: u32 = amount.strip_suffix(unit)?.parse().ok()?;
    let days = |n: u32| Numbers::read(&format!("{sign}{n}")).map(Due::DaysLeft);
    match (unit.to_ascii_lowercase(), sign) {
        ('d', _) => days(number),
        ('w', _) => days(number.checked_mul(7)?),
        ('h', "<" | "<=") => Some(Due::HoursBelow(number)),
        ('h', _) => Some(Due::HoursAbove(number)),
        _ => None,
    }
}
