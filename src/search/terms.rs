//! The words of the field: what reviewers type and what guidelines write for it (`terms.txt`).

use std::{collections::HashMap, sync::LazyLock};

/// What a word of a query is about: what a find counts, and what leaving it out costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Neither of the others: a modality, a drug, a diagnosis.
    Term,
    /// A body part: it raises what it is found in and excludes nothing.
    Body,
    /// Therapy after an operation: of the sections named by operations, it wants those on therapy.
    Aftercare,
    /// A guideline family or edition.
    Family,
    /// Doses, sides, numbers of days: counts where it is found, costs nothing where it is not.
    Spare,
    /// `of`, `the`: the same, and counts next to nothing.
    Small,
}

const KINDS: [(&str, Kind); 6] = [
    ("term", Kind::Term),
    ("body", Kind::Body),
    ("aftercare", Kind::Aftercare),
    ("family", Kind::Family),
    ("spare", Kind::Spare),
    ("small", Kind::Small),
];

/// A line of the table.
#[derive(Debug)]
pub struct Term {
    /// What it is about.
    pub kind: Kind,
    /// What guidelines write.
    pub written: Vec<&'static str>,
    /// Its line in the table: the same for what means the same.
    line: usize,
}

/// Most words in one term as typed.
pub const LONGEST: usize = 4;

/// The least letters from which a body part is guessed.
const BEGUN: usize = 3;

static TERMS: LazyLock<HashMap<&'static str, Term>> = LazyLock::new(|| {
    let lines = include_str!("terms.txt").lines().enumerate();
    lines.flat_map(|(at, line)| read(at, line)).collect()
});

/// The line of the table for this word or these words, if there is one.
pub fn find(typed: &str) -> Option<&'static Term> {
    TERMS.get(typed)
}

/// The body part that a word begins, if it is one only: `lum` is not yet `lumbar`.
pub fn begun_body(word: &str) -> Option<&'static Term> {
    if word.chars().count() < BEGUN {
        return None;
    }
    let begun = TERMS.iter().filter(|(typed, _)| typed.starts_with(word));
    let mut begun = begun.filter(|(typed, _)| !typed.contains(' '));
    let (_, first) = begun.next()?;
    let is_one = first.kind == Kind::Body && begun.all(|(_, term)| term.line == first.line);
    is_one.then_some(first)
}

/// What else can be typed for what means the same as this term.
pub fn mates(term: &Term) -> impl Iterator<Item = &'static str> {
    let line = term.line;
    let same = TERMS.iter().filter(move |(_, other)| other.line == line);
    same.map(|(typed, _)| *typed)
}

/// Everything of the table that can be typed.
pub fn typed() -> impl Iterator<Item = &'static str> {
    TERMS.keys().copied()
}

/// A line of the table, once for each text typed; nothing for a comment.
fn read(at: usize, line: &'static str) -> Vec<(&'static str, Term)> {
    let fields = || {
        let (kind, rest) = line.split_once(' ')?;
        let (_, kind) = KINDS.iter().find(|(name, _)| *name == kind)?;
        let (typed, written) = rest.split_once('=')?;
        Some((*kind, typed, written))
    };
    let Some((kind, typed, written)) = fields() else {
        return Vec::new();
    };
    let written: Vec<&str> = split(written, '|').collect();
    split(typed, ',')
        .map(|typed| {
            let written = written.iter().copied().filter(|w| *w != typed).collect();
            let term = Term {
                kind,
                written,
                line: at,
            };
            (typed, term)
        })
        .collect()
}

fn split(text: &'static str, at: char) -> impl Iterator<Item = &'static str> {
    text.split(at).map(str::trim).filter(|t| !t.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    #[test]
    fn every_line_reads_and_nothing_is_there_twice() {
        let mut seen = std::collections::HashSet::new();
        for line in include_str!("terms.txt").lines() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let read = read(0, line);
            assert!(!read.is_empty(), "{line}");
            for (typed, term) in read {
                assert!(seen.insert(typed), "{typed} is there twice");
                assert_eq!(fold(typed), typed);
                assert!(typed.split(' ').count() <= LONGEST, "{typed}");
                assert!(term.written.iter().all(|w| fold(w) == **w), "{line}");
            }
        }
        assert!(find("lumbar").is_some_and(|t| t.kind == Kind::Body));
        assert!(find("zzq").is_none());
        assert!(begun_body("lum").is_some_and(|t| t.kind == Kind::Body));
        assert!(begun_body("lu").is_none() && begun_body("man").is_none());
    }
}
