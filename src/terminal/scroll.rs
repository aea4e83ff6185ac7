//! Did rows move as a block? Then the terminal moves them itself, and only what is new is sent.

use super::sheet::{Rows, Sheet};
use ratatui::buffer::Cell;
use std::cmp::Reverse;

/// Rows `top` to `bottom`, both included, moved by `by`; the rows left behind are blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scroll {
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) by: usize,
    pub(super) is_up: bool,
}

/// Cells that a scroll has to save: its commands and the cursor's moves cost about half of that.
const WORTH: usize = 60;
/// Rows that may differ between two that moved together: the selected one and its neighbour.
const GAP: usize = 2;

/// The scroll that moves most rows to where they are wanted, if it is worth it.
pub(super) fn find(shown: &Sheet, next: &Sheet, touched: &Rows) -> Option<Scroll> {
    let wanted = wanted(shown, next, touched);
    let (first, last) = (*wanted.first()?, *wanted.last()?);
    let (then, now) = (
        Prints::of(shown, first, last),
        Prints::of(next, first, last),
    );
    let moves = (1..=last - first).flat_map(|by| [(by, true), (by, false)]);
    let found = moves.filter_map(|(by, is_up)| {
        let moved = |at: &usize| {
            let from = if is_up { at + by } else { at.checked_sub(by)? };
            let is_alike = then.at(from)? == now.at(*at)?;
            (is_alike && shown.rows().get(from) == next.rows().get(*at)).then_some(*at)
        };
        let run = longest(wanted.iter().filter_map(moved))?;
        Some((run.rows, run.region(by, is_up)))
    });
    // Of equal ones the shortest way.
    let (_, scroll) = found.min_by_key(|(rows, _)| Reverse(*rows))?;
    (saving(shown, next, scroll) >= WORTH).then_some(scroll)
}

/// A number for each row of a region, by its letters: rows of different numbers differ. Every row is
/// compared with every other, and most differ only behind the borders that all of them have.
struct Prints {
    first: usize,
    prints: Vec<u32>,
}

impl Prints {
    fn of(sheet: &Sheet, first: usize, last: usize) -> Self {
        let rows = sheet.rows().get(first..=last).unwrap_or_default();
        let prints = rows.iter().map(|row| row.iter().fold(0, add)).collect();
        Self { first, prints }
    }

    /// That of a row of the region.
    fn at(&self, row: usize) -> Option<u32> {
        self.prints.get(row.checked_sub(self.first)?).copied()
    }
}

/// FNV, a cell at a time: letters are what rows differ by.
fn add(print: u32, cell: &Cell) -> u32 {
    let last = cell.symbol().as_bytes().last().copied().unwrap_or_default();
    (print ^ u32::from(last)).wrapping_mul(0x0100_0193)
}

/// Rows to be drawn: those that differ and are not blank.
fn wanted(shown: &Sheet, next: &Sheet, touched: &Rows) -> Vec<usize> {
    let rows = touched
        .iter()
        .filter_map(|at| Some((*at, next.rows().get(*at)?)));
    let differ = rows.filter(|(at, next)| shown.rows().get(*at) != Some(next));
    let drawn = differ.filter(|(_, next)| next.iter().any(|cell| *cell != Cell::EMPTY));
    drawn.map(|(at, _)| at).collect()
}

/// Rows that moved together.
#[derive(Debug, Clone, Copy)]
struct Block {
    first: usize,
    last: usize,
    rows: usize,
}

impl Block {
    /// From where the rows were to where they are.
    fn region(self, by: usize, is_up: bool) -> Scroll {
        let (top, bottom) = if is_up {
            (self.first, self.last + by)
        } else {
            (self.first - by, self.last)
        };
        Scroll {
            top,
            bottom,
            by,
            is_up,
        }
    }
}

/// The block of most rows, over gaps of at most [`GAP`].
fn longest(moved: impl Iterator<Item = usize>) -> Option<Block> {
    let mut best: Option<Block> = None;
    let mut block: Option<Block> = None;
    for at in moved {
        let before = block.filter(|block| at - block.last <= GAP + 1);
        let now = before.map_or((at, 1), |block| (block.first, block.rows + 1));
        let now = Block {
            first: now.0,
            last: at,
            rows: now.1,
        };
        block = Some(now);
        if best.is_none_or(|best| best.rows < now.rows) {
            best = block;
        }
    }
    best
}

/// Cells that need not be drawn any more.
fn saving(shown: &Sheet, next: &Sheet, scroll: Scroll) -> usize {
    let region = scroll.top..=scroll.bottom;
    let blank = Vec::new();
    let now = |y: usize| shown.rows().get(y).unwrap_or(&blank);
    let then = |y: usize| {
        let from = if scroll.is_up {
            Some(y + scroll.by)
        } else {
            y.checked_sub(scroll.by)
        };
        let from = from.filter(|from| region.contains(from));
        from.map_or(&blank, now)
    };
    let cost = |row: &dyn Fn(usize) -> usize| region.clone().map(row).sum::<usize>();
    let wanted = |y: usize| next.rows().get(y).unwrap_or(&blank);
    let before = cost(&|y| differing(now(y), wanted(y)));
    let after = cost(&|y| differing(then(y), wanted(y)));
    before.saturating_sub(after)
}

/// Cells of `new` that differ; a row that is not there is blank.
fn differing(old: &[Cell], new: &[Cell]) -> usize {
    let old = old.iter().chain(std::iter::repeat(&Cell::EMPTY));
    old.zip(new).filter(|(old, new)| old != new).count()
}
