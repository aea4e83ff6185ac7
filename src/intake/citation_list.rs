//! A citation list: JSON lines, an entry each, as [`Listed`] has them.

use super::import::digest;
use crate::model::Listed;
use crate::model::text::clean_line;

/// Longest line, in bytes.
const LONGEST: usize = 16 << 10;
/// Most entries of one file.
const MOST: usize = 2_000_000;

/// A list, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFile {
    /// Hex SHA-256 of its bytes.
    pub digest: String,
    /// At least one.
    pub entries: Vec<Listed>,
}

/// A line that is no entry. Nothing of such a file is taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct ListError {
    /// From 1.
    line: usize,
    what: String,
}

/// Reads a list; `None` for what is none: its first line names no title, or has a text.
///
/// # Errors
/// The first line that is no entry.
pub fn read(bytes: &[u8]) -> Option<Result<ListFile, ListError>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut lines = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty());
    let (_, first) = lines.clone().next()?;
    let first: serde_json::Value = serde_json::from_str(first).ok()?;
    if first.get("title").is_none() || first.get("source").is_none() || first.get("text").is_some()
    {
        return None;
    }
    let entries = lines.try_fold(Vec::new(), |mut entries, (line, text)| {
        let bad = |what: String| ListError { line, what };
        if entries.len() == MOST {
            return Err(bad(format!("a list has at most {MOST} entries")));
        }
        entries.push(entry(text).map_err(bad)?);
        Ok(entries)
    });
    Some(entries.map(|entries| ListFile {
        digest: digest(bytes),
        entries,
    }))
}

fn entry(line: &str) -> Result<Listed, String> {
    if line.len() > LONGEST {
        return Err(format!("the line is longer than {LONGEST} bytes"));
    }
    let mut entry: Listed = serde_json::from_str(line).map_err(|error| error.to_string())?;
    entry.title = clean_line(&entry.title);
    entry.section = entry
        .section
        .as_deref()
        .map(clean_line)
        .filter(|s| !s.is_empty());
    entry.topic = clean_line(&entry.topic);
    entry.synonyms = entry.synonyms.iter().map(|word| clean_line(word)).collect();
    if entry.title.is_empty() {
        return Err("the title is empty".to_owned());
    }
    Ok(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_told_from_passages_and_bad_lines_are_named() {
        let line = r#"{"source":"odg","title":"Knee","section":"MRI\u0007","pages":[[3,4]]}"#;
        let list = read(format!("{line}\n\n{line}\n").as_bytes())
            .unwrap()
            .unwrap();
        assert_eq!(list.entries.len(), 2);
        assert_eq!(
            list.entries[0].label(),
            "Official Disability Guidelines (ODG), Knee Chapter: MRI<U+0007>, Page(s): 3-4"
        );
        for other in [
            "",
            "# Knee",
            r#"{"source":"a","title":"Knee","text":"t"}"#,
            r#"{"doc":"a"}"#,
        ] {
            assert_eq!(read(other.as_bytes()), None, "{other}");
        }
        let error = read(format!("{line}\n{{\"title\":1}}").as_bytes())
            .unwrap()
            .unwrap_err();
        assert!(error.to_string().starts_with("line 2: "), "{error}");
    }
}
