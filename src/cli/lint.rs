//! `imr lint CASE|FILE`: what a hostile reader would find, before the signature; and the table of
//! checks. Of a file, the published decisions are taken as if they were ours.

use super::desk::Desk;
use super::outcome::{Outcome, Run};
use super::table;
use crate::intake::pdf::{Extractor, Reader};
use crate::intake::{self, Found, request};
use crate::library::{self, LookedUp};
use crate::model::lint::{Lint, Place, Severity};
use crate::model::{CaseFile, Reviewer};
use crate::rules::clock;
use crate::rules::lint::{self, Context};
use anyhow::Context as _;
use serde_json::{Value, json};
use std::path::Path;

/// Arguments of `imr lint`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case number, or a letter or case file: then its published decisions are checked
    #[arg(value_name = "CASE|FILE", required_unless_present = "list")]
    target: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// Print the table of checks instead
    #[arg(long, conflicts_with = "json")]
    list: bool,
    /// With --list: as Markdown, as README has it
    #[arg(long, requires = "list")]
    markdown: bool,
}

/// A case as it is checked.
struct Read {
    file: CaseFile,
    /// Who would sign; nobody, for a file.
    reviewer: Option<Reviewer>,
}

impl Args {
    /// Prints what the checks report; exit 1 where anything keeps a case from being signed.
    ///
    /// # Errors
    /// No such case (refused), or a file or store that cannot be read.
    pub fn run(&self, desk: &Desk) -> Run {
        let Some(target) = self.target.as_deref().filter(|_| !self.list) else {
            return self.print_table(desk);
        };
        let mut blocks = false;
        let mut all = Vec::new();
        for read in self.read(desk, target)? {
            let lints = checked(desk, &read)?;
            blocks |= lints
                .iter()
                .any(|lint| lint.blocks(&read.file.draft.answers));
            if self.json {
                all.extend(lints.iter().map(|lint| as_json(&read.file, lint)));
            } else {
                print(desk, &read.file, &lints)?;
            }
        }
        if self.json {
            desk.out.json(&json!({ "lints": all }))?;
        }
        Ok(if blocks {
            Outcome::Refused
        } else {
            Outcome::Done
        })
    }

    /// A path is a file, anything else the number of a case.
    fn read(&self, desk: &Desk, target: &str) -> anyhow::Result<Vec<Read>> {
        let path = Path::new(target);
        if path.exists() || target.contains('/') {
            return read_file(path);
        }
        let file = desk.case(&desk.store()?, target)?;
        let reviewer = Some(desk.reviewer());
        Ok(vec![Read { file, reviewer }])
    }

    fn print_table(&self, desk: &Desk) -> Run {
        if self.markdown {
            desk.out.text(&lint::table_markdown())?;
            return Ok(Outcome::Done);
        }
        let checks = lint::table().iter();
        let rows = checks.map(|check| {
            let words = [check.id, check.severity.word(), check.title, check.basis];
            words.map(str::to_owned).to_vec()
        });
        let lines = table::lines(&rows.collect::<Vec<_>>(), None);
        lines.iter().try_for_each(|line| desk.out.line(line))?;
        Ok(Outcome::Done)
    }
}

/// Every case of a file, its published decisions as if they were ours.
fn read_file(path: &Path) -> anyhow::Result<Vec<Read>> {
    let name = path.to_string_lossy();
    let found = Found {
        path: path.to_owned(),
        is_named: true,
    };
    let bytes = intake::load(&found).with_context(|| name.to_string())?;
    let mut pdf = Extractor::new(Reader::own()?);
    let all = intake::read_all(&name, &bytes, &mut pdf)?.into_iter();
    let read = all.map(|imported| Read {
        file: CaseFile::of_published(imported.case, imported.records_reason),
        reviewer: None,
    });
    Ok(read.collect())
}

/// What the checks report. Of a published letter nobody knows who signed it, so nothing is asked
/// of a profile; and its day is the day it was decided.
fn checked(desk: &Desk, read: &Read) -> anyhow::Result<Vec<Lint>> {
    let known = known(desk, &read.file)?;
    let requests = request::of_case(&read.file.case);
    let decided = read.file.case.header.decided_date;
    let context = Context {
        today: decided
            .filter(|_| read.reviewer.is_none())
            .unwrap_or_else(|| clock::today(desk.now())),
        limits: &desk.settings().limits,
        requests: &requests,
        known: &known,
    };
    let nobody = Reviewer::default();
    let mut lints = lint::check(
        &read.file,
        read.reviewer.as_ref().unwrap_or(&nobody),
        &context,
    );
    let is_of_profile = |lint: &Lint| ["L06", "L08", "L09"].contains(&lint.id);
    lints.retain(|lint| read.reviewer.is_some() || !is_of_profile(lint));
    Ok(lints)
}

/// What the library says of the citations; where there is no store, the built-in shelf alone.
fn known(desk: &Desk, file: &CaseFile) -> anyhow::Result<LookedUp> {
    let store = match desk.store_path()?.exists() {
        true => Some(desk.store()?),
        false => None,
    };
    Ok(library::cited(store.as_ref(), file)?)
}

/// The heaviest first, then as the table has them; by item, the case as a whole last.
fn print(desk: &Desk, file: &CaseFile, lints: &[Lint]) -> anyhow::Result<()> {
    desk.out
        .heading(&format!("{}: {}", file.case.id, tally(lints)))?;
    let items = (0..file.case.items.len()).map(Some).chain([None]);
    for item in items {
        let mut of_item: Vec<&Lint> = lints.iter().filter(|lint| lint.item == item).collect();
        of_item.sort_by_key(|lint| lint.severity);
        if of_item.is_empty() {
            continue;
        }
        desk.out.line(&heading(file, item))?;
        for lint in of_item {
            print_one(desk, file, lint)?;
        }
    }
    Ok(())
}

fn heading(file: &CaseFile, item: Option<usize>) -> String {
    let request = item.and_then(|item| Some((item, file.case.items.get(item)?)));
    match request {
        Some((item, of)) => format!("\n{}. {}", item + 1, of.in_dispute()),
        None => "\nThe case as a whole".to_owned(),
    }
}

fn print_one(desk: &Desk, file: &CaseFile, lint: &Lint) -> anyhow::Result<()> {
    let is_answered = lint.is_answered(&file.draft.answers);
    let answered = if is_answered { ", answered" } else { "" };
    let head = format!(
        "  {} {}{answered}: {}",
        lint.id,
        lint.severity.word(),
        lint.message
    );
    desk.out.line(&head)?;
    desk.out
        .line(&format!("      {} ({})", lint.remedy, lint.basis))?;
    Ok(())
}

fn tally(lints: &[Lint]) -> String {
    let count = |severity| {
        lints
            .iter()
            .filter(|lint| lint.severity == severity)
            .count()
    };
    let counts = Severity::ALL.map(|severity| (count(severity), severity.word()));
    let told = counts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| match (n, *word) {
            (1, word) | (_, word @ "blocking") => format!("{n} {word}"),
            (_, word) => format!("{n} {word}s"),
        });
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        return "nothing found".to_owned();
    }
    told.join(", ")
}

/// Items count from 1; `start` and `end` are bytes of the text that `place` names.
fn as_json(file: &CaseFile, lint: &Lint) -> Value {
    let (place, citation) = match lint.place {
        Place::Case => ("case", None),
        Place::Summary => ("summary", None),
        Place::Request(_) => ("request", None),
        Place::Citation(_, n) => ("citation", Some(n + 1)),
        Place::Rationale(_) => ("rationale", None),
    };
    json!({
        "case": file.case.id.as_str(),
        "id": lint.id,
        "severity": lint.severity,
        "item": lint.item.map(|item| item + 1),
        "place": place,
        "citation": citation,
        "start": lint.span.as_ref().map(|span| span.start),
        "end": lint.span.as_ref().map(|span| span.end),
        "message": lint.message,
        "remedy": lint.remedy,
        "basis": lint.basis,
        "answered": lint.is_answered(&file.draft.answers),
    })
}
