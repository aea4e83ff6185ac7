//! What is wrong in a settings file, and which name was probably meant.

use super::nearest::nearest;
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

/// The same as [`unknown`], and all valid names behind the nearest: for short lists of names.
pub fn unknown_of(thing: &str, name: &str, valid: &[&str]) -> String {
    let said = unknown(thing, name, valid);
    match said.contains("; valid:") {
        true => said,
        false => format!("{said} Valid: {}", valid.join(", ")),
    }
}

/// `unknown THING "NAME"; did you mean "NEAREST"?`, or all valid names where none is near.
pub fn unknown(thing: &str, name: &str, valid: &[&str]) -> String {
    let name = shorten(name);
    match nearest(&name, valid.iter().copied()) {
        Some(near) => format!("unknown {thing} \"{name}\"; did you mean \"{near}\"?"),
        None => format!("unknown {thing} \"{name}\"; valid: {}", valid.join(", ")),
    }
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

    #[test]
    fn unknown_names_are_short_and_clean() {
        let valid = ["organisation", "theme"];
        assert_eq!(
            unknown("key", "organization", &valid),
            "unknown key \"organization\"; did you mean \"organisation\"?"
        );
        let long = format!("x\u{1b}{}", "y".repeat(900));
        let said = unknown("key", &long, &valid);
        assert!(
            said.len() < 120 && said.ends_with("valid: organisation, theme"),
            "{said}"
        );
        assert!(crate::model::text::is_clean(&said));
    }
}
