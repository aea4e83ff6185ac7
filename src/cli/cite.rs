//! `imr cite QUERY`: the guideline shelf and the reviewer's own guidelines, searched.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use super::words;
use crate::library;
use crate::model::pick::Spot;
use crate::model::{Hit, PassageHit, Pick, PickAsk, PickSource, Picks};
use crate::search::engine::Cancel;
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
    /// Where to look: all, citations, passages, precedents, or case (with --for)
    #[arg(long, value_name = "NAME", default_value = "all",
          value_parser = words::one_of(&PickSource::ALL, PickSource::word))]
    source: PickSource,
    /// The case whose findings and records are searched, and for whose first item precedents are
    /// ranked
    #[arg(long = "for", value_name = "CASE")]
    case: Option<String>,
    /// How many of each source at most
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
        if self.source != PickSource::All || self.case.is_some() {
            return self.of_sources(desk);
        }
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

impl Args {
    /// The picker's answers, as it would rank them.
    fn of_sources(&self, desk: &Desk) -> Run {
        let mut store = desk.store()?;
        let item = match &self.case {
            Some(case) => Some((desk.case(&store, case)?.case.id, 0)),
            None if self.source == PickSource::Case => {
                return refuse("Name the case whose findings and records are meant: --for CASE.");
            }
            None => None,
        };
        let ask = PickAsk {
            query: self.query.join(" "),
            source: self.source,
            item,
            limit: self.limit.get(),
            ..PickAsk::default()
        };
        let picks = picked(&mut store, &ask)?;
        if self.json {
            let found: Vec<_> = picks.list.iter().map(pick_as_json).collect();
            desk.out.json(&serde_json::json!({ "found": found }))?;
        } else {
            picks
                .list
                .iter()
                .try_for_each(|pick| print_pick(desk, pick))?;
        }
        if picks.list.is_empty() {
            note("Nothing there matches.");
            return Ok(Outcome::Refused);
        }
        Ok(Outcome::Done)
    }
}

fn print_pick(desk: &Desk, pick: &Pick) -> anyhow::Result<()> {
    match pick {
        Pick::Citation(hit) => print(desk, hit),
        Pick::Passage(hit) => print_passage(desk, hit),
        Pick::Precedent(one) => super::precedents::print(desk, one),
        Pick::Finding(at, finding) => {
            let kind = finding.kind.word();
            Ok(desk
                .out
                .line(&format!("finding {} ({kind}): {}", at + 1, finding.text))?)
        }
        Pick::Record(spot) => {
            let Spot {
                record,
                page,
                title,
                text,
                ..
            } = &**spot;
            let (record, page) = (record + 1, page + 1);
            desk.out
                .line(&format!("record {record}, page {page}, {title}"))?;
            Ok(desk.out.line(&format!("{INDENT}{text}"))?)
        }
    }
}

fn pick_as_json(pick: &Pick) -> serde_json::Value {
    let (kind, found) = match pick {
        Pick::Citation(hit) => ("citation", as_json(hit)),
        Pick::Passage(hit) => ("passage", passage_as_json(hit)),
        Pick::Precedent(one) => ("precedent", super::precedents::one_as_json(one)),
        Pick::Finding(at, finding) => (
            "finding",
            serde_json::json!({ "finding": at + 1, "text": finding.text }),
        ),
        Pick::Record(spot) => (
            "record",
            serde_json::json!({
                "record": spot.record + 1,
                "page": spot.page + 1,
                "line": spot.line + 1,
                "title": spot.title,
                "text": spot.text,
            }),
        ),
    };
    serde_json::json!({ "source": kind, kind: found })
}

/// The shelf answers before there is a store; it only cannot say how often something was cited.
fn search(desk: &Desk, query: &str, limit: usize) -> anyhow::Result<(Vec<Hit>, Vec<PassageHit>)> {
    let mut store = match Store::open(&desk.store_path()?) {
        Err(StoreError::Missing(_)) => {
            let hits = library::of_shelf(&Default::default(), query, limit)?;
            return Ok((hits, Vec::new()));
        }
        store => store?,
    };
    let passages = library::passages(&store, query, limit)?;
    let ask = PickAsk {
        query: query.to_owned(),
        source: PickSource::Citations,
        limit,
        ..PickAsk::default()
    };
    let citations = picked(&mut store, &ask)?.list.into_iter();
    let hit = |pick| match pick {
        Pick::Citation(hit) => Some(*hit),
        _ => None,
    };
    Ok((citations.filter_map(hit).collect(), passages))
}

fn picked(store: &mut Store, ask: &PickAsk) -> anyhow::Result<Picks> {
    let stacks = library::Stacks {
        store,
        lists: &mut library::Lists::default(),
        cancel: &Cancel::default(),
    };
    Ok(library::pick(stacks, ask)?.unwrap_or_default())
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
        "effective": entry.effective.as_deref().map(|effective| serde_json::json!({
            "from": effective.from,
            "to": effective.to,
            "unverified": effective.is_unverified,
        })),
        "cited": hit.cited,
        "score": hit.score,
        "marks": marks,
    })
}
