//! Where the words of a query are in a text.

use super::fold::Folded;
use super::passage_query::Form;
use std::ops::Range;

/// A text, cut into words and sentences once for all forms that are looked for in it.
pub struct Words<'t> {
    text: &'t str,
    words: Vec<Range<usize>>,
    /// The first word of each sentence.
    sentences: Vec<usize>,
}

impl<'t> Words<'t> {
    /// Cuts a folded text.
    pub fn new(text: &'t str) -> Self {
        let (mut words, mut sentences) = (Vec::new(), vec![0]);
        let (mut start, mut is_end, mut before) = (None, false, ' ');
        for (at, c) in text.char_indices() {
            if c.is_alphanumeric() {
                if start.is_none() {
                    if std::mem::take(&mut is_end) && !words.is_empty() {
                        sentences.push(words.len());
                    }
                    start = Some(at);
                }
            } else {
                words.extend(start.take().map(|from| from..at));
                is_end |= c == '\u{2022}'
                    || c == '\n'
                    || c.is_whitespace() && matches!(before, '.' | '?' | '!' | ';');
            }
            before = c;
        }
        words.extend(start.map(|from| from..text.len()));
        Self {
            text,
            words,
            sentences,
        }
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The sentence of a word.
    pub fn sentence(&self, word: usize) -> usize {
        self.sentences.partition_point(|first| *first <= word) - 1
    }

    /// Where a sentence is in the text, as bytes.
    pub fn bytes_of(&self, sentence: usize) -> Range<usize> {
        let first = self
            .sentences
            .get(sentence)
            .and_then(|w| self.words.get(*w));
        let next = self
            .sentences
            .get(sentence + 1)
            .and_then(|w| self.words.get(*w));
        let start = first.map_or(0, |w| w.start);
        start..next.map_or(self.text.len(), |w| w.start)
    }

    /// The words at which a form begins.
    pub fn places<'w>(&'w self, form: &'w Form) -> impl Iterator<Item = usize> + 'w {
        let wanted = wanted(form);
        (0..self.words.len()).filter(move |at| self.is_at(&wanted, *at))
    }

    fn is_at(&self, form: &[Wanted<'_>], at: usize) -> bool {
        form.iter().enumerate().all(|(n, wanted)| {
            let found = self.words.get(at + n);
            let found = found.and_then(|w| self.text.get(w.clone()));
            found.is_some_and(|found| wanted.is(found))
        })
    }

    /// The bytes of as many words as a form has.
    pub fn bytes(&self, at: usize, form: &Form) -> Option<Range<usize>> {
        let last = self.words.get(at + form.words.len() - 1)?;
        Some(self.words.get(at)?.start..last.end)
    }
}

/// A word that is looked for, its stem taken once: a text has a hundred words to compare it with.
struct Wanted<'f> {
    word: &'f str,
    stem: &'f str,
    is_begun: bool,
}

fn wanted(form: &Form) -> Vec<Wanted<'_>> {
    let last = form.words.len().saturating_sub(1);
    let each = form.words.iter().enumerate().map(|(n, word)| Wanted {
        word,
        stem: stem(word),
        is_begun: form.is_begun && n == last,
    });
    each.collect()
}

impl Wanted<'_> {
    /// Is a word of a text a form of this: `injections` of `injection`, `tapering` of `taper`?
    fn is(&self, found: &str) -> bool {
        if self.is_begun && found.starts_with(self.word) {
            return true;
        }
        let Some(end) = found.strip_prefix(self.stem) else {
            return false;
        };
        match self.stem.len() {
            0..4 => end == self.word.get(self.stem.len()..).unwrap_or_default() || end == "s",
            _ => ENDINGS.contains(&end) || found == self.word,
        }
    }
}

/// What may stand behind a stem of four letters or more.
const ENDINGS: [&str; 22] = [
    "", "s", "es", "e", "ed", "er", "ers", "ing", "ings", "ion", "ions", "ive", "y", "ies", "ic",
    "al", "able", "ant", "ance", "ability", "or", "ors",
];

/// Endings taken off for comparing; the longest that fits.
const TAKEN_OFF: [&str; 10] = [
    "ings", "ions", "ing", "ion", "ies", "ed", "es", "s", "e", "y",
];

fn stem(word: &str) -> &str {
    let stems = TAKEN_OFF
        .iter()
        .filter_map(|ending| word.strip_suffix(ending));
    let mut stems = stems.filter(|stem| stem.chars().count() >= 4 && !stem.ends_with('s'));
    stems.next().unwrap_or(word)
}

/// Byte ranges of `line` that forms are at, ascending and without overlaps.
pub fn marks<'f>(line: &str, forms: impl Iterator<Item = &'f Form>) -> Vec<Range<usize>> {
    let folded = Folded::new(line);
    let words = Words::new(&folded.text);
    let mut chars = Vec::new();
    let at = |byte: usize| folded.text.get(..byte).map_or(0, |t| t.chars().count());
    for form in forms {
        let found = words
            .places(form)
            .filter_map(|place| words.bytes(place, form));
        chars.extend(found.flat_map(|bytes| at(bytes.start)..at(bytes.end)));
    }
    chars.dedup();
    folded.marks(chars)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_form(found: &str, word: &str, is_begun: bool) -> bool {
        let stem = stem(word);
        let wanted = Wanted {
            word,
            stem,
            is_begun,
        };
        wanted.is(found)
    }

    #[test]
    fn forms_of_a_word() {
        for (found, wanted) in [
            ("injections", "injection"),
            ("inject", "injections"),
            ("tapering", "taper"),
            ("taper", "tapering"),
            ("therapies", "therapy"),
            ("mris", "mri"),
            ("prescribed", "prescribing"),
            ("doses", "dose"),
            ("preparing", "prepare"),
        ] {
            assert!(is_form(found, wanted, false), "{found} {wanted}");
        }
        for (found, wanted) in [
            ("acute", "ac"),
            ("mrix", "mri"),
            ("nervous", "nerve"),
            ("asset", "as"),
        ] {
            assert!(!is_form(found, wanted, false), "{found} {wanted}");
        }
        assert!(is_form("epidural", "epi", true));
    }

    #[test]
    fn marks_fall_on_the_original() {
        let form = Form::new("epidural steroid", 1.0).unwrap();
        let found = marks("É EPIDURAL  Steroids.", [form].iter());
        assert_eq!(found.first(), Some(&(3..21)));
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn sentences_are_told_apart() {
        let words = Words::new("one two. three (e.g., four) five; six");
        assert_eq!(words.len(), 8);
        let sentences: Vec<usize> = (0..words.len()).map(|w| words.sentence(w)).collect();
        assert_eq!(sentences, [0, 0, 1, 1, 1, 1, 1, 2]);
        assert_eq!(words.bytes_of(0), 0..9);
    }
}
