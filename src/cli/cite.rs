//! `imr cite QUERY`: the guideline shelf, searched.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run};
use crate::library;
use crate::model::Hit;
use crate::store::{Store, StoreError};

/// Arguments of `imr cite`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Words in any order, letters may be missing: `crvcl ct`, `acoem nek 179`
    #[arg(required = true)]
    query: Vec<String>,
    /// How many answers at most
    #[arg(long, value_name = "N", default_value_t = 12)]
    limit: usize,
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
        let hits = search(desk, &query, self.limit)?;
        if self.json {
            let citations: Vec<_> = hits.iter().map(as_json).collect();
            desk.out
                .json(&serde_json::json!({ "citations": citations }))?;
        } else {
            hits.iter().try_for_each(|hit| print(desk, hit))?;
        }
        if hits.is_empty() {
            note("Nothing on the shelf matches every word.");
            return Ok(Outcome::Refused);
        }
        Ok(Outcome::Done)
    }
}

/// The shelf answers before there is a store; it only cannot say how often something was cited.
fn search(desk: &Desk, query: &str, limit: usize) -> anyhow::Result<Vec<Hit>> {
    let cited = match Store::open(&desk.store_path()?) {
        Err(StoreError::Missing(_)) => Default::default(),
        store => store?.cited_counts()?,
    };
    Ok(library::rank(&cited, query, "", limit)?)
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
        "unverified": entry.is_unverified,
        "cited": hit.cited,
        "score": hit.score,
        "marks": marks,
    })
}
