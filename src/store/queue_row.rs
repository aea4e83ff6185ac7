//! The derived row of the queue: the one exception to "what can be derived is not stored".

use super::StoreError;
use super::rows::Anchor;
use super::table::{self, Hashes, STAGE};
use crate::model::{CaseFile, Priority, Stage};
use crate::rules::clock;
use crate::search::fuzzy;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

/// `due` of a case whose clock has no start: after every instant.
pub(super) const NO_DUE: i64 = i64::MAX;
/// `injury` of a case without one: after every ISO date.
const NO_DAY: &str = "~";
/// The longest request line (characters).
const REQUEST: usize = 300;
/// The longest text a filter looks at (characters): what the matcher reads.
const SEARCH: usize = 512;

/// A row of table `queue`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QueueLine {
    pub case_id: i64,
    pub key: String,
    pub place: Place,
    pub injury: String,
    pub items: i64,
    pub request: String,
    pub search: String,
}

/// What a change can move of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub part: i64,
    pub stage: i64,
    pub expedited: bool,
    pub due: i64,
}

impl Place {
    pub(super) fn of(file: &CaseFile) -> Self {
        let case = &file.case;
        Self {
            part: part(file.stage),
            stage: rank(file.stage),
            expedited: case.priority() == Priority::Expedited,
            due: clock::due_instant(&case.header, case.is_published)
                .map_or(NO_DUE, |due| due.as_second()),
        }
    }

    /// The same case at another stage.
    pub(super) fn at(self, stage: Stage) -> Self {
        Self {
            part: part(stage),
            stage: rank(stage),
            ..self
        }
    }

    fn columns(self) -> [(&'static str, i64); 4] {
        [
            ("part", self.part),
            ("stage", self.stage),
            ("expedited", i64::from(self.expedited)),
            ("due", self.due),
        ]
    }
}

const COLUMNS: &str = "case_id, key, part, stage, expedited, due, injury, items, request, search";

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
pub(super) fn derive(anchor: &Anchor, file: &CaseFile) -> Option<QueueLine> {
    let (case, header) = (&file.case, &file.case.header);
    let request = request(file);
    (!anchor.is_precedent).then(|| QueueLine {
        case_id: anchor.case_id,
        key: case.id.to_string(),
        place: Place::of(file),
        injury: header
            .injury_date
            .map_or_else(|| NO_DAY.to_owned(), |d| d.to_string()),
        items: i64::try_from(case.items.len()).unwrap_or(i64::MAX),
        search: search(file, &request),
        request,
    })
}

fn request(file: &CaseFile) -> String {
    let each = file.case.items.iter().map(|item| item.in_dispute());
    let line = each.collect::<Vec<_>>().join("; ");
    start(&crate::model::text::fold(&line), REQUEST)
}

/// Number, patient, request and the words of the diagnoses, folded: what a filter looks at.
fn search(file: &CaseFile, request: &str) -> String {
    let case = &file.case;
    let mut line = format!("{} {} {request}", case.id, case.patient.short());
    for sentence in diagnoses(&case.summary) {
        line.push(' ');
        line.push_str(sentence.trim());
    }
    let folded: Vec<String> = line.split_whitespace().flat_map(fuzzy::words).collect();
    start(&folded.join(" "), SEARCH)
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
    let sql = format!("SELECT {COLUMNS} FROM queue WHERE case_id = ?1");
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
            },
            injury: row.get(6)?,
            items: row.get(7)?,
            request: row.get(8)?,
            search: row.get(9)?,
        })
    });
    Ok(line.optional()?)
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
    on.prepare_cached(&format!(
        "INSERT INTO queue ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
    ))?
    .execute((
        line.case_id,
        &line.key,
        line.place.part,
        line.place.stage,
        line.place.expedited,
        line.place.due,
        &line.injury,
        line.items,
        &line.request,
        &line.search,
    ))?;
    Ok(())
}

/// Writes the whole row of a case, whether the queue has one or not.
pub(super) fn put(on: &Connection, line: &QueueLine) -> Result<(), StoreError> {
    if stored(on, line.case_id)?.is_none() {
        return insert(on, line);
    }
    on.prepare_cached(
        "UPDATE queue SET part = ?2, stage = ?3, expedited = ?4, due = ?5, injury = ?6, items = ?7,
         request = ?8, search = ?9 WHERE case_id = ?1",
    )?
    .execute((
        line.case_id,
        line.place.part,
        line.place.stage,
        line.place.expedited,
        line.place.due,
        &line.injury,
        line.items,
        &line.request,
        &line.search,
    ))?;
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
    let pairs = before.columns().into_iter().zip(after.columns());
    let moved: Vec<_> = pairs
        .filter(|(old, new)| old != new)
        .map(|(_, new)| new)
        .collect();
    let sets: Vec<String> = moved.iter().map(|(c, _)| format!("{c} = ?")).collect();
    let sql = format!("UPDATE queue SET {} WHERE case_id = ?", sets.join(", "));
    let values = moved.iter().map(|(_, value)| *value);
    on.prepare_cached(&sql)?
        .execute(params_from_iter(values.chain([anchor.case_id])))?;
    Ok(match before.stage == after.stage {
        true => Hashes::new(),
        false => told_of(anchor.case_id, after.stage),
    })
}
