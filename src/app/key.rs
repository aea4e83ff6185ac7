//! Keys as our own type: no screen, editor or keymap ever sees the terminal library's.

use std::{fmt, str::FromStr};

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyCode {
    /// A character; capitals are the character itself, never `shift-a`.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Cursor up.
    Up,
    /// Cursor down.
    Down,
    /// Cursor left.
    Left,
    /// Cursor right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// F1 to F12.
    F(u8),
}

/// One key press with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which.
    pub code: KeyCode,
    /// Control held.
    pub ctrl: bool,
    /// Alt held.
    pub alt: bool,
    /// Shift held; never set for characters.
    pub shift: bool,
}

/// A text that names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" names no key: expected a character, or a name such as enter, esc, ctrl-g, pagedown, f5"
)]
pub struct BadKey(String);

/// The first name of a key is the one that is printed; all are read, in small letters or capitals.
const NAMES: [(&str, KeyCode); 17] = [
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("page-up", KeyCode::PageUp),
    ("page-down", KeyCode::PageDown),
    ("space", KeyCode::Char(' ')),
    ("lt", KeyCode::Char('<')),
];

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// A character without modifiers.
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// The character this key types into a text field, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Reads a string of keys: characters stand for themselves, names stand in `<>`:
    /// `jj<enter>3<ctrl-g>`; a `<` itself is `<lt>`.
    ///
    /// # Errors
    /// A name in `<>` that is no key.
    pub fn parse_string(text: &str) -> Result<Vec<Self>, BadKey> {
        let mut keys = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let named = rest
                .strip_prefix('<')
                .and_then(|r| r.split_once('>'))
                .filter(|_| c == '<');
            if let Some((name, after)) = named {
                keys.push(name.parse()?);
                rest = after;
            } else {
                keys.push(Self::char(c));
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
        Ok(keys)
    }
}

impl FromStr for Key {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let mut key = Self::char(' ');
        let mut rest = text;
        loop {
            if let Some(r) = held(rest, "ctrl-") {
                key.ctrl = true;
                rest = r;
            } else if let Some(r) = held(rest, "alt-") {
                key.alt = true;
                rest = r;
            } else if let Some(r) = held(rest, "shift-") {
                key.shift = true;
                rest = r;
            } else {
                break;
            }
        }
        key.code = code(rest).ok_or_else(|| BadKey(text.to_owned()))?;
        Ok(key)
    }
}

/// What is left behind the name of a modifier; nothing left means that the text is no modifier.
fn held<'t>(text: &'t str, modifier: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(modifier.len())?;
    (head.eq_ignore_ascii_case(modifier) && !rest.is_empty()).then_some(rest)
}

fn code(name: &str) -> Option<KeyCode> {
    let is_name = |own: &str| own.eq_ignore_ascii_case(name);
    if let Some((_, code)) = NAMES.iter().find(|(own, _)| is_name(own)) {
        return Some(*code);
    }
    let function = |n: &str| n.parse::<u8>().ok().filter(|n| (1..=12).contains(n));
    if let Some(n) = name.strip_prefix(['f', 'F']).and_then(function) {
        return Some(KeyCode::F(n));
    }
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if !c.is_control() => Some(KeyCode::Char(c)),
        _ => None,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, prefix) in [
            (self.ctrl, "ctrl-"),
            (self.alt, "alt-"),
            (self.shift, "shift-"),
        ] {
            if held {
                f.write_str(prefix)?;
            }
        }
        match self.code {
            KeyCode::F(n) => write!(f, "f{n}"),
            code => match NAMES.iter().find(|(_, c)| *c == code) {
                Some((name, _)) => f.write_str(name),
                None => match code {
                    KeyCode::Char(c) => write!(f, "{c}"),
                    _ => Ok(()),
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_and_print() {
        for name in [
            "j",
            "G",
            "enter",
            "ctrl-g",
            "alt-enter",
            "shift-tab",
            "pagedown",
            "f5",
            "space",
            "-",
        ] {
            assert_eq!(name.parse::<Key>().unwrap().to_string(), name);
        }
        assert!("ctrl-zz".parse::<Key>().is_err());
        // As help prints them, and as they were called before.
        for (name, same) in [
            ("PageUp", "pageup"),
            ("page-up", "pageup"),
            ("Shift-PageDown", "shift-page-down"),
            ("Ctrl-g", "ctrl-g"),
            ("F7", "f7"),
        ] {
            assert_eq!(
                name.parse::<Key>().unwrap(),
                same.parse().unwrap(),
                "{name}"
            );
        }
        assert_ne!("G".parse::<Key>().unwrap(), "g".parse().unwrap());
        let keys = Key::parse_string("j<enter><lt>é").unwrap();
        assert_eq!(keys.len(), 4);
        assert_eq!(keys[3], Key::char('é'));
    }
}
