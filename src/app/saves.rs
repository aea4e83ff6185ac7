//! Changes on their way to the store, words it refused, and what the store is known to hold.

use crate::model::{CaseFile, CaseId, Change, HistoryEntry};
use std::collections::{BTreeMap, BTreeSet};

/// Changes of a case on their way before typing waits for an answer.
const MOST: usize = 8;

/// What the store is known to hold of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    /// Number of the last event known to have touched the item, or of the last one when it was
    /// read. By item: an answer on one item says nothing of what others did to another.
    seq: i64,
    /// Its rationale there.
    rationale: String,
}

/// What is not yet durable.
#[derive(Debug, Default)]
pub struct Saves {
    last: u64,
    under_way: BTreeMap<u64, (CaseId, Change)>,
    refused: Vec<(CaseId, usize, String)>,
    known: BTreeMap<CaseId, Vec<Known>>,
    /// Cases of which a change was refused and that were not read since: the screen may show what
    /// the store does not hold.
    unread: BTreeSet<CaseId>,
}

impl Saves {
    /// The next ticket.
    pub(super) fn ticket(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// A change sets out; its ticket.
    pub(super) fn start(&mut self, case: &CaseId, change: &Change) -> u64 {
        let ticket = self.ticket();
        self.under_way
            .insert(ticket, (case.clone(), change.clone()));
        // A newer text of the same rationale takes the place of a refused one.
        if let Change::Written { item, .. } = change {
            self.refused.retain(|(c, i, _)| c != case || i != item);
        }
        ticket
    }

    /// A change is durable; which case it belongs to.
    pub(super) fn finish(&mut self, ticket: u64, entry: &HistoryEntry) -> Option<CaseId> {
        let (case, change) = self.under_way.remove(&ticket)?;
        let items = self.known.get_mut(&case);
        let item = change.item().zip(items);
        if let Some(known) = item.and_then(|(item, all)| all.get_mut(item)) {
            known.seq = known.seq.max(entry.seq);
            if let Change::Written { text, .. } = change {
                known.rationale = text;
            }
        }
        Some(case)
    }

    /// Is another text of this item on its way?
    pub(super) fn is_writing(&self, case: &CaseId, item: usize) -> bool {
        let writes =
            |change: &Change| matches!(change, Change::Written { item: i, .. } if *i == item);
        self.under_way
            .values()
            .any(|(c, change)| c == case && writes(change))
    }

    /// The change was refused because another session was first; what it was.
    pub(super) fn give_up(&mut self, ticket: u64) -> Option<Change> {
        let (case, change) = self.under_way.remove(&ticket)?;
        self.unread.insert(case);
        Some(change)
    }

    /// A case was read: so the store holds it.
    pub(super) fn learn(&mut self, file: &CaseFile) {
        let seq = file.history.last().map_or(0, |entry| entry.seq);
        let known = file.draft.items.iter().map(|draft| Known {
            seq,
            rationale: draft.rationale.clone(),
        });
        let (case, known) = (file.case.id.clone(), known.collect());
        // Of cases long left, nothing needs to be known.
        let busy: Vec<CaseId> = self.under_way.values().map(|(c, _)| c.clone()).collect();
        let refused: Vec<CaseId> = self.refused.iter().map(|(c, _, _)| c.clone()).collect();
        self.known
            .retain(|c, _| busy.contains(c) || refused.contains(c));
        self.unread.remove(&case);
        self.known.insert(case, known);
    }

    /// The rationale that the store is known to hold.
    pub(super) fn rationale(&self, case: &CaseId, item: usize) -> Option<&str> {
        let known = self.known.get(case)?.get(item)?;
        Some(&known.rationale)
    }

    /// What a change of an item expects to be the last that happened to it.
    pub(super) fn expected(&self, case: &CaseId, change: &Change) -> Option<i64> {
        let known = self.known.get(case)?.get(change.item()?)?;
        Some(known.seq)
    }

    /// A change was refused. A rationale is kept, so that its words can be saved again.
    pub(super) fn refuse(&mut self, ticket: u64) -> Option<CaseId> {
        let (case, change) = self.under_way.remove(&ticket)?;
        self.unread.insert(case.clone());
        let is_newest = |item: usize| {
            !self.under_way.values().any(|(c, ch)| {
                *c == case && matches!(ch, Change::Written { item: i, .. } if *i == item)
            })
        };
        if let Change::Written { item, text } = change
            && is_newest(item)
        {
            self.refused.push((case.clone(), item, text));
        }
        Some(case)
    }

    /// The refused rationales of a case.
    pub(super) fn refused(&self, case: &CaseId) -> Vec<(usize, String)> {
        let own = self.refused.iter().filter(|(c, _, _)| c == case);
        own.map(|(_, item, text)| (*item, text.clone())).collect()
    }

    /// Changes of a case that the store has not answered, oldest first.
    pub(super) fn changes_under_way(&self, case: &CaseId) -> Vec<Change> {
        let own = self.under_way.values().filter(|(c, _)| c == case);
        own.map(|(_, change)| change.clone()).collect()
    }

    /// Is anything of this case on its way?
    pub fn is_saving(&self, case: &CaseId) -> bool {
        self.under_way.values().any(|(c, _)| c == case)
    }

    /// Is as much of it on its way as there should be? Each change carries the whole text: over a
    /// slow store they would pile up, and a later one says what the earlier did.
    pub(super) fn is_busy(&self, case: &CaseId) -> bool {
        let own = self.under_way.values().filter(|(c, _)| c == case);
        own.count() >= MOST
    }

    /// Was a change of this case refused, and the case not read since?
    pub(super) fn is_unread(&self, case: &CaseId) -> bool {
        self.unread.contains(case)
    }

    /// Was a text of this case refused, and not saved since?
    pub fn is_refused(&self, case: &CaseId) -> bool {
        self.refused.iter().any(|(c, _, _)| c == case)
    }
}
