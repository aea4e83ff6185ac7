//! `keymap.toml`: a patch of the built-in keys.
//!
//! ```toml
//! [queue]
//! open-case = "o"
//! go-first = ["g g", "home"]
//! close-case = []            # no key at all
//! ```
//!
//! Only names and places are read here; `app` knows contexts, actions and keys and checks them.

use super::problem::Problem;
use super::source::Source;
use crate::model::text::clean_line;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeValue;

/// The keys the user gives one action in one context: all of them, in place of the built-in ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Context as written.
    pub context: String,
    /// Action as written.
    pub action: String,
    /// Key sequences as written, keys separated by one blank; empty takes every key away.
    pub sequences: Vec<String>,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}

impl Binding {
    /// A problem at the place of this binding.
    pub fn problem(&self, message: &str) -> Problem {
        Problem {
            file: super::KEYMAP_FILE.to_owned(),
            line: self.line,
            column: Some(self.column),
            message: clean_line(message),
        }
    }
}

/// Reads `keymap.toml`, bindings in the order of the file; what is wrong is added to `problems`.
pub fn read(source: &Source, problems: &mut Vec<Problem>) -> Vec<Binding> {
    let mut bindings = Vec::new();
    for (context, value) in source.table(problems) {
        let DeValue::Table(actions) = value.get_ref() else {
            let message = "keys stand in the table of a context, such as [queue]";
            problems.push(source.problem(context.span(), message));
            continue;
        };
        for (action, keys) in actions {
            let names = (context.get_ref().as_ref(), action.get_ref().as_ref());
            match sequences(keys) {
                Ok(keys) => bindings.push(binding(source, names, action.span(), keys)),
                Err(message) => problems.push(source.problem(keys.span(), message)),
            }
        }
    }
    bindings.sort_by_key(|b| (b.line, b.column));
    bindings
}

fn binding(
    source: &Source,
    (context, action): (&str, &str),
    span: Range<usize>,
    sequences: Vec<String>,
) -> Binding {
    let (line, column) = source.place(span.start);
    Binding {
        context: clean_line(context),
        action: clean_line(action),
        sequences,
        line,
        column,
    }
}

fn sequences(keys: &Spanned<DeValue<'_>>) -> Result<Vec<String>, &'static str> {
    const WANT: &str =
        "takes keys such as \"ctrl-p\" or a list of them such as [\"g g\", \"home\"]";
    match keys.get_ref() {
        DeValue::String(text) => Ok(vec![clean_line(text)]),
        DeValue::Array(list) => list
            .iter()
            .map(|key| match key.get_ref() {
                DeValue::String(text) => Ok(clean_line(text)),
                _ => Err(WANT),
            })
            .collect(),
        _ => Err(WANT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_places_are_read() {
        let source = Source {
            name: "keymap.toml".into(),
            text: "stray = \"x\"\n[queue]\nopen = \"o\"\n  first = [\"g g\", \"home\"]\n\
                   bad = 3\nnone = []\n"
                .into(),
        };
        let mut problems = Vec::new();
        let bindings = read(&source, &mut problems);
        let seen: Vec<_> = bindings
            .iter()
            .map(|b| (b.line, b.column, b.action.as_str(), b.sequences.join("|")))
            .collect();
        assert_eq!(
            seen,
            [
                (3, 1, "open", "o".to_owned()),
                (4, 3, "first", "g g|home".to_owned()),
                (6, 1, "none", String::new()),
            ]
        );
        let lines: Vec<_> = problems.iter().map(|p| p.line).collect();
        assert_eq!(lines, [5, 1], "{problems:?}");
    }
}
