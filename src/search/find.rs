//! How well a query is found in one entry, and which letters of its label to mark.

use super::fold::Folded;
use super::fuzzy::{LINE_CAP, Scorer, head};
use super::needle::{Needle, is_scattered_in};
use super::query::Part;
use super::row::{Row, best_place};
use super::typo;
use std::ops::Range;

/// Most points for a word that is found fuzzily.
pub const FUZZY: i64 = 280;
/// The least part of its best possible score that a fuzzy find must reach, in percent.
const FUZZY_LEAST: i64 = 60;
/// The same for words of up to four letters, whose letters lie about everywhere.
const FUZZY_LEAST_SHORT: i64 = 74;
/// What a fuzzy find among the synonyms is worth, in percent.
const FUZZY_SYNONYM: i64 = 80;
/// What a find counts of what guidelines write for the word typed, in percent.
const ALIKE: i64 = 90;
/// What a find counts for a word that was meant but not typed, in percent.
const MEANT: i64 = 60;
/// Points for a page or a chapter.
const NUMBER: i64 = 900;
/// Points when two words follow each other in the entry as in the query, in percent of the find.
const PHRASE: i64 = 15;

/// What the literal look found.
pub struct Found {
    /// Points of the words found.
    pub points: i64,
    /// How many words are still to be found fuzzily.
    pub missing: i64,
}

/// Looks for every part letter by letter; `None` if a page or chapter is wrong.
pub fn literal(row: &Row, parts: &[Part], phrases: &[Needle]) -> Option<Found> {
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
pub struct FuzzyWords<'s> {
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
    /// Makes the words of a query ready.
    pub fn new(scorer: &'s dyn Scorer, parts: &'s [Part]) -> Self {
        let words = parts.iter().filter_map(|part| FuzzyWord::new(scorer, part));
        Self {
            words: words.collect(),
            scorer,
        }
    }

    /// Points for all words that are in the row fuzzily only; `None` if one is not.
    pub fn points(&self, row: &Row) -> Option<i64> {
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
pub fn marks(row: &Row, parts: &[Part], fuzzy: &FuzzyWords<'_>) -> Vec<Range<usize>> {
    let line = row.folded_label();
    let found = parts
        .iter()
        .flat_map(|part| match literal_place(line, part) {
            Some(at) => characters(line, at).collect(),
            // A word found among the synonyms says nothing about letters of the label.
            None if part_points(row, part) != Some(None) => Vec::new(),
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
