//! What a terminal shows, cell by cell.

use super::scroll::Scroll;
use ratatui::buffer::Cell;
use ratatui::layout::Size;
use ratatui::style::Modifier;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

/// Numbers of rows.
pub(super) type Rows = BTreeSet<usize>;

/// What can be seen of a blank besides its background.
pub(super) const SEEN_ON_BLANKS: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::CROSSED_OUT);

/// Rows of cells. Two cells that look the same are equal: a blank has no colour of letters and no
/// weight. The cells that a wide letter covers besides its own hold no symbol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    rows: Vec<Vec<Cell>>,
    width: usize,
}

impl Sheet {
    /// As after a clear.
    pub(super) fn blank(size: Size) -> Self {
        let width = usize::from(size.width);
        Self {
            rows: vec![vec![Cell::EMPTY; width]; usize::from(size.height)],
            width,
        }
    }

    pub(super) fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    /// Puts a cell; outside the sheet nothing happens.
    pub(super) fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        let Some(row) = self.rows.get_mut(usize::from(y)) else {
            return;
        };
        let mut rest = row.iter_mut().skip(usize::from(x));
        let Some(place) = rest.next() else { return };
        let covers = columns(cell).saturating_sub(1);
        *place = as_seen(cell);
        for (n, behind) in rest.enumerate() {
            if n < covers {
                *behind = Cell::EMPTY;
                behind.set_symbol("");
            } else if behind.symbol().is_empty() {
                // The wide letter that covered this one has lost its head.
                *behind = Cell::EMPTY;
            } else {
                break;
            }
        }
    }

    /// Moves rows as the terminal does.
    pub(super) fn scroll(&mut self, scroll: Scroll) {
        let Some(region) = self.rows.get_mut(scroll.top..=scroll.bottom) else {
            return;
        };
        let by = scroll.by.min(region.len());
        if scroll.is_up {
            region.rotate_left(by);
        } else {
            region.rotate_right(by);
        }
        let kept = region.len() - by;
        let exposed = if scroll.is_up {
            region.get_mut(kept..)
        } else {
            region.get_mut(..by)
        };
        for row in exposed.unwrap_or_default() {
            row.fill(Cell::EMPTY);
        }
    }

    /// Becomes the same as `other` in these rows.
    pub(super) fn take_over(&mut self, other: &Self, rows: &Rows) {
        for y in rows {
            if let (Some(mine), Some(theirs)) = (self.rows.get_mut(*y), other.rows.get(*y)) {
                mine.clone_from(theirs);
            }
        }
    }
}

/// Columns that a cell's symbol covers.
pub(super) fn columns(cell: &Cell) -> usize {
    match cell.symbol() {
        symbol if symbol.len() == 1 => 1,
        symbol => symbol.width(),
    }
}

fn as_seen(cell: &Cell) -> Cell {
    let mut seen = Cell::EMPTY;
    seen.bg = cell.bg;
    if cell.symbol() != " " || cell.modifier.intersects(SEEN_ON_BLANKS) {
        seen.set_symbol(cell.symbol());
        seen.fg = cell.fg;
        seen.modifier = cell.modifier;
    }
    seen
}
