//! A change of a case: rows, queue and event in one transaction.

use super::at_hand::Hand;
use super::queue_row::{self, Place};
use super::rows::{self, Anchor};
use super::table::{self, Hashes};
use super::{Store, StoreError, events, limits, load, sentence, trails};
use crate::model::{
    CaseFile, CaseId, Change, ChangeRefused, HistoryEntry, Limits, Published, Trail,
};
use jiff::Timestamp;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// A change that is durable now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Its line in the event log.
    pub entry: HistoryEntry,
    /// The published answer that this decision uncovered: item (from 0) and answer.
    pub revealed: Option<(usize, Published)>,
}

impl Store {
    /// Makes a change durable.
    ///
    /// # Errors
    /// A change that does not fit the case, an unknown case, or what the disk gives; nothing is
    /// changed then.
    pub fn apply(
        &mut self,
        case: &CaseId,
        change: &Change,
        who: &str,
        now: Timestamp,
    ) -> Result<Applied, StoreError> {
        self.apply_as_read(case, change, None, who, now)
    }

    /// The same, if nobody else has worked on the item since: `expected` is the number of the last
    /// event of this case that the writer knows of (`None` asks nothing). What went through this
    /// same handle is known to its session; changes that belong to no item are let through.
    ///
    /// # Errors
    /// As [`Store::apply`], and [`StoreError::ChangedElsewhere`].
    pub fn apply_as_read(
        &mut self,
        case: &CaseId,
        change: &Change,
        expected: Option<i64>,
        who: &str,
        now: Timestamp,
    ) -> Result<Applied, StoreError> {
        self.apply_with_trail(case, change, None, expected, who, now)
    }

    /// The same, and in the same transaction how a written rationale came to read so: the one is
    /// never durable without the other. Without a trail, an older one of that item is dropped.
    ///
    /// # Errors
    /// As [`Store::apply_as_read`].
    pub fn apply_with_trail(
        &mut self,
        case: &CaseId,
        change: &Change,
        trail: Option<&Trail>,
        expected: Option<i64>,
        who: &str,
        now: Timestamp,
    ) -> Result<Applied, StoreError> {
        let own = std::mem::take(self.own_events.get_mut());
        let done = self.write_in_hand(|tx, hand| {
            refuse_if_changed(tx, case, change, expected, &own)?;
            let applied = apply(tx, hand, case, change, who, now)?;
            trails::keep(tx, case, change, trail)?;
            Ok(applied)
        });
        *self.own_events.get_mut() = own;
        if let Ok(applied) = &done {
            self.own_events.get_mut().insert(applied.entry.seq);
        }
        done
    }
}

/// Two sessions on one item: the later writer has not seen what it would write over.
fn refuse_if_changed(
    tx: &Connection,
    case: &CaseId,
    change: &Change,
    expected: Option<i64>,
    own: &BTreeSet<i64>,
) -> Result<(), StoreError> {
    let (Some(known), Some(item)) = (expected, change.item()) else {
        return Ok(());
    };
    let news = events::touching(tx, case, item, known)?;
    if news.iter().any(|seq| !own.contains(seq)) {
        return Err(StoreError::ChangedElsewhere { item });
    }
    Ok(())
}

/// Only what happened last is taken back: what came after was done to a case that was closed.
fn refuse_if_done_since(tx: &Connection, case: &CaseId, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::ClosingTakenBack { closing, .. } if events::last_of(tx, case)? != *closing => {
            Err(ChangeRefused::DoneSince.into())
        }
        _ => Ok(()),
    }
}

/// The same within a transaction.
pub(super) fn apply(
    tx: &Connection,
    hand: &mut Hand,
    case: &CaseId,
    change: &Change,
    who: &str,
    now: Timestamp,
) -> Result<Applied, StoreError> {
    let (anchor, before) = hand.take(tx, case)?;
    if anchor.is_precedent {
        return Err(StoreError::Precedent(case.clone()));
    }
    if matches!(change, Change::Imported { .. } | Change::Signed { .. }) {
        return Err(ChangeRefused::StoreOnly.into());
    }
    let mut after = before.clone();
    after.apply(change)?;
    refuse_if_done_since(tx, case, change)?;
    let is_known = is_revealed(tx, &anchor, &before, change)?;
    let rows = write(tx, &anchor, &before, &after, hand.limits())?;
    let news = events::News {
        case,
        kind: sentence::kind(change),
        change: sentence::redacted(change, is_known, &before),
        rows,
    };
    let applied = Applied {
        entry: events::append(tx, news, who, now)?,
        revealed: uncovered(tx, &anchor, &before, change)?,
    };
    hand.leave(tx, anchor, after)?;
    Ok(applied)
}

/// Writes what differs between two states of a case, and says which rows.
fn write(
    tx: &Connection,
    anchor: &Anchor,
    before: &CaseFile,
    after: &CaseFile,
    limits: &Limits,
) -> Result<Hashes, StoreError> {
    let (was, is) = (Place::of(before, limits), Place::of(after, limits));
    if was.due != is.due {
        limits::note_counted(tx, limits)?;
    }
    let mut told = queue_row::update(tx, anchor, was, is)?;
    let (old, new) = rows::of_difference(anchor, before, after)?;
    told.extend(table::write_difference(tx, anchor.case_id, &old, &new)?);
    Ok(told)
}

/// Is this a decision other than the first one, made after the published answer was shown?
fn is_revealed(
    tx: &Connection,
    anchor: &Anchor,
    before: &CaseFile,
    change: &Change,
) -> Result<bool, StoreError> {
    let Change::Decided { item, decision } = change else {
        return Ok(false);
    };
    let draft = before.draft.items.get(*item);
    let first = draft.and_then(|d| d.first_decision);
    let is_other = first.is_some_and(|first| first != *decision);
    Ok(is_other && load::has_published(tx, anchor, from_one(*item))?)
}

/// The published answer, where this decision shows it: the item was undecided before.
fn uncovered(
    tx: &Connection,
    anchor: &Anchor,
    before: &CaseFile,
    change: &Change,
) -> Result<Option<(usize, Published)>, StoreError> {
    let Change::Decided { item, .. } = change else {
        return Ok(None);
    };
    let draft = before.draft.items.get(*item);
    if draft.is_none_or(|d| d.decision.is_some()) {
        return Ok(None);
    }
    let published = load::published(tx, anchor, from_one(*item))?;
    Ok(published.map(|p| (*item, p)))
}

/// Items count from 1 in the store.
pub(super) fn from_one(item: usize) -> i64 {
    i64::try_from(item).map_or(i64::MAX, |n| n.saturating_add(1))
}
