//! A character of a piece, and what skim's score gives it for where it stands.

/// For a letter that is found.
pub const FOUND: i32 = 16;
/// For a letter that follows the one found before it, at least.
const FOLLOWS: i32 = 4;
/// For a capital that is found by a small letter.
const CAPITAL: i32 = -2;
/// What a gap costs, besides one for each character of it.
pub const GAP: i32 = 3;
/// Before any letter is found.
pub const START: i32 = -1;
/// What is not ASCII is equal to nothing: it is left to the scorer.
const FOREIGN: u8 = 0;

/// A character, as far as it counts.
#[derive(Debug, Clone, Copy)]
pub struct Letter {
    /// The small letter, or [`FOREIGN`].
    pub folded: u8,
    /// For where it stands.
    bonus: u8,
    is_capital: bool,
}

impl Letter {
    /// The characters of a text.
    pub fn all(text: &str) -> impl Iterator<Item = Self> + '_ {
        let before = std::iter::once(None).chain(text.chars().map(Some));
        before.zip(text.chars()).map(|(before, c)| Self {
            folded: u8::try_from(c.to_ascii_lowercase()).unwrap_or(FOREIGN) & 0x7f,
            bonus: bonus(before, c),
            is_capital: c.is_ascii_uppercase(),
        })
    }

    /// Does a word start here?
    pub fn is_start(self) -> bool {
        self.bonus > 6
    }

    /// For where it stands.
    pub fn bonus(self) -> u8 {
        self.bonus
    }

    fn plainly(self) -> i32 {
        FOUND + if self.is_capital { CAPITAL } else { 0 }
    }

    /// What it is worth as the first one, or where the gap is counted elsewhere.
    pub fn first(self) -> i32 {
        self.plainly() + i32::from(self.bonus)
    }

    /// What it is worth right after another.
    pub fn following(self) -> i32 {
        self.plainly() + i32::from(self.bonus).max(FOLLOWS)
    }

    /// What it is worth behind so many characters that are not the word's.
    pub fn behind(self, gap: usize) -> i32 {
        match i32::try_from(gap) {
            Ok(0) => self.following(),
            gap => self.first() - GAP - gap.unwrap_or(i32::MAX / 4),
        }
    }
}

/// What a letter gets for where it stands.
fn bonus(before: Option<char>, c: char) -> u8 {
    const HARD: &str = " /\\|()[]{}";
    match before {
        None => 16,
        Some(before) if HARD.contains(before) => 8,
        Some(before) if before.is_ascii_punctuation() => 7,
        Some(before) if c.is_ascii_uppercase() && !before.is_ascii_uppercase() => 6,
        Some(_) => 0,
    }
}
