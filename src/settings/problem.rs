//! What is wrong in a settings file, and which name was probably meant.

use crate::model::text::clean_line;
use std::fmt;

/// One thing wrong in a settings file; printed as `config.toml:3:1: ...`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name of the file within the config folder.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: Option<usize>,
    /// A sentence: what is wrong and what would be right.
    pub message: String,
}

impl Problem {
    /// A problem of a whole file.
    pub fn of_file(file: &str, message: &str) -> Self {
        Self {
            file: clean_line(file),
            line: 1,
            column: None,
            message: clean_line(message),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:", self.file, self.line)?;
        if let Some(column) = self.column {
            write!(f, "{column}:")?;
        }
        write!(f, " {}", self.message)
    }
}

/// `unknown THING "NAME"; did you mean "NEAREST"?`, or all valid names where none is near.
pub fn unknown(thing: &str, name: &str, valid: &[&str]) -> String {
    let name = shorten(name);
    match nearest(&name, valid) {
        Some(near) => format!("unknown {thing} \"{name}\"; did you mean \"{near}\"?"),
        None => format!("unknown {thing} \"{name}\"; valid: {}", valid.join(", ")),
    }
}

/// The valid name closest to a mistyped one, where one is close enough to be meant.
pub fn nearest<'a>(name: &str, valid: &[&'a str]) -> Option<&'a str> {
    let name = name.to_lowercase().replace('_', "-");
    let scored = valid.iter().map(|v| {
        let plain = v.to_lowercase().replace('_', "-");
        (distance(&name, &plain), *v)
    });
    scored
        .min_by_key(|(d, _)| *d)
        .filter(|(d, v)| *d <= (v.chars().count() / 3).max(1))
        .map(|(_, v)| v)
}

/// Edits between two words, a swap of neighbours counting one (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut last = None;
    for (i, x) in a.chars().enumerate() {
        let next = next_row(i, (x, last), &b, &row, &before);
        before = std::mem::replace(&mut row, next);
        last = Some(x);
    }
    row.last().copied().unwrap_or_default()
}

fn next_row(
    i: usize,
    (x, last): (char, Option<char>),
    b: &[char],
    row: &[usize],
    before: &[usize],
) -> Vec<usize> {
    let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
    let mut next = vec![i + 1];
    for (j, y) in b.iter().enumerate() {
        let mut best = (at(row, j) + usize::from(x != *y))
            .min(at(row, j + 1) + 1)
            .min(at(&next, j) + 1);
        let swapped = j > 0 && last == Some(*y) && b.get(j - 1) == Some(&x);
        if swapped {
            best = best.min(at(before, j - 1) + 1);
        }
        next.push(best);
    }
    next
}

/// Names in messages stay short, whatever a file holds.
fn shorten(name: &str) -> String {
    let name = clean_line(name);
    match name.char_indices().nth(40) {
        Some((end, _)) => format!("{}...", name.get(..end).unwrap_or_default()),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nearest_names() {
        let valid = ["organisation", "theme", "borders", "licensed_in"];
        for (typed, want) in [
            ("organization", Some("organisation")),
            ("tehme", Some("theme")),
            ("border", Some("borders")),
            ("licensed-in", Some("licensed_in")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, &valid), want, "{typed}");
        }
        assert!(
            unknown("key", "colour", &valid).ends_with(
                "unknown key \"colour\"; valid: organisation, theme, borders, licensed_in"
            )
        );
    }

    #[test]
    fn edits() {
        for (a, b, want) in [("", "abc", 3), ("kitten", "sitting", 3), ("ab", "ba", 1)] {
            assert_eq!(distance(a, b), want, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn distance_is_even_handed(a in "[a-c]{0,6}", b in "[a-c]{0,6}") {
            prop_assert_eq!(distance(&a, &b), distance(&b, &a));
            prop_assert_eq!(distance(&a, &b) == 0, a == b);
        }
    }
}
