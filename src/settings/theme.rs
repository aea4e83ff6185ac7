//! Themes: what a meaning looks like. Roles with fallbacks; every field of every file optional.
//!
//! ```toml
//! borders = "line"                       # line, ascii or none
//!
//! [roles]
//! overdue = { fg = "red", bold = true }  # a colour: a name, "#rrggbb" or 0 to 255
//! ```

use super::nearest::hint;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

macro_rules! roles {
    ($($role:ident $name:literal $fallback:ident $doc:literal;)*) => {
        /// What a piece of the screen means. A role without paint takes that of its fallback.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role { $(#[doc = $doc] $role,)* }

        impl Role {
            /// Every role, the basic ones first.
            pub const ALL: &[Self] = &[$(Self::$role,)*];

            /// As theme files name it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$role => $name,)* }
            }

            /// Whose paint it takes where it has none; `text` is its own.
            pub fn fallback(self) -> Self {
                match self { $(Self::$role => Self::$fallback,)* }
            }

            /// What it is for, in one line.
            pub fn doc(self) -> &'static str {
                match self { $(Self::$role => $doc,)* }
            }
        }
    };
}

roles! {
    Text "text" Text "Everything that is nothing else.";
    Dim "dim" Text "What may be overlooked: labels, what does not apply.";
    Strong "strong" Text "What is read first: headings, case numbers.";
    Accent "accent" Strong "The one colour of the program: its name, the active tab, keys.";
    Border "border" Dim "Rules and frames.";
    Title "title" Strong "The title bar.";
    TabActive "tab-active" Accent "The open tab.";
    Tab "tab" Text "The other tabs.";
    Heading "heading" Strong "A heading within a page.";
    Label "label" Dim "The name of a fact.";
    Key "key" Accent "A key in hints and help.";
    Selected "selected" Strong "The row the next key acts on.";
    Match "match" Accent "Letters that matched what was typed.";
    Mark "mark" Selected "A sentence that was jumped to.";
    Field "field" Text "Text being typed.";
    Overdue "overdue" Problem "A clock past its due instant.";
    Soon "soon" Strong "A clock with little left.";
    Expedited "expedited" Strong "An expedited case.";
    Upheld "upheld" Strong "UR's denial stands.";
    Overturned "overturned" Strong "UR's denial falls.";
    Undecided "undecided" Dim "Not decided yet.";
    Published "published" Dim "What a published determination said.";
    Problem "problem" Strong "Errors, and what blocks a signature.";
    Notice "notice" Text "What the program answers.";
    Done "done" Strong "What is in order.";
}

/// How frames are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Borders {
    /// Box-drawing lines.
    #[default]
    Line,
    /// `+`, `-` and `|`.
    Ascii,
    /// Blanks; for screen readers.
    None,
}

impl Borders {
    const NAMES: [(&'static str, Self); 3] = [
        ("line", Self::Line),
        ("ascii", Self::Ascii),
        ("none", Self::None),
    ];
}

/// A colour, not yet fitted to a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hue {
    /// The terminal's own.
    Reset,
    /// One of 256; the first 16 are the user's palette.
    Indexed(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

const HUES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "gray",
    "dark-gray",
    "light-red",
    "light-green",
    "light-yellow",
    "light-blue",
    "light-magenta",
    "light-cyan",
    "white",
];

impl Hue {
    /// Reads a name, `#rrggbb` or a number up to 255.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "reset" {
            return Some(Self::Reset);
        }
        if let Some(hex) = text.strip_prefix('#') {
            let value = u32::from_str_radix(hex, 16)
                .ok()
                .filter(|_| hex.len() == 6)?;
            let [_, r, g, b] = value.to_be_bytes();
            return Some(Self::Rgb(r, g, b));
        }
        let named = HUES.iter().position(|n| *n == text);
        named
            .and_then(|at| u8::try_from(at).ok())
            .or_else(|| text.parse().ok())
            .map(Self::Indexed)
    }
}

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

impl Paint {
    fn set(&mut self, name: &str, value: &DeValue) -> Result<(), String> {
        if let Some(slot) = self.colour_slot(name) {
            let text = value.as_str().map(str::to_owned);
            let text = text.or_else(|| value.as_integer().map(|n| n.as_str().to_owned()));
            let hue = text.as_deref().and_then(Hue::parse);
            *slot = Some(hue.ok_or_else(|| bad_colour(name, text.as_deref()))?);
            return Ok(());
        }
        let Some(slot) = self.flag_slot(name) else {
            return Err(format!("unknown paint \"{name}\"{}", hint(name, PAINTS)));
        };
        *slot = Some(
            value
                .as_bool()
                .ok_or_else(|| format!("{name} expects true or false"))?,
        );
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

const PAINTS: [&str; 7] = ["fg", "bg", "bold", "dim", "italic", "underline", "reverse"];

fn bad_colour(name: &str, text: Option<&str>) -> String {
    let text = text.unwrap_or_default();
    format!(
        "{name} = \"{text}\" is no colour: expected a name such as red or light-blue, \"#rrggbb\" or 0 to 255{}",
        hint(text, HUES)
    )
}

/// A whole theme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Theme {
    /// Its name, as `--theme` takes it.
    pub name: String,
    /// Frames.
    pub borders: Borders,
    roles: BTreeMap<Role, Paint>,
}

/// A line of a theme file that was not understood; the rest of the file counts all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeProblem {
    /// From 1.
    pub line: usize,
    /// What is wrong, and the nearest name.
    pub message: String,
}

/// The built-in themes: name and file.
pub const BUILTIN: [(&str, &str); 2] = [
    ("terminal", include_str!("../../themes/terminal.toml")),
    ("mono", include_str!("../../themes/mono.toml")),
];

impl Theme {
    /// A built-in theme.
    pub fn builtin(name: &str) -> Option<Self> {
        let (name, text) = BUILTIN.iter().find(|(n, _)| *n == name)?;
        Some(Self::parse(name, text).0)
    }

    /// Reads a theme file; what is not understood is named, and the rest is used.
    pub fn parse(name: &str, text: &str) -> (Self, Vec<ThemeProblem>) {
        let mut reader = Reader {
            text,
            theme: Self {
                name: name.to_owned(),
                ..Self::default()
            },
            problems: Vec::new(),
        };
        match DeTable::parse(text) {
            Ok(table) => reader.top(table.get_ref()),
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                reader.problem(span, error.message().to_owned());
            }
        }
        (reader.theme, reader.problems)
    }

    /// How a role looks: its own paint, or that of the nearest fallback that has one.
    pub fn paint(&self, role: Role) -> Paint {
        let fallback = role.fallback();
        match self.roles.get(&role) {
            Some(paint) => *paint,
            None if fallback == role => Paint::default(),
            None => self.paint(fallback),
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    theme: Theme,
    problems: Vec<ThemeProblem>,
}

impl Reader<'_> {
    fn problem(&mut self, span: Range<usize>, message: String) {
        let before = self.text.get(..span.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        self.problems.push(ThemeProblem { line, message });
    }

    fn top(&mut self, table: &DeTable) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "borders" => self.borders(value),
                "roles" => self.roles(value),
                other => {
                    let near = hint(other, ["borders", "roles"]);
                    self.problem(key.span(), format!("unknown setting \"{other}\"{near}"));
                }
            }
        }
    }

    fn borders(&mut self, value: &Spanned<DeValue>) {
        let word = value.get_ref().as_str().unwrap_or_default();
        match Borders::NAMES.iter().find(|(n, _)| *n == word) {
            Some((_, borders)) => self.theme.borders = *borders,
            None => self.problem(
                value.span(),
                format!("borders = \"{word}\": expected line, ascii or none"),
            ),
        }
    }

    fn roles(&mut self, value: &Spanned<DeValue>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.problem(value.span(), "roles expects a table: [roles]".to_owned());
        };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match Role::ALL.iter().find(|r| r.name() == name) {
                Some(role) => self.role(*role, value),
                None => {
                    let near = hint(name, Role::ALL.iter().map(|r| r.name()));
                    self.problem(key.span(), format!("unknown role \"{name}\"{near}"));
                }
            }
        }
    }

    fn role(&mut self, role: Role, value: &Spanned<DeValue>) {
        let Some(table) = value.get_ref().as_table() else {
            let message = format!(
                "{} expects paint: {{ fg = \"red\", bold = true }}",
                role.name()
            );
            return self.problem(value.span(), message);
        };
        let mut paint = Paint::default();
        for (key, value) in table {
            if let Err(message) = paint.set(key.get_ref().as_ref(), value.get_ref()) {
                self.problem(key.span(), message);
            }
        }
        self.theme.roles.insert(role, paint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtin_themes_read_without_a_problem() {
        for (name, text) in BUILTIN {
            assert_eq!(Theme::parse(name, text).1, vec![], "{name}");
        }
    }

    #[test]
    fn no_field_is_required() {
        let (theme, problems) = Theme::parse("bare", "");
        assert_eq!(problems, vec![]);
        assert_eq!(theme.paint(Role::Overdue), Paint::default());
    }

    #[test]
    fn roles_fall_back() {
        let (theme, _) = Theme::parse("t", "[roles]\naccent = { fg = \"cyan\" }");
        assert_eq!(theme.paint(Role::Key).fg, Some(Hue::Indexed(6)));
        assert_eq!(theme.paint(Role::Dim).fg, None);
    }

    #[test]
    fn problems_name_line_and_nearest_name_and_the_rest_counts() {
        let text = "borders = \"round\"\n[roles]\noverdu = { fg = \"red\" }\nkey = { fg = \"rad\", blod = true, bold = true }\n";
        let (theme, problems) = Theme::parse("t", text);
        let said: Vec<(usize, &str)> = problems
            .iter()
            .map(|p| (p.line, p.message.as_str()))
            .collect();
        assert_eq!(said.len(), 4);
        assert!(
            said.iter()
                .any(|(l, m)| *l == 3 && m.contains("\"overdue\"")),
            "{said:?}"
        );
        assert!(
            said.iter()
                .any(|(l, m)| *l == 4 && m.contains("did you mean \"red\"")),
            "{said:?}"
        );
        assert!(
            said.iter()
                .any(|(l, m)| *l == 4 && m.contains("did you mean \"bold\"")),
            "{said:?}"
        );
        assert_eq!(theme.paint(Role::Key).bold, Some(true));
    }

    #[test]
    fn a_broken_file_gives_a_line() {
        let (_, problems) = Theme::parse("t", "borders = \"line\"\n[roles\n");
        assert_eq!(problems.first().map(|p| p.line), Some(2));
    }

    #[test]
    fn colours() {
        assert_eq!(Hue::parse("#0a0B0c"), Some(Hue::Rgb(10, 11, 12)));
        assert_eq!(Hue::parse("200"), Some(Hue::Indexed(200)));
        for bad in ["#12é45", "#123", "256", "", "Red "] {
            assert_eq!(Hue::parse(bad), None, "{bad}");
        }
    }
}
