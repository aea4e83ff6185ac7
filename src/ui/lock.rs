//! The locked screen: nothing of any case, no number, no name.

use super::canvas::Canvas;
use super::foot;
use crate::app::Model;
use crate::app::layout::{self, Area};
use crate::app::lock::Door;
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

/// More dots than this would tell no more.
const DOTS: usize = 24;

pub fn draw(canvas: &mut Canvas, model: &Model, door: &Door) {
    let screen = Area::screen(model.size);
    canvas.text(screen, 0, 1, Role::Strong, "imr · locked");
    let middle = screen.centred(60, 5).inset(2, 0);
    canvas.text(
        middle,
        0,
        0,
        Role::Text,
        "Locked. The passphrase opens it again.",
    );
    let label = "Passphrase  ";
    let dots = "*".repeat(door.typed.len().min(DOTS));
    let col = canvas.text(middle, 2, 0, Role::Label, label);
    canvas.text(middle, 2, col, Role::Text, &dots);
    canvas.text(middle, 4, 0, Role::Notice, &door.said);
    foot::hint_line(canvas, model, layout::case(model.size, &model.panes).hints);
    let at = label.width() + dots.width();
    canvas.cursor(middle, 2, u16::try_from(at).unwrap_or(0));
}
