//! What can go wrong with a shelf.

use crate::store::StoreError;
use std::sync::Arc;

/// A shelf that does not read, or a store that does not answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LibraryError {
    /// Not TOML of the shape its header describes.
    #[error("the guideline shelf does not read: {0}")]
    Unreadable(String),
    /// An entry that makes no citation.
    #[error("the guideline shelf's entry {key} has no {what}")]
    BadEntry {
        /// Which.
        key: String,
        /// What is missing or wrong.
        what: &'static str,
    },
    /// Two entries with one key.
    #[error("the guideline shelf has two entries {0}")]
    Twice(String),
    /// Neither the file nor the command says it.
    #[error("neither the file nor the command line gives it {0}: add {1}")]
    Unsaid(&'static str, &'static str),
    /// This edition was taken in from another file.
    #[error(
        "{0} is in the library already: give another edition, or take it out first (imr library remove {1})"
    )]
    Edition(String, String),
    /// The store failed.
    #[error(transparent)]
    Store(Arc<StoreError>),
}

impl From<StoreError> for LibraryError {
    fn from(error: StoreError) -> Self {
        Self::Store(Arc::new(error))
    }
}
