//! What was typed, in parts: words, `ch:8`, `p:179`.

use super::fold::fold;
use super::fuzzy::{LINE_CAP, head, words};
use super::needle::Needle;
use super::terms::{self, Kind, Term};

/// One part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A word, or words that mean one thing together, with what else may be written for it.
    Word(Word),
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

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As typed, folded.
    pub typed: Needle,
    /// What it is about.
    pub kind: Kind,
    /// What guidelines may write instead: `low back` for `lumbar`.
    pub alike: Vec<Needle>,
    /// Words of the shelf that are one typing error away, if no entry has it as typed.
    pub meant: Vec<Needle>,
}

impl Word {
    /// A word, or words that mean one thing together.
    pub fn new(word: &str) -> Self {
        Self {
            typed: Needle::new(word),
            kind: term(word).map_or_else(|| kind(word), |term| term.kind),
            alike: alike(word),
            meant: Vec::new(),
        }
    }

    /// Everything that a find may be of.
    pub fn needles(&self) -> impl Iterator<Item = &Needle> {
        std::iter::once(&self.typed)
            .chain(&self.alike)
            .chain(&self.meant)
    }
}

/// The spinal levels by their first letter, and the region they are of.
const LEVELS: [(char, &str); 4] = [
    ('c', "cervical"),
    ('t', "thoracic"),
    ('l', "lumbar"),
    ('s', "lumbar"),
];

/// What may stand before a chapter's or a page's number.
const CHAPTER: [&str; 3] = ["ch", "chap", "chapter"];
const PAGE: [&str; 4] = ["p", "pg", "page", "pages"];

/// Reads a query.
pub fn parts(query: &str) -> Vec<Part> {
    let words = words(query);
    read(
        &words
            .iter()
            .flat_map(|word| split(word))
            .collect::<Vec<_>>(),
    )
}

/// Reads what the current item asks for: its words, without numbers and without words that say
/// nothing of their own.
pub fn context_parts(context: &str) -> Vec<Part> {
    let text = fold(head(context, LINE_CAP));
    let words: Vec<&str> = text.split_whitespace().flat_map(split).collect();
    let mut parts: Vec<Part> = Vec::new();
    for part in read(&words) {
        let says = matches!(&part, Part::Word(word) if !matches!(word.kind, Kind::Spare | Kind::Small)
            && word.typed.word().chars().any(char::is_alphabetic));
        if says && !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

/// A word without the marks around it; `emg/ncv` is two.
fn split(word: &str) -> Vec<&str> {
    let word = word.trim_matches(|c| ",;.()\"'".contains(c));
    let pieces: Vec<&str> = word.split('/').collect();
    let is_word = |w: &&str| w.chars().count() > 1 && w.chars().all(char::is_alphabetic);
    if terms::find(word).is_none() && pieces.iter().all(is_word) {
        return pieces;
    }
    if word.is_empty() {
        Vec::new()
    } else {
        vec![word]
    }
}

/// Takes as many words together as the table of terms has.
fn read(mut words: &[&str]) -> Vec<Part> {
    let mut parts = Vec::new();
    while let Some((part, taken)) = first(words) {
        parts.push(part);
        words = words.get(taken..).unwrap_or_default();
    }
    parts
}

fn first(words: &[&str]) -> Option<(Part, usize)> {
    if let [name, number, ..] = words
        && let Ok(number) = number.parse()
    {
        if CHAPTER.contains(name) {
            return Some((Part::Chapter(number), 2));
        }
        if PAGE.contains(name) {
            return Some((Part::Page(number), 2));
        }
    }
    let together = (2..=terms::LONGEST.min(words.len())).rev().find_map(|n| {
        let typed = words.get(..n)?.join(" ");
        terms::find(&typed)?;
        Some((Part::Word(Word::new(&typed)), n))
    });
    together.or_else(|| Some((part(words.first()?), 1)))
}

fn part(word: &str) -> Part {
    let number = |prefix: &str| word.strip_prefix(prefix)?.parse().ok();
    if let Some(chapter) = number("ch:") {
        return Part::Chapter(chapter);
    }
    if let Some(page) = number("p:") {
        return Part::Page(page);
    }
    match word.parse() {
        Ok(value) => Part::Number {
            typed: Needle::new(word),
            value,
        },
        Err(_) => Part::Word(Word::new(word)),
    }
}

fn kind(word: &str) -> Kind {
    region(word).map_or(Kind::Term, |_| Kind::Body)
}

/// The region of a spinal level: `l5`, `c5-6`.
fn region(word: &str) -> Option<&'static str> {
    let mut chars = word.chars();
    let letter = chars.next()?;
    let (_, region) = LEVELS.iter().find(|(c, _)| *c == letter)?;
    let is_level = chars.next()?.is_ascii_digit() && word.len() <= "l4-l5-s1".len();
    is_level.then_some(region)
}

fn term(word: &str) -> Option<&'static Term> {
    terms::find(word).or_else(|| terms::begun_body(word))
}

/// What guidelines may write for a word; for one the table has not, its region or its singular.
fn alike(word: &str) -> Vec<Needle> {
    let written = |word: &str| -> Vec<Needle> {
        let term = term(word);
        let written = term.iter().flat_map(|term| &term.written);
        written.map(|w| Needle::new(w)).collect()
    };
    if term(word).is_some() {
        return written(word);
    }
    if let Some(region) = region(word) {
        return std::iter::once(Needle::new(region))
            .chain(written(region))
            .collect();
    }
    let singular = word
        .strip_suffix('s')
        .filter(|w| w.len() > 3 && !w.ends_with('s'));
    singular.map(Needle::new).into_iter().collect()
}

/// A word and what may be written for it.
pub fn with_alike(word: &str) -> impl Iterator<Item = Needle> {
    std::iter::once(Needle::new(word)).chain(alike(word))
}

/// The words of the query that follow each other, in pairs.
pub fn phrases(parts: &[Part]) -> Vec<Needle> {
    let pairs = parts.windows(2).filter_map(|pair| match pair {
        [Part::Word(a), Part::Word(b)] => {
            let (a, b) = (a.typed.word(), b.typed.word());
            Some(Needle::new(&format!("{a} {b}")))
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
        let word = |w: &str| Part::Word(Word::new(w));
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
