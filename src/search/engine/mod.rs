//! Many lines, searched at every key: the best of a hundred thousand names and more.
//!
//! A line matches if every word of the query is in it, its letters in order; what it is worth is
//! the sum of the words' scores by `fuzzy-matcher`. Scoring every line is what costs, so it is not
//! done:
//!
//! 1. Lines are rows of pieces ([`lexicon`]). A word of the query is scored once for each
//!    different piece that has its letters ([`term`]), and a line gets the best of its pieces.
//! 2. Only where too few lines have every word at the start of one of their own, words are looked
//!    for that lie scattered over several pieces ([`scatter`]): by the set of letters of a line,
//!    then by a table, then by a score that comes near; the best few hundred are scored in full.
//! 3. A query that continues the last one looks at the lines that one found. Both processors work.
//!
//! The engine keeps no line as it was: marks are made of the line that is shown, by [`marks`].

mod best;
mod cancel;
mod letter;
mod lexicon;
mod lines;
mod narrow;
mod pool;
mod scatter;
mod term;

pub use cancel::Cancel;

use super::fuzzy::{Matcher, Scorer, Skim, words};
use best::{Best, Place};
use lexicon::Lexicon;
use lines::{Lines, LinesReader};
use narrow::{Found, Narrow};
use pool::Pool;
use scatter::Scatter;
use std::ops::Range;
use std::sync::Arc;
use term::Term;

/// Lines scored in full where words lie scattered, for each one wanted, and besides.
const FULL: (usize, usize) = (4, 200);
/// Fewer lines than so many are not worth a second thread, where each costs little ...
const MANY: usize = 20_000;
/// ... where only its letters are looked at ...
const VERY_MANY: usize = 300_000;
/// ... and where it is scored in full.
const FEW: usize = 250;

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked {
    /// The line's number, from 0, as the engine was given them.
    pub line: usize,
    /// By `fuzzy-matcher`; higher is better.
    pub score: i64,
}

/// Lines made ready for searching: make it once, ask it at every key, from any thread.
pub struct Engine {
    lexicon: Lexicon,
    lines: Lines,
    scorer: Arc<dyn Scorer>,
    narrow: Narrow,
}

/// Lines on their way into an engine.
#[derive(Default)]
pub struct EngineReader(LinesReader);

impl EngineReader {
    /// Takes the next line.
    pub fn read(&mut self, line: &str) {
        self.0.read(line);
    }

    /// The lines, made ready.
    pub fn done(self) -> Engine {
        let (lines, lexicon) = self.0.done();
        Engine {
            lexicon,
            lines,
            scorer: Arc::new(Skim::of_written()),
            narrow: Narrow::default(),
        }
    }
}

/// What one thread found.
struct Sweep {
    best: Best,
    found: Vec<u32>,
    /// How many have every word at the start of one of their own.
    starting: usize,
}

impl Engine {
    /// Makes lines ready.
    pub fn new<L: AsRef<str>>(lines: impl IntoIterator<Item = L>) -> Self {
        let mut reader = Self::reader();
        lines
            .into_iter()
            .for_each(|line| reader.read(line.as_ref()));
        reader.done()
    }

    /// Takes lines one by one, where they are not all at hand.
    pub fn reader() -> EngineReader {
        EngineReader::default()
    }

    /// The same with another scorer: it is given lines in their own case, without accents.
    #[must_use]
    pub fn with_scorer(mut self, scorer: Arc<dyn Scorer>) -> Self {
        self.scorer = scorer;
        self
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Is there no line?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The best `limit` lines, best first; of equals the shorter, then the earlier one. An empty
    /// query finds the first lines. `None` where the search was called off.
    pub fn search(&self, query: &str, limit: usize, cancel: &Cancel) -> Option<Vec<Ranked>> {
        let words = words(query);
        if words.is_empty() {
            let first = (0..self.len()).take(limit);
            return Some(first.map(|line| Ranked { line, score: 0 }).collect());
        }
        let query = words.join(" ");
        let last = self.narrow.last(&query);
        let terms = self.terms(&words, &last, cancel)?;
        let whole = self.whole(&terms, self.pool(last.whole.as_deref()), limit, cancel)?;
        let mut found = Found {
            query,
            whole: self.worth_keeping(whole.found),
            anywhere: last.anywhere,
            terms,
        };
        let places = if whole.starting >= limit {
            whole.best.done()
        } else {
            let pool = self.pool(found.anywhere.as_deref());
            let (best, lines) = self.anywhere(&found.terms, pool, limit, cancel)?;
            found.anywhere = self.worth_keeping(lines);
            best
        };
        self.narrow.keep(found);
        let ranked = places.into_iter().take(limit).map(|place| Ranked {
            line: place.line as usize,
            score: i64::from(place.score),
        });
        Some(ranked.collect())
    }

    fn pool<'a>(&self, lines: Option<&'a Vec<u32>>) -> Pool<'a> {
        let all = || Pool::All(0..u32::try_from(self.len()).unwrap_or(u32::MAX));
        lines.map_or_else(all, |lines| Pool::These(lines))
    }

    /// Most of the lines are no narrower than all.
    fn worth_keeping(&self, lines: Vec<u32>) -> Option<Arc<Vec<u32>>> {
        (lines.len() <= self.len() / 2).then(|| Arc::new(lines))
    }

    /// The words of a query, the rarest first: most lines fall out by it.
    fn terms(&self, words: &[String], last: &Found, cancel: &Cancel) -> Option<Vec<Arc<Term>>> {
        let term = |word: &String| {
            if let Some(term) = last.term(word) {
                return Some(Arc::clone(term));
            }
            let shorter = last.shorter(word);
            Term::new(&self.lexicon, &*self.scorer, word, shorter, cancel).map(Arc::new)
        };
        let terms: Option<Vec<Arc<Term>>> = words.iter().map(term).collect();
        let mut terms = terms?;
        terms.sort_by_key(|term| term.places());
        Some(terms)
    }

    /// The lines that have each word within one of their pieces.
    fn whole(
        &self,
        terms: &[Arc<Term>],
        pool: Pool<'_>,
        limit: usize,
        cancel: &Cancel,
    ) -> Option<Sweep> {
        let halves = pool.halves(
            MANY,
            cancel,
            || Sweep::new(limit),
            |sweep, line| {
                let pieces = self.lines.pieces(line as usize);
                let (mut score, mut starts) = (0, true);
                for term in terms {
                    let Some((worth, is_start)) = term.within(pieces) else {
                        return;
                    };
                    score += worth;
                    starts &= is_start;
                }
                sweep.starting += usize::from(starts);
                sweep.push(self.place(line, score));
            },
        )?;
        Some(Sweep::of(halves, limit))
    }

    /// The best lines that have each word, its letters wherever they are, and all such lines.
    fn anywhere(
        &self,
        terms: &[Arc<Term>],
        pool: Pool<'_>,
        limit: usize,
        cancel: &Cancel,
    ) -> Option<(Vec<Place>, Vec<u32>)> {
        let lines = self.with_letters(terms, pool, cancel)?;
        let scatters = self.scatters(terms, &lines, cancel)?;
        let most = limit.saturating_mul(FULL.0).saturating_add(FULL.1);
        let pool = Pool::These(&lines);
        let halves = pool.halves(
            MANY,
            cancel,
            || Sweep::new(most),
            |sweep, line| {
                let pieces = self.lines.pieces(line as usize);
                let about = terms
                    .iter()
                    .zip(&scatters)
                    .map(|(term, scatter)| self.about(term, scatter.as_ref(), pieces));
                if let Some(score) = about.sum::<Option<i32>>() {
                    sweep.push(self.place(line, score));
                }
            },
        )?;
        let sweep = Sweep::of(halves, most);
        let near: Vec<u32> = sweep.best.done().iter().map(|place| place.line).collect();
        let best = self.in_full(terms, &near, limit, cancel)?;
        Some((best, sweep.found))
    }

    /// The lines that have every letter of the query.
    fn with_letters(
        &self,
        terms: &[Arc<Term>],
        pool: Pool<'_>,
        cancel: &Cancel,
    ) -> Option<Vec<u32>> {
        let letters = terms
            .iter()
            .fold(0, |letters, term| letters | term.letters());
        let halves = pool.halves(VERY_MANY, cancel, Vec::new, |found, line| {
            if letters & !self.lines.letters(line as usize) == 0 {
                found.push(line);
            }
        })?;
        Some(halves.concat())
    }

    /// How the words may lie in these lines; nothing for a single letter, which lies in one piece.
    fn scatters(
        &self,
        terms: &[Arc<Term>],
        lines: &[u32],
        cancel: &Cancel,
    ) -> Option<Vec<Option<Scatter>>> {
        let pieces = self.pieces_of(lines);
        let scatter = |term: &Arc<Term>| {
            if term.letters().count_ones() < 2 && term.word().len() < 2 {
                return Some(None);
            }
            let has = |piece: &&u32| self.lexicon.letters(**piece as usize) & term.letters() != 0;
            let pieces: Vec<u32> = pieces.iter().filter(has).copied().collect();
            Scatter::new(&self.lexicon, term.word(), &pieces, cancel).map(Some)
        };
        terms.iter().map(scatter).collect()
    }

    /// The pieces that these lines are made of; all where the lines are many.
    fn pieces_of(&self, lines: &[u32]) -> Vec<u32> {
        let all = 0..u32::try_from(self.lexicon.len()).unwrap_or(u32::MAX);
        if lines.len() > self.lexicon.len() / 4 {
            return all.collect();
        }
        let mut is_there = vec![false; self.lexicon.len()];
        for piece in lines
            .iter()
            .flat_map(|line| self.lines.pieces(*line as usize))
        {
            if let Some(there) = is_there.get_mut(*piece as usize) {
                *there = true;
            }
        }
        let there = all.zip(is_there).filter(|(_, is_there)| *is_there);
        there.map(|(piece, _)| piece).collect()
    }

    /// About what a word scores in a line; `None` if it has not all its letters in order.
    fn about(&self, term: &Term, scatter: Option<&Scatter>, pieces: &[u32]) -> Option<i32> {
        if let Some((worth, _)) = term.within(pieces) {
            return Some(worth);
        }
        let scatter = scatter.filter(|scatter| scatter.is_in(pieces))?;
        Some(scatter.about(&self.lexicon, pieces))
    }

    /// The best of these lines, scored as they are written.
    fn in_full(
        &self,
        terms: &[Arc<Term>],
        lines: &[u32],
        limit: usize,
        cancel: &Cancel,
    ) -> Option<Vec<Place>> {
        let make = || (Best::new(limit), String::new());
        let halves = Pool::These(lines).halves(FEW, cancel, make, |(best, text), line| {
            text.clear();
            let pieces = self.lines.pieces(line as usize).iter();
            pieces.for_each(|piece| text.push_str(self.lexicon.written(*piece as usize)));
            let score = terms
                .iter()
                .map(|term| self.scorer.score(text, term.word()));
            if let Some(score) = score.sum::<Option<i64>>() {
                best.push(self.place(line, i32::try_from(score).unwrap_or(0)));
            }
        })?;
        let mut best = Best::new(limit);
        halves.into_iter().for_each(|(half, _)| best.absorb(half));
        Some(best.done())
    }

    fn place(&self, line: u32, score: i32) -> Place {
        Place {
            score,
            width: self.lines.width(line as usize),
            line,
        }
    }
}

impl Sweep {
    fn new(most: usize) -> Self {
        Self {
            best: Best::new(most),
            found: Vec::new(),
            starting: 0,
        }
    }

    fn push(&mut self, place: Place) {
        self.found.push(place.line);
        self.best.push(place);
    }

    fn of(halves: Vec<Self>, most: usize) -> Self {
        let mut all = Self::new(most);
        for half in halves {
            all.best.absorb(half.best);
            all.found.extend(half.found);
            all.starting += half.starting;
        }
        all
    }
}

/// The letters of a line that a query matched: ascending byte ranges on grapheme borders.
pub fn marks(query: &str, line: &str) -> Vec<Range<usize>> {
    Matcher::new(query).marks(line)
}

#[cfg(test)]
mod tests;
