//! Guideline passages: read, paged through, and found by their words (FTS5).

use super::guidelines::BETWEEN_HEADINGS;
use super::{Store, StoreError};
use crate::model::{Guideline, Passage, Rank};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

/// Above this many passages an expression is not ranked whole: its words are so common that no
/// order among all of them would say much, and to make it is what takes long.
const RANKED: usize = 3_000;
/// From how many places of the library such an expression's passages are taken, and how many each.
const PLACES: i64 = 8;
const EACH: i64 = 12;
/// How many of them, at most, for their headings.
const BY_HEADING: i64 = 48;

const GUIDELINE: &str = "
    SELECT key, shelf, name, edition, year, effective_from, effective_to, rank, licence, note,
           superseded_by, (SELECT count(*) FROM passages p WHERE p.guideline_id = g.guideline_id)
    FROM guidelines g";

const PASSAGE: &str = "
    SELECT p.passage_id, g.key, p.number, p.id, p.heading, p.page, p.page_label, p.kind, p.url, p.text
    FROM passages p JOIN guidelines g USING (guideline_id)";

/// Headings say what a passage is about, so their words weigh more.
const BY_RANK: &str = "
    SELECT rowid FROM passage_words
    WHERE passage_words MATCH ?1 AND rank MATCH 'bm25(1.0, 3.0)' ORDER BY rank LIMIT ?2";
const FROM_HERE: &str = "SELECT rowid FROM passage_words WHERE passage_words MATCH ?1 AND rowid >= ?2 ORDER BY rowid LIMIT ?3";
const AS_MANY: &str =
    "SELECT count(*) FROM (SELECT 1 FROM passage_words WHERE passage_words MATCH ?1 LIMIT ?2)";

impl Store {
    /// Every guideline, by shelf and edition, superseded ones too.
    ///
    /// # Errors
    /// What the disk or a damaged row gives.
    pub fn guidelines(&self) -> Result<Vec<Guideline>, StoreError> {
        let sql = format!(
            "{GUIDELINE} ORDER BY shelf, superseded_by IS NOT NULL, edition DESC, guideline_id"
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_map([], guideline)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every edition of every guideline, superseded ones too, their passages uncounted.
    ///
    /// # Errors
    /// What the disk or a damaged row gives.
    pub fn editions(&self) -> Result<Vec<Guideline>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT key, shelf, name, edition, year, effective_from, effective_to, rank, licence,
                    note, superseded_by, 0
             FROM guidelines ORDER BY guideline_id",
        )?;
        let rows = query.query_map([], guideline)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Guidelines that are searched, their passages uncounted: to count them takes longer than a
    /// search.
    ///
    /// # Errors
    /// What the disk or a damaged row gives.
    pub fn current_guidelines(&self) -> Result<Vec<Guideline>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT key, shelf, name, edition, year, effective_from, effective_to, rank, licence,
                    note, superseded_by, 0
             FROM guidelines WHERE superseded_by IS NULL",
        )?;
        let rows = query.query_map([], guideline)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The passages of a guideline from this number on, at most `limit`: paging through it.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn passages_from(
        &self,
        guideline: &str,
        number: u32,
        limit: usize,
    ) -> Result<Vec<Passage>, StoreError> {
        let sql =
            format!("{PASSAGE} WHERE g.key = ?1 AND p.number >= ?2 ORDER BY p.number LIMIT ?3");
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_map(params![guideline, number, sql_limit(limit)], passage)?;
        let found: Vec<(i64, Passage)> = rows.collect::<Result<_, _>>()?;
        with_criteria(&self.connection, found)
    }

    /// Passages by the name that their source gives them, current guidelines first.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn passages_named(&self, id: &str) -> Result<Vec<Passage>, StoreError> {
        let sql = format!(
            "{PASSAGE} WHERE p.id = ?1 ORDER BY g.superseded_by IS NOT NULL, g.guideline_id DESC"
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_map([id], passage)?;
        let found: Vec<(i64, Passage)> = rows.collect::<Result<_, _>>()?;
        with_criteria(&self.connection, found)
    }

    /// One passage by its row, with the criteria it carries.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn passage_at(&self, row: i64) -> Result<Option<Passage>, StoreError> {
        let sql = format!("{PASSAGE} WHERE p.passage_id = ?1");
        let mut query = self.connection.prepare_cached(&sql)?;
        let found = query.query_row([row], passage).optional()?;
        Ok(with_criteria(&self.connection, found.into_iter().collect())?.pop())
    }

    /// Passages of current guidelines that carry criteria, at most so many.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn passages_with_criteria(&self, most: usize) -> Result<Vec<Passage>, StoreError> {
        let sql = format!(
            "{PASSAGE} WHERE p.passage_id IN (SELECT passage_id FROM criteria)
             AND g.superseded_by IS NULL ORDER BY p.passage_id LIMIT ?1"
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_map([sql_limit(most)], passage)?;
        let found: Vec<(i64, Passage)> = rows.collect::<Result<_, _>>()?;
        with_criteria(&self.connection, found)
    }

    /// How many passages there are, about: what has gone leaves a gap in the numbers.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn passage_count(&self) -> Result<usize, StoreError> {
        let newest: i64 = self.connection.query_row(
            "SELECT coalesce(max(passage_id), 0) FROM passages",
            [],
            |row| row.get(0),
        )?;
        Ok(usize::try_from(newest).unwrap_or_default())
    }

    /// In how many passages an FTS5 expression is found, counted as far as ranking goes.
    ///
    /// # Errors
    /// What the disk gives, or an expression that is none.
    pub fn count_passages(&self, expression: &str) -> Result<usize, StoreError> {
        let mut query = self.connection.prepare_cached(AS_MANY)?;
        let most = sql_limit(RANKED + 1);
        let found: i64 = query.query_row(params![expression, most], |row| row.get(0))?;
        Ok(usize::try_from(found).unwrap_or_default())
    }

    /// Rows of the passages that an FTS5 expression finds: the best `limit` by bm25, or where it
    /// finds too many to rank, those with it in their headings and some from all over the library.
    ///
    /// # Errors
    /// What the disk gives, or an expression that is none.
    pub fn find_passages(&self, expression: &str, limit: usize) -> Result<Vec<i64>, StoreError> {
        if self.count_passages(expression)? > RANKED {
            return self.some_passages(expression);
        }
        let mut query = self.connection.prepare_cached(BY_RANK)?;
        let rows = query.query_map(params![expression, sql_limit(limit)], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn some_passages(&self, expression: &str) -> Result<Vec<i64>, StoreError> {
        let mut query = self.connection.prepare_cached(FROM_HERE)?;
        let mut found = Vec::new();
        let mut take = |expression: &str, from: i64, most: i64| -> Result<(), StoreError> {
            let rows = query.query_map(params![expression, from, most], |row| row.get(0))?;
            for row in rows {
                found.push(row?);
            }
            Ok(())
        };
        take(&format!("{{heading}} : ({expression})"), 0, BY_HEADING)?;
        let newest = i64::try_from(self.passage_count()?).unwrap_or(i64::MAX);
        for place in 0..PLACES {
            take(expression, newest / PLACES * place, EACH)?;
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The headings, kind and text of passages, in the order of their rows, for ranking them.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn passages_at(&self, rows: &[i64]) -> Result<Vec<(i64, Passage)>, StoreError> {
        let marks = vec!["?"; rows.len()].join(", ");
        let sql = format!("{PASSAGE} WHERE p.passage_id IN ({marks})");
        let mut query = self.connection.prepare_cached(&sql)?;
        let values = params_from_iter(rows.iter().map(|row| Value::Integer(*row)));
        let found = query.query_map(values, passage)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Words of the index, as it stems them, that begin with these letters.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn passage_words_from(&self, start: &str, most: usize) -> Result<Vec<String>, StoreError> {
        self.connection.execute_batch(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.passage_vocabulary
             USING fts5vocab('main', 'passage_words', 'row')",
        )?;
        let mut query = self.connection.prepare_cached(
            "SELECT term FROM temp.passage_vocabulary WHERE term >= ?1 AND term < ?2 LIMIT ?3",
        )?;
        let end = format!("{start}\u{10FFFF}");
        let rows = query.query_map(params![start, end, sql_limit(most)], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn sql_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

fn guideline(row: &Row<'_>) -> rusqlite::Result<Guideline> {
    let day = |at| -> rusqlite::Result<_> {
        let text: Option<String> = row.get(at)?;
        Ok(text.and_then(|text| text.parse().ok()))
    };
    Ok(Guideline {
        key: row.get(0)?,
        shelf: row.get(1)?,
        name: row.get(2)?,
        edition: row.get(3)?,
        year: row.get(4)?,
        effective: (day(5)?, day(6)?),
        rank: rank(&row.get::<_, String>(7)?),
        licence: row.get(8)?,
        note: row.get(9)?,
        superseded_by: row.get(10)?,
        passages: row.get(11)?,
    })
}

fn passage(row: &Row<'_>) -> rusqlite::Result<(i64, Passage)> {
    let heading: String = row.get(4)?;
    let headings = heading.split(BETWEEN_HEADINGS).filter(|h| !h.is_empty());
    let passage = Passage {
        guideline: row.get(1)?,
        number: row.get(2)?,
        id: row.get(3)?,
        heading: headings.map(str::to_owned).collect(),
        page: row.get(5)?,
        page_label: row.get(6)?,
        kind: row.get(7)?,
        url: row.get(8)?,
        text: row.get(9)?,
        criteria: Vec::new(),
    };
    Ok((row.get(0)?, passage))
}

fn with_criteria(on: &Connection, found: Vec<(i64, Passage)>) -> Result<Vec<Passage>, StoreError> {
    let mut query =
        on.prepare_cached("SELECT text FROM criteria WHERE passage_id = ?1 ORDER BY position")?;
    let whole = |(row, mut passage): (i64, Passage)| -> Result<Passage, StoreError> {
        let rows = query.query_map([row], |row| row.get(0))?;
        passage.criteria = rows.collect::<Result<_, _>>()?;
        Ok(passage)
    };
    found.into_iter().map(whole).collect()
}

/// The schema lets no other letter in.
fn rank(letter: &str) -> Rank {
    let known = |rank: &&Rank| format!("{rank:?}") == letter;
    Rank::ALL.iter().find(known).copied().unwrap_or(Rank::F)
}
