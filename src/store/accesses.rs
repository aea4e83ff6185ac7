//! Tries to unlock a screen: who, when, and whether it was the passphrase.

use super::{Store, StoreError};
use crate::model::refusals::Refusals;
use jiff::Timestamp;
use rusqlite::params;

impl Store {
    /// Notes a try.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn note_access(
        &mut self,
        who: &str,
        is_granted: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write_aside(|tx| {
            tx.prepare_cached("INSERT INTO accesses (at, who, granted) VALUES (?1, ?2, ?3)")?
                .execute(params![now.to_string(), who, is_granted])?;
            Ok(())
        })
    }

    /// Wrong tries since the last right one of this reviewer.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn refused_accesses(&self, who: &str) -> Result<Refusals, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT count(*), max(at) FROM accesses WHERE who = ?1 AND seq > \
             (SELECT coalesce(max(seq), 0) FROM accesses WHERE who = ?1 AND granted = 1)",
        )?;
        let (count, last): (u32, Option<String>) =
            query.query_row([who], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let last = last.and_then(|at| at.parse().ok());
        Ok(Refusals { count, last })
    }
}
