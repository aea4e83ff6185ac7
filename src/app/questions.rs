//! What a dialogue says and asks, line by line; `ui` paints it. `update` counts the lines, so that
//! a long head scrolls and never past its end.

use super::action::Action;
use super::dialogue::{Answer, Dialogue, Purpose, Question};
use super::doc::{Line, span};
use super::layout;
use super::model::Model;
use super::wrap;
use crate::model::{Decision, Item};
use crate::rules::gate;
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

/// Columns of the labels.
const LABEL: usize = 11;
/// Columns of an item's number.
const NUMBER: usize = 4;

/// A row that stays in view: a question, or what came of the last try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it says.
    pub spans: Line,
    /// The question it is a part of, from 0.
    pub question: Option<usize>,
    /// Does the field of that question stand in it?
    pub has_field: bool,
}

fn said(spans: Line) -> Row {
    Row {
        spans,
        question: None,
        has_field: false,
    }
}

/// A dialogue in lines: what it is about, which scrolls, and the questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What it is about.
    pub head: Vec<Line>,
    /// Questions and foot.
    pub rows: Vec<Row>,
}

/// The dialogue at this size of the screen.
pub fn page(model: &Model, dialogue: &Dialogue) -> Page {
    page_at(
        model,
        dialogue,
        usize::from(layout::dialogue_width(model.size)),
    )
}

/// The same in lines of so many columns.
pub fn page_at(model: &Model, dialogue: &Dialogue, width: usize) -> Page {
    let head = match dialogue.purpose {
        Purpose::Sign if dialogue.questions.is_empty() => what_blocks(model, width),
        Purpose::Sign => what_is_signed(model, width),
        _ => plain(Role::Text, &dialogue.lead, width),
    };
    Page {
        head,
        rows: rows(dialogue, width),
    }
}

fn plain(role: Role, text: &str, width: usize) -> Vec<Line> {
    let lines = wrap::lines(text, width).into_iter();
    lines.map(|line| vec![span(role, line)]).collect()
}

fn rows(dialogue: &Dialogue, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for (n, question) in dialogue.questions.iter().enumerate() {
        rows.extend(asked(n, question, n == dialogue.focus, width));
        let is_check = |q: &Question| matches!(q.answer, Answer::Check { .. });
        let goes_on = dialogue.takes_at_once() && n + 1 < dialogue.questions.len()
            || is_check(question) && dialogue.questions.get(n + 1).is_some_and(is_check);
        if !goes_on {
            rows.push(said(Vec::new()));
        }
    }
    let (role, text) = foot(dialogue);
    rows.extend(plain(role, &text, width).into_iter().map(said));
    rows
}

/// What came of the last try, or what to do.
fn foot(dialogue: &Dialogue) -> (Role, String) {
    let text = match (&dialogue.problem, dialogue.purpose) {
        (Some(problem), _) => return (Role::Problem, format!("! {problem}")),
        (None, _) if dialogue.is_sent => return (Role::Notice, "Signing...".to_owned()),
        (None, Purpose::Sign) if dialogue.questions.is_empty() => {
            "Enter goes to the first of them. Once nothing is missing, S attests and signs."
        }
        (None, Purpose::Sign) => {
            "This seals the determination; only an amendment changes it later."
        }
        (None, Purpose::Snooze | Purpose::Close) => {
            "Esc goes back. Once done, u in the queue takes it back."
        }
        (None, Purpose::Leftover) => "Esc goes back; they wait.",
        (None, Purpose::Dates | Purpose::NoConflict) => "Esc goes back and changes nothing.",
        (None, Purpose::Recuse) => "imr recuse --take-back takes it back.",
        (None, _) => "Esc goes back; what is typed here is kept.",
    };
    (Role::Dim, text.to_owned())
}

fn asked(n: usize, question: &Question, is_focus: bool, width: usize) -> Vec<Row> {
    let label = |text: &str| {
        let role = if is_focus { Role::Strong } else { Role::Label };
        span(role, label(text))
    };
    let row = |spans, has_field| Row {
        spans,
        question: Some(n),
        has_field,
    };
    match &question.answer {
        Answer::Text(_) => vec![row(vec![label(question.label)], true)],
        Answer::Check { attestation, is_on } => {
            let mark = if *is_on { "[x] " } else { "[ ] " };
            let role = if is_focus { Role::Strong } else { Role::Text };
            let lines = wrap::lines(attestation.sentence(), width.saturating_sub(4));
            let rows = lines.into_iter().enumerate().map(|(i, line)| {
                let lead = if i == 0 { mark } else { "    " };
                row(vec![span(Role::Key, lead), span(role, line)], false)
            });
            rows.collect()
        }
        Answer::Choice { options, chosen } => {
            let lines = flow(options, *chosen, width.saturating_sub(LABEL));
            let rows = lines.into_iter().enumerate().map(|(i, line)| {
                let mut spans = vec![label(if i == 0 { question.label } else { "" })];
                spans.extend(line);
                row(spans, false)
            });
            rows.collect()
        }
    }
}

/// Filled to the column of the answers; a longer one keeps a gap.
fn label(text: &str) -> String {
    let width = LABEL.max(text.width() + 2);
    format!("{text:<width$}")
}

/// Options one after the other, as many on a line as fit; the chosen one is marked.
fn flow(options: &[&str], chosen: Option<usize>, width: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = vec![Vec::new()];
    let mut used = 0;
    for (n, option) in options.iter().enumerate() {
        let (mark, role) = if chosen == Some(n) {
            ("(x) ", Role::Strong)
        } else {
            ("( ) ", Role::Text)
        };
        let wide = 4 + option.width();
        if used > 0 && used + 3 + wide > width {
            lines.push(Vec::new());
            used = 0;
        }
        let gap = if used > 0 { "   " } else { "" };
        let mut parts = wrap::lines(option, width.saturating_sub(4)).into_iter();
        if let Some(line) = lines.last_mut() {
            let first = parts.next().unwrap_or_default();
            line.extend([
                span(Role::Text, gap),
                span(Role::Key, mark),
                span(role, first),
            ]);
        }
        lines.extend(parts.map(|part| vec![span(Role::Key, "    "), span(role, part)]));
        used += gap.len() + wide;
    }
    lines
}

/// What is missing, all that one item lacks on one line.
fn what_blocks(model: &Model, width: usize) -> Vec<Line> {
    let mut head = vec![vec![span(Role::Problem, "Not ready to sign. Missing:")]];
    for gap in gate::gaps(&model.work_blockers()) {
        let lines = wrap::lines(&gap.text, width.saturating_sub(2));
        head.extend(lines.into_iter().enumerate().map(|(n, line)| {
            let lead = if n == 0 { "- " } else { "  " };
            vec![span(Role::Label, lead), span(Role::Text, line)]
        }));
    }
    head
}

/// Every decision once more, every word of what was asked, both phrasings beside it.
fn what_is_signed(model: &Model, width: usize) -> Vec<Line> {
    let Some(open) = &model.open else {
        return Vec::new();
    };
    let pairs = open.file.case.items.iter().zip(&open.file.draft.items);
    let decided = pairs
        .enumerate()
        .filter_map(|(n, (item, draft))| Some((n, item, draft.decision?)));
    decided
        .flat_map(|(n, item, decision)| signed_item(n, item, decision, width))
        .collect()
}

fn signed_item(n: usize, item: &Item, decision: Decision, width: usize) -> Vec<Line> {
    let role = match decision {
        Decision::Upheld => Role::Upheld,
        Decision::Overturned => Role::Overturned,
    };
    let word = decision.both();
    let number = span(Role::Label, format!("{:>2}  ", n + 1));
    let asked = item.in_dispute();
    let gap = width.saturating_sub(NUMBER + asked.width() + word.width());
    if gap >= 2 {
        let asked = format!("{asked}{}", " ".repeat(gap));
        return vec![vec![number, span(Role::Text, asked), span(role, word)]];
    }
    // A long request stands below its answer, which so is seen at once.
    let lines = wrap::lines(asked, width.saturating_sub(NUMBER)).into_iter();
    let lines =
        lines.map(|line| vec![span(Role::Text, " ".repeat(NUMBER)), span(Role::Text, line)]);
    std::iter::once(vec![number, span(role, word)])
        .chain(lines)
        .collect()
}

/// Lines of the head, and how many of them are in view.
pub(super) fn head_len(model: &Model, dialogue: &Dialogue) -> (usize, usize) {
    let page = page(model, dialogue);
    let areas = layout::dialogue(model.size, page.head.len(), page.rows.len());
    (page.head.len(), usize::from(areas.head.height))
}

/// How much of the head is out of view, and how it is reached.
pub fn scroll_words(model: &Model, above: usize, below: usize) -> String {
    let key = |action| model.keymap.key(action, model.contexts());
    let lines = |n| wrap::count(n, "line");
    let parts = [
        (above, "above", Action::ScrollUp),
        (below, "below", Action::ScrollDown),
    ];
    let parts = parts.into_iter().filter(|(n, ..)| *n > 0);
    let said = parts.map(|(n, place, action)| format!("{} {place} ({})", lines(n), key(action)));
    said.collect::<Vec<_>>().join(", ")
}
