//! The letters, each with its published decisions taken as if they were ours.

use super::common;
use imr::intake::pdf::{Extractor, Reader};
use imr::intake::{self, request};
use imr::library;
use imr::model::limits::Limits;
use imr::model::{CaseFile, Lint, Request, Reviewer, date};
use imr::rules::lint::{self, Context};
use std::path::Path;

/// One letter.
pub struct Letter {
    pub name: String,
    pub file: CaseFile,
    pub requests: Vec<Request>,
}

/// The letters of this list were looked at one by one; others are run all the same.
const KNOWN: std::ops::RangeInclusive<&str> = "CM16-0219557"..="CM17-0021656";

pub fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

fn read(path: &Path) -> Letter {
    let mut pdf = Extractor::new(Reader::of(env!("CARGO_BIN_EXE_imr")));
    let bytes = std::fs::read(path).unwrap();
    let imported = intake::read("letter", &bytes, &mut pdf).unwrap();
    Letter {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        requests: request::of_case(&imported.case),
        file: CaseFile::of_published(imported.case, imported.records_reason),
    }
}

/// All letters, by name.
pub fn all(test: &str) -> Option<Vec<Letter>> {
    let folder = common::shared(test)?.join("determinations");
    let files = common::files(&folder, "txt");
    Some(files.iter().map(|path| read(path)).collect())
}

/// The one letter of 2014.
pub fn seed(test: &str) -> Option<Letter> {
    let folder = common::shared(test)?.join("seed");
    let files = common::files(&folder, "txt");
    files.first().map(|path| read(path))
}

/// Every report but those on who signs: a letter has no profile.
pub fn check(file: &CaseFile, requests: &[Request]) -> Vec<Lint> {
    let limits = Limits::built_in();
    let known = library::cited(None, file).unwrap();
    let context = Context {
        today: file
            .case
            .header
            .decided_date
            .unwrap_or_else(|| date::parse("1/15/2026").unwrap()),
        limits: &limits,
        requests,
        known: &known,
    };
    let mut lints = lint::check(file, &Reviewer::default(), &context);
    lints.retain(|lint| lint.id != "L06");
    lints
}
