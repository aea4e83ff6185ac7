//! The derived row of the queue: the one exception to "what can be derived is not stored".

use super::StoreError;
use super::rows::Anchor;
use super::table::{self, Hashes, STAGE};
use crate::model::{CaseFile, Limits, Priority, Sex, Stage};
use crate::rules::clock;
use crate::search::fold::fold;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use std::collections::BTreeSet;

/// `due` of a case whose clock has no start: after every instant.
pub(super) const NO_DUE: i64 = i64::MAX;
/// `sex`, where it is told.
const FEMALE: i64 = 1;
const MALE: i64 = 2;
/// `injury` of a case without one: after every ISO date.
const NO_DAY: &str = "~";
/// The longest request line (characters).
const REQUEST: usize = 300;
/// Of each text that a filter looks at so much is kept as it reads (bytes), for words in quotes.
/// Of what follows every word is kept that is not there yet: none is cut off.
const AS_IT_READS: usize = 8 * 1024;
/// Stands between words that do not follow each other. Nobody can type it.
const APART: &str = "\u{1f}";

/// A row of table `queue`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QueueLine {
    pub case_id: i64,
    pub key: String,
    pub place: Place,
    pub injury: String,
    pub items: i64,
    pub published: bool,
    pub age: Option<i64>,
    pub sex: Option<i64>,
    pub request: String,
    pub search: String,
}

/// What a change can move of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub part: i64,
    pub stage: i64,
    pub expedited: bool,
    pub due: i64,
    pub undecided: i64,
    pub snoozed: String,
}

impl Place {
    pub(super) fn of(file: &CaseFile, limits: &Limits) -> Self {
        let case = &file.case;
        let decided = file.draft.items.iter().filter(|d| d.decision.is_some());
        let undecided = case.items.len().saturating_sub(decided.count());
        let snoozed = file.draft.snoozed_until.map(|day| day.to_string());
        Self {
            undecided: i64::try_from(undecided).unwrap_or(i64::MAX),
            snoozed: snoozed.unwrap_or_default(),
            part: part(file.stage),
            stage: rank(file.stage),
            expedited: case.priority() == Priority::Expedited,
            due: due(file, limits),
        }
    }

    /// The same case at another stage.
    pub(super) fn at(&self, stage: Stage) -> Self {
        Self {
            part: part(stage),
            stage: rank(stage),
            ..self.clone()
        }
    }

    fn columns(self) -> [(&'static str, Value); 6] {
        [
            ("part", Value::Integer(self.part)),
            ("stage", Value::Integer(self.stage)),
            ("expedited", Value::Integer(i64::from(self.expedited))),
            ("due", Value::Integer(self.due)),
            ("undecided", Value::Integer(self.undecided)),
            ("snoozed", Value::Text(self.snoozed)),
        ]
    }
}

/// What the `due` column holds of this case.
fn due(file: &CaseFile, limits: &Limits) -> i64 {
    let due = clock::due_instant(&file.case, limits);
    due.map_or(NO_DUE, |due| due.as_second())
}

/// In the order of [`QueueLine::values`].
const COLUMNS: [&str; 15] = [
    "case_id",
    "key",
    "part",
    "stage",
    "expedited",
    "due",
    "undecided",
    "snoozed",
    "injury",
    "items",
    "published",
    "age",
    "sex",
    "request",
    "search",
];

/// Reads the `sex` column.
pub(super) fn sex_of(stored: i64) -> Option<Sex> {
    match stored {
        FEMALE => Some(Sex::Female),
        MALE => Some(Sex::Male),
        _ => None,
    }
}

/// Which part of the queue a stage belongs to: 0 open, 1 signed, 2 closed.
fn part(stage: Stage) -> i64 {
    match stage {
        stage if stage.is_open() => 0,
        Stage::Signed => 1,
        _ => 2,
    }
}

/// The place of a stage in [`Stage::ALL`], as sorted and stored.
pub(super) fn rank(stage: Stage) -> i64 {
    let found = Stage::ALL.iter().position(|s| *s == stage);
    found
        .and_then(|n| i64::try_from(n).ok())
        .unwrap_or_default()
}

/// What the row of this case must be; `None` for a precedent, which is not in the queue.
pub(super) fn derive(anchor: &Anchor, file: &CaseFile, limits: &Limits) -> Option<QueueLine> {
    let (case, header) = (&file.case, &file.case.header);
    (!anchor.is_precedent).then(|| QueueLine {
        case_id: anchor.case_id,
        key: case.id.to_string(),
        place: Place::of(file, limits),
        injury: header
            .injury_date
            .map_or_else(|| NO_DAY.to_owned(), |d| d.to_string()),
        items: i64::try_from(case.items.len()).unwrap_or(i64::MAX),
        published: case.is_published,
        age: case.patient.age.map(i64::from),
        sex: case.patient.sex.map(|sex| match sex {
            Sex::Female => FEMALE,
            Sex::Male => MALE,
        }),
        search: search(file),
        request: start(&request(file), REQUEST),
    })
}

fn request(file: &CaseFile) -> String {
    let each = file.case.items.iter().map(|item| item.in_dispute());
    let line = each.collect::<Vec<_>>().join("; ");
    crate::model::text::fold(&line)
}

/// Number, patient, request and the words of the diagnoses, folded, a line each: what a filter
/// looks at.
fn search(file: &CaseFile) -> String {
    let case = &file.case;
    let diagnoses: Vec<&str> = diagnoses(&case.summary).map(str::trim).collect();
    let (number, patient) = (case.id.to_string(), case.patient.short());
    let lines = [&number, &patient, &request(file), &diagnoses.join(" ")];
    lines.map(|line| folded(line)).join("\n")
}

/// The folded words of a text: as it reads, and of the end of a long one each word once.
fn folded(text: &str) -> String {
    let text = fold(text);
    let (mut line, mut seen) = (String::new(), BTreeSet::new());
    for word in text.split_whitespace() {
        let is_near_start = line.len() < AS_IT_READS;
        if !seen.insert(word) && !is_near_start {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        if !is_near_start {
            line.push_str(APART);
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The sentences of the summary that name a diagnosis.
fn diagnoses(summary: &str) -> impl Iterator<Item = &str> {
    const SIGNS: [&str; 4] = ["diagnos", "impression", "assessment", "status post"];
    summary.split(['.', '\n']).filter(|sentence| {
        let lower = sentence.to_lowercase();
        SIGNS.iter().any(|sign| lower.contains(sign))
    })
}

fn start(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

/// The row as stored.
pub(super) fn stored(on: &Connection, case_id: i64) -> Result<Option<QueueLine>, StoreError> {
    let sql = format!(
        "SELECT {} FROM queue WHERE case_id = ?1",
        COLUMNS.join(", ")
    );
    let mut query = on.prepare_cached(&sql)?;
    let line = query.query_row([case_id], |row| {
        Ok(QueueLine {
            case_id: row.get(0)?,
            key: row.get(1)?,
            place: Place {
                part: row.get(2)?,
                stage: row.get(3)?,
                expedited: row.get(4)?,
                due: row.get(5)?,
                undecided: row.get(6)?,
                snoozed: row.get(7)?,
            },
            injury: row.get(8)?,
            items: row.get(9)?,
            published: row.get(10)?,
            age: row.get(11)?,
            sex: row.get(12)?,
            request: row.get(13)?,
            search: row.get(14)?,
        })
    });
    Ok(line.optional()?)
}

impl QueueLine {
    /// In the order of [`COLUMNS`].
    fn values(&self) -> Vec<Value> {
        let (number, text) = (Value::Integer, |text: &str| Value::Text(text.to_owned()));
        let maybe = |n: Option<i64>| n.map_or(Value::Null, Value::Integer);
        let place = self.place.clone().columns().map(|(_, value)| value);
        let head = [number(self.case_id), text(&self.key)];
        let rest = [
            text(&self.injury),
            number(self.items),
            number(i64::from(self.published)),
            maybe(self.age),
            maybe(self.sex),
            text(&self.request),
            text(&self.search),
        ];
        head.into_iter().chain(place).chain(rest).collect()
    }
}

/// The stage of a case. A precedent, which is not in the queue, is never worked on.
pub(super) fn stage(on: &Connection, case_id: i64) -> Result<Stage, StoreError> {
    let mut query = on.prepare_cached("SELECT stage FROM queue WHERE case_id = ?1")?;
    let rank: Option<u8> = query.query_row([case_id], |row| row.get(0)).optional()?;
    let of_rank = |rank: u8| Stage::ALL.get(usize::from(rank)).copied();
    let stage = rank.map_or(Some(Stage::New), of_rank);
    stage.ok_or(StoreError::Damaged {
        table: "queue",
        what: "a stage that is none",
    })
}

/// What an event tells of the stage.
pub(super) fn told(line: &QueueLine) -> Hashes {
    told_of(line.case_id, line.place.stage)
}

fn told_of(case_id: i64, stage: i64) -> Hashes {
    let row = vec![Value::Integer(case_id), Value::Integer(stage)];
    let hash = table::hash(&STAGE, &[row]);
    Hashes::from([(STAGE.group_name(0), Some(hash))])
}

/// Writes the row of a new case.
pub(super) fn insert(on: &Connection, line: &QueueLine) -> Result<(), StoreError> {
    let marks = vec!["?"; COLUMNS.len()].join(", ");
    let sql = format!(
        "INSERT INTO queue ({}) VALUES ({marks})",
        COLUMNS.join(", ")
    );
    on.prepare_cached(&sql)?
        .execute(params_from_iter(line.values()))?;
    Ok(())
}

/// Writes the whole row of a case, whether the queue has one or not.
pub(super) fn put(on: &Connection, line: &QueueLine) -> Result<(), StoreError> {
    if stored(on, line.case_id)?.is_none() {
        return insert(on, line);
    }
    let columns = COLUMNS.into_iter().skip(1);
    let pairs = columns.zip(line.values().into_iter().skip(1));
    set(on, line.case_id, pairs.collect())
}

fn set(on: &Connection, case_id: i64, moved: Vec<(&str, Value)>) -> Result<(), StoreError> {
    let sets: Vec<String> = moved.iter().map(|(c, _)| format!("{c} = ?")).collect();
    let sql = format!("UPDATE queue SET {} WHERE case_id = ?", sets.join(", "));
    let values = moved.into_iter().map(|(_, value)| value);
    on.prepare_cached(&sql)?
        .execute(params_from_iter(values.chain([Value::Integer(case_id)])))?;
    Ok(())
}

/// Counts the due date of a case anew; an index is touched only where it moved.
pub(super) fn set_due(
    on: &Connection,
    case_id: i64,
    file: &CaseFile,
    limits: &Limits,
) -> Result<(), StoreError> {
    on.prepare_cached("UPDATE queue SET due = ?2 WHERE case_id = ?1 AND due <> ?2")?
        .execute([case_id, due(file, limits)])?;
    Ok(())
}

/// Writes what a change moved, and no column beside: an index is touched only where its columns
/// are. Most saves leave the queue alone. Says what the event has to tell of it.
pub(super) fn update(
    on: &Connection,
    anchor: &Anchor,
    before: Place,
    after: Place,
) -> Result<Hashes, StoreError> {
    if anchor.is_precedent || before == after {
        return Ok(Hashes::new());
    }
    let (is_moved, stage) = (before.stage != after.stage, after.stage);
    let pairs = before.columns().into_iter().zip(after.columns());
    let moved: Vec<_> = pairs
        .filter(|(old, new)| old != new)
        .map(|(_, new)| new)
        .collect();
    set(on, anchor.case_id, moved)?;
    Ok(match is_moved {
        true => told_of(anchor.case_id, stage),
        false => Hashes::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_text_is_kept() {
        let text: String = (0..9_000)
            .map(|n| format!("Fracture no {} ", n % 3_000))
            .collect();
        let line = folded(&text);
        assert!(line.starts_with("fracture no 0 fracture no 1 "));
        let words: BTreeSet<&str> = line.split(' ').collect();
        assert_eq!(words.len(), 3_000 + 2 + 1, "each, and what parts them");
        assert!(
            line.len() < AS_IT_READS + 3_000 * 7,
            "and no more: {}",
            line.len()
        );
        assert!(line.ends_with(" \u{1f} 2999"), "nothing follows by chance");
    }
}
