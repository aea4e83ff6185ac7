//! The picker's one question, asked of every source: citations, passages, precedents, this case.

use super::{LibraryError, Lists, passages_unless, rank, search_with};
use crate::intake::request;
use crate::model::{Citation, Hit, Pick, PickAsk, PickPart, PickSource, Picks, Precedent};
use crate::search::case_file;
use crate::search::engine::Cancel;
use crate::search::grammar::{Facts, Grammar};
use crate::search::words::folded;
use crate::store::{Store, Wanted};
use std::collections::HashMap;

/// So many are looked through where a query asks for more than words.
const WIDE: usize = 4000;
/// Passages offered for an item before anything is typed.
const OFFERED: usize = 8;
/// Words of a request that passages are offered for.
const OFFERING: usize = 3;

/// What is looked through.
#[allow(missing_debug_implementations)]
pub struct Stacks<'a> {
    /// Passages, precedents and the case.
    pub store: &'a mut Store,
    /// The reviewer's citation lists.
    pub lists: &'a mut Lists,
    /// What calls the search off.
    pub cancel: &'a Cancel,
}

/// The answers of the sources asked, best first; of several sources, ranked together. `None` where
/// the search was called off.
///
/// # Errors
/// A shelf that does not read, or what the store gives.
pub fn pick(mut stacks: Stacks<'_>, ask: &PickAsk) -> Result<Option<Picks>, LibraryError> {
    let grammar = Grammar::new(&ask.query);
    let mut picks = Picks::default();
    let mut found = Vec::new();
    for (source, find) in SOURCES {
        if ask.source.has(source) && ask.part.has(source) {
            // The sources in SQLite cannot be called off midway.
            if stacks.cancel.is_cancelled() {
                return Ok(None);
            }
            let Some(mut some) = find(&mut stacks, ask, &grammar, &mut picks)? else {
                return Ok(None);
            };
            some.truncate(ask.limit);
            found.push(some);
        }
    }
    picks.part = ask.part;
    picks.list = match ask.part {
        // Where they come among the others is seen when all are there.
        PickPart::Rest => found.into_iter().flatten().collect(),
        PickPart::Whole | PickPart::First => Picks::merge(found),
    };
    if ask.part != PickPart::Rest {
        picks.list.truncate(ask.limit);
    }
    Ok(Some(picks))
}

type Found = Result<Option<Vec<Pick>>, LibraryError>;
type Find = fn(&mut Stacks<'_>, &PickAsk, &Grammar, &mut Picks) -> Found;

const SOURCES: [(PickSource, Find); 4] = [
    (PickSource::Citations, citations),
    (PickSource::Passages, of_guidelines),
    (PickSource::Precedents, precedents),
    (PickSource::Case, of_case),
];

/// More are asked for where some will be left out.
fn limit(ask: &PickAsk, grammar: &Grammar) -> usize {
    if grammar.has_tests() { WIDE } else { ask.limit }
}

fn citations(stacks: &mut Stacks<'_>, ask: &PickAsk, grammar: &Grammar, _: &mut Picks) -> Found {
    let Stacks {
        store,
        lists,
        cancel,
    } = stacks;
    let (query, context) = (&grammar.for_shelf, &ask.context);
    let hits = search_with(lists, store, query, context, limit(ask, grammar), cancel)?;
    Ok(hits.map(|hits| {
        let hits = hits.into_iter().filter(|hit| passes(hit, grammar));
        hits.map(|hit| Pick::Citation(Box::new(hit))).collect()
    }))
}

/// The best `limit` entries of the shelf for a query, its grammar read; `cited` counts citations
/// by their label.
///
/// # Errors
/// A shelf that does not read.
pub fn of_shelf(
    cited: &HashMap<String, u32>,
    query: &str,
    limit: usize,
) -> Result<Vec<Hit>, LibraryError> {
    let grammar = Grammar::new(query);
    let wide = if grammar.has_tests() { WIDE } else { limit };
    let mut hits = rank(cited, &grammar.for_shelf, "", wide)?;
    hits.retain(|hit| passes(hit, &grammar));
    hits.truncate(limit);
    Ok(hits)
}

/// Does an entry of the shelf pass the tests of a query?
fn passes(hit: &Hit, grammar: &Grammar) -> bool {
    let (entry, citation) = (&hit.entry, &hit.entry.citation);
    let label = citation.label();
    let source = format!("{:?} {label} {}", citation.source, entry.key);
    !grammar.has_tests()
        || grammar.passes(&Facts {
            text: folded(&format!(
                "{label} {} {}",
                entry.topic,
                entry.synonyms.join(" ")
            )),
            source: folded(&source),
            chapter: entry.chapter,
            pages: &entry.pages,
            year: citation.year,
            rank: Some(entry.rank),
            ..Facts::default()
        })
}

/// Passages know the grammar themselves.
fn of_guidelines(
    stacks: &mut Stacks<'_>,
    ask: &PickAsk,
    grammar: &Grammar,
    _: &mut Picks,
) -> Found {
    if grammar.excludes_passages() {
        return Ok(Some(Vec::new()));
    }
    let (query, limit) = match grammar.words.is_empty() {
        true => {
            let query = format!("{} {} ", grammar.for_passages, offering(&ask.context));
            (query, OFFERED)
        }
        false => (grammar.for_passages.clone(), ask.limit),
    };
    let hits = passages_unless(stacks.store, &query, limit, stacks.cancel)?;
    let pick = |hit| Pick::Passage(Box::new(hit));
    Ok(hits.map(|hits| hits.into_iter().map(pick).collect()))
}

/// What an item asks for, in the few words that a guideline would use.
fn offering(context: &str) -> String {
    let parsed = request::parse(context);
    let drug = parsed
        .drugs
        .first()
        .map(|drug| drug.generic.unwrap_or(&drug.name).to_owned());
    let thing = parsed.modality.filter(|name| name != "drug");
    let part = parsed.body_parts.first().map(|part| part.name.to_owned());
    let words = drug.into_iter().chain(thing).chain(part);
    let words: Vec<String> = words
        .flat_map(|name| {
            name.split([' ', '/'])
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .take(OFFERING)
        .collect();
    words.join(" ")
}

fn precedents(
    stacks: &mut Stacks<'_>,
    ask: &PickAsk,
    grammar: &Grammar,
    picks: &mut Picks,
) -> Found {
    let wanted = match (grammar.words.is_empty(), &ask.item) {
        (true, None) => return Ok(Some(Vec::new())),
        (true, Some((case, item))) => Wanted::Item(case.clone(), *item),
        (false, item) => match ask.source {
            PickSource::All => Wanted::Few(grammar.words.clone(), item.clone()),
            _ => Wanted::Words(grammar.words.clone(), item.clone()),
        },
    };
    let found = stacks.store.precedents(&wanted, limit(ask, grammar))?;
    picks.figures = found.figures;
    let passes = |one: &Precedent| !grammar.has_tests() || grammar.passes(&facts_of_precedent(one));
    let list = found.list.into_iter().filter(passes);
    Ok(Some(
        list.map(|one| Pick::Precedent(Box::new(one))).collect(),
    ))
}

fn facts_of_precedent(one: &Precedent) -> Facts<'_> {
    let labels: Vec<String> = one.citations.iter().map(Citation::label).collect();
    let whose = if one.is_own { "own" } else { "published" };
    Facts {
        text: folded(&format!(
            "{} {} {}",
            one.request,
            labels.join(" "),
            one.rationale
        )),
        source: folded(&format!(
            "{whose} precedent {} {}",
            one.case,
            labels.join(" ")
        )),
        year: one.year(),
        decision: Some(one.decision),
        ..Facts::default()
    }
}

fn of_case(stacks: &mut Stacks<'_>, ask: &PickAsk, grammar: &Grammar, _: &mut Picks) -> Found {
    // Before anything is typed the case has nothing to offer that is not a key away.
    let is_idle = ask.source == PickSource::All && grammar.words.is_empty();
    let Some((case, _)) = ask.item.as_ref().filter(|_| !is_idle) else {
        return Ok(Some(Vec::new()));
    };
    let Some(file) = stacks.store.case(case)? else {
        return Ok(Some(Vec::new()));
    };
    let found = case_file::find(&file.case, &grammar.words, limit(ask, grammar));
    let passes = |pick: &Pick| !grammar.has_tests() || grammar.passes(&facts_of_case(pick));
    Ok(Some(found.into_iter().filter(passes).collect()))
}

fn facts_of_case(pick: &Pick) -> Facts<'static> {
    let (text, source) = match pick {
        Pick::Finding(_, finding) => (
            finding.text.clone(),
            format!("finding {}", finding.kind.word()),
        ),
        Pick::Record(spot) => (spot.text.clone(), format!("record {}", spot.title)),
        _ => Default::default(),
    };
    let year = match pick {
        Pick::Finding(_, finding) => finding.date.map(crate::model::Date::year),
        _ => None,
    };
    Facts {
        text: folded(&text),
        source: folded(&source),
        year,
        ..Facts::default()
    }
}
