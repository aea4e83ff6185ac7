//! Opening the database with the settings that make a save a save, each one read back.

use super::{StoreError, file};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// SQLite 3.7.0 to 3.51.2 can lose acknowledged writes of two processes (WAL reset).
const ENGINE_FLOOR: i32 = 3_051_003;
/// How long a write waits for another process.
const BUSY: Duration = Duration::from_secs(5);
/// No single value may be longer (bytes).
const LONGEST_VALUE: i32 = 16 * 1024 * 1024;
/// Statements are few and fixed; keeping them all saves parsing them again.
const STATEMENTS: usize = 128;

/// Settings of the connection. `journal_mode` and `synchronous` are set apart: see [`settle`].
const PRAGMAS: [(&str, &str); 8] = [
    ("foreign_keys", "1"),
    ("trusted_schema", "0"),
    ("cell_size_check", "1"),
    ("secure_delete", "1"),
    ("temp_store", "2"),
    ("mmap_size", "0"),
    ("journal_size_limit", "16777216"),
    ("synchronous", "2"),
];

/// Opens an existing file. Never makes one.
pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < ENGINE_FLOOR {
        return Err(StoreError::Engine(rusqlite::version()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_VALUE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Applies every setting and reads it back: one failed write while the journal mode changes
/// leaves a database silently in another mode (reliability F-15).
pub(super) fn settle(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let journal = if file::is_remote(path) {
        ("journal_mode", "delete")
    } else {
        ("journal_mode", "wal")
    };
    for (name, wanted) in [journal].into_iter().chain(PRAGMAS) {
        expect_set(connection, name, wanted)?;
    }
    Ok(())
}

/// Bytes of a page of a new store. A commit is paid by the page, whatever its size: the bytes of a
/// usual determination should lie on one.
const PAGE: (&str, &str) = ("page_size", "8192");

/// The settings of [`settle`] without WAL, for the moment in which a new store is laid.
pub(super) fn settle_for_laying(connection: &Connection) -> Result<(), StoreError> {
    [PAGE]
        .iter()
        .chain(&PRAGMAS)
        .try_for_each(|(name, wanted)| expect_set(connection, name, wanted))
}

pub(super) fn expect_set(
    connection: &Connection,
    name: &'static str,
    wanted: &'static str,
) -> Result<(), StoreError> {
    connection
        .pragma_update_and_check(None, name, wanted, |_| Ok(()))
        .or_else(|e| match e {
            // Most pragmas answer nothing when they are set.
            rusqlite::Error::QueryReturnedNoRows => Ok(()),
            other => Err(other),
        })?;
    expect(connection, name, wanted)
}

/// Reads a setting back and refuses any other value.
pub(super) fn expect(
    connection: &Connection,
    name: &'static str,
    wanted: &'static str,
) -> Result<(), StoreError> {
    use rusqlite::types::Value;
    let value: Value = connection.pragma_query_value(None, name, |row| row.get(0))?;
    let found = match value {
        Value::Integer(n) => n.to_string(),
        Value::Text(text) => text,
        _ => "unknown".to_owned(),
    };
    if found == wanted {
        return Ok(());
    }
    Err(StoreError::Setting {
        name,
        wanted,
        found,
    })
}
