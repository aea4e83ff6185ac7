//! Lists of criteria: which fit an item, and those that the reviewer marks on a passage.

use super::LibraryError;
use super::passages::passage_of_key;
use crate::model::text::clean_line;
use crate::model::{CriteriaList, Guideline};
use crate::search::passage_query::PassageQuery;
use crate::search::passage_rank::{Rarity, worth};
use crate::store::Store;
use std::collections::HashMap;

/// Most lists that are compared.
const COMPARED: usize = 2_000;
/// A list is worth less than this to a request that it shares no more than one word with.
const FITS: f64 = 30.0;

/// The lists that fit what an item asks for, the best first, at most `limit`; for an empty request
/// all of them in the order of the library.
///
/// # Errors
/// What the store gives.
pub fn criteria_for(
    store: &Store,
    request: &str,
    limit: usize,
) -> Result<Vec<CriteriaList>, LibraryError> {
    let guidelines: HashMap<String, Guideline> = store
        .guidelines()?
        .into_iter()
        .map(|g| (g.key.clone(), g))
        .collect();
    let query = PassageQuery::read(&format!("{request} "));
    let mut lists = Vec::new();
    for passage in store.passages_with_criteria(COMPARED)? {
        let Some(guideline) = guidelines.get(&passage.guideline) else {
            continue;
        };
        let points = worth(&query, &Rarity::default(), &passage, guideline).points;
        if query.is_empty() || points >= FITS {
            let list = CriteriaList {
                passage: passage.key(),
                title: titled(&guideline.label(), &passage.place()),
                criteria: passage.criteria,
            };
            lists.push((points, list));
        }
    }
    lists.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    lists.truncate(limit);
    Ok(lists.into_iter().map(|(_, list)| list).collect())
}

fn titled(guideline: &str, place: &str) -> String {
    if place.is_empty() {
        return guideline.to_owned();
    }
    format!("{guideline}: {place}")
}

/// Gives a passage a list of criteria in place of the one it had; an empty list takes it off. Is
/// there such a passage?
///
/// # Errors
/// What the store gives.
pub fn set_criteria(
    store: &mut Store,
    key: &str,
    criteria: &[String],
) -> Result<bool, LibraryError> {
    let Some((guideline, number)) = passage_of_key(key) else {
        return Ok(false);
    };
    let criteria: Vec<String> = criteria
        .iter()
        .map(|c| clean_line(c))
        .filter(|c| !c.is_empty())
        .collect();
    Ok(store.set_criteria(guideline, number, &criteria)?)
}
