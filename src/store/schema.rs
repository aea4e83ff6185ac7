//! Migrations: one SQL file each, never changed once released.

use super::{Kind, StoreError, file};
use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};
use std::path::Path;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("migrations/01-first.sql")).foreign_key_check(),
    M::up(include_str!("migrations/02-library.sql")).foreign_key_check(),
    M::up(include_str!("migrations/03-lists.sql")).foreign_key_check(),
    M::up(include_str!("migrations/04-rules.sql")).foreign_key_check(),
    M::up(include_str!("migrations/05-desk.sql")).foreign_key_check(),
    M::up(include_str!("migrations/06-precedents.sql")).foreign_key_check(),
    M::up(include_str!("migrations/07-craft.sql")).foreign_key_check(),
    M::up(include_str!("migrations/08-words.sql")).foreign_key_check(),
];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// What the `meta` row says: which store this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meta {
    pub store: String,
    pub kind: Kind,
    pub created: String,
}

/// Lays the schema into an empty database and writes its identity.
pub(super) fn lay(connection: &mut Connection, kind: Kind) -> Result<(), StoreError> {
    connection.pragma_update(None, "application_id", file::APPLICATION_ID)?;
    MIGRATIONS.to_latest(connection)?;
    connection.execute(
        "INSERT INTO meta (one, store, kind, created) VALUES (1, ?1, ?2, ?3)",
        [
            uuid::Uuid::new_v4().to_string(),
            kind.word().to_owned(),
            Timestamp::now().to_string(),
        ],
    )?;
    super::limits::lay(connection)
}

/// An empty database with today's schema, to compare others with.
pub(super) fn pattern() -> Result<Connection, StoreError> {
    let mut pattern = Connection::open_in_memory()?;
    MIGRATIONS.to_latest(&mut pattern)?;
    Ok(pattern)
}

/// Refuses what is not ours or newer than we are, before anything is written to it.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let foreign = |what| StoreError::NotAStore {
        path: path.to_owned(),
        what,
    };
    match number("application_id").map_err(StoreError::from) {
        Ok(id) if id == i64::from(file::APPLICATION_ID) => {}
        Ok(_) => return Err(foreign("a database of another program")),
        Err(StoreError::Corrupt) => return Err(foreign("no database")),
        Err(other) => return Err(other),
    }
    let newest = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    match number("user_version")? {
        version if version > newest => Err(StoreError::Newer(path.to_owned())),
        _ => Ok(()),
    }
}

/// Brings an older store up to date, each step in a transaction of its own.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    Ok(MIGRATIONS.to_latest(connection)?)
}

/// Reads the identity.
pub(super) fn meta(connection: &Connection) -> Result<Meta, StoreError> {
    let damaged = StoreError::Damaged {
        table: "meta",
        what: "its one row",
    };
    let (store, kind, created): (String, String, String) = connection
        .query_row("SELECT store, kind, created FROM meta", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .map_err(|e| match e {
            rusqlite::Error::QueryReturnedNoRows => damaged,
            other => other.into(),
        })?;
    let kind = Kind::parse(&kind).ok_or(StoreError::Damaged {
        table: "meta",
        what: "the kind of store",
    })?;
    Ok(Meta {
        store,
        kind,
        created,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_apply_in_order() {
        super::MIGRATIONS.validate().unwrap();
    }

    /// What the first version wrote opens, keeps its rows, and has the library's tables.
    #[test]
    fn a_store_of_the_first_version_is_brought_up_to_date() {
        let mut old = Connection::open_in_memory().unwrap();
        MIGRATIONS.to_version(&mut old, 1).unwrap();
        old.execute_batch(
            "INSERT INTO bookmarks VALUES ('lee', '{}');
             INSERT INTO meta VALUES (1, '123456789012345678901234567890123456', 'test', 'now');",
        )
        .unwrap();
        migrate(&mut old).unwrap();
        assert_eq!(meta(&old).unwrap().kind, Kind::Test);
        let count = |sql: &str| old.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(count("SELECT count(*) FROM bookmarks"), 1);
        assert_eq!(count("SELECT count(criteria) FROM drafts"), 0);
        assert_eq!(
            count("SELECT count(*) FROM passage_words WHERE passage_words MATCH 'a'"),
            0
        );
    }

    #[test]
    fn a_store_of_the_first_schema_is_brought_up_to_date() {
        let mut connection = Connection::open_in_memory().unwrap();
        MIGRATIONS.to_version(&mut connection, 1).unwrap();
        assert!(
            connection
                .prepare("SELECT lint_answers FROM cases")
                .is_err()
        );
        migrate(&mut connection).unwrap();
        assert!(connection.prepare("SELECT lint_answers FROM cases").is_ok());
        let version: i64 = connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert_eq!(usize::try_from(version), Ok(STEPS.len()));
    }
}
