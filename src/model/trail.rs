//! How a rationale came to read as it does: what undo and redo go by. Kept beside the draft, so
//! that it outlives a crash; never part of what is signed.

use serde::{Deserialize, Serialize};

/// One group of edits: at a place, one text became another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Byte of the change.
    #[serde(rename = "a")]
    pub at: usize,
    /// Text before.
    #[serde(rename = "r", default, skip_serializing_if = "String::is_empty")]
    pub removed: String,
    /// Text after.
    #[serde(rename = "i", default, skip_serializing_if = "String::is_empty")]
    pub inserted: String,
    /// Byte of the cursor before.
    #[serde(rename = "c")]
    pub cursor: usize,
    /// Byte where the selection began, before; `None` where nothing was selected.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<usize>,
}

impl Step {
    /// About how many bytes it takes in the store.
    pub fn weight(&self) -> usize {
        const FRAME: usize = 32;
        self.removed.len() + self.inserted.len() + FRAME
    }
}

/// What can be taken back, and what can be done again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Trail {
    /// Oldest first; the last is taken back first.
    pub done: Vec<Step>,
    /// The last is done again first.
    pub undone: Vec<Step>,
}

impl Trail {
    /// Nothing to take back and nothing to do again?
    pub fn is_empty(&self) -> bool {
        self.done.is_empty() && self.undone.is_empty()
    }
}
