//! A colour: how theme files say it, and what it is in red, green and blue.

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

/// The first 16: their names, and red, green and blue as xterm has them; the user's may differ.
const SIXTEEN: [(&str, [u8; 3]); 16] = [
    ("black", [0, 0, 0]),
    ("red", [205, 0, 0]),
    ("green", [0, 205, 0]),
    ("yellow", [205, 205, 0]),
    ("blue", [0, 0, 238]),
    ("magenta", [205, 0, 205]),
    ("cyan", [0, 205, 205]),
    ("gray", [229, 229, 229]),
    ("dark-gray", [127, 127, 127]),
    ("light-red", [255, 0, 0]),
    ("light-green", [0, 255, 0]),
    ("light-yellow", [255, 255, 0]),
    ("light-blue", [92, 92, 255]),
    ("light-magenta", [255, 0, 255]),
    ("light-cyan", [0, 255, 255]),
    ("white", [255, 255, 255]),
];

/// The names of the first 16.
pub fn names<'a>() -> impl Iterator<Item = &'a str> {
    SIXTEEN.iter().map(|(name, _)| -> &'a str { name })
}

impl Hue {
    /// Reads a name, `#rrggbb` or a number up to 255.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "reset" {
            return Some(Self::Reset);
        }
        if let Some(hex) = text.strip_prefix('#') {
            let is_hex = hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit());
            let value = u32::from_str_radix(hex, 16).ok().filter(|_| is_hex)?;
            let [_, r, g, b] = value.to_be_bytes();
            return Some(Self::Rgb(r, g, b));
        }
        let named = names().position(|n| n == text);
        named
            .and_then(|at| u8::try_from(at).ok())
            .or_else(|| text.parse().ok())
            .map(Self::Indexed)
    }

    /// Red, green and blue; `None` where only the terminal knows.
    pub fn rgb(self) -> Option<[u8; 3]> {
        match self {
            Self::Reset => None,
            Self::Rgb(r, g, b) => Some([r, g, b]),
            Self::Indexed(n) => Some(indexed(n)),
        }
    }
}

/// The palette of 256: the user's 16, a cube of 6 by 6 by 6, and 24 greys.
fn indexed(n: u8) -> [u8; 3] {
    let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match n {
        0..=15 => SIXTEEN.get(usize::from(n)).map_or([0; 3], |(_, rgb)| *rgb),
        16..=231 => {
            let n = n - 16;
            [step(n / 36), step(n / 6 % 6), step(n % 6)]
        }
        232..=255 => [8 + 10 * (n - 232); 3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours() {
        assert_eq!(Hue::parse("#0a0B0c"), Some(Hue::Rgb(10, 11, 12)));
        assert_eq!(Hue::parse("200"), Some(Hue::Indexed(200)));
        for bad in ["#12é45", "#123", "#+12345", "256", "", "Red "] {
            assert_eq!(Hue::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_palette_of_256() {
        assert_eq!(Hue::Indexed(16).rgb(), Some([0, 0, 0]));
        assert_eq!(Hue::Indexed(67).rgb(), Some([95, 135, 175]));
        assert_eq!(Hue::Indexed(231).rgb(), Some([255, 255, 255]));
        assert_eq!(Hue::Indexed(255).rgb(), Some([238, 238, 238]));
        assert_eq!(Hue::Reset.rgb(), None);
    }
}
