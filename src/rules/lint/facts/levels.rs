//! Levels of the spine: `C4-5`, `L5-S1`, `L4 to S1`, `C6`.

use super::pattern;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A level told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Vertebrae from the first to the last, counted down the spine: C1 is 1, S5 is 30.
    pub from: u8,
    /// The last; `from` where one alone is named.
    pub to: u8,
    /// Its words.
    pub span: Range<usize>,
}

impl Told {
    /// Is it a space between vertebrae, or a run of them?
    pub fn is_pair(&self) -> bool {
        self.from != self.to
    }

    /// Neck, chest or low back.
    pub fn region(&self) -> Region {
        match self.from {
            0..=7 => Region::Neck,
            8..=19 => Region::Chest,
            _ => Region::Low,
        }
    }
}

/// Where in the spine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    /// C1 to C7.
    Neck,
    /// C8 (a root) and T1 to T12.
    Chest,
    /// L1 to S5.
    Low,
}

// Capitals: `l4` is found too, but `t2` alone would be a weight of images.
static LEVEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<a>[CTLS])-?(?P<n>\d{1,2})(?: ?(?:-|\x{2013}|/|through| to|to) ?(?P<b>[CTLS])?-?(?P<m>\d{1,2}))?\b",
    )
});

/// The place of a vertebra, counted down the spine.
fn place(letter: &str, number: u8) -> Option<u8> {
    let (base, count) = match letter.to_ascii_lowercase().as_str() {
        "c" => (0, 8),
        "t" => (7, 12),
        "l" => (19, 6),
        "s" => (24, 5),
        _ => return None,
    };
    (1..=count).contains(&number).then_some(base + number)
}

/// Every level told in a text as written.
pub fn read(raw: &str) -> Vec<Told> {
    let Some(level) = LEVEL.as_ref() else {
        return Vec::new();
    };
    level
        .captures_iter(raw)
        .filter_map(|found| told(raw, &found))
        .collect()
}

fn told(raw: &str, found: &regex::Captures) -> Option<Told> {
    let whole = found.get(0)?;
    let letter = found.name("a")?.as_str();
    let number = |name: &str| found.name(name)?.as_str().parse::<u8>().ok();
    let from = place(letter, number("n")?)?;
    let after = raw.get(whole.end()..).unwrap_or_default();
    let Some(second) = number("m") else {
        // Roots are written with capitals; `T2-weighted` is none.
        let is_root = letter.chars().all(char::is_uppercase)
            && !after.starts_with("-w")
            && !after.starts_with(" w");
        let single = Told {
            from,
            to: from,
            span: whole.range(),
        };
        return is_root.then_some(single);
    };
    let to = place(found.name("b").map_or(letter, |b| b.as_str()), second)?;
    // `C4-5`; `C6-12` is no level.
    (to > from && to - from <= 8).then(|| Told {
        from,
        to,
        span: whole.range(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(u8, u8)> {
        read(text).into_iter().map(|t| (t.from, t.to)).collect()
    }

    #[test]
    fn levels_as_written() {
        assert_eq!(all("C4-5, C5/C6 and L5-S1"), [(4, 5), (5, 6), (24, 25)]);
        assert_eq!(all("L4 to S1; c6-7"), [(23, 25), (6, 7)]);
        assert_eq!(all("the left C6 root, T2-weighted"), [(6, 6)]);
        assert_eq!(all("C12, L9, t2"), []);
    }
}
