//! Which lines are headings, and of what level: by type size where it is known, by numbering and
//! capitals where it is not.

use super::pages::Line;
use std::collections::BTreeMap;

/// Longest heading, in characters; a wrapped one is several lines.
const LONGEST: usize = 140;
/// Type so much larger than that of the text is a heading's, in hundredths.
const LARGER: u32 = 112;
/// Sizes of headings told apart at most.
const SIZES: usize = 4;

/// How the headings of one document look.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// Type size of the text, in tenths of a point.
    body: u32,
    /// Larger ones, the largest first.
    sizes: Vec<u32>,
}

impl Look {
    /// Looks at every line.
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l Line>) -> Self {
        let mut letters: BTreeMap<u32, usize> = BTreeMap::new();
        for line in lines {
            if let Some(size) = line.size {
                *letters.entry(size).or_default() += line.text.len();
            }
        }
        let body = letters
            .iter()
            .max_by_key(|(_, letters)| **letters)
            .map_or(0, |(size, _)| *size);
        let larger = letters
            .keys()
            .rev()
            .filter(|size| **size * 100 >= body * LARGER && body > 0);
        let mut sizes: Vec<u32> = larger.copied().collect();
        // Sizes that are all but equal are one.
        sizes.dedup_by(|small, large| *small * 104 >= *large * 100);
        sizes.truncate(SIZES);
        Self { body, sizes }
    }

    /// The level of a heading, 1 the outermost; nothing for text. `is_alone`: it stands between
    /// empty lines, `is_open`: the line before it ends no sentence.
    pub(super) fn level(&self, line: &Line, is_alone: bool, is_open: bool) -> Option<usize> {
        let text = line.text.trim();
        if text.chars().count() > LONGEST || !text.chars().any(char::is_alphabetic) {
            return None;
        }
        if let Some(level) = self.level_of_size(line.size) {
            return Some(level);
        }
        if is_open || text.ends_with(['.', ',', ';', ':']) {
            return None;
        }
        let base = self.sizes.len();
        if let Some(depth) = numbered(text) {
            return Some(base + depth);
        }
        if in_capitals(text) {
            return Some(base + 1);
        }
        // Where headings have a size of their own, a short line is a cell of a table.
        let is_told_by_size = self.sizes.len() > 1;
        (is_alone && !is_told_by_size && is_title(text)).then_some(base + 2)
    }

    fn level_of_size(&self, size: Option<u32>) -> Option<usize> {
        let size = size.filter(|size| self.body > 0 && *size * 100 >= self.body * LARGER)?;
        let place = self
            .sizes
            .iter()
            .position(|known| size * 104 >= known * 100);
        Some(place.unwrap_or(self.sizes.len().saturating_sub(1)) + 1)
    }
}

/// `IV. Title`, `A. Title`, `3.2 Title`, `Appendix B: Title`: how deep, from 1.
fn numbered(text: &str) -> Option<usize> {
    const NAMED: [&str; 4] = ["Chapter ", "Appendix ", "Section ", "Part "];
    if text.chars().count() > 90 {
        return None;
    }
    if let Some(rest) = NAMED.iter().find_map(|name| text.strip_prefix(name)) {
        return rest
            .starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase())
            .then_some(1);
    }
    let (mark, title) = text.split_once(' ')?;
    if !title.trim_start().starts_with(char::is_uppercase) || ends_in_number(title) {
        return None;
    }
    let plain = mark.strip_suffix('.');
    let is_roman = |m: &str| !m.is_empty() && m.chars().all(|c| "IVXLC".contains(c));
    match plain {
        Some(m) if is_roman(m) && m != "C" => Some(1),
        Some(m) if m.len() == 1 && m.starts_with(|c: char| c.is_ascii_uppercase()) => Some(2),
        Some(m) if m.len() == 1 && m.starts_with(|c: char| c.is_ascii_lowercase()) => Some(3),
        _ => decimal(plain.unwrap_or(mark)),
    }
}

fn decimal(mark: &str) -> Option<usize> {
    let parts: Vec<&str> = mark.split('.').collect();
    let is_number = |p: &&str| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit());
    // `3 months` is no heading; `3.2 Imaging` is.
    (parts.len() >= 2 && parts.iter().all(is_number)).then_some(parts.len())
}

/// A line of a table of contents, or of a table.
fn ends_in_number(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit()) || text.contains("....")
}

fn in_capitals(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    (5..=80).contains(&letters.len())
        && letters.iter().all(|c| c.is_uppercase())
        && !ends_in_number(text)
        && text.split_whitespace().any(|word| word.chars().count() > 3)
}

/// Few words, most of them with a capital.
fn is_title(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let long: Vec<&&str> = words.iter().filter(|w| w.chars().count() > 3).collect();
    let capital = long
        .iter()
        .filter(|w| w.starts_with(char::is_uppercase))
        .count();
    text.chars().count() <= 70
        && (1..=9).contains(&words.len())
        && text.starts_with(char::is_uppercase)
        && !long.is_empty()
        && !ends_in_number(text)
        && (capital * 2 >= long.len() || words.len() <= 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, size: Option<u32>) -> Line {
        Line {
            text: text.to_owned(),
            size,
        }
    }

    #[test]
    fn by_size() {
        let lines = [
            line("Title", Some(200)),
            line("Section", Some(140)),
            line(&"text ".repeat(50), Some(110)),
            line("note", Some(80)),
        ];
        let look = Look::of(lines.iter());
        let levels: Vec<_> = lines.iter().map(|l| look.level(l, false, false)).collect();
        assert_eq!(levels, [Some(1), Some(2), None, None]);
    }

    #[test]
    fn by_numbering_and_capitals() {
        let look = Look::default();
        let level = |text: &str| look.level(&line(text, None), false, false);
        assert_eq!(level("IV. Highlighted Features"), Some(1));
        assert_eq!(level("B. Epidemiology and Impact"), Some(2));
        assert_eq!(level("3.2 Imaging"), Some(2));
        assert_eq!(level("Appendix E: Dosing"), Some(1));
        assert_eq!(level("LOW BACK COMPLAINTS"), Some(1));
        for text in [
            "3 months of therapy",
            "A. Title .......... 12",
            "MRI",
            "and so the text goes on",
            "12.5 mg of it.",
            "A sentence ends with a stop.",
        ] {
            assert_eq!(level(text), None, "{text}");
        }
        assert_eq!(
            look.level(&line("Special Studies", None), true, false),
            Some(2)
        );
        assert_eq!(look.level(&line("B. Title", None), false, true), None);
    }
}
