//! The lines as rows of pieces.

use super::super::fuzzy::{LINE_CAP, head};
use super::lexicon::{Lexicon, Reader};

/// The lines.
#[derive(Debug, Default)]
pub struct Lines {
    /// The pieces of all lines, one line after the other.
    pieces: Vec<u32>,
    /// Where each line ends in `pieces`.
    ends: Vec<u32>,
    /// Which letters each line has.
    letters: Vec<u64>,
    /// How long each line is, in characters.
    widths: Vec<u16>,
}

/// Lines on their way in.
#[derive(Debug, Default)]
pub struct LinesReader {
    lines: Lines,
    pieces: Reader,
}

impl LinesReader {
    /// Takes the next line.
    pub fn read(&mut self, text: &str) {
        let lines = &mut self.lines;
        let take = |piece| lines.pieces.push(piece);
        self.pieces.read(head(text, LINE_CAP), take);
        let end = u32::try_from(lines.pieces.len()).unwrap_or(u32::MAX);
        lines.ends.push(end);
    }

    /// The lines, and what they are made of.
    pub fn done(self) -> (Lines, Lexicon) {
        let (lexicon, renamed) = self.pieces.done();
        let mut lines = self.lines;
        lines.rename(&renamed);
        lines.measure(&lexicon);
        (lines, lexicon)
    }
}

impl Lines {
    fn rename(&mut self, renamed: &[u32]) {
        for piece in &mut self.pieces {
            *piece = renamed.get(*piece as usize).copied().unwrap_or(0);
        }
        self.pieces.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    fn measure(&mut self, lexicon: &Lexicon) {
        let measured = (0..self.len()).map(|line| {
            let pieces = self.pieces(line).iter().map(|piece| *piece as usize);
            pieces.fold((0, 0_u16), |(letters, width), piece| {
                let width = width.saturating_add(lexicon.width(piece));
                (letters | lexicon.letters(piece), width)
            })
        });
        let (letters, widths) = measured.unzip();
        (self.letters, self.widths) = (letters, widths);
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The pieces of a line.
    pub fn pieces(&self, line: usize) -> &[u32] {
        let end = |line: usize| self.ends.get(line).map_or(0, |end| *end as usize);
        let start = line.checked_sub(1).map_or(0, end);
        self.pieces.get(start..end(line)).unwrap_or_default()
    }

    /// Which letters a line has.
    pub fn letters(&self, line: usize) -> u64 {
        self.letters.get(line).copied().unwrap_or(0)
    }

    /// How many characters a line has.
    pub fn width(&self, line: usize) -> u16 {
        self.widths.get(line).copied().unwrap_or(0)
    }
}
