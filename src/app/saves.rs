//! Changes on their way to the store, and words it refused.

use crate::model::{CaseId, Change};
use std::collections::BTreeMap;

/// What is not yet durable.
#[derive(Debug, Default)]
pub struct Saves {
    last: u64,
    under_way: BTreeMap<u64, (CaseId, Change)>,
    refused: Vec<(CaseId, usize, String)>,
}

impl Saves {
    /// A change sets out; its ticket.
    pub(super) fn start(&mut self, case: &CaseId, change: &Change) -> u64 {
        self.last += 1;
        self.under_way
            .insert(self.last, (case.clone(), change.clone()));
        // A newer text of the same rationale takes the place of a refused one.
        if let Change::Written { item, .. } = change {
            self.refused.retain(|(c, i, _)| c != case || i != item);
        }
        self.last
    }

    /// A change is durable; which case it belongs to.
    pub(super) fn finish(&mut self, ticket: u64) -> Option<(CaseId, Change)> {
        self.under_way.remove(&ticket)
    }

    /// A change was refused. A rationale is kept, so that its words can be saved again.
    pub(super) fn refuse(&mut self, ticket: u64) -> Option<CaseId> {
        let (case, change) = self.under_way.remove(&ticket)?;
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

    /// Was a text of this case refused, and not saved since?
    pub fn is_refused(&self, case: &CaseId) -> bool {
        self.refused.iter().any(|(c, _, _)| c == case)
    }
}
