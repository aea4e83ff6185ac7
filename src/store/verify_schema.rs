//! The schema of a store against the one this program lays: a trigger that keeps the log
//! append-only must not be missing.

use super::verify::VerifyReport;
use super::{StoreError, schema};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// What an object is (`table users`), and the SQL that made it.
type Objects = BTreeMap<String, Option<String>>;

/// Names what is missing, changed or foreign.
pub(super) fn check(on: &Connection, report: &mut VerifyReport) -> Result<(), StoreError> {
    let (found, meant) = (objects(on)?, objects(&schema::pattern()?)?);
    for (name, sql) in &meant {
        match found.get(name) {
            None => report.problem(format!("{name}: is missing")),
            Some(other) if other != sql => {
                report.problem(format!("{name}: is not the one imr laid"));
            }
            Some(_) => {}
        }
    }
    for name in found.keys().filter(|name| !meant.contains_key(*name)) {
        report.problem(format!("{name}: does not belong to a store of imr"));
    }
    Ok(())
}

/// Without SQLite's own objects.
fn objects(on: &Connection) -> Result<Objects, StoreError> {
    let mut query = on.prepare(
        r"SELECT type || ' ' || name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\'",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
