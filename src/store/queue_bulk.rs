//! Many cases changed at once: one transaction and one flush, an event for each.

use super::at_hand::Hand;
use super::{Store, StoreError, change, load};
use crate::model::{CaseId, Change, Date, HistoryEntry};
use jiff::Timestamp;
use rusqlite::Connection;

/// What became of many changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bulk {
    /// Done, in the order asked.
    pub done: Vec<Done>,
    /// Cases that do not take the change, and why: half a sentence each.
    pub refused: Vec<(CaseId, String)>,
}

/// One change of a [`Bulk`] that is durable now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Its line in the event log.
    pub entry: HistoryEntry,
    /// What takes it back, where something does.
    pub inverse: Option<Change>,
}

/// Why a case that was closed by mistake is open again.
const TAKEN_BACK: &str = "closing it was taken back";

impl Store {
    /// Makes changes durable, all in one transaction. A case that does not take its change is left
    /// as it is and told; the others are changed.
    ///
    /// # Errors
    /// What the disk gives; nothing is changed then.
    pub fn apply_all(
        &mut self,
        changes: &[(CaseId, Change)],
        who: &str,
        now: Timestamp,
    ) -> Result<Bulk, StoreError> {
        let bulk = self.write_in_hand(|tx, hand| all(tx, hand, changes, who, now))?;
        let seqs = bulk.done.iter().map(|done| done.entry.seq);
        self.own_events.get_mut().extend(seqs);
        Ok(bulk)
    }
}

fn all(
    tx: &Connection,
    hand: &mut Hand,
    changes: &[(CaseId, Change)],
    who: &str,
    now: Timestamp,
) -> Result<Bulk, StoreError> {
    let mut bulk = Bulk::default();
    for (case, change) in changes {
        let inverse = inverse(tx, case, change)?;
        match change::apply(tx, hand, case, change, who, now) {
            Ok(applied) => bulk.done.push(Done {
                entry: applied.entry,
                inverse,
            }),
            Err(
                why @ (StoreError::NoCase(_) | StoreError::Precedent(_) | StoreError::Refused(_)),
            ) => bulk.refused.push((case.clone(), why.to_string())),
            Err(other) => return Err(other),
        }
    }
    Ok(bulk)
}

/// What takes the change back, read before it is made.
fn inverse(tx: &Connection, case: &CaseId, change: &Change) -> Result<Option<Change>, StoreError> {
    Ok(match change {
        Change::Snoozed { .. } => Some(Change::Snoozed {
            until: snoozed_until(tx, case)?,
        }),
        Change::Closed { .. } => Some(Change::Reopened {
            reason: TAKEN_BACK.to_owned(),
        }),
        _ => None,
    })
}

fn snoozed_until(tx: &Connection, case: &CaseId) -> Result<Option<Date>, StoreError> {
    let Some(case_id) = load::case_id(tx, case)? else {
        return Ok(None);
    };
    let mut query = tx.prepare_cached("SELECT snoozed_until FROM cases WHERE case_id = ?1")?;
    let until: Option<String> = query.query_row([case_id], |row| row.get(0))?;
    Ok(until.and_then(|day| day.parse().ok()))
}
