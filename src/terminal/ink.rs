//! How cells look, said to the terminal in as few bytes as it takes (SGR).

use super::sheet::SEEN_ON_BLANKS;
use crate::ui::sixteen;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Attributes, the codes that switch them on, and those that switch them off.
const ATTRIBUTES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// The terminal's current rendition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ink {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Ink {
    /// What this cell needs.
    pub(super) fn of(cell: &Cell) -> Self {
        Self {
            fg: cell.fg,
            bg: cell.bg,
            modifier: cell.modifier,
        }
    }

    /// Does the cell look right in this ink? A blank does not care for the colour of letters.
    pub(super) fn fits(self, cell: &Cell) -> bool {
        if cell.symbol() == " " && !cell.modifier.intersects(SEEN_ON_BLANKS) {
            return self.bg == cell.bg && !self.modifier.intersects(SEEN_ON_BLANKS);
        }
        self == Self::of(cell)
    }

    /// Adds the command that leads here, from an ink or from an unknown one.
    pub(super) fn dip(self, from: Option<Self>, bytes: &mut Vec<u8>) {
        if from == Some(self) {
            return;
        }
        let anew = self.anew();
        let codes = match from.map(|from| self.changed(from)) {
            Some(changed) if changed.len() < anew.len() => changed,
            _ => anew,
        };
        bytes.extend_from_slice(b"\x1b[");
        bytes.extend_from_slice(codes.as_bytes());
        bytes.push(b'm');
    }

    /// Everything, after a reset. The reset alone needs no code.
    fn anew(self) -> String {
        let mut codes = String::new();
        for (attribute, on, _) in ATTRIBUTES {
            if self.modifier.contains(attribute) {
                add(&mut codes, &on.to_string());
            }
        }
        for (colour, ground) in [(self.fg, Ground::Letters), (self.bg, Ground::Paper)] {
            if colour != Color::Reset {
                add(&mut codes, &colour_code(colour, ground));
            }
        }
        if codes.is_empty() {
            codes
        } else {
            format!("0;{codes}")
        }
    }

    /// Only what differs.
    fn changed(self, from: Self) -> String {
        let mut codes = String::new();
        let mut had = from.modifier;
        for (attribute, _, off) in ATTRIBUTES {
            if had.contains(attribute) && !self.modifier.contains(attribute) {
                add(&mut codes, &off.to_string());
                // Bold and dim, and both blinks, go off together.
                let same = ATTRIBUTES.iter().filter(|(_, _, theirs)| *theirs == off);
                same.for_each(|(attribute, ..)| had.remove(*attribute));
            }
        }
        for (attribute, on, _) in ATTRIBUTES {
            if self.modifier.contains(attribute) && !had.contains(attribute) {
                add(&mut codes, &on.to_string());
            }
        }
        let grounds = [
            (from.fg, self.fg, Ground::Letters),
            (from.bg, self.bg, Ground::Paper),
        ];
        for (from, to, ground) in grounds {
            if from != to {
                add(&mut codes, &colour_code(to, ground));
            }
        }
        codes
    }
}

fn add(codes: &mut String, code: &str) {
    if !codes.is_empty() {
        codes.push(';');
    }
    codes.push_str(code);
}

/// What a colour is for.
#[derive(Clone, Copy)]
enum Ground {
    Letters = 30,
    Paper = 40,
}

/// The sixteen go by their own short codes, which every terminal with colours knows.
fn colour_code(colour: Color, ground: Ground) -> String {
    let base = ground as u8;
    let (bright, extended, reset) = (base + 60, base + 8, base + 9);
    match colour {
        Color::Reset => reset.to_string(),
        Color::Indexed(n) => format!("{extended};5;{n}"),
        Color::Rgb(r, g, b) => format!("{extended};2;{r};{g};{b}"),
        named => match sixteen::index(named).unwrap_or(7) {
            n @ 0..8 => (base + n).to_string(),
            n => (bright + n - 8).to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dipped(from: Option<Ink>, to: Ink) -> String {
        let mut bytes = Vec::new();
        to.dip(from, &mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_shortest_way_is_taken() {
        let plain = Ink::default();
        let bold = Ink {
            modifier: Modifier::BOLD,
            ..plain
        };
        let dim = Ink {
            modifier: Modifier::DIM,
            ..plain
        };
        let loud = Ink {
            fg: Color::LightRed,
            bg: Color::Indexed(200),
            modifier: Modifier::BOLD | Modifier::REVERSED,
        };
        assert_eq!(dipped(Some(plain), plain), "");
        assert_eq!(dipped(None, plain), "\x1b[m");
        assert_eq!(dipped(Some(loud), plain), "\x1b[m");
        assert_eq!(dipped(Some(plain), bold), "\x1b[1m");
        assert_eq!(dipped(Some(bold), dim), "\x1b[0;2m");
        assert_eq!(dipped(None, loud), "\x1b[0;1;7;91;48;5;200m");
        let calm = Ink {
            modifier: Modifier::BOLD,
            ..loud
        };
        assert_eq!(dipped(Some(loud), calm), "\x1b[27m");
    }

    #[test]
    fn a_blank_takes_any_ink_that_does_not_show_on_it() {
        let mut blank = Cell::EMPTY;
        let mut letter = Cell::new("a");
        letter.modifier = Modifier::BOLD;
        letter.fg = Color::Red;
        assert!(Ink::of(&letter).fits(&blank));
        letter.modifier = Modifier::UNDERLINED;
        assert!(!Ink::of(&letter).fits(&blank));
        blank.modifier = Modifier::UNDERLINED;
        assert!(!Ink::of(&letter).fits(&blank));
    }
}
