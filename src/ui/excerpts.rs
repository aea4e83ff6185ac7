//! Citations, findings and snippets to insert.

use super::canvas::Canvas;
use super::text::{column, fit};
use crate::app::Model;
use crate::app::excerpts::Excerpts;
use crate::app::layout;
use crate::app::wrap;
use crate::settings::theme::Role;

/// Columns of the kind: the longest is `electrodiagnostic`.
const KIND: usize = 17;

pub fn draw(canvas: &mut Canvas, model: &Model, excerpts: &Excerpts) {
    let (frame, query, rows, full) = layout::excerpts(model.size);
    let found = excerpts.found();
    canvas.frame(frame, excerpts.title, &format!("{}", found.len()), true);
    let col = canvas.text(query, 0, 0, Role::Accent, "/ ");
    canvas.field(query, 0, col, &excerpts.field, true);
    if found.is_empty() {
        canvas.text(rows, 0, 3, Role::Dim, "Nothing fits these letters.");
    }
    let room = usize::from(rows.width).saturating_sub(KIND + 5);
    let in_view = found.iter().enumerate().skip(excerpts.list.top);
    for (line, (n, excerpt)) in (0..rows.height).zip(in_view) {
        let col = canvas.text(rows, line, 3, Role::Label, &column(&excerpt.kind, KIND));
        canvas.text(rows, line, col + 2, Role::Text, &fit(excerpt.line(), room));
        if n == excerpts.list.selected {
            canvas.select(rows, line);
        }
    }
    let selected = excerpts.selected().map_or("", |excerpt| &excerpt.text);
    canvas.rule(full, 0, "");
    let lines = wrap::lines(selected, usize::from(full.width));
    for (line, text) in (1..full.height).zip(&lines) {
        canvas.text(full, line, 0, Role::Text, text);
    }
}
