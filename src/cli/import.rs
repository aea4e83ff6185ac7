//! `imr import PATH...`: files and folders into the store, each case whole or not at all.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run};
use super::progress::Progress;
use super::words;
use crate::intake::pdf::Reader;
use crate::intake::{self, FileResult, Found, decision_table, request};
use crate::model::case_json::CaseJson;
use crate::store::{Imported, NewCase, Store};
use decision_table::DecisionTable as Lines;
use serde::Serialize;
use std::io::BufRead;
use std::path::PathBuf;

/// Cases committed together: one flush of the disk for many, and still a bounded memory.
const BATCH: usize = 100;

/// The same of the lines of a decision table, which are short.
const LINES: usize = 1000;
/// So many bad lines of a table are named; the others are counted.
const NAMED: usize = 10;

/// What an import is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Case,
    Precedent,
}

impl Purpose {
    const ALL: [Self; 2] = [Self::Case, Self::Precedent];

    fn word(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Precedent => "precedent",
        }
    }
}

/// Arguments of `imr import`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders; the format is told from the content
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Cases to decide, or precedents to search
    #[arg(long = "as", value_name = "PURPOSE", default_value = "case",
          value_parser = words::one_of(&Purpose::ALL, Purpose::word))]
    purpose: Purpose,
    /// Read only; store nothing
    #[arg(long)]
    dry_run: bool,
    /// Print a line of JSON for each file; with --dry-run each case, published decisions included
    #[arg(long)]
    json: bool,
}

/// One file's fate, as scripts read it.
#[derive(Debug, Serialize)]
struct Line {
    file: String,
    result: &'static str,
    case: Option<String>,
    items: Option<usize>,
    reason: Option<String>,
}

impl Args {
    /// Imports; exit 2 when any file could not be read, 1 where one differs or there is none.
    ///
    /// # Errors
    /// A store that cannot be opened or written.
    pub fn run(&self, desk: &Desk) -> Run {
        let store = if self.dry_run {
            None
        } else {
            Some(desk.store_to_fill()?)
        };
        let collected = intake::collect(&self.paths);
        let is_empty = collected.files.is_empty();
        let mut work = Work {
            args: self,
            desk,
            store,
            progress: Progress::of(collected.files.len()),
            waiting: Vec::new(),
            tally: Tally::default(),
        };
        for (path, error) in &collected.problems {
            work.unread(&path.to_string_lossy(), &error.to_string())?;
        }
        for path in &collected.skipped {
            note(&format!(
                "passed over {}: a link or no regular file",
                path.display()
            ));
        }
        let files = work.take_tables(collected.files)?;
        work.read(&files)?;
        work.progress.clear();
        if is_empty && work.tally.unread == 0 {
            note("There is nothing to import there.");
        }
        note(&work.tally.sentence(self.dry_run));
        Ok(work.tally.outcome())
    }
}

#[derive(Debug, Default)]
struct Tally {
    imported: usize,
    unchanged: usize,
    differs: usize,
    unread: usize,
}

impl Tally {
    fn outcome(&self) -> Outcome {
        match self {
            Self { unread: 1.., .. } => Outcome::Partial,
            Self { differs: 1.., .. } => Outcome::Refused,
            Self {
                imported: 0,
                unchanged: 0,
                ..
            } => Outcome::Refused,
            _ => Outcome::Done,
        }
    }

    fn sentence(&self, is_dry: bool) -> String {
        let Self {
            imported,
            unchanged,
            differs,
            unread,
        } = self;
        if is_dry {
            return format!("{imported} read, {unread} unread; nothing was stored.");
        }
        format!("{imported} imported, {unchanged} unchanged, {differs} differ, {unread} unread.")
    }
}

/// What was read of a file and waits to be committed: a case, or the reason why there is none.
enum Waiting {
    Case(String, Box<NewCase>),
    Unread(String, String),
}

struct Work<'a> {
    args: &'a Args,
    desk: &'a Desk,
    store: Option<Store>,
    progress: Progress,
    waiting: Vec<Waiting>,
    tally: Tally,
}

impl Work<'_> {
    /// Stores the decision tables among the files, line by line; gives back the other files.
    fn take_tables(&mut self, files: Vec<Found>) -> anyhow::Result<Vec<Found>> {
        if self.args.purpose != Purpose::Precedent {
            return Ok(files);
        }
        let mut others = Vec::new();
        for file in files {
            match decision_table::open(&file) {
                Ok(Some(table)) => self.table(&file.path.to_string_lossy(), table)?,
                // What cannot be read is said where files are read.
                Ok(None) | Err(_) => others.push(file),
            }
        }
        Ok(others)
    }

    fn table(&mut self, name: &str, table: Lines<impl BufRead>) -> anyhow::Result<()> {
        let mut told = Told::default();
        let mut batch = Vec::new();
        for row in table {
            match row {
                Ok(row) if self.args.dry_run && self.args.json => {
                    self.dry(name, &precedent(row))?
                }
                Ok(row) => batch.push(precedent(row)),
                Err(error) => {
                    told.unread += 1;
                    if told.unread <= NAMED {
                        note(&format!("{}: {error}", one_line(name)));
                    }
                }
            }
            if batch.len() >= LINES {
                told.add(batch.len(), &self.store_all(&batch)?);
                batch.clear();
            }
        }
        told.add(batch.len(), &self.store_all(&batch)?);
        self.progress.step();
        self.tell(name, &told)
    }

    /// One line for the whole table: it has thousands.
    fn tell(&mut self, name: &str, told: &Told) -> anyhow::Result<()> {
        let tally = &mut self.tally;
        tally.imported += told.imported;
        tally.unchanged += told.unchanged;
        tally.differs += told.differs;
        tally.unread += told.unread;
        if self.args.dry_run && self.args.json {
            return Ok(());
        }
        self.progress.clear();
        if self.args.json {
            return self.desk.out.json_line(&told.line(name));
        }
        Ok(self
            .desk
            .out
            .line(&format!("{}: {}", told.words(), one_line(name)))?)
    }

    fn read(&mut self, files: &[Found]) -> anyhow::Result<()> {
        let reader = Reader::own()?;
        let mut outcome = Ok(());
        intake::read_files(files, &reader, |place, result| {
            let name = files.get(place).map(|file| file.path.to_string_lossy());
            outcome = self.take(&name.unwrap_or_default(), result);
            outcome.is_ok()
        });
        outcome?;
        self.commit()
    }

    fn take(&mut self, name: &str, result: FileResult) -> anyhow::Result<()> {
        self.progress.step();
        match result {
            Ok(found) => {
                for imported in found {
                    let notes = imported.notes.iter();
                    notes.for_each(|said| note(&format!("{name}: {said}")));
                    let case = new_case(imported, self.args.purpose);
                    self.waiting
                        .push(Waiting::Case(name.to_owned(), Box::new(case)));
                }
            }
            Err(error) => {
                let reason = error.reason.to_string();
                self.waiting.push(Waiting::Unread(name.to_owned(), reason));
            }
        }
        match self.waiting.len() {
            0..BATCH => Ok(()),
            _ => self.commit(),
        }
    }

    /// One transaction; what is printed afterwards is durable.
    fn commit(&mut self) -> anyhow::Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let mut names = Vec::new();
        let mut cases = Vec::new();
        for one in waiting {
            match one {
                Waiting::Case(name, case) => {
                    cases.push(*case);
                    names.push((name, None));
                }
                Waiting::Unread(name, reason) => names.push((name, Some(reason))),
            }
        }
        let mut fates = self.store_all(&cases)?.into_iter();
        let mut cases = cases.iter();
        for (name, reason) in &names {
            match reason {
                Some(reason) => self.unread(name, reason)?,
                None => match (cases.next(), fates.next()) {
                    (Some(case), Some(fate)) => self.stored(name, case, &fate)?,
                    (Some(case), None) => self.dry(name, case)?,
                    _ => {}
                },
            }
        }
        Ok(())
    }

    fn store_all(&mut self, cases: &[NewCase]) -> anyhow::Result<Vec<Imported>> {
        match &mut self.store {
            Some(store) if !cases.is_empty() => {
                Ok(store.import_all(cases, &self.desk.who(), self.desk.now())?)
            }
            _ => Ok(Vec::new()),
        }
    }

    fn stored(&mut self, name: &str, new: &NewCase, fate: &Imported) -> anyhow::Result<()> {
        const DIFFERS: &str = "the store has another letter of this number";
        const ADOPTED: &str = "it was a precedent, and is a case to decide now";
        const STAYS: &str = "it is in the store as a case to decide and stays one: as a precedent \
                             it would show the published answers";
        let tally = &mut self.tally;
        let (result, case, count, reason) = match fate {
            Imported::New(case) => ("imported", case, &mut tally.imported, None),
            Imported::Completed(case) => ("completed", case, &mut tally.imported, None),
            Imported::Adopted(case) => ("imported", case, &mut tally.imported, Some(ADOPTED)),
            Imported::Unchanged(case) => ("unchanged", case, &mut tally.unchanged, None),
            Imported::StaysCase(case) => ("unchanged", case, &mut tally.unchanged, Some(STAYS)),
            Imported::Differs(case) => ("differs", case, &mut tally.differs, Some(DIFFERS)),
        };
        *count += 1;
        let reason = reason.map(str::to_owned);
        self.print(Line {
            file: name.to_owned(),
            result,
            case: Some(case.to_string()),
            items: Some(new.case.items.len()),
            reason,
        })
    }

    fn dry(&mut self, name: &str, new: &NewCase) -> anyhow::Result<()> {
        self.tally.imported += 1;
        if self.args.json {
            self.progress.clear();
            let mut json = CaseJson::of_case(&new.case);
            request::fill(&mut json);
            return self.desk.out.json_line(&json);
        }
        self.print(Line {
            file: name.to_owned(),
            result: "read",
            case: Some(new.case.id.to_string()),
            items: Some(new.case.items.len()),
            reason: None,
        })
    }

    fn unread(&mut self, name: &str, reason: &str) -> anyhow::Result<()> {
        self.tally.unread += 1;
        if self.args.json && self.args.dry_run {
            // Standard output is for cases alone.
            self.progress.clear();
            note(&format!("unread {name}: {reason}"));
            return Ok(());
        }
        self.print(Line {
            file: name.to_owned(),
            result: "unread",
            case: None,
            items: None,
            reason: Some(reason.to_owned()),
        })
    }

    /// On a terminal the bar tells what went well; only the rest has a line.
    fn print(&mut self, line: Line) -> anyhow::Result<()> {
        if self.progress.is_shown() && line.reason.is_none() && !self.args.json {
            return Ok(());
        }
        self.progress.clear();
        if self.args.json {
            return self.desk.out.json_line(&line);
        }
        Ok(self.desk.out.line(&line.words())?)
    }
}

impl Line {
    fn words(&self) -> String {
        let result = self.result;
        let Some(case) = &self.case else {
            let reason = self.reason.as_deref().unwrap_or_default();
            return format!("{result} {}: {reason}", one_line(&self.file));
        };
        let items = match self.items {
            Some(1) => " (1 item)".to_owned(),
            Some(n) => format!(" ({n} items)"),
            None => String::new(),
        };
        match &self.reason {
            Some(reason) => format!("{result} {case}: {}: {reason}", one_line(&self.file)),
            None => format!("{result} {case}{items}"),
        }
    }
}

/// What became of the lines of a decision table.
#[derive(Debug, Default)]
struct Told {
    imported: usize,
    unchanged: usize,
    differs: usize,
    unread: usize,
}

impl Told {
    /// Without a store every line was read only.
    fn add(&mut self, count: usize, fates: &[Imported]) {
        if fates.is_empty() {
            self.imported += count;
        }
        for fate in fates {
            match fate {
                Imported::New(_) | Imported::Completed(_) | Imported::Adopted(_) => {
                    self.imported += 1;
                }
                Imported::Unchanged(_) | Imported::StaysCase(_) => self.unchanged += 1,
                Imported::Differs(_) => self.differs += 1,
            }
        }
    }

    fn words(&self) -> String {
        let Self {
            imported,
            unchanged,
            differs,
            unread,
        } = self;
        format!(
            "decision table, {imported} lines taken, {unchanged} unchanged, {differs} differ, \
             {unread} unread"
        )
    }

    fn line(&self, name: &str) -> serde_json::Value {
        serde_json::json!({
            "file": name,
            "result": "table",
            "imported": self.imported,
            "unchanged": self.unchanged,
            "differs": self.differs,
            "unread": self.unread,
        })
    }
}

fn precedent(row: intake::Imported) -> NewCase {
    new_case(row, Purpose::Precedent)
}

fn one_line(name: &str) -> String {
    crate::model::text::clean_line(name)
}

fn new_case(imported: intake::Imported, purpose: Purpose) -> NewCase {
    NewCase {
        case: imported.case,
        digest: imported.digest,
        source_text: imported.source_text,
        as_precedent: purpose == Purpose::Precedent,
    }
}

/// A case of this program's own, read like any other.
///
/// # Errors
/// It is no case file.
pub fn built_in(name: &str, text: &str) -> anyhow::Result<NewCase> {
    let mut pdf = intake::pdf::Extractor::new(Reader::own()?);
    let imported = intake::read(name, text.as_bytes(), &mut pdf)?;
    Ok(new_case(imported, Purpose::Case))
}
