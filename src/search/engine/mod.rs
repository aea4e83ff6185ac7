//! Many lines, searched at every key: the best of a hundred thousand names and more.
//!
//! A line matches if every word of the query is in it, its letters in order; what it is worth is
//! the sum of the words' scores by `fuzzy-matcher`. The engine keeps the lines folded (small
//! letters, no accents) and none of their spelling: marks are made of the line as it is shown, by
//! [`marks`].

mod cancel;

pub use cancel::Cancel;

use super::fold::fold;
use super::fuzzy::{LINE_CAP, Matcher, head};
use std::cmp::Reverse;
use std::ops::Range;

/// Lines looked at between two looks at the [`Cancel`].
const BATCH: usize = 4096;

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked {
    /// The line's number, from 0, as the engine was given them.
    pub line: usize,
    /// By `fuzzy-matcher`; higher is better.
    pub score: i64,
}

/// Lines made ready for searching.
#[derive(Debug, Default)]
pub struct Engine {
    lines: Vec<String>,
}

impl Engine {
    /// Makes lines ready.
    pub fn new<L: AsRef<str>>(lines: impl IntoIterator<Item = L>) -> Self {
        let lines = lines.into_iter();
        Self {
            lines: lines.map(|l| fold(head(l.as_ref(), LINE_CAP))).collect(),
        }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Is there no line?
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The best `limit` lines, best first; of equals the shorter, then the earlier one. An empty
    /// query finds the first lines. `None` where the search was called off.
    pub fn search(&self, query: &str, limit: usize, cancel: &Cancel) -> Option<Vec<Ranked>> {
        let matcher = Matcher::new(query);
        let mut found = Vec::new();
        for (start, batch) in (0..).step_by(BATCH).zip(self.lines.chunks(BATCH)) {
            if cancel.is_cancelled() {
                return None;
            }
            let scored = (start..).zip(batch).filter_map(|(line, text)| {
                let score = matcher.score(text)?;
                Some((Reverse(score), text.len(), line))
            });
            found.extend(scored);
        }
        found.sort_unstable();
        let best = found.into_iter().take(limit);
        let ranked = best.map(|(Reverse(score), _, line)| Ranked { line, score });
        Some(ranked.collect())
    }
}

/// The letters of a line that a query matched: ascending byte ranges on grapheme borders.
pub fn marks(query: &str, line: &str) -> Vec<Range<usize>> {
    Matcher::new(query).marks(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_lines_first_and_no_more_than_asked() {
        let lines = ["Knee: MRI", "Lumbar spine: MRI", "Lumbar: MRI", "Élbow"];
        let engine = Engine::new(lines);
        let found = |query: &str, limit| -> Vec<usize> {
            let found = engine.search(query, limit, &Cancel::default()).unwrap();
            found.into_iter().map(|ranked| ranked.line).collect()
        };
        assert_eq!(found("mri lumb", 9), [2, 1]);
        assert_eq!(found("mri lumb", 1), [2]);
        assert_eq!(found("elbow", 9), [3]);
        assert!(found("zzq", 9).is_empty());
        assert_eq!(engine.len(), 4);
        assert!(!engine.is_empty());
    }

    #[test]
    fn a_search_called_off_answers_nothing() {
        let cancel = Cancel::default();
        cancel.cancel();
        assert_eq!(Engine::new(["a"]).search("a", 1, &cancel), None);
    }
}
