//! Passages of the guidelines that the reviewer has brought in: found, and paged through.
//!
//! A search asks for passages with every word; where that brings too few, for those with all but
//! one, and at last for those with the rarest. What is found is ordered by `search::passage_rank`.

use super::LibraryError;
use crate::model::{Citation, Guideline, Passage, PassageHit};
use crate::search::engine::Cancel;
use crate::search::passage_query::{Form, Group, PassageQuery};
use crate::search::passage_rank::{Rarity, Worth, snippet, worth};
use crate::search::typo;
use crate::store::Store;
use std::collections::{BTreeSet, HashMap};

/// How many passages one look around brings, the one asked for in their midst.
const AROUND: u32 = 9;
/// How many passages are compared at least, before words are left out ...
const ENOUGH: usize = 10;
/// ... and how many of each expression at most.
const EACH: usize = 64;
/// Letters that a word still being typed may lose to be found.
const LOST: usize = 4;
/// Words of the index that one mistyped word is compared with at most, and taken for.
const COMPARED: usize = 4_000;
const MEANT: usize = 4;

/// The best `limit` passages for what was typed, best first; none for an empty query.
///
/// # Errors
/// What the store gives.
pub fn passages(store: &Store, query: &str, limit: usize) -> Result<Vec<PassageHit>, LibraryError> {
    Ok(passages_unless(store, query, limit, &Cancel::default())?.unwrap_or_default())
}

/// The same; `None` where the search was called off, in the midst of a statement too.
///
/// # Errors
/// As [`passages`].
pub fn passages_unless(
    store: &Store,
    query: &str,
    limit: usize,
    cancel: &Cancel,
) -> Result<Option<Vec<PassageHit>>, LibraryError> {
    store.unless(cancel, |store| found(store, query, limit))
}

fn found(store: &Store, query: &str, limit: usize) -> Result<Vec<PassageHit>, LibraryError> {
    let mut query = PassageQuery::read(query);
    if query.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let guidelines = current(store, &query)?;
    let counts = counts(store, &mut query)?;
    let rarity = Rarity::new(&counts, store.passage_count()?, &query.groups);
    let mut found = Vec::new();
    for (row, passage) in store.passages_at(&candidates(store, &query, &counts)?)? {
        if let Some(guideline) = guidelines.get(&passage.guideline)
            && query.admits_page(&passage)
        {
            let worth = worth(&query, &rarity, &passage, guideline);
            found.push((worth, row, passage));
        }
    }
    found.sort_by(|(a, x, _), (b, y, _)| b.points.total_cmp(&a.points).then(x.cmp(y)));
    found.truncate(limit);
    let hits = found.into_iter().filter_map(|(worth, _, passage)| {
        let guideline = guidelines.get(&passage.guideline)?;
        Some(hit(&query, guideline, passage, worth))
    });
    Ok(hits.collect())
}

/// The guidelines that answers may come from, by key.
fn current(
    store: &Store,
    query: &PassageQuery,
) -> Result<HashMap<String, Guideline>, LibraryError> {
    let all = store.current_guidelines()?.into_iter();
    let wanted = all.filter(|g| query.admits(g));
    Ok(wanted.map(|g| (g.key.clone(), g)).collect())
}

/// In how many passages each group is found; one that is found nowhere is taken for what may be
/// meant by it.
fn counts(store: &Store, query: &mut PassageQuery) -> Result<Vec<usize>, LibraryError> {
    let mut counts = Vec::new();
    for group in &mut query.groups {
        let mut count = store.count_passages(&group.expression())?;
        if count == 0 && group.is_wanted() {
            mend(store, group)?;
            count = store.count_passages(&group.expression())?;
        }
        counts.push(count);
    }
    Ok(counts)
}

/// A word still being typed may be longer than its stem in the index; another is one error away.
fn mend(store: &Store, group: &mut Group) -> Result<(), LibraryError> {
    let Some(typed) = group.forms.first().cloned() else {
        return Ok(());
    };
    let [word] = typed.words.as_slice() else {
        return Ok(());
    };
    let letters = word.chars().count();
    if letters < typo::SHORTEST {
        return Ok(());
    }
    let mut meant: Vec<Form> = near(store, word)?;
    if meant.is_empty() && typed.is_begun {
        let shorter = (1..=LOST.min(letters - typo::SHORTEST + 1)).map(|lost| letters - lost);
        for left in shorter {
            let start: String = word.chars().take(left).collect();
            if !store.passage_words_from(&start, 1)?.is_empty() {
                meant.extend(begun(&start));
                break;
            }
        }
    }
    group.forms.extend(meant);
    Ok(())
}

fn begun(word: &str) -> Option<Form> {
    let mut form = Form::new(word, 0.8)?;
    form.is_begun = true;
    Some(form)
}

fn near(store: &Store, word: &str) -> Result<Vec<Form>, LibraryError> {
    let mut chars = word.chars();
    let start: String = chars.by_ref().take(1).collect();
    let second: String = chars.take(1).collect();
    let mut words = store.passage_words_from(&start, COMPARED)?;
    if !second.is_empty() && second != start {
        words.extend(store.passage_words_from(&second, COMPARED)?);
    }
    let near = words.iter().filter(|known| typo::is_near_stem(word, known));
    Ok(near.take(MEANT).filter_map(|known| begun(known)).collect())
}

/// Rows worth comparing.
fn candidates(
    store: &Store,
    query: &PassageQuery,
    counts: &[usize],
) -> Result<Vec<i64>, LibraryError> {
    let mut rows = BTreeSet::new();
    for round in attempts(query, counts) {
        for expression in round.iter().filter_map(|wanted| query.wanting(wanted)) {
            rows.extend(store.find_passages(&expression, EACH)?);
        }
        if rows.len() >= ENOUGH {
            break;
        }
    }
    Ok(rows.into_iter().collect())
}

/// Which groups to ask for, one round of attempts after the other.
fn attempts(query: &PassageQuery, counts: &[usize]) -> Vec<Vec<Vec<usize>>> {
    let groups = || query.groups.iter().zip(counts).enumerate();
    let known = |wanted: bool| -> Vec<usize> {
        let known =
            groups().filter(|(_, (group, count))| **count > 0 && (!wanted || group.is_wanted()));
        known.map(|(at, _)| at).collect()
    };
    let mut wanted = known(true);
    if wanted.is_empty() {
        wanted = known(false);
    }
    let mut by_rarity = wanted.clone();
    by_rarity.sort_by_key(|at| counts.get(*at));
    let without = |left_out: &usize| wanted.iter().copied().filter(|at| at != left_out).collect();
    let mut rounds = vec![vec![wanted.clone()]];
    if wanted.len() > 1 {
        rounds.push(by_rarity.iter().map(without).collect());
    }
    if wanted.len() > 2 {
        rounds.extend(by_rarity.iter().map(|at| vec![vec![*at]]));
    }
    rounds
}

fn hit(query: &PassageQuery, guideline: &Guideline, passage: Passage, worth: Worth) -> PassageHit {
    let (snippet, marks) = snippet(query, &passage.text, worth.at);
    PassageHit {
        passage,
        title: guideline.label(),
        rank: guideline.rank,
        licence: guideline.licence.clone(),
        note: guideline.note.clone(),
        snippet,
        marks,
        score: (worth.points * 1000.0) as i64,
    }
}

/// The passages of a guideline around one of them, in order.
///
/// # Errors
/// What the store gives.
pub fn read_around(
    store: &Store,
    guideline: &str,
    number: u32,
) -> Result<Vec<Passage>, LibraryError> {
    let first = number.saturating_sub(AROUND / 2).max(1);
    Ok(store.passages_from(guideline, first, AROUND as usize)?)
}

/// The citation that the passage with this key makes (`guideline/number`, as `imr cite` prints it).
///
/// # Errors
/// What the store gives.
pub fn passage_citation(store: &Store, key: &str) -> Result<Option<Citation>, LibraryError> {
    let Some((guideline, number)) = passage_of_key(key) else {
        return Ok(None);
    };
    let known = store.guidelines()?;
    let guideline = known.iter().find(|g| g.key == guideline);
    let passages = store.passages_from(guideline.map_or("", |g| &g.key), number, 1)?;
    let passage = passages.first().filter(|passage| passage.number == number);
    Ok(guideline
        .zip(passage)
        .and_then(|(g, p)| p.citation(&g.label(), g.rank)))
}

/// Guideline and number of a passage's key.
pub(super) fn passage_of_key(key: &str) -> Option<(&str, u32)> {
    let (guideline, number) = key.rsplit_once('/')?;
    Some((guideline, number.parse().ok()?))
}

/// Every guideline that was brought in, superseded ones too.
///
/// # Errors
/// What the store gives.
pub fn guidelines(store: &Store) -> Result<Vec<Guideline>, LibraryError> {
    Ok(store.guidelines()?)
}
