//! The two chains: each link recomputed, and each signature paired with its event.

use super::StoreError;
use super::events::{self, COLUMNS, Stored};
use super::verify::VerifyReport;
use crate::model::CaseId;
use crate::seal;
use rusqlite::{Connection, OptionalExtension, Row};

/// Every event of the store in order.
pub(super) fn events(on: &Connection, report: &mut VerifyReport) -> Result<(), StoreError> {
    let mut query = on.prepare(&format!("SELECT {COLUMNS} FROM events ORDER BY seq"))?;
    let rows = query.query_map([], events::stored)?;
    let (mut seq, mut link) = (0, events::genesis(on)?);
    for event in rows {
        let event = event?;
        report.checked += 1;
        if event.seq != seq + 1 {
            report.problem(format!(
                "table events: seq {} follows seq {seq}: events are missing",
                event.seq
            ));
        }
        if event.prev_hash != link {
            report.problem(match seq {
                0 => "table events, seq 1, or table meta: this is not the store it began as".into(),
                _ => format!(
                    "table events, seq {}: does not follow the event before it",
                    event.seq
                ),
            });
        }
        own_hash(&event, report);
        (seq, link) = (event.seq, event.hash);
    }
    Ok(())
}

fn own_hash(event: &Stored, report: &mut VerifyReport) {
    let kind_fits = event
        .body()
        .is_some_and(|body| body["kind"] == event.kind.as_str());
    if event.right_hash().as_ref() != Some(&event.hash) || !kind_fits {
        report.problem(format!(
            "table events, seq {} ({}): its content does not match its hash",
            event.seq, event.case_key
        ));
    }
}

/// The events of one case, each by itself: the links between them run through other cases.
pub(super) fn of_case(
    on: &Connection,
    case: &CaseId,
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    for event in events::of_case(on, case)? {
        report.checked += 1;
        own_hash(&event, report);
    }
    Ok(())
}

/// Every determination of the store in order.
pub(super) fn determinations(on: &Connection, report: &mut VerifyReport) -> Result<(), StoreError> {
    let mut query = on
        .prepare("SELECT seq, case_key, sealed, hash, previous FROM determinations ORDER BY seq")?;
    let mut rows = query.query([])?;
    let mut link: Option<String> = None;
    while let Some(row) = rows.next()? {
        let found = Found::of(row)?;
        found.check(link.as_deref(), report);
        link = Some(found.hash);
    }
    Ok(())
}

/// The determinations of one case, each with the link to the one before it and from the one
/// behind it, whosesoever these are.
pub(super) fn determinations_of(
    on: &Connection,
    case: &CaseId,
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    const BEFORE: &str =
        "SELECT seq, hash FROM determinations WHERE seq < ?1 ORDER BY seq DESC LIMIT 1";
    const BEHIND: &str =
        "SELECT seq, previous FROM determinations WHERE seq > ?1 ORDER BY seq LIMIT 1";
    let mut query = on.prepare(
        "SELECT seq, case_key, sealed, hash, previous FROM determinations WHERE case_key = ?1
         ORDER BY seq",
    )?;
    let mut rows = query.query([case.as_str()])?;
    while let Some(row) = rows.next()? {
        let found = Found::of(row)?;
        let before = neighbour(on, BEFORE, found.seq)?;
        found.check(before.and_then(|(_, hash)| hash).as_deref(), report);
        if let Some((behind, previous)) = neighbour(on, BEHIND, found.seq)?
            && previous.as_deref() != Some(found.hash.as_str())
        {
            report.problem(format!(
                "table determinations, seq {behind}: does not follow seq {} ({case})",
                found.seq
            ));
        }
    }
    pairs(on, Some(case), report)
}

fn neighbour(
    on: &Connection,
    sql: &str,
    seq: i64,
) -> Result<Option<(i64, Option<String>)>, StoreError> {
    let mut query = on.prepare_cached(sql)?;
    Ok(query
        .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

struct Found {
    seq: i64,
    case_key: String,
    sealed: Vec<u8>,
    hash: String,
    previous: Option<String>,
}

impl Found {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            case_key: row.get(1)?,
            sealed: row.get(2)?,
            hash: row.get(3)?,
            previous: row.get(4)?,
        })
    }

    fn check(&self, link: Option<&str>, report: &mut VerifyReport) {
        report.checked += 1;
        for wrong in self.wrongs(link) {
            report.problem(format!(
                "table determinations, seq {} ({}): {wrong}",
                self.seq, self.case_key
            ));
        }
    }

    fn wrongs(&self, link: Option<&str>) -> Vec<String> {
        let mut wrongs = Vec::new();
        if self.previous.as_deref() != link {
            wrongs.push("does not follow the determination before it: one is missing".to_owned());
        }
        if seal::hash(&self.sealed) != self.hash {
            wrongs.push("the sealed bytes do not match their hash".to_owned());
        }
        match seal::read(&self.sealed) {
            Err(error) => wrongs.push(error.to_string()),
            Ok(sealed) => {
                if sealed.case().as_str() != self.case_key {
                    wrongs.push("the sealed bytes speak of another case".to_owned());
                }
                if sealed.previous() != link {
                    wrongs.push("the sealed bytes name another determination before it".to_owned());
                }
            }
        }
        wrongs
    }
}

/// A determination without the event of its signature, and the reverse; of one case or of all.
pub(super) fn pairs(
    on: &Connection,
    case: Option<&CaseId>,
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    const SIGNED: &str = "SELECT seq, json_extract(body, '$.change.hash') AS hash, case_key FROM events WHERE kind = 'signed'";
    let halves = [
        (
            "determinations",
            "no event tells of its signature",
            format!(
                "SELECT seq, case_key FROM determinations d WHERE NOT EXISTS
                 (SELECT 1 FROM ({SIGNED}) s
                  WHERE s.seq = d.seq AND s.hash = d.hash AND s.case_key = d.case_key)"
            ),
        ),
        (
            "events",
            "the determination it tells of is not there",
            format!(
                "SELECT seq, case_key FROM ({SIGNED}) s WHERE NOT EXISTS
                 (SELECT 1 FROM determinations d
                  WHERE d.seq = s.seq AND d.hash = s.hash AND d.case_key = s.case_key)"
            ),
        ),
    ];
    for (table, what, sql) in halves {
        let mut query = on.prepare(&format!("{sql} AND (?1 IS NULL OR case_key = ?1)"))?;
        let rows = query.query_map([case.map(CaseId::as_str)], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?;
        for row in rows {
            let (seq, case) = row?;
            report.problem(format!("table {table}, seq {seq} ({case}): {what}"));
        }
    }
    Ok(())
}
