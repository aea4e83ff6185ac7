//! Undo trails: how each rationale came to read so, saved in the transaction that saves it.

use super::change::from_one;
use super::{StoreError, load};
use crate::model::{CaseId, Change, ItemDraft, Trail};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Keeps the trail of a rationale just written, in place of an older one.
pub(super) fn keep(
    tx: &Connection,
    case: &CaseId,
    change: &Change,
    trail: Option<&Trail>,
) -> Result<(), StoreError> {
    let Change::Written { item, text } = change else {
        return Ok(());
    };
    let (case_id, number) = (load::known(tx, case)?, from_one(*item));
    let Some(trail) = trail.filter(|trail| !trail.is_empty()) else {
        let mut gone =
            tx.prepare_cached("DELETE FROM undo_trails WHERE case_id = ?1 AND item = ?2")?;
        gone.execute(params![case_id, number])?;
        return Ok(());
    };
    let trail = serde_json::to_string(trail)?;
    let fits = fits(text, &trail);
    tx.prepare_cached("INSERT OR REPLACE INTO undo_trails VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![case_id, number, trail, fits])?;
    Ok(())
}

/// By item, from 0: the trails that lead to the rationales as they are.
pub(super) fn of_case(
    on: &Connection,
    case_id: i64,
    drafts: &[ItemDraft],
) -> Result<BTreeMap<usize, Trail>, StoreError> {
    let mut query =
        on.prepare_cached("SELECT item, trail, fits FROM undo_trails WHERE case_id = ?1")?;
    let rows = query.query_map([case_id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut trails = BTreeMap::new();
    for row in rows {
        let (number, trail, hash): (i64, String, String) = row?;
        let item = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
        let draft = drafts
            .get(item)
            .filter(|d| fits(&d.rationale, &trail) == hash);
        // A damaged row is no reason not to open the case.
        if let Some(trail) = draft.and_then(|_| serde_json::from_str(&trail).ok()) {
            trails.insert(item, trail);
        }
    }
    Ok(trails)
}

fn fits(rationale: &str, trail: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(rationale.as_bytes());
    // Between the two, or what ends one could begin the other.
    hash.update([0]);
    hash.update(trail.as_bytes());
    format!("{:x}", hash.finalize())
}
