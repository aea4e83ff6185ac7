//! The 16 colours of the user's palette, as ratatui names them, in the order of their codes.

use ratatui::style::Color;

const NAMED: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// The colour of an index: by its name where it has one, for some terminals know no other way.
pub fn named(index: u8) -> Color {
    let named = NAMED.get(usize::from(index)).copied();
    named.unwrap_or(Color::Indexed(index))
}

/// The place among the 256 of a colour that has one.
pub fn index(colour: Color) -> Option<u8> {
    match colour {
        Color::Indexed(n) => Some(n),
        named => NAMED
            .iter()
            .position(|c| *c == named)
            .and_then(|at| u8::try_from(at).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for n in 0..=255 {
            assert_eq!(index(named(n)), Some(n));
        }
        assert_eq!(index(Color::Reset), None);
        assert_eq!(index(Color::Rgb(1, 2, 3)), None);
    }
}
