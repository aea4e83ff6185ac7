//! Where a reviewer was: what the program returns to when it is opened again.

use super::number::CaseId;
use super::queue::QueueQuery;
use serde::{Deserialize, Serialize};

/// Where a reviewer was. Unknown or missing parts read as their beginning: an older or newer
/// program's bookmark is better than none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Bookmark {
    /// View, order and filter of the queue, and the window over it.
    pub query: QueueQuery,
    /// The view of the reviewer's own that was chosen, by name.
    pub own_view: Option<String>,
    /// By how many cells each border of the screen was moved.
    pub borders: Vec<i16>,
    /// Had one pane the whole screen?
    pub is_zoomed: bool,
    /// The selected case.
    pub selected: Option<CaseId>,
    /// Row of the selection in the whole queue, from 0.
    pub row: usize,
    /// The first row in view.
    pub top: usize,
    /// The case on the screen, if one was.
    pub case: Option<CaseId>,
    /// Where in it.
    pub mark: CaseMark,
    /// What was typed in dialogues that were not done.
    pub asides: Vec<Aside>,
}

/// What was typed in a dialogue that was left before it was done.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Aside {
    /// The case it was about, or the first of them.
    pub case: Option<CaseId>,
    /// Name of the action that opens it.
    pub action: String,
    /// Place of the finding or item it was about, from 0.
    pub place: usize,
    /// The cases it named, where it named any.
    pub cases: Vec<CaseId>,
    /// Its heading.
    pub title: String,
    /// What it said it was about.
    pub lead: String,
    /// What stood in it at first, by question.
    pub asked: Vec<String>,
    /// What stands in it now: the words typed, the option chosen.
    pub answers: Vec<String>,
    /// The question that had the focus, from 0.
    pub focus: usize,
    /// Was it on the screen at the end?
    pub was_open: bool,
}

/// Where a reviewer was in a case.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseMark {
    /// Could it be worked on? One that no longer can is not returned to.
    pub was_open: bool,
    /// Place of the tab, from 0.
    pub tab: usize,
    /// The current item, from 0.
    pub item: usize,
    /// The selected citation of it, from 0.
    pub citation: usize,
    /// First line in view, by tab.
    pub scroll: Vec<usize>,
    /// The selected finding in the order of the timeline, and the first in view.
    pub finding: (usize, usize),
    /// The current record, and its page, from 0.
    pub record: (usize, usize),
    /// The selected of what blocks the signature.
    pub blocker: usize,
    /// Did keys go into the rationale?
    pub is_editing: bool,
    /// By item: byte of the cursor in the rationale, and a byte in the first row in view.
    pub cursors: Vec<(usize, usize)>,
}
