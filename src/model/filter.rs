//! The filter of the queue: what can be typed behind `/`, in `imr list --query` and in the views
//! of config.toml. One grammar, read here and printed here.
//!
//! ```text
//! filter = { ["-"] ( field ":" value { "," value } | word ) }     every term must hold
//! value  = word | '"' words '"'                                   of several values one must
//! ```

use super::case::{Priority, Sex, Stage};
use super::date::Date;
use super::nearest::nearest;
use super::span::{Days, Numbers};
use super::text::clean_line;
use jiff::Timestamp;
use std::fmt;
use std::ops::RangeInclusive;

/// More terms than this are no filter that anybody types.
const MOST_TERMS: usize = 32;

/// More words than this are none either. Of two filters that are asked together, as those of a view
/// and of the line below it, the store can tell every word apart (`store/queue_words.rs`).
const MOST_WORDS: usize = 64;

/// What a text is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Case number, patient, request and diagnosis words.
    Anywhere,
    /// The case number.
    Number,
    /// What is asked.
    Request,
    /// The words of the diagnoses.
    Diagnosis,
}

/// How a case stands, as `state:` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// That stage.
    At(Stage),
    /// New or draft.
    Open,
    /// Closed without a decision.
    Closed,
    /// Open, and some item is not decided.
    Undecided,
    /// Open, and put off until a day to come.
    Snoozed,
}

/// What `due:` asks of the clock. But for days of the calendar it looks at running clocks alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Past.
    Overdue,
    /// The clock has no start.
    NoStart,
    /// The case came from a published letter and has no clock.
    Published,
    /// Fewer hours left than this; overdue ones too.
    HoursBelow(u32),
    /// More hours left than this.
    HoursAbove(u32),
    /// So many calendar days left, 0 for today.
    DaysLeft(Numbers),
    /// On one of these days.
    On(Days),
}

/// One question about a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// These letters stand there.
    Text(Part, String),
    /// About the clock.
    Due(Due),
    /// Standard or expedited.
    Priority(Priority),
    /// How it stands.
    State(State),
    /// So many items.
    Items(Numbers),
    /// Of this age; `None`: not told.
    Age(Option<Numbers>),
    /// Of this sex; `None`: not told.
    Sex(Option<Sex>),
    /// Injured on one of these days; `None`: not told.
    Injury(Option<Days>),
    /// Put off, or not.
    Snoozed(bool),
}

/// Some questions, one of which must hold, or, excluded, none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Written with a `-` before it.
    pub is_excluded: bool,
    /// At least one.
    pub any: Vec<Test>,
}

/// What was typed, read. Every term must hold; without one every case passes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// In the order typed.
    pub terms: Vec<Term>,
}

/// A field or a value that there is not: a sentence with what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FilterError(String);

/// One field of the grammar.
pub struct Field {
    /// Its name, then shorter and longer ones.
    pub names: &'static [&'static str],
    /// What it takes, for people.
    pub takes: &'static str,
    /// What it asks, in one line.
    pub doc: &'static str,
    /// Words that it takes, where it takes words only or among others.
    words: &'static [(&'static str, Test)],
    /// Reads what is none of the words.
    read: fn(&str) -> Option<Test>,
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
    match (unit, sign) {
        ('d', _) => days(number),
        ('w', _) => days(number.checked_mul(7)?),
        ('h', "<" | "<=") => Some(Due::HoursBelow(number)),
        ('h', _) => Some(Due::HoursAbove(number)),
        _ => None,
    }
}

// --- reading ------------------------------------------------------------------------------------

impl Filter {
    /// Reads what was typed.
    ///
    /// # Errors
    /// A sentence on the first field or value that there is not, with the nearest that there is.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        let mut reader = Reader { rest: text };
        let mut terms = Vec::new();
        while let Some(term) = reader.term()? {
            if terms.len() == MOST_TERMS {
                let sentence = format!("A filter takes at most {MOST_TERMS} terms.");
                return Err(FilterError(sentence));
            }
            terms.push(term);
        }
        let filter = Self { terms };
        if filter.words() > MOST_WORDS {
            let sentence = format!("A filter takes at most {MOST_WORDS} words to look for.");
            return Err(FilterError(sentence));
        }
        Ok(filter)
    }

    /// How many words are looked for in the texts of a case.
    fn words(&self) -> usize {
        let sought = self.texts().filter(|(part, ..)| *part != Part::Number);
        sought
            .map(|(_, text, _)| text.split_whitespace().count())
            .sum()
    }

    /// Does every case pass?
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Both: what passes the one and the other.
    pub fn and(&self, other: &Self) -> Self {
        let terms = self.terms.iter().chain(&other.terms).cloned().collect();
        Self { terms }
    }

    /// The texts that are looked for, in order, and whether each is a plain word that a case must
    /// have: such a one may be typed with letters left out.
    pub fn texts(&self) -> impl Iterator<Item = (Part, &str, bool)> {
        self.terms.iter().flat_map(|term| {
            let is_alone = term.any.len() == 1 && !term.is_excluded;
            term.any.iter().filter_map(move |test| match test {
                Test::Text(part, text) => {
                    let is_word = *part == Part::Anywhere && !text.contains(char::is_whitespace);
                    Some((*part, text.as_str(), is_alone && is_word))
                }
                _ => None,
            })
        })
    }

    /// Does it ask for snoozed cases? Then a view that leaves them out shows them.
    pub fn wants_snoozed(&self) -> bool {
        let wants = |test: &Test| matches!(test, Test::Snoozed(true) | Test::State(State::Snoozed));
        let mut asked = self.terms.iter().filter(|term| !term.is_excluded);
        asked.any(|term| term.any.iter().any(wants))
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    /// The next term; `None` at the end. A sign or quotes with nothing in them are no term.
    fn term(&mut self) -> Result<Option<Term>, FilterError> {
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() {
                return Ok(None);
            }
            let is_excluded = self.takes('-');
            let any = match self.field() {
                Some(field) => self.values(field?)?,
                None => self.word(),
            };
            if !any.is_empty() {
                return Ok(Some(Term { is_excluded, any }));
            }
        }
    }

    fn takes(&mut self, sign: char) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Letters and a colon name a field; `10:30` and `C4:` do not.
    fn field(&mut self) -> Option<Result<&'static Field, FilterError>> {
        let (name, rest) = self.rest.split_once(':')?;
        let is_name = !name.is_empty() && name.chars().all(char::is_alphabetic);
        if !is_name {
            return None;
        }
        self.rest = rest;
        let name = name.to_lowercase();
        let found = FIELDS.iter().find(|f| f.names.contains(&name.as_str()));
        Some(found.ok_or_else(|| no_field(&name)))
    }

    fn word(&mut self) -> Vec<Test> {
        let word = self.value(|c| c.is_whitespace());
        let word = word.trim().to_owned();
        let test = Test::Text(Part::Anywhere, word.clone());
        (!word.is_empty()).then_some(test).into_iter().collect()
    }

    fn values(&mut self, field: &'static Field) -> Result<Vec<Test>, FilterError> {
        let mut tests = Vec::new();
        loop {
            let value = self.value(|c| c.is_whitespace() || c == ',');
            tests.push(read(field, value.trim())?);
            if !self.takes(',') {
                return Ok(tests);
            }
        }
    }

    /// Up to where it ends; in quotes up to the next one, two quotes standing for one.
    fn value(&mut self, ends: fn(char) -> bool) -> String {
        if !self.takes('"') {
            let end = self.rest.find(ends).unwrap_or(self.rest.len());
            let (value, rest) = self.rest.split_at(end);
            self.rest = rest;
            return value.to_owned();
        }
        let mut value = String::new();
        loop {
            let (part, rest) = self.rest.split_once('"').unwrap_or((self.rest, ""));
            value.push_str(part);
            self.rest = rest;
            match self.takes('"') {
                true => value.push('"'),
                false => return value,
            }
        }
    }
}

fn read(field: &'static Field, value: &str) -> Result<Test, FilterError> {
    let small = value.to_lowercase();
    let word = field.words.iter().find(|(word, _)| *word == small);
    if let Some((_, test)) = word {
        return Ok(test.clone());
    }
    let read = (!value.is_empty()).then(|| (field.read)(value)).flatten();
    read.ok_or_else(|| bad_value(field, &small))
}

fn no_field(name: &str) -> FilterError {
    let names = || FIELDS.iter().map(Field::name);
    let all = || FIELDS.iter().flat_map(|f| f.names.iter().copied());
    let name = shorten(name);
    FilterError(match nearest(&name, all()) {
        Some(near) => format!("There is no field \"{name}:\"; did you mean \"{near}:\"?"),
        None => {
            let names = names().collect::<Vec<_>>().join(", ");
            format!("There is no field \"{name}:\"; there are {names}.")
        }
    })
}

fn bad_value(field: &Field, value: &str) -> FilterError {
    let (name, takes, value) = (field.name(), field.takes, shorten(value));
    let words = field.words.iter().map(|(word, _)| *word);
    let near = nearest(&value, words.filter(|word| word.len() > 2));
    FilterError(match near.filter(|_| !value.is_empty()) {
        _ if value.is_empty() => format!("{name}: takes {takes}."),
        Some(near) => format!("{name}: does not take \"{value}\"; did you mean \"{near}\"?"),
        None => format!("{name}: does not take \"{value}\", but {takes}."),
    })
}

/// Values in messages stay short, whatever was typed.
fn shorten(value: &str) -> String {
    clean_line(value).chars().take(24).collect()
}

// --- printing -----------------------------------------------------------------------------------

impl fmt::Display for Filter {
    /// As it can be read again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, term) in self.terms.iter().enumerate() {
            let gap = if n > 0 { " " } else { "" };
            let sign = if term.is_excluded { "-" } else { "" };
            write!(f, "{gap}{sign}")?;
            for (n, test) in term.any.iter().enumerate() {
                let (field, value) = test.spelled();
                match (n, field) {
                    (0, "") => {}
                    (0, field) => write!(f, "{field}:")?,
                    _ => f.write_str(",")?,
                }
                f.write_str(&value)?;
            }
        }
        Ok(())
    }
}

impl Test {
    /// Field and value, the field empty for plain words.
    fn spelled(&self) -> (&'static str, String) {
        let word = FIELDS.iter().find_map(|field| {
            let (word, _) = field.words.iter().find(|(_, test)| test == self)?;
            Some((field.name(), (*word).to_owned()))
        });
        if let Some(spelled) = word {
            return spelled;
        }
        match self {
            Self::Text(Part::Anywhere, text) => ("", quoted(text, true)),
            Self::Text(Part::Number, text) => ("case", quoted(text, false)),
            Self::Text(Part::Request, text) => ("req", quoted(text, false)),
            Self::Text(Part::Diagnosis, text) => ("dx", quoted(text, false)),
            Self::Due(due) => ("due", due.spelled()),
            Self::Items(numbers) => ("items", numbers.to_string()),
            Self::Age(Some(numbers)) => ("age", numbers.to_string()),
            Self::Injury(Some(days)) => ("injury", days.to_string()),
            // The others are words, found above.
            _ => ("", String::new()),
        }
    }
}

impl Due {
    fn spelled(self) -> String {
        match self {
            Self::HoursBelow(n) => format!("<{n}h"),
            Self::HoursAbove(n) => format!(">{n}h"),
            Self::DaysLeft(numbers) => numbers.with_unit("d"),
            Self::On(days) => days.to_string(),
            Self::Overdue | Self::NoStart | Self::Published => String::new(),
        }
    }
}

fn quoted(text: &str, is_plain: bool) -> String {
    let parts = |c: char| c.is_whitespace() || matches!(c, '"' | ',' | ':');
    let needs = text.contains(parts) || text.is_empty() || (is_plain && text.starts_with('-'));
    match needs {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

// --- asking -------------------------------------------------------------------------------------

/// What is known of a case beside its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Due instant, seconds since 1970.
    pub due: Option<i64>,
    /// From a published letter: it has no clock.
    pub is_published: bool,
    /// Standard or expedited.
    pub priority: Priority,
    /// How far it has come.
    pub stage: Stage,
    /// How many items.
    pub items: u32,
    /// How many of them are not decided.
    pub undecided: u32,
    /// In years.
    pub age: Option<u8>,
    /// Where told.
    pub sex: Option<Sex>,
    /// Where told.
    pub injury: Option<Date>,
    /// Put off until the start of this day.
    pub snoozed_until: Option<Date>,
}

/// The instant at which a filter is asked, with California's calendar.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Now.
    pub now: Timestamp,
    /// The day it is.
    pub today: Date,
    /// The last second of a day, since 1970.
    pub end_of: fn(Date) -> Option<i64>,
}

impl Facts {
    /// Put off until a day to come?
    pub fn is_snoozed(&self, today: Date) -> bool {
        self.stage.is_open() && self.snoozed_until.is_some_and(|day| day > today)
    }

    /// Open, and some item is not decided?
    pub fn is_undecided(&self) -> bool {
        self.stage.is_open() && self.undecided > 0
    }

    /// Open, and the due instant passed?
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.stage.is_open() && self.due.is_some_and(|due| due < now.as_second())
    }
}

/// A filter made ready for many cases at one moment: days have become instants.
#[derive(Debug, Clone)]
pub struct Question {
    terms: Vec<(bool, Vec<Check>)>,
    at: Moment,
}

/// A test made ready.
#[derive(Debug, Clone)]
enum Check {
    Fact(Test),
    /// Due from one instant to another, both included; of a clock that runs?
    Due(RangeInclusive<i64>, bool),
}

impl Filter {
    /// Made ready to be asked at a moment.
    pub fn at(&self, at: Moment) -> Question {
        let terms = self.terms.iter().map(|term| {
            let checks = term.any.iter().map(|test| Check::of(test, &at));
            (term.is_excluded, checks.collect())
        });
        Question {
            terms: terms.collect(),
            at,
        }
    }
}

impl Question {
    /// Does a case pass? `has` answers for texts, which stand in the order of
    /// [`Filter::texts`].
    pub fn passes(&self, facts: &Facts, mut has: impl FnMut(usize) -> bool) -> bool {
        let mut text = 0;
        self.terms.iter().all(|(is_excluded, checks)| {
            let mut is_one_true = false;
            for check in checks {
                let is_text = matches!(check, Check::Fact(Test::Text(..)));
                is_one_true |= match check {
                    Check::Fact(Test::Text(..)) => has(text),
                    Check::Fact(test) => test.is_true(facts, &self.at),
                    Check::Due(instants, is_running) => {
                        let due = facts.due.filter(|_| !is_running || facts.stage.is_open());
                        due.is_some_and(|due| instants.contains(&due))
                    }
                };
                text += usize::from(is_text);
            }
            is_one_true != *is_excluded
        })
    }
}

impl Check {
    fn of(test: &Test, at: &Moment) -> Self {
        let now = at.now.as_second();
        let hours = |n: u32| now.saturating_add(i64::from(n) * 3600);
        match test {
            Test::Due(Due::HoursBelow(n)) => Self::Due(i64::MIN..=hours(*n) - 1, true),
            Test::Due(Due::HoursAbove(n)) => Self::Due(hours(*n) + 1..=i64::MAX, true),
            Test::Due(Due::DaysLeft(numbers)) => {
                Self::Due(instants(Days::left(at.today, *numbers), at), true)
            }
            Test::Due(Due::On(days)) => Self::Due(instants(*days, at), false),
            other => Self::Fact(other.clone()),
        }
    }
}

/// From the start of the first day to the end of the last.
fn instants(days: Days, at: &Moment) -> RangeInclusive<i64> {
    let before = days.first.and_then(|day| day.yesterday().ok());
    let first = before.and_then(at.end_of).map_or(i64::MIN, |end| end + 1);
    let last = days.last.and_then(at.end_of).unwrap_or(i64::MAX);
    first..=last
}

impl Test {
    /// Answers what is neither a text nor a span of time.
    fn is_true(&self, facts: &Facts, at: &Moment) -> bool {
        match self {
            Self::Text(..) => false,
            Self::Due(due) => due.is_true(facts, at),
            Self::Priority(priority) => facts.priority == *priority,
            Self::State(state) => state.is_true(facts, at),
            Self::Items(numbers) => numbers.contains(facts.items),
            Self::Age(None) => facts.age.is_none(),
            Self::Age(Some(n)) => facts.age.is_some_and(|age| n.contains(u32::from(age))),
            Self::Sex(sex) => facts.sex == *sex,
            Self::Injury(None) => facts.injury.is_none(),
            Self::Injury(Some(days)) => facts.injury.is_some_and(|day| days.contains(day)),
            Self::Snoozed(yes) => facts.is_snoozed(at.today) == *yes,
        }
    }
}

impl State {
    fn is_true(self, facts: &Facts, at: &Moment) -> bool {
        match self {
            Self::At(stage) => facts.stage == stage,
            Self::Open => facts.stage.is_open(),
            Self::Closed => Stage::CLOSINGS.contains(&facts.stage),
            Self::Undecided => facts.is_undecided(),
            Self::Snoozed => facts.is_snoozed(at.today),
        }
    }
}

impl Due {
    fn is_true(self, facts: &Facts, at: &Moment) -> bool {
        match self {
            Self::Overdue => facts.is_overdue(at.now),
            Self::NoStart => facts.due.is_none() && !facts.is_published && facts.stage.is_open(),
            Self::Published => facts.is_published,
            // Spans of time have become instants.
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> String {
        match Filter::parse(text) {
            Ok(filter) => filter.to_string(),
            Err(error) => error.to_string(),
        }
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn facts() -> Facts {
        Facts {
            due: Some(seconds("2026-01-18T07:59:59Z")),
            is_published: false,
            priority: Priority::Standard,
            stage: Stage::Draft,
            items: 3,
            undecided: 1,
            age: Some(59),
            sex: Some(Sex::Female),
            injury: Some(day("2008-10-08")),
            snoozed_until: None,
        }
    }

    fn seconds(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_second()
    }

    /// A calendar whose days end at 08:00 UTC, as California's do in winter.
    fn moment() -> Moment {
        Moment {
            now: "2026-01-15T17:00:00Z".parse().unwrap(),
            today: day("2026-01-15"),
            end_of: |day| {
                let next = day.tomorrow().ok()?;
                let midnight = next.at(8, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).ok()?;
                Some(midnight.timestamp().as_second() - 1)
            },
        }
    }

    fn passes(text: &str, facts: &Facts) -> bool {
        let line = "ct cervical spine";
        let filter = Filter::parse(text).unwrap();
        let has: Vec<bool> = filter.texts().map(|(_, t, _)| line.contains(t)).collect();
        filter.at(moment()).passes(facts, |n| has[n])
    }

    #[test]
    fn what_is_typed_is_read_and_said_again() {
        for (typed, expected) in [
            ("  cerv   0077 ", "cerv 0077"),
            ("due:<3d pri:exp", "due:<=2d pri:exp"),
            ("due:3d", "due:<=2d"),
            ("due:>2w", "due:>=15d"),
            ("due:today", "due:today"),
            ("due:<17h", "due:<17h"),
            ("due:1/31/2026", "due:2026-01-31"),
            ("DUE:Overdue", "due:overdue"),
            ("req:\"mri of the knee\"", "req:\"mri of the knee\""),
            ("req:\"mri of", "req:\"mri of\""),
            ("\"lumbar mri\"", "\"lumbar mri\""),
            ("-knee -state:new,draft", "-knee -state:new,draft"),
            ("items:>2 age:40..59", "items:>=3 age:40..59"),
            ("injury:2008", "injury:2008-01-01..2008-12-31"),
            ("injury:<2010", "injury:<=2009-12-31"),
            ("sex:female snoozed:", "sex:f snoozed:yes"),
            ("10:30 c4:", "\"10:30\" \"c4:\""),
            ("a\"b", "\"a\"\"b\""),
            ("- \"\" --x", "\"-x\""),
        ] {
            let once = said(typed);
            assert_eq!(said(&once), once, "{typed}");
            if typed != "- \"\" --x" {
                assert_eq!(once, expected, "{typed}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_what_is_right() {
        for (typed, expected) in [
            ("du:3d", "There is no field \"du:\"; did you mean \"due:\"?"),
            (
                "colour:red",
                "There is no field \"colour:\"; there are due, pri,",
            ),
            ("due:", "due: takes 3d, <3d,"),
            ("due:3x", "due: does not take \"3x\", but 3d, <3d,"),
            ("due:overdeu", "did you mean \"overdue\"?"),
            (
                "state:drat",
                "state: does not take \"drat\"; did you mean \"draft\"?",
            ),
            ("items:many", "items: does not take \"many\", but a number"),
            ("injury:13/45/2008", "injury: does not take"),
            ("pri:exp,", "pri: takes exp or std."),
        ] {
            assert!(said(typed).contains(expected), "{typed}: {}", said(typed));
        }
        assert!(said(&"a ".repeat(40)).contains("at most 32"));
        for many in [
            format!("req:{}knee", "x,".repeat(69)),
            format!("-dx:\"{}\"", "x ".repeat(70)),
        ] {
            assert!(said(&many).contains("at most 64 words"), "{many}");
        }
        assert!(!said(&format!("case:{}7", "8,".repeat(69))).contains("at most"));
    }

    #[test]
    fn facts_answer() {
        let open = facts();
        for yes in [
            "",
            "due:<3d",
            "due:3d",
            "due:<=2d",
            "due:>1d",
            "due:1/17/2026",
            "due:2026",
            "-due:overdue",
            "pri:std",
            "state:draft",
            "state:open",
            "state:undecided",
            "items:>2",
            "items:3",
            "age:40..59",
            "sex:f",
            "injury:2008",
            "injury:10/2008",
            "injury:<=10/8/08",
            "snoozed:no",
            "cervical",
            "-knee",
            "state:new,draft",
            "due:<72h",
            "due:>40h",
        ] {
            assert!(passes(yes, &open), "{yes}");
        }
        for no in [
            "due:<2d",
            "due:>2d",
            "due:overdue",
            "due:none",
            "pri:exp",
            "state:new",
            "state:signed",
            "state:closed",
            "items:<3",
            "age:none",
            "sex:m",
            "injury:none",
            "injury:>2008",
            "snoozed:",
            "knee",
            "-cervical",
            "-state:new,draft",
            "due:<40h",
        ] {
            assert!(!passes(no, &open), "{no}");
        }
    }

    #[test]
    fn clocks_that_do_not_run_are_not_due() {
        let signed = Facts {
            stage: Stage::Signed,
            ..facts()
        };
        assert!(!passes("due:<3d", &signed) && passes("due:1/17/2026", &signed));
        let late = Facts {
            due: Some(0),
            ..facts()
        };
        assert!(passes("due:overdue", &late) && passes("due:<3d", &late));
        let none = Facts {
            due: None,
            ..facts()
        };
        assert!(passes("due:none", &none) && !passes("due:<3d", &none));
    }

    #[test]
    fn a_snooze_ends_on_its_day() {
        let until = |text| Facts {
            snoozed_until: Some(day(text)),
            ..facts()
        };
        assert!(passes("state:snoozed", &until("2026-01-16")));
        assert!(!passes("state:snoozed", &until("2026-01-15")));
        assert!(Filter::parse("x state:snoozed").unwrap().wants_snoozed());
        assert!(!Filter::parse("-snoozed:").unwrap().wants_snoozed());
    }

    fn typed() -> impl Strategy<Value = String> {
        let field = prop::sample::select(FIELDS.iter().flat_map(|f| f.names).collect::<Vec<_>>());
        let value = prop_oneof![
            "[<>]?=?[0-9]{1,4}[dhw]?",
            "(overdue|none|exp|draft|f|yes|2008|10/2008|1/2/26|3\\.\\.5|2008\\.\\.)",
            "\"?[a-z ,:\"-]{0,9}\"?",
        ];
        let term =
            ("-?", field, value).prop_map(|(sign, field, value)| format!("{sign}{field}:{value}"));
        let word = "-{0,2}[a-zé\",:]{0,6}";
        prop::collection::vec(prop_oneof![term, word.prop_map(|w| w)], 0..6)
            .prop_map(|terms| terms.join(" "))
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_the_same(text in typed()) {
            if let Ok(filter) = Filter::parse(&text) {
                let again = Filter::parse(&filter.to_string());
                prop_assert_eq!(again, Ok(filter));
            }
        }

        #[test]
        fn anything_may_be_typed(text in "\\PC{0,60}", raw in any::<String>()) {
            for text in [text, raw] {
                match Filter::parse(&text) {
                    Ok(filter) => {
                        let again = Filter::parse(&filter.to_string());
                prop_assert_eq!(again, Ok(filter));
                    }
                    Err(error) => prop_assert!(error.to_string().chars().count() < 250),
                }
            }
        }

        #[test]
        fn a_filter_and_its_opposite_part_all_cases(text in typed(), items in 0u32..9, age in 0u8..99) {
            if let Ok(filter) = Filter::parse(&text) {
                let facts = Facts { items, age: Some(age), ..facts() };
                for term in filter.terms {
                    let opposite = Term { is_excluded: !term.is_excluded, ..term.clone() };
                    let answers = [term, opposite].map(|term| {
                        let filter = Filter { terms: vec![term] };
                        let has: Vec<bool> = filter.texts().map(|(_, t, _)| t.len() > 2).collect();
                        filter.at(moment()).passes(&facts, |n| has[n])
                    });
                    prop_assert!(answers[0] != answers[1]);
                }
            }
        }
    }
}
