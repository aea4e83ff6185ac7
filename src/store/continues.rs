//! A letter that continues one the store has: a copy that broke off is replaced by the whole, as
//! long as nobody has worked on it.

use super::import::{NewCase, hash_of_file, insert_file, is_said, untouched};
use super::rows::{self, Anchor};
use super::table::{self, PUBLISHED, Row};
use super::{StoreError, events, queue_row};
use crate::model::{Case, CaseFile, CaseId, Item, Limits};
use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::json;

/// Does this case begin with what the store has under its number, and is that untouched?
pub(super) fn is_continued(
    on: &Connection,
    stored: &CaseFile,
    case_id: i64,
    new: &Case,
) -> Result<bool, StoreError> {
    let (old, count) = (&stored.case, stored.case.items.len());
    let is_alike = old.id == new.id
        && old.is_published
        && new.is_published
        && said(&old.summary) == said(&new.summary)
        && count <= new.items.len();
    if !is_alike || !is_untouched(on, &old.id)? {
        return Ok(false);
    }
    let answers: Vec<[String; 3]> = PUBLISHED
        .rows(on, case_id)?
        .iter()
        .map(|row| [2, 3, 5].map(|at| said(cell(row, at))))
        .collect();
    let mut pairs = old.items.iter().zip(&new.items).zip(&answers);
    Ok(answers.len() == count
        && pairs.all(|((old, new), answer)| begins(old, answer, new))
        && is_longer(&answers, new))
}

/// Only the import itself has been told of it.
fn is_untouched(on: &Connection, case: &CaseId) -> Result<bool, StoreError> {
    let mut query = on.prepare_cached(
        "SELECT NOT EXISTS (SELECT 1 FROM events WHERE case_key = ?1 AND kind <> 'imported')",
    )?;
    Ok(query.query_row([case.as_str()], |row| row.get(0))?)
}

fn cell(row: &Row, at: usize) -> &str {
    match row.get(at) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

fn said(text: &str) -> String {
    text.chars().filter(|c| is_said(*c)).collect()
}

fn answer(item: &Item) -> Option<[String; 3]> {
    let published = item.published.as_ref()?;
    let word = published.decision.word();
    Some([word, &published.text, &published.rationale].map(said))
}

/// The same request and answer, but for a rationale that goes on.
fn begins(old: &Item, [word, text, rationale]: &[String; 3], new: &Item) -> bool {
    let ur = |item: &Item| said(item.ur.text.as_deref().unwrap_or_default());
    answer(new).is_some_and(|[new_word, new_text, new_rationale]| {
        said(&old.request) == said(&new.request)
            && ur(old) == ur(new)
            && (word, text) == (&new_word, &new_text)
            && new_rationale.starts_with(rationale)
    })
}

/// Whole items stay as they are: only the last may have gone on, and something must have come.
fn is_longer(old: &[[String; 3]], new: &Case) -> bool {
    let grown = old.iter().zip(&new.items).map(|(old, new)| {
        let [_, _, rationale] = old;
        answer(new).is_some_and(|[_, _, longer]| longer.len() > rationale.len())
    });
    let grown: Vec<bool> = grown.collect();
    let (last, whole) = match grown.split_last() {
        Some((last, whole)) => (*last, whole),
        None => return false,
    };
    !whole.contains(&true) && (last || old.len() < new.items.len())
}

/// Writes the case anew over what the store has of it; the event says that it was imported again.
pub(super) fn rewrite(
    tx: &Connection,
    anchor: &Anchor,
    (id, new): (&CaseId, &NewCase),
    limits: &Limits,
    who: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    // Rows that refer to each other are taken out and put back one table after the other.
    tx.pragma_update(None, "defer_foreign_keys", true)?;
    insert_file(tx, new)?;
    let mut file = untouched(&new.case);
    file.case.id = id.clone();
    let before = table::groups_of(tx, anchor.case_id)?;
    let mut after = rows::of_work(anchor, &file)?;
    after.extend(rows::of_import(anchor.case_id, &file.case)?);
    let mut rows = table::write_difference(tx, anchor.case_id, &before, &after)?;
    rows.extend(hash_of_file(&new.digest, &new.source_text));
    tx.prepare_cached("DELETE FROM files WHERE digest NOT IN (SELECT file FROM cases)")?
        .execute([])?;
    if let Some(line) = queue_row::derive(anchor, &file, limits) {
        queue_row::put(tx, &line)?;
        rows.extend(queue_row::told(&line));
    }
    let news = events::News {
        case: id,
        kind: "imported",
        change: json!({ "file": new.digest }),
        rows,
    };
    events::append(tx, news, who, now)?;
    Ok(())
}
