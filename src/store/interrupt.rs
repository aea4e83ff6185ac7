//! Reads that stop in the midst of a statement once nobody waits for them.

use super::{Store, StoreError};
use crate::search::engine::Cancel;

/// Steps of SQLite between two looks at the sign: some tens of microseconds.
const STEPS: i32 = 1_000;

impl Store {
    /// Does these reads; `None` where they were called off, whatever came of them until then.
    ///
    /// # Errors
    /// What the reads give.
    pub fn unless<T, E: From<StoreError>>(
        &self,
        cancel: &Cancel,
        reads: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        if cancel.is_cancelled() {
            return Ok(None);
        }
        let sign = cancel.clone();
        self.watch(Some(move || sign.is_cancelled()))?;
        let done = reads(self);
        // What is written later must not be stopped by a sign that was meant for this.
        self.watch(None::<fn() -> bool>)?;
        match cancel.is_cancelled() {
            true => Ok(None),
            false => done.map(Some),
        }
    }

    fn watch<F>(&self, is_off: Option<F>) -> Result<(), StoreError>
    where
        F: FnMut() -> bool + Send + 'static,
    {
        Ok(self.connection.progress_handler(STEPS, is_off)?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::*;
    use std::thread;
    use std::time::{Duration, Instant};

    /// Without the sign it would count for years.
    const ENDLESS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                           SELECT count(*) FROM n";

    fn count(store: &Store, sql: &str) -> Result<i64, StoreError> {
        Ok(store.connection.query_row(sql, [], |row| row.get(0))?)
    }

    #[test]
    fn a_statement_ends_when_nobody_waits_and_the_next_one_runs() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("imr.db"), Kind::Test).unwrap();
        let cancel = Cancel::default();
        let newer = cancel.clone();
        let start = Instant::now();
        let other = thread::spawn(move || {
            thread::sleep(Duration::from_millis(30));
            newer.cancel();
        });
        let found = store
            .unless(&cancel, |store| count(store, ENDLESS))
            .unwrap();
        other.join().unwrap();
        assert_eq!(found, None);
        assert!(start.elapsed() < Duration::from_secs(20));
        assert_eq!(
            store.unless(&cancel, |_| Ok::<_, StoreError>(1)).unwrap(),
            None
        );
        let next = store.unless(&Cancel::default(), |store| count(store, "SELECT 7"));
        assert_eq!(next.unwrap(), Some(7));
        assert_eq!(
            count(&store, "SELECT count(*) FROM cases").unwrap(),
            0,
            "and outside"
        );
    }
}
