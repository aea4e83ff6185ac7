//! Precedents of an item: the nearest, and how those alike were decided.
//!
//! What may be shown is said once, in the view `precedents_shown`; the words of an answer leave the
//! store by the one way that published answers leave it (`load.rs`), or from a signed draft.

use super::load;
use super::precedent_rows as rows;
use super::rows::Anchor;
use super::{Store, StoreError};
use crate::intake::request;
use crate::model::case::in_dispute;
use crate::model::{
    CaseId, ChangeRefused, Citation, Date, Decision, Figures, Precedent, Precedents,
};
use crate::search::precedent::{Likeness, Nearness, Ranker};
use crate::search::words::Words;
use rusqlite::{Connection, OptionalExtension, Row};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Of those alike so many are asked which guidelines they cite.
const ASKED: usize = 1000;
/// With so many that have the words typed, older ones are not looked at.
const ENOUGH: usize = 500;
/// The same in a hurry.
const FEW: usize = 40;
/// Things that may be the same, and all others: a superset of `search::precedent::is_same_thing`
/// that an index answers.
const SAME: &str = "IN (SELECT t.thing FROM (SELECT DISTINCT thing FROM precedents WHERE category = ?1) t WHERE t.thing = ?2
    OR (?2 <> '' AND t.thing <> '' AND (t.thing LIKE '% ' || ?2 OR ?2 LIKE '% ' || t.thing)))";
const OTHER: &str = "NOT IN (SELECT t.thing FROM (SELECT DISTINCT thing FROM precedents WHERE category = ?1) t WHERE t.thing = ?2
    OR (?2 <> '' AND t.thing <> '' AND (t.thing LIKE '% ' || ?2 OR ?2 LIKE '% ' || t.thing)))";
/// Case id that no case has.
const NO_CASE: i64 = -1;
const DAMAGED: StoreError = StoreError::Damaged {
    table: "precedents",
    what: "a text is none",
};

/// What precedents are wanted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// For an item (from 0) of a case; the case itself is no precedent of its own.
    Item(CaseId, usize),
    /// For words, wherever they stand in request, diagnosis and body part; of those found, the
    /// nearest to the item first, where one is given.
    Words(String, Option<(CaseId, usize)>),
    /// The same in a hurry, among answers of other sources: the newest only, and no typing error
    /// is forgiven.
    Few(String, Option<(CaseId, usize)>),
}

/// An item that may be shown, and how near it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    nearness: Reverse<Nearness>,
    /// Newer ones first among equals.
    case_id: Reverse<i64>,
    item: i64,
    is_own: bool,
    decision: Decision,
}

impl Store {
    /// The nearest `limit` precedents, and the figures of all alike. Published answers that are
    /// still hidden do not exist for it.
    ///
    /// # Errors
    /// No such case or item, or what the disk gives.
    pub fn precedents(&mut self, wanted: &Wanted, limit: usize) -> Result<Precedents, StoreError> {
        self.catch_up_with_precedents()?;
        let read = self.connection.unchecked_transaction()?;
        let (likeness, but) = likeness_of(&read, wanted)?;
        let mut found = match wanted {
            Wanted::Item(..) => found(&read, &likeness, but, limit)?,
            Wanted::Words(query, _) => by_words(&read, query, &likeness, but)?,
            Wanted::Few(query, _) => with_words(&read, &Words::new(query), &likeness, but, FEW)?,
        };
        let figures = figures(&read, &found)?;
        found.truncate(limit);
        let ranker = Ranker::new(&likeness);
        let list = found.iter().map(|one| precedent(&read, one, &ranker));
        Ok(Precedents {
            list: list.collect::<Result<_, _>>()?,
            figures,
        })
    }

    /// Batch by batch, so that no save waits long for the write lock.
    fn catch_up_with_precedents(&mut self) -> Result<(), StoreError> {
        loop {
            let cases = rows::behind(&self.connection)?;
            if cases.is_empty() {
                return Ok(());
            }
            self.write_aside(|tx| rows::catch_up(tx, &cases))?;
        }
    }
}

/// What is compared, and which case is left out.
fn likeness_of(on: &Connection, wanted: &Wanted) -> Result<(Likeness, i64), StoreError> {
    let (case, item) = match wanted {
        Wanted::Item(case, item)
        | Wanted::Words(_, Some((case, item)))
        | Wanted::Few(_, Some((case, item))) => (case, item),
        Wanted::Words(_, None) | Wanted::Few(_, None) => {
            return Ok((Likeness::default(), NO_CASE));
        }
    };
    let case_id = load::known(on, case)?;
    let mut query = on.prepare_cached(
        "SELECT request, summary FROM items JOIN cases USING (case_id)
         WHERE case_id = ?1 AND item = ?2",
    )?;
    let number = i64::try_from(item + 1).unwrap_or(i64::MAX);
    let row = query.query_row((case_id, number), |row| Ok((row.get(0)?, row.get(1)?)));
    let (text, summary): (String, String) =
        row.optional()?.ok_or(ChangeRefused::NoItem(item + 1))?;
    let likeness = Likeness::of(&request::parse(&text), &text, &summary);
    Ok((likeness, case_id))
}

/// Those that have every word; with a typing error forgiven where none has.
fn by_words(
    on: &Connection,
    query: &str,
    likeness: &Likeness,
    but: i64,
) -> Result<Vec<Found>, StoreError> {
    let words = Words::new(query);
    let found = with_words(on, &words, likeness, but, ENOUGH)?;
    if found.is_empty() {
        return with_words(on, &words.forgiving(), likeness, but, ENOUGH);
    }
    Ok(found)
}

/// The derived rows hold nothing of an answer, so they are read first; whether an item may be shown
/// is asked for those that have the words.
fn with_words(
    on: &Connection,
    words: &Words,
    likeness: &Likeness,
    but: i64,
    enough: usize,
) -> Result<Vec<Found>, StoreError> {
    let ranker = Ranker::new(likeness);
    let mut all = on.prepare_cached(
        "SELECT case_id, item, category, thing, traits FROM precedents
         WHERE case_id <> ?1 ORDER BY case_id DESC",
    )?;
    let mut shown = on.prepare_cached(
        "SELECT case_id, item, thing, traits, decision, is_own, category FROM precedents_shown
         WHERE case_id = ?1 AND item = ?2",
    )?;
    let mut rows = all.query([but])?;
    let (mut found, mut said) = (Vec::new(), String::new());
    while let Some(row) = rows.next()? {
        said.clear();
        for at in [2, 3, 4] {
            said.push_str(row.get_ref(at)?.as_str().map_err(|_| DAMAGED)?);
            said.push(' ');
        }
        if !words.are_in(&said) {
            continue;
        }
        let (case_id, item): (i64, i64) = (row.get(0)?, row.get(1)?);
        let mut rows = shown.query((case_id, item))?;
        if let Some(row) = rows.next()? {
            let category: String = row.get(6)?;
            found.extend(one(row, &category, &ranker, true)?);
        }
        if found.len() >= enough {
            break;
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Those that ask for the same thing; where they are few, the others of the category too.
/// Nearest first.
fn found(
    on: &Connection,
    likeness: &Likeness,
    but: i64,
    limit: usize,
) -> Result<Vec<Found>, StoreError> {
    let ranker = Ranker::new(likeness);
    let mut found = Vec::new();
    for is_same in [SAME, OTHER] {
        let sql = format!(
            "SELECT case_id, item, thing, traits, decision, is_own FROM precedents_shown
             WHERE category = ?1 AND thing {is_same} AND case_id <> ?3"
        );
        let mut query = on.prepare_cached(&sql)?;
        let mut rows = query.query((likeness.category, &likeness.thing, but))?;
        while let Some(row) = rows.next()? {
            found.extend(one(row, likeness.category, &ranker, false)?);
        }
        if found.len() >= limit {
            break;
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// `is_far_too`: of another category too, behind all others.
fn one(
    row: &Row<'_>,
    category: &str,
    ranker: &Ranker<'_>,
    is_far_too: bool,
) -> Result<Option<Found>, StoreError> {
    let (thing, traits) = (row.get_ref(2)?, row.get_ref(3)?);
    let thing = thing.as_str().map_err(|_| DAMAGED)?;
    let traits = traits.as_str().map_err(|_| DAMAGED)?;
    let near = ranker.nearness(category, thing, traits);
    let Some(nearness) = near.or_else(|| is_far_too.then_some(Nearness::FAR)) else {
        return Ok(None);
    };
    let decision: String = row.get(4)?;
    Ok(Some(Found {
        nearness: Reverse(nearness),
        case_id: Reverse(row.get(0)?),
        item: row.get(1)?,
        is_own: row.get(5)?,
        decision: Decision::parse(&decision).ok_or(StoreError::Damaged {
            table: "published and drafts",
            what: "a decision that is none",
        })?,
    }))
}

fn figures(on: &Connection, found: &[Found]) -> Result<Figures, StoreError> {
    let alike = || found.iter().filter(|one| one.nearness.0.is_alike);
    let upheld = alike().filter(|one| one.decision == Decision::Upheld);
    let upheld = upheld.count();
    let mut cited: HashMap<String, usize> = HashMap::new();
    for one in alike().take(ASKED) {
        let mut labels: Vec<String> = used(on, one)?.0.iter().map(Citation::label).collect();
        labels.sort_unstable();
        labels.dedup();
        labels
            .into_iter()
            .for_each(|label| *cited.entry(label).or_default() += 1);
    }
    let mut cited: Vec<(String, usize)> = cited.into_iter().collect();
    cited.sort_unstable_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    Ok(Figures {
        upheld,
        overturned: alike().count() - upheld,
        cited,
    })
}

/// The citations and the reasons of an answer that may be shown.
fn used(on: &Connection, one: &Found) -> Result<(Vec<Citation>, String), StoreError> {
    if one.is_own {
        return own(on, one);
    }
    let mut query = on.prepare_cached("SELECT is_precedent FROM cases WHERE case_id = ?1")?;
    let anchor = Anchor {
        case_id: one.case_id.0,
        file: String::new(),
        imported: String::new(),
        is_precedent: query.query_row([one.case_id.0], |row| row.get(0))?,
    };
    let published = load::published(on, &anchor, one.item)?;
    Ok(published.map_or_else(Default::default, |p| (p.citations, p.rationale)))
}

/// Of a signed case: its draft is what was signed.
fn own(on: &Connection, one: &Found) -> Result<(Vec<Citation>, String), StoreError> {
    let of = (one.case_id.0, one.item);
    let rationale = on
        .prepare_cached("SELECT rationale FROM drafts WHERE case_id = ?1 AND item = ?2")?
        .query_row(of, |row| row.get(0))?;
    let mut query = on.prepare_cached(
        "SELECT citation FROM citations_used WHERE case_id = ?1 AND item = ?2 ORDER BY position",
    )?;
    let texts = query.query_map(of, |row| row.get::<_, String>(0))?;
    let citations = texts.map(|text| Ok(serde_json::from_str(&text?)?));
    Ok((citations.collect::<Result<_, StoreError>>()?, rationale))
}

fn precedent(on: &Connection, one: &Found, ranker: &Ranker<'_>) -> Result<Precedent, StoreError> {
    let mut query = on.prepare_cached(
        "SELECT key, request, decided_date, traits
         FROM cases JOIN items USING (case_id) JOIN precedents USING (case_id, item)
         WHERE case_id = ?1 AND item = ?2",
    )?;
    let (key, text, decided, traits): (String, String, Option<String>, String) = query
        .query_row((one.case_id.0, one.item), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    let case = CaseId::typed(&key);
    let (citations, rationale) = used(on, one)?;
    Ok(Precedent {
        day: match one.is_own {
            true => signed_on(on, &case)?,
            false => decided.and_then(|day| day.parse().ok()),
        },
        case,
        item: usize::try_from(one.item - 1).unwrap_or_default(),
        is_own: one.is_own,
        request: crate::model::text::fold(in_dispute(&text)),
        decision: one.decision,
        citations,
        rationale,
        shared: ranker.shared(&traits),
        is_alike: one.nearness.0.is_alike,
    })
}

fn signed_on(on: &Connection, case: &CaseId) -> Result<Option<Date>, StoreError> {
    let mut query = on.prepare_cached(
        "SELECT at FROM events WHERE case_key = ?1 AND kind = 'signed' ORDER BY seq DESC LIMIT 1",
    )?;
    let at: Option<String> = query
        .query_row([case.as_str()], |row| row.get(0))
        .optional()?;
    Ok(at
        .and_then(|at| at.parse().ok())
        .map(crate::rules::clock::today))
}
