//! A window over the queue: what is asked of the store, and what it answers.

use super::case::{Patient, Priority, Stage, UrAction};
use super::date::Date;
use super::decision::Decision;
use super::number::CaseId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Which cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// New and draft.
    #[default]
    Open,
    /// Open, due instant passed.
    Overdue,
    /// Open and expedited.
    Expedited,
    /// Signed.
    Signed,
    /// Closed without a decision.
    Closed,
    /// Every case.
    All,
}

impl View {
    /// In the order `v` walks them.
    pub const ALL: [Self; 6] = [
        Self::Open,
        Self::Overdue,
        Self::Expedited,
        Self::Signed,
        Self::Closed,
        Self::All,
    ];

    /// As typed on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Expedited => "expedited",
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
            Self::Signed => "Signed",
            Self::Closed => "Closed",
            Self::All => "All",
        }
    }
}

/// By what the queue is ordered; ties go by case number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Due instant; cases without a start of the clock last.
    #[default]
    Due,
    /// Case number.
    Number,
    /// Date of injury.
    Injury,
    /// Stage.
    State,
}

impl Sort {
    /// In the order `s` walks them.
    pub const ALL: [Self; 4] = [Self::Due, Self::Number, Self::Injury, Self::State];

    /// As typed and shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Number => "number",
            Self::Injury => "injury",
            Self::State => "state",
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QueueQuery {
    /// Which cases.
    pub view: View,
    /// In which order.
    pub sort: Sort,
    /// Fuzzy words; empty lets every case pass.
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
    /// Its items, as many as `items` says.
    pub each: Vec<QueueItem>,
}

/// The figures above the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct QueueCounts {
    /// New and draft.
    pub open: usize,
    /// Open and past due.
    pub overdue: usize,
    /// Open and expedited.
    pub expedited: usize,
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
