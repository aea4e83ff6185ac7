//! The determination: the letter as it will read, and what still blocks it.

use super::canvas::Canvas;
use super::case::page;
use crate::app::Model;
use crate::app::action::Action;
use crate::app::doc::{self, minute};
use crate::app::keymap::Context;
use crate::app::layout::{self, Area};
use crate::app::open_case::OpenCase;
use crate::app::wrap;
use crate::settings::theme::Role;

pub fn draw(canvas: &mut Canvas, model: &Model, open: &OpenCase, body: Area) {
    let lines = doc::gap_lines(model, body);
    let (side, _) = layout::determination(body, lines.len());
    let below = page(canvas, model, open);
    canvas.set_below(below);
    if !open.is_open() {
        return settled(canvas, open, side);
    }
    if lines.is_empty() {
        let key = model.keymap.key(Action::Sign, &[Context::Case]);
        let text = format!("Nothing blocks the signature; {key} attests and signs.");
        canvas.text(side, 0, 0, Role::Done, &text);
        return;
    }
    let (_, mut list) = side.split_top(1);
    if !body.is_wide() {
        // A blank line parts it from the letter.
        list = list.split_bottom(1).0;
    }
    let is_held = !model.work_gaps().is_empty() || !model.held().is_empty();
    let (role, words) = match is_held {
        true => (Role::Problem, "Missing before it can be signed"),
        false => (Role::Soon, "To mend, or to answer with a reason"),
    };
    let mut heading = words.to_owned();
    if lines.len() > usize::from(list.height) {
        // The list follows the selected one; that it goes on has to be said.
        let all = lines.last().map_or(0, |(gap, _)| gap + 1);
        heading.push_str(&format!(" ({all} in all)"));
    }
    canvas.text(side, 0, 0, role, &heading);
    gaps(canvas, open, list, &lines);
}

/// What is missing; the list follows the selected one.
fn gaps(canvas: &mut Canvas, open: &OpenCase, area: Area, lines: &[(usize, String)]) {
    let last = lines.last().map_or(0, |(gap, _)| *gap);
    let selected = open.blocker.min(last);
    let end = lines.iter().rposition(|(gap, _)| *gap == selected);
    let top = (end.unwrap_or(0) + 1).saturating_sub(usize::from(area.height));
    let mut before = None;
    for (row, (gap, line)) in (0..area.height).zip(lines.iter().skip(top)) {
        canvas.text(area, row, 2, Role::Text, line);
        if *gap == selected && before != Some(*gap) {
            canvas.bar(area, row);
        }
        before = Some(*gap);
    }
}

/// Signed or closed: what came of it.
fn settled(canvas: &mut Canvas, open: &OpenCase, side: Area) {
    let Some(sealed) = open.file.sealed.last() else {
        let text = format!(
            "The case is {}; nothing was signed.",
            open.file.stage.word()
        );
        canvas.text(side, 0, 0, Role::Text, &text);
        return;
    };
    let signed = format!("Signed {}, SHA-256", minute(sealed.at));
    canvas.text(side, 0, 0, Role::Done, &signed);
    let hash = wrap::lines(&sealed.hash, usize::from(side.width));
    for (row, line) in (1..side.height).zip(&hash) {
        canvas.text(side, row, 0, Role::Dim, line);
    }
}
