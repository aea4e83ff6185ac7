//! Guideline passages: read, and searched word by word (FTS5).

use super::{Store, StoreError};
use crate::model::{Guideline, Passage, PassageHit, Rank};
use rusqlite::{Connection, Row};

/// Headings stand in one column, a line each.
const BETWEEN_HEADINGS: char = '\n';

const GUIDELINE: &str = "
    SELECT key, shelf, name, edition, year, effective_from, effective_to, rank, licence, note,
           superseded_by, (SELECT count(*) FROM passages p WHERE p.guideline_id = g.guideline_id)
    FROM guidelines g";

const PASSAGE: &str = "
    SELECT g.key, p.number, p.id, p.heading, p.page, p.page_label, p.kind, p.url, p.text, p.passage_id
    FROM passages p JOIN guidelines g USING (guideline_id)";

impl Store {
    /// Every guideline, by shelf and edition, superseded ones too.
    ///
    /// # Errors
    /// What the disk or a damaged row gives.
    pub fn guidelines(&self) -> Result<Vec<Guideline>, StoreError> {
        let sql =
            format!("{GUIDELINE} ORDER BY shelf, superseded_by IS NOT NULL, edition DESC, key");
        let mut query = self.connection.prepare_cached(&sql)?;
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
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = query.query_map((guideline, number, limit), passage)?;
        let mut found: Vec<(i64, Passage)> = rows.collect::<Result<_, _>>()?;
        for (id, passage) in &mut found {
            passage.criteria = criteria(&self.connection, *id)?;
        }
        Ok(found.into_iter().map(|(_, passage)| passage).collect())
    }

    /// The best `limit` passages for an FTS5 expression, best first.
    ///
    /// # Errors
    /// What the disk gives, or an expression that is none.
    pub fn search_passages(
        &self,
        expression: &str,
        limit: usize,
    ) -> Result<Vec<PassageHit>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT g.key, p.number, p.id, p.heading, p.page, p.page_label, p.kind, p.url, p.text,
                    p.passage_id, g.name, g.edition, g.rank, g.licence, g.note, hits.score
             FROM (SELECT rowid, bm25(passage_words, 3.0, 1.0) AS score FROM passage_words
                   WHERE passage_words MATCH ?1 ORDER BY score LIMIT ?2) hits
             JOIN passages p ON p.passage_id = hits.rowid JOIN guidelines g USING (guideline_id)
             ORDER BY hits.score",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = query.query_map((expression, limit), hit)?;
        let mut hits: Vec<PassageHit> = rows.collect::<Result<_, _>>()?;
        for found in &mut hits {
            found.snippet = found.passage.text.chars().take(200).collect();
        }
        Ok(hits)
    }
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
    let heading: String = row.get(3)?;
    let headings = heading.split(BETWEEN_HEADINGS).filter(|h| !h.is_empty());
    let passage = Passage {
        guideline: row.get(0)?,
        number: row.get(1)?,
        id: row.get(2)?,
        heading: headings.map(str::to_owned).collect(),
        page: row.get(4)?,
        page_label: row.get(5)?,
        kind: row.get(6)?,
        url: row.get(7)?,
        text: row.get(8)?,
        criteria: Vec::new(),
    };
    Ok((row.get(9)?, passage))
}

fn hit(row: &Row<'_>) -> rusqlite::Result<PassageHit> {
    let (_, passage) = passage(row)?;
    let (name, edition): (String, String) = (row.get(10)?, row.get(11)?);
    let score: f64 = row.get(15)?;
    Ok(PassageHit {
        passage,
        title: crate::model::guideline::label(&name, &edition),
        rank: rank(&row.get::<_, String>(12)?),
        licence: row.get(13)?,
        note: row.get(14)?,
        snippet: String::new(),
        marks: Vec::new(),
        // bm25 is the smaller the better, and a fraction.
        score: (-score * 1e6) as i64,
    })
}

fn criteria(on: &Connection, passage: i64) -> Result<Vec<String>, StoreError> {
    let mut query =
        on.prepare_cached("SELECT text FROM criteria WHERE passage_id = ?1 ORDER BY position")?;
    let rows = query.query_map([passage], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The schema lets no other letter in.
fn rank(letter: &str) -> Rank {
    let known = |rank: &&Rank| format!("{rank:?}") == letter;
    Rank::ALL.iter().find(known).copied().unwrap_or(Rank::F)
}
