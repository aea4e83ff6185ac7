//! Rank 3: guideline shelves over the store: look-up of what can be cited.
//!
//! The built-in shelf (`shelf.toml`) holds titles, sections, pages and our own topic lines; the
//! order of answers is the business of [`crate::search::shelf`], the figures "cited N times" come
//! from the store. What the reviewer brings in (`adding`) is read and searched by passages.

mod adding;
mod criteria;
mod editions;
mod error;
mod known;
mod lists;
mod passages;
mod pick;
mod shelf_file;

pub use adding::{Added, Given, add, reindex, remove};
pub use criteria::{criteria_for, set_criteria};
pub use error::LibraryError;
pub use known::{LookedUp, cited};
pub use lists::{Lists, add_list, listed_citation, lists, remove_list};
pub use passages::{guidelines, passage_citation, passages, passages_unless, read_around};
pub use pick::{Stacks, of_shelf, pick};

use crate::model::{Hit, ShelfEntry};
use crate::search::engine::Cancel;
use crate::search::shelf::ShelfIndex;
use crate::store::{Cited, Store};
use std::collections::HashMap;
use std::sync::LazyLock;

static SHELF: LazyLock<Result<Vec<ShelfEntry>, LibraryError>> =
    LazyLock::new(|| shelf_file::read(include_str!("shelf.toml")));

/// Made ready once: a search is asked for at every key.
static INDEX: LazyLock<Option<ShelfIndex<'static>>> =
    LazyLock::new(|| builtin().ok().map(ShelfIndex::new));

/// The entries of the built-in shelf, in its order.
///
/// # Errors
/// A shelf that does not read; a test keeps that from being built.
pub fn builtin() -> Result<&'static [ShelfEntry], LibraryError> {
    SHELF.as_deref().map_err(Clone::clone)
}

/// The entry with this key: what `imr decide --cite` takes.
pub fn find(key: &str) -> Option<&'static ShelfEntry> {
    builtin().ok()?.iter().find(|entry| entry.key == key)
}

/// The best `limit` entries for a query, best first, with how often this store cites each.
/// `context` is what the current item asks for; it ranks the answer to an empty query.
///
/// # Errors
/// A shelf that does not read, or what the store gives.
pub fn search(
    store: &Store,
    query: &str,
    context: &str,
    limit: usize,
) -> Result<Vec<Hit>, LibraryError> {
    let cited = store.cited()?;
    let hits = rank(&cited.order, query, context, limit)?;
    Ok(counted(hits, &cited))
}

/// The same over the reviewer's citation lists too, which stay in `lists` from one search to the
/// next; `None` where the search was called off.
///
/// # Errors
/// As [`search`].
pub fn search_with(
    lists: &mut Lists,
    store: &Store,
    query: &str,
    context: &str,
    limit: usize,
    cancel: &Cancel,
) -> Result<Option<Vec<Hit>>, LibraryError> {
    let cited = store.cited()?;
    let Some(listed) = lists.search(store, &cited.order, query, limit, cancel)? else {
        return Ok(None);
    };
    let shelf = rank(&cited.order, query, context, limit)?;
    let merged = lists::merged(shelf, listed, limit);
    Ok(Some(counted(merged, &cited)))
}

/// Ranked by what is cited often and of late; what is shown is how often.
fn counted(mut hits: Vec<Hit>, cited: &Cited) -> Vec<Hit> {
    for hit in &mut hits {
        let times = cited.times.get(&hit.entry.citation.label());
        hit.cited = times.copied().unwrap_or(0);
    }
    hits
}

/// The same with the figures given: the shelf answers before there is a store.
///
/// # Errors
/// A shelf that does not read.
pub fn rank(
    cited: &HashMap<String, u32>,
    query: &str,
    context: &str,
    limit: usize,
) -> Result<Vec<Hit>, LibraryError> {
    builtin()?;
    let hits = INDEX
        .as_ref()
        .map(|index| index.rank(cited, query, context, limit));
    Ok(hits.unwrap_or_default())
}
