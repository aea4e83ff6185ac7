//! Dialogues: what is asked, in rows; the sign dialogue shows what is signed and what blocks.

use super::canvas::Canvas;
use super::text::{column, fit};
use crate::app::Model;
use crate::app::dialogue::{Answer, Dialogue, Purpose, Question};
use crate::app::doc::{Span, span};
use crate::app::layout::{Area, READABLE};
use crate::app::wrap;
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

/// Columns of the labels.
const LABEL: usize = 11;

/// A row of a dialogue.
struct Row {
    spans: Vec<Span>,
    /// The question it is a part of, from 0.
    question: Option<usize>,
    /// Is the field of that question drawn in it?
    has_field: bool,
}

fn said(spans: Vec<Span>) -> Row {
    Row {
        spans,
        question: None,
        has_field: false,
    }
}

fn blank() -> Row {
    said(Vec::new())
}

pub fn draw(canvas: &mut Canvas, model: &Model, dialogue: &Dialogue) {
    let screen = Area::screen(model.size).split_bottom(2).0.split_top(1).1;
    let width = READABLE.min(screen.width.saturating_sub(4));
    let rows = rows(model, dialogue, usize::from(width.saturating_sub(6)));
    let height = u16::try_from(rows.len())
        .unwrap_or(u16::MAX)
        .saturating_add(2);
    let frame = screen.centred(width, height);
    canvas.frame(frame, &dialogue.title, "", true);
    let inner = frame.inset(3, 1);
    let focus = rows
        .iter()
        .rposition(|r| r.question == Some(dialogue.focus))
        .unwrap_or(0);
    let top = (focus + 2)
        .min(rows.len())
        .saturating_sub(usize::from(inner.height));
    for (line, row) in (0..inner.height).zip(rows.iter().skip(top)) {
        one(canvas, inner, line, row, dialogue);
    }
}

fn one(canvas: &mut Canvas, area: Area, line: u16, row: &Row, dialogue: &Dialogue) {
    let col = canvas.spans(area, line, 0, &row.spans);
    let is_focus = row.question == Some(dialogue.focus);
    let is_start = row.spans.first().is_some_and(|s| !s.text.trim().is_empty());
    if is_focus && is_start {
        let margin = Area {
            x: area.x.saturating_sub(2),
            ..area
        };
        canvas.text(margin, line, 0, Role::Accent, canvas.look().lines().marker);
        canvas.cursor(area, line, 0);
    }
    let question = row.question.and_then(|n| dialogue.questions.get(n));
    if let Some(Answer::Text(field)) = question.map(|q| &q.answer).filter(|_| row.has_field) {
        canvas.field(area, line, col, field, is_focus && !dialogue.is_sent);
    }
}

fn rows(model: &Model, dialogue: &Dialogue, width: usize) -> Vec<Row> {
    let mut rows = vec![blank()];
    if dialogue.purpose == Purpose::Sign {
        rows.extend(what_is_signed(model, width));
    } else {
        rows.extend(
            wrap::lines(&dialogue.lead, width)
                .into_iter()
                .map(|l| said(vec![span(Role::Text, l)])),
        );
        rows.push(blank());
    }
    for (n, question) in dialogue.questions.iter().enumerate() {
        rows.extend(asked(n, question, n == dialogue.focus, width));
        let is_check = |q: &Question| matches!(q.answer, Answer::Check { .. });
        let goes_on = is_check(question) && dialogue.questions.get(n + 1).is_some_and(is_check);
        if !goes_on {
            rows.push(blank());
        }
    }
    let (role, text) = foot(dialogue);
    let lines = wrap::lines(&text, width);
    rows.extend(lines.into_iter().map(|l| said(vec![span(role, l)])));
    rows
}

/// What came of the last try, or what to do.
fn foot(dialogue: &Dialogue) -> (Role, String) {
    match &dialogue.problem {
        Some(problem) => (Role::Problem, format!("! {problem}")),
        None if dialogue.is_sent => (Role::Notice, "Signing...".to_owned()),
        None if dialogue.purpose == Purpose::Sign => (
            Role::Dim,
            "The word sign, or the last four digits of the case number.".to_owned(),
        ),
        None => (
            Role::Dim,
            "Esc goes back; what is typed here is kept.".to_owned(),
        ),
    }
}

fn asked(n: usize, question: &Question, is_focus: bool, width: usize) -> Vec<Row> {
    let label = |text: &str| {
        span(
            if is_focus { Role::Strong } else { Role::Label },
            column(text, LABEL),
        )
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

/// Options one after the other, as many on a line as fit; the chosen one is marked.
fn flow(options: &[&str], chosen: Option<usize>, width: usize) -> Vec<Vec<Span>> {
    let mut lines: Vec<Vec<Span>> = vec![Vec::new()];
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
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(span(Role::Text, "   "));
                used += 3;
            }
            line.extend([
                span(Role::Key, mark),
                span(role, fit(option, width.saturating_sub(4))),
            ]);
        }
        used += wide;
    }
    lines
}

/// What blocks, or else every decision once more, both phrasings beside it.
fn what_is_signed(model: &Model, width: usize) -> Vec<Row> {
    let blockers = model.work_blockers();
    let mut rows = Vec::new();
    if !blockers.is_empty() {
        let heading = match blockers.len() {
            1 => "Not ready. One thing blocks the signature:".to_owned(),
            n => format!("Not ready. {n} things block the signature:"),
        };
        rows.push(said(vec![span(Role::Problem, heading)]));
        for blocker in blockers.iter().take(5) {
            rows.push(said(vec![span(
                Role::Text,
                fit(&format!("- {}", blocker.message), width),
            )]));
        }
        if blockers.len() > 5 {
            rows.push(said(vec![span(
                Role::Dim,
                format!("  and {} more", blockers.len() - 5),
            )]));
        }
        rows.push(said(vec![span(
            Role::Dim,
            "Enter goes to the first of them.",
        )]));
        rows.push(blank());
        return rows;
    }
    let Some(open) = &model.open else {
        return rows;
    };
    let pairs = open
        .file
        .case
        .items
        .iter()
        .zip(&open.file.draft.items)
        .enumerate();
    for (n, (item, draft)) in pairs.take(6) {
        let Some(decision) = draft.decision else {
            continue;
        };
        let role = match decision {
            crate::model::Decision::Upheld => Role::Upheld,
            crate::model::Decision::Overturned => Role::Overturned,
        };
        let word = format!("{} = {}", decision.word(), decision.meaning());
        let room = width.saturating_sub(4 + 2 + word.width());
        rows.push(said(vec![
            span(Role::Label, format!("{:>2}  ", n + 1)),
            span(Role::Text, column(item.in_dispute(), room)),
            span(role, format!("  {word}")),
        ]));
    }
    rows.push(blank());
    rows
}
