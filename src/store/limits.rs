//! The limits that the `due` column of the queue is counted by. The hash of them stands in the
//! store: where another rules.toml is in force than when it was counted, it is counted anew.

use super::load::{self, Depth};
use super::queue_row;
use super::{Store, StoreError};
use crate::model::Limits;
use crate::seal;
use rusqlite::{Connection, OptionalExtension};
use std::sync::Arc;

/// Stands for a column counted by more than one set of limits.
const MIXED: &str = "0000000000000000000000000000000000000000000000000000000000000000";

impl Store {
    /// The same store under these limits. Due dates that were counted by others are counted anew,
    /// in one transaction; where none were, nothing is written.
    ///
    /// # Errors
    /// What the disk or a damaged row gives.
    pub fn under(mut self, limits: &Limits) -> Result<Self, StoreError> {
        self.limits = Arc::new(limits.clone());
        if counted_by(&self.connection)? != Some(digest(limits)) {
            let limits = Arc::clone(&self.limits);
            self.write(|tx| count_anew(tx, &limits))?;
        }
        Ok(self)
    }
}

fn digest(limits: &Limits) -> String {
    seal::hash(limits.spelled().as_bytes())
}

fn counted_by(on: &Connection) -> Result<Option<String>, StoreError> {
    let mut query = on.prepare_cached("SELECT digest FROM limits WHERE one = 1")?;
    Ok(query.query_row([], |row| row.get(0)).optional()?)
}

fn note(on: &Connection, digest: &str) -> Result<(), StoreError> {
    const PUT: &str = "INSERT INTO limits (one, digest) VALUES (1, ?1)
         ON CONFLICT DO UPDATE SET digest = excluded.digest";
    on.prepare_cached(PUT)?.execute([digest])?;
    Ok(())
}

/// A new store is empty: whatever is counted in it is counted by these.
pub(super) fn lay(on: &Connection) -> Result<(), StoreError> {
    note(on, &digest(&Limits::built_in()))
}

/// Asked where a due date is written: a session that was open when another one changed the limits
/// still counts by the old ones, so the next to open the store counts again.
pub(super) fn note_counted(on: &Connection, limits: &Limits) -> Result<(), StoreError> {
    let digest = digest(limits);
    match counted_by(on)? {
        Some(known) if known == digest => Ok(()),
        _ => note(on, MIXED),
    }
}

fn count_anew(tx: &Connection, limits: &Limits) -> Result<(), StoreError> {
    let mut query = tx.prepare("SELECT case_id FROM queue ORDER BY case_id")?;
    let ids: Vec<i64> = query
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for id in ids {
        let (_, file) = load::case_file(tx, id, Depth::Head)?;
        queue_row::set_due(tx, id, &file, limits)?;
    }
    note(tx, &digest(limits))
}
