//! The hint line: what can be done here, the most important first, as much as fits.

use super::action::{ACTIONS, Action, ActionSpec};
use super::keymap::{self, Context};
use super::model::Model;
use std::cmp::Reverse;
use unicode_width::UnicodeWidthStr;

/// A key and its word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// In words.
    pub key: String,
    /// What it does, in a word or two.
    pub label: String,
}

impl Hint {
    /// Columns, the gap to the next one included.
    fn width(&self) -> usize {
        self.key.width() + 1 + self.label.width() + GAP
    }
}

/// Columns between two hints.
const GAP: usize = 2;

/// The hints that fit `width` columns; the way to help keeps its place at the end.
pub fn hints(model: &Model, width: usize) -> Vec<Hint> {
    let help = hint(model, Action::Help.spec(), model.contexts());
    let help =
        help.filter(|_| model.pending.is_empty() && !is_shadowed(model, Action::Help.spec()));
    let mut left = width.saturating_sub(help.as_ref().map_or(0, Hint::width));
    let all = if model.pending.is_empty() {
        usual(model)
    } else {
        continued(model)
    };
    let mut out = Vec::new();
    for hint in all {
        if hint.width() <= left {
            left -= hint.width();
            out.push(hint);
        }
    }
    out.extend(help);
    out
}

fn usual(model: &Model) -> Vec<Hint> {
    let contexts = model.contexts();
    let is_here = |s: &&ActionSpec| {
        s.priority > 0 && s.contexts.iter().any(|c| contexts.contains(c)) && !is_shadowed(model, s)
    };
    let mut specs: Vec<&ActionSpec> = ACTIONS
        .iter()
        .filter(is_here)
        .filter(|s| model.available(s.id).is_ok())
        .collect();
    specs.sort_by_key(|s| Reverse(s.priority));
    specs
        .iter()
        .filter_map(|s| hint(model, s, contexts))
        .collect()
}

/// Does a closer context use all its keys for something else?
fn is_shadowed(model: &Model, spec: &ActionSpec) -> bool {
    let contexts = model.contexts();
    let own = model
        .keymap
        .bindings()
        .iter()
        .filter(|b| b.action == spec.id);
    own.filter(|b| contexts.contains(&b.context))
        .all(|b| model.keymap.resolve(contexts, &b.keys) != keymap::Resolved::Action(spec.id))
}

fn hint(model: &Model, spec: &ActionSpec, contexts: &[Context]) -> Option<Hint> {
    let key = model.keymap.key(spec.id, contexts);
    (!key.is_empty()).then(|| Hint {
        key,
        label: spec.label.to_owned(),
    })
}

/// After the first key of a sequence: what may follow.
fn continued(model: &Model) -> Vec<Hint> {
    let follow = model.keymap.continuations(model.contexts(), &model.pending);
    let lead = Hint {
        key: keymap::words(&model.pending),
        label: "and".to_owned(),
    };
    let rest = follow.into_iter().map(|(key, action)| Hint {
        key,
        label: action.spec().name.to_owned(),
    });
    std::iter::once(lead).chain(rest).collect()
}
