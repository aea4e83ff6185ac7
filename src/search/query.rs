//! What was typed, in parts: words, `ch:8`, `p:179`.

use super::fuzzy::words;
use super::row::letters;

/// One part of a query; every part is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A word, with what else may be written for it.
    Word {
        /// As typed, folded.
        word: String,
        /// What guidelines may write instead: `low back` for `lumbar`.
        alike: &'static [&'static str],
        /// Words of the shelf that are one typing error away.
        meant: Vec<String>,
    },
    /// A bare number: a page, a chapter, or part of the text.
    Number {
        /// As typed.
        word: String,
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
        Ok(value) => Part::Number { word, value },
        Err(_) => Part::of_word(word),
    }
}

impl Part {
    /// A word, with what may be written for it.
    pub fn of_word(word: String) -> Self {
        Self::Word {
            alike: alike(&word),
            meant: Vec::new(),
            word,
        }
    }
}

fn alike(word: &str) -> &'static [&'static str] {
    let alike = ALIKE.iter().find(|(typed, _)| *typed == word);
    alike.map_or(&[], |(_, alike)| alike)
}

/// A word and what may be written for it.
pub fn with_alike(word: &str) -> impl Iterator<Item = String> {
    std::iter::once(word)
        .chain(alike(word).iter().copied())
        .map(str::to_owned)
}

/// The letters that a row must have for the query to match.
pub fn needed(parts: &[Part]) -> u64 {
    parts
        .iter()
        .map(|part| match part {
            Part::Word {
                word,
                alike: [],
                meant,
            } if meant.is_empty() => letters(word),
            _ => 0,
        })
        .fold(0, |a, b| a | b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let word = |w: &str| Part::of_word(w.to_owned());
        assert_eq!(
            parts("Néck ch:8 p:179 12 p:x ch:"),
            [
                word("neck"),
                Part::Chapter(8),
                Part::Page(179),
                Part::Number {
                    word: "12".into(),
                    value: 12
                },
                word("p:x"),
                word("ch:"),
            ]
        );
    }
}
