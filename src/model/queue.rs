//! A window over the queue: what is asked of the store, and what it answers.

use super::case::{Patient, Priority, Stage, UrAction};
use super::date::Date;
use super::decision::Decision;
use super::filter::{Facts, Moment};
use super::number::CaseId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Which cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// New and draft, and not snoozed.
    #[default]
    Open,
    /// Open, due instant passed; snoozed ones too, for no deadline is hidden.
    Overdue,
    /// Open and expedited, snoozed ones too.
    Expedited,
    /// Open, and some item is not decided.
    Undecided,
    /// Signed.
    Signed,
    /// Closed without a decision.
    Closed,
    /// Every case.
    All,
}

impl View {
    /// In the order of the list of views.
    pub const ALL: [Self; 7] = [
        Self::Open,
        Self::Overdue,
        Self::Expedited,
        Self::Undecided,
        Self::Signed,
        Self::Closed,
        Self::All,
    ];

    /// As typed on the command line and in config.toml.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Expedited => "expedited",
            Self::Undecided => "undecided",
            Self::Signed => "signed",
            Self::Closed => "closed",
            Self::All => "all",
        }
    }

    /// As shown above the queue.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "My open",
            Self::Overdue => "Overdue",
            Self::Expedited => "Expedited",
            Self::Undecided => "Undecided",
            Self::Signed => "Signed",
            Self::Closed => "Closed",
            Self::All => "All",
        }
    }

    /// Is a case with these facts in it?
    pub fn has(self, facts: &Facts, at: &Moment) -> bool {
        let is_open = facts.stage.is_open();
        match self {
            Self::Open => is_open && !facts.is_snoozed(at.today),
            Self::Overdue => facts.is_overdue(at.now),
            Self::Expedited => is_open && facts.priority == Priority::Expedited,
            Self::Undecided => facts.is_undecided(),
            Self::Signed => facts.stage == Stage::Signed,
            Self::Closed => Stage::CLOSINGS.contains(&facts.stage),
            Self::All => true,
        }
    }
}

/// By what the queue is ordered; ties go by due instant, then by case number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Due instant.
    #[default]
    Due,
    /// Case number.
    Number,
    /// Expedited ones first.
    Priority,
    /// Age, then sex.
    Patient,
    /// Date of injury.
    Injury,
    /// How many items.
    Items,
    /// What is asked, by the alphabet.
    Request,
    /// Stage, in the order a case goes through them.
    State,
}

impl Sort {
    /// In the order of the columns.
    pub const ALL: [Self; 8] = [
        Self::Due,
        Self::Number,
        Self::Priority,
        Self::Patient,
        Self::Injury,
        Self::Items,
        Self::Request,
        Self::State,
    ];

    /// As typed and shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Number => "number",
            Self::Priority => "priority",
            Self::Patient => "patient",
            Self::Injury => "injury",
            Self::Items => "items",
            Self::Request => "request",
            Self::State => "state",
        }
    }
}

/// A view of the reviewer's own, from config.toml.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnView {
    /// As shown, and typed on the command line.
    pub name: String,
    /// A part of which built-in view it is.
    pub of: View,
    /// Which part: a filter that reads.
    pub query: String,
    /// In which order.
    pub sort: Sort,
    /// The other way round?
    pub descending: bool,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QueueQuery {
    /// Which cases.
    pub view: View,
    /// Which part of the view: the query of a view of the reviewer's own.
    pub within: String,
    /// In which order; what has no value comes last whichever way round it is.
    pub sort: Sort,
    /// The other way round?
    pub descending: bool,
    /// A filter ([`Filter`](super::filter::Filter)); empty lets every case pass.
    pub filter: String,
    /// First row wanted, from 0.
    pub start: usize,
    /// How many rows at most.
    pub len: usize,
}

/// One item of a case in the queue, for the preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueueItem {
    /// What is in dispute, one line.
    pub request: String,
    /// What UR did with it.
    pub ur: UrAction,
    /// The reviewer's own decision, never the published one; `None` until decided.
    pub decision: Option<Decision>,
}

/// One line of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueueRow {
    /// Which case.
    pub id: CaseId,
    /// Standard or expedited.
    pub priority: Priority,
    /// Age and sex.
    pub patient: Patient,
    /// Date of injury.
    pub injury_date: Option<Date>,
    /// How many items.
    pub items: u32,
    /// What is asked, first item first, one line.
    pub request: String,
    /// Start of the summary, for the preview (at most 400 characters).
    pub summary_start: String,
    /// Due instant; `None` without a start, and for published letters.
    pub due: Option<Timestamp>,
    /// Did it come from a published determination?
    pub is_published: bool,
    /// How far it has come.
    pub stage: Stage,
    /// Put off until this day; of interest while it is open.
    pub snoozed_until: Option<Date>,
    /// Its items, as many as `items` says.
    pub each: Vec<QueueItem>,
}

/// The figures above the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct QueueCounts {
    /// New and draft, and not snoozed.
    pub open: usize,
    /// Open and past due.
    pub overdue: usize,
    /// Open and expedited.
    pub expedited: usize,
    /// Open and snoozed.
    pub snoozed: usize,
    /// Every case of the store.
    pub all: usize,
}

/// The answer to a [`QueueQuery`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueuePage {
    /// The query's `start`.
    pub start: usize,
    /// Rows from there on.
    pub rows: Vec<QueueRow>,
    /// How many rows pass view and filter.
    pub total: usize,
    /// Where none does: how many cases of other views pass the filter.
    pub elsewhere: usize,
    /// Figures of the whole store.
    pub counts: QueueCounts,
}
