//! What `rules.toml` says: legal limits with the day from which they hold, the days on which the
//! state does not work beside its holidays, and how the checks before signing weigh.
//!
//! Plain data. [`Limits::built_in`] is what holds without a file; how days are counted is in
//! `rules::clock`, the file is read by `settings::rules_file`.

use super::date::Date;
use super::lint::Severity;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A time that the law sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deadline {
    /// Determination, LC 4610.6(d)(1)(B).
    Standard,
    /// Determination on a drug of the formulary, LC 4610.6(d)(1)(A).
    Formulary,
    /// Determination on certified imminent and serious threat, LC 4610.6(d)(2).
    Expedited,
    /// The longest extension that may be approved, LC 4610.6(d)(3).
    Extension,
    /// Records from the claims administrator, notice by mail, 8 CCR 9792.10.5(a).
    RecordsMailed,
    /// The same, notice sent electronically.
    RecordsElectronic,
    /// The same for an expedited review.
    RecordsExpedited,
    /// Application for review, LC 4610.5(h)(1).
    Application,
    /// Application in a dispute on the formulary.
    ApplicationFormulary,
    /// Petition against the determination, LC 4610.6(h).
    Appeal,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Every day.
    CalendarDays,
    /// Days on which the state works.
    WorkingDays,
    /// Full hours. The start events are days, so they count from the end of that day.
    Hours,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::CalendarDays, Self::WorkingDays, Self::Hours];

    /// As typed in rules.toml.
    pub fn word(self) -> &'static str {
        match self {
            Self::CalendarDays => "calendar days",
            Self::WorkingDays => "working days",
            Self::Hours => "hours",
        }
    }
}

/// One deadline: how it is called and where it comes from.
#[derive(Debug)]
pub struct Row {
    /// Which.
    pub deadline: Deadline,
    /// As typed in rules.toml.
    pub key: &'static str,
    /// The event from which it is counted.
    pub from: &'static str,
    /// Legal source.
    pub basis: &'static str,
    /// How much, without a rules.toml.
    amount: u16,
    unit: Unit,
    /// From which day, without a rules.toml; `None`: from the beginning.
    since: Option<(i16, i8, i8)>,
}

/// Every deadline, in the order they are shown.
pub static DEADLINES: [Row; 10] = [
    Row {
        deadline: Deadline::Standard,
        key: "standard",
        from: "records complete",
        basis: "LC 4610.6(d)(1)(B)",
        amount: 30,
        unit: Unit::CalendarDays,
        since: None,
    },
    Row {
        deadline: Deadline::Formulary,
        key: "formulary",
        from: "records complete",
        basis: "LC 4610.6(d)(1)(A)",
        amount: 5,
        unit: Unit::WorkingDays,
        since: Some((2018, 1, 1)),
    },
    Row {
        deadline: Deadline::Expedited,
        key: "expedited",
        from: "records complete",
        basis: "LC 4610.6(d)(2)",
        amount: 3,
        unit: Unit::CalendarDays,
        since: None,
    },
    Row {
        deadline: Deadline::Extension,
        key: "extension",
        from: "the day it was due",
        basis: "LC 4610.6(d)(3)",
        amount: 3,
        unit: Unit::CalendarDays,
        since: None,
    },
    Row {
        deadline: Deadline::RecordsMailed,
        key: "records_mailed",
        from: "notice of assignment, mailed",
        basis: "8 CCR 9792.10.5(a)",
        amount: 15,
        unit: Unit::CalendarDays,
        since: None,
    },
    Row {
        deadline: Deadline::RecordsElectronic,
        key: "records_electronic",
        from: "notice of assignment, sent electronically",
        basis: "8 CCR 9792.10.5(a)",
        amount: 12,
        unit: Unit::CalendarDays,
        since: None,
    },
    Row {
        deadline: Deadline::RecordsExpedited,
        key: "records_expedited",
        from: "notice of assignment of an expedited review",
        basis: "8 CCR 9792.10.5(a)",
        amount: 24,
        unit: Unit::Hours,
        since: None,
    },
    Row {
        deadline: Deadline::Application,
        key: "application",
        from: "service of the UR decision",
        basis: "LC 4610.5(h)(1)",
        amount: 30,
        unit: Unit::CalendarDays,
        since: None,
    },
    Row {
        deadline: Deadline::ApplicationFormulary,
        key: "application_formulary",
        from: "service of the UR decision",
        basis: "LC 4610.5(h)(1)",
        amount: 10,
        unit: Unit::CalendarDays,
        since: Some((2018, 1, 1)),
    },
    Row {
        deadline: Deadline::Appeal,
        key: "appeal",
        from: "service of the determination",
        basis: "LC 4610.6(h)",
        amount: 30,
        unit: Unit::CalendarDays,
        since: None,
    },
];

impl Deadline {
    /// Its line of [`DEADLINES`].
    pub fn row(self) -> &'static Row {
        let found = DEADLINES.iter().find(|row| row.deadline == self);
        found.unwrap_or(&DEADLINES[0])
    }

    /// As typed in rules.toml.
    pub fn key(self) -> &'static str {
        self.row().key
    }

    /// Reads [`Deadline::key`].
    pub fn parse(key: &str) -> Option<Self> {
        let found = DEADLINES.iter().find(|row| row.key == key);
        found.map(|row| row.deadline)
    }
}

/// How much time, and from which day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Of what.
    pub deadline: Deadline,
    /// How many.
    pub amount: u16,
    /// Of which unit.
    pub unit: Unit,
    /// For start events on this day and later; `None`: whenever.
    pub effective_from: Option<Date>,
}

/// Numbers that the checks before signing go by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintParameters {
    /// A rationale of fewer words is short (L28).
    pub minimum_words: u32,
    /// A rationale of which more percent stand in another case's is a copy (L28).
    pub alike_percent: u32,
    /// Visits of physical therapy, occupational therapy or chiropractic each (L36), LC 4604.5(c).
    pub visit_cap: u32,
    /// A guideline older than so many years is old (L26), 8 CCR 9792.21.1.
    pub guideline_years: u32,
    /// A reading grade above this is hard for a layperson (L31).
    pub reading_grade: u32,
    /// Longest time from the last record to the request, in months (L45), 8 CCR 9792.10.5.
    pub record_months: u32,
    /// An expedited case with fewer hours left is told (L50).
    pub expedited_hours: u32,
}

/// One number of [`LintParameters`].
#[derive(Debug)]
pub struct Parameter {
    /// As typed in rules.toml under `[lint]`.
    pub key: &'static str,
    /// What it is, one line.
    pub doc: &'static str,
    /// Without a rules.toml.
    pub built_in: u32,
    /// Largest value taken.
    pub most: u32,
    /// Where it stands.
    pub slot: fn(&mut LintParameters) -> &mut u32,
}

/// Every number of [`LintParameters`].
pub static PARAMETERS: [Parameter; 7] = [
    Parameter {
        key: "minimum_words",
        doc: "L28: a rationale of fewer words is called short.",
        built_in: 25,
        most: 1_000,
        slot: |p| &mut p.minimum_words,
    },
    Parameter {
        key: "alike_percent",
        doc: "L28: a rationale of which more percent stand in another case's is called a copy.",
        built_in: 80,
        most: 100,
        slot: |p| &mut p.alike_percent,
    },
    Parameter {
        key: "visit_cap",
        doc: "L36: visits of physical therapy, occupational therapy or chiropractic, each (LC 4604.5).",
        built_in: 24,
        most: 1_000,
        slot: |p| &mut p.visit_cap,
    },
    Parameter {
        key: "guideline_years",
        doc: "L26: a guideline older than so many years is called old.",
        built_in: 5,
        most: 100,
        slot: |p| &mut p.guideline_years,
    },
    Parameter {
        key: "reading_grade",
        doc: "L31: a reading grade above this is called hard for a layperson.",
        built_in: 20,
        most: 30,
        slot: |p| &mut p.reading_grade,
    },
    Parameter {
        key: "record_months",
        doc: "L45: records older than so many months before the request are told.",
        built_in: 6,
        most: 120,
        slot: |p| &mut p.record_months,
    },
    Parameter {
        key: "expedited_hours",
        doc: "L50: an expedited case with fewer hours left is told.",
        built_in: 24,
        most: 240,
        slot: |p| &mut p.expedited_hours,
    },
];

impl Default for LintParameters {
    fn default() -> Self {
        let mut parameters = Self {
            minimum_words: 0,
            alike_percent: 0,
            visit_cap: 0,
            guideline_years: 0,
            reading_grade: 0,
            record_months: 0,
            expedited_hours: 0,
        };
        for row in &PARAMETERS {
            *(row.slot)(&mut parameters) = row.built_in;
        }
        parameters
    }
}

/// Number of the last check in the catalogue.
const LAST_LINT: u8 = 54;

/// The blocking checks that the law asks for: no rules.toml makes them weigh less.
pub const FIXED_LINTS: [&str; 13] = [
    "L01", "L02", "L03", "L04", "L06", "L07", "L08", "L09", "L10", "L13", "L14", "L15", "L49",
];

/// The ids of all checks, `L01` to `L54`.
pub fn lint_ids() -> impl Iterator<Item = String> {
    (1..=LAST_LINT).map(|n| format!("L{n:02}"))
}

/// What holds: built in, and over it what `rules.toml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// In any order; see [`Limits::on`].
    pub limits: Vec<Limit>,
    /// Does a determination that is due on a Saturday, Sunday or holiday become due on the next
    /// working day? The statute does not say so: built in, it does not.
    pub rolls: bool,
    /// Days on which the state does not work, beside weekends and its holidays.
    pub closed_days: BTreeSet<Date>,
    /// Checks that weigh other than built in, by id.
    pub severities: BTreeMap<String, Severity>,
    /// Numbers of the checks.
    pub lint: LintParameters,
}

impl Default for Limits {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Limits {
    /// What holds without a rules.toml.
    pub fn built_in() -> Self {
        let limit = |row: &Row| Limit {
            deadline: row.deadline,
            amount: row.amount,
            unit: row.unit,
            effective_from: row.since.and_then(|(y, m, d)| Date::new(y, m, d).ok()),
        };
        Self {
            limits: DEADLINES.iter().map(limit).collect(),
            rolls: false,
            closed_days: BTreeSet::new(),
            severities: BTreeMap::new(),
            lint: LintParameters::default(),
        }
    }

    /// The limit for a start event on this day: the latest that holds by then. `None` where none
    /// did (before 2018 there was no formulary).
    pub fn on(&self, deadline: Deadline, start: Date) -> Option<Limit> {
        let of_it = self.limits.iter().filter(|l| l.deadline == deadline);
        of_it
            .filter(|l| l.effective_from.is_none_or(|from| from <= start))
            .max_by_key(|l| l.effective_from)
            .copied()
    }

    /// Lays one limit of a rules.toml over what holds: one with a day takes the place of the one
    /// of that day, one without a day the place of all.
    pub fn lay(&mut self, limit: Limit) {
        self.limits.retain(|other| {
            let is_older =
                limit.effective_from.is_some() && other.effective_from != limit.effective_from;
            other.deadline != limit.deadline || is_older
        });
        self.limits.push(limit);
    }

    /// What a check weighs: as rules.toml says, else as built in. A check that the law asks for
    /// always weighs as built in.
    pub fn severity(&self, id: &str, built_in: Severity) -> Severity {
        match self.severities.get(id) {
            Some(severity) if !FIXED_LINTS.contains(&id) => *severity,
            _ => built_in,
        }
    }

    /// All that due dates depend on, spelled so that two that differ spell differently. The store
    /// keeps the hash of it beside the due dates.
    pub fn spelled(&self) -> String {
        let mut limits = self.limits.clone();
        limits.sort_by_key(|l| (l.deadline, l.effective_from));
        let mut text = format!("rolls {}\n", self.rolls);
        for limit in limits {
            let from = limit
                .effective_from
                .map_or_else(String::new, |d| d.to_string());
            let (key, unit) = (limit.deadline.key(), limit.unit.word());
            let _ = writeln!(text, "{key} {} {unit} {from}", limit.amount);
        }
        for day in &self.closed_days {
            let _ = writeln!(text, "closed {day}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_deadline_has_its_line_and_its_own_key() {
        for row in &DEADLINES {
            assert_eq!(row.deadline.row().key, row.key);
            assert_eq!(Deadline::parse(row.key), Some(row.deadline));
        }
        assert_eq!(Deadline::parse("standart"), None);
    }

    #[test]
    fn the_day_of_the_start_chooses_the_limit() {
        let mut limits = Limits::built_in();
        assert_eq!(limits.on(Deadline::Formulary, date(2017, 12, 31)), None);
        let formulary = limits.on(Deadline::Formulary, date(2018, 1, 1)).unwrap();
        assert_eq!((formulary.amount, formulary.unit), (5, Unit::WorkingDays));
        let later = Limit {
            deadline: Deadline::Standard,
            amount: 45,
            unit: Unit::CalendarDays,
            effective_from: Some(date(2027, 1, 1)),
        };
        limits.lay(later);
        let amount = |limits: &Limits, day| limits.on(Deadline::Standard, day).unwrap().amount;
        assert_eq!(amount(&limits, date(2026, 12, 31)), 30);
        assert_eq!(amount(&limits, date(2027, 1, 1)), 45);
        limits.lay(Limit {
            effective_from: None,
            amount: 20,
            ..later
        });
        assert_eq!(amount(&limits, date(2027, 1, 1)), 20);
    }

    #[test]
    fn what_the_law_asks_for_weighs_as_built_in() {
        let mut limits = Limits::built_in();
        for id in ["L01", "L24"] {
            limits.severities.insert(id.to_owned(), Severity::Note);
        }
        assert_eq!(
            limits.severity("L01", Severity::Blocking),
            Severity::Blocking
        );
        assert_eq!(limits.severity("L24", Severity::Warning), Severity::Note);
        assert_eq!(limits.severity("L25", Severity::Warning), Severity::Warning);
        assert!(
            FIXED_LINTS
                .iter()
                .all(|id| lint_ids().any(|known| known == *id))
        );
    }

    #[test]
    fn what_due_dates_depend_on_is_spelled() {
        let built_in = Limits::built_in();
        let mut other = built_in.clone();
        other.lint.visit_cap = 1;
        assert_eq!(other.spelled(), built_in.spelled());
        other.limits.reverse();
        assert_eq!(other.spelled(), built_in.spelled(), "in any order");
        let mut rolling = built_in.clone();
        rolling.rolls = true;
        assert_ne!(rolling.spelled(), built_in.spelled());
        let mut closed = built_in.clone();
        closed.closed_days.insert(date(2026, 6, 19));
        assert_ne!(closed.spelled(), built_in.spelled());
    }
}
