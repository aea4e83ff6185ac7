//! Ranking what can be cited for a query.
//!
//! Every part of the query is required. A word counts by how it is found (whole, start, inside)
//! and where (label, source, synonyms, topic); one that is nowhere letter by letter is looked for
//! fuzzily, by the scores of `fuzzy-matcher`, and counts at most [`FUZZY`] points. So what an
//! entry can reach is known before any fuzzy score is computed, and only entries that could still
//! get in are scored. Of equals, what is cited more often comes first, then the shorter label,
//! then the shelf's order.

use super::find::{FUZZY, Found, FuzzyWords, literal, marks};
use super::fold::fold;
use super::fuzzy::{LINE_CAP, Scorer, Skim, head};
use super::needle::Needle;
use super::query::{Part, needed, parts, phrases, with_alike};
use super::row::Row;
use super::typo;
use crate::model::{Hit, ShelfEntry};
use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
    sync::{Arc, OnceLock},
};

/// Most entries scored fuzzily for one query.
const FUZZY_ENTRIES: usize = 2000;
/// Most words that can be meant by one with a typing error.
const MEANT_WORDS: usize = 8;

/// Entries made ready for searching: make it once, ask it at every key, from any thread.
pub struct ShelfIndex<'a> {
    entries: Cow<'a, [ShelfEntry]>,
    rows: Vec<Row>,
    /// Every word of the shelf that is long enough to be mistyped.
    vocabulary: OnceLock<BTreeSet<String>>,
    scorer: Arc<dyn Scorer>,
}

/// The best `limit` of these entries for a query, best first. See [`ShelfIndex::rank`], which
/// saves the preparation when asked more than once.
pub fn rank(
    entries: &[ShelfEntry],
    cited: &HashMap<String, u32>,
    query: &str,
    context: &str,
    limit: usize,
) -> Vec<Hit> {
    ShelfIndex::new(entries).rank(cited, query, context, limit)
}

/// An entry that matched: what it is ordered by.
type Place = (Reverse<i64>, Reverse<u32>, usize, usize);

/// An entry that matches if its missing words are found fuzzily.
struct Candidate {
    row: usize,
    points: i64,
    bound: i64,
}

impl<'a> ShelfIndex<'a> {
    /// Makes borrowed entries ready.
    pub fn new(entries: &'a [ShelfEntry]) -> Self {
        Self::over(Cow::Borrowed(entries))
    }

    /// Makes entries ready and keeps them.
    pub fn owning(entries: Vec<ShelfEntry>) -> ShelfIndex<'static> {
        ShelfIndex::over(Cow::Owned(entries))
    }

    fn over(entries: Cow<'a, [ShelfEntry]>) -> Self {
        Self {
            rows: entries.iter().map(Row::new).collect(),
            entries,
            vocabulary: OnceLock::new(),
            scorer: Arc::new(Skim::default()),
        }
    }

    /// The same with another fuzzy scorer.
    #[must_use]
    pub fn with_scorer(mut self, scorer: Arc<dyn Scorer>) -> Self {
        self.scorer = scorer;
        self
    }

    /// The best `limit` entries for a query, best first.
    ///
    /// `cited` counts citations by their label; `context` is what the current item asks for and
    /// ranks the answer to an empty query. If nothing matches, one typing error a word is
    /// forgiven.
    pub fn rank(
        &self,
        cited: &HashMap<String, u32>,
        query: &str,
        context: &str,
        limit: usize,
    ) -> Vec<Hit> {
        let mut parts = parts(query);
        if parts.is_empty() {
            return self.fitting(cited, context, limit);
        }
        let mut places = self.places(&parts, cited, limit);
        if places.is_empty() && self.forgive(&mut parts) {
            places = self.places(&parts, cited, limit);
        }
        self.hits(places, &parts, limit)
    }

    /// What fits the item, for an empty query: by the words of its request, rare ones more.
    fn fitting(&self, cited: &HashMap<String, u32>, context: &str, limit: usize) -> Vec<Hit> {
        let words = context_words(context);
        let mut points = vec![0; self.rows.len()];
        for word in &words {
            let needle = Needle::new(word);
            let found: Vec<Option<i64>> = self.rows.iter().map(|row| row.points(&needle)).collect();
            let count = found.iter().flatten().count().max(1);
            let rarity = (self.rows.len() / count).max(1).ilog2() + 1;
            for (sum, found) in points.iter_mut().zip(found) {
                *sum += found.unwrap_or(0) * i64::from(rarity);
            }
        }
        let places = points
            .into_iter()
            .enumerate()
            .map(|(row, points)| self.place(row, points, cited))
            .collect();
        let parts: Vec<Part> = words.iter().map(|word| Part::of_word(word)).collect();
        self.hits(places, &parts, limit)
    }

    /// All entries with every part, the fuzzy ones as far as the best `limit` need them.
    fn places(&self, parts: &[Part], cited: &HashMap<String, u32>, limit: usize) -> Vec<Place> {
        let needed = needed(parts);
        let phrases = phrases(parts);
        let mut places = Vec::new();
        let mut candidates = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            if !row.has_letters(needed) {
                continue;
            }
            match literal(row, parts, &phrases) {
                Some(Found { points, missing: 0 }) => places.push(self.place(index, points, cited)),
                Some(Found { points, missing }) => candidates.push(Candidate {
                    row: index,
                    points,
                    bound: points + missing * FUZZY,
                }),
                None => {}
            }
        }
        self.add_fuzzy(&mut places, candidates, parts, cited, limit);
        places
    }

    fn add_fuzzy(
        &self,
        places: &mut Vec<Place>,
        mut candidates: Vec<Candidate>,
        parts: &[Part],
        cited: &HashMap<String, u32>,
        limit: usize,
    ) {
        candidates.sort_by_key(|c| Reverse(c.bound));
        candidates.truncate(FUZZY_ENTRIES);
        let floor = floor(places, limit);
        let fuzzy = FuzzyWords::new(&*self.scorer, parts);
        let could_get_in = candidates.iter().take_while(|c| c.bound >= floor);
        let found: Vec<Place> = could_get_in
            .filter_map(|c| {
                let points = fuzzy.points(self.rows.get(c.row)?)?;
                Some(self.place(c.row, c.points + points, cited))
            })
            .collect();
        places.extend(found);
    }

    fn place(&self, row: usize, points: i64, cited: &HashMap<String, u32>) -> Place {
        let (cited, len) = self.rows.get(row).map_or((0, 0), |r| {
            (cited.get(&r.label).copied().unwrap_or(0), r.len)
        });
        (Reverse(points), Reverse(cited), len, row)
    }

    /// Finds the words that may be meant; did it find any?
    fn forgive(&self, parts: &mut [Part]) -> bool {
        let mut any = false;
        for part in parts {
            if let Part::Word { typed, meant, .. } = part {
                *meant = self.meant(typed);
                any |= !meant.is_empty();
            }
        }
        any
    }

    fn meant(&self, typed: &Needle) -> Vec<Needle> {
        let is_known = || self.rows.iter().any(|row| row.points(typed).is_some());
        if typed.word().chars().count() < typo::SHORTEST || is_known() {
            return Vec::new();
        }
        let near = |test: fn(&str, &str) -> bool| {
            let words = self.vocabulary().iter();
            words.filter(move |word| test(typed.word(), word))
        };
        let near = near(typo::is_near).chain(near(typo::is_near_start));
        near.take(MEANT_WORDS)
            .flat_map(|word| with_alike(word))
            .collect()
    }

    fn vocabulary(&self) -> &BTreeSet<String> {
        self.vocabulary.get_or_init(|| {
            let words = self.rows.iter().flat_map(Row::words);
            let long = words.filter(|word| word.chars().count() + 1 >= typo::SHORTEST);
            long.map(str::to_owned).collect()
        })
    }

    fn hits(&self, mut places: Vec<Place>, parts: &[Part], limit: usize) -> Vec<Hit> {
        if limit < places.len() {
            places.select_nth_unstable(limit);
            places.truncate(limit);
        }
        places.sort_unstable();
        let fuzzy = FuzzyWords::new(&*self.scorer, parts);
        places
            .into_iter()
            .filter_map(|(Reverse(score), Reverse(cited), _, row)| {
                Some(Hit {
                    entry: self.entries.get(row)?.clone(),
                    marks: marks(self.rows.get(row)?, parts, &fuzzy),
                    cited,
                    score,
                })
            })
            .collect()
    }
}

/// The points below which nothing gets among the best `limit` of these any more.
fn floor(places: &[Place], limit: usize) -> i64 {
    let mut points: Vec<Reverse<i64>> = places.iter().map(|place| place.0).collect();
    if limit == 0 || points.len() < limit {
        return i64::MIN;
    }
    points.select_nth_unstable(limit - 1).1.0
}

/// The words of a request that say something: no numbers, no small words.
fn context_words(context: &str) -> Vec<String> {
    const SMALL: [&str; 12] = [
        "and", "for", "the", "with", "without", "per", "from", "not", "times", "week", "weeks",
        "qty",
    ];
    let mut seen = BTreeSet::new();
    fold(head(context, LINE_CAP))
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 2 && word.chars().all(char::is_alphabetic))
        .filter(|word| !SMALL.contains(word) && seen.insert(word.to_string()))
        .map(str::to_owned)
        .collect()
}
