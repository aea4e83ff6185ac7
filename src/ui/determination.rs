//! The determination: the letter as it will read, and what still blocks it.

use super::canvas::Canvas;
use super::case::page;
use super::text::fit;
use crate::app::Model;
use crate::app::action::Action;
use crate::app::doc::minute;
use crate::app::keymap::Context;
use crate::app::layout::{self, Area};
use crate::app::open_case::OpenCase;
use crate::app::wrap;
use crate::settings::theme::Role;

pub fn draw(canvas: &mut Canvas, model: &Model, open: &OpenCase, body: Area) {
    let blockers = model.work_blockers();
    let (side, _) = layout::determination(body, blockers.len());
    page(canvas, model, open);
    if !open.is_open() {
        return settled(canvas, open, side);
    }
    let key = model.keymap.key(Action::Sign, &[Context::Case]);
    if blockers.is_empty() {
        let text = format!("Nothing blocks the signature; {key} signs.");
        canvas.text(side, 0, 0, Role::Done, &text);
        return;
    }
    let heading = match blockers.len() {
        1 => "1 thing blocks the signature".to_owned(),
        n => format!("{n} things block the signature"),
    };
    canvas.text(side, 0, 0, Role::Problem, &heading);
    let width = usize::from(side.width).saturating_sub(2);
    let mut row = 1;
    let selected = open.blocker.min(blockers.len() - 1);
    for (n, blocker) in blockers.iter().enumerate() {
        let lines = wrap::lines(&blocker.message, width);
        let shown = if side.height > 12 { lines.len() } else { 1 };
        for line in lines.iter().take(shown) {
            let is_cut = shown < lines.len();
            let said = if is_cut {
                fit(&blocker.message, width)
            } else {
                line.clone()
            };
            canvas.text(side, row, 2, Role::Text, &said);
            row += 1;
        }
        if n == selected {
            canvas.select(side, row - u16::try_from(shown).unwrap_or(1));
        }
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
    canvas.text(
        side,
        0,
        0,
        Role::Done,
        &format!("Signed {}", minute(sealed.at)),
    );
    let hash: String = sealed.hash.chars().take(16).collect();
    canvas.text(side, 1, 0, Role::Dim, &format!("SHA-256 {hash}..."));
}
