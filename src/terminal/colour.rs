//! How many colours the terminal has, told from the environment alone: asking it would race the
//! reader and stall on a silent line.

pub use crate::settings::fit::ColourDepth;

/// Reads `NO_COLOR`, `COLORTERM` and `TERM`.
pub fn sense() -> ColourDepth {
    depth(|name| std::env::var(name).ok())
}

fn depth(env: impl Fn(&str) -> Option<String>) -> ColourDepth {
    let term = env("TERM").unwrap_or_default();
    let is_set = |name| env(name).is_some_and(|value| !value.is_empty());
    let colour_term = env("COLORTERM").unwrap_or_default();
    if is_set("NO_COLOR") || is_plain(&term) {
        return ColourDepth::Mono;
    }
    let says_true = ["truecolor", "24bit"].contains(&colour_term.as_str());
    // GNU screen hands on the COLORTERM of the terminal it was started in, and takes no 24 bits.
    let is_screen = is_set("STY") || (term.starts_with("screen") && !is_set("TMUX"));
    if !is_screen && (says_true || is_true(&term)) {
        ColourDepth::True
    } else if says_true || term.contains("256color") {
        ColourDepth::Indexed
    } else {
        ColourDepth::Sixteen
    }
}

/// Terminals that say by their name that they take 24 bits; COLORTERM does not come along over
/// SSH, TERM does.
fn is_true(term: &str) -> bool {
    let known = ["kitty", "alacritty", "foot", "ghostty", "wezterm"];
    term.ends_with("-direct") || known.iter().any(|name| term.contains(name))
}

/// Terminals to which the indexed colours we send mean nothing.
fn is_plain(term: &str) -> bool {
    term.is_empty() || term == "dumb" || term.starts_with("vt") || term.ends_with("-m")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn environment_decides() {
        let of = |pairs: &'static [(&str, &str)]| {
            depth(|name| {
                let pair = pairs.iter().find(|(n, _)| *n == name);
                pair.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(of(&[]), ColourDepth::Mono);
        assert_eq!(of(&[("TERM", "vt100")]), ColourDepth::Mono);
        assert_eq!(of(&[("TERM", "xterm")]), ColourDepth::Sixteen);
        assert_eq!(of(&[("TERM", "tmux-256color")]), ColourDepth::Indexed);
        let both = &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")];
        assert_eq!(of(both), ColourDepth::True);
        assert_eq!(of(&[("TERM", "xterm-kitty")]), ColourDepth::True);
        assert_eq!(of(&[("TERM", "xterm-direct")]), ColourDepth::True);
        let screen = &[("TERM", "screen.xterm-256color"), ("COLORTERM", "24bit")];
        assert_eq!(of(screen), ColourDepth::Indexed);
        let tmux = &[
            ("TERM", "screen-256color"),
            ("COLORTERM", "truecolor"),
            ("TMUX", "/tmp/tmux-1000/default,1,0"),
        ];
        assert_eq!(of(tmux), ColourDepth::True);
        let none = &[("TERM", "xterm-256color"), ("NO_COLOR", "1")];
        assert_eq!(of(none), ColourDepth::Mono);
        let empty = &[("TERM", "xterm"), ("NO_COLOR", "")];
        assert_eq!(of(empty), ColourDepth::Sixteen);
    }
}
