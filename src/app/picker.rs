//! The guideline picker: query, ranked citations, the selected one.

use super::field::Field;
use super::list::List;
use crate::model::Hit;

/// How many answers are asked for.
pub const LIMIT: usize = 60;

/// The picker.
#[derive(Debug, Default)]
pub struct Picker {
    /// What is typed.
    pub field: Field,
    /// What the current item asks for; ranks an empty query.
    pub context: String,
    /// The item to cite on, from 0; `None` where it only looks up.
    pub item: Option<usize>,
    /// Best first.
    pub hits: Vec<Hit>,
    /// Selection among them.
    pub list: List,
    /// Number of the newest search.
    pub asked: u64,
    /// Number of the search that `hits` answers.
    pub answered: u64,
}

impl Picker {
    /// The selected answer.
    pub fn selected(&self) -> Option<&Hit> {
        self.hits.get(self.list.selected)
    }

    /// Are the hits those of an older query?
    pub fn is_stale(&self) -> bool {
        self.asked != self.answered
    }
}
