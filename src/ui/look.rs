//! A theme as ratatui styles.

use super::sixteen;
use crate::settings::hue::Hue;
use crate::settings::paint::Paint;
use crate::settings::theme::{Borders, Role, Theme};
use ratatui::style::{Color, Modifier, Style};

/// Styles by role, and the characters of frames.
#[derive(Debug, Clone)]
pub struct Look {
    styles: Vec<Style>,
    borders: Borders,
}

/// The characters of a frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines {
    /// Top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// Along.
    pub across: &'static str,
    /// Down.
    pub down: &'static str,
    /// Under the open tab.
    pub heavy: &'static str,
    /// Beside the selected row.
    pub marker: &'static str,
    /// Sorted up and down.
    pub arrows: [&'static str; 2],
    /// Between tabs.
    pub bar: &'static str,
}

const LINE: Lines = Lines {
    corners: ["┌", "┐", "└", "┘"],
    across: "─",
    down: "│",
    heavy: "━",
    marker: "▸",
    arrows: ["▲", "▼"],
    bar: "│",
};
const ASCII: Lines = Lines {
    corners: ["+", "+", "+", "+"],
    across: "-",
    down: "|",
    heavy: "=",
    marker: ">",
    arrows: ["^", "v"],
    bar: "|",
};
const NONE: Lines = Lines {
    corners: [" ", " ", " ", " "],
    across: " ",
    down: " ",
    heavy: " ",
    marker: ">",
    arrows: ["ascending", "descending"],
    bar: " ",
};

impl Look {
    /// The look of a theme.
    pub fn new(theme: &Theme) -> Self {
        let styles = Role::ALL
            .iter()
            .map(|role| style(theme.paint(*role)))
            .collect();
        Self {
            styles,
            borders: theme.borders,
        }
    }

    /// The built-in theme of that name; the plainest look there is where none has it.
    pub fn builtin(name: &str) -> Self {
        Self::new(&Theme::builtin(name).unwrap_or_default())
    }

    /// How a role looks.
    pub(super) fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    pub(super) fn lines(&self) -> Lines {
        match self.borders {
            Borders::Line => LINE,
            Borders::Ascii => ASCII,
            Borders::None => NONE,
        }
    }
}

fn style(paint: Paint) -> Style {
    let mut style = Style::new();
    style.fg = paint.fg.map(colour);
    style.bg = paint.bg.map(colour);
    let flags = [
        (paint.bold, Modifier::BOLD),
        (paint.dim, Modifier::DIM),
        (paint.italic, Modifier::ITALIC),
        (paint.underline, Modifier::UNDERLINED),
        (paint.reverse, Modifier::REVERSED),
    ];
    flags
        .into_iter()
        .fold(style, |style, (flag, modifier)| match flag {
            Some(true) => style.add_modifier(modifier),
            // Said to be off: what lies below does not show through.
            Some(false) => style.remove_modifier(modifier),
            None => style,
        })
}

fn colour(hue: Hue) -> Color {
    match hue {
        Hue::Reset => Color::Reset,
        Hue::Indexed(n) => sixteen::named(n),
        Hue::Rgb(r, g, b) => Color::Rgb(r, g, b),
    }
}
