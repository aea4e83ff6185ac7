//! Themes: what a meaning looks like. Roles with fallbacks; every field of every file optional.
//!
//! ```toml
//! inherits = "dark"                      # another theme, changed by what follows
//! borders = "line"                       # line, ascii or none
//!
//! [palette]
//! alarm = "#ff9b94"                      # a colour: a name, "#rrggbb" or 0 to 255
//!
//! [roles]
//! overdue = { fg = "alarm", bold = true }
//! ```

use super::paint::Paint;
use super::theme_file::{self, OwnThemes};
use std::collections::BTreeMap;

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
    Blocking "blocking" Problem "Words that block a signature.";
    Warning "warning" Mark "Words that a check warns of.";
    Note "note" Warning "A word in no dictionary, an abbreviation nobody explains.";
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
    /// As theme files and config name them.
    pub const NAMES: [(&'static str, Self); 3] = [
        ("line", Self::Line),
        ("ascii", Self::Ascii),
        ("none", Self::None),
    ];
}

/// A whole theme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Theme {
    /// Its name, as `--theme` takes it.
    pub name: String,
    /// Frames.
    pub borders: Borders,
    pub(super) roles: BTreeMap<Role, Paint>,
}

/// The built-in themes: name and file. The first is the default.
pub const BUILTIN: [(&str, &str); 6] = [
    ("terminal", include_str!("../../themes/terminal.toml")),
    ("dark", include_str!("../../themes/dark.toml")),
    ("light", include_str!("../../themes/light.toml")),
    (
        "high-contrast",
        include_str!("../../themes/high-contrast.toml"),
    ),
    (
        "colour-blind",
        include_str!("../../themes/colour-blind.toml"),
    ),
    ("mono", include_str!("../../themes/mono.toml")),
];

impl Theme {
    /// A built-in theme.
    pub fn builtin(name: &str) -> Option<Self> {
        theme_file::load(name, &OwnThemes::none()).map(|(theme, _)| theme)
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

    /// How a role looks on the page: over plain text.
    pub fn on_page(&self, role: Role) -> Paint {
        self.paint(role).over(self.paint(Role::Text))
    }

    /// How a role looks in the selected row, which is laid over what stands there.
    pub fn on_selected(&self, role: Role) -> Paint {
        self.paint(Role::Selected).over(self.on_page(role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::hue::Hue;

    #[test]
    fn builtin_themes_read_without_a_problem() {
        for (name, _) in BUILTIN {
            let (_, problems) = theme_file::load(name, &OwnThemes::none()).unwrap();
            assert_eq!(problems, vec![], "{name}");
        }
    }

    #[test]
    fn selected_lies_over_a_role_and_a_role_over_text() {
        let (theme, _) = theme_file::parse(
            "t",
            "[roles]\ntext = { fg = 1, bg = 2 }\nmatch = { fg = 3, bold = true }\nselected = { bg = 4 }\n",
        );
        let page = theme.on_page(Role::Match);
        assert_eq!(
            (page.fg, page.bg, page.bold),
            (Some(Hue::Indexed(3)), Some(Hue::Indexed(2)), Some(true))
        );
        let row = theme.on_selected(Role::Match);
        assert_eq!(
            (row.fg, row.bg, row.bold),
            (Some(Hue::Indexed(3)), Some(Hue::Indexed(4)), Some(true))
        );
    }
}
