//! The event log: who, when, what; append-only, each event naming the hash of the one before.

use super::table::Hashes;
use super::{StoreError, schema, sentence};
use crate::model::{CaseId, HistoryEntry};
use crate::seal::{self, SealError};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::{Value, json};

/// What an event says beside who and when.
pub(super) struct News<'a> {
    pub case: &'a CaseId,
    pub kind: &'static str,
    /// The change, without case text.
    pub change: Value,
    /// The rows it changed.
    pub rows: Hashes,
}

/// One event as stored.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    pub seq: i64,
    pub case_key: String,
    pub at: String,
    pub who: String,
    pub kind: String,
    pub body: String,
    pub prev_hash: String,
    pub hash: String,
}

/// Columns in the order of [`stored`].
pub(super) const COLUMNS: &str = "seq, case_key, at, who, kind, body, prev_hash, hash";

/// Reads a row of [`COLUMNS`].
pub(super) fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        seq: row.get(0)?,
        case_key: row.get(1)?,
        at: row.get(2)?,
        who: row.get(3)?,
        kind: row.get(4)?,
        body: row.get(5)?,
        prev_hash: row.get(6)?,
        hash: row.get(7)?,
    })
}

impl Stored {
    /// The body as JSON.
    pub(super) fn body(&self) -> Option<Value> {
        serde_json::from_str(&self.body).ok()
    }

    /// The hash this event must have.
    pub(super) fn right_hash(&self) -> Option<String> {
        let event = whole(self.seq, &self.case_key, &self.at, &self.who, &self.body);
        seal::event_hash(&self.prev_hash, &event).ok()
    }
}

/// What is hashed. The body goes in as the text that is stored: byte for byte.
fn whole(seq: i64, case: &str, at: &str, who: &str, body: &str) -> Value {
    json!({ "seq": seq, "case": case, "at": at, "who": who, "body": body })
}

/// The hash before the first event: it names the store, so that no event of another store fits.
pub(super) fn genesis(on: &Connection) -> Result<String, StoreError> {
    let meta = schema::meta(on)?;
    let body = json!({ "store": meta.store, "kind": meta.kind.word(), "created": meta.created });
    Ok(seal::event_hash("", &body)?)
}

fn last(on: &Connection) -> Result<(i64, String), StoreError> {
    let mut query = on.prepare_cached("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")?;
    match query
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
    {
        Some(end) => Ok(end),
        None => Ok((0, genesis(on)?)),
    }
}

/// Appends an event and returns its line for people.
pub(super) fn append(
    on: &Connection,
    news: News<'_>,
    who: &str,
    now: Timestamp,
) -> Result<HistoryEntry, StoreError> {
    let (before, prev_hash) = last(on)?;
    let (seq, at) = (before + 1, now.to_string());
    let body = json!({ "kind": news.kind, "change": news.change, "rows": news.rows });
    let what = sentence::of(&body);
    let body_text =
        String::from_utf8(seal::canonical(&body)?).map_err(|_| SealError::Unwritable)?;
    let hash = seal::event_hash(
        &prev_hash,
        &whole(seq, news.case.as_str(), &at, who, &body_text),
    )?;
    on.prepare_cached(&format!(
        "INSERT INTO events ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
    ))?
    .execute((
        seq,
        news.case.as_str(),
        &at,
        who,
        news.kind,
        &body_text,
        &prev_hash,
        &hash,
    ))?;
    Ok(HistoryEntry {
        seq,
        case: news.case.clone(),
        at: now,
        who: who.to_owned(),
        what,
    })
}

/// The events of one case, oldest first.
pub(super) fn of_case(on: &Connection, case: &CaseId) -> Result<Vec<Stored>, StoreError> {
    let mut query = on.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM events WHERE case_key = ?1 ORDER BY seq"
    ))?;
    let rows = query.query_map([case.as_str()], stored)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Number of the last event of one case; 0 where there is none.
pub(super) fn last_of(on: &Connection, case: &CaseId) -> Result<i64, StoreError> {
    let mut query =
        on.prepare_cached("SELECT coalesce(max(seq), 0) FROM events WHERE case_key = ?1")?;
    Ok(query.query_row([case.as_str()], |row| row.get(0))?)
}

/// The save that wrote a text.
pub(super) struct Written {
    pub seq: i64,
    pub at: Timestamp,
    pub who: String,
}

/// The last save of the rationale of an item (from 1).
pub(super) fn last_written(
    on: &Connection,
    case: &CaseId,
    item: i64,
) -> Result<Option<Written>, StoreError> {
    let mut query = on.prepare_cached(
        "SELECT seq, at, who FROM events WHERE case_key = ?1 AND kind = 'written'
           AND body ->> '$.change.item' = ?2 ORDER BY seq DESC LIMIT 1",
    )?;
    let row = query
        .query_row((case.as_str(), item), |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?))
        })
        .optional()?;
    row.map(|(seq, at, who)| {
        let at = instant(&at)?;
        Ok(Written { seq, at, who })
    })
    .transpose()
}

/// When the rationale of an item (from 1) was first saved after the event of that number.
pub(super) fn written_after(
    on: &Connection,
    case: &CaseId,
    item: i64,
    seq: i64,
) -> Result<Option<Timestamp>, StoreError> {
    let mut query = on.prepare_cached(
        "SELECT at FROM events WHERE case_key = ?1 AND kind = 'written' AND seq > ?3
           AND body ->> '$.change.item' = ?2 ORDER BY seq LIMIT 1",
    )?;
    let at: Option<String> = query
        .query_row((case.as_str(), item, seq), |row| row.get(0))
        .optional()?;
    at.map(|at| instant(&at)).transpose()
}

fn instant(text: &str) -> Result<Timestamp, StoreError> {
    text.parse().map_err(|_| StoreError::Damaged {
        table: "events",
        what: "an instant is none",
    })
}

/// Numbers of the events after `known` that changed the draft of this item (from 0).
pub(super) fn touching(
    on: &Connection,
    case: &CaseId,
    item: usize,
    known: i64,
) -> Result<Vec<i64>, StoreError> {
    let mut query = on.prepare_cached(
        "SELECT seq FROM events WHERE case_key = ?1 AND seq > ?2
           AND (body ->> '$.change.item' = ?3 OR kind = 'amendment_dropped') ORDER BY seq",
    )?;
    let number = i64::try_from(item).map_or(i64::MAX, |n| n.saturating_add(1));
    let seqs = query.query_map((case.as_str(), known, number), |row| row.get(0))?;
    Ok(seqs.collect::<Result<_, _>>()?)
}

/// The events of one case for people. A rationale is saved every second while it is typed; of
/// such a run by one person on one item, the last line stands for all.
pub(super) fn history(on: &Connection, case: &CaseId) -> Result<Vec<HistoryEntry>, StoreError> {
    let mut lines: Vec<(Option<Value>, HistoryEntry)> = Vec::new();
    for event in of_case(on, case)? {
        let body = event.body().unwrap_or_default();
        let run = sentence::writing_of(&body);
        let folds = lines
            .last()
            .is_some_and(|(last, entry)| run.is_some() && *last == run && entry.who == event.who);
        if folds {
            lines.pop();
        }
        lines.push((run, entry(case, &event, &body)?));
    }
    Ok(lines.into_iter().map(|(_, entry)| entry).collect())
}

fn entry(case: &CaseId, event: &Stored, body: &Value) -> Result<HistoryEntry, StoreError> {
    let at = instant(&event.at)?;
    Ok(HistoryEntry {
        seq: event.seq,
        case: case.clone(),
        at,
        who: event.who.clone(),
        what: sentence::of(body),
    })
}
