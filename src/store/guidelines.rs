//! Guidelines come, are replaced and go: each in one transaction with its index.

use super::{Store, StoreError};
use crate::model::{Guideline, Passage};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// Headings stand in one column, a line each.
pub(super) const BETWEEN_HEADINGS: &str = "\n";

/// So many passages at once leave an index in many pieces: it is made one, and smaller.
const MANY: usize = 5_000;

impl Store {
    /// Takes guidelines in, all or none; `file` is the hex SHA-256 of what they were read from.
    /// `superseding` says which of those that are here are replaced: old key, new key.
    ///
    /// # Errors
    /// What the disk gives, or a key that is there already.
    pub fn add_guidelines(
        &mut self,
        new: &[(Guideline, Vec<Passage>)],
        superseding: &[(String, String)],
        file: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write_aside(|tx| {
            for (old, by) in superseding {
                supersede(tx, old, Some(by))?;
            }
            for (guideline, passages) in new {
                let id = insert(tx, guideline, file, now)?;
                insert_passages(tx, id, passages, guideline.superseded_by.is_none())?;
            }
            let added: usize = new.iter().map(|(_, passages)| passages.len()).sum();
            if added >= MANY {
                tx.execute(
                    "INSERT INTO passage_words (passage_words) VALUES ('optimize')",
                    [],
                )?;
            }
            Ok(())
        })
    }

    /// Takes guidelines out, their passages with them; those `freed` are superseded no more.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn remove_guidelines(
        &mut self,
        keys: &[String],
        freed: &[String],
    ) -> Result<(), StoreError> {
        self.write_aside(|tx| {
            keys.iter().try_for_each(|key| remove(tx, key))?;
            freed.iter().try_for_each(|key| supersede(tx, key, None))
        })
    }

    /// Makes the index of words anew from the passages, and says of how many.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn reindex_passages(&mut self) -> Result<u32, StoreError> {
        self.write_aside(|tx| {
            tx.execute(
                "INSERT INTO passage_words (passage_words) VALUES ('delete-all')",
                [],
            )?;
            let rows = tx.execute(
                "INSERT INTO passage_words (rowid, heading, text)
                 SELECT passage_id, heading, text FROM passages JOIN guidelines USING (guideline_id)
                 WHERE superseded_by IS NULL ORDER BY passage_id",
                [],
            )?;
            Ok(u32::try_from(rows).unwrap_or(u32::MAX))
        })
    }

    /// Gives a passage these criteria in place of those it had; is there such a passage?
    ///
    /// # Errors
    /// What the disk gives.
    pub fn set_criteria(
        &mut self,
        guideline: &str,
        number: u32,
        criteria: &[String],
    ) -> Result<bool, StoreError> {
        self.write_aside(|tx| {
            let mut query = tx.prepare_cached(
                "SELECT passage_id FROM passages JOIN guidelines USING (guideline_id)
                 WHERE key = ?1 AND number = ?2",
            )?;
            let found = query.query_row(params![guideline, number], |row| row.get(0));
            let Some(passage) = found.optional()? else {
                return Ok(false);
            };
            tx.execute("DELETE FROM criteria WHERE passage_id = ?1", [passage])?;
            insert_criteria(tx, passage, criteria)?;
            Ok(true)
        })
    }

    /// Is what was read from the file with this hash here? The keys of its guidelines.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn guidelines_of_file(&self, file: &str) -> Result<Vec<String>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT key FROM guidelines WHERE file = ?1")?;
        let rows = query.query_map([file], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn insert(tx: &Connection, new: &Guideline, file: &str, now: Timestamp) -> Result<i64, StoreError> {
    let day = |day: Option<crate::model::Date>| day.map(|d| d.to_string());
    tx.execute(
        "INSERT INTO guidelines (key, shelf, name, edition, year, effective_from, effective_to,
                                 rank, licence, note, superseded_by, file, added)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            new.key,
            new.shelf,
            new.name,
            new.edition,
            new.year,
            day(new.effective.0),
            day(new.effective.1),
            format!("{:?}", new.rank),
            new.licence,
            new.note,
            new.superseded_by,
            file,
            now.to_string(),
        ],
    )?;
    Ok(tx.last_insert_rowid())
}

fn insert_passages(
    tx: &Connection,
    guideline: i64,
    passages: &[Passage],
    is_current: bool,
) -> Result<(), StoreError> {
    let mut rows = tx.prepare_cached(
        "INSERT INTO passages (guideline_id, number, id, heading, page, page_label, kind, url, text)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let mut words =
        tx.prepare_cached("INSERT INTO passage_words (rowid, heading, text) VALUES (?1, ?2, ?3)")?;
    for new in passages {
        let heading = new.heading.join(BETWEEN_HEADINGS);
        rows.execute(params![
            guideline,
            new.number,
            new.id,
            heading,
            new.page,
            new.page_label,
            new.kind,
            new.url,
            new.text
        ])?;
        let id = tx.last_insert_rowid();
        if is_current {
            words.execute(params![id, heading, new.text])?;
        }
        insert_criteria(tx, id, &new.criteria)?;
    }
    Ok(())
}

/// Writes the list of criteria of a passage in place of the one it had.
pub(super) fn insert_criteria(
    tx: &Connection,
    passage: i64,
    criteria: &[String],
) -> Result<(), StoreError> {
    if criteria.is_empty() {
        return Ok(());
    }
    let mut rows = tx.prepare_cached("INSERT INTO criteria VALUES (?1, ?2, ?3)")?;
    for (position, text) in (1_i64..).zip(criteria) {
        rows.execute(params![passage, position, text])?;
    }
    Ok(())
}

/// Its number, and whether it is superseded.
fn standing(tx: &Connection, key: &str) -> Result<Option<(i64, bool)>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT guideline_id, superseded_by IS NOT NULL FROM guidelines WHERE key = ?1",
    )?;
    Ok(query
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Superseded guidelines are read, not searched.
fn supersede(tx: &Connection, key: &str, by: Option<&str>) -> Result<(), StoreError> {
    let Some((id, was)) = standing(tx, key)? else {
        return Ok(());
    };
    tx.execute(
        "UPDATE guidelines SET superseded_by = ?2 WHERE guideline_id = ?1",
        params![id, by],
    )?;
    match (was, by.is_some()) {
        (false, true) => unindex(tx, id),
        (true, false) => index(tx, id),
        _ => Ok(()),
    }
}

fn remove(tx: &Connection, key: &str) -> Result<(), StoreError> {
    let Some((id, is_superseded)) = standing(tx, key)? else {
        return Ok(());
    };
    if !is_superseded {
        unindex(tx, id)?;
    }
    for sql in [
        "DELETE FROM criteria WHERE passage_id IN (SELECT passage_id FROM passages WHERE guideline_id = ?1)",
        "DELETE FROM passages WHERE guideline_id = ?1",
        "DELETE FROM guidelines WHERE guideline_id = ?1",
    ] {
        tx.execute(sql, [id])?;
    }
    Ok(())
}

fn index(tx: &Connection, guideline: i64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO passage_words (rowid, heading, text)
         SELECT passage_id, heading, text FROM passages WHERE guideline_id = ?1 ORDER BY passage_id",
        [guideline],
    )?;
    Ok(())
}

/// The index forgets words only when it is told them again.
fn unindex(tx: &Connection, guideline: i64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO passage_words (passage_words, rowid, heading, text)
         SELECT 'delete', passage_id, heading, text FROM passages WHERE guideline_id = ?1",
        [guideline],
    )?;
    Ok(())
}
