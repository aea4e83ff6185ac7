//! The backend under ratatui: keeps what the terminal shows, and makes one write a frame of what
//! differs.

use super::painter::Painter;
use super::sheet::{Rows, Sheet};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::io;

const SHOW_CURSOR: &[u8] = b"\x1b[?25h";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";

/// It knows the size without opening `/dev/tty` or starting `tput`, an unchanged frame or cursor
/// makes no byte, and it never asks the terminal for anything.
#[derive(Debug)]
pub(super) struct Canvas {
    shown: Sheet,
    next: Sheet,
    painter: Painter,
    size: Size,
    /// Rows of `next` that were drawn on since the last frame.
    touched: Rows,
    /// Where the program wants the cursor.
    cursor: Position,
    is_cursor_wanted: bool,
    /// As the terminal has it; `None` where that is not known.
    is_cursor_shown: Option<bool>,
}

impl Canvas {
    pub(super) fn new(size: Size) -> Self {
        Self {
            shown: Sheet::blank(size),
            next: Sheet::blank(size),
            painter: Painter::default(),
            size,
            touched: Rows::new(),
            cursor: Position::ORIGIN,
            is_cursor_wanted: false,
            is_cursor_shown: None,
        }
    }

    /// The size from now on; ratatui clears before it draws.
    pub(super) fn set_size(&mut self, size: Size) {
        self.size = size;
    }

    /// Puts raw commands before what is drawn next, and forgets what is known of the cursor.
    pub(super) fn put(&mut self, bytes: &[u8]) {
        self.painter.put(bytes);
        self.is_cursor_shown = None;
    }

    /// What leads from the last frame to this one.
    pub(super) fn take(&mut self) -> Vec<u8> {
        if !self.touched.is_empty() {
            self.painter
                .paint(&mut self.shown, &self.next, &mut self.touched);
        }
        if self.is_cursor_wanted {
            self.painter.go(self.cursor);
        }
        if self.is_cursor_shown.replace(self.is_cursor_wanted) != Some(self.is_cursor_wanted) {
            self.painter.say(if self.is_cursor_wanted {
                SHOW_CURSOR
            } else {
                HIDE_CURSOR
            });
        }
        self.painter.take()
    }
}

impl Backend for Canvas {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut row = None;
        for (x, y, cell) in content {
            self.next.put(x, y, cell);
            if row != Some(y) {
                row = Some(y);
                self.touched.insert(usize::from(y));
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.is_cursor_wanted = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.is_cursor_wanted = true;
        Ok(())
    }

    /// Where we put it: the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    /// The whole screen, which is all that a full-screen program clears.
    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.painter.clear();
        self.shown = Sheet::blank(self.size);
        self.next = Sheet::blank(self.size);
        self.touched.clear();
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::default(),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::style::{Color, Style, Stylize};

    fn frame(terminal: &mut Terminal<Canvas>, text: &str, cursor: Option<(u16, u16)>) -> Vec<u8> {
        let drawn = terminal.draw(|frame| {
            frame.render_widget(text.fg(Color::Red), frame.area());
            if let Some(at) = cursor {
                frame.set_cursor_position(at);
            }
        });
        drawn.unwrap();
        terminal.backend_mut().take()
    }

    #[test]
    fn what_did_not_change_costs_nothing() {
        let mut terminal = Terminal::new(Canvas::new(Size::new(20, 3))).unwrap();
        assert!(!frame(&mut terminal, "abc", Some((1, 0))).is_empty());
        assert!(frame(&mut terminal, "abc", Some((1, 0))).is_empty());
        assert_eq!(frame(&mut terminal, "abc", Some((2, 0))), b"\x1b[C");
        assert_eq!(frame(&mut terminal, "abc", None), b"\x1b[?25l");
        assert!(frame(&mut terminal, "abc", None).is_empty());
    }

    #[test]
    fn a_resize_redraws_and_asks_nothing() {
        let mut terminal = Terminal::new(Canvas::new(Size::new(20, 3))).unwrap();
        frame(&mut terminal, "abc", None);
        terminal.backend_mut().set_size(Size::new(10, 2));
        let bytes = String::from_utf8(frame(&mut terminal, "abc", None)).unwrap();
        assert!(bytes.contains("\x1b[2J") && bytes.contains("abc"));
        assert!(!bytes.contains("\x1b[6n"));
    }

    #[test]
    fn a_list_that_moves_by_one_sends_one_row() {
        let mut bench = Bench::new();
        let mut lines: Vec<Line> = (0..SIZE.height)
            .map(|n| {
                (
                    format!("{n:>4}  {}", WORDS.repeat(2).split_off(usize::from(n))),
                    0,
                )
            })
            .collect();
        bench.draw(&lines);
        lines.rotate_left(1);
        let up = bench.draw(&lines);
        assert!(up.len() < 90, "{up:?}");
        lines.rotate_right(1);
        let down = bench.draw(&lines);
        assert!(down.len() < 90, "{down:?}");
    }

    const WORDS: &str = "every row of it reads differently";

    /// Text, and the number of its style.
    type Line = (String, usize);

    const SIZE: Size = Size::new(40, 12);

    /// A terminal that is drawn on frame after frame.
    struct Bench {
        terminal: Terminal<Canvas>,
        screen: vt100::Parser,
    }

    impl Bench {
        fn new() -> Self {
            let side = |n| std::num::NonZeroU16::new(n).unwrap();
            Self {
                terminal: Terminal::new(Canvas::new(SIZE)).unwrap(),
                screen: vt100::Parser::new(side(SIZE.height), side(SIZE.width), 0),
            }
        }

        fn draw(&mut self, lines: &[Line]) -> String {
            let drawn = self.terminal.draw(|frame| {
                let buffer = frame.buffer_mut();
                for (y, (text, style)) in (0..SIZE.height).zip(lines) {
                    buffer.set_string(0, y, text.as_str(), styles()[*style]);
                }
            });
            drawn.unwrap();
            let bytes = self.terminal.backend_mut().take();
            self.screen.process(&bytes);
            String::from_utf8(bytes).unwrap()
        }

        /// Symbol, colours and attributes of every cell, but for what a blank does not show.
        fn seen(&self) -> Vec<String> {
            let screen = self.screen.screen();
            let places = (0..SIZE.height).flat_map(|y| (0..SIZE.width).map(move |x| (y, x)));
            let cells = places.map(|(y, x)| screen.cell(y, x).unwrap());
            let look = |cell: &vt100::Cell| {
                let bare = cell.contents().trim().is_empty();
                let is_marked = cell.underline() || cell.inverse();
                let letters = (cell.fgcolor(), cell.bold(), cell.dim(), cell.italic());
                let letters = (!bare || is_marked).then_some(letters);
                let marks = (cell.underline(), cell.inverse(), cell.bgcolor());
                format!("{:?} {letters:?} {marks:?}", cell.contents().trim())
            };
            cells.map(look).collect()
        }
    }

    fn styles() -> [Style; 7] {
        let plain = Style::new();
        [
            plain,
            plain.bold(),
            plain.fg(Color::Red),
            plain.bg(Color::Indexed(17)).dim(),
            plain.reversed(),
            plain.underlined().fg(Color::LightBlue),
            plain.italic().bg(Color::Rgb(1, 2, 3)).fg(Color::DarkGray),
        ]
    }

    fn line() -> impl Strategy<Value = Line> {
        ("[ ]{0,6}[ab ]{0,12}[ ]{0,14}[xyé語 ]{0,12}", 0..7_usize)
    }

    /// One change of a screen: rows that move, a row that is another one, an end that goes.
    #[derive(Debug, Clone)]
    enum Edit {
        Move(usize, usize, usize),
        Replace(usize, Line),
        Style(usize, usize),
        Cut(usize, usize),
    }

    fn edit() -> impl Strategy<Value = Edit> {
        let row = 0..usize::from(SIZE.height);
        prop_oneof![
            3 => (row.clone(), row.clone(), 1..5_usize).prop_map(|(a, b, n)| Edit::Move(a, b, n)),
            2 => (row.clone(), line()).prop_map(|(row, line)| Edit::Replace(row, line)),
            1 => (row.clone(), 0..7_usize).prop_map(|(row, style)| Edit::Style(row, style)),
            1 => (row, 0..30_usize).prop_map(|(row, at)| Edit::Cut(row, at)),
        ]
    }

    fn apply(edit: &Edit, lines: &mut [Line]) {
        match edit {
            Edit::Move(a, b, by) if a <= b => {
                let region = &mut lines[*a..=*b];
                region.rotate_left(by % region.len());
            }
            Edit::Move(b, a, by) => {
                let region = &mut lines[*a..=*b];
                region.rotate_right(by % region.len());
            }
            Edit::Replace(row, line) => lines[*row] = line.clone(),
            Edit::Style(row, style) => lines[*row].1 = *style,
            Edit::Cut(row, at) => lines[*row].0 = lines[*row].0.chars().take(*at).collect(),
        }
    }

    proptest! {
        /// Whatever the way, the terminal shows what it would had it been drawn at once.
        #[test]
        fn frame_after_frame_shows_the_same_as_one(
            first in vec(line(), usize::from(SIZE.height)),
            frames in vec(vec(edit(), 1..4), 1..8),
        ) {
            let mut lines = first;
            let mut bench = Bench::new();
            bench.draw(&lines);
            for edits in frames {
                edits.iter().for_each(|edit| apply(edit, &mut lines));
                let bytes = bench.draw(&lines);
                let mut at_once = Bench::new();
                at_once.draw(&lines);
                let both = bench.seen().into_iter().zip(at_once.seen()).enumerate();
                let wrong: Vec<_> = both.filter(|(_, (is, wanted))| is != wanted).collect();
                prop_assert!(wrong.is_empty(), "{:?} by {:?}", wrong, bytes);
            }
        }
    }
}
