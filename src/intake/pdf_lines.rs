//! Lines of a PDF page, each with its type size: headings are told by it.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};
use std::collections::BTreeMap;

/// A box as the reader gives it.
type Rectangle = (f64, f64, f64, f64);

/// A gap so much wider than nothing is a blank, as a part of the type size.
const BLANK: f64 = 0.1;
/// A letter so much lower or higher than the one before it is on another line ...
const NEXT_LINE: f64 = 0.5;
/// ... and so much, in another paragraph.
const NEXT_PARAGRAPH: f64 = 1.75;

/// Collects letters into lines.
#[derive(Debug, Default)]
pub struct SizedLines {
    text: String,
    line: String,
    /// How many letters of the line have each size, in tenths of a point.
    sizes: BTreeMap<u32, usize>,
    last: Option<Last>,
}

/// Where the letter before this one ended.
#[derive(Debug, Clone, Copy)]
struct Last {
    end: f64,
    y: f64,
    size: f64,
}

impl SizedLines {
    /// The lines, each after its size and a tab; an empty line between paragraphs.
    pub fn text(mut self) -> String {
        self.end_of_line();
        self.text
    }

    fn end_of_line(&mut self) {
        let size = self.sizes.iter().max_by_key(|(_, letters)| **letters);
        let size = size.map_or(0, |(size, _)| *size);
        // The line goes over a wire of lines, and its first tab ends the size.
        let line = self.line.replace(['\n', '\r', '\u{C}'], " ");
        if !line.trim().is_empty() {
            self.text.push_str(&format!("{size}\t{}\n", line.trim()));
        }
        self.line.clear();
        self.sizes.clear();
    }

    /// Ends line or paragraph, or sets a blank, before a letter at this place.
    fn step(&mut self, x: f64, y: f64, size: f64) {
        let Some(last) = self.last else {
            return;
        };
        let down = (y - last.y).abs();
        let of = size.max(last.size);
        if down > of * NEXT_PARAGRAPH {
            self.end_of_line();
            if !self.text.is_empty() && !self.text.ends_with("\n\n") {
                self.text.push('\n');
            }
        } else if down > of * NEXT_LINE {
            self.end_of_line();
        } else if (x > last.end + size * BLANK || x < last.end - size) && !self.line.ends_with(' ')
        {
            self.line.push(' ');
        }
    }
}

impl OutputDev for SizedLines {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<Rectangle>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        letter: &str,
    ) -> Result<(), OutputError> {
        // The side of the square that has the area of one letter's box.
        let (wide, high) = (
            place.m11 * font_size + place.m21 * font_size,
            place.m12 * font_size + place.m22 * font_size,
        );
        let size = (wide * high).abs().sqrt();
        let (x, y) = (place.m31, place.m32);
        self.step(x, y, size);
        self.line.push_str(letter);
        // Nothing that is printed is larger than a page.
        let tenths = (size * 10.0).round().clamp(0.0, 10_000.0) as u32;
        *self.sizes.entry(tenths).or_default() += letter.trim().chars().count();
        self.last = Some(Last {
            end: x + width * size,
            y,
            size,
        });
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
