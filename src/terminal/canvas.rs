//! The backend under ratatui: its crossterm one, over bytes kept for one write a frame.

use crossterm::{cursor, queue};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// Bytes of the frame that is being made. Shared, because the backend keeps its writer to itself.
#[derive(Debug, Clone, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// The backend flushes after every cursor move; the write waits for the end of the frame.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Differs from the backend it wraps in four points: it collects, it knows the size without
/// opening `/dev/tty` or starting `tput`, an unchanged frame or cursor makes no byte, and it
/// never asks the terminal for anything.
#[derive(Debug)]
pub(super) struct Canvas {
    bytes: Bytes,
    inner: CrosstermBackend<Bytes>,
    size: Size,
    /// As the terminal has it; `None` where that is not known.
    cursor_shown: Option<bool>,
    cursor_at: Option<Position>,
}

impl Canvas {
    pub(super) fn new(size: Size) -> Self {
        let bytes = Bytes::default();
        Self {
            inner: CrosstermBackend::new(bytes.clone()),
            bytes,
            size,
            cursor_shown: None,
            cursor_at: None,
        }
    }

    /// The size from now on; is it another one?
    pub(super) fn set_size(&mut self, size: Size) -> bool {
        std::mem::replace(&mut self.size, size) != size
    }

    /// Puts raw commands before what is drawn next, and forgets what is known of the cursor.
    pub(super) fn put(&mut self, bytes: &[u8]) {
        self.bytes.0.borrow_mut().extend_from_slice(bytes);
        self.cursor_shown = None;
        self.cursor_at = None;
    }

    /// What was collected since the last call.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes.0.borrow_mut())
    }
}

impl Backend for Canvas {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.cursor_at = None;
        self.inner.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown.replace(false) == Some(false) {
            return Ok(());
        }
        queue!(self.bytes, cursor::Hide)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown.replace(true) == Some(true) {
            return Ok(());
        }
        queue!(self.bytes, cursor::Show)
    }

    /// Where we put it: the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor_at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor_at.replace(position) == Some(position) {
            return Ok(());
        }
        queue!(self.bytes, cursor::MoveTo(position.x, position.y))
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.inner.clear_region(region)
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
    use ratatui::Terminal;
    use ratatui::style::{Color, Stylize};

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
        assert_eq!(frame(&mut terminal, "abc", Some((2, 0))), b"\x1b[1;3H");
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
}
