//! A filter asked of cases, at one moment.

use super::{Due, Filter, State, Test};
use crate::model::case::{Priority, Sex, Stage};
use crate::model::date::Date;
use crate::model::span::Days;
use jiff::Timestamp;
use std::ops::RangeInclusive;

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
