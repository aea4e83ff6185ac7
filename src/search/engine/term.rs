//! One word of a query, looked for in every piece of the lexicon.

use super::super::fuzzy::Scorer;
use super::super::needle::letters;
use super::Cancel;
use super::letter::{Letter, START};
use super::lexicon::Lexicon;
use super::pool::Pool;

/// Fewer pieces than so many are not worth a second thread.
const MANY: usize = 8000;

/// What a word of a query is worth in each piece.
#[derive(Debug)]
pub struct Term {
    word: String,
    letters: u64,
    /// By piece: twice the score in it, and one more where the word stands at the start of one of
    /// the piece's words; 0 where it is not.
    worth: Vec<i16>,
    /// In how many places it is.
    places: u64,
}

impl Term {
    /// Looks for a word in all pieces, or in those that have the shorter one it was before.
    /// `None` where it is called off.
    pub fn new(
        lexicon: &Lexicon,
        scorer: &dyn Scorer,
        word: &str,
        shorter: Option<&Self>,
        cancel: &Cancel,
    ) -> Option<Self> {
        let letters = letters(word);
        let has = |piece: usize| {
            let known = shorter.is_none_or(|term| term.worth(piece) != 0);
            known && letters & !lexicon.letters(piece) == 0
        };
        let all = Pool::All(0..u32::try_from(lexicon.len()).unwrap_or(u32::MAX));
        // Few pieces have the shorter one.
        let alone = if shorter.is_some() { usize::MAX } else { MANY };
        let halves = all.halves(alone, cancel, Vec::new, |found, piece| {
            let at = piece as usize;
            let worth = has(at).then(|| worth(lexicon, at, scorer, word));
            found.push(worth.unwrap_or(0));
        })?;
        let worth = halves.concat();
        let places = (0..).zip(&worth).filter(|(_, worth)| **worth != 0);
        Some(Self {
            places: places
                .map(|(piece, _)| u64::from(lexicon.count(piece)))
                .sum(),
            word: word.to_owned(),
            letters,
            worth,
        })
    }

    /// The word.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Its letters, as [`letters`] gives them.
    pub fn letters(&self) -> u64 {
        self.letters
    }

    /// In how many places it is.
    pub fn places(&self) -> u64 {
        self.places
    }

    fn worth(&self, piece: usize) -> i16 {
        self.worth.get(piece).copied().unwrap_or(0)
    }

    /// What it is worth within one of these pieces, and whether it starts a word there.
    pub fn within(&self, pieces: &[u32]) -> Option<(i32, bool)> {
        let worth = pieces.iter().map(|piece| self.worth(*piece as usize));
        let best = worth.max().filter(|worth| *worth != 0)?;
        Some((i32::from(best >> 1), best & 1 == 1))
    }
}

/// See [`Term::worth`]: by skim's own figures where the word stands as it is, else by the scorer.
fn worth(lexicon: &Lexicon, piece: usize, scorer: &dyn Scorer, word: &str) -> i16 {
    let spelt = lexicon.spelt(piece);
    let together = places(spelt, word).map(|place| {
        let starts = place.first().is_some_and(|letter| letter.is_start());
        packed(together(place), starts)
    });
    if let Some(best) = together.max() {
        return best;
    }
    if word.is_ascii() && !is_in(spelt, word) {
        return 0;
    }
    let score = scorer.score(lexicon.written(piece), word);
    score.map_or(0, |score| packed(i32::try_from(score).unwrap_or(0), false))
}

fn packed(score: i32, starts: bool) -> i16 {
    let score = i16::try_from(score.clamp(1, i32::from(i16::MAX / 2))).unwrap_or(1);
    score << 1 | i16::from(starts)
}

/// Where a word stands as it is.
fn places<'s>(spelt: &'s [Letter], word: &'s str) -> impl Iterator<Item = &'s [Letter]> {
    let is_there = move |place: &&[Letter]| {
        let letters = place.iter().map(|letter| letter.folded);
        word.bytes().eq(letters)
    };
    spelt.windows(word.len().max(1)).filter(is_there)
}

fn together(place: &[Letter]) -> i32 {
    let (first, rest) = place
        .split_first()
        .map_or((0, place), |(f, r)| (f.first(), r));
    let rest = rest.iter().map(|letter| letter.following());
    START + first + rest.sum::<i32>()
}

/// Are the letters of a word there in this order?
fn is_in(spelt: &[Letter], word: &str) -> bool {
    let mut letters = spelt.iter();
    word.bytes()
        .all(|wanted| letters.any(|letter| letter.folded == wanted))
}
