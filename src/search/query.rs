//! What was typed, in parts: words, `ch:8`, `p:179`.

use super::fuzzy::words;
use super::needle::Needle;
use super::row::letters;

/// One part of a query; every part is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A word, with what else may be written for it.
    Word {
        /// As typed, folded.
        typed: Needle,
        /// What guidelines may write instead: `low back` for `lumbar`.
        alike: Vec<Needle>,
        /// Words of the shelf that are one typing error away, if that is forgiven.
        meant: Vec<Needle>,
    },
    /// A bare number: a page, a chapter, or part of the text.
    Number {
        /// As typed.
        typed: Needle,
        /// Its value.
        value: u32,
    },
    /// `ch:8`: the chapter and no other.
    Chapter(u32),
    /// `p:179`: that page is among those of the entry.
    Page(u32),
}

/// What reviewers type and guidelines write otherwise.
const ALIKE: [(&str, &[&str]); 20] = [
    ("lumbar", &["low back"]),
    ("lumbosacral", &["low back"]),
    ("l-spine", &["low back"]),
    ("cervical", &["neck"]),
    ("c-spine", &["neck"]),
    ("thoracic", &["upper back"]),
    ("t-spine", &["upper back"]),
    ("neck", &["cervical"]),
    ("pt", &["physical therapy", "physical medicine"]),
    ("ot", &["occupational therapy"]),
    ("chiro", &["manipulation", "manual therapy"]),
    ("postop", &["postsurgical", "postoperative"]),
    ("post-op", &["postsurgical", "postoperative"]),
    ("preop", &["preoperative"]),
    ("pre-op", &["preoperative"]),
    ("inj", &["injection"]),
    ("fx", &["fracture"]),
    ("tx", &["treatment"]),
    ("meds", &["medication"]),
    ("psych", &["psychological", "mental"]),
];

/// Reads a query.
pub fn parts(query: &str) -> Vec<Part> {
    words(query).into_iter().map(part).collect()
}

fn part(word: String) -> Part {
    let number = |prefix: &str| word.strip_prefix(prefix)?.parse().ok();
    if let Some(chapter) = number("ch:") {
        return Part::Chapter(chapter);
    }
    if let Some(page) = number("p:") {
        return Part::Page(page);
    }
    match word.parse() {
        Ok(value) => Part::Number {
            typed: Needle::new(&word),
            value,
        },
        Err(_) => Part::of_word(&word),
    }
}

impl Part {
    /// A word, with what may be written for it.
    pub fn of_word(word: &str) -> Self {
        Self::Word {
            typed: Needle::new(word),
            alike: alike(word).iter().map(|w| Needle::new(w)).collect(),
            meant: Vec::new(),
        }
    }
}

fn alike(word: &str) -> &'static [&'static str] {
    let alike = ALIKE.iter().find(|(typed, _)| *typed == word);
    alike.map_or(&[], |(_, alike)| alike)
}

/// A word and what may be written for it.
pub fn with_alike(word: &str) -> impl Iterator<Item = Needle> {
    std::iter::once(word)
        .chain(alike(word).iter().copied())
        .map(Needle::new)
}

/// The letters that a row must have for the query to match.
pub fn needed(parts: &[Part]) -> u64 {
    let needed = parts.iter().map(|part| match part {
        Part::Word {
            typed,
            alike,
            meant,
        } if alike.is_empty() && meant.is_empty() => letters(typed.word()),
        _ => 0,
    });
    needed.fold(0, |a, b| a | b)
}

/// The words of the query that follow each other, in pairs.
pub fn phrases(parts: &[Part]) -> Vec<Needle> {
    let pairs = parts.windows(2).filter_map(|pair| match pair {
        [Part::Word { typed: a, .. }, Part::Word { typed: b, .. }] => {
            Some(Needle::new(&format!("{} {}", a.word(), b.word())))
        }
        _ => None,
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let word = |w: &str| Part::of_word(w);
        assert_eq!(
            parts("Néck ch:8 p:179 12 p:x ch:"),
            [
                word("neck"),
                Part::Chapter(8),
                Part::Page(179),
                Part::Number {
                    typed: Needle::new("12"),
                    value: 12
                },
                word("p:x"),
                word("ch:"),
            ]
        );
    }
}
