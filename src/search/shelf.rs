//! Ranking what can be cited for a query.

use super::fuzzy::Matcher;
use crate::model::{Hit, ShelfEntry};
use std::{borrow::Cow, collections::HashMap};

/// Entries made ready for searching: make it once, ask it at every key.
pub struct ShelfIndex<'a> {
    entries: Cow<'a, [ShelfEntry]>,
}

/// The best `limit` of these entries for a query, best first. See [`ShelfIndex::rank`].
pub fn rank(
    entries: &[ShelfEntry],
    cited: &HashMap<String, u32>,
    query: &str,
    context: &str,
    limit: usize,
) -> Vec<Hit> {
    ShelfIndex::new(entries).rank(cited, query, context, limit)
}

impl<'a> ShelfIndex<'a> {
    /// Makes borrowed entries ready.
    pub fn new(entries: &'a [ShelfEntry]) -> Self {
        Self::over(Cow::Borrowed(entries))
    }

    /// Makes entries ready and keeps them.
    pub fn owning(entries: Vec<ShelfEntry>) -> ShelfIndex<'static> {
        ShelfIndex::over(Cow::Owned(entries))
    }

    fn over(entries: Cow<'a, [ShelfEntry]>) -> Self {
        Self { entries }
    }

    /// The best `limit` entries for a query, best first.
    ///
    /// `cited` counts citations by their label; `context` is what the current item asks for and
    /// ranks the answer to an empty query.
    pub fn rank(
        &self,
        cited: &HashMap<String, u32>,
        query: &str,
        context: &str,
        limit: usize,
    ) -> Vec<Hit> {
        let matcher = Matcher::new(if query.trim().is_empty() {
            context
        } else {
            query
        });
        let mut hits: Vec<Hit> = self
            .entries
            .iter()
            .filter_map(|entry| {
                let label = entry.citation.label();
                let text = format!("{label} {} {}", entry.synonyms.join(" "), entry.topic);
                Some(Hit {
                    marks: matcher.marks(&label),
                    cited: cited.get(&label).copied().unwrap_or(0),
                    score: matcher.score(&text)?,
                    entry: entry.clone(),
                })
            })
            .collect();
        hits.sort_by_key(|hit| std::cmp::Reverse((hit.score, hit.cited)));
        hits.truncate(limit);
        hits
    }
}
