//! `rules.toml`: legal limits, days on which the state does not work, weights of the checks.
//!
//! ```toml
//! roll = false                          # due on a weekend: on the next working day?
//! closed_days = [2026-06-19]            # beside the state's holidays
//!
//! [[limit]]                             # a changed law
//! of = "standard"
//! amount = 45
//! unit = "calendar days"
//! effective_from = 2027-01-01
//!
//! [severity]
//! L24 = "note"
//!
//! [lint]
//! minimum_words = 40
//! ```

use super::config::{kind, line};
use super::problem::{self, Problem};
use super::profile::{day, number, yes_or_no};
use super::source::Source;
use crate::model::limits::{DEADLINES, Deadline, FIXED_LINTS, Limit, PARAMETERS, Unit, lint_ids};
use crate::model::lint::Severity;
use crate::model::{Date, Limits};
use std::collections::BTreeSet;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Longest limit, in days or hours.
const MOST: u16 = 3_660;

/// Keys at the top of the file.
const KEYS: [&str; 5] = ["roll", "closed_days", "limit", "severity", "lint"];

/// Reads `rules.toml` over what is built in; what is wrong is added to `problems`, the rest counts.
pub fn read(source: &Source, problems: &mut Vec<Problem>) -> Limits {
    let mut reader = Reader {
        source,
        problems,
        limits: Limits::built_in(),
    };
    for (key, value) in &source.table(reader.problems) {
        reader.top(
            key.get_ref().as_ref(),
            key.span(),
            value.span(),
            value.get_ref(),
        );
    }
    reader.limits
}

struct Reader<'a> {
    source: &'a Source,
    problems: &'a mut Vec<Problem>,
    limits: Limits,
}

impl Reader<'_> {
    fn wrong(&mut self, span: Range<usize>, message: &str) {
        self.problems.push(self.source.problem(span, message));
    }

    fn top(&mut self, key: &str, at: Range<usize>, span: Range<usize>, value: &DeValue) {
        let done = match (key, value) {
            ("roll", value) => yes_or_no(value).map(|rolls| self.limits.rolls = rolls),
            ("closed_days", value) => days(value).map(|days| self.limits.closed_days = days),
            ("limit", DeValue::Array(tables)) => {
                for table in tables {
                    self.limit(table.span(), table.get_ref());
                }
                Ok(())
            }
            ("limit", _) => Err("is a list of tables: begin each with [[limit]]".to_owned()),
            ("severity", DeValue::Table(table)) => {
                self.severities(table);
                Ok(())
            }
            ("lint", DeValue::Table(table)) => {
                self.parameters(table);
                Ok(())
            }
            ("severity" | "lint", value) => Err(format!("is a table, not {}", kind(value))),
            _ => return self.wrong(at, &problem::unknown("key", key, &KEYS)),
        };
        if let Err(message) = done {
            self.wrong(span, &format!("{key} {message}"));
        }
    }

    fn limit(&mut self, span: Range<usize>, value: &DeValue) {
        let DeValue::Table(table) = value else {
            return self.wrong(span, &format!("limit is a table, not {}", kind(value)));
        };
        let before = self.problems.len();
        let mut typed = Typed::default();
        for (key, value) in table {
            let word = key.get_ref().as_ref();
            match LIMIT_FIELDS.iter().find(|field| field.key == word) {
                Some(field) => {
                    if let Err(message) = (field.set)(&mut typed, value.get_ref()) {
                        self.wrong(value.span(), &format!("{word} {message}"));
                    }
                }
                None => {
                    let keys: Vec<&str> = LIMIT_FIELDS.iter().map(|field| field.key).collect();
                    self.wrong(key.span(), &problem::unknown("key", word, &keys));
                }
            }
        }
        match typed.limit() {
            _ if self.problems.len() > before => {}
            Some(limit) => self.limits.lay(limit),
            None => self.wrong(span, "a limit needs of, amount and unit"),
        }
    }

    fn severities(&mut self, table: &DeTable<'_>) {
        let ids: Vec<String> = lint_ids().collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        for (key, value) in table {
            let id = key.get_ref().as_ref();
            if !ids.contains(&id) {
                self.wrong(key.span(), &unknown_lint(id, &ids));
                continue;
            }
            match severity(value.get_ref()) {
                Err(message) => self.wrong(value.span(), &format!("{id} {message}")),
                Ok(severity) if FIXED_LINTS.contains(&id) && severity != Severity::Blocking => {
                    let message = format!("{id} blocks by law and cannot weigh less");
                    self.wrong(value.span(), &message);
                }
                Ok(severity) => {
                    self.limits.severities.insert(id.to_owned(), severity);
                }
            }
        }
    }

    fn parameters(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let word = key.get_ref().as_ref();
            let Some(row) = PARAMETERS.iter().find(|row| row.key == word) else {
                let keys: Vec<&str> = PARAMETERS.iter().map(|row| row.key).collect();
                self.wrong(key.span(), &problem::unknown("key", word, &keys));
                continue;
            };
            match number(value.get_ref(), row.most) {
                Ok(n) => *(row.slot)(&mut self.limits.lint) = n,
                Err(message) => self.wrong(value.span(), &format!("{word} {message}")),
            }
        }
    }
}

/// Fifty ids are too many to list.
fn unknown_lint(id: &str, ids: &[&str]) -> String {
    match crate::model::nearest::nearest(id, ids.iter().copied()) {
        Some(near) => problem::unknown("lint", id, &[near]),
        None => problem::unknown("lint", id, &["L01 to L54"]),
    }
}

/// A `[[limit]]` as far as it was read.
#[derive(Default)]
struct Typed {
    of: Option<Deadline>,
    amount: Option<u16>,
    unit: Option<Unit>,
    effective_from: Option<Date>,
}

impl Typed {
    fn limit(self) -> Option<Limit> {
        Some(Limit {
            deadline: self.of?,
            amount: self.amount?,
            unit: self.unit?,
            effective_from: self.effective_from,
        })
    }
}

/// One key of a `[[limit]]`.
struct LimitField {
    key: &'static str,
    set: fn(&mut Typed, &DeValue) -> Result<(), String>,
}

const LIMIT_FIELDS: [LimitField; 4] = [
    LimitField {
        key: "of",
        set: |limit, value| {
            let words: Vec<&str> = DEADLINES.iter().map(|row| row.key).collect();
            let word = word(value, &words)?;
            limit.of = Deadline::parse(&word);
            Ok(())
        },
    },
    LimitField {
        key: "amount",
        set: |limit, value| {
            let n = number(value, u32::from(MOST))?;
            limit.amount = u16::try_from(n).ok();
            Ok(())
        },
    },
    LimitField {
        key: "unit",
        set: |limit, value| {
            let word = word(value, &Unit::ALL.map(Unit::word))?;
            limit.unit = Unit::ALL.into_iter().find(|unit| unit.word() == word);
            Ok(())
        },
    },
    LimitField {
        key: "effective_from",
        set: |limit, value| {
            limit.effective_from = Some(day(value)?);
            Ok(())
        },
    },
];

fn word(value: &DeValue, words: &[&str]) -> Result<String, String> {
    let typed = line(value).map_err(|_| format!("takes one of {}", words.join(", ")))?;
    match words.contains(&typed.as_str()) {
        true => Ok(typed),
        false => Err(format!(
            "has an {}",
            problem::unknown("value", &typed, words)
        )),
    }
}

fn severity(value: &DeValue) -> Result<Severity, String> {
    let words = Severity::ALL.map(Severity::word);
    let typed = word(value, &words)?;
    Severity::parse(&typed).ok_or_else(|| format!("takes one of {}", words.join(", ")))
}

fn days(value: &DeValue) -> Result<BTreeSet<Date>, String> {
    const WANT: &str = "takes a list of days such as [2026-06-19]";
    let DeValue::Array(values) = value else {
        return Err(format!("{WANT}, not {}", kind(value)));
    };
    values.iter().map(|value| day(value.get_ref())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date;

    fn read_text(text: &str) -> (Limits, Vec<String>) {
        let source = Source {
            name: "rules.toml".into(),
            text: text.into(),
        };
        let mut problems = Vec::new();
        let limits = read(&source, &mut problems);
        problems.sort_by_key(|p| p.line);
        (limits, problems.iter().map(ToString::to_string).collect())
    }

    fn day_of(text: &str) -> Date {
        date::parse(text).unwrap()
    }

    #[test]
    fn a_changed_law_is_read() {
        let (limits, problems) = read_text(
            "roll = true\nclosed_days = [2026-06-19, \"2026-09-09\"]\n\
             [[limit]]\nof = \"standard\"\namount = 45\nunit = \"calendar days\"\neffective_from = 2027-01-01\n\
             [severity]\nL24 = \"note\"\nL01 = \"blocking\"\n[lint]\nminimum_words = 0x28\n",
        );
        assert_eq!(problems, Vec::<String>::new());
        assert!(limits.rolls && limits.closed_days.len() == 2);
        let amount = |day| limits.on(Deadline::Standard, day_of(day)).unwrap().amount;
        assert_eq!((amount("2026-12-31"), amount("2027-01-01")), (30, 45));
        assert_eq!(limits.severity("L24", Severity::Warning), Severity::Note);
        assert_eq!(limits.lint.minimum_words, 40);
        assert_eq!(read_text(""), (Limits::built_in(), vec![]));
    }

    #[test]
    fn wrong_lines_are_named_and_good_ones_count() {
        let (limits, problems) = read_text(
            "rolls = true\nclosed_days = [3]\n\
             [[limit]]\nof = \"standart\"\namount = -1\nunit = \"days\"\n\
             [[limit]]\nof = \"appeal\"\n\
             [[limit]]\nof = \"appeal\"\namount = 20\nunit = \"calendar days\"\n\
             [severity]\nL1 = \"note\"\nL02 = \"note\"\nL24 = \"nots\"\n\
             [lint]\nminimum_word = 3\nalike_percent = 101\n",
        );
        assert_eq!(
            limits
                .on(Deadline::Appeal, day_of("2026-01-01"))
                .unwrap()
                .amount,
            20
        );
        assert!(!limits.rolls && limits.severities.is_empty());
        let expected = [
            "rules.toml:1:1: unknown key \"rolls\"; did you mean \"roll\"?",
            "rules.toml:2:15: closed_days takes a day such as 2027-01-01",
            "rules.toml:4:6: of has an unknown value \"standart\"; did you mean \"standard\"?",
            "rules.toml:5:10: amount takes a number from 0 to 3660",
            "rules.toml:6:8: unit has an unknown value \"days\"; valid: calendar days, working days, hours",
            "rules.toml:7:1: a limit needs of, amount and unit",
            "rules.toml:14:1: unknown lint \"L1\"; did you mean \"L01\"?",
            "rules.toml:15:7: L02 blocks by law and cannot weigh less",
            "rules.toml:16:7: L24 has an unknown value \"nots\"; did you mean \"note\"?",
            "rules.toml:18:1: unknown key \"minimum_word\"; did you mean \"minimum_words\"?",
            "rules.toml:19:17: alike_percent takes a number from 0 to 100",
        ];
        assert_eq!(problems, expected);
    }

    #[test]
    fn any_text_is_read() {
        for text in [
            "limit = 3",
            "[limit]",
            "severity = []",
            "[[lint]]",
            "limit = [1]",
            "roll = ",
        ] {
            let (_, problems) = read_text(text);
            assert!(!problems.is_empty(), "{text}");
        }
    }
}
