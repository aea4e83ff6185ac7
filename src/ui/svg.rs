//! A screen as an SVG picture, readable on light and dark pages alike.
//!
//! One `<rect>` for each run of equal ground, else hairlines show between cells; one `<text>` for
//! each run of equal letters, its length fixed so that every font keeps the columns.

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
    let (columns, rows) = (buffer.area.width.into(), buffer.area.height.into());
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" \
         font-family=\"monospace\" \
         font-size=\"15\">\n<title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{GROUND}\"/>\n",
        escape(title)
    );
    for row in 0..rows {
        let spans = spans(buffer, columns, row);
        spans.iter().for_each(|span| ground(&mut svg, span, row));
        spans.iter().for_each(|span| letters(&mut svg, span, row));
    }
    svg.push_str("</svg>\n");
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
    const NAMED: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    let index = match colour {
        Color::Rgb(r, g, b) => return format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Indexed(i) if i >= 16 => return cube(i),
        Color::Indexed(i) => Some(usize::from(i)),
        named => NAMED.iter().position(|c| *c == named),
    };
    let found = index.and_then(|i| PALETTE.get(i));
    found.map_or(reset, |c| c).to_owned()
}

/// The 6x6x6 cube and the greys of the 256 colours.
fn cube(index: u8) -> String {
    if index >= 232 {
        let grey = 8 + 10 * u32::from(index - 232);
        return format!("#{grey:02x}{grey:02x}{grey:02x}");
    }
    let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * u32::from(n) };
    let i = index.saturating_sub(16);
    let (r, g, b) = (step(i / 36), step(i / 6 % 6), step(i % 6));
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
        "<text x=\"{x}\" y=\"{y}\" fill=\"{}\" textLength=\"{}\" xml:space=\"preserve\"{style}>{}</text>",
        paint.letters,
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
