//! Ranking what can be cited for a query.
//!
//! Every part of the query is required. A word counts by how it is found (whole, start, inside)
//! and where (label, source, synonyms, topic); a word that is nowhere letter by letter is looked
//! for fuzzily, by the scores of `fuzzy-matcher`, always below what is found literally. Of
//! equals, what is cited more often comes first, then the shorter label, then the shelf's order.
//! That is why fuzzy scores need to be computed only for entries that could still get in.

use super::fold::{Folded, fold};
use super::fuzzy::{LINE_CAP, Scorer, Skim, head};
use super::needle::{Needle, is_scattered_in};
use super::query::{Part, needed, parts, phrases, with_alike};
use super::row::{Row, best_place};
use super::typo;
use crate::model::{Hit, ShelfEntry};
use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
    ops::Range,
    sync::{Arc, OnceLock},
};

/// Most points for a word that is found fuzzily.
const FUZZY: i64 = 280;
/// The least part of its best possible score that a fuzzy find must reach, in percent.
const FUZZY_LEAST: i64 = 60;
/// The same for words of up to four letters, whose letters lie about everywhere.
const FUZZY_LEAST_SHORT: i64 = 74;
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

/// What the literal look found.
struct Found {
    points: i64,
    /// How many words are still to be found fuzzily.
    missing: i64,
}

/// Looks for every part letter by letter; `None` if a page or chapter is wrong.
fn literal(row: &Row, parts: &[Part], phrases: &[Needle]) -> Option<Found> {
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

/// `None`: this part rules the entry out; `Some(None)`: only a fuzzy look can tell.
fn part_points(row: &Row, part: &Part) -> Option<Option<i64>> {
    match part {
        Part::Chapter(chapter) => row.is_chapter(*chapter).then_some(Some(NUMBER)),
        Part::Page(page) => row.has_page(*page).then_some(Some(NUMBER)),
        Part::Number { typed, value } => {
            let named = row.has_page(*value) || row.is_chapter(*value);
            named.then_some(NUMBER).max(row.points(typed)).map(Some)
        }
        Part::Word {
            typed,
            alike,
            meant,
        } => {
            let others = best_of(row, alike, ALIKE).max(best_of(row, meant, MEANT));
            Some(row.points(typed).max(others))
        }
    }
}

/// The best find of these words, counted at `percent`.
fn best_of(row: &Row, needles: &[Needle], percent: i64) -> Option<i64> {
    let found = needles.iter().filter_map(|needle| row.points(needle)).max();
    found.map(|points| points * percent / 100)
}

/// The words of a query that may be found fuzzily.
struct FuzzyWords<'s> {
    scorer: &'s dyn Scorer,
    words: Vec<FuzzyWord<'s>>,
}

struct FuzzyWord<'s> {
    part: &'s Part,
    word: &'s str,
    /// Its score in itself: the best there is.
    best: i64,
    /// The least share of it that counts, in percent.
    least: i64,
    /// Most characters from its first letter to its last: each one between costs a point, so
    /// beyond that the score is too low.
    reach: usize,
}

impl<'s> FuzzyWord<'s> {
    fn new(scorer: &dyn Scorer, part: &'s Part) -> Option<Self> {
        let Part::Word { typed, .. } = part else {
            return None;
        };
        let word = typed.word();
        let letters = word.chars().count();
        let best = scorer.score(word, word)?.max(1);
        let least = if letters < typo::SHORTEST {
            FUZZY_LEAST_SHORT
        } else {
            FUZZY_LEAST
        };
        let slack = usize::try_from(best * (100 - least) / 100).unwrap_or(0);
        Some(Self {
            part,
            word,
            best,
            least,
            reach: letters + slack,
        })
    }
}

impl<'s> FuzzyWords<'s> {
    fn new(scorer: &'s dyn Scorer, parts: &'s [Part]) -> Self {
        let words = parts.iter().filter_map(|part| FuzzyWord::new(scorer, part));
        Self {
            words: words.collect(),
            scorer,
        }
    }

    /// Points for all words that are in the row fuzzily only; `None` if one is not.
    fn points(&self, row: &Row) -> Option<i64> {
        let missing = self
            .words
            .iter()
            .filter(|w| part_points(row, w.part) == Some(None));
        missing
            .map(|word| Some(self.word_points(row, word)? * FUZZY / 100))
            .sum()
    }

    fn word_points(&self, row: &Row, word: &FuzzyWord<'_>) -> Option<i64> {
        let name = self.share(row.name(), word);
        let synonyms = row.synonyms().filter_map(|line| self.share(line, word));
        name.max(synonyms.max().map(|share| share * FUZZY_SYNONYM / 100))
    }

    /// The score as a percentage of the best possible, if it is high enough to mean anything.
    fn share(&self, line: &str, word: &FuzzyWord<'_>) -> Option<i64> {
        if !is_scattered_in(line, word.word, word.reach) {
            return None;
        }
        let share = (self.scorer.score(line, word.word)? * 100 / word.best).min(100);
        (share >= word.least).then_some(share)
    }

    /// The characters of a line that a word matched well enough.
    fn characters(&self, line: &str, part: &Part) -> Option<Vec<usize>> {
        let word = self.words.iter().find(|w| w.part == part)?;
        self.share(line, word)?;
        self.scorer.places(line, word.word)
    }
}

/// Ranges of the label that the query found.
fn marks(row: &Row, parts: &[Part], fuzzy: &FuzzyWords<'_>) -> Vec<Range<usize>> {
    let line = row.folded_label();
    let found = parts
        .iter()
        .flat_map(|part| match literal_place(line, part) {
            Some(at) => characters(line, at).collect(),
            None => fuzzy.characters(line, part).unwrap_or_default(),
        });
    Folded::new(head(&row.label, LINE_CAP)).marks(found.collect())
}

fn literal_place(line: &str, part: &Part) -> Option<Range<usize>> {
    match part {
        Part::Word {
            typed,
            alike,
            meant,
        } => std::iter::once(typed)
            .chain(alike)
            .chain(meant)
            .find_map(|needle| best_place(line, needle)),
        Part::Number { typed, .. } => best_place(line, typed),
        Part::Chapter(_) | Part::Page(_) => None,
    }
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
