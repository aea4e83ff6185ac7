//! Items: what was asked, what UR did, the decision, what is cited, and why.

use super::canvas::{Canvas, more};
use super::text::{column, fit};
use crate::app::Model;
use crate::app::action::Action;
use crate::app::doc::{self, Span, span};
use crate::app::editor::VisualRow;
use crate::app::keymap::Context;
use crate::app::layout::{self, Area};
use crate::app::open_case::OpenCase;
use crate::app::wrap;
use crate::model::lint::{Lint, Severity};
use crate::model::text::fold;
use crate::model::{Decision, Item, ItemDraft, Request, Ur, UrAction};
use crate::prose;
use crate::settings::theme::Role;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// Columns of the labels in the card.
const LABEL: usize = 11;

pub fn draw(canvas: &mut Canvas, model: &Model, open: &OpenCase, body: Area) {
    let count = open.file.case.items.len();
    let areas = layout::items(body, count, open.is_editing, &model.panes);
    if count == 0 {
        let area = body.inset(2, 0);
        canvas.text(area, 0, 0, Role::Strong, "The case has no item in dispute.");
        return canvas.cursor(area, 0, 0);
    }
    list(canvas, open, areas.list);
    if let Some((item, draft)) = open.current() {
        card(canvas, model, open, areas.card, (item, draft));
    }
    why(canvas, model, open, areas.why);
    if let Some(area) = areas.summary {
        summary(canvas, open, area);
    }
}

/// The case in prose beside the rationale, to be read while writing.
fn summary(canvas: &mut Canvas, open: &OpenCase, area: Area) {
    canvas.frame(area, "Clinical case summary", "", false);
    let inner = area.inset(2, 1);
    let lines = doc::prose(
        &open.file.case.summary,
        open.marked,
        usize::from(inner.width),
    );
    canvas.page(inner, &lines);
    canvas.goes_on(area, lines.len().saturating_sub(usize::from(inner.height)));
}

/// Columns of the decisions in the list of items, with the margin behind them.
const DECIDED: u16 = Decision::SHORT as u16 + 2;
/// What stands where there is no decision.
const UNDECIDED: &str = "undecided";

/// One line an item; the list follows the current one.
fn list(canvas: &mut Canvas, open: &OpenCase, area: Area) {
    let top = (open.item + 1).saturating_sub(usize::from(area.height));
    let pairs = open
        .file
        .case
        .items
        .iter()
        .zip(&open.file.draft.items)
        .enumerate();
    for (line, (n, (item, draft))) in (0..area.height).zip(pairs.skip(top)) {
        let role = doc::decision_role(draft.decision);
        let word = draft.decision.map_or(UNDECIDED, Decision::short);
        let room = usize::from(area.width).saturating_sub(Decision::SHORT + 11);
        let asked = format!("{:>2}  {}", n + 1, fit(item.in_dispute(), room));
        canvas.text(area, line, 3, Role::Text, &asked);
        // Decided or not, the words of all items begin in one column.
        let col = area.width.saturating_sub(DECIDED);
        canvas.text(area, line, col, role, word);
        if n == open.item {
            canvas.bar(area, line);
        }
    }
}

fn card(
    canvas: &mut Canvas,
    model: &Model,
    open: &OpenCase,
    area: Area,
    (item, draft): (&Item, &ItemDraft),
) {
    let count = open.file.case.items.len();
    let heading = format!("{} of {count}  {}", open.item + 1, item.in_dispute());
    canvas.frame(area, &heading, "", false);
    let inner = area.inset(2, 1);
    let (width, height) = (usize::from(inner.width), usize::from(inner.height));
    let mut below = decided(item, draft, width);
    below.extend(published(item, draft, width));
    // What is below the request keeps its place: a line for each citation and each thing reckoned.
    let kept = below.len() + draft.citations.len().max(1) + open.reckoned(open.item).len();
    let room = (width, height.saturating_sub(kept));
    let mut lines = asked(item, open.requests().get(open.item), room);
    lines.append(&mut below);
    let room = (width, height.saturating_sub(lines.len()));
    let marker = canvas.look().lines().marker;
    let (own, selected) = cited(model, open, draft, room, marker);
    let selected = lines.len() + selected;
    lines.extend(own);
    for told in open.reckoned(open.item) {
        let rows = height.saturating_sub(lines.len()).min(3);
        let role = if told.asks {
            Role::Undecided
        } else {
            Role::Text
        };
        lines.extend(labelled(told.label, role, &told.text, width, rows));
    }
    let room = (width, height.saturating_sub(lines.len()));
    lines.extend(published_reasons(model, item, room));
    // Where there is no room for all, the selected citation stays in view.
    let top = (selected + 1).saturating_sub(height).min(lines.len());
    canvas.page(inner, lines.get(top..).unwrap_or_default());
    if model.overlays.is_empty() && !open.is_editing {
        canvas.cursor(inner, u16::try_from(selected - top).unwrap_or(0), 0);
    }
}

/// Most lines that a request, its fields or the answer of UR take in the card.
const ASKED: usize = 12;

/// The request where the heading has no room for it, its fields, and what UR did with it: whole
/// where there is room for that, else each shortened alike.
fn asked(item: &Item, fields: Option<&Request>, (width, height): (usize, usize)) -> Vec<Vec<Span>> {
    let is_long = item.request.width() + 14 > width;
    let at_most = |rows: usize| {
        let request = is_long.then(|| labelled("Asked", Role::Strong, &item.request, width, rows));
        let mut lines = request.unwrap_or_default();
        let own = fields.map(|f| labelled("Read as", Role::Text, &f.line(), width, rows));
        lines.extend(own.into_iter().flatten());
        lines.extend(labelled("UR", Role::Text, &ur(&item.ur), width, rows));
        lines
    };
    let fits = |rows: &usize| at_most(*rows).len() <= height;
    at_most((1..=ASKED).rev().find(fits).unwrap_or(1))
}

/// The published reasons, where there is room to read some of them.
fn published_reasons(
    model: &Model,
    item: &Item,
    (width, height): (usize, usize),
) -> Vec<Vec<Span>> {
    let Some(published) = item.published.as_ref().filter(|_| height > 2) else {
        return Vec::new();
    };
    let text = fold(&published.rationale);
    let all = labelled("They wrote", Role::Published, &text, width, usize::MAX);
    let is_cut = all.len() + 1 > height;
    let mut lines = vec![Vec::new()];
    if !is_cut || model.panes.is_zoomed {
        lines.extend(labelled(
            "They wrote",
            Role::Published,
            &text,
            width,
            height - 1,
        ));
        return lines;
    }
    lines.extend(labelled(
        "They wrote",
        Role::Published,
        &text,
        width,
        height - 2,
    ));
    let key = model.keymap.key(Action::Zoom, &[Context::Browse]);
    let said = format!("{:LABEL$}{key} gives it the whole screen", "");
    lines.push(vec![span(Role::Dim, said)]);
    lines
}

/// A label, and text beside it on at most so many lines.
fn labelled(label: &str, role: Role, text: &str, width: usize, at_most: usize) -> Vec<Vec<Span>> {
    let room = width.saturating_sub(LABEL).max(8);
    let all = wrap::lines(text, room);
    let is_cut = all.len() > at_most;
    let mut lines = Vec::new();
    for (n, line) in all.into_iter().take(at_most).enumerate() {
        let label = if n == 0 { label } else { "" };
        let line = if is_cut && n + 1 == at_most {
            fit(&format!("{line} …"), room)
        } else {
            line
        };
        lines.push(vec![
            span(Role::Label, column(label, LABEL)),
            span(role, line),
        ]);
    }
    lines
}

/// What UR did, and what it cited.
pub(super) fn ur(ur: &Ur) -> String {
    let cited: Vec<String> = ur.citations.iter().map(|c| c.label()).collect();
    let cited = if cited.is_empty() {
        ur.text.clone().unwrap_or_default()
    } else {
        cited.join("; ")
    };
    let action = match (ur.action, &ur.approved_part) {
        (UrAction::Denied, _) => "denied".to_owned(),
        (UrAction::Modified, Some(part)) => format!("modified, approved {part}"),
        (UrAction::Modified, None) => "modified".to_owned(),
    };
    if cited.is_empty() {
        action
    } else {
        format!("{action} · {cited}")
    }
}

/// The decision with both phrasings; nothing is ever chosen before the reviewer does.
fn decided(item: &Item, draft: &ItemDraft, width: usize) -> Vec<Vec<Span>> {
    let role = doc::decision_role(draft.decision);
    let mut text = draft.decision.map_or(UNDECIDED, Decision::both).to_owned();
    if draft.is_changed_after_reveal(item.published.as_ref()) {
        text.push_str(" (after reveal)");
    }
    labelled("Decision", role, &text, width, 2)
}

/// What was published, once it may be seen, and whether the first decision agrees with it.
fn published(item: &Item, draft: &ItemDraft, width: usize) -> Vec<Vec<Span>> {
    let Some(published) = &item.published else {
        return Vec::new();
    };
    let verdict = published.verdict(draft);
    labelled(
        "Published",
        Role::Published,
        &format!("{}{verdict}", published.decision.both()),
        width,
        2,
    )
}

/// What is cited, each on as many lines as there is room for; and the line of the selected one.
fn cited(
    model: &Model,
    open: &OpenCase,
    draft: &ItemDraft,
    (width, height): (usize, usize),
    marker: &str,
) -> (Vec<Vec<Span>>, usize) {
    let count = draft.citations.len();
    if count == 0 {
        let key = model.keymap.key(Action::Cite, &[Context::Items]);
        let text = if open.is_open() {
            format!("nothing; {key} cites")
        } else {
            "nothing".to_owned()
        };
        return (labelled("Cited", Role::Undecided, &text, width, 1), 0);
    }
    // One citation needs no mark beside it.
    let lead = if count > 1 { 2 } else { 0 };
    let rows = (height / count).clamp(1, 3);
    let mut lines = Vec::new();
    let mut selected = 0;
    for (n, citation) in draft.citations.iter().enumerate() {
        let is_selected = n == open.citation && count > 1;
        let role = if is_selected {
            Role::Strong
        } else {
            Role::Text
        };
        let label = if n == 0 { "Cited" } else { "" };
        if n == open.citation {
            selected = lines.len();
        }
        let mut own = labelled(label, role, &citation.label(), width - lead, rows);
        for (i, line) in own.iter_mut().enumerate().filter(|_| lead > 0) {
            let mark = if is_selected && i == 0 { marker } else { " " };
            line.insert(1, span(Role::Accent, column(mark, lead)));
        }
        lines.append(&mut own);
    }
    (lines, selected)
}

fn why(canvas: &mut Canvas, model: &Model, open: &OpenCase, area: Area) {
    let Some(editor) = open.editor() else {
        return;
    };
    let mut words = match editor.words() {
        1 => "1 word".to_owned(),
        n => format!("{n} words"),
    };
    if let Some(grade) = model.marks.grade(open, open.item) {
        words.push_str(&format!(", grade {grade}"));
    }
    let heading = if open.is_editing {
        "Why (writing)"
    } else {
        "Why"
    };
    canvas.frame(area, heading, &words, open.is_editing);
    let inner = area.inset(2, 1);
    if editor.is_empty() && !open.is_editing {
        let key = model.keymap.key(Action::EditRationale, &[Context::Items]);
        let text = format!("No rationale yet; {key} writes it.");
        canvas.text(inner, 0, 0, Role::Undecided, &text);
        return;
    }
    let view = editor.view(inner.width, inner.height);
    let marks = marks_to_draw(model, open, editor.cursor());
    for (line, row) in (0..inner.height).zip(&view.rows) {
        canvas.text(inner, line, 0, Role::Text, &row.text);
        mark_row(canvas, inner, line, row, &marks);
        if let Some(range) = &row.selection {
            let before = row.text.get(..range.start).unwrap_or_default().width();
            let chosen = row.text.get(range.clone()).unwrap_or_default();
            canvas.text(
                inner,
                line,
                u16::try_from(before).unwrap_or(0),
                Role::Selected,
                chosen,
            );
        }
    }
    let below = view
        .total_rows
        .saturating_sub(view.first_row + view.rows.len());
    outline(canvas, open, area, below);
    canvas.goes_on(area, below);
    if open.is_editing && model.overlays.is_empty() {
        canvas.cursor(inner, view.cursor.1, view.cursor.0);
    }
}

/// Which of the four moves the rationale makes, in the lower border of its frame; where there is no
/// room for all four words, the missing ones.
fn outline(canvas: &mut Canvas, open: &OpenCase, area: Area, below: usize) {
    let Some((_, draft)) = open.current().filter(|_| area.height > 2) else {
        return;
    };
    let foot = Area {
        x: area.x + 2,
        y: area.y + area.height - 1,
        width: area.width.saturating_sub(4),
        height: 1,
    };
    let taken = if below > 0 {
        more(below).width() + 3
    } else {
        0
    };
    let room = usize::from(foot.width).saturating_sub(taken);
    let moves = open.moves();
    let whole = moves.outline(draft.decision);
    let text = match moves.missing(draft.decision) {
        _ if whole.width() + 2 <= room => whole,
        missing if missing.is_empty() => "all four moves ok".to_owned(),
        missing => format!("missing: {}", missing.join(", ")),
    };
    if text.width() + 2 <= room {
        canvas.text(foot, 0, 0, Role::Dim, &format!(" {text} "));
    }
}

/// The marks of the rationale, the quiet ones first, so that graver ones lie over them. A word is
/// not called unknown while it is being typed.
fn marks_to_draw(model: &Model, open: &OpenCase, cursor: usize) -> Vec<(Range<usize>, Severity)> {
    let is_typed = |range: &Range<usize>, lint: &Lint| {
        open.is_editing && lint.id == prose::SPELLING && range.end == cursor
    };
    let all = model.marks.at_words(open, open.item).into_iter();
    let mut marks: Vec<(Range<usize>, Severity)> = all
        .filter(|(range, lint)| !is_typed(range, lint))
        .map(|(range, lint)| (range, lint.severity))
        .collect();
    marks.sort_by_key(|(_, severity)| std::cmp::Reverse(*severity));
    marks
}

/// Lays the marks over the words of a row; a sign in the margin says where to look.
fn mark_row(
    canvas: &mut Canvas,
    area: Area,
    line: u16,
    row: &VisualRow,
    marks: &[(Range<usize>, Severity)],
) {
    for (range, severity) in marks {
        let start = range.start.max(row.range.start);
        let end = range.end.min(row.range.end);
        if start >= end {
            continue;
        }
        let (from, to) = (start - row.range.start, end - row.range.start);
        let before = row.text.get(..from).unwrap_or_default();
        let Some(words) = row
            .text
            .get(from..to)
            .filter(|words| !words.trim().is_empty())
        else {
            continue;
        };
        let (role, sign) = match severity {
            Severity::Blocking => (Role::Blocking, "!"),
            Severity::Warning => (Role::Warning, "!"),
            Severity::Note => (Role::Note, "~"),
        };
        let col = u16::try_from(before.width()).unwrap_or(u16::MAX);
        canvas.text(area, line, col, role, words.trim_end());
        let margin = Area {
            x: area.x.saturating_sub(1),
            ..area
        };
        canvas.text(margin, line, 0, Role::Key, sign);
    }
}
