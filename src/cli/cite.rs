//! `imr cite QUERY`: the guideline shelf and the reviewer's own guidelines, searched.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run};
use crate::library;
use crate::model::{Hit, PassageHit};
use crate::store::{Store, StoreError};
use std::num::NonZeroUsize;

/// What stands before the lines under an answer.
const INDENT: &str = "    ";

/// Arguments of `imr cite`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Words in any order, letters may be missing: `crvcl ct`, `acoem nek 179`
    #[arg(required = true)]
    query: Vec<String>,
    /// How many citations, and how many passages, at most
    #[arg(long, value_name = "N", default_value = "12")]
    limit: NonZeroUsize,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

impl Args {
    /// Prints the ranked citations, best first; exit 1 where nothing matches.
    ///
    /// # Errors
    /// The shelf or the store cannot be read.
    pub fn run(&self, desk: &Desk) -> Run {
        let query = self.query.join(" ");
        let (hits, passages) = search(desk, &query, self.limit.get())?;
        if self.json {
            let citations: Vec<_> = hits.iter().map(as_json).collect();
            let found: Vec<_> = passages.iter().map(passage_as_json).collect();
            desk.out
                .json(&serde_json::json!({ "citations": citations, "passages": found }))?;
        } else {
            hits.iter().try_for_each(|hit| print(desk, hit))?;
            if !passages.is_empty() {
                desk.out.line("")?;
                desk.out.heading("Passages of your guidelines")?;
            }
            passages
                .iter()
                .try_for_each(|hit| print_passage(desk, hit))?;
        }
        if hits.is_empty() && passages.is_empty() {
            note("Nothing on the shelf matches every word.");
            return Ok(Outcome::Refused);
        }
        Ok(Outcome::Done)
    }
}

/// The shelf answers before there is a store; it only cannot say how often something was cited.
fn search(desk: &Desk, query: &str, limit: usize) -> anyhow::Result<(Vec<Hit>, Vec<PassageHit>)> {
    let (cited, passages) = match Store::open(&desk.store_path()?) {
        Err(StoreError::Missing(_)) => Default::default(),
        store => {
            let store = store?;
            (
                store.cited_counts()?,
                library::passages(&store, query, limit)?,
            )
        }
    };
    Ok((library::rank(&cited, query, "", limit)?, passages))
}

fn print_passage(desk: &Desk, hit: &PassageHit) -> anyhow::Result<()> {
    desk.out
        .line(&format!("{}: {}", hit.title, hit.passage.place()))?;
    if let Some(note) = &hit.note {
        desk.out.line(&format!("    {note}"))?;
    }
    let moved = hit
        .marks
        .iter()
        .map(|mark| mark.start + INDENT.len()..mark.end + INDENT.len());
    desk.out.marked(
        &format!("{INDENT}{}", hit.snippet),
        &moved.collect::<Vec<_>>(),
    )?;
    desk.out
        .line(&format!("{INDENT}--cite {}", hit.passage.key()))?;
    Ok(())
}

fn passage_as_json(hit: &PassageHit) -> serde_json::Value {
    let marks: Vec<[usize; 2]> = hit.marks.iter().map(|m| [m.start, m.end]).collect();
    let mut json = super::library::passage_json(&hit.passage);
    let more = serde_json::json!({
        "title": hit.title,
        "rank": hit.rank,
        "licence": hit.licence,
        "note": hit.note,
        "snippet": hit.snippet,
        "marks": marks,
        "score": hit.score,
        "citation": hit.citation(),
    });
    if let (Some(json), serde_json::Value::Object(more)) = (json.as_object_mut(), more) {
        json.extend(more);
    }
    json
}

fn print(desk: &Desk, hit: &Hit) -> anyhow::Result<()> {
    let entry = &hit.entry;
    desk.out.marked(&entry.citation.label(), &hit.marks)?;
    let cited = match hit.cited {
        0 => String::new(),
        1 => " · cited once".to_owned(),
        times => format!(" · cited {times} times"),
    };
    desk.out.line(&format!("    {}", entry.topic))?;
    desk.out.line(&format!("    --cite {}{cited}", entry.key))?;
    Ok(())
}

fn as_json(hit: &Hit) -> serde_json::Value {
    let entry = &hit.entry;
    let marks: Vec<[usize; 2]> = hit.marks.iter().map(|m| [m.start, m.end]).collect();
    serde_json::json!({
        "key": entry.key,
        "label": entry.citation.label(),
        "citation": entry.citation,
        "rank": entry.rank,
        "topic": entry.topic,
        "chapter": entry.chapter,
        "pages": entry.pages,
        "unverified": entry.is_unverified,
        "cited": hit.cited,
        "score": hit.score,
        "marks": marks,
    })
}
