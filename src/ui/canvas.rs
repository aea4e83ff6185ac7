//! Cells, roles and frames: the only place that touches ratatui's buffer.

use super::look::Look;
use super::text;
use crate::app::doc::Span;
use crate::app::field::Field;
use crate::app::layout::Area;
use crate::app::wrap;
use crate::settings::theme::Role;
use ratatui::Frame;
use ratatui::layout::{Direction, Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::{Bar, BarChart, BarGroup, Sparkline, Widget};
use unicode_width::UnicodeWidthStr;

/// The frame being drawn, with the look to draw in.
pub struct Canvas<'l, 'f, 'b> {
    look: &'l Look,
    frame: &'f mut Frame<'b>,
    below: usize,
}

/// How many lines follow, in words.
pub fn more(lines: usize) -> String {
    wrap::count(lines, "more line")
}

fn small(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

impl<'l, 'f, 'b> Canvas<'l, 'f, 'b> {
    pub fn new(look: &'l Look, frame: &'f mut Frame<'b>) -> Self {
        Self {
            look,
            frame,
            below: 0,
        }
    }

    pub fn look(&self) -> &Look {
        self.look
    }

    fn rect(&self, area: Area) -> Rect {
        Rect::new(area.x, area.y, area.width, area.height).intersection(self.frame.area())
    }

    /// The whole screen, which is blank at the start of a frame, in the role of plain text.
    pub fn ground(&mut self) {
        let style = self.look.style(Role::Text);
        if style != Style::default() {
            let area = self.frame.area();
            self.frame.buffer_mut().set_style(area, style);
        }
    }

    /// Blank cells in the role of plain text.
    pub fn fill(&mut self, area: Area) {
        let rect = self.rect(area);
        let style = self.look.style(Role::Text);
        for position in rect.positions() {
            if let Some(cell) = self.frame.buffer_mut().cell_mut(position) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// Text at a row and column of an area, cut to it. Answers the column behind it.
    pub fn text(&mut self, area: Area, row: u16, col: u16, role: Role, text: &str) -> u16 {
        if row >= area.height || col >= area.width {
            return col;
        }
        let cut = text::fitted(text, usize::from(area.width - col));
        // What stood here before leaves nothing behind, its bold or dim neither.
        let ground = Style::reset().patch(self.look.style(Role::Text));
        let style = ground.patch(self.look.style(role));
        let at = Position::new(area.x + col, area.y + row);
        if self.rect(area).contains(at) {
            self.put(at, &cut, style);
        }
        col.saturating_add(small(text::columns(&cut)))
    }

    /// Most text is letters of one byte, each a cell: to look for clusters among them would cost
    /// more than everything else that a frame takes.
    fn put(&mut self, at: Position, text: &str, style: Style) {
        let buffer = self.frame.buffer_mut();
        if !text::is_plain(text) {
            buffer.set_string(at.x, at.y, text, style);
            return;
        }
        for (x, byte) in (at.x..buffer.area.right()).zip(text.bytes()) {
            if let Some(cell) = buffer.cell_mut((x, at.y)) {
                cell.set_char(char::from(byte)).set_style(style);
            }
        }
    }

    /// Text that ends at the right edge of an area.
    pub fn right(&mut self, area: Area, row: u16, role: Role, text: &str) {
        let wide = small(text.width()).min(area.width);
        self.text(area, row, area.width - wide, role, text);
    }

    /// Runs of text one after the other. Answers the column behind them.
    pub fn spans(&mut self, area: Area, row: u16, col: u16, spans: &[Span]) -> u16 {
        spans.iter().fold(col, |col, span| {
            self.text(area, row, col, span.role, &span.text)
        })
    }

    /// Lines from the top of an area on.
    pub fn page(&mut self, area: Area, lines: &[Vec<Span>]) {
        for (row, line) in lines.iter().take(usize::from(area.height)).enumerate() {
            self.spans(area, small(row), 0, line);
        }
    }

    /// Takes colour and weight from what lies below, so that the eye stays on what lies above.
    pub fn calm(&mut self, area: Area) {
        let quiet = Style::reset()
            .patch(self.look.style(Role::Text))
            .patch(self.look.style(Role::Dim));
        let rect = self.rect(area);
        self.frame.buffer_mut().set_style(rect, quiet);
    }

    /// Lays a role over what stands in a row.
    pub fn tint(&mut self, area: Area, row: u16, role: Role) {
        if row < area.height {
            let line = Area {
                y: area.y + row,
                height: 1,
                ..area
            };
            let rect = self.rect(line);
            self.frame
                .buffer_mut()
                .set_style(rect, self.look.style(role));
        }
    }

    /// The selected row of a list that one runs down: marked at its start, and of one piece. What
    /// stands in it says in words what its colours said, and a row further costs few bytes.
    pub fn bar(&mut self, area: Area, row: u16) {
        if row >= area.height {
            return;
        }
        let marker = self.look.lines().marker;
        self.text(area, row, 0, Role::Text, marker);
        let line = Area {
            y: area.y + row,
            height: 1,
            ..area
        };
        let plain = Style::reset().patch(self.look.style(Role::Text));
        let rect = self.rect(line);
        let style = plain.patch(self.look.style(Role::Selected));
        self.frame.buffer_mut().set_style(rect, style);
    }

    /// The selected row of a list that has not the focus.
    pub fn mark(&mut self, area: Area, row: u16) {
        let marker = self.look.lines().marker;
        self.text(area, row, 0, Role::Accent, marker);
        self.tint(area, row, Role::Strong);
    }

    /// A border between two panes, from top to bottom.
    pub fn border(&mut self, x: u16, area: Area) {
        let column = Area {
            x,
            width: 1,
            ..area
        };
        let down = self.look.lines().down;
        for row in 0..area.height {
            self.text(column, row, 0, Role::Border, down);
        }
    }

    /// The selected row of a list whose marks count: marked at its start, and laid over with the
    /// role.
    pub fn select(&mut self, area: Area, row: u16) {
        let marker = self.look.lines().marker;
        self.text(area, row, 0, Role::Accent, marker);
        self.tint(area, row, Role::Selected);
    }

    /// A rule across, with a heading in it.
    pub fn rule(&mut self, area: Area, row: u16, heading: &str) {
        self.across(area, row, 0, area.width, Role::Border);
        if !heading.is_empty() {
            self.text(area, row, 2, Role::Strong, &format!(" {heading} "));
        }
    }

    /// The character of rules, so many times.
    fn across(&mut self, area: Area, row: u16, col: u16, columns: u16, role: Role) {
        let across = self.look.lines().across;
        let ground = Style::reset().patch(self.look.style(Role::Text));
        let style = ground.patch(self.look.style(role));
        let line = Area {
            x: area.x + col,
            y: area.y + row,
            width: columns.min(area.width.saturating_sub(col)),
            height: u16::from(row < area.height),
        };
        for position in self.rect(line).positions() {
            if let Some(cell) = self.frame.buffer_mut().cell_mut(position) {
                cell.set_symbol(across).set_style(style);
            }
        }
    }

    /// A frame with a heading, and a word at its right; blank inside.
    pub fn frame(&mut self, area: Area, heading: &str, word: &str, has_focus: bool) {
        if area.width < 4 || area.height < 2 {
            return;
        }
        self.fill(area);
        let lines = self.look.lines();
        let role = if has_focus {
            Role::Accent
        } else {
            Role::Border
        };
        let [a, b, c, d] = lines.corners;
        for (row, left, right) in [(0, a, b), (area.height - 1, c, d)] {
            self.text(area, row, 0, role, left);
            self.across(area, row, 1, area.width - 2, role);
            self.text(area, row, area.width - 1, role, right);
        }
        for row in 1..area.height - 1 {
            self.text(area, row, 0, role, lines.down);
            self.text(area, row, area.width - 1, role, lines.down);
        }
        let inner = area.inset(1, 0);
        if !word.is_empty() {
            let word = format!(" {word} ");
            self.right(
                Area {
                    width: inner.width.saturating_sub(1),
                    ..inner
                },
                0,
                Role::Dim,
                &word,
            );
        }
        let room = usize::from(inner.width).saturating_sub(word.width() + 7);
        if !heading.is_empty() {
            self.text(
                inner,
                0,
                1,
                Role::Strong,
                &format!(" {} ", text::fit(heading, room)),
            );
        }
    }

    /// Bars in percent, a row each; the figures stand beside them.
    pub fn bars(&mut self, area: Area, percents: &[u64]) {
        let bars: Vec<Bar> = percents
            .iter()
            .map(|percent| Bar::default().value(*percent).text_value(String::new()))
            .collect();
        let chart = BarChart::default()
            .direction(Direction::Horizontal)
            .bar_width(1)
            .bar_gap(0)
            .max(100)
            .bar_style(self.look.style(Role::Accent))
            .data(BarGroup::default().bars(&bars));
        let rect = self.rect(area);
        chart.render(rect, self.frame.buffer_mut());
    }

    /// A column a value, as high as the area allows.
    pub fn sparkline(&mut self, area: Area, values: &[u64]) {
        let chart = Sparkline::default()
            .data(values)
            .style(self.look.style(Role::Accent));
        let rect = self.rect(area);
        chart.render(rect, self.frame.buffer_mut());
    }

    /// Lines of the page that follow below the screen, for its foot to tell.
    pub fn set_below(&mut self, lines: usize) {
        self.below = lines;
    }

    /// The same, to tell.
    pub fn below(&self) -> usize {
        self.below
    }

    /// Tells in the lower border of a frame how many lines follow.
    pub fn goes_on(&mut self, frame: Area, lines: usize) {
        if lines > 0 && frame.height > 1 && frame.width > 6 {
            let foot = Area {
                width: frame.width - 2,
                ..frame
            };
            self.right(
                foot,
                frame.height - 1,
                Role::Dim,
                &format!(" {} ", more(lines)),
            );
        }
    }

    /// A text field; with the focus the cursor stands in it.
    pub fn field(&mut self, area: Area, row: u16, col: u16, field: &Field, has_focus: bool) {
        let room = usize::from(area.width.saturating_sub(col));
        let offset = (field.column() + 1).saturating_sub(room);
        let shown = text::column(text::head(text::skip(field.text(), offset), room), room);
        self.text(area, row, col, Role::Field, &shown);
        if has_focus {
            self.cursor(
                area,
                row,
                col.saturating_add(small(field.column() - offset.min(field.column()))),
            );
        }
    }

    /// Puts the terminal's cursor there: on what has the focus.
    pub fn cursor(&mut self, area: Area, row: u16, col: u16) {
        let inside = row < area.height && col < area.width;
        let at = Position::new(area.x.saturating_add(col), area.y.saturating_add(row));
        if inside && self.frame.area().contains(at) {
            self.frame.set_cursor_position(at);
        }
    }
}
