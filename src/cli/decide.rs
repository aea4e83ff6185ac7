//! `imr decide CASE ITEM`: decision, citations and rationale of one item.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use crate::app::wrap;
use crate::library;
use crate::model::text::{clean, clean_line};
use crate::model::{CaseFile, Change, Citation, Decision, Published, Rank};
use crate::settings::nearest::nearest;
use crate::store::{Applied, Store, StoreError};
use anyhow::Context;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Longest rationale, bytes.
const MAX_RATIONALE: u64 = 256 * 1024;

/// Arguments of `imr decide`.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true)
    .args(["uphold", "overturn", "cite", "cite_text", "none_applicable", "rationale_file"]))]
pub struct Args {
    /// Case number
    case: String,
    /// Which item, from 1
    item: usize,
    /// UR's denial stands: NOT medically necessary
    #[arg(long, conflicts_with = "overturn")]
    uphold: bool,
    /// UR's denial falls: MEDICALLY NECESSARY
    #[arg(long)]
    overturn: bool,
    /// Cite an entry of the shelf by its key; `imr cite` prints keys
    #[arg(long, value_name = "KEY")]
    cite: Vec<String>,
    /// Cite something that is not on the shelf, as the letter will print it
    #[arg(long, value_name = "TEXT")]
    cite_text: Vec<String>,
    /// State that no guideline applies: legal rank (A to F) and a sentence on the search made
    #[arg(long, num_args = 2, value_names = ["RANK", "SENTENCE"])]
    none_applicable: Option<Vec<String>>,
    /// Read the rationale from a file, or from standard input with `-`; it replaces the old one
    #[arg(long, value_name = "FILE")]
    rationale_file: Option<PathBuf>,
}

impl Args {
    /// Saves what was said of the item. Everything is checked before anything is saved.
    ///
    /// # Errors
    /// An unknown case, item, key or rank, or a case that is signed or closed (refused); a
    /// rationale that cannot be read.
    pub fn run(&self, desk: &Desk) -> Run {
        let mut store = desk.store_to_write()?;
        let file = desk.case(&store, &self.case)?;
        let item = self.item_of(&file)?;
        let changes = self.changes(&store, &file, item)?;
        let mut trial = file.clone();
        for change in &changes {
            if let Err(why) = trial.apply(change) {
                return refuse(format!("{}: {why}.", file.case.id));
            }
        }
        let mut revealed = None;
        for change in &changes {
            let applied = save(&mut store, desk, &file, change)?;
            revealed = revealed.or(applied.revealed);
        }
        self.report(&trial, item, revealed.map(|(_, published)| published));
        Ok(Outcome::Done)
    }

    fn item_of(&self, file: &CaseFile) -> anyhow::Result<usize> {
        let count = file.case.items.len();
        match self.item.checked_sub(1).filter(|item| *item < count) {
            Some(item) => Ok(item),
            None => refuse(format!(
                "{} has no item {}: its items count from 1 to {count}.",
                file.case.id, self.item
            )),
        }
    }

    fn decision(&self) -> Option<Decision> {
        match (self.uphold, self.overturn) {
            (true, _) => Some(Decision::Upheld),
            (_, true) => Some(Decision::Overturned),
            _ => None,
        }
    }

    /// The decision comes last: a published one is shown only after reasons and citations stand.
    fn changes(&self, store: &Store, file: &CaseFile, item: usize) -> anyhow::Result<Vec<Change>> {
        let mut changes = Vec::new();
        if let Some(path) = &self.rationale_file {
            let text = read_rationale(path)?;
            changes.push(Change::Written { item, text });
        }
        let cited = file.draft.items.get(item).map(|d| d.citations.iter());
        let mut labels: BTreeSet<String> =
            cited.into_iter().flatten().map(Citation::label).collect();
        for citation in self.citations(store)? {
            if !labels.insert(citation.label()) {
                return refuse(format!(
                    "{} item {} cites this already: {}; nothing was saved.",
                    file.case.id,
                    self.item,
                    citation.label()
                ));
            }
            changes.push(Change::Cited { item, citation });
        }
        let decided = self.decision();
        changes.extend(decided.map(|decision| Change::Decided { item, decision }));
        Ok(changes)
    }

    fn citations(&self, store: &Store) -> anyhow::Result<Vec<Citation>> {
        let shelved = self.cite.iter().map(|key| shelved(store, key));
        let typed = self.cite_text.iter().map(|text| typed(text));
        let none = self.none_applicable.iter().map(|words| none(words));
        shelved.chain(typed).chain(none).collect()
    }

    fn report(&self, file: &CaseFile, item: usize, revealed: Option<Published>) {
        let Some(draft) = file.draft.items.get(item) else {
            return;
        };
        let ur = file.case.items.get(item).map(|i| i.ur.action);
        let say = |decision: Decision| decision.sentence_for(ur.unwrap_or_default());
        let decision = draft.decision.map_or("not decided", say);
        let words = draft.rationale.split_whitespace().count();
        let cited = draft.citations.len();
        note(&format!(
            "{} item {}: {decision}. Cited: {cited}. Rationale: {}.",
            file.case.id,
            self.item,
            wrap::count(words, "word")
        ));
        if let (Some(published), Some(own)) = (revealed, draft.decision) {
            let verdict = if published.decision == own {
                "agrees"
            } else {
                "differs"
            };
            note(&format!(
                "The published determination {verdict}: {}.",
                say(published.decision)
            ));
        }
    }
}

/// Whole values were given, not edits of what was read: where another session was faster, they
/// are said once more, of the item as it is now.
fn save(
    store: &mut Store,
    desk: &Desk,
    file: &CaseFile,
    change: &Change,
) -> anyhow::Result<Applied> {
    let (case, who, now) = (&file.case.id, desk.who(), desk.now());
    let seen = |file: &CaseFile| file.history.last().map(|entry| entry.seq);
    match store.apply_as_read(case, change, seen(file), &who, now) {
        Err(StoreError::ChangedElsewhere { .. }) => {
            let fresh = desk.case(store, case.as_str())?;
            Ok(store.apply_as_read(case, change, seen(&fresh), &who, now)?)
        }
        done => Ok(done?),
    }
}

fn shelved(store: &Store, key: &str) -> anyhow::Result<Citation> {
    if let Some(entry) = library::find(key) {
        return Ok(entry.citation.clone());
    }
    if let Some(citation) = library::passage_citation(store, key)? {
        return Ok(citation);
    }
    if let Some(citation) = library::listed_citation(store, key)? {
        return Ok(citation);
    }
    let keys = library::builtin()?.iter().map(|entry| entry.key.as_str());
    let near = nearest(key, keys);
    let hint = near.map_or_else(
        || "`imr cite` searches the shelf and prints keys.".to_owned(),
        |near| format!("Did you mean {near}?"),
    );
    refuse(format!("The shelf has no entry {key}. {hint}"))
}

/// `MTUS ...` is cited as the MTUS, anything else is not; the words `Decision based on` may stand
/// before it.
fn typed(text: &str) -> anyhow::Result<Citation> {
    let text = clean_line(text);
    let bare = text.strip_prefix("Decision based on ").unwrap_or(&text);
    match Citation::parse(bare.starts_with("MTUS "), bare) {
        Some(citation) => Ok(citation),
        None => refuse(format!("--cite-text \"{text}\" cites nothing.")),
    }
}

fn none(words: &[String]) -> anyhow::Result<Citation> {
    let [rank, sentence] = words else {
        return refuse("--none-applicable takes a rank and a sentence.");
    };
    let found = Rank::ALL
        .into_iter()
        .find(|r| format!("{r:?}").eq_ignore_ascii_case(rank));
    let Some(rank) = found else {
        return refuse(format!(
            "{rank} is no rank: A to F, Labor Code 4610.5(c)(2)."
        ));
    };
    Citation::none_applicable(rank, sentence).or_else(|why| refuse(format!("{why}.")))
}

fn read_rationale(path: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        let file = std::fs::File::open(path);
        Box::new(file.with_context(|| format!("cannot read {}", path.display()))?)
    };
    input
        .take(MAX_RATIONALE + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read {}", path.display()))?;
    if bytes.len() as u64 > MAX_RATIONALE {
        return refuse("The rationale is longer than 256 KiB; nothing was saved.");
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(clean(&text).trim_end().to_owned()),
        Err(_) => refuse("The rationale is not UTF-8 text; nothing was saved."),
    }
}
