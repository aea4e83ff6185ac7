//! The derived rows that precedents are found by: made from requests and summary alone.
//!
//! A precedent gets them when it comes in; any other case when precedents are asked for and one of
//! its items may be shown. Signing does nothing for them.

use super::StoreError;
use super::rows::Anchor;
use crate::intake::request;
use crate::model::Case;
use crate::search::precedent::Likeness;
use rusqlite::Connection;

/// Cases that get their rows in one transaction: nobody waits long for the write lock.
pub(super) const BATCH: i64 = 200;

/// A row of table `precedents`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub item: i64,
    pub category: String,
    pub thing: String,
    pub traits: String,
}

/// What the rows of this case must be.
pub(super) fn derive<'a>(requests: impl IntoIterator<Item = &'a str>, summary: &str) -> Vec<Row> {
    let numbered = (1..).zip(requests);
    let row = |(item, text): (i64, &str)| {
        let likeness = Likeness::of(&request::parse(text), text, summary);
        Row {
            item,
            category: likeness.category.to_owned(),
            traits: likeness.line(),
            thing: likeness.thing,
        }
    };
    numbered.map(row).collect()
}

/// Notes a case that came in, or came in again.
pub(super) fn put(on: &Connection, anchor: &Anchor, case: &Case) -> Result<(), StoreError> {
    for table in ["precedents", "precedents_behind"] {
        on.prepare_cached(&format!("DELETE FROM {table} WHERE case_id = ?1"))?
            .execute([anchor.case_id])?;
    }
    if anchor.is_precedent {
        let requests = case.items.iter().map(|item| item.request.as_str());
        return insert(on, anchor.case_id, &derive(requests, &case.summary));
    }
    on.prepare_cached("INSERT INTO precedents_behind (case_id) VALUES (?1)")?
        .execute([anchor.case_id])?;
    Ok(())
}

fn insert(on: &Connection, case_id: i64, rows: &[Row]) -> Result<(), StoreError> {
    let mut insert = on.prepare_cached(
        "INSERT INTO precedents (case_id, item, category, thing, traits)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for row in rows {
        insert.execute((case_id, row.item, &row.category, &row.thing, &row.traits))?;
    }
    Ok(())
}

/// The next cases that have no rows and an item that may be shown.
pub(super) fn behind(on: &Connection) -> Result<Vec<i64>, StoreError> {
    let mut query = on.prepare_cached(
        "SELECT case_id FROM precedents_behind JOIN cases USING (case_id)
         WHERE is_precedent = 1 OR EXISTS (
             SELECT 1 FROM drafts d
             WHERE d.case_id = precedents_behind.case_id AND d.decision IS NOT NULL)
         LIMIT ?1",
    )?;
    let found = query.query_map([BATCH], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Gives these cases their rows.
pub(super) fn catch_up(on: &Connection, cases: &[i64]) -> Result<(), StoreError> {
    for case_id in cases {
        // Another session may have been faster.
        let is_behind = on
            .prepare_cached("DELETE FROM precedents_behind WHERE case_id = ?1")?
            .execute([case_id])?;
        if is_behind > 0 {
            insert(on, *case_id, &of_case(on, *case_id)?)?;
        }
    }
    Ok(())
}

/// What the rows of a stored case must be.
pub(super) fn of_case(on: &Connection, case_id: i64) -> Result<Vec<Row>, StoreError> {
    let summary: String = on
        .prepare_cached("SELECT summary FROM cases WHERE case_id = ?1")?
        .query_row([case_id], |row| row.get(0))?;
    let mut query =
        on.prepare_cached("SELECT request FROM items WHERE case_id = ?1 ORDER BY item")?;
    let requests = query.query_map([case_id], |row| row.get(0))?;
    let requests: Vec<String> = requests.collect::<Result<_, _>>()?;
    Ok(derive(requests.iter().map(String::as_str), &summary))
}

/// The rows as stored; `None` for a case that has none yet and is known to have none.
pub(super) fn stored(on: &Connection, case_id: i64) -> Result<Option<Vec<Row>>, StoreError> {
    let mut query = on.prepare_cached(
        "SELECT item, category, thing, traits FROM precedents WHERE case_id = ?1 ORDER BY item",
    )?;
    let rows = query.query_map([case_id], |row| {
        Ok(Row {
            item: row.get(0)?,
            category: row.get(1)?,
            thing: row.get(2)?,
            traits: row.get(3)?,
        })
    })?;
    let rows: Vec<Row> = rows.collect::<Result<_, _>>()?;
    let mut behind = on.prepare_cached("SELECT 1 FROM precedents_behind WHERE case_id = ?1")?;
    let is_behind = behind.exists([case_id])?;
    Ok((!is_behind || !rows.is_empty()).then_some(rows))
}
