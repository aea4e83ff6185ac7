//! Every change of a case, as the event log keeps it: who, when, what.

use super::case::{Priority, Stage};
use super::citation::Citation;
use super::criteria::CriterionMark;
use super::date::Date;
use super::dates::{CaseDay, Extension, Sent};
use super::decision::Decision;
use super::finding::Finding;
use super::interests::{NoConflict, Party, Recusal};
use super::lint::Answer;
use super::noted::Noted;
use super::number::CaseId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One change. Items count from 0 here and from 1 on screens and command lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// The case came in; `file` is the hex SHA-256 of its bytes.
    Imported {
        /// Hex SHA-256 of the file.
        file: String,
    },
    /// An item was decided; `after_reveal` where a published decision had been shown before.
    Decided {
        /// Item, from 0.
        item: usize,
        /// The answer.
        decision: Decision,
    },
    /// A decision was taken back.
    Undecided {
        /// Item, from 0.
        item: usize,
    },
    /// A citation was added at the end.
    Cited {
        /// Item, from 0.
        item: usize,
        /// What.
        citation: Citation,
    },
    /// A citation was removed.
    Uncited {
        /// Item, from 0.
        item: usize,
        /// Its place, from 0.
        index: usize,
    },
    /// The rationale now reads so.
    Written {
        /// Item, from 0.
        item: usize,
        /// The whole text.
        text: String,
    },
    /// A criterion of a guideline was marked; the mark it had before goes.
    CriterionMarked {
        /// Item, from 0.
        item: usize,
        /// Which, and what the records say of it.
        mark: CriterionMark,
    },
    /// The mark of a criterion was taken off.
    CriterionUnmarked {
        /// Item, from 0.
        item: usize,
        /// Key of the passage that carries it.
        passage: String,
        /// The criterion.
        criterion: String,
    },
    /// What the request leaves open was noted: all that is noted of the item now.
    Noted {
        /// Item, from 0.
        item: usize,
        /// What.
        noted: Noted,
    },
    /// A finding was added.
    FindingAdded {
        /// The new one.
        finding: Finding,
    },
    /// A finding that was dropped is back in its place.
    FindingRestored {
        /// Its place, from 0.
        index: usize,
        /// What it says.
        finding: Finding,
    },
    /// A finding was rewritten.
    FindingEdited {
        /// Its place, from 0.
        index: usize,
        /// What it says now.
        finding: Finding,
    },
    /// A finding was dropped.
    FindingDropped {
        /// Its place, from 0.
        index: usize,
    },
    /// The start of the determination clock was entered or corrected.
    RecordsComplete {
        /// The day; `None` takes it back.
        date: Option<Date>,
    },
    /// The priority was changed (conversion, 8 CCR 9792.10.4(c)).
    Prioritised {
        /// New priority.
        priority: Priority,
    },
    /// Why no records are listed.
    RecordsExplained {
        /// The reason; empty takes it back.
        reason: String,
    },
    /// A lint may stand, and why.
    LintAnswered {
        /// Which, on which words, and the reason; an empty reason takes the answer back.
        answer: Answer,
    },
    /// Closed without a decision.
    Closed {
        /// One of [`Stage::CLOSINGS`].
        stage: Stage,
        /// Why.
        reason: String,
    },
    /// Sealed; written by the store together with the determination, never on its own.
    Signed {
        /// Hex SHA-256 of the sealed bytes.
        hash: String,
        /// The determination it replaces, for an amendment.
        replaces: Option<String>,
    },
    /// A signed case was opened again for an amendment, or a closed one because closing it was a
    /// mistake.
    Reopened {
        /// Why.
        reason: String,
    },
    /// Closing the case was taken back at once: it is as it was before. Refused where anything was
    /// done to the case since.
    ClosingTakenBack {
        /// Number of the event that closed it.
        closing: i64,
        /// How far the case had come.
        stage: Stage,
        /// Until when it had been put off.
        snoozed_until: Option<Date>,
    },
    /// Put off until a day, or taken up again.
    Snoozed {
        /// The day; `None` takes it up again.
        until: Option<Date>,
    },
    /// Putting off was taken back at once, or taking up again. Refused where the case was put off
    /// otherwise since.
    SnoozeTakenBack {
        /// The day that is taken back; `None`: it was taken up.
        from: Option<Date>,
        /// As it was before.
        until: Option<Date>,
    },
    /// An amendment was given up: what was signed last stands, and the draft says it again.
    AmendmentDropped,
    /// A day on which a clock starts was entered or corrected.
    Dated {
        /// Which.
        day: CaseDay,
        /// The day; `None` takes it back.
        date: Option<Date>,
    },
    /// How the notice of assignment was sent.
    NoticeSent {
        /// `None` takes it back.
        sent: Option<Sent>,
    },
    /// An extension was approved.
    Extended {
        /// `None` takes it back.
        extension: Option<Extension>,
    },
    /// Whether nothing but drugs of the formulary is in dispute.
    FormularyOnly {
        /// Is it so?
        is_formulary: bool,
    },
    /// A party was entered.
    PartyAdded {
        /// Who.
        party: Party,
    },
    /// A party was taken out.
    PartyDropped {
        /// Its place, from 0.
        index: usize,
    },
    /// The reviewer stated that there is no conflict with the parties.
    NoConflictStated {
        /// The statement.
        stated: NoConflict,
    },
    /// The reviewer may not decide the case: it is returned.
    Recused {
        /// Who, when, why.
        recusal: Recusal,
    },
    /// A recusal was a mistake; the case is open again.
    RecusalTakenBack {
        /// Whose.
        who: String,
    },
}

impl Change {
    /// The item (from 0) whose draft this change is about, if it is about one.
    pub fn item(&self) -> Option<usize> {
        match self {
            Self::Decided { item, .. }
            | Self::Undecided { item }
            | Self::Cited { item, .. }
            | Self::Uncited { item, .. }
            | Self::Written { item, .. }
            | Self::CriterionMarked { item, .. }
            | Self::CriterionUnmarked { item, .. }
            | Self::Noted { item, .. } => Some(*item),
            _ => None,
        }
    }
}

/// One line of the event log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// Place in the log of the whole store, from 1.
    pub seq: i64,
    /// Which case.
    pub case: CaseId,
    /// When.
    pub at: Timestamp,
    /// Who (the reviewer's short name).
    pub who: String,
    /// What, in one line for people, without case text.
    pub what: String,
}
