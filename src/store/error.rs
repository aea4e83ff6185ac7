//! What can go wrong with the store: each a sentence that says what happened and what to do.

use crate::model::{CaseId, ChangeRefused, FilterError};
use crate::seal::SealError;
use rusqlite::ErrorCode;
use std::path::PathBuf;

/// A failure of the store. Never holds case text.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing there.
    #[error("there is no store at {}: import a letter to begin one", .0.display())]
    Missing(PathBuf),
    /// `create` never writes over anything.
    #[error("{} is there already: it is left as it is", .0.display())]
    Exists(PathBuf),
    /// A directory, a link, a device, an empty or a foreign file.
    #[error("{} is no store of imr ({what}): it is left as it is", .path.display())]
    NotAStore {
        /// Which file.
        path: PathBuf,
        /// What it is instead.
        what: &'static str,
    },
    /// Written by a newer version.
    #[error("{} was written by a newer imr: use that version", .0.display())]
    Newer(PathBuf),
    /// The file was replaced or removed while it was open.
    #[error("{} was replaced or removed while imr ran: nothing was saved; start imr again", .0.display())]
    Replaced(PathBuf),
    /// Below the floor of 3.51.3.
    #[error("SQLite {0} can lose saved work (WAL reset); imr needs 3.51.3 or newer")]
    Engine(&'static str),
    /// A setting did not take.
    #[error(
        "the store's setting {name} is {found}, not {wanted}: saved work would not be safe, so nothing was opened"
    )]
    Setting {
        /// Which pragma.
        name: &'static str,
        /// What it must be.
        wanted: &'static str,
        /// What it is.
        found: String,
    },
    /// Another program holds the write lock.
    #[error("the store is busy: another imr is writing; nothing was saved, try again")]
    Busy,
    /// No room.
    #[error("the disk is full: not saved; free some space and try again")]
    Full,
    /// A read or a write failed; what the database holds is unknown until it is opened again.
    #[error("the disk failed while saving: close imr and open it again before you go on")]
    Disk,
    /// SQLite says the file is damaged.
    #[error("the store is damaged: run imr verify, and restore a backup")]
    Corrupt,
    /// A row that no version of this program writes.
    #[error("the store is damaged: table {table}, {what}; run imr verify")]
    Damaged {
        /// Which table.
        table: &'static str,
        /// Which value, without its content.
        what: &'static str,
    },
    /// Not in this store.
    #[error("there is no case {0} in the store")]
    NoCase(CaseId),
    /// A case that came in as a precedent is read, not worked on.
    #[error("{0} was imported as a precedent: it can be read, not changed")]
    Precedent(CaseId),
    /// Another session has worked on this item since the writer last saw it.
    #[error(
        "item {} was changed in another window meanwhile: not saved; look at the case again",
        .item + 1
    )]
    ChangedElsewhere {
        /// Which item, from 0.
        item: usize,
    },
    /// A filter that does not read.
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// It does not fit the case.
    #[error(transparent)]
    Refused(#[from] ChangeRefused),
    /// A sealed determination does not read back.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Making or reading the file or its folder.
    #[error("{}: {source}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The schema could not be brought up to date.
    #[error("the store's schema could not be brought up to date: {0}")]
    Migration(String),
    /// Anything else SQLite says (no case text: only its own words).
    #[error("the store failed: {0}")]
    Sqlite(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::SystemIoFailure) => Self::Disk,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt,
            _ => Self::Sqlite(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(_: serde_json::Error) -> Self {
        Self::Damaged {
            table: "(any)",
            what: "a list is not the JSON it should be",
        }
    }
}

impl From<rusqlite_migration::Error> for StoreError {
    fn from(error: rusqlite_migration::Error) -> Self {
        Self::Migration(error.to_string())
    }
}

impl StoreError {
    /// After these the connection is not to be trusted with another write.
    pub(super) fn is_poison(&self) -> bool {
        matches!(self, Self::Disk | Self::Corrupt)
    }
}
