//! Passages of the guidelines that the reviewer has brought in: found, and paged through.

use super::LibraryError;
use crate::model::{Guideline, Passage, PassageHit};
use crate::store::Store;

/// How many passages one look around brings, the one asked for in their midst.
const AROUND: u32 = 9;

/// The best `limit` passages for what was typed, best first; none for an empty query.
///
/// # Errors
/// What the store gives.
pub fn passages(store: &Store, query: &str, limit: usize) -> Result<Vec<PassageHit>, LibraryError> {
    let words = query.split_whitespace();
    let words: Vec<String> = words
        .map(|w| format!("\"{}\"", w.replace('"', "")))
        .collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    Ok(store.search_passages(&format!("{}*", words.join(" ")), limit)?)
}

/// The passages of a guideline around one of them, in order.
///
/// # Errors
/// What the store gives.
pub fn read_around(
    store: &Store,
    guideline: &str,
    number: u32,
) -> Result<Vec<Passage>, LibraryError> {
    let first = number.saturating_sub(AROUND / 2).max(1);
    Ok(store.passages_from(guideline, first, AROUND as usize)?)
}

/// Every guideline that was brought in, superseded ones too.
///
/// # Errors
/// What the store gives.
pub fn guidelines(store: &Store) -> Result<Vec<Guideline>, LibraryError> {
    Ok(store.guidelines()?)
}
