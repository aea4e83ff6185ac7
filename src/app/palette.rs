//! The command palette: every action that has a meaning here, found by name.

use super::action::{ACTIONS, ActionSpec};
use super::field::Field;
use super::keymap::Context;
use super::list::List;
use crate::search::fuzzy::Matcher;
use std::cmp::Reverse;

/// The palette, opened over some contexts.
#[derive(Debug)]
pub struct Palette {
    /// What is typed.
    pub field: Field,
    /// Selection among [`Palette::found`].
    pub list: List,
    /// Where it was opened.
    pub contexts: &'static [Context],
}

impl Palette {
    /// A palette over these contexts.
    pub fn new(contexts: &'static [Context]) -> Self {
        Self {
            field: Field::default(),
            list: List::default(),
            contexts,
        }
    }

    /// The actions that fit what is typed, best first; in table order while nothing is.
    pub fn found(&self) -> Vec<&'static ActionSpec> {
        let matcher = Matcher::new(self.field.text());
        let here = |spec: &&ActionSpec| {
            spec.is_named() && spec.contexts.iter().any(|c| self.contexts.contains(c))
        };
        let mut scored: Vec<(i64, &ActionSpec)> = ACTIONS
            .iter()
            .filter(here)
            .filter_map(|spec| Some((score(&matcher, spec)?, spec)))
            .collect();
        if !self.field.is_empty() {
            scored.sort_by_key(|(score, _)| Reverse(*score));
        }
        scored.into_iter().map(|(_, spec)| spec).collect()
    }
}

/// A name that fits counts more than a description that does.
fn score(matcher: &Matcher, spec: &ActionSpec) -> Option<i64> {
    let name = matcher.score(spec.name).map(|s| s + 1000);
    name.or_else(|| matcher.score(&format!("{} {}", spec.name, spec.doc)))
}
