//! The grade of a text by Flesch and Kincaid: the year of school whose reader follows it.

use super::syllables::syllables;
use super::words;
use crate::model::sentences;

/// How hard a text is to read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Readability {
    /// Number of words.
    pub words: usize,
    /// Number of sentences.
    pub sentences: usize,
    /// Year of school, from 0.
    pub grade: f64,
}

/// Shorter texts have no grade worth a word.
const LEAST: usize = 30;

/// Reads a text; `None` where it is too short to tell.
pub fn of(text: &str) -> Option<Readability> {
    let count = words::count(text);
    if count < LEAST {
        return None;
    }
    let letters = |c: char| !c.is_alphabetic();
    let spoken: usize = text
        .split_whitespace()
        .map(|run| {
            run.split(letters)
                .filter(|p| !p.is_empty())
                .map(syllables)
                .sum::<usize>()
                .max(1)
        })
        .sum();
    let sentences = sentences::ranges(text).len().max(1);
    #[expect(clippy::cast_precision_loss, reason = "no rationale has 2^52 words")]
    let (count_f, spoken, sentences_f) = (count as f64, spoken as f64, sentences as f64);
    let grade = 0.39 * count_f / sentences_f + 11.8 * spoken / count_f - 15.59;
    Some(Readability {
        words: count,
        sentences,
        grade: grade.max(0.0),
    })
}

/// The grade in whole years.
pub fn grade(text: &str) -> Option<u8> {
    of(text).map(|read| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "kept within 0 and 99 before"
        )]
        let years = read.grade.clamp(0.0, 99.0).round() as u8;
        years
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_sentences_of_short_words_are_easy() {
        let easy = "The man can walk. He has no pain. The test was fine. We see no need for more. \
                    He can work. He may lift a box. He will come back in one week if it hurts.";
        let hard = "Notwithstanding the extraordinarily comprehensive electrodiagnostic evaluation, \
                    continuation of multidisciplinary interventional pharmacotherapy necessitates \
                    contemporaneous documentation of demonstrable functional improvement, including \
                    measurable reductions of dependency upon continuing medical intervention \
                    throughout the applicable authorisation period.";
        assert!(grade(easy).unwrap() <= 3, "{:?}", of(easy));
        assert!(grade(hard).unwrap() >= 20, "{:?}", of(hard));
        assert_eq!(grade("Too short to tell."), None);
    }
}
