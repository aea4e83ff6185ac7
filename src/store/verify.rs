//! `imr verify`: recomputes everything and names what differs.
//!
//! What a chain without an anchor outside the store cannot see: a tail cut off whole (the last
//! events *and* every row and determination they speak of, put back as they were before), and a
//! rewriting of the whole chain by someone who can write the file.

use super::{Store, StoreError, load, verify_case, verify_chain, verify_schema};
use crate::model::{CaseId, Limits};
use rusqlite::Connection;

/// What was looked at, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct VerifyReport {
    /// Events, determinations and cases looked at.
    pub checked: usize,
    /// Each a sentence that names table and row; empty when all is well.
    pub problems: Vec<String>,
}

impl VerifyReport {
    pub(super) fn problem(&mut self, sentence: impl Into<String>) {
        self.problems.push(sentence.into());
    }

    /// A check that could not be made is a problem too.
    pub(super) fn note(&mut self, what: &str, done: Result<(), StoreError>) {
        if let Err(error) = done {
            self.problem(format!("{what}: {error}"));
        }
    }
}

impl Store {
    /// Recomputes chains, hashes and derived columns: of one case, or of the whole store.
    pub fn verify(&self, case: Option<&CaseId>) -> VerifyReport {
        let mut report = VerifyReport::default();
        let done = match self.connection.unchecked_transaction() {
            Ok(read) => match case {
                Some(case) => one(&read, case, &self.limits, &mut report),
                None => all(&read, &self.limits, &mut report),
            },
            Err(error) => Err(error.into()),
        };
        report.note("store", done);
        report
    }
}

fn one(
    on: &Connection,
    case: &CaseId,
    limits: &Limits,
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    let case_id = load::known(on, case)?;
    verify_chain::of_case(on, case, report)?;
    let done = verify_chain::determinations_of(on, case, report);
    report.note("table determinations", done);
    verify_case::check(on, (case_id, case), limits, report);
    Ok(())
}

fn all(on: &Connection, limits: &Limits, report: &mut VerifyReport) -> Result<(), StoreError> {
    integrity(on, report)?;
    let done = verify_chain::events(on, report);
    report.note("table events", done);
    let done = verify_chain::determinations(on, report);
    report.note("table determinations", done);
    let done = verify_chain::pairs(on, None, report);
    report.note("events and determinations", done);
    for (case_id, key) in cases(on)? {
        verify_case::check(on, (case_id, &CaseId::typed(&key)), limits, report);
    }
    counts(on, report)?;
    let done = verify_schema::check(on, report);
    report.note("schema", done);
    strays(on, report)
}

/// The figures above the queue against the queue.
fn counts(on: &Connection, report: &mut VerifyReport) -> Result<(), StoreError> {
    let differing: i64 = on.query_row(
        "WITH told AS (SELECT day, stage, expedited, cases FROM queue_counts),
              real AS (SELECT iif(part = 0, due / 86400, -1000000) AS day, stage, expedited, count(*)
                       FROM queue GROUP BY day, stage, expedited)
         SELECT (SELECT count(*) FROM (SELECT * FROM told EXCEPT SELECT * FROM real))
              + (SELECT count(*) FROM (SELECT * FROM real EXCEPT SELECT * FROM told))",
        [],
        |row| row.get(0),
    )?;
    if differing != 0 {
        report.problem("table queue_counts: differs from the queue");
    }
    Ok(())
}

fn cases(on: &Connection) -> Result<Vec<(i64, String)>, StoreError> {
    let mut query = on.prepare("SELECT case_id, key FROM cases ORDER BY case_id")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// SQLite's own checks: pages and indexes, and rows that refer to nothing.
fn integrity(on: &Connection, report: &mut VerifyReport) -> Result<(), StoreError> {
    let mut query = on.prepare("PRAGMA integrity_check(20)")?;
    let lines = query.query_map([], |row| row.get::<_, String>(0))?;
    for line in lines {
        match line?.as_str() {
            "ok" => {}
            damage => report.problem(format!("database: {damage}")),
        }
    }
    let mut query = on.prepare("PRAGMA foreign_key_check")?;
    let tables = query.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(2)?))
    })?;
    for broken in tables {
        let (table, parent) = broken?;
        report.problem(format!(
            "table {table}: a row names a row that is not in {parent}"
        ));
    }
    Ok(())
}

/// Rows that belong to no case: no case's own check would meet them.
fn strays(on: &Connection, report: &mut VerifyReport) -> Result<(), StoreError> {
    const STRAYS: [(&str, &str); 3] = [
        (
            "events",
            "SELECT DISTINCT case_key FROM events WHERE case_key NOT IN (SELECT key FROM cases)",
        ),
        (
            "files",
            "SELECT digest FROM files WHERE digest NOT IN (SELECT file FROM cases)",
        ),
        (
            "queue",
            "SELECT key FROM queue WHERE case_id NOT IN (SELECT case_id FROM cases)",
        ),
    ];
    for (table, sql) in STRAYS {
        let mut query = on.prepare(sql)?;
        let keys = query.query_map([], |row| row.get::<_, String>(0))?;
        for key in keys {
            report.problem(format!("table {table}, {}: belongs to no case", key?));
        }
    }
    Ok(())
}
