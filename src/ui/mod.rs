//! Rank 4: `draw(&Model, &Look, &mut Frame)`. Pure; one file a screen.
//!
//! ```text
//! canvas    cells, roles, frames; the only place that touches ratatui's buffer
//! look      a theme as ratatui styles
//! text      fitting text to columns
//! queue     the list of cases and its filter;  preview  the selected one below it
//! desk      a wide screen: queue, case and passage side by side
//! case      title, tabs; then summary, findings, items, records, determination, history
//! picture   a screen as text or, by svg, as a picture;  recording  screens as a moving one
//! linear    the screen in words, for a screen reader
//! sixteen   the colours of the user's palette by name and code
//! picker    guidelines;  palette  commands;  dialogue  questions;  reader  help and messages
//! menu      views and columns;  stats  agreement, words and turnaround by category
//! foot      message line and hint line;  prefix  what may follow the first key of a sequence
//! ```

mod canvas;
mod case;
mod desk;
mod determination;
mod dialogue;
mod excerpts;
mod findings;
mod foot;
mod items;
pub mod linear;
mod lock;
mod look;
mod menu;
mod palette;
mod picker;
pub mod picture;
mod prefix;
mod preview;
mod queue;
mod reader;
pub mod recording;
mod records;
pub mod sixteen;
mod stats;
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
    canvas.ground();
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
            Overlay::Stats(page) => stats::draw(&mut canvas, model, page),
            Overlay::Palette(palette) => palette::draw(&mut canvas, model, palette),
            Overlay::Picker(picker) => picker::draw(&mut canvas, model, picker),
            Overlay::Menu(menu) => menu::draw(&mut canvas, model, menu),
            Overlay::Dialogue(dialogue) => dialogue::draw(&mut canvas, model, dialogue),
            Overlay::Excerpts(excerpts) => excerpts::draw(&mut canvas, model, excerpts),
            // On the message line, so that the text is seen.
            Overlay::Find(_) => {}
        }
    }
    foot::draw(&mut canvas, model);
    prefix::draw(&mut canvas, model);
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
