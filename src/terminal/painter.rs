//! From one sheet to the next in few bytes: the terminal moves rows itself, erases what becomes
//! blank, and is told colours and places only where they change.

use super::ink::Ink;
use super::scroll::{self, Scroll};
use super::sheet::{Rows, Sheet, columns};
use ratatui::buffer::Cell;
use ratatui::layout::Position;

/// Blanks to erase rather than write: the command and the move behind it cost about as much.
const ERASED: usize = 9;
/// Unchanged cells that are written again rather than jumped over.
const REWRITTEN: usize = 3;

/// What is known of the terminal, and the bytes for it.
#[derive(Debug, Default)]
pub(super) struct Painter {
    bytes: Vec<u8>,
    ink: Option<Ink>,
    /// Where the terminal's cursor stands; `None` where that is not certain.
    at: Option<Position>,
}

impl Painter {
    /// Adds raw commands; nothing is known of ink and cursor then.
    pub(super) fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.ink = None;
        self.at = None;
    }

    /// Adds a command that moves nothing and changes no ink.
    pub(super) fn say(&mut self, command: &[u8]) {
        self.bytes.extend_from_slice(command);
    }

    /// Clears the screen.
    pub(super) fn clear(&mut self) {
        self.dip(Ink::default());
        self.say(b"\x1b[2J");
    }

    /// The bytes since the last call.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// Turns what is shown into what is to be. Only rows that were `touched` can differ: to compare
    /// all of them would be most of what a key costs.
    pub(super) fn paint(&mut self, shown: &mut Sheet, next: &Sheet, touched: &mut Rows) {
        if let Some(scroll) = scroll::find(shown, next, touched) {
            self.scroll(scroll);
            shown.scroll(scroll);
            touched.extend(scroll.top..=scroll.bottom);
        }
        for y in touched.iter() {
            let rows = shown.rows().get(*y).zip(next.rows().get(*y));
            if let Some((old, new)) = rows.filter(|(old, new)| old != new) {
                self.row(small(*y), old, new);
            }
        }
        shown.take_over(next, touched);
        touched.clear();
    }

    /// Moves the cursor.
    pub(super) fn go(&mut self, to: Position) {
        let Position { x, y } = to;
        match self.at {
            Some(at) if at == to => return,
            Some(at) if at.y == y && x == at.x + 1 => self.say(b"\x1b[C"),
            Some(at) if at.y == y && x > at.x => self.command(x - at.x, 'C'),
            Some(at) if at.y + 1 == y && x == 0 => self.say(b"\r\n"),
            _ if x == 0 && y == 0 => self.say(b"\x1b[H"),
            _ if x == 0 => self.command(y + 1, 'H'),
            _ => self.say(format!("\x1b[{};{}H", y + 1, x + 1).as_bytes()),
        }
        self.at = Some(to);
    }

    /// Scrolls as the oldest terminals can: a region, and line feeds at its end. What comes in is
    /// blank in the current background.
    fn scroll(&mut self, scroll: Scroll) {
        self.dip(Ink::default());
        let (top, bottom) = (small(scroll.top), small(scroll.bottom));
        self.say(format!("\x1b[{};{}r", top + 1, bottom + 1).as_bytes());
        if scroll.is_up {
            self.command(bottom + 1, 'H');
            self.say(&b"\n".repeat(scroll.by));
        } else {
            self.command(top + 1, 'H');
            self.say(&b"\x1bM".repeat(scroll.by));
        }
        // The whole screen again, which leaves the cursor at its start.
        self.say(b"\x1b[r");
        self.at = Some(Position::ORIGIN);
    }

    fn row(&mut self, y: u16, old: &[Cell], new: &[Cell]) {
        let end = new.iter().rposition(|cell| *cell != Cell::EMPTY);
        let end = end.map_or(0, |last| last + 1);
        let mut x = 0;
        while let (Some(was), Some(is)) = (old.get(x), new.get(x)) {
            if was == is || is.symbol().is_empty() {
                x += 1;
                continue;
            }
            let blanks = blanks(new, x);
            if x >= end && differing(old, new, x, blanks) > 3 {
                self.erase(x, y, "\x1b[K");
                return;
            } else if differing(old, new, x, blanks) >= ERASED {
                self.erase(x, y, &format!("\x1b[{blanks}X"));
                x += blanks;
            } else {
                self.cell(x, y, new);
                x += 1;
            }
        }
    }

    /// Erases with a plain background; the cursor stays.
    fn erase(&mut self, x: usize, y: u16, command: &str) {
        self.go(Position::new(small(x), y));
        if !self.ink.is_some_and(|ink| ink.fits(&Cell::EMPTY)) {
            self.dip(Ink::default());
        }
        self.say(command.as_bytes());
    }

    fn cell(&mut self, x: usize, y: u16, row: &[Cell]) {
        self.approach(x, y, row);
        self.go(Position::new(small(x), y));
        if let Some(cell) = row.get(x) {
            self.write(cell);
        }
        if x + 1 >= row.len() {
            // At the edge terminals differ in where the cursor is.
            self.at = None;
        }
    }

    /// Writes the few cells on the way again, where that is cheaper than to jump.
    fn approach(&mut self, x: usize, y: u16, row: &[Cell]) {
        let Some(at) = self.at.filter(|at| at.y == y && usize::from(at.x) < x) else {
            return;
        };
        let way = row.get(usize::from(at.x)..x).unwrap_or_default();
        let is_cheap =
            |cell: &Cell| cell.symbol().len() == 1 && self.ink.is_some_and(|ink| ink.fits(cell));
        if way.len() <= REWRITTEN && way.iter().all(is_cheap) {
            way.iter().for_each(|cell| self.write(cell));
        }
    }

    /// Writes a cell where the cursor stands.
    fn write(&mut self, cell: &Cell) {
        if !self.ink.is_some_and(|ink| ink.fits(cell)) {
            self.dip(Ink::of(cell));
        }
        self.say(cell.symbol().as_bytes());
        // On the width of a cluster terminals differ: its end is no place to go on from.
        let is_sure = cell.symbol().chars().nth(1).is_none() && columns(cell) == 1;
        let after = self.at.filter(|_| is_sure);
        self.at = after.map(|at| Position::new(at.x + 1, at.y));
    }

    fn dip(&mut self, ink: Ink) {
        ink.dip(self.ink, &mut self.bytes);
        self.ink = Some(ink);
    }

    fn command(&mut self, n: u16, last: char) {
        self.say(format!("\x1b[{n}{last}").as_bytes());
    }
}

/// How many plain blanks follow from here on.
fn blanks(row: &[Cell], x: usize) -> usize {
    let rest = row.iter().skip(x);
    rest.take_while(|cell| **cell == Cell::EMPTY).count()
}

fn differing(old: &[Cell], new: &[Cell], x: usize, len: usize) -> usize {
    let pairs = old.iter().zip(new).skip(x).take(len);
    pairs.filter(|(old, new)| old != new).count()
}

fn small(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
