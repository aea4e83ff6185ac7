//! A case opened for work: the case, the draft, its history and what was sealed of it.

use super::case::{Case, Stage};
use super::change::{Change, HistoryEntry};
use super::draft::Draft;
use jiff::Timestamp;

/// A sealed determination, named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedInfo {
    /// Hex SHA-256 of the sealed bytes.
    pub hash: String,
    /// When.
    pub at: Timestamp,
    /// The determination it replaces.
    pub replaces: Option<String>,
}

/// What the store hands out for one case; published decisions still hidden are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// The case.
    pub case: Case,
    /// The reviewer's work.
    pub draft: Draft,
    /// How far it has come.
    pub stage: Stage,
    /// Events, oldest first.
    pub history: Vec<HistoryEntry>,
    /// Sealed determinations, oldest first; the last one counts.
    pub sealed: Vec<SealedInfo>,
}

/// A change that names an item, citation or finding the case does not have, or that a signed or
/// closed case does not take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefused {
    /// No such item.
    #[error("the case has no item {0}")]
    NoItem(usize),
    /// No such citation.
    #[error("item {item} has no citation {citation}")]
    NoCitation {
        /// From 1.
        item: usize,
        /// From 1.
        citation: usize,
    },
    /// No such finding.
    #[error("the case has no finding {0}")]
    NoFinding(usize),
    /// Signed or closed.
    #[error("the case is {0} and takes no change")]
    NotOpen(&'static str),
    /// Not a stage a case can be closed as.
    #[error("a case cannot be closed as {0}")]
    NoClosing(&'static str),
    /// Written by the store alone.
    #[error("this change is written by the store alone")]
    StoreOnly,
}

impl CaseFile {
    /// Applies a change to the case and draft in memory: what the store does to its rows, the
    /// screen does to its copy, with one piece of code. History is not touched.
    ///
    /// # Errors
    /// A change that does not fit this case; nothing is changed then.
    pub fn apply(&mut self, change: &Change) -> Result<(), ChangeRefused> {
        match change {
            Change::Reopened { .. } => {
                self.stage = Stage::Draft;
                return Ok(());
            }
            _ if !self.stage.is_open() => {
                return Err(ChangeRefused::NotOpen(self.stage.word()));
            }
            _ => {}
        }
        self.apply_open(change)?;
        if self.stage == Stage::New && !matches!(change, Change::Imported { .. }) {
            self.stage = Stage::Draft;
        }
        Ok(())
    }

    fn apply_open(&mut self, change: &Change) -> Result<(), ChangeRefused> {
        match change {
            Change::Decided { .. }
            | Change::Undecided { .. }
            | Change::Cited { .. }
            | Change::Uncited { .. }
            | Change::Written { .. } => self.apply_to_item(change),
            Change::FindingAdded { .. }
            | Change::FindingEdited { .. }
            | Change::FindingDropped { .. } => self.apply_to_findings(change),
            _ => self.apply_to_case(change),
        }
    }

    fn apply_to_item(&mut self, change: &Change) -> Result<(), ChangeRefused> {
        let (Change::Decided { item, .. }
        | Change::Undecided { item }
        | Change::Cited { item, .. }
        | Change::Uncited { item, .. }
        | Change::Written { item, .. }) = change
        else {
            return Ok(());
        };
        let draft = self
            .draft
            .items
            .get_mut(*item)
            .ok_or(ChangeRefused::NoItem(item + 1))?;
        match change {
            Change::Decided { decision, .. } => {
                draft.decision = Some(*decision);
                draft.first_decision.get_or_insert(*decision);
            }
            Change::Undecided { .. } => draft.decision = None,
            Change::Cited { citation, .. } => draft.citations.push(citation.clone()),
            Change::Uncited { index, .. } if *index < draft.citations.len() => {
                draft.citations.remove(*index);
            }
            Change::Uncited { index, .. } => {
                return Err(ChangeRefused::NoCitation {
                    item: item + 1,
                    citation: index + 1,
                });
            }
            Change::Written { text, .. } => draft.rationale.clone_from(text),
            _ => {}
        }
        Ok(())
    }

    fn apply_to_findings(&mut self, change: &Change) -> Result<(), ChangeRefused> {
        let findings = &mut self.case.findings;
        let missing = |index: usize| ChangeRefused::NoFinding(index + 1);
        match change {
            Change::FindingAdded { finding } => findings.push(finding.clone()),
            Change::FindingEdited { index, finding } => {
                *findings.get_mut(*index).ok_or_else(|| missing(*index))? = finding.clone();
            }
            Change::FindingDropped { index } if *index < findings.len() => {
                findings.remove(*index);
            }
            Change::FindingDropped { index } => return Err(missing(*index)),
            _ => {}
        }
        Ok(())
    }

    fn apply_to_case(&mut self, change: &Change) -> Result<(), ChangeRefused> {
        match change {
            Change::RecordsComplete { date } => self.case.header.records_complete_date = *date,
            Change::Prioritised { priority } => self.case.header.priority = Some(*priority),
            Change::RecordsExplained { reason } => {
                self.draft.records_reason = Some(reason.clone()).filter(|r| !r.trim().is_empty());
            }
            Change::Attested {
                attestation,
                agreed: true,
            } => {
                self.draft.attested.insert(*attestation);
            }
            Change::Attested {
                attestation,
                agreed: false,
            } => {
                self.draft.attested.remove(attestation);
            }
            Change::Closed { stage, .. } if Stage::CLOSINGS.contains(stage) => self.stage = *stage,
            Change::Closed { stage, .. } => return Err(ChangeRefused::NoClosing(stage.word())),
            Change::Signed { .. } => return Err(ChangeRefused::StoreOnly),
            _ => {}
        }
        Ok(())
    }
}
