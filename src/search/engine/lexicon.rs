//! The different pieces that lines are made of.
//!
//! A hundred thousand names are made of some thousand words. What is true of a word is worked out
//! once for all lines that have it; a line is a row of numbers then, a third of its text.

use super::super::fold::{bare, fold};
use super::super::needle::letters;
use super::letter::Letter;
use std::{cmp::Reverse, collections::HashMap, ops::Range};

/// A word with the blanks before it: the pieces of a line make up its text.
#[derive(Debug, Clone)]
struct Piece {
    written: Range<u32>,
    spelt: Range<u32>,
    letters: u64,
}

/// All pieces, the most frequent ones first.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Without accents, in the letters' own case: capitals count in a score.
    written: String,
    /// The same, character by character.
    spelt: Vec<Letter>,
    pieces: Vec<Piece>,
    counts: Vec<u32>,
}

impl Lexicon {
    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// In how many places a piece stands.
    pub fn count(&self, piece: usize) -> u32 {
        self.counts.get(piece).copied().unwrap_or(0)
    }

    /// Which letters a piece has, as [`letters`] gives them.
    pub fn letters(&self, piece: usize) -> u64 {
        self.pieces.get(piece).map_or(0, |piece| piece.letters)
    }

    /// How many characters a piece has.
    pub fn width(&self, piece: usize) -> u16 {
        u16::try_from(self.spelt(piece).len()).unwrap_or(u16::MAX)
    }

    /// A piece in its own case.
    pub fn written(&self, piece: usize) -> &str {
        let piece = self.pieces.get(piece);
        let text = piece.and_then(|piece| self.written.get(places(&piece.written)));
        text.unwrap_or_default()
    }

    /// A piece character by character.
    pub fn spelt(&self, piece: usize) -> &[Letter] {
        let piece = self.pieces.get(piece);
        let spelt = piece.and_then(|piece| self.spelt.get(places(&piece.spelt)));
        spelt.unwrap_or_default()
    }

    fn add(&mut self, text: &str) {
        let (written, spelt) = (self.written.len(), self.spelt.len());
        self.written.push_str(text);
        self.spelt.extend(Letter::all(text));
        self.pieces.push(Piece {
            written: range(written, self.written.len()),
            spelt: range(spelt, self.spelt.len()),
            letters: letters(&fold(text)),
        });
        self.counts.push(0);
    }
}

fn places(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// What is behind four gigabytes of different words is not found.
fn range(start: usize, end: usize) -> Range<u32> {
    let narrow = |at| u32::try_from(at).unwrap_or(0);
    narrow(start)..narrow(end)
}

/// Reads lines into a lexicon.
#[derive(Debug, Default)]
pub struct Reader {
    lexicon: Lexicon,
    numbers: HashMap<Box<str>, u32>,
}

impl Reader {
    /// The numbers of a line's pieces, in order.
    pub fn read(&mut self, line: &str, mut take: impl FnMut(u32)) {
        let bare = bare(line);
        let mut rest = bare.as_ref();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(first_piece(rest));
            take(self.number(piece));
            rest = after;
        }
    }

    fn number(&mut self, piece: &str) -> u32 {
        let number = match self.numbers.get(piece) {
            Some(number) => *number,
            None => {
                let next = u32::try_from(self.lexicon.len()).unwrap_or(u32::MAX);
                self.lexicon.add(piece);
                self.numbers.insert(piece.into(), next);
                next
            }
        };
        if let Some(count) = self.lexicon.counts.get_mut(number as usize) {
            *count = count.saturating_add(1);
        }
        number
    }

    /// The lexicon, and what each piece's number has become: what is frequent stands together.
    pub fn done(self) -> (Lexicon, Vec<u32>) {
        let old = self.lexicon;
        let mut order: Vec<usize> = (0..old.len()).collect();
        order.sort_by_key(|piece| Reverse(old.count(*piece)));
        let (mut lexicon, mut renamed) = (Lexicon::default(), vec![0; old.len()]);
        for (new, piece) in (0..).zip(order) {
            lexicon.add(old.written(piece));
            if let (Some(to), Some(count)) = (renamed.get_mut(piece), lexicon.counts.last_mut()) {
                *to = new;
                *count = old.count(piece);
            }
        }
        (lexicon, renamed)
    }
}

/// Where the first piece of a text ends: before the blank after its first word.
fn first_piece(text: &str) -> usize {
    let blanks = text.len() - text.trim_start_matches(' ').len();
    let word = text.get(blanks..).and_then(|word| word.find(' '));
    word.map_or(text.len(), |at| blanks + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_of_a_line_make_up_its_text() {
        let mut reader = Reader::default();
        let lines = ["MTUS Ménière:  CT ", " CT", "", "MTUS CT CT"];
        let mut numbers = Vec::new();
        for line in lines {
            let mut of_line = Vec::new();
            reader.read(line, |number| of_line.push(number));
            numbers.push(of_line);
        }
        let (lexicon, renamed) = reader.done();
        let text = |of_line: &Vec<u32>| -> String {
            let new = of_line.iter().map(|n| renamed[*n as usize] as usize);
            new.map(|n| lexicon.written(n)).collect()
        };
        let texts: Vec<String> = numbers.iter().map(text).collect();
        assert_eq!(texts, ["MTUS Meniere:  CT ", " CT", "", "MTUS CT CT"]);
        assert_eq!(lexicon.written(0), " CT");
        assert_eq!((lexicon.count(0), lexicon.width(0)), (3, 3));
    }
}
