//! Guidelines come, replace older editions, and go.

use super::LibraryError;
use crate::intake::guideline::{Document, GuidelineFile};
use crate::model::text::clean_line;
use crate::model::{Guideline, Passage, Rank};
use crate::store::Store;
use jiff::Timestamp;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Longest key, in letters.
const KEY: usize = 100;

/// What the reviewer says of a file; it wins over what the file says of itself.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Name of the shelf, and of a single document.
    pub name: Option<String>,
    /// Edition.
    pub edition: Option<String>,
    /// Legal rank.
    pub rank: Option<Rank>,
    /// What the licence says.
    pub licence: Option<String>,
    /// What else a reader must be told.
    pub note: Option<String>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// Its guidelines, and the keys of those that are superseded now.
    New(Vec<Guideline>, Vec<String>),
    /// It was taken in before: the keys of what it brought.
    Unchanged(Vec<String>),
}

/// Takes a file's guidelines in, all or none. A newer edition of a shelf supersedes the older
/// one; an older edition comes in as superseded.
///
/// # Errors
/// What is not said of it (name, edition, rank), an edition that is there already, or what the
/// store gives.
pub fn add(
    store: &mut Store,
    file: GuidelineFile,
    given: &Given,
    now: Timestamp,
) -> Result<Added, LibraryError> {
    let before = store.guidelines_of_file(&file.digest)?;
    if !before.is_empty() {
        return Ok(Added::Unchanged(before));
    }
    let is_alone = file.documents.len() == 1;
    let known = store.guidelines()?;
    let mut new = Vec::new();
    for document in file.documents {
        new.push(described(document, given, is_alone)?);
    }
    let mut keys: BTreeSet<String> = known.iter().map(|g| g.key.clone()).collect();
    for (guideline, _) in &mut new {
        name_apart(guideline, &mut keys, &known)?;
    }
    let superseding = supersede(&known, &mut new);
    store.add_guidelines(&new, &superseding, &file.digest, now)?;
    let new = new.into_iter().map(|(guideline, _)| guideline).collect();
    Ok(Added::New(
        new,
        superseding.into_iter().map(|(old, _)| old).collect(),
    ))
}

/// A document with what was given for it.
fn described(
    document: Document,
    given: &Given,
    is_alone: bool,
) -> Result<(Guideline, Vec<Passage>), LibraryError> {
    let own = document.name.clone().or_else(|| document.key.clone());
    let given_name = given.name.as_deref().map(clean_line);
    let name = if is_alone {
        given_name.clone().or(own)
    } else {
        own.or(given_name.clone())
    };
    let name = name.ok_or(LibraryError::Unsaid("a name", "--name"))?;
    let year = document.year.map(|year| year.to_string());
    let edition = given
        .edition
        .as_deref()
        .map(clean_line)
        .or(document.edition)
        .or(year.clone());
    let edition = match (edition, is_alone) {
        (Some(edition), _) => edition,
        (None, false) => String::new(),
        (None, true) => return Err(LibraryError::Unsaid("an edition", "--edition")),
    };
    let rank = given
        .rank
        .or(document.rank)
        .ok_or(LibraryError::Unsaid("a legal rank", "--rank"))?;
    let licence = given
        .licence
        .as_deref()
        .map(clean_line)
        .or(document.licence);
    let note = given.note.as_deref().map(clean_line).or(document.note);
    let guideline = Guideline {
        key: key(document.key.as_deref().unwrap_or(&name), &edition),
        shelf: given_name.unwrap_or_else(|| name.clone()),
        note: note.or_else(|| draft_note(&name)),
        name,
        year: document.year.or_else(|| year_in(&edition)),
        edition,
        effective: document.effective,
        rank,
        licence: licence.unwrap_or_default(),
        superseded_by: None,
        passages: u32::try_from(document.passages.len()).unwrap_or(u32::MAX),
    };
    Ok((guideline, document.passages))
}

/// A draft says so in its title; it must be said wherever its text is shown.
fn draft_note(name: &str) -> Option<String> {
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words
        .any(|word| word.eq_ignore_ascii_case("draft"))
        .then(|| {
            "DRAFT, not the final text: look the final guideline up before you rely on it"
                .to_owned()
        })
}

/// Name and edition in kebab case, the edition once.
fn key(name: &str, edition: &str) -> String {
    let (name, edition) = (kebab(name), kebab(edition));
    let is_named = edition.is_empty() || name.split('-').any(|part| part == edition);
    let whole = if is_named {
        name
    } else {
        format!("{name}-{edition}")
    };
    let cut: String = whole.chars().take(KEY).collect();
    cut.trim_matches('-').to_owned()
}

fn kebab(text: &str) -> String {
    let folded = crate::search::fold::fold(text);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

fn year_in(edition: &str) -> Option<i16> {
    let words = edition.split(|c: char| !c.is_ascii_digit());
    let mut years = words
        .filter(|w| w.len() == 4)
        .filter_map(|w| w.parse::<i16>().ok());
    years.find(|year| (1900..2100).contains(year))
}

/// No two guidelines have one key, and one edition of a shelf's guideline comes once.
fn name_apart(
    guideline: &mut Guideline,
    keys: &mut BTreeSet<String>,
    known: &[Guideline],
) -> Result<(), LibraryError> {
    let is_there = |g: &&Guideline| {
        g.shelf == guideline.shelf && g.name == guideline.name && g.edition == guideline.edition
    };
    if let Some(there) = known.iter().find(is_there) {
        return Err(LibraryError::Edition(there.label(), there.key.clone()));
    }
    let wanted = if guideline.key.is_empty() {
        "guideline".to_owned()
    } else {
        guideline.key.clone()
    };
    let mut names = std::iter::once(wanted.clone()).chain((2..).map(|n| format!("{wanted}-{n}")));
    guideline.key = names.find(|name| !keys.contains(name)).unwrap_or(wanted);
    keys.insert(guideline.key.clone());
    Ok(())
}

/// Which of the known ones the new ones supersede: old key, new key. New ones that are older than
/// what their shelf has are marked as superseded themselves.
fn supersede(known: &[Guideline], new: &mut [(Guideline, Vec<Passage>)]) -> Vec<(String, String)> {
    let mut superseding = Vec::new();
    let fresh: Vec<Guideline> = new.iter().map(|(guideline, _)| guideline.clone()).collect();
    for old in known.iter().filter(|old| old.superseded_by.is_none()) {
        let of_shelf = |g: &&Guideline| g.shelf == old.shelf && g.edition != old.edition;
        let same_name = fresh.iter().find(|g| of_shelf(g) && g.name == old.name);
        let Some(newer) = same_name.or_else(|| fresh.iter().find(of_shelf)) else {
            continue;
        };
        if by_edition(newer, old) == Ordering::Greater {
            superseding.push((old.key.clone(), newer.key.clone()));
            continue;
        }
        for (guideline, _) in new.iter_mut().filter(|(g, _)| g.shelf == old.shelf) {
            guideline
                .superseded_by
                .get_or_insert_with(|| old.key.clone());
        }
    }
    superseding
}

/// By year where both have one, else by the numbers in the editions' names; equal counts as newer:
/// who adds an edition wants it.
fn by_edition(new: &Guideline, old: &Guideline) -> Ordering {
    let numbers = |g: &Guideline| -> Vec<u64> {
        let parts = g.edition.split(|c: char| !c.is_ascii_digit());
        parts.filter_map(|part| part.parse().ok()).collect()
    };
    let by_year = match (new.year, old.year) {
        (Some(new), Some(old)) => new.cmp(&old),
        _ => Ordering::Equal,
    };
    match by_year.then_with(|| numbers(new).cmp(&numbers(old))) {
        Ordering::Equal => Ordering::Greater,
        other => other,
    }
}

/// Takes guidelines out: one by its key, or a whole shelf by its name. What they superseded is
/// current again. Gives back the keys; none where there is no such.
///
/// # Errors
/// What the store gives.
pub fn remove(store: &mut Store, named: &str) -> Result<Vec<String>, LibraryError> {
    let known = store.guidelines()?;
    let by_key: Vec<&Guideline> = known.iter().filter(|g| g.key == named).collect();
    let going = if by_key.is_empty() {
        known.iter().filter(|g| g.shelf == named).collect()
    } else {
        by_key
    };
    let keys: Vec<String> = going.into_iter().map(|g| g.key.clone()).collect();
    let is_orphan = |g: &&Guideline| {
        !keys.contains(&g.key) && g.superseded_by.as_ref().is_some_and(|by| keys.contains(by))
    };
    let freed: Vec<String> = known
        .iter()
        .filter(is_orphan)
        .map(|g| g.key.clone())
        .collect();
    store.remove_guidelines(&keys, &freed)?;
    Ok(keys)
}

/// Makes the index of words anew; how many passages it has.
///
/// # Errors
/// What the store gives.
pub fn reindex(store: &mut Store) -> Result<u32, LibraryError> {
    Ok(store.reindex_passages()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::guideline;
    use crate::intake::pdf::{Extractor, Reader};
    use crate::library::{guidelines, passages};
    use crate::store::Kind;

    fn file(text: &str) -> GuidelineFile {
        guideline::read(
            text.as_bytes(),
            &mut Extractor::new(Reader::of("/nonexistent")),
        )
        .unwrap()
    }

    fn given(name: &str, edition: &str) -> Given {
        Given {
            name: Some(name.to_owned()),
            edition: Some(edition.to_owned()),
            rank: Some(Rank::C),
            ..Given::default()
        }
    }

    fn keys(store: &Store, query: &str) -> Vec<String> {
        let hits = passages(store, query, 5).unwrap();
        hits.into_iter().map(|hit| hit.passage.guideline).collect()
    }

    #[test]
    fn a_newer_edition_replaces_and_its_removal_brings_the_old_one_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("imr.db"), Kind::Test).unwrap();
        let now = Timestamp::UNIX_EPOCH;
        let add = |store: &mut Store, text: &str, edition: &str| {
            add(store, file(text), &given("Zebra care", edition), now)
        };
        add(&mut store, "# Zebra\n\nThe old stripes.\n", "2019").unwrap();
        assert!(matches!(
            add(&mut store, "# Zebra\n\nThe old stripes.\n", "2019"),
            Ok(Added::Unchanged(_))
        ));
        assert!(matches!(
            add(&mut store, "# Zebra\n\nOther.\n", "2019"),
            Err(LibraryError::Edition(..))
        ));
        let added = add(&mut store, "# Zebra\n\nThe new stripes.\n", "2024").unwrap();
        assert!(matches!(added, Added::New(_, old) if old == ["zebra-care-2019"]));
        add(&mut store, "# Zebra\n\nAncient stripes.\n", "2001").unwrap();
        assert_eq!(keys(&store, "stripes "), ["zebra-care-2024"]);
        let superseded = guidelines(&store)
            .unwrap()
            .into_iter()
            .filter(|g| g.superseded_by.is_some());
        assert_eq!(superseded.count(), 2);
        let old = store.passages_from("zebra-care-2019", 1, 5).unwrap();
        assert_eq!(old[0].text, "The old stripes.");
        assert_eq!(reindex(&mut store).unwrap(), 1);
        assert_eq!(remove(&mut store, "zebra-care-2024").unwrap().len(), 1);
        let mut found = keys(&store, "stripes ");
        found.sort();
        assert_eq!(found, ["zebra-care-2001", "zebra-care-2019"]);
        assert_eq!(remove(&mut store, "Zebra care").unwrap().len(), 2);
        assert!(keys(&store, "stripes ").is_empty());
        assert!(remove(&mut store, "Zebra care").unwrap().is_empty());
        assert!(store.verify(None).problems.is_empty());
    }

    #[test]
    fn drafts_are_said_to_be_drafts() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("imr.db"), Kind::Test).unwrap();
        let lines = "{\"doc\":\"a\",\"title\":\"A (DRAFT for comment)\",\"year\":2022,\"text\":\"zebra\",\"licence\":\"open\"}\n\
                     {\"doc\":\"b\",\"title\":\"B\",\"text\":\"zebra\"}\n";
        let given = Given {
            rank: Some(Rank::B),
            ..Given::default()
        };
        add(&mut store, file(lines), &given, Timestamp::UNIX_EPOCH).unwrap();
        let found = passages(&store, "zebra", 5).unwrap();
        let draft = found
            .iter()
            .find(|hit| hit.passage.guideline == "a-2022")
            .unwrap();
        assert!(
            draft
                .note
                .as_deref()
                .is_some_and(|note| note.starts_with("DRAFT"))
        );
        assert_eq!(draft.licence, "open");
    }

    #[test]
    fn what_is_not_said_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("imr.db"), Kind::Test).unwrap();
        let mut given = given("A", "1");
        given.rank = None;
        let refused = add(
            &mut store,
            file("Some text."),
            &given,
            Timestamp::UNIX_EPOCH,
        );
        assert!(matches!(refused, Err(LibraryError::Unsaid(_, "--rank"))));
        assert!(guidelines(&store).unwrap().is_empty());
    }
}
