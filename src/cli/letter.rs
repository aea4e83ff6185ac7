//! `imr letter CASE`: the determination as a letter.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use super::words;
use crate::letter;
use crate::model::quoting::DRAFT_MARK;
use crate::model::{CaseFile, Content, Stage};
use crate::rules::clock;
use anyhow::Context;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// One form of the letter, from the content and the hash under which it was sealed.
type Print = fn(&Content, &str) -> String;

/// Every form, by the word of `--format`.
const FORMATS: [(&str, Print); 3] = [
    ("text", |content, _| letter::text(content)),
    ("markdown", |content, _| letter::markdown(content)),
    ("json", letter::json_sealed),
];

/// Arguments of `imr letter`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case number
    case: String,
    /// Form of the letter
    #[arg(long, value_name = "FORMAT", default_value = "text",
          value_parser = words::one_of(&FORMATS, |f: (&'static str, Print)| f.0))]
    format: (&'static str, Print),
    /// Write to this file; one that is there already is not touched
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// With -o: put the letter in the place of a file that is there
    #[arg(long, requires = "output")]
    force: bool,
    /// Print the letter as it would read now, marked as a draft (text only)
    #[arg(long)]
    preview: bool,
}

impl Args {
    /// Prints or writes the letter of the newest sealed determination.
    ///
    /// # Errors
    /// An unknown or unsigned case, or a file that is there already (refused).
    pub fn run(&self, desk: &Desk) -> Run {
        let store = desk.store()?;
        let file = desk.case(&store, &self.case)?;
        let text = if self.preview {
            self.draft(desk, &file)?
        } else {
            match store.sealed(&file.case.id)?.last() {
                Some(sealed) => (self.format.1)(sealed.content(), sealed.hash()),
                None => return unsigned(&file),
            }
        };
        let Some(path) = &self.output else {
            desk.out.text(&text)?;
            return Ok(Outcome::Done);
        };
        self.write(path, &text)?;
        note(&format!("Wrote {}.", path.display()));
        Ok(Outcome::Done)
    }

    fn draft(&self, desk: &Desk, file: &CaseFile) -> anyhow::Result<String> {
        if file.stage == Stage::Signed {
            let case = &file.case.id;
            return refuse(format!(
                "{case} is signed: `imr letter {case}` prints its letter."
            ));
        }
        if self.format.0 != "text" {
            return refuse("--preview prints text only.");
        }
        let config = desk.config();
        let day = clock::today(desk.now());
        let text = letter::preview(file, &config.reviewer, &config.organisation, day);
        Ok(format!("{DRAFT_MARK}, NO DETERMINATION\n\n{text}"))
    }

    fn write(&self, path: &Path, text: &str) -> anyhow::Result<()> {
        let written = if self.force {
            replace(path, text)
        } else {
            create(path, text)
        };
        match written {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => refuse(format!(
                "{} is there already; --force replaces it.",
                path.display()
            )),
            written => written.with_context(|| format!("cannot write {}", path.display())),
        }
    }
}

fn unsigned(file: &CaseFile) -> Run {
    let (case, stage) = (&file.case.id, file.stage.word());
    refuse(format!(
        "{case} is {stage}, not signed: it has no letter yet. --preview prints the draft."
    ))
}

/// `O_EXCL`: nothing is written over, and no link is followed.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A new file takes the old one's name only when it is complete.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    fs::File::open(folder)?.sync_all()
}
