//! Paint as the codes of a terminal, for lines printed outside the screens.

use crate::settings::theme::{Hue, Paint};

/// The parameters of one SGR sequence, such as `1;38;5;6`; empty for plain.
pub fn codes(paint: Paint) -> String {
    let flags = [
        (paint.bold, "1"),
        (paint.dim, "2"),
        (paint.italic, "3"),
        (paint.underline, "4"),
        (paint.reverse, "7"),
    ];
    let flags = flags
        .into_iter()
        .filter(|(on, _)| *on == Some(true))
        .map(|(_, code)| code.to_owned());
    let colours = [(paint.fg, 38), (paint.bg, 48)];
    let colours = colours
        .into_iter()
        .filter_map(|(hue, ground)| colour(hue?, ground));
    flags.chain(colours).collect::<Vec<_>>().join(";")
}

fn colour(hue: Hue, ground: u8) -> Option<String> {
    match hue {
        Hue::Reset => None,
        Hue::Indexed(n) => Some(format!("{ground};5;{n}")),
        Hue::Rgb(r, g, b) => Some(format!("{ground};2;{r};{g};{b}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_come_before_colours() {
        let paint = Paint {
            fg: Some(Hue::Indexed(6)),
            bg: Some(Hue::Rgb(1, 2, 3)),
            bold: Some(true),
            dim: Some(false),
            ..Paint::default()
        };
        assert_eq!(codes(paint), "1;38;5;6;48;2;1;2;3");
        assert_eq!(codes(Paint::default()), "");
    }
}
