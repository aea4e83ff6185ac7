//! Dialogues: what it is about, and what is asked, in rows.

use super::canvas::Canvas;
use crate::app::Model;
use crate::app::dialogue::{Answer, Dialogue};
use crate::app::layout::{self, Area};
use crate::app::questions::{self, Row};
use crate::settings::theme::Role;

pub fn draw(canvas: &mut Canvas, model: &Model, dialogue: &Dialogue) {
    let page = questions::page(model, dialogue);
    let areas = layout::dialogue(model.size, page.head.len(), page.rows.len());
    canvas.calm(Area::screen(model.size));
    canvas.frame(areas.frame, &dialogue.title, "", true);
    let head = page.head.get(dialogue.top..).unwrap_or_default();
    canvas.page(areas.head, head);
    let below = head.len().saturating_sub(usize::from(areas.head.height));
    if below > 0 || dialogue.top > 0 {
        let said = questions::scroll_words(model, dialogue.top, below);
        canvas.right(areas.gap, 0, Role::Dim, &said);
    }
    let focus = page
        .rows
        .iter()
        .rposition(|r| r.question == Some(dialogue.focus))
        .unwrap_or(0);
    let top = (focus + 2)
        .min(page.rows.len())
        .saturating_sub(usize::from(areas.rows.height));
    for (line, row) in (0..areas.rows.height).zip(page.rows.iter().skip(top)) {
        one(canvas, areas.rows, line, row, dialogue);
    }
    let seen = top + usize::from(areas.rows.height);
    canvas.goes_on(areas.frame, page.rows.len().saturating_sub(seen));
    if dialogue.questions.is_empty() {
        canvas.cursor(areas.head, 0, 0);
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
