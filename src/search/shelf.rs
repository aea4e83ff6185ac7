//! Ranking what can be cited for a query.
//!
//! Every part of the query is required. A word counts by how it is found (whole, start, inside)
//! and where (label, source, synonyms, topic); a word that is nowhere letter by letter is looked
//! for fuzzily, by the scores of `fuzzy-matcher`, always below what is found literally. Of
//! equals, what is cited more often comes first, then the shorter label, then the shelf's order.
//! That is why fuzzy scores need to be computed only for entries that could still get in.

use super::fold::{Folded, fold};
use super::fuzzy::{LINE_CAP, Scorer, Skim, head};
use super::query::{Part, needed, parts, with_alike};
use super::row::{Row, best_place};
use super::typo;
use crate::model::{Hit, ShelfEntry};
use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
    ops::Range,
    sync::Arc,
};

/// Most points for a word that is found fuzzily.
const FUZZY: i64 = 280;
/// The least part of its best possible score that a fuzzy find must reach, in percent.
const FUZZY_LEAST: i64 = 60;
/// What a fuzzy find among the synonyms is worth, in percent.
const FUZZY_SYNONYM: i64 = 80;
/// Most entries scored fuzzily for one query.
const FUZZY_ENTRIES: usize = 2000;
/// What a find counts of what guidelines write for the word typed, in percent.
const ALIKE: i64 = 90;
/// What a find counts for a word that was meant but not typed, in percent.
const MEANT: i64 = 60;
/// Most words that can be meant by one with a typing error.
const MEANT_WORDS: usize = 8;
/// Points for a page or a chapter.
const NUMBER: i64 = 900;
/// Points when two words follow each other in the entry as in the query, in percent of the find.
const PHRASE: i64 = 15;

/// Entries made ready for searching: make it once, ask it at every key, from any thread.
pub struct ShelfIndex<'a> {
    entries: Cow<'a, [ShelfEntry]>,
    rows: Vec<Row>,
    /// Every word of the shelf that is long enough to be mistyped.
    vocabulary: Vec<String>,
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
        let rows: Vec<Row> = entries.iter().map(Row::new).collect();
        let vocabulary: BTreeSet<&str> = rows
            .iter()
            .flat_map(Row::words)
            .filter(|word| word.chars().count() + 1 >= typo::SHORTEST)
            .collect();
        Self {
            vocabulary: vocabulary.into_iter().map(str::to_owned).collect(),
            entries,
            rows,
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
            let found: Vec<Option<i64>> = self.rows.iter().map(|row| row.points(word)).collect();
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
        let parts: Vec<Part> = words.into_iter().map(Part::of_word).collect();
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
        let fuzzy = FuzzyWords::new(&*self.scorer, parts);
        for candidate in candidates {
            let Some(row) = self.rows.get(candidate.row) else {
                continue;
            };
            // Literal finds were counted in full, so their number bounds the rank already.
            let better = places
                .iter()
                .filter(|place| place.0.0 >= candidate.bound)
                .count();
            if better >= limit {
                return;
            }
            if let Some(points) = fuzzy.points(row) {
                places.push(self.place(candidate.row, candidate.points + points, cited));
            }
        }
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
            if let Part::Word { word, meant, .. } = part {
                *meant = self.meant(word);
                any |= !meant.is_empty();
            }
        }
        any
    }

    fn meant(&self, typed: &str) -> Vec<String> {
        if typed.chars().count() < typo::SHORTEST
            || self.rows.iter().any(|r| r.points(typed).is_some())
        {
            return Vec::new();
        }
        let near = |test: fn(&str, &str) -> bool| {
            self.vocabulary.iter().filter(move |word| test(typed, word))
        };
        let mut meant: Vec<String> = near(typo::is_near)
            .chain(near(typo::is_near_start))
            .cloned()
            .collect();
        meant.truncate(MEANT_WORDS);
        meant
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

/// What the literal look found.
struct Found {
    points: i64,
    /// How many words are still to be found fuzzily.
    missing: i64,
}

/// Looks for every part letter by letter; `None` if a page or chapter is wrong.
fn literal(row: &Row, parts: &[Part], phrases: &[String]) -> Option<Found> {
    let mut found = Found {
        points: 0,
        missing: 0,
    };
    for part in parts {
        match part_points(row, part)? {
            Some(points) => found.points += points,
            None => found.missing += 1,
        }
    }
    if found.missing == 0 {
        let together = phrases.iter().filter_map(|phrase| row.points(phrase));
        found.points += together.map(|points| points * PHRASE / 100).sum::<i64>();
    }
    Some(found)
}

/// The words of the query that follow each other, in pairs.
fn phrases(parts: &[Part]) -> Vec<String> {
    let pairs = parts.windows(2).filter_map(|pair| match pair {
        [Part::Word { word: a, .. }, Part::Word { word: b, .. }] => Some(format!("{a} {b}")),
        _ => None,
    });
    pairs.collect()
}

/// `None`: this part rules the entry out; `Some(None)`: only a fuzzy look can tell.
fn part_points(row: &Row, part: &Part) -> Option<Option<i64>> {
    match part {
        Part::Chapter(chapter) => row.is_chapter(*chapter).then_some(Some(NUMBER)),
        Part::Page(page) => row.has_page(*page).then_some(Some(NUMBER)),
        Part::Number { word, value } => {
            let named = (row.has_page(*value) || row.is_chapter(*value)).then_some(NUMBER);
            named.max(row.points(word)).map(Some)
        }
        Part::Word { word, alike, meant } => Some(
            row.points(word)
                .max(best_of(row, alike, ALIKE))
                .max(best_of(row, meant, MEANT)),
        ),
    }
}

/// The best find of these words, counted at `percent`.
fn best_of(row: &Row, words: &[impl AsRef<str>], percent: i64) -> Option<i64> {
    let found = words
        .iter()
        .filter_map(|word| row.points(word.as_ref()))
        .max();
    found.map(|points| points * percent / 100)
}

/// The words of a query with the scores they would have in themselves.
struct FuzzyWords<'s> {
    scorer: &'s dyn Scorer,
    words: Vec<(&'s str, i64)>,
}

impl<'s> FuzzyWords<'s> {
    fn new(scorer: &'s dyn Scorer, parts: &'s [Part]) -> Self {
        let words = parts.iter().filter_map(|part| match part {
            Part::Word { word, meant, .. } if meant.is_empty() => {
                Some((word.as_str(), scorer.score(word, word)?.max(1)))
            }
            _ => None,
        });
        Self {
            words: words.collect(),
            scorer,
        }
    }

    /// Points for all words that are in the row fuzzily only; `None` if one is not.
    fn points(&self, row: &Row) -> Option<i64> {
        self.words
            .iter()
            .filter(|(word, _)| row.points(word).is_none())
            .map(|(word, best)| {
                let name = self.share(row.name(), word, *best);
                let synonym = self
                    .share(row.synonyms(), word, *best)
                    .map(|s| s * FUZZY_SYNONYM / 100);
                Some(name.max(synonym)? * FUZZY / 100)
            })
            .sum()
    }

    /// The score as a percentage of the best possible, if it is high enough to mean anything.
    fn share(&self, line: &str, word: &str, best: i64) -> Option<i64> {
        let share = (self.scorer.score(line, word)? * 100 / best).min(100);
        (share >= FUZZY_LEAST).then_some(share)
    }

    /// The characters of a line that a word matched well enough.
    fn characters(&self, line: &str, word: &str) -> Option<Vec<usize>> {
        let (_, best) = self.words.iter().find(|(w, _)| *w == word)?;
        self.share(line, word, *best)?;
        self.scorer.places(line, word)
    }
}

/// Ranges of the label that the query found.
fn marks(row: &Row, parts: &[Part], fuzzy: &FuzzyWords<'_>) -> Vec<Range<usize>> {
    let line = row.folded_label();
    let mut found = Vec::new();
    for part in parts {
        let (word, alike, meant): (&str, &[&str], &[String]) = match part {
            Part::Word { word, alike, meant } => (word, alike, meant),
            Part::Number { word, .. } => (word, &[], &[]),
            Part::Chapter(_) | Part::Page(_) => continue,
        };
        let literal = std::iter::once(word)
            .chain(alike.iter().copied())
            .chain(meant.iter().map(String::as_str))
            .find_map(|word| best_place(line, word));
        match literal {
            Some(at) => found.extend(characters(line, at)),
            None => found.extend(fuzzy.characters(line, word).unwrap_or_default()),
        }
    }
    Folded::new(head(&row.label, LINE_CAP)).marks(found)
}

/// Bytes of a line as characters of it.
fn characters(line: &str, bytes: Range<usize>) -> Range<usize> {
    let count = |end: usize| line.get(..end).unwrap_or_default().chars().count();
    count(bytes.start)..count(bytes.end)
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
