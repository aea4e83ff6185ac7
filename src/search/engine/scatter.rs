//! A word whose letters lie in several pieces of a line: `odgct`, `opiwean`.
//!
//! For each piece it is known where in the word one gets by it, and what the letters are worth
//! there; a line is then gone through piece by piece. The figures are those of skim's score, so
//! that the best lines by this are near the best by that.

use super::Cancel;
use super::letter::{GAP, Letter, START};
use super::lexicon::Lexicon;
use super::pool::Pool;

/// No way leads here.
const NOWHERE: i32 = i32::MIN / 2;
/// Most letters of a query.
const MOST: usize = 64;
/// Fewer pieces than so many are not worth a second thread.
const MANY: usize = 4000;

/// How a word's letters lie in the pieces.
#[derive(Debug)]
pub struct Scatter {
    letters: usize,
    /// By piece: where it stands in the tables, from 1; 0 where it has none of the letters.
    rows: Vec<u32>,
    tables: Vec<Table>,
}

/// What one thread worked out, for the pieces that it was given.
#[derive(Debug, Default)]
struct Table {
    /// The first row of this table.
    first: u32,
    /// By row and by how many letters are found before the piece: how many are after it.
    next: Vec<u8>,
    /// Where the steps of each row end in `steps`.
    ends: Vec<u32>,
    steps: Vec<Step>,
}

/// Some letters of the word within one piece.
#[derive(Debug, Clone, Copy)]
struct Step {
    from: u8,
    to: u8,
    /// Its first character in the piece, and the one after its last.
    start: u16,
    end: u16,
    gain: i16,
}

impl Scatter {
    /// Goes through the pieces that have a letter of the word; `None` where it is called off.
    pub fn new(lexicon: &Lexicon, word: &str, pieces: &[u32], cancel: &Cancel) -> Option<Self> {
        let word = word
            .as_bytes()
            .get(..MOST.min(word.len()))
            .unwrap_or_default();
        let mut tables =
            Pool::These(pieces).halves(MANY, cancel, Table::default, |table, piece| {
                table.add(lexicon.spelt(piece as usize), word);
            })?;
        let mut rows = vec![0; lexicon.len()];
        for (row, piece) in (1..).zip(pieces) {
            if let Some(to) = rows.get_mut(*piece as usize) {
                *to = row;
            }
        }
        let mut first = 1;
        for table in &mut tables {
            table.first = first;
            first += u32::try_from(table.ends.len()).unwrap_or(0);
        }
        Some(Self {
            letters: word.len(),
            rows,
            tables,
        })
    }

    /// The table that has a piece, and its row there.
    fn row(&self, piece: u32) -> Option<(&Table, usize)> {
        let row = *self.rows.get(piece as usize)?;
        let mut tables = self.tables.iter().rev();
        let table = tables.find(|table| row >= table.first && row > 0)?;
        Some((table, (row - table.first) as usize))
    }

    /// Are all its letters in the line, in order?
    pub fn is_in(&self, pieces: &[u32]) -> bool {
        let states = self.letters + 1;
        let mut found = 0;
        for (table, row) in pieces.iter().filter_map(|piece| self.row(*piece)) {
            let next = table.next.get(row * states + found);
            found = next.copied().map_or(0, usize::from);
            if found == self.letters {
                return true;
            }
        }
        false
    }

    /// About what skim gives a line that has its letters.
    pub fn about(&self, lexicon: &Lexicon, pieces: &[u32]) -> i32 {
        // By letters found: the best score so far, and where it ended, in one sum.
        let mut ways = [NOWHERE; MOST + 1];
        let (mut best, mut at) = (1, 0);
        for piece in pieces {
            // The steps of a piece stand with the last letters first: none follows another.
            let steps = self
                .row(*piece)
                .map_or(&[][..], |(table, row)| table.steps(row));
            for step in steps {
                let Some(before) = before(*step, at, &ways) else {
                    continue;
                };
                let score = before + i32::from(step.gain);
                let to = usize::from(step.to);
                if to == self.letters {
                    best = best.max(score);
                } else if let Some(way) = ways.get_mut(to) {
                    *way = (*way).max(score + at + i32::from(step.end));
                }
            }
            at += i32::from(lexicon.width(*piece as usize));
        }
        best
    }
}

/// What the letters before a step are worth, less the gap; `None` if they are not there.
fn before(step: Step, at: i32, ways: &[i32]) -> Option<i32> {
    if step.from == 0 {
        return Some(START);
    }
    let way = ways
        .get(usize::from(step.from))
        .filter(|way| **way > NOWHERE)?;
    Some(way - at - i32::from(step.start) - GAP)
}

impl Table {
    fn add(&mut self, spelt: &[Letter], word: &[u8]) {
        let after = |from: usize| {
            let on = |at, letter: &Letter| at + usize::from(word.get(at) == Some(&letter.folded));
            narrow(spelt.iter().fold(from, on))
        };
        self.next.extend((0..=word.len()).map(after));
        for from in (0..word.len()).rev() {
            self.add_steps(spelt, word, from);
        }
        let end = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        self.ends.push(end);
    }

    /// Begins where the word's letter stands best and takes the others as they come.
    fn add_steps(&mut self, spelt: &[Letter], word: &[u8], from: usize) {
        let rest = word.get(from..).unwrap_or_default();
        let there = spelt
            .iter()
            .enumerate()
            .filter(|(_, l)| Some(&l.folded) == rest.first());
        let Some((start, first)) = there.rev().max_by_key(|(_, letter)| letter.bonus()) else {
            return;
        };
        let (mut gain, mut last) = (first.first(), start);
        self.step((from, from + 1), (start, start + 1), gain);
        let mut wanted = (from + 2..).zip(rest.iter().skip(1)).peekable();
        for (at, letter) in spelt.iter().enumerate().skip(start + 1) {
            if let Some((to, _)) = wanted.next_if(|(_, wanted)| **wanted == letter.folded) {
                gain += letter.behind(at - last - 1);
                last = at;
                self.step((from, to), (start, at + 1), gain);
            }
        }
    }

    fn step(&mut self, (from, to): (usize, usize), (start, end): (usize, usize), gain: i32) {
        self.steps.push(Step {
            from: narrow(from),
            to: narrow(to),
            start: u16::try_from(start).unwrap_or(u16::MAX),
            end: u16::try_from(end).unwrap_or(u16::MAX),
            gain: i16::try_from(gain).unwrap_or(0),
        });
    }

    fn steps(&self, row: usize) -> &[Step] {
        let end = |row: usize| self.ends.get(row).map_or(0, |end| *end as usize);
        let start = row.checked_sub(1).map_or(0, end);
        self.steps.get(start..end(row)).unwrap_or_default()
    }
}

fn narrow(n: usize) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}
