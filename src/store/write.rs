//! Every write: one IMMEDIATE transaction, whole or not at all.

use super::{Store, StoreError, file};
use rusqlite::{Transaction, TransactionBehavior};

/// SQLite's busy handler is not fair: a writer can starve through one wait (reliability e.1).
const ATTEMPTS: usize = 3;

impl Store {
    /// Runs `work` in a transaction that holds the write lock from its start, and commits it.
    pub(super) fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let done = self.write_aside(work);
        self.writes.set(self.writes.get() + 1);
        done
    }

    /// The same for what no cached answer depends on: neither cases nor counts.
    pub(super) fn write_aside<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.refuse_if_in_doubt()?;
        let transaction = begin(&self.connection)?;
        let done = work(&transaction)?;
        self.commit(transaction)?;
        Ok(done)
    }

    fn commit(&self, transaction: Transaction<'_>) -> Result<(), StoreError> {
        let done = transaction.commit().map_err(StoreError::from);
        if done.as_ref().is_err_and(StoreError::is_poison) {
            self.is_poisoned.set(true);
        }
        done
    }

    /// After a failed flush nobody knows what the disk holds; and a file that was swapped under us
    /// would take the save and lose it.
    fn refuse_if_in_doubt(&self) -> Result<(), StoreError> {
        if self.is_poisoned.get() {
            return Err(StoreError::Disk);
        }
        if !file::is_same(&self.path, self.identity) {
            return Err(StoreError::Replaced(self.path.clone()));
        }
        Ok(())
    }
}

fn begin(connection: &rusqlite::Connection) -> Result<Transaction<'_>, StoreError> {
    let begin = || {
        Transaction::new_unchecked(connection, TransactionBehavior::Immediate)
            .map_err(StoreError::from)
    };
    let mut last = begin();
    for _ in 1..ATTEMPTS {
        match last {
            Err(StoreError::Busy) => last = begin(),
            _ => break,
        }
    }
    last
}
