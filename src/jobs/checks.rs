//! The checks over one case, for screens and command lines alike, and the reviewer's own words.

use crate::app::marks::{Checked, Checking};
use crate::intake::request;
use crate::model::lint::Lint;
use crate::model::{CaseFile, KnownGuidelines, Limits, Reviewer};
use crate::prose::{self, Dictionary, readability};
use crate::rules::clock;
use crate::rules::lint::{self, Context};
use jiff::Timestamp;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

/// More own words than anybody takes: beyond that the file is something else.
const MAX_WORDS: u64 = 1024 * 1024;

/// What the rules find in a case and nobody has answered.
pub fn open_lints(
    file: &CaseFile,
    reviewer: &Reviewer,
    (limits, known): (&Limits, &dyn KnownGuidelines),
    now: Timestamp,
) -> Vec<Lint> {
    let requests = request::of_case(&file.case);
    let context = Context {
        today: clock::today(now),
        limits,
        requests: &requests,
        known,
    };
    let mut lints = lint::check(file, reviewer, &context);
    lints.retain(|lint| !lint.is_answered(&file.draft.answers));
    lints
}

/// The same, and where asked for the quiet marks on words and plain language.
pub fn run(
    checking: &Checking,
    reviewer: &Reviewer,
    by: (&Limits, &dyn KnownGuidelines),
    now: Timestamp,
    dictionary: &Dictionary,
) -> Checked {
    let file = &checking.file;
    let mut lints = open_lints(file, reviewer, by, now);
    let texts: Vec<String> = file
        .draft
        .items
        .iter()
        .map(|d| d.rationale.clone())
        .collect();
    let mut grades = vec![None; texts.len()];
    if checking.with_words {
        let explained = explained(file);
        for (item, text) in texts.iter().enumerate() {
            lints.extend(prose::lints(item, text, &explained, dictionary));
        }
        grades = texts.iter().map(|text| readability::grade(text)).collect();
    }
    Checked {
        generation: checking.generation,
        case: file.case.id.clone(),
        texts,
        lints,
        grades,
    }
}

/// What the reader of the letter has before the rationales.
fn explained(file: &CaseFile) -> String {
    let requests = file.case.items.iter().map(|item| item.request.as_str());
    let parts: Vec<&str> = requests.chain([file.case.summary.as_str()]).collect();
    parts.join("\n")
}

/// The dictionary with the words of this file; one that is not there has none.
///
/// # Errors
/// The file is there and cannot be read, or is no text.
pub fn dictionary(own: &Path) -> io::Result<Dictionary> {
    let mut lines = String::new();
    match File::open(own) {
        Ok(file) => file.take(MAX_WORDS).read_to_string(&mut lines)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        Err(error) => return Err(error),
    };
    Ok(Dictionary::with_own(&lines))
}

/// Adds a word to the file, a line of its own.
///
/// # Errors
/// The folder or the file takes no writing.
pub fn keep_word(own: &Path, word: &str) -> io::Result<()> {
    if let Some(folder) = own.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .read(true)
        .open(own)?;
    let mut before = String::new();
    Read::by_ref(&mut file)
        .take(MAX_WORDS)
        .read_to_string(&mut before)?;
    // What an editor left without an end of line keeps its last word.
    let gap = if before.is_empty() || before.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    file.write_all(format!("{gap}{word}\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_words_are_kept_a_line_each() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config/words.txt");
        assert!(!dictionary(&path).unwrap().is_word("xyzzyol"));
        keep_word(&path, "xyzzyol").unwrap();
        std::fs::write(&path, "xyzzyol\nplughine").unwrap();
        keep_word(&path, "frobzine").unwrap();
        let dictionary = dictionary(&path).unwrap();
        for word in ["xyzzyol", "plughine", "frobzine"] {
            assert!(dictionary.is_word(word), "{word}");
        }
        std::fs::write(&path, [0xff, 0xfe]).unwrap();
        assert!(super::dictionary(&path).is_err());
    }
}
