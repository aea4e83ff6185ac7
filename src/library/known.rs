//! What is known of the guidelines that a case cites: asked of the guidelines that the reviewer
//! brought in, then of the built-in shelf, then of the citation lists. Only what is cited is looked
//! for, so that a large library costs a check no more than a small one.

use super::{LibraryError, builtin};
use crate::model::{
    CaseFile, Citation, Guideline, Known, KnownGuidelines, Listed, Lookup, PageRange, Passage,
    ShelfEntry, Source,
};
use crate::search::words::folded;
use crate::store::Store;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Passages that are looked at for a section cited.
const LOOKED_AT: usize = 64;

/// What is known of every guideline that one case cites.
#[derive(Debug, Default)]
pub struct LookedUp(HashMap<Citation, Lookup>);

impl KnownGuidelines for LookedUp {
    fn look_up(&self, citation: &Citation) -> Lookup {
        self.0.get(citation).cloned().unwrap_or(Lookup::Unknown)
    }
}

/// Looks for everything that a case cites; without a store, on the built-in shelf alone.
///
/// # Errors
/// A shelf that does not read, or what the store gives.
pub fn cited(store: Option<&Store>, file: &CaseFile) -> Result<LookedUp, LibraryError> {
    let mut known = HashMap::new();
    let editions = store.map(Store::editions).transpose()?.unwrap_or_default();
    for citation in file.draft.items.iter().flat_map(|item| &item.citations) {
        if known.contains_key(citation) || citation.is_none_applicable() {
            continue;
        }
        let found = match store {
            Some(store) => in_store(store, &editions, citation)?,
            None => on_shelf(citation)?,
        };
        known.insert(citation.clone(), found.unwrap_or_else(|| unfound(citation)));
    }
    Ok(LookedUp(known))
}

/// The chapters of the MTUS are known one by one; of anything else there is more than any library
/// has.
fn unfound(citation: &Citation) -> Lookup {
    let is_closed = citation.source == Source::Mtus && citation.title.is_some();
    if is_closed {
        Lookup::Missing
    } else {
        Lookup::Unknown
    }
}

fn in_store(
    store: &Store,
    editions: &[Guideline],
    citation: &Citation,
) -> Result<Option<Lookup>, LibraryError> {
    if let Some(own) = of_guideline(store, editions, citation)? {
        return Ok(Some(own));
    }
    match on_shelf(citation)? {
        Some(found) => Ok(Some(found)),
        None => on_list(store, citation),
    }
}

// --- guidelines brought in ---

/// The edition whose title the citation begins with; of several the longest title.
fn of_guideline(
    store: &Store,
    editions: &[Guideline],
    citation: &Citation,
) -> Result<Option<Lookup>, LibraryError> {
    let text = folded(&citation.text);
    let names = |g: &Guideline| {
        let begins = |name: &str| {
            let name = folded(name);
            let is_it = !name.is_empty() && text.starts_with(&name);
            is_it.then_some(name.len())
        };
        begins(&g.label())
            .or_else(|| begins(&g.name).filter(|_| g.year.is_none() || g.year == citation.year))
    };
    let named = editions.iter().filter_map(|g| Some((names(g)?, g)));
    let Some((length, guideline)) =
        named.max_by_key(|(length, g)| (*length, g.superseded_by.is_none()))
    else {
        return Ok(None);
    };
    let newer = guideline.superseded_by.as_ref();
    let newer = newer.and_then(|key| editions.iter().find(|g| g.key == *key));
    let mut known = Known {
        name: guideline.label(),
        effective: guideline.effective,
        newer: newer.map(|g| (g.label(), g.effective.0)),
        ..Known::default()
    };
    let rest = text.get(length..).unwrap_or_default();
    if newer.is_none() {
        place(store, &guideline.key, section(rest), &mut known)?;
    }
    Ok(Some(Lookup::Found(Box::new(known))))
}

/// The section cited, without the pages behind it.
fn section(rest: &str) -> &str {
    let rest = rest.split(", page").next().unwrap_or(rest);
    let rest = rest.split(" page(s)").next().unwrap_or(rest);
    rest.trim_matches(|c: char| !c.is_alphanumeric() && c != ')')
}

/// Is there a passage with the words of the section, and on which pages does that heading stand?
fn place(
    store: &Store,
    guideline: &str,
    section: &str,
    known: &mut Known,
) -> Result<(), LibraryError> {
    let words = section.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\""))
        .collect();
    if words.is_empty() {
        return Ok(());
    }
    let rows = store.find_passages(&words.join(" "), LOOKED_AT)?;
    let found = store.passages_at(&rows)?.into_iter().map(|(_, p)| p);
    let own: Vec<Passage> = found.filter(|p| p.guideline == guideline).collect();
    // A full look may have ended before this guideline's passages.
    if !own.is_empty() || rows.len() < LOOKED_AT {
        known.has_section = Some(!own.is_empty());
    }
    let under = |p: &&Passage| p.heading.last().is_some_and(|h| folded(h) == section);
    let pages = own
        .iter()
        .filter(under)
        .map(|p| p.printed_page()?.parse().ok());
    // Where one passage has no page, the heading may stand on any.
    let pages: Option<Vec<u32>> = pages.collect();
    let pages = pages.unwrap_or_default();
    known.pages = pages.iter().min().copied().zip(pages.iter().max().copied());
    Ok(())
}

// --- the built-in shelf ---

/// The entries of the built-in shelf by source and title, put in order once.
static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    let mut titles = Titles::new();
    for entry in builtin().unwrap_or_default() {
        let title = entry.citation.title.as_deref().map(folded);
        let key = (entry.citation.source, title.unwrap_or_default());
        titles.entry(key).or_default().push(entry);
    }
    titles
});

type Titles = HashMap<(Source, String), Vec<&'static ShelfEntry>>;

fn on_shelf(citation: &Citation) -> Result<Option<Lookup>, LibraryError> {
    builtin()?;
    let Some(title) = citation.title.as_deref().map(folded) else {
        return Ok(None);
    };
    let entries = TITLES.get(&(citation.source, title));
    Ok(entries.and_then(|entries| known_of(entries, citation)))
}

/// What entries of one title say of a citation; those of its own year, where there are any.
fn known_of(entries: &[&ShelfEntry], citation: &Citation) -> Option<Lookup> {
    let first = entries.first()?;
    let of_year = entries.iter().filter(|e| e.citation.year == citation.year);
    let of_year: Vec<&ShelfEntry> = of_year.copied().collect();
    let whole = of_year.iter().find(|e| e.citation.section.is_none());
    let cited = citation.section.as_deref().map(folded);
    let same = of_year.iter().filter(|e| {
        let own = e.citation.section.as_deref().map(folded);
        own.is_some() && own == cited && !e.is_unverified && !e.pages.is_empty()
    });
    let pages = same.map(|e| e.pages.as_slice()).next();
    let pages = pages.or_else(|| Some(whole?.pages.as_slice()));
    let known = Known {
        name: named(of_year.first().unwrap_or(first)),
        chapter: of_year.iter().find_map(|e| e.chapter),
        pages: pages.and_then(span),
        ..Known::default()
    };
    Some(Lookup::Found(Box::new(known)))
}

fn named(entry: &ShelfEntry) -> String {
    let title = entry.citation.title.clone().unwrap_or_default();
    match entry.citation.year {
        Some(year) => format!("{title} {year}"),
        None => title,
    }
}

fn span(pages: &[PageRange]) -> Option<(u32, u32)> {
    let first = pages.iter().map(|p| p.first()).min()?;
    let last = pages.iter().map(|p| p.last()).max()?;
    Some((first, last))
}

// --- the reviewer's citation lists ---

/// A title that a list has is known; what else the list says of it is not taken for the whole.
fn on_list(store: &Store, citation: &Citation) -> Result<Option<Lookup>, LibraryError> {
    let Some(title) = citation.title.as_deref() else {
        return Ok(None);
    };
    let wanted = folded(title);
    // Most entries are left by one word, unread.
    let word = title.split(|c: char| !c.is_ascii_alphanumeric());
    let word = word.max_by_key(|word| word.len()).unwrap_or_default();
    let mut found = None;
    store.each_listed(|_, entry| {
        if entry.contains(word)
            && let Ok(listed) = serde_json::from_str::<Listed>(entry)
            && folded(&listed.title) == wanted
        {
            found = Some(Known {
                name: listed.title,
                chapter: listed.chapter,
                ..Known::default()
            });
        }
        found.is_none()
    })?;
    Ok(found.map(|known| Lookup::Found(Box::new(known))))
}
