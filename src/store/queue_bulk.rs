//! Many cases changed at once: one transaction and one flush, an event for each.

use super::at_hand::Hand;
use super::{Store, StoreError, change, load, queue_row};
use crate::model::{CaseId, Change, Date, HistoryEntry, Stage};
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
        let before = Before::of(tx, case)?;
        match change::apply(tx, hand, case, change, who, now) {
            Ok(applied) => bulk.done.push(Done {
                inverse: before.and_then(|before| before.inverse(change, applied.entry.seq)),
                entry: applied.entry,
            }),
            Err(
                why @ (StoreError::NoCase(_) | StoreError::Precedent(_) | StoreError::Refused(_)),
            ) => bulk.refused.push((case.clone(), why.to_string())),
            Err(other) => return Err(other),
        }
    }
    Ok(bulk)
}

/// What a change of many cases can move of one, read before it is made.
struct Before {
    stage: Stage,
    snoozed_until: Option<Date>,
}

impl Before {
    fn of(tx: &Connection, case: &CaseId) -> Result<Option<Self>, StoreError> {
        let Some(case_id) = load::case_id(tx, case)? else {
            return Ok(None);
        };
        let mut query = tx.prepare_cached("SELECT snoozed_until FROM cases WHERE case_id = ?1")?;
        let until: Option<String> = query.query_row([case_id], |row| row.get(0))?;
        Ok(Some(Self {
            stage: queue_row::stage(tx, case_id)?,
            snoozed_until: until.and_then(|day| day.parse().ok()),
        }))
    }

    /// What takes the change back; `seq` is the number of its event.
    fn inverse(self, change: &Change, seq: i64) -> Option<Change> {
        match change {
            Change::Snoozed { until } => Some(Change::SnoozeTakenBack {
                from: *until,
                until: self.snoozed_until,
            }),
            Change::Closed { .. } => Some(Change::ClosingTakenBack {
                closing: seq,
                stage: self.stage,
                snoozed_until: self.snoozed_until,
            }),
            _ => None,
        }
    }
}
