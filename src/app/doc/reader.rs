//! Help and messages.

use super::super::action::{ACTIONS, ActionSpec, Section};
use super::super::keymap::Context;
use super::super::messages::Level;
use super::super::model::{Model, Overlay};
use super::super::{layout, wrap};
use super::{Line, minute, span};
use crate::model::Guideline;
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

/// Lines of help or messages, whichever is open.
pub fn reader_len(model: &Model) -> usize {
    reader(model).len()
}

/// Help or messages, whichever is open.
pub fn reader(model: &Model) -> Vec<Line> {
    reader_at(model, usize::from(layout::reader(model.size).1.width))
}

/// The same in lines of so many columns.
pub fn reader_at(model: &Model, width: usize) -> Vec<Line> {
    match model.overlays.last() {
        Some(Overlay::Help(_)) => help(model, width),
        Some(Overlay::Messages(_)) => messages(model, width),
        Some(Overlay::Guidelines(_)) => guidelines(model, width),
        _ => Vec::new(),
    }
}

fn messages(model: &Model, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for message in model.messages.all() {
        let role = if message.level == Level::Problem {
            Role::Problem
        } else {
            Role::Text
        };
        let lead = format!("{}  ", minute(message.at));
        let wrapped = wrap::lines(&message.text, width.saturating_sub(lead.width()).max(10));
        for (n, text) in wrapped.into_iter().enumerate() {
            let lead = if n == 0 {
                lead.clone()
            } else {
                " ".repeat(lead.width())
            };
            lines.push(vec![span(Role::Label, lead), span(role, text)]);
        }
    }
    if lines.is_empty() {
        lines.push(vec![span(Role::Dim, "Nothing has been said yet.")]);
    }
    lines
}

/// Title, edition, legal rank, how many passages; beneath it licence and what must be told.
fn guidelines(model: &Model, width: usize) -> Vec<Line> {
    if model.guidelines.is_empty() {
        let how = "None yet: imr library add FILE brings the text of a guideline in.";
        return wrapped(Role::Dim, how, 0, width);
    }
    let one = |guideline: &Guideline| {
        let role = match guideline.superseded_by {
            Some(_) => Role::Dim,
            None => Role::Strong,
        };
        let mut lines = wrapped(role, &guideline.name, 0, width);
        let facts = facts(guideline).into_iter();
        lines.extend(facts.flat_map(|(role, text)| wrapped(role, &text, 2, width)));
        lines.push(Vec::new());
        lines
    };
    model.guidelines.iter().flat_map(one).collect()
}

fn facts(guideline: &Guideline) -> Vec<(Role, String)> {
    let rank = format!("rank {:?}, {}", guideline.rank, guideline.rank.meaning());
    let passages = wrap::count(guideline.passages as usize, "passage");
    let mut facts = vec![(
        Role::Text,
        format!(
            "edition {} \u{b7} {rank} \u{b7} {passages}",
            guideline.edition
        ),
    )];
    let superseded = guideline.superseded_by.as_ref();
    facts.extend(
        superseded.map(|by| (Role::Dim, format!("superseded by {by}: read, not searched"))),
    );
    facts.extend(
        guideline
            .note
            .as_ref()
            .map(|note| (Role::Problem, note.clone())),
    );
    if !guideline.licence.is_empty() {
        facts.push((Role::Dim, format!("licence: {}", guideline.licence)));
    }
    facts.push((Role::Dim, guideline.key.clone()));
    facts
}

fn wrapped(role: Role, text: &str, indent: usize, width: usize) -> Vec<Line> {
    let lines = wrap::lines(text, width.saturating_sub(indent).max(10));
    let line = |line: String| vec![span(role, format!("{}{line}", " ".repeat(indent)))];
    lines.into_iter().map(line).collect()
}

/// All keys: first what has a meaning here, the closest context first, then the rest by section.
fn help(model: &Model, width: usize) -> Vec<Line> {
    let under = model.contexts_under();
    let place = |s: &ActionSpec| under.iter().position(|c| s.contexts.contains(c));
    let mut here: Vec<&ActionSpec> = ACTIONS.iter().filter(|s| place(s).is_some()).collect();
    here.sort_by_key(|s| place(s));
    let mut lines = vec![vec![span(Role::Heading, "Here")], Vec::new()];
    lines.extend(
        here.into_iter()
            .flat_map(|s| help_lines(model, s, under, width)),
    );
    for section in Section::ALL {
        let in_section = ACTIONS.iter().filter(|s| s.section == section);
        let mut rest = in_section.filter(|s| place(s).is_none()).peekable();
        if rest.peek().is_none() {
            continue;
        }
        lines.extend([
            Vec::new(),
            vec![span(Role::Heading, section.title())],
            Vec::new(),
        ]);
        lines.extend(rest.flat_map(|s| help_lines(model, s, s.contexts, width)));
    }
    lines
}

/// Columns of the keys in help.
const KEYS: usize = 25;

/// Keys and what they do; dim, with the reason, where they would act here but do not apply.
fn help_lines(model: &Model, spec: &ActionSpec, contexts: &[Context], width: usize) -> Vec<Line> {
    let keys = model.keymap.keys(spec.id, contexts).join(", ");
    let keys = match (keys.is_empty(), model.keymap.is_bound(spec.id, contexts)) {
        (false, _) => keys,
        // Its keys mean something closer here: nothing to tell.
        (true, true) => return Vec::new(),
        (true, false) => "unbound".to_owned(),
    };
    let is_here = spec
        .contexts
        .iter()
        .any(|c| model.contexts_under().contains(c));
    let why_not = model.available_under(spec).err().filter(|_| is_here);
    let (key_role, role, text) = match why_not {
        Some(reason) => (Role::Dim, Role::Dim, format!("{} ({reason})", spec.doc)),
        None => (Role::Key, Role::Text, spec.doc.to_owned()),
    };
    let wrapped = wrap::lines(&text, width.saturating_sub(KEYS + 2).max(10));
    let line = |(n, text): (usize, String)| {
        let keys = if n == 0 { keys.as_str() } else { "" };
        vec![span(key_role, format!("{keys:<KEYS$}  ")), span(role, text)]
    };
    wrapped.into_iter().enumerate().map(line).collect()
}

impl Model {
    /// The contexts below help: those the reader asks about.
    fn contexts_under(&self) -> &'static [Context] {
        let covered = self.overlays.len().saturating_sub(1);
        self.place_under(covered).contexts()
    }

    /// Whether an action applies is asked of what lies below help, where that makes a difference.
    fn available_under(&self, spec: &ActionSpec) -> Result<(), &'static str> {
        if spec.contexts.contains(&Context::Picker) {
            return Ok(());
        }
        self.available(spec.id)
    }
}
