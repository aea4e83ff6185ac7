//! Everything not yet signed.

use super::case::Published;
use super::citation::Citation;
use super::criteria::CriterionMark;
use super::date::Date;
use super::decision::Decision;
use super::lint::Answer;
use super::noted::Noted;
use super::trail::Trail;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The reviewer's work on one item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemDraft {
    /// `None` until decided; nothing is preselected.
    pub decision: Option<Decision>,
    /// The first decision made, before anything published was revealed: what agreement counts.
    pub first_decision: Option<Decision>,
    /// Cited, in the order cited.
    pub citations: Vec<Citation>,
    /// The reasons, as typed; `\n` separates paragraphs.
    pub rationale: String,
    /// Criteria of guidelines, marked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<CriterionMark>,
    /// What the request leaves open, as the reviewer noted it.
    #[serde(skip_serializing_if = "Noted::is_nothing")]
    pub noted: Noted,
}

impl ItemDraft {
    /// Was the decision changed after the published one was shown? `published` is what was shown
    /// of the item: where there was nothing, nothing was changed after it.
    pub fn is_changed_after_reveal(&self, published: Option<&Published>) -> bool {
        published.is_some() && self.first_decision.is_some() && self.decision != self.first_decision
    }

    /// Puts a mark in place of the one its criterion had.
    pub(super) fn mark(&mut self, mark: &CriterionMark) {
        let mut known = self.criteria.iter_mut();
        match known.find(|m| m.is_of(&mark.passage, &mark.criterion)) {
            Some(known) => known.clone_from(mark),
            None => self.criteria.push(mark.clone()),
        }
    }

    /// Has the reviewer done anything here?
    pub fn is_touched(&self) -> bool {
        *self != Self::default()
    }
}

/// The reviewer's work on one case: as many entries as the case has items.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// By item.
    pub items: Vec<ItemDraft>,
    /// Why the list of records is empty, where it is (lint L04 is answered by it).
    pub records_reason: Option<String>,
    /// Reasons typed for lints that may stand; one whose words were changed since settles nothing.
    pub answers: Vec<Answer>,
    /// Put off until this day: until then it is not among the reviewer's open cases.
    pub snoozed_until: Option<Date>,
    /// By item, from 0: how the rationale that was read came to read so. For the editor's undo;
    /// nobody's work, and no part of the draft anywhere else.
    #[serde(skip)]
    pub trails: BTreeMap<usize, Trail>,
}

impl Draft {
    /// An empty draft for a case of `items` items.
    pub fn empty(items: usize) -> Self {
        Self {
            items: vec![ItemDraft::default(); items],
            ..Self::default()
        }
    }
}

impl Published {
    /// Whether the reviewer agrees, as it follows the published decision in a line; the decision
    /// made before it was shown is the one that counts.
    pub fn verdict(&self, draft: &ItemDraft) -> &'static str {
        let Some(first) = draft.first_decision else {
            return "";
        };
        let agreed = first == self.decision;
        let has_changed = draft.is_changed_after_reveal(Some(self));
        match (agreed, has_changed) {
            (true, false) => ", you agree",
            (false, false) => ", you differ",
            (true, true) => "; your first decision agreed, your present one differs",
            (false, true) => "; your first decision differed, your present one agrees",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(first: Decision, now: Option<Decision>) -> ItemDraft {
        ItemDraft {
            first_decision: Some(first),
            decision: now,
            ..ItemDraft::default()
        }
    }

    #[test]
    fn only_what_was_shown_can_have_changed_a_mind() {
        use Decision::{Overturned, Upheld};
        let published = Published {
            decision: Upheld,
            text: String::new(),
            citations: vec![],
            rationale: String::new(),
        };
        let changed = draft(Upheld, Some(Overturned));
        assert!(!changed.is_changed_after_reveal(None));
        assert!(changed.is_changed_after_reveal(Some(&published)));
        let words = [
            (Upheld, Some(Upheld), ", you agree"),
            (Overturned, Some(Overturned), ", you differ"),
            (
                Upheld,
                Some(Overturned),
                "; your first decision agreed, your present one differs",
            ),
            (
                Overturned,
                Some(Upheld),
                "; your first decision differed, your present one agrees",
            ),
        ];
        for (first, now, expected) in words {
            assert_eq!(published.verdict(&draft(first, now)), expected);
        }
        assert_eq!(published.verdict(&ItemDraft::default()), "");
    }
}
