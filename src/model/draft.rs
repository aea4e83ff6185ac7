//! Everything not yet signed.

use super::citation::Citation;
use super::decision::Decision;
use super::reviewer::Attestation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
}

impl ItemDraft {
    /// Was the decision changed after the published one was shown?
    pub fn is_changed_after_reveal(&self) -> bool {
        self.first_decision.is_some() && self.decision != self.first_decision
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
    /// Attested so far.
    pub attested: BTreeSet<Attestation>,
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
