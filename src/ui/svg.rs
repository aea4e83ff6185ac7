//! A screen as an SVG picture, readable on light and dark pages alike.
//!
//! One `<rect>` for each run of equal ground, else hairlines show between cells; one `<text>` for
//! each run of equal letters, its length fixed so that every font keeps the columns.

use super::sixteen;
use crate::settings::hue::Hue;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// Width and height of a cell, pixels: no higher than a letter, or frames come apart.
const CELL: (usize, usize) = (9, 17);
/// Distance from the top of a cell to the base line of its letters, pixels.
const BASELINE: usize = 13;
/// Room around the screen, pixels.
const MARGIN: usize = 12;
/// The page is part of the picture: its colours do not depend on where it is shown.
const GROUND: &str = "#1b1f24";
const LETTERS: &str = "#d7dce2";
/// The 16 colours of a terminal, contrast at least 4.5 on the ground.
const PALETTE: [&str; 16] = [
    "#8b949e", "#ff8e86", "#7ee787", "#e3b341", "#79c0ff", "#d8aefc", "#56d4dd", "#d7dce2",
    "#8b949e", "#ffa198", "#9ff2a6", "#f0cc66", "#a5d6ff", "#e6cbff", "#8ae5ec", "#ffffff",
];

/// How a run of cells looks.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Paint {
    letters: String,
    ground: String,
    bold: bool,
    italic: bool,
    underlined: bool,
    dim: bool,
}

/// Cells in one row that look the same.
struct Span {
    start: usize,
    columns: usize,
    text: String,
    paint: Paint,
}

/// Writes the buffer; `title` is what a screen reader says of the picture.
pub(super) fn write(buffer: &Buffer, title: &str) -> String {
    let mut svg = head(buffer, title);
    (0..buffer.area.height).for_each(|y| svg.push_str(&row(buffer, y)));
    svg.push_str("</svg>\n");
    svg
}

/// Everything before the first row.
pub(super) fn head(buffer: &Buffer, title: &str) -> String {
    let (columns, rows) = (
        usize::from(buffer.area.width),
        usize::from(buffer.area.height),
    );
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + 2 * MARGIN);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" \
         font-family=\"monospace\" \
         font-size=\"15\" fill=\"{LETTERS}\" xml:space=\"preserve\">\n<title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{GROUND}\"/>\n",
        escape(title)
    )
}

/// One row of the screen.
pub(super) fn row(buffer: &Buffer, y: u16) -> String {
    let mut svg = String::new();
    let spans = spans(buffer, buffer.area.width.into(), y.into());
    spans
        .iter()
        .for_each(|span| ground(&mut svg, span, y.into()));
    spans
        .iter()
        .for_each(|span| letters(&mut svg, span, y.into()));
    svg
}

fn spans(buffer: &Buffer, columns: usize, row: usize) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut covered = 0;
    for column in 0..columns {
        let at = (u16::try_from(column), u16::try_from(row));
        let (Ok(x), Ok(y)) = at else { continue };
        let Some(cell) = buffer.cell((x, y)) else {
            continue;
        };
        // The second cell of a wide character belongs to the first.
        if column < covered {
            continue;
        }
        let wide = cell.symbol().width().max(1);
        covered = column + wide;
        let paint = paint(cell);
        match spans.last_mut() {
            Some(span) if span.paint == paint => {
                span.columns += wide;
                span.text.push_str(cell.symbol());
            }
            _ => spans.push(Span {
                start: column,
                columns: wide,
                text: cell.symbol().to_owned(),
                paint,
            }),
        }
    }
    spans
}

fn paint(cell: &Cell) -> Paint {
    let has = |modifier| cell.modifier.contains(modifier);
    let mut letters = colour(cell.fg, LETTERS);
    let mut ground = colour(cell.bg, GROUND);
    if has(Modifier::REVERSED) {
        std::mem::swap(&mut letters, &mut ground);
    }
    Paint {
        letters,
        ground,
        bold: has(Modifier::BOLD),
        italic: has(Modifier::ITALIC),
        underlined: has(Modifier::UNDERLINED),
        dim: has(Modifier::DIM),
    }
}

fn colour(colour: Color, reset: &str) -> String {
    if let Color::Rgb(r, g, b) = colour {
        return hex([r, g, b]);
    }
    let Some(index) = sixteen::index(colour) else {
        return reset.to_owned();
    };
    // The first 16 are the picture's own; the others are the same everywhere.
    match PALETTE.get(usize::from(index)) {
        Some(own) => (*own).to_owned(),
        None => Hue::Indexed(index)
            .rgb()
            .map_or_else(|| reset.to_owned(), hex),
    }
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn ground(svg: &mut String, span: &Span, row: usize) {
    if span.paint.ground == GROUND {
        return;
    }
    let (x, y) = (MARGIN + span.start * CELL.0, MARGIN + row * CELL.1);
    let (width, height) = (span.columns * CELL.0, CELL.1);
    let fill = &span.paint.ground;
    let _ = writeln!(
        svg,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>"
    );
}

fn letters(svg: &mut String, span: &Span, row: usize) {
    let text = span.text.trim_end();
    if text.is_empty() {
        return;
    }
    let lead = text.len() - text.trim_start().len();
    let text = text.trim_start();
    let x = MARGIN + (span.start + lead) * CELL.0;
    let y = MARGIN + row * CELL.1 + BASELINE;
    let paint = &span.paint;
    let mut style = String::new();
    if paint.letters != LETTERS {
        let _ = write!(style, " fill=\"{}\"", paint.letters);
    }
    for (on, attribute) in [
        (paint.bold, " font-weight=\"bold\""),
        (paint.italic, " font-style=\"italic\""),
        (paint.underlined, " text-decoration=\"underline\""),
        (paint.dim, " opacity=\"0.7\""),
    ] {
        style.push_str(if on { attribute } else { "" });
    }
    let _ = writeln!(
        svg,
        "<text x=\"{x}\" y=\"{y}\" textLength=\"{}\"{style}>{}</text>",
        text.width() * CELL.0,
        escape(text)
    );
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    #[test]
    fn runs_share_a_rect_and_text_is_escaped() {
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 12, 2));
        buffer.set_string(1, 0, "a<b", Style::new().reversed());
        buffer.set_string(0, 1, "日本 x", Style::new().red().bold());
        let svg = write(&buffer, "t & t");
        assert_eq!(svg.matches("<rect").count(), 2, "{svg}");
        assert!(svg.contains(">a&lt;b</text>") && svg.contains("<title>t &amp; t</title>"));
        assert!(svg.contains("textLength=\"54\"") && svg.contains("font-weight=\"bold\""));
        assert!(svg.contains(PALETTE[1]));
    }

    #[test]
    fn many_colours() {
        assert_eq!(colour(Color::Indexed(16), LETTERS), "#000000");
        assert_eq!(colour(Color::Indexed(231), LETTERS), "#ffffff");
        assert_eq!(colour(Color::Indexed(255), LETTERS), "#eeeeee");
        assert_eq!(colour(Color::Reset, LETTERS), LETTERS);
    }
}
