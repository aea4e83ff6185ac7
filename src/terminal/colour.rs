//! How many colours the terminal has, told from the environment alone: asking it would race the
//! reader and stall on a silent line.

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColourDepth {
    /// Attributes only.
    Mono,
    /// The user's own sixteen.
    Sixteen,
    /// The palette of 256.
    Indexed,
    /// 24 bits.
    True,
}

/// Reads `NO_COLOR`, `COLORTERM` and `TERM`.
pub fn sense() -> ColourDepth {
    depth(|name| std::env::var(name).ok())
}

fn depth(env: impl Fn(&str) -> Option<String>) -> ColourDepth {
    let term = env("TERM").unwrap_or_default();
    let is_set = |name| env(name).is_some_and(|value| !value.is_empty());
    let colour_term = env("COLORTERM").unwrap_or_default();
    if is_set("NO_COLOR") || is_plain(&term) {
        ColourDepth::Mono
    } else if ["truecolor", "24bit"].contains(&colour_term.as_str()) {
        ColourDepth::True
    } else if term.contains("256color") {
        ColourDepth::Indexed
    } else {
        ColourDepth::Sixteen
    }
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
        let none = &[("TERM", "xterm-256color"), ("NO_COLOR", "1")];
        assert_eq!(of(none), ColourDepth::Mono);
        let empty = &[("TERM", "xterm"), ("NO_COLOR", "")];
        assert_eq!(of(empty), ColourDepth::Sixteen);
    }
}
