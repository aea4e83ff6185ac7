//! Ranking what can be cited for a query.
//!
//! A word counts by how it is found (whole, start, inside), where (label, source, synonyms, topic)
//! and what it is about (`terms`); one that no entry has is taken for a typing error or looked for
//! fuzzily, by the scores of `fuzzy-matcher`, and counts at most [`FUZZY`] points then. So what an
//! entry can reach is known before any fuzzy score is computed, and only entries that could still
//! get in are scored. Where few entries have every word, those follow that have the weightier part
//! of the query. Of equals, what is cited more often comes first, then the shorter label, then the
//! shelf's order.

use super::find::{Column, FUZZY, Found, FuzzyWords, Need, fit, literal, marks};
use super::fuzzy::{Scorer, Skim};
use super::needle::Needle;
use super::query::{Part, context_parts, parts, phrases, with_alike};
use super::row::Row;
use super::terms::{self, Kind};
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
/// With so many entries that have every word, the others are not wanted.
const ENOUGH: usize = 10;
/// What an entry must have of a query to stand without the rest, in percent by weight.
const MOST: i64 = 50;
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

/// The words of a query that must be found by their letters: without pages and chapters, which
/// are looked up, and without what costs nothing to leave out.
pub fn words_to_find(query: &str) -> String {
    let words = parts(query).into_iter().filter_map(|part| match part {
        Part::Word(word) if matches!(word.kind, Kind::Spare | Kind::Small) => None,
        Part::Word(word) => Some(word.typed.word().to_owned()),
        Part::Number { typed, .. } => Some(typed.word().to_owned()),
        Part::Chapter(_) | Part::Page(_) => None,
    });
    let words: Vec<String> = words.collect();
    words.join(" ")
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
    /// ranks the answer to an empty query. One typing error is forgiven in a word that no entry
    /// has.
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
        let mut columns = self.columns(&mut parts);
        let mut places = self.places(&parts, &columns, MOST, cited, limit);
        for relax in [leave_out_strange, look_for_all_fuzzily] {
            if places.is_empty() {
                relax(&parts, &mut columns);
                places = self.places(&parts, &columns, 0, cited, limit);
            }
        }
        let fuzzy = FuzzyWords::new(&*self.scorer, &parts, &columns);
        self.hits(places, &parts, &fuzzy, limit)
    }

    /// Looks for every part in every entry; finds the words that may be meant by unknown ones.
    fn columns(&self, parts: &mut [Part]) -> Vec<Column> {
        let columns = parts.iter_mut().map(|part| self.column(part));
        let mut columns: Vec<Column> = columns.collect();
        if columns.iter().all(Column::is_spare) {
            columns.iter_mut().for_each(|c| c.count_as(Kind::Term));
        }
        columns
    }

    fn column(&self, part: &mut Part) -> Column {
        let column = Column::new(&self.rows, part);
        let Part::Word(word) = part else {
            return column;
        };
        if column.is_known() || column.is_spare() {
            return column;
        }
        word.meant = self.meant(&word.typed);
        let is_dose = word.typed.word().contains(|c: char| c.is_ascii_digit());
        let mut column = Column::new(&self.rows, part);
        match column.is_known() {
            true => {}
            false if is_dose => column.count_as(Kind::Spare),
            false => column.need = Need::Fuzzy,
        }
        column
    }

    /// What fits the item, for an empty query: by the words of its request, rare ones more.
    fn fitting(&self, cited: &HashMap<String, u32>, context: &str, limit: usize) -> Vec<Hit> {
        let parts = context_parts(context);
        let points = fit(&self.rows, &parts).into_iter().enumerate();
        let places = points.map(|(row, points)| {
            let (points, cited, len, row) = self.place(row, points, cited);
            // Where nothing is asked for the shelf keeps its own order.
            (points, cited, if parts.is_empty() { 0 } else { len }, row)
        });
        let places = places.collect();
        let fuzzy = FuzzyWords::new(&*self.scorer, &parts, &[]);
        self.hits(places, &parts, &fuzzy, limit)
    }

    /// All entries that match, the fuzzy ones as far as the best `limit` need them.
    fn places(
        &self,
        parts: &[Part],
        columns: &[Column],
        share: i64,
        cited: &HashMap<String, u32>,
        limit: usize,
    ) -> Vec<Place> {
        let phrases = phrases(parts);
        let (mut places, mut partial, mut candidates) = (Vec::new(), Vec::new(), Vec::new());
        for (index, row) in self.rows.iter().enumerate() {
            match literal(index, row, columns, &phrases, share) {
                Some(Found {
                    points,
                    missing: 0,
                    is_partial,
                }) => {
                    let place = self.place(index, points, cited);
                    if is_partial {
                        &mut partial
                    } else {
                        &mut places
                    }
                    .push(place);
                }
                Some(Found {
                    points, missing, ..
                }) => candidates.push(Candidate {
                    row: index,
                    points,
                    bound: points + missing * FUZZY,
                }),
                None => {}
            }
        }
        if places.len() < ENOUGH {
            places.append(&mut partial);
        }
        let fuzzy = FuzzyWords::new(&*self.scorer, parts, columns);
        self.add_fuzzy(&mut places, candidates, &fuzzy, cited, limit);
        places
    }

    fn add_fuzzy(
        &self,
        places: &mut Vec<Place>,
        mut candidates: Vec<Candidate>,
        fuzzy: &FuzzyWords<'_>,
        cited: &HashMap<String, u32>,
        limit: usize,
    ) {
        candidates.sort_by_key(|c| Reverse(c.bound));
        candidates.truncate(FUZZY_ENTRIES);
        let floor = floor(places, limit);
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

    fn meant(&self, typed: &Needle) -> Vec<Needle> {
        if typed.word().chars().count() < typo::SHORTEST {
            return Vec::new();
        }
        let vocabulary = self.vocabulary().iter();
        let may_be: Vec<&String> = vocabulary
            .filter(|word| typo::may_be_near(typed.word(), word))
            .collect();
        let near = |test: fn(&str, &str) -> bool| {
            let words = may_be.iter().copied();
            words.filter(move |word| test(typed.word(), word))
        };
        let near = near(typo::is_near).chain(near(typo::is_near_start));
        near.take(MEANT_WORDS)
            .flat_map(|word| with_alike(word))
            .collect()
    }

    fn vocabulary(&self) -> &BTreeSet<String> {
        self.vocabulary.get_or_init(|| {
            let shelf = self.rows.iter().flat_map(Row::words).map(str::to_owned);
            let words = shelf.chain(terms::typed().map(str::to_owned));
            words
                .filter(|word| word.chars().count() + 1 >= typo::SHORTEST)
                .collect()
        })
    }

    fn hits(
        &self,
        mut places: Vec<Place>,
        parts: &[Part],
        fuzzy: &FuzzyWords<'_>,
        limit: usize,
    ) -> Vec<Hit> {
        if limit < places.len() {
            places.select_nth_unstable(limit);
            places.truncate(limit);
        }
        places.sort_unstable();
        places
            .into_iter()
            .filter_map(|(Reverse(score), Reverse(cited), _, row)| {
                Some(Hit {
                    entry: self.entries.get(row)?.clone(),
                    marks: marks(self.rows.get(row)?, parts, fuzzy),
                    cited,
                    score,
                })
            })
            .collect()
    }
}

/// Leaves out at a price what no entry has and what is a word: where the vowels are left out, it is
/// an abbreviation and must be found.
fn leave_out_strange(parts: &[Part], columns: &mut [Column]) {
    let is_word = |word: &str| {
        let vowels = word.chars().filter(|c| "aeiouy".contains(*c)).count();
        let letters = word.chars().count();
        letters + 1 >= typo::SHORTEST && vowels * 4 >= letters
    };
    for (part, column) in parts.iter().zip(columns) {
        if let Part::Word(word) = part
            && column.need == Need::Fuzzy
            && is_word(word.typed.word())
        {
            column.count_as(word.kind);
        }
    }
}

/// Letters of an abbreviation may also be the start of some other word.
fn look_for_all_fuzzily(parts: &[Part], columns: &mut [Column]) {
    for (part, column) in parts.iter().zip(columns) {
        if matches!(part, Part::Word(_)) {
            column.need = Need::Fuzzy;
        }
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
