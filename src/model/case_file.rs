//! A case opened for work: the case, the draft, its history and what was sealed of it.

use super::case::{Case, Header, Stage};
use super::change::{Change, HistoryEntry};
use super::date::Date;
use super::dates::CaseDay;
use super::determination::Content;
use super::draft::{Draft, ItemDraft};
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
    /// What was signed: read from the sealed bytes, never made anew.
    pub content: Box<Content>,
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
    /// Nothing was ended that could be taken up again.
    #[error("the case is open already")]
    OpenAlready,
    /// Signed, or opened again, since it was closed.
    #[error("it is {0} by now, so closing it cannot be taken back")]
    NotClosed(&'static str),
    /// The closing that would be taken back is not the last that happened.
    #[error("something was done to it since, so that closing cannot be taken back")]
    DoneSince,
    /// No such party.
    #[error("the case has no party {0}")]
    NoParty(usize),
    /// Only what was done is taken back.
    #[error("{0} is not recused from the case")]
    NotRecused(String),
    /// Only an amendment can be dropped.
    #[error("the case has no signed determination to go back to")]
    NoAmendment,
    /// Written by the store alone.
    #[error("this change is written by the store alone")]
    StoreOnly,
}

impl CaseFile {
    /// A published determination taken as if it were the reviewer's own work: for checking a letter.
    /// `records_reason` is why it lists no documents.
    pub fn of_published(case: Case, records_reason: Option<String>) -> Self {
        let draft = |item: &super::case::Item| {
            let published = item.published.as_ref()?;
            Some(ItemDraft {
                decision: Some(published.decision),
                first_decision: Some(published.decision),
                citations: published.citations.clone(),
                rationale: published.rationale.clone(),
            })
        };
        let items = case
            .items
            .iter()
            .map(|item| draft(item).unwrap_or_default());
        Self {
            draft: Draft {
                items: items.collect(),
                records_reason,
                ..Draft::default()
            },
            case,
            stage: Stage::Draft,
            history: Vec::new(),
            sealed: Vec::new(),
        }
    }

    /// Applies a change to the case and draft in memory: what the store does to its rows, the
    /// screen does to its copy, with one piece of code. History is not touched.
    ///
    /// # Errors
    /// A change that does not fit this case; nothing is changed then.
    pub fn apply(&mut self, change: &Change) -> Result<(), ChangeRefused> {
        match change {
            Change::Reopened { .. } => return self.reopen(),
            Change::ClosingTakenBack {
                stage,
                snoozed_until,
                ..
            } => return self.take_closing_back(*stage, *snoozed_until),
            Change::RecusalTakenBack { who } => return self.take_recusal_back(who),
            // A determination is served after it was signed.
            Change::Dated {
                day: CaseDay::Served,
                date,
            } if self.stage == Stage::Signed => {
                self.case.dates.served = *date;
                return Ok(());
            }
            _ if !self.stage.is_open() => {
                return Err(ChangeRefused::NotOpen(self.stage.word()));
            }
            Change::AmendmentDropped => return self.drop_amendment(),
            // To put a case off is no work on it.
            Change::Snoozed { until } => {
                self.draft.snoozed_until = *until;
                return Ok(());
            }
            _ => {}
        }
        self.apply_open(change)?;
        if self.stage == Stage::New && !matches!(change, Change::Imported { .. }) {
            self.stage = Stage::Draft;
        }
        Ok(())
    }

    /// A signed case is opened for an amendment, a closed one because closing it was a mistake.
    fn reopen(&mut self) -> Result<(), ChangeRefused> {
        if self.stage.is_open() {
            return Err(ChangeRefused::OpenAlready);
        }
        let is_begun =
            !self.sealed.is_empty() || self.draft.items.iter().any(ItemDraft::is_touched);
        self.stage = if is_begun { Stage::Draft } else { Stage::New };
        // It is wanted now.
        self.draft.snoozed_until = None;
        Ok(())
    }

    /// As it was before it was closed.
    fn take_closing_back(
        &mut self,
        stage: Stage,
        snoozed_until: Option<Date>,
    ) -> Result<(), ChangeRefused> {
        if !Stage::CLOSINGS.contains(&self.stage) {
            return Err(ChangeRefused::NotClosed(self.stage.word()));
        }
        if !stage.is_open() {
            return Err(ChangeRefused::NotOpen(stage.word()));
        }
        self.stage = stage;
        self.draft.snoozed_until = snoozed_until;
        Ok(())
    }

    /// A recusal that was a mistake: the case is open again, if that is what had returned it.
    fn take_recusal_back(&mut self, who: &str) -> Result<(), ChangeRefused> {
        let recusals = &mut self.case.interests.recusals;
        let found = recusals.iter().position(|recusal| recusal.who == who);
        let Some(at) = found else {
            return Err(ChangeRefused::NotRecused(who.to_owned()));
        };
        recusals.remove(at);
        match self.stage {
            Stage::Returned => self.reopen(),
            _ => Ok(()),
        }
    }

    /// Back to what was signed last: the draft says again what the determination says.
    fn drop_amendment(&mut self) -> Result<(), ChangeRefused> {
        let last = self.sealed.last().ok_or(ChangeRefused::NoAmendment)?;
        let content = &last.content;
        for (draft, signed) in self.draft.items.iter_mut().zip(&content.items) {
            draft.decision = Some(signed.decision);
            draft.citations.clone_from(&signed.citations);
            draft.rationale.clone_from(&signed.rationale);
        }
        self.draft
            .records_reason
            .clone_from(&content.records_reason);
        let decided_date = self.case.header.decided_date;
        self.case.header = Header {
            decided_date,
            ..content.header.clone()
        };
        self.stage = Stage::Signed;
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
            Change::Dated { .. }
            | Change::NoticeSent { .. }
            | Change::Extended { .. }
            | Change::FormularyOnly { .. } => {
                self.apply_to_dates(change);
                Ok(())
            }
            Change::PartyAdded { .. }
            | Change::PartyDropped { .. }
            | Change::NoConflictStated { .. }
            | Change::Recused { .. } => self.apply_to_interests(change),
            _ => self.apply_to_case(change),
        }
    }

    fn apply_to_dates(&mut self, change: &Change) {
        let dates = &mut self.case.dates;
        match change {
            Change::Dated { day, date } => *dates.day_mut(*day) = *date,
            Change::NoticeSent { sent } => dates.notice_sent = *sent,
            Change::Extended { extension } => dates.extension = *extension,
            Change::FormularyOnly { is_formulary } => dates.is_formulary = *is_formulary,
            _ => {}
        }
    }

    fn apply_to_interests(&mut self, change: &Change) -> Result<(), ChangeRefused> {
        let interests = &mut self.case.interests;
        match change {
            Change::PartyAdded { party } => interests.parties.push(party.clone()),
            Change::PartyDropped { index } if *index < interests.parties.len() => {
                interests.parties.remove(*index);
            }
            Change::PartyDropped { index } => return Err(ChangeRefused::NoParty(index + 1)),
            Change::NoConflictStated { stated } => interests.no_conflict = Some(stated.clone()),
            Change::Recused { recusal } => {
                interests.recusals.retain(|other| other.who != recusal.who);
                interests.recusals.push(recusal.clone());
                self.stage = Stage::Returned;
            }
            _ => {}
        }
        Ok(())
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
            Change::Undecided { .. } => {
                draft.decision = None;
                self.hide_published(*item);
            }
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

    /// An undecided item shows nothing published, whatever was seen before.
    fn hide_published(&mut self, item: usize) {
        if let Some(item) = self.case.items.get_mut(item) {
            item.published = None;
        }
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
            Change::Closed { stage, .. } if Stage::CLOSINGS.contains(stage) => self.stage = *stage,
            Change::Closed { stage, .. } => return Err(ChangeRefused::NoClosing(stage.word())),
            Change::Signed { .. } => return Err(ChangeRefused::StoreOnly),
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{Credentials, Item, Patient, Priority, Ur};
    use super::super::citation::{Citation, Rank};
    use super::super::decision::Decision;
    use super::super::number::CaseId;
    use super::super::reviewer::Reviewer;
    use super::*;

    fn signed() -> CaseFile {
        let case = Case {
            id: CaseId::typed("CM25-0200101"),
            header: Header::default(),
            patient: Patient::default(),
            credentials: Credentials::default(),
            summary: String::new(),
            findings: vec![],
            items: vec![Item {
                request: "MRI".into(),
                ur: Ur::default(),
                published: None,
            }],
            records: vec![],
            is_published: false,
            dates: Default::default(),
            interests: Default::default(),
        };
        let mut draft = Draft::empty(1);
        draft.items[0] = ItemDraft {
            decision: Some(Decision::Upheld),
            first_decision: Some(Decision::Upheld),
            citations: vec![Citation::none_applicable(Rank::D, "searched").unwrap()],
            rationale: "Because.".into(),
        };
        let mut file = CaseFile {
            case,
            draft,
            stage: Stage::Signed,
            history: vec![],
            sealed: vec![],
        };
        let day = super::super::date::parse("1/31/2026").unwrap();
        let content = Content::of(&file, &Reviewer::default(), "", day).unwrap();
        file.sealed.push(SealedInfo {
            hash: "aa".into(),
            at: Timestamp::UNIX_EPOCH,
            replaces: None,
            content: Box::new(content),
        });
        file
    }

    #[test]
    fn a_dropped_amendment_says_again_what_was_signed() {
        let before = signed();
        let mut file = before.clone();
        let change = |file: &mut CaseFile, change: Change| file.apply(&change).unwrap();
        let reason = String::new();
        change(&mut file, Change::Reopened { reason });
        let (item, decision) = (0, Decision::Overturned);
        change(&mut file, Change::Decided { item, decision });
        change(&mut file, Change::Uncited { item, index: 0 });
        let text = "Other.".into();
        change(&mut file, Change::Written { item, text });
        let priority = Priority::Expedited;
        change(&mut file, Change::Prioritised { priority });
        change(&mut file, Change::AmendmentDropped);
        assert_eq!(file, before);
    }

    #[test]
    fn what_was_never_signed_is_not_dropped_and_what_is_open_is_not_opened() {
        let mut file = signed();
        assert!(matches!(
            file.apply(&Change::AmendmentDropped),
            Err(ChangeRefused::NotOpen("signed"))
        ));
        file.sealed.clear();
        file.stage = Stage::Draft;
        let dropped = file.apply(&Change::AmendmentDropped);
        assert_eq!(dropped, Err(ChangeRefused::NoAmendment));
        let reason = String::new();
        let opened = file.apply(&Change::Reopened { reason });
        assert_eq!(opened, Err(ChangeRefused::OpenAlready));
    }

    #[test]
    fn only_what_is_closed_still_is_taken_back() {
        let back = Change::ClosingTakenBack {
            closing: 1,
            stage: Stage::Draft,
            snoozed_until: None,
        };
        let mut file = signed();
        for (stage, word) in [(Stage::Signed, "signed"), (Stage::New, "new")] {
            file.stage = stage;
            let before = file.clone();
            assert_eq!(file.apply(&back), Err(ChangeRefused::NotClosed(word)));
            assert_eq!(file, before);
        }
        file.stage = Stage::Duplicate;
        file.apply(&back).unwrap();
        assert_eq!(file.stage, Stage::Draft);
    }

    #[test]
    fn a_closed_case_is_opened_as_it_was() {
        for (is_begun, expected) in [(true, Stage::Draft), (false, Stage::New)] {
            let mut file = signed();
            file.sealed.clear();
            file.stage = Stage::Withdrawn;
            if !is_begun {
                file.draft = Draft::empty(1);
            }
            let reason = String::new();
            file.apply(&Change::Reopened { reason }).unwrap();
            assert_eq!(file.stage, expected);
        }
    }
}
