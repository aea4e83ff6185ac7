//! Case files: TOML (one case) and JSON (one case, a list of cases, or JSON Lines).

use crate::model::case_json::{BadCase, CaseJson};
use crate::model::{Case, text};
use std::ops::Range;

/// Why a case file was refused. Names the line, never the text of the case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseFileError {
    /// Not TOML or JSON, or not of the shape of a case.
    #[error("line {line}: {message}")]
    Malformed {
        /// From 1.
        line: usize,
        /// What the reader expected.
        message: String,
    },
    /// The shape is right, the content is not.
    #[error(transparent)]
    Bad(#[from] BadCase),
    /// The content of one case among several is not.
    #[error("case {number}: {problem}")]
    BadOne {
        /// From 1.
        number: usize,
        /// What is wrong with it.
        problem: BadCase,
    },
}

fn malformed(line: usize, message: &str) -> CaseFileError {
    CaseFileError::Malformed {
        line,
        message: text::clean_line(message),
    }
}

/// Reads a TOML case.
///
/// # Errors
/// The line and what is wrong with it.
pub fn toml(content: &str, digest: &str) -> Result<Case, CaseFileError> {
    let json: CaseJson = toml::from_str(content).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = content.get(..at).unwrap_or(content);
        let line = before.matches('\n').count() + 1;
        malformed(line, error.message())
    })?;
    Ok(json.into_case(digest)?)
}

/// One case of a JSON file, and where in the file it stands.
pub struct Found {
    /// The data.
    pub json: CaseJson,
    /// Its bytes, for a digest of its own.
    pub bytes: Range<usize>,
}

/// Reads the cases of a JSON file.
///
/// # Errors
/// The line and what is wrong with it; a file with one bad case is refused as a whole.
pub fn json(content: &str) -> Result<Vec<Found>, CaseFileError> {
    if content.trim_start().starts_with('[') {
        let cases: Vec<CaseJson> =
            serde_json::from_str(content).map_err(|e| malformed(e.line(), &reason(&e)))?;
        let whole = |json| Found {
            bytes: 0..content.len(),
            json,
        };
        return Ok(cases.into_iter().map(whole).collect());
    }
    let mut stream = serde_json::Deserializer::from_str(content).into_iter::<CaseJson>();
    let mut found = Vec::new();
    loop {
        let start = stream.byte_offset();
        match stream.next() {
            None => return Ok(found),
            Some(Ok(json)) => found.push(Found {
                json,
                bytes: start..stream.byte_offset(),
            }),
            Some(Err(e)) => return Err(malformed(e.line(), &reason(&e))),
        }
    }
}

/// The message without the place, which is told beside it.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    message.get(..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_line() {
        let wrong = toml("summary = \"x\"\n\n[[items]]\nrequest = 3\n", "").unwrap_err();
        assert!(wrong.to_string().starts_with("line 4: "), "{wrong}");
        let wrong = toml(
            "summary = \"x\"\nsumary = 1\n[[items]]\nrequest = \"a\"",
            "",
        )
        .unwrap_err();
        assert!(
            wrong
                .to_string()
                .starts_with("line 2: unknown field `sumary`"),
            "{wrong}"
        );
        let wrong = json("{\"items\":[{\"request\":\"a\"}]}\n{\"items\":\n3}")
            .err()
            .unwrap();
        assert!(wrong.to_string().starts_with("line 3: "), "{wrong}");
    }

    #[test]
    fn json_lines_and_lists() {
        let one = r#"{"items":[{"request":"a"}]}"#;
        assert_eq!(json(&format!("{one}\n{one}\n")).ok().unwrap().len(), 2);
        assert_eq!(json(&format!("[{one},{one}]")).ok().unwrap().len(), 2);
        assert_eq!(json(one).ok().unwrap().len(), 1);
    }
}
