//! One item as decided here: what statistics are made of.

use super::decision::Decision;
use super::number::CaseId;
use jiff::Timestamp;
use serde::Serialize;

/// One decided item of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reviewed {
    /// Of which case.
    pub case: CaseId,
    /// From 1.
    pub item: usize,
    /// What is in dispute, one line.
    pub request: String,
    /// The category of the DWC's yearly reports that the request belongs to.
    pub category: &'static str,
    /// The first decision, made before anything published was shown.
    pub first: Decision,
    /// The decision as it stands.
    pub decision: Decision,
    /// The published decision, where there is one.
    pub published: Option<Decision>,
    /// Words of the rationale.
    pub words: usize,
    /// When the case came in.
    pub came: Timestamp,
    /// When it was signed first.
    pub signed: Option<Timestamp>,
}

impl Reviewed {
    /// Was the decision changed after the published one was shown?
    pub fn is_changed_after_reveal(&self) -> bool {
        self.published.is_some() && self.first != self.decision
    }

    /// Did the first decision agree with the published one?
    pub fn is_agreed(&self) -> Option<bool> {
        self.published.map(|published| published == self.first)
    }
}
