//! Citation lists come, are replaced and go, and are read line by line.

use super::{Store, StoreError};
use crate::model::{CitationList, Listed, Rank};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// Tells one state of all lists from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListsStamp(i64, i64);

impl Store {
    /// Takes a list in, in place of the one with its key; `file` is the hex SHA-256 of its file.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn add_list(
        &mut self,
        list: &CitationList,
        entries: &[Listed],
        file: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write_aside(|tx| {
            tx.execute("DELETE FROM citation_lists WHERE key = ?1", [&list.key])?;
            tx.execute(
                "INSERT INTO citation_lists (key, name, rank, licence, file, entries, added)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    list.key,
                    list.name,
                    list.rank.map(|rank| format!("{rank:?}")),
                    list.licence,
                    file,
                    list.entries,
                    now.to_string()
                ],
            )?;
            insert(tx, tx.last_insert_rowid(), entries)
        })
    }

    /// Takes a list out; was it there?
    ///
    /// # Errors
    /// What the disk gives.
    pub fn remove_list(&mut self, key: &str) -> Result<bool, StoreError> {
        self.write_aside(|tx| {
            let gone = tx.execute("DELETE FROM citation_lists WHERE key = ?1", [key])?;
            Ok(gone > 0)
        })
    }

    /// The lists, by name.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn lists(&self) -> Result<Vec<CitationList>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT key, name, rank, licence, entries FROM citation_lists ORDER BY name, key",
        )?;
        let rows = query.query_map([], |row| {
            Ok(CitationList {
                key: row.get(0)?,
                name: row.get(1)?,
                rank: rank(row.get(2)?),
                licence: row.get(3)?,
                entries: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What all lists are now: another stamp, other lists.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn lists_stamp(&self) -> Result<ListsStamp, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT coalesce(max(list_id), 0), coalesce(sum(list_id), 0) FROM citation_lists",
        )?;
        Ok(query.query_row([], |row| Ok(ListsStamp(row.get(0)?, row.get(1)?)))?)
    }

    /// Every entry of every list with its number in the store, in order; until `take` has enough.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn each_listed(&self, mut take: impl FnMut(i64, &str) -> bool) -> Result<(), StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT listed_id, entry FROM listed ORDER BY listed_id")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let entry = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            if !take(row.get(0)?, entry) {
                break;
            }
        }
        Ok(())
    }

    /// An entry by its number in the store: its key, itself, and its rank.
    ///
    /// # Errors
    /// What the disk gives, or a line that does not read.
    pub fn listed(&self, id: i64) -> Result<Option<(String, Listed, Option<Rank>)>, StoreError> {
        self.one_listed("listed_id = ?1", params![id])
    }

    /// An entry by its key, `list:number`.
    ///
    /// # Errors
    /// What the disk gives, or a line that does not read.
    pub fn listed_by_key(
        &self,
        key: &str,
    ) -> Result<Option<(String, Listed, Option<Rank>)>, StoreError> {
        match key.rsplit_once(':') {
            Some((list, number)) => {
                self.one_listed("key = ?1 AND number = ?2", params![list, number])
            }
            None => Ok(None),
        }
    }

    fn one_listed(
        &self,
        which: &str,
        given: &[&dyn rusqlite::ToSql],
    ) -> Result<Option<(String, Listed, Option<Rank>)>, StoreError> {
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT key || ':' || number, entry, rank
             FROM listed JOIN citation_lists USING (list_id) WHERE {which}"
        ))?;
        let row = query.query_row(given, |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?))
        });
        let Some((key, entry, of_list)) = row.optional()? else {
            return Ok(None);
        };
        let entry: Listed = serde_json::from_str(&entry).map_err(|_| StoreError::Damaged {
            table: "listed",
            what: "an entry",
        })?;
        let rank = entry.rank.or(rank(of_list));
        Ok(Some((key, entry, rank)))
    }
}

fn insert(tx: &Connection, list: i64, entries: &[Listed]) -> Result<(), StoreError> {
    let mut row =
        tx.prepare_cached("INSERT INTO listed (list_id, number, entry) VALUES (?1, ?2, ?3)")?;
    for (number, entry) in (1_i64..).zip(entries) {
        let entry = serde_json::to_string(entry).map_err(|_| StoreError::Damaged {
            table: "listed",
            what: "an entry",
        })?;
        row.execute(params![list, number, entry])?;
    }
    Ok(())
}

fn rank(letter: Option<String>) -> Option<Rank> {
    let letter = letter?;
    let mut all = Rank::ALL.into_iter();
    all.find(|rank| format!("{rank:?}") == letter)
}
