//! The screen without a terminal: as lines of text, or as an SVG picture.

use super::recording::Shot;
use super::{Look, draw, svg};
use crate::app::Model;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

/// The screen as it would stand on a terminal of the model's size, row by row, without colours.
pub fn text(model: &Model, look: &Look) -> Vec<String> {
    let buffer = buffer(model, look);
    (0..buffer.area.height)
        .map(|row| line(&buffer, row))
        .collect()
}

/// The screen as an SVG picture; `title` is what a screen reader says of it.
pub fn svg(model: &Model, look: &Look, title: &str) -> String {
    svg::write(&buffer(model, look), title)
}

/// The screen as one of a [`recording`]; its cursor is part of the picture.
pub fn shot(model: &Model, look: &Look, millis: u32) -> Shot {
    let (columns, rows) = model.size;
    let Ok(mut terminal) = Terminal::new(TestBackend::new(columns, rows));
    let Ok(frame) = terminal.draw(|frame| draw(model, look, frame));
    let mut buffer = frame.buffer.clone();
    let Ok(at) = terminal.get_cursor_position();
    if let Some(cell) = buffer.cell_mut(at) {
        cell.modifier.toggle(Modifier::REVERSED);
    }
    Shot { buffer, millis }
}

fn buffer(model: &Model, look: &Look) -> Buffer {
    let (columns, rows) = model.size;
    let Ok(mut terminal) = Terminal::new(TestBackend::new(columns, rows));
    match terminal.draw(|frame| draw(model, look, frame)) {
        Ok(frame) => frame.buffer.clone(),
    }
}

fn line(buffer: &Buffer, row: u16) -> String {
    let mut line = String::new();
    let mut column = 0;
    while let Some(cell) = buffer
        .cell((column, row))
        .filter(|_| column < buffer.area.width)
    {
        line.push_str(cell.symbol());
        // The second cell of a wide character is blank and no part of the text.
        column += u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
    }
    line.trim_end().to_owned()
}
