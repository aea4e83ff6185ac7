//! Citation lists of the reviewer's own: brought in, and searched beside the built-in shelf.
//!
//! A list may have a hundred thousand entries and more. The engine finds the best of them by their
//! labels, and only those are read and put in order with the shelf's: what an entry is worth is
//! the same wherever it stands.

use super::LibraryError;
use super::adding::Given;
use crate::intake::citation_list::ListFile;
use crate::model::text::clean_line;
use crate::model::{Citation, CitationList, Hit, Listed, Rank, ShelfEntry};
use crate::search::engine::{Cancel, Engine, marks};
use crate::search::shelf::{ShelfIndex, words_to_find};
use crate::store::{ListsStamp, Store};
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// Entries that the engine brings to be put in order, besides those that are shown.
const CANDIDATES: usize = 20;
/// Longest key, in letters.
const KEY: usize = 100;

/// Takes a list in; one of the same name is replaced.
///
/// # Errors
/// No name, an entry that cites nothing or has no rank, or what the store gives.
pub fn add_list(
    store: &mut Store,
    file: &ListFile,
    given: &Given,
    now: Timestamp,
) -> Result<CitationList, LibraryError> {
    let name = given.name.as_deref().map(clean_line);
    let name = name.filter(|name| !name.is_empty());
    let name = name.ok_or(LibraryError::Unsaid("a name", "--name"))?;
    for listed in &file.entries {
        entry(&name, listed, listed.rank.or(given.rank))?;
    }
    let list = CitationList {
        key: key(&name),
        name,
        rank: given.rank,
        licence: given.licence.as_deref().map(clean_line).unwrap_or_default(),
        entries: u32::try_from(file.entries.len()).unwrap_or(u32::MAX),
    };
    store.add_list(&list, &file.entries, &file.digest, now)?;
    Ok(list)
}

/// The lists, by name.
///
/// # Errors
/// What the store gives.
pub fn lists(store: &Store) -> Result<Vec<CitationList>, LibraryError> {
    Ok(store.lists()?)
}

/// Takes out the list of this key or name; its key, if there was one.
///
/// # Errors
/// What the store gives.
pub fn remove_list(store: &mut Store, named: &str) -> Result<Option<String>, LibraryError> {
    let lists = store.lists()?;
    let Some(list) = lists
        .into_iter()
        .find(|l| l.key == named || l.name == named)
    else {
        return Ok(None);
    };
    store.remove_list(&list.key)?;
    Ok(Some(list.key))
}

/// What the entry with this key cites.
///
/// # Errors
/// What the store gives.
pub fn listed_citation(store: &Store, key: &str) -> Result<Option<Citation>, LibraryError> {
    let Some((key, listed, rank)) = store.listed_by_key(key)? else {
        return Ok(None);
    };
    Ok(Some(entry(&key, &listed, rank)?.citation))
}

/// An entry as it is put in order: its citation is what the list says, not yet what is read from
/// its text.
fn candidate(key: String, listed: Listed, rank: Option<Rank>) -> ShelfEntry {
    let citation = Citation {
        text: listed.text(),
        source: listed.source,
        chapter: listed.chapter,
        title: Some(listed.title.clone()),
        section: listed.section.clone(),
        pages: listed.pages.clone(),
        year: listed.year,
        mtus: listed.is_mtus(),
        rank: None,
    };
    ShelfEntry {
        key,
        citation,
        chapter: listed.chapter,
        pages: listed.pages,
        // Who gave none is of the MTUS: anything else was refused when it came in.
        rank: rank.unwrap_or(Rank::A),
        topic: listed.topic,
        synonyms: listed.synonyms,
        is_unverified: false,
        effective: None,
    }
}

/// An entry as the shelf has them. What says no rank is of the MTUS, or is refused.
fn entry(key: &str, listed: &Listed, rank: Option<Rank>) -> Result<ShelfEntry, LibraryError> {
    let bad = |what| LibraryError::BadEntry {
        key: format!("{key}, {}", listed.title),
        what,
    };
    let citation = Citation::parse(listed.is_mtus(), &listed.text()).ok_or_else(|| bad("title"))?;
    let rank = rank.or(listed.is_mtus().then_some(Rank::A));
    Ok(ShelfEntry {
        key: key.to_owned(),
        citation,
        chapter: listed.chapter,
        pages: listed.pages.clone(),
        rank: rank.ok_or(LibraryError::Unsaid("a rank", "--rank"))?,
        topic: listed.topic.clone(),
        synonyms: listed.synonyms.clone(),
        is_unverified: false,
        effective: None,
    })
}

fn key(name: &str) -> String {
    let word = |c: char| {
        if c.is_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let key: String = name.chars().take(KEY).map(word).collect();
    let words: Vec<&str> = key.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// The lists of one store in memory, made ready when they are first searched.
#[derive(Default)]
pub struct Lists {
    ready: Option<Ready>,
}

struct Ready {
    stamp: ListsStamp,
    engine: Engine,
    /// The entries' numbers in the store, in the engine's order.
    ids: Vec<i64>,
}

impl Lists {
    /// The best `limit` entries for a query, best first; `None` where the search was called off.
    /// What needs no words (a page, a chapter) and an empty query find nothing here.
    ///
    /// # Errors
    /// What the store gives.
    pub fn search(
        &mut self,
        store: &Store,
        cited: &HashMap<String, u32>,
        query: &str,
        limit: usize,
        cancel: &Cancel,
    ) -> Result<Option<Vec<Hit>>, LibraryError> {
        let words = words_to_find(query);
        if words.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let Some(ready) = self.ready(store, cancel)? else {
            return Ok(None);
        };
        let Some(found) = ready.engine.search(&words, limit + CANDIDATES, cancel) else {
            return Ok(None);
        };
        let mut entries = Vec::with_capacity(found.len());
        for ranked in found {
            let id = ready.ids.get(ranked.line).copied().unwrap_or_default();
            // Gone since: the next search reads the lists anew.
            if let Some((key, listed, rank)) = store.listed(id)? {
                entries.push(candidate(key, listed, rank));
            }
        }
        Ok(Some(in_order(entries, cited, query, &words, limit)))
    }

    /// Reads the lists, unless it has them as they are.
    fn ready(&mut self, store: &Store, cancel: &Cancel) -> Result<Option<&Ready>, LibraryError> {
        let stamp = store.lists_stamp()?;
        if self.ready.as_ref().is_none_or(|ready| ready.stamp != stamp) {
            self.ready = read(store, stamp, cancel)?;
        }
        Ok(self.ready.as_ref())
    }
}

fn read(store: &Store, stamp: ListsStamp, cancel: &Cancel) -> Result<Option<Ready>, LibraryError> {
    let (mut ids, mut lines) = (Vec::new(), Engine::reader());
    store.each_listed(|id, entry| {
        if let Ok(listed) = serde_json::from_str::<Listed>(entry) {
            ids.push(id);
            lines.read(&listed.label());
        }
        !cancel.is_cancelled()
    })?;
    let ready = || Ready {
        stamp,
        engine: lines.done(),
        ids,
    };
    Ok((!cancel.is_cancelled()).then(ready))
}

/// As the shelf orders them; behind these what only the letters of the label find.
fn in_order(
    entries: Vec<ShelfEntry>,
    cited: &HashMap<String, u32>,
    query: &str,
    words: &str,
    limit: usize,
) -> Vec<Hit> {
    let index = ShelfIndex::new(&entries);
    let mut hits = index.rank(cited, query, "", limit);
    let is_filtered = query.split_whitespace().count() != words.split_whitespace().count();
    if hits.len() < limit && !is_filtered {
        let has: HashSet<String> = hits.iter().map(|hit| hit.entry.key.clone()).collect();
        let lacking = entries.iter().filter(|entry| !has.contains(&entry.key));
        let more = lacking.take(limit - hits.len()).map(|entry| {
            let label = entry.citation.label();
            Hit {
                marks: marks(words, &label),
                cited: cited.get(&label).copied().unwrap_or(0),
                score: 0,
                entry: entry.clone(),
            }
        });
        hits.extend(more.collect::<Vec<_>>());
    }
    hits
}

/// The best of both, best first: by score, then what is cited more, then what came first. Of the
/// lists' own, what is shown is read as a letter's reader will read it.
pub fn merged(shelf: Vec<Hit>, lists: Vec<Hit>, limit: usize) -> Vec<Hit> {
    let mut all: Vec<(Hit, bool)> = shelf.into_iter().map(|hit| (hit, false)).collect();
    all.extend(lists.into_iter().map(|hit| (hit, true)));
    all.sort_by_key(|(hit, _)| (Reverse(hit.score), Reverse(hit.cited)));
    all.truncate(limit);
    all.into_iter()
        .map(|(hit, is_listed)| if is_listed { as_read(hit) } else { hit })
        .collect()
}

fn as_read(mut hit: Hit) -> Hit {
    let citation = &hit.entry.citation;
    if let Some(read) = Citation::parse(citation.mtus, &citation.text) {
        if read.label() != citation.label() {
            hit.marks.clear();
        }
        hit.entry.citation = read;
    }
    hit
}

#[cfg(test)]
mod tests {
    use super::super::search_with;
    use super::*;
    use crate::intake::citation_list;
    use crate::store::Kind;

    const LINES: &str = r#"{"source":"mtus","title":"Zebra Complaints","year":2021,"section":"Cervical CT of stripes","pages":[[179,180]]}
{"source":"odg","title":"Zebra","section":"Opioid weaning of stripes"}
{"source":"other","title":"Lald P. Striped knees. Zebra Q 3:1-9","year":2019,"rank":"C"}
"#;

    fn given(rank: Option<Rank>) -> Given {
        Given {
            name: Some("My  List!".to_owned()),
            rank,
            ..Given::default()
        }
    }

    fn add(
        store: &mut Store,
        lines: &str,
        rank: Option<Rank>,
    ) -> Result<CitationList, LibraryError> {
        let file = citation_list::read(lines.as_bytes()).unwrap().unwrap();
        add_list(store, &file, &given(rank), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_list_is_searched_beside_the_shelf_replaced_and_taken_out() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("imr.db"), Kind::Test).unwrap();
        let refused = add(&mut store, LINES, None);
        assert!(matches!(refused, Err(LibraryError::Unsaid(_, "--rank"))));
        let list = add(&mut store, LINES, Some(Rank::B)).unwrap();
        assert_eq!((list.key.as_str(), list.entries), ("my-list", 3));
        let mut memory = Lists::default();
        let mut keys = |store: &Store, query: &str| -> Vec<String> {
            let found = search_with(&mut memory, store, query, "", 5, &Cancel::default());
            let hits = found.unwrap().unwrap().into_iter();
            hits.map(|hit| hit.entry.key).collect()
        };
        for (query, first) in [
            ("zebra crvcl", "my-list:1"),
            ("zebra ct 179", "my-list:1"),
            ("zebraopiwean", "my-list:2"),
            ("zebra p:180", "my-list:1"),
        ] {
            let found = keys(&store, query);
            assert!(
                found.first().is_some_and(|key| key == first),
                "{query}: {found:?}"
            );
        }
        assert!(keys(&store, "opioids criteria")[0].contains("opioids-criteria"));
        let cited = listed_citation(&store, "my-list:2").unwrap().unwrap();
        assert_eq!(
            cited.label(),
            "Official Disability Guidelines (ODG), Zebra Chapter: Opioid weaning of stripes"
        );
        assert_eq!(listed_citation(&store, "my-list:9").unwrap(), None);
        let other = r#"{"source":"mtus","title":"Quagga Complaints"}"#;
        add(&mut store, other, None).unwrap();
        assert!(
            keys(&store, "zebra crvcl")
                .iter()
                .all(|key| !key.starts_with("my-list"))
        );
        assert_eq!(keys(&store, "quagga"), ["my-list:1"]);
        assert_eq!(remove_list(&mut store, "My  List!").unwrap(), None);
        assert_eq!(
            remove_list(&mut store, "my-list").unwrap().as_deref(),
            Some("my-list")
        );
        assert!(keys(&store, "quagga").is_empty() && lists(&store).unwrap().is_empty());
        assert!(store.verify(None).problems.is_empty());
    }
}
