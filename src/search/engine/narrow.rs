//! What the last query found: one that continues it need not look anywhere else.

use super::term::Term;
use std::sync::{Arc, Mutex, PoisonError};

/// The last query and what it found.
#[derive(Debug, Default, Clone)]
pub struct Found {
    /// Its words, folded, with one blank between.
    pub query: String,
    /// Its words as they were looked for.
    pub terms: Vec<Arc<Term>>,
    /// The lines that have each word within one piece; `None` where that is no use.
    pub whole: Option<Arc<Vec<u32>>>,
    /// The lines that have every word, its letters wherever they are; `None` where nobody asked.
    pub anywhere: Option<Arc<Vec<u32>>>,
}

impl Found {
    /// The word as it was looked for already.
    pub fn term(&self, word: &str) -> Option<&Arc<Term>> {
        self.terms.iter().find(|term| term.word() == word)
    }

    /// The longest word that this one continues.
    pub fn shorter(&self, word: &str) -> Option<&Term> {
        let shorter = self
            .terms
            .iter()
            .filter(|term| word.starts_with(term.word()));
        shorter
            .max_by_key(|term| term.word().len())
            .map(Arc::as_ref)
    }
}

/// Remembers it, for whichever thread asks next.
#[derive(Debug, Default)]
pub struct Narrow(Mutex<Found>);

impl Narrow {
    /// What the last query found, as far as it says something of this one.
    pub fn last(&self, query: &str) -> Found {
        let mut last = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if !query.starts_with(&last.query) || last.query.is_empty() {
            (last.whole, last.anywhere) = (None, None);
        }
        last
    }

    /// Remembers what this query found.
    pub fn keep(&self, found: Found) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = found;
    }
}
