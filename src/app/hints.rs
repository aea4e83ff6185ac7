//! The hint line: what can be done here, the most important first, as much as fits.

use super::action::{ACTIONS, Action, ActionSpec};
use super::dialogue::Purpose;
use super::keymap::{self, Context};
use super::model::{Model, Place};
use crate::model::ItemDraft;
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
/// Columns of the shortest hint there can be: a key, a blank, two letters.
const SHORTEST: usize = 4 + GAP;

/// The hints that fit `width` columns; the way to help keeps its place at the end.
pub fn hints(model: &Model, width: usize) -> Vec<Hint> {
    let help = [Action::Help, Action::HelpInText]
        .iter()
        .find_map(|action| hint(model, action.spec(), model.contexts()));
    let help = help.filter(|_| model.pending.is_empty());
    let mut left = width.saturating_sub(help.as_ref().map_or(0, Hint::width));
    let mut out = Vec::new();
    let mut take = |hint: Hint| {
        if hint.width() <= left {
            left -= hint.width();
            out.push(hint);
        }
        // The rest of the line has room for none: no key need be looked up.
        left >= SHORTEST
    };
    if model.pending.is_empty() {
        counted(model)
            .into_iter()
            .chain(usual(model))
            .all(&mut take);
    } else {
        continued(model).into_iter().all(&mut take);
    }
    out.extend(help);
    out
}

fn usual(model: &Model) -> impl Iterator<Item = Hint> {
    let contexts = model.contexts();
    let is_here =
        |s: &&ActionSpec| s.priority > 0 && s.contexts.iter().any(|c| contexts.contains(c));
    let mut specs: Vec<&ActionSpec> = ACTIONS
        .iter()
        .filter(is_here)
        .filter(|s| model.available(s.id).is_ok())
        .collect();
    // To rank one looks at the whole case: once for each.
    specs.sort_by_cached_key(|s| Reverse(rank(model, s)));
    specs
        .into_iter()
        .filter_map(move |s| hint(model, s, contexts))
}

/// What is to be done next comes first, wherever the table puts it.
fn rank(model: &Model, spec: &ActionSpec) -> u8 {
    let next = NEXT.iter().find(|(action, _)| *action == spec.id);
    match next {
        Some((_, is_next)) if is_next(model) => u8::MAX,
        _ => spec.priority,
    }
}

/// Is it the next thing to do?
type IsNext = fn(&Model) -> bool;

/// When an action is the next thing to do.
const NEXT: [(Action, IsNext); 7] = [
    (Action::Snooze, |m| !m.queue.marks.is_empty()),
    (Action::CloseCase, |m| !m.queue.marks.is_empty()),
    (Action::RecordsComplete, |m| {
        m.open.as_ref().is_some_and(|open| {
            let known = open.file.case.header.records_complete_date;
            known.is_none()
        })
    }),
    (Action::Cite, |m| lacks(m, |d| d.citations.is_empty())),
    (Action::EditRationale, |m| {
        lacks(m, |d| {
            !d.citations.is_empty() && d.rationale.trim().is_empty()
        })
    }),
    (Action::NextItem, |m| {
        let is_done = lacks(m, |d| {
            !d.citations.is_empty() && !d.rationale.trim().is_empty()
        });
        is_done && !m.work_gaps().is_empty()
    }),
    (Action::Sign, |m| m.work_gaps().is_empty()),
];

/// Is the current item decided, and does this hold of the work on it?
fn lacks(model: &Model, what: fn(&ItemDraft) -> bool) -> bool {
    let current = model.open.as_ref().and_then(|open| open.current());
    current.is_some_and(|(_, draft)| draft.decision.is_some() && what(draft))
}

fn hint(model: &Model, spec: &ActionSpec, contexts: &[Context]) -> Option<Hint> {
    let key = model.keymap.key(spec.id, contexts);
    (!key.is_empty()).then(|| Hint {
        key,
        label: label(model, spec).to_owned(),
    })
}

/// The number typed so far.
fn counted(model: &Model) -> Option<Hint> {
    let count = model
        .queue
        .count
        .filter(|_| model.place() == Place::Queue)?;
    Some(Hint {
        key: count.to_string(),
        label: "then".to_owned(),
    })
}

/// The word of an action; in a dialogue `Enter` says what it will do there.
fn label(model: &Model, spec: &ActionSpec) -> &'static str {
    let dialogue = model.dialogue().filter(|_| spec.id == Action::Confirm);
    match dialogue {
        None => spec.label,
        Some(d) if d.questions.is_empty() => "go there",
        Some(d) if !d.is_last() && !d.takes_at_once() => "next",
        Some(d) if d.purpose == Purpose::Sign => "sign",
        Some(_) => spec.label,
    }
}

/// After the first key of a sequence: what may follow.
fn continued(model: &Model) -> Vec<Hint> {
    let follow = model.keymap.continuations(model.contexts(), &model.pending);
    let lead = Hint {
        key: keymap::words(&model.pending),
        label: "then".to_owned(),
    };
    let rest = follow.into_iter().map(|(key, action)| Hint {
        key,
        label: action.spec().name.to_owned(),
    });
    std::iter::once(lead).chain(rest).collect()
}
