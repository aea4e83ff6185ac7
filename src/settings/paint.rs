//! How a role looks: letters, ground and attributes, every one optional.

use super::hue::{Hue, names};
use super::nearest::hint;
use std::collections::BTreeMap;
use toml::de::DeValue;

/// Colours by the names that theme files gave them.
pub type Palette = BTreeMap<String, Hue>;

/// How a role looks; what is `None` is left as the terminal has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Paint {
    /// Letters.
    pub fg: Option<Hue>,
    /// Ground.
    pub bg: Option<Hue>,
    /// Bold.
    pub bold: Option<bool>,
    /// Dim.
    pub dim: Option<bool>,
    /// Italic.
    pub italic: Option<bool>,
    /// Underlined.
    pub underline: Option<bool>,
    /// Letters and ground changed over.
    pub reverse: Option<bool>,
}

const PAINTS: [&str; 7] = ["fg", "bg", "bold", "dim", "italic", "underline", "reverse"];

impl Paint {
    /// What shows where this paint is laid over another.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            fg: self.fg.or(below.fg),
            bg: self.bg.or(below.bg),
            bold: self.bold.or(below.bold),
            dim: self.dim.or(below.dim),
            italic: self.italic.or(below.italic),
            underline: self.underline.or(below.underline),
            reverse: self.reverse.or(below.reverse),
        }
    }

    /// Bold, dim, italic, underlined, reversed: what is on.
    pub fn attributes(self) -> [bool; 5] {
        let flags = [
            self.bold,
            self.dim,
            self.italic,
            self.underline,
            self.reverse,
        ];
        flags.map(|flag| flag == Some(true))
    }

    /// Sets one part as a theme file names it; the error says what is wrong with it.
    pub(super) fn set(
        &mut self,
        name: &str,
        value: &DeValue,
        palette: &Palette,
    ) -> Result<(), String> {
        if let Some(slot) = self.colour_slot(name) {
            *slot = Some(hue(name, value, palette)?);
            return Ok(());
        }
        let Some(slot) = self.flag_slot(name) else {
            return Err(format!("unknown paint \"{name}\"{}", hint(name, PAINTS)));
        };
        let flag = value.as_bool();
        *slot = Some(flag.ok_or_else(|| format!("{name} expects true or false"))?);
        Ok(())
    }

    fn colour_slot(&mut self, name: &str) -> Option<&mut Option<Hue>> {
        match name {
            "fg" => Some(&mut self.fg),
            "bg" => Some(&mut self.bg),
            _ => None,
        }
    }

    fn flag_slot(&mut self, name: &str) -> Option<&mut Option<bool>> {
        match name {
            "bold" => Some(&mut self.bold),
            "dim" => Some(&mut self.dim),
            "italic" => Some(&mut self.italic),
            "underline" => Some(&mut self.underline),
            "reverse" => Some(&mut self.reverse),
            _ => None,
        }
    }
}

/// A colour by a name of the palette, or as [`Hue::parse`] reads it.
pub(super) fn hue(name: &str, value: &DeValue, palette: &Palette) -> Result<Hue, String> {
    let text = value.as_str().map(str::to_owned);
    let text = text.or_else(|| value.as_integer().map(|n| n.as_str().to_owned()));
    let text = text.unwrap_or_default();
    let found = palette.get(&text).copied().or_else(|| Hue::parse(&text));
    found.ok_or_else(|| {
        let near = hint(&text, palette.keys().map(String::as_str).chain(names()));
        format!(
            "{name} = \"{text}\" is no colour: expected a name such as red or light-blue, one of [palette], \"#rrggbb\" or 0 to 255{near}"
        )
    })
}
