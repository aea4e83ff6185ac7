//! `imr library`: guidelines of the reviewer's own, brought in, listed, read and taken out.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use super::table;
use crate::intake::citation_list::{self, ListFile};
use crate::intake::guideline::{self, GuidelineFile};
use crate::intake::pdf::{Extractor, Reader};
use crate::library::{self, Added, Given, LibraryError};
use crate::model::text::clean_line;
use crate::model::{CitationList, Guideline, Passage, Rank};
use crate::store::Store;
use anyhow::Context;
use std::path::{Path, PathBuf};

/// Largest file taken, in bytes; text and PDF have lower caps of their own.
const MAX_FILE: u64 = 256 << 20;
/// How many passages `read` prints.
const SHOWN: usize = 5;

/// Arguments of `imr library`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to do
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Bring a guideline in: Markdown, text (form feeds between pages), JSON lines, TOML, PDF; or a
    /// list of citations, JSON lines with source and title
    Add(Box<Add>),
    /// The guidelines and lists brought in, superseded editions too
    List {
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Read a guideline, passage after passage
    Read {
        /// The key that `imr library list` prints
        key: String,
        /// From this passage on
        #[arg(long, value_name = "N", default_value = "1")]
        from: u32,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Take a guideline out by its key, or a whole shelf by its name
    Remove {
        /// Key or name
        named: String,
    },
    /// Give a passage a list of criteria, or show the one it has
    Criteria {
        /// The passage, as `imr cite` prints it: GUIDELINE/NUMBER
        passage: String,
        /// One criterion, in place of the list the passage has; again for each further one
        #[arg(long = "set", value_name = "TEXT")]
        criteria: Vec<String>,
        /// Take the list off
        #[arg(long, conflicts_with = "criteria")]
        clear: bool,
    },
    /// Make the index of words anew
    Reindex,
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The file; its format is told from its content
    file: PathBuf,
    /// Its name; a newer edition of the same name replaces this one
    #[arg(long)]
    name: Option<String>,
    /// Its edition: `2022`, `3rd ed.`
    #[arg(long)]
    edition: Option<String>,
    /// Its legal rank, A to F (Labor Code 4610.5(c)(2))
    #[arg(long, value_parser = rank)]
    rank: Option<Rank>,
    /// What its licence says; shown wherever its text is
    #[arg(long, value_name = "TEXT")]
    licence: Option<String>,
    /// What else a reader must be told, such as that it is a draft
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

impl Args {
    /// Does it; exit 1 where there is nothing of that name, 2 where a file cannot be read.
    ///
    /// # Errors
    /// A file that is no guideline, or a store that cannot be opened or written.
    pub fn run(&self, desk: &Desk) -> Run {
        match &self.what {
            What::Add(add) => add.run(desk),
            What::List { json } => list(desk, *json),
            What::Read { key, from, json } => read(desk, key, *from, *json),
            What::Remove { named } => remove(desk, named),
            What::Criteria {
                passage,
                criteria,
                clear,
            } => set_criteria(desk, passage, criteria, *clear),
            What::Reindex => reindex(desk),
        }
    }
}

impl Add {
    fn run(&self, desk: &Desk) -> Run {
        let name = clean_line(&self.file.to_string_lossy());
        if let Some(list) = citation_list::read(&bytes(&self.file).with_context(|| name.clone())?) {
            return self.add_list(desk, &name, &list.with_context(|| name.clone())?);
        }
        let file = self.read().with_context(|| name.clone())?;
        let format = file.format.word();
        let mut store = desk.store_to_fill()?;
        let added = match library::add(&mut store, file, &self.given(), desk.now()) {
            Err(refused @ (LibraryError::Unsaid(..) | LibraryError::Edition(..))) => {
                return refuse(format!("{name}: {refused}. Nothing was stored."));
            }
            added => added?,
        };
        self.report(desk, &name, format, &added)
    }

    fn given(&self) -> Given {
        Given {
            name: self.name.clone(),
            edition: self.edition.clone(),
            rank: self.rank,
            licence: self.licence.clone(),
            note: self.note.clone(),
        }
    }

    fn add_list(&self, desk: &Desk, name: &str, file: &ListFile) -> Run {
        let mut store = desk.store_to_fill()?;
        let list = match library::add_list(&mut store, file, &self.given(), desk.now()) {
            Err(refused @ (LibraryError::Unsaid(..) | LibraryError::BadEntry { .. })) => {
                return refuse(format!("{name}: {refused}. Nothing was stored."));
            }
            list => list?,
        };
        if self.json {
            desk.out
                .json(&serde_json::json!({ "list": list_json(&list) }))?;
        } else {
            let (key, count) = (&list.key, list.entries);
            desk.out
                .line(&format!("{key}  {count} citations  {}", list.name))?;
        }
        Ok(Outcome::Done)
    }

    fn read(&self) -> anyhow::Result<GuidelineFile> {
        let bytes = bytes(&self.file)?;
        let mut pdf = Extractor::new(Reader::own()?.with_sizes());
        Ok(guideline::read(&bytes, &mut pdf)?)
    }

    fn report(&self, desk: &Desk, name: &str, format: &str, added: &Added) -> Run {
        let (new, superseded) = match added {
            Added::New(new, superseded) => (new.as_slice(), superseded.as_slice()),
            Added::Unchanged(keys) => {
                note(&format!(
                    "{name}: the library has it already ({}).",
                    keys.join(", ")
                ));
                (Default::default(), Default::default())
            }
        };
        if self.json {
            let guidelines: Vec<_> = new.iter().map(as_json).collect();
            desk.out.json(&serde_json::json!({
                "format": format, "guidelines": guidelines, "superseded": superseded,
            }))?;
            return Ok(Outcome::Done);
        }
        for guideline in new {
            let count = guideline.passages;
            desk.out.line(&format!(
                "{}  {count} passages  {}",
                guideline.key,
                guideline.label()
            ))?;
            told(desk, guideline)?;
        }
        for old in superseded {
            note(&format!(
                "{old} is superseded: it stays for old citations and is no longer searched."
            ));
        }
        if !new.is_empty() {
            let passages: u64 = new.iter().map(|g| u64::from(g.passages)).sum();
            note(&format!(
                "{name}, {format}: {} guidelines, {passages} passages.",
                new.len()
            ));
        }
        Ok(Outcome::Done)
    }
}

/// A device or a pipe would never end.
fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let meta = std::fs::metadata(path)?;
    if !meta.is_file() {
        anyhow::bail!("it is no regular file");
    }
    if meta.len() > MAX_FILE {
        anyhow::bail!("it is larger than 256 MiB");
    }
    Ok(std::fs::read(path)?)
}

/// Licence and note, where there are any.
fn told(desk: &Desk, guideline: &Guideline) -> anyhow::Result<()> {
    if let Some(note) = &guideline.note {
        desk.out.line(&format!("    {note}"))?;
    }
    if !guideline.licence.is_empty() {
        desk.out
            .line(&format!("    licence: {}", guideline.licence))?;
    }
    Ok(())
}

fn list(desk: &Desk, json: bool) -> Run {
    let store = desk.store()?;
    let (all, lists) = (library::guidelines(&store)?, library::lists(&store)?);
    if json {
        let all: Vec<_> = all.iter().map(as_json).collect();
        let lists: Vec<_> = lists.iter().map(list_json).collect();
        desk.out
            .json(&serde_json::json!({ "guidelines": all, "lists": lists }))?;
        return Ok(Outcome::Done);
    }
    if all.is_empty() && lists.is_empty() {
        note("The library has no guideline yet: `imr library add FILE` brings one in.");
        return Ok(Outcome::Refused);
    }
    let mut rows = Vec::new();
    if !all.is_empty() {
        let head = ["Key", "Edition", "Rank", "Passages", "Guideline"];
        rows.push(head.map(str::to_owned).to_vec());
        rows.extend(all.iter().map(row));
    }
    for list in &lists {
        let (key, count) = (&list.key, list.entries);
        note(&format!(
            "{key}: a list of {count} citations, {}.",
            list.name
        ));
    }
    let columns = desk.out.is_terminal().then(|| desk.out.columns());
    for line in table::lines(&rows, columns) {
        desk.out.line(&line)?;
    }
    Ok(Outcome::Done)
}

fn row(guideline: &Guideline) -> Vec<String> {
    let note = guideline.note.as_ref().map(|note| format!(" ({note})"));
    let by = guideline
        .superseded_by
        .as_ref()
        .map(|by| format!(" (superseded by {by})"));
    vec![
        guideline.key.clone(),
        guideline.edition.clone(),
        format!("{:?}", guideline.rank),
        guideline.passages.to_string(),
        format!(
            "{}{}{}",
            guideline.name,
            by.unwrap_or_default(),
            note.unwrap_or_default()
        ),
    ]
}

fn list_json(list: &CitationList) -> serde_json::Value {
    serde_json::json!({
        "key": list.key,
        "name": list.name,
        "rank": list.rank,
        "licence": list.licence,
        "entries": list.entries,
    })
}

fn as_json(guideline: &Guideline) -> serde_json::Value {
    serde_json::json!({
        "key": guideline.key,
        "shelf": guideline.shelf,
        "name": guideline.name,
        "edition": guideline.edition,
        "year": guideline.year,
        "effective_from": guideline.effective.0,
        "effective_to": guideline.effective.1,
        "rank": guideline.rank,
        "licence": guideline.licence,
        "note": guideline.note,
        "superseded_by": guideline.superseded_by,
        "passages": guideline.passages,
    })
}

fn read(desk: &Desk, key: &str, from: u32, json: bool) -> Run {
    let store = desk.store()?;
    let guideline = known(&store, key)?;
    let most = if json { usize::MAX } else { SHOWN };
    let passages = store.passages_from(key, from, most)?;
    if json {
        let passages: Vec<_> = passages.iter().map(passage_json).collect();
        desk.out.json(&serde_json::json!({
            "guideline": as_json(&guideline), "passages": passages,
        }))?;
        return Ok(Outcome::Done);
    }
    desk.out.heading(&guideline.label())?;
    told(desk, &guideline)?;
    for passage in &passages {
        desk.out
            .line(&format!("\n{}  {}", passage.number, passage.place()))?;
        for line in textwrap::wrap(&passage.text, desk.out.columns()) {
            desk.out.line(&line)?;
        }
        for criterion in &passage.criteria {
            desk.out.line(&format!("  - {criterion}"))?;
        }
    }
    Ok(if passages.is_empty() {
        Outcome::Refused
    } else {
        Outcome::Done
    })
}

fn known(store: &Store, key: &str) -> anyhow::Result<Guideline> {
    let all = library::guidelines(store)?;
    match all.iter().find(|g| g.key == key) {
        Some(guideline) => Ok(guideline.clone()),
        None => {
            let near = crate::model::nearest::nearest(key, all.iter().map(|g| g.key.as_str()));
            let hint = near
                .map(|near| format!(" Did you mean {near}?"))
                .unwrap_or_default();
            refuse(format!(
                "The library has no guideline {key}.{hint} `imr library list` prints the keys."
            ))
        }
    }
}

/// A passage as scripts read it.
pub fn passage_json(passage: &Passage) -> serde_json::Value {
    serde_json::json!({
        "key": passage.key(),
        "id": passage.id,
        "guideline": passage.guideline,
        "number": passage.number,
        "heading": passage.heading,
        "page": passage.page,
        "page_label": passage.page_label,
        "kind": passage.kind,
        "url": passage.url,
        "text": passage.text,
        "criteria": passage.criteria,
    })
}

fn remove(desk: &Desk, named: &str) -> Run {
    let mut store = desk.store_to_write()?;
    let mut gone = library::remove(&mut store, named)?;
    gone.extend(library::remove_list(&mut store, named)?);
    if gone.is_empty() {
        return refuse(format!(
            "The library has no guideline, no shelf and no list {named}."
        ));
    }
    note(&format!("Taken out: {}.", gone.join(", ")));
    Ok(Outcome::Done)
}

fn set_criteria(desk: &Desk, key: &str, criteria: &[String], clear: bool) -> Run {
    if clear || !criteria.is_empty() {
        let mut store = desk.store_to_write()?;
        if !library::set_criteria(&mut store, key, criteria)? {
            return refuse(format!(
                "The library has no passage {key}: `imr cite` prints their keys."
            ));
        }
    }
    let mut all = library::criteria_for(&desk.store()?, "", usize::MAX)?;
    all.retain(|list| list.passage == key);
    let Some(list) = all.first() else {
        note(&format!("{key} carries no criteria."));
        return Ok(if clear {
            Outcome::Done
        } else {
            Outcome::Refused
        });
    };
    for (n, criterion) in (1..).zip(&list.criteria) {
        desk.out.line(&format!("{n}  {criterion}"))?;
    }
    Ok(Outcome::Done)
}

fn reindex(desk: &Desk) -> Run {
    let passages = library::reindex(&mut desk.store_to_write()?)?;
    note(&format!("The index is made anew: {passages} passages."));
    Ok(Outcome::Done)
}

fn rank(letter: &str) -> Result<Rank, String> {
    let same = |rank: &Rank| format!("{rank:?}").eq_ignore_ascii_case(letter);
    Rank::ALL.into_iter().find(same).ok_or_else(|| {
        let all: Vec<String> = Rank::ALL
            .iter()
            .map(|r| format!("{r:?} {}", r.meaning()))
            .collect();
        format!("a rank is one of {}", all.join("; "))
    })
}
