//! A shelf file: TOML entries into what can be cited. The format is told in the head of
//! `shelf.toml`.

use super::{LibraryError, editions};
use crate::model::pages::print_list;
use crate::model::text::clean_line;
use crate::model::{Citation, PageRange, Rank, ShelfEntry};
use serde::Deserialize;
use std::collections::HashSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShelfFile {
    entry: Vec<Written>,
}

/// One `[[entry]]` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    key: String,
    corpus: Corpus,
    mtus: bool,
    title: String,
    year: Option<i16>,
    chapter: Option<u32>,
    section: Option<String>,
    #[serde(default)]
    pages: Vec<PageRange>,
    rank: Rank,
    topic: String,
    #[serde(default)]
    synonyms: Vec<String>,
    #[serde(default)]
    unverified: bool,
}

#[derive(Clone, Copy, Deserialize)]
enum Corpus {
    #[serde(rename = "MTUS")]
    Mtus,
    #[serde(rename = "ACOEM")]
    Acoem,
    #[serde(rename = "ODG")]
    Odg,
    Other,
}

/// Reads a shelf.
///
/// # Errors
/// The first entry that is not as the format says, by key or by line.
pub(super) fn read(toml: &str) -> Result<Vec<ShelfEntry>, LibraryError> {
    let file: ShelfFile =
        toml::from_str(toml).map_err(|e| LibraryError::Unreadable(e.to_string()))?;
    let mut keys = HashSet::new();
    for written in &file.entry {
        if !keys.insert(written.key.as_str()) {
            return Err(LibraryError::Twice(written.key.clone()));
        }
    }
    file.entry.iter().map(entry).collect()
}

fn entry(written: &Written) -> Result<ShelfEntry, LibraryError> {
    let bad = |what| LibraryError::BadEntry {
        key: written.key.clone(),
        what,
    };
    // What is cited must be what a reader of the letter understands, so it is read from the text.
    let citation = Citation::parse(written.mtus, &text(written)).ok_or_else(|| bad("title"))?;
    Ok(ShelfEntry {
        key: written.key.clone(),
        citation,
        chapter: written.chapter,
        pages: written.pages.clone(),
        rank: written.rank,
        topic: clean_line(&written.topic),
        synonyms: written.synonyms.iter().map(|s| clean_line(s)).collect(),
        is_unverified: written.unverified,
        effective: editions::effective(written.mtus, &written.title, written.year),
    })
}

/// The citation as letters write it (domain 2.7): the MTUS by title, year and sections, the ODG by
/// chapter and topic. Pages are printed only where they are checked.
fn text(written: &Written) -> String {
    let named = named(written);
    match written.pages.as_slice() {
        pages if pages.is_empty() || written.unverified => named,
        pages => format!("{named}, Page(s): {}", print_list(pages)),
    }
}

fn named(written: &Written) -> String {
    let (title, section) = (&written.title, written.section.as_deref());
    let year = written.year.map(|y| format!(" {y}")).unwrap_or_default();
    let then = |mark: &str| section.map(|s| format!("{mark}{s}")).unwrap_or_default();
    match written.corpus {
        _ if written.mtus => format!("{title}{year}{}", then(", Section(s): ")),
        Corpus::Odg if title.contains("ODG") => format!("{title}{year}{}", then(": ")),
        Corpus::Odg => format!(
            "Official Disability Guidelines (ODG), {title} Chapter{}",
            then(": ")
        ),
        Corpus::Acoem if !title.starts_with("ACOEM") => format!(
            "ACOEM Occupational Medicine Practice Guidelines, 3rd ed., {title}{year}{}",
            then(": ")
        ),
        _ => format!("{title}{year}{}", then(": ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{builtin, find};
    use super::*;
    use crate::model::citation_text::{parse_block, print_block};
    use crate::model::text::is_clean;

    #[test]
    fn the_built_in_shelf_reads() {
        let shelf = builtin().unwrap();
        assert!(shelf.len() >= 150, "{}", shelf.len());
        for entry in shelf {
            let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(entry.key.chars().all(is_key), "{}", entry.key);
            assert!(entry.topic.chars().count() <= 90, "{}", entry.key);
            assert!(is_clean(&entry.citation.label()), "{}", entry.key);
            assert_eq!(find(&entry.key), Some(entry));
        }
    }

    /// What the letter prints must be read as the entry it came from.
    #[test]
    fn a_citation_reads_back_as_the_entry() {
        for entry in builtin().unwrap() {
            let made = &entry.citation;
            let printed = print_block(std::slice::from_ref(made));
            assert_eq!(parse_block(&printed).first(), Some(made), "{}", entry.key);
            assert_eq!(parse_block(&printed).len(), 1, "{}", entry.key);
        }
    }

    #[test]
    fn checked_pages_are_printed_and_read() {
        let entry = "[[entry]]\nkey = \"a\"\ncorpus = \"MTUS\"\nmtus = true\ntitle = \"Knee Complaints\"\n\
                     year = 2004\nchapter = 13\nsection = \"Braces\"\npages = [[340, 341], [346, 346]]\n\
                     rank = \"A\"\ntopic = \"t\"\n";
        let checked = read(entry).unwrap().remove(0);
        let printed = print_block(std::slice::from_ref(&checked.citation));
        assert_eq!(
            printed,
            "Decision based on MTUS Knee Complaints 2004, Section(s): Braces, Page(s): 340-341, 346."
        );
        assert_eq!(parse_block(&printed).first(), Some(&checked.citation));
        assert_eq!(checked.citation.pages, checked.pages);
        assert_eq!(checked.citation.section.as_deref(), Some("Braces"));
        let recalled = read(&format!("{entry}unverified = true\n"))
            .unwrap()
            .remove(0);
        assert!(recalled.citation.pages.is_empty() && recalled.pages == checked.pages);
    }

    #[test]
    fn labels_differ() {
        let labels: HashSet<String> = builtin()
            .unwrap()
            .iter()
            .map(|e| e.citation.label())
            .collect();
        assert_eq!(labels.len(), builtin().unwrap().len());
    }

    #[test]
    fn a_bad_shelf_is_named() {
        let entry = "[[entry]]\nkey = \"a\"\ncorpus = \"ODG\"\nmtus = false\ntitle = \"Knee\"\nrank = \"B\"\ntopic = \"t\"\n";
        assert_eq!(
            read(entry).unwrap()[0].citation.text,
            "Official Disability Guidelines (ODG), Knee Chapter"
        );
        assert!(matches!(read(&entry.repeat(2)), Err(LibraryError::Twice(key)) if key == "a"));
        assert!(matches!(
            read("[[entry]]\nkey = 1"),
            Err(LibraryError::Unreadable(_))
        ));
        let backwards = format!("{entry}pages = [[9, 3]]\n");
        assert!(matches!(read(&backwards), Err(LibraryError::Unreadable(_))));
    }
}
