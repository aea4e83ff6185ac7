//! Message line and hint line.

use super::canvas::{Canvas, more};
use super::text::fit;
use crate::app::Model;
use crate::app::finder::Finder;
use crate::app::hints::hints;
use crate::app::layout;
use crate::app::messages::Level;
use crate::app::model::{Overlay, Place};
use crate::model::lint::{Lint, Severity};
use crate::prose::SPELLING;
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

pub fn draw(canvas: &mut Canvas, model: &Model) {
    let areas = model.case_areas();
    canvas.fill(areas.message);
    canvas.fill(areas.hints);
    message(canvas, model, areas.message);
    hint_line(canvas, model, areas.hints);
}

/// What can be done here, the most important first.
pub fn hint_line(canvas: &mut Canvas, model: &Model, area: layout::Area) {
    let mut col = 1;
    for hint in hints(model, usize::from(area.width.saturating_sub(1))) {
        col = canvas.text(area, 0, col, Role::Key, &hint.key);
        col = canvas.text(area, 0, col + 1, Role::Dim, &hint.label) + 2;
    }
}

/// The line on which a text is searched for.
fn find_line(canvas: &mut Canvas, finder: &Finder, area: layout::Area) {
    let col = canvas.text(area, 0, 1, Role::Accent, "Find: ");
    canvas.field(area, 0, col, &finder.field, true);
    if finder.is_missing {
        canvas.right(area, 0, Role::Problem, " not there ");
    } else if let Some((n, count)) = finder.place {
        canvas.right(area, 0, Role::Dim, &format!(" {n} of {count} "));
    }
}

/// The mark under the cursor of the rationale that is being written.
fn mark_below(model: &Model) -> Option<&Lint> {
    let is_here = model.place() == Place::Editor;
    let (range, lint) = is_here.then(|| model.mark_here())??;
    let cursor = model.open.as_ref()?.editor()?.cursor();
    // Nor is a word called unknown while it is being typed.
    (lint.id != SPELLING || range.end != cursor).then_some(lint)
}

/// What a mark says: how grave, what, and what to do.
fn mark(canvas: &mut Canvas, area: layout::Area, lint: &Lint) {
    let (sign, role) = match lint.severity {
        Severity::Blocking => ("! blocks", Role::Problem),
        Severity::Warning => ("! warns", Role::Soon),
        Severity::Note => ("~", Role::Dim),
    };
    let number = match lint.id {
        SPELLING => String::new(),
        id => format!(" {id}"),
    };
    let col = canvas.text(area, 0, 1, role, &format!("{sign}{number}"));
    let said = format!("{} {}", lint.message, lint.remedy);
    let room = usize::from(area.width.saturating_sub(col + 1));
    canvas.text(area, 0, col + 1, Role::Text, &fit(&said, room));
}

/// What was said last; a rule where nothing was.
fn message(canvas: &mut Canvas, model: &Model, area: layout::Area) {
    if let Some(Overlay::Find(finder)) = model.overlays.last() {
        return find_line(canvas, finder, area);
    }
    let Some(message) = model.messages.current() else {
        if let Some(lint) = mark_below(model) {
            return mark(canvas, area, lint);
        }
        canvas.rule(area, 0, "");
        let below = if model.overlays.is_empty() {
            canvas.below()
        } else {
            0
        };
        if below > 0 {
            let case = model.case_areas().desk.map_or(area, |desk| desk.case);
            let rest = layout::Area {
                x: case.x,
                width: case.width.saturating_sub(2),
                ..area
            };
            canvas.right(rest, 0, Role::Dim, &format!(" {} ", more(below)));
        }
        return;
    };
    let (mark, role) = match message.level {
        Level::Notice => (" ", Role::Notice),
        Level::Problem => (" ! ", Role::Problem),
    };
    let more = "  (m reads it again)";
    let room = usize::from(area.width).saturating_sub(mark.width());
    let said = if message.text.width() <= room {
        message.text.clone()
    } else {
        format!(
            "{}{more}",
            fit(&message.text, room.saturating_sub(more.width()))
        )
    };
    canvas.text(area, 0, 0, role, &format!("{mark}{said}"));
}
