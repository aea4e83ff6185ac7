//! Searching in the rationale: what is typed is found as it is typed.

use super::field::Field;

/// The search line.
#[derive(Debug, Default)]
pub struct Finder {
    /// What is looked for.
    pub field: Field,
    /// Is it not there?
    pub is_missing: bool,
    /// Which place of how many is selected, from 1.
    pub place: Option<(usize, usize)>,
    /// Byte of the cursor before: the search starts there, and leaving it leads back.
    pub from: usize,
}
