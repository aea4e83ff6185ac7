//! The filter of the queue: what can be typed behind `/`, in `imr list --query` and in the views
//! of config.toml. One grammar, read here and printed here.
//!
//! ```text
//! filter = { ["-"] ( field ":" value { "," value } | word ) }     every term must hold
//! value  = word | '"' words '"'                                   of several values one must
//! ```

mod ask;
mod fields;
#[cfg(test)]
mod tests;

pub use ask::{Facts, Moment, Question};
pub use fields::{FIELDS, Field};

use super::case::{Priority, Sex, Stage};
use super::nearest::nearest;
use super::span::{Days, Numbers};
use super::text::clean_line;
use std::fmt;

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
