//! Rank 4: `draw(&Model, &Look, &mut Frame)`. Pure; one file a screen.
//!
//! ```text
//! canvas    cells, roles, frames; the only place that touches ratatui's buffer
//! look      a theme as ratatui styles
//! text      fitting text to columns
//! queue     the list of cases, its filter and preview
//! case      title, tabs; then summary, findings, items, records, determination, history
//! picture   a screen as text or, by svg, as a picture
//! picker    guidelines;  palette  commands;  dialogue  questions;  reader  help and messages
//! foot      message line and hint line
//! ```

mod canvas;
mod case;
mod determination;
mod dialogue;
mod excerpts;
mod findings;
mod foot;
mod items;
mod lock;
mod look;
mod palette;
mod picker;
pub mod picture;
mod queue;
mod reader;
mod records;
mod svg;
pub mod text;

pub use look::Look;

use crate::app::Model;
use crate::app::layout::{Area, SMALLEST};
use crate::app::model::Overlay;
use crate::settings::theme::Role;
use canvas::Canvas;
use ratatui::Frame;

/// Draws the whole screen.
pub fn draw(model: &Model, look: &Look, frame: &mut Frame) {
    let area = frame.area();
    let size = (area.width, area.height);
    let mut canvas = Canvas::new(look, frame);
    canvas.fill(Area::screen(size));
    if size.0 < SMALLEST.0 || size.1 < SMALLEST.1 {
        return too_small(&mut canvas, size);
    }
    if let Some(door) = model.lock.door() {
        return lock::draw(&mut canvas, model, door);
    }
    match &model.open {
        Some(open) => case::draw(&mut canvas, model, open),
        None => queue::draw(&mut canvas, model),
    }
    for overlay in &model.overlays {
        match overlay {
            Overlay::Help(top) => reader::draw(&mut canvas, model, "Keys", *top),
            Overlay::Messages(top) => reader::draw(&mut canvas, model, "Messages", *top),
            Overlay::Palette(palette) => palette::draw(&mut canvas, model, palette),
            Overlay::Picker(picker) => picker::draw(&mut canvas, model, picker),
            Overlay::Dialogue(dialogue) => dialogue::draw(&mut canvas, model, dialogue),
            Overlay::Excerpts(excerpts) => excerpts::draw(&mut canvas, model, excerpts),
            // On the message line, so that the text is seen.
            Overlay::Find(_) => {}
        }
    }
    foot::draw(&mut canvas, model);
}

/// No case text on a screen where it could not be read.
fn too_small(canvas: &mut Canvas, (cols, rows): (u16, u16)) {
    let area = Area::screen((cols, rows));
    let text = format!(
        "imr needs {} by {}; here are {cols} by {rows}.",
        SMALLEST.0, SMALLEST.1
    );
    canvas.text(area, 0, 0, Role::Text, &text);
}
