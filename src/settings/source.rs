//! One TOML file of the user's: capped, parsed as far as it goes, every place in it known.

use super::problem::Problem;
use crate::model::text::clean_line;
use std::{fs::File, io, io::Read, ops::Range, path::Path};
use toml::de::DeTable;

/// Settings files are short; a larger one is a mistake.
const MAX_BYTES: u64 = 64 * 1024;

/// A settings file in memory.
#[derive(Debug, Clone)]
pub struct Source {
    /// Name within the config folder, as problems give it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// Reads a settings file. `None` where there is none.
///
/// # Errors
/// Unreadable, over 64 KiB, or not UTF-8.
pub fn open(path: &Path, name: &str) -> Result<Option<Source>, Problem> {
    let problem = |message: &str| Problem::of_file(name, message);
    let mut bytes = Vec::new();
    match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(problem(&format!("cannot be read: {error}"))),
        Ok(file) if !file.metadata().is_ok_and(|m| m.is_file()) => {
            return Err(problem("is not a file"));
        }
        Ok(file) => file
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| problem(&format!("cannot be read: {error}")))?,
    };
    if bytes.len() as u64 > MAX_BYTES {
        return Err(problem("is larger than 64 KiB and was not read"));
    }
    let text = String::from_utf8(bytes).map_err(|_| problem("is not UTF-8 text"))?;
    Ok(Some(Source {
        name: name.to_owned(),
        text,
    }))
}

impl Source {
    /// The file's table as far as it can be read; what cannot be parsed becomes problems.
    pub fn table(&self, problems: &mut Vec<Problem>) -> DeTable<'_> {
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        problems.extend(errors.iter().map(|error| {
            let span = error.span().unwrap_or_default();
            self.problem(span, error.message())
        }));
        table.into_inner()
    }

    /// A problem at a place of this file.
    pub fn problem(&self, span: Range<usize>, message: &str) -> Problem {
        let (line, column) = self.place(span.start);
        Problem {
            file: clean_line(&self.name),
            line,
            column: Some(column),
            message: clean_line(message),
        }
    }

    /// Line and column, both from 1, of a byte offset.
    pub fn place(&self, offset: usize) -> (usize, usize) {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(..end).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before
            .get(start..)
            .map_or(1, |rest| rest.chars().count() + 1);
        (line, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn source(text: &str) -> Source {
        Source {
            name: "config.toml".into(),
            text: text.into(),
        }
    }

    #[test]
    fn places_count_characters() {
        let source = source("a\néé x");
        assert_eq!(source.place(0), (1, 1));
        assert_eq!(source.place(7), (2, 4));
        assert_eq!(source.place(3), (2, 1), "within a character");
        assert_eq!(source.place(99), (2, 5));
    }

    #[test]
    fn the_good_lines_of_a_broken_file_count() {
        let source = source("a = 1\nb = = 2\nc = 3\n");
        let mut problems = Vec::new();
        let table = source.table(&mut problems);
        assert!(table.iter().any(|(k, _)| k.get_ref() == "c"));
        assert_eq!(problems.first().map(|p| p.line), Some(2));
    }

    #[test]
    fn deep_nesting_is_a_problem_and_no_crash() {
        let source = source(&format!("a = {}", "[".repeat(60_000)));
        let mut problems = Vec::new();
        source.table(&mut problems);
        assert!(!problems.is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[\\PC\\n\\x00-\\x1f]{0,200}|[a-z=\\[\\]\"\\n ]{0,80}") {
            let source = source(&text);
            let mut problems = Vec::new();
            source.table(&mut problems);
            for problem in problems {
                prop_assert!(crate::model::text::is_clean(&problem.to_string()));
            }
        }
    }
}
