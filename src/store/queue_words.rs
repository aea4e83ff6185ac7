//! The words of every case in a few bytes each: what a filter looks through on every key.
//!
//! Each distinct word is kept once; a case is the list of the numbers of its words. A query's word
//! is looked for among the distinct words, which are few, and the cases then are read through once:
//! 100,000 cases take some milliseconds, and a fifth of the memory of their texts.

use crate::model::filter::Part;
use crate::search::fuzzy;
use memchr::memmem::Finder;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Ends a section of a case; words are counted from 1.
const END: u32 = 0;
/// Patient, request, diagnoses; the number of a case is looked for elsewhere.
const SECTIONS: usize = 3;
/// Bits of a [`Mask`].
const MOST_WORDS: usize = Mask::BITS as usize;

/// A set of words of a query: those of the view in force and those of the filter.
type Mask = u128;

/// The words of many cases.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Every distinct word, each on a line.
    text: String,
    /// Where each ends, before the end of its line.
    ends: Vec<u32>,
    /// Word by [`hash`]. Of two words with one hash the second is put down anew each time it comes.
    known: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
    /// The cases, each as numbers of seven bits a byte, the last byte of each without the high bit.
    cases: Vec<u8>,
}

/// Where a case begins in [`Words`].
pub(super) type Start = u32;

impl Words {
    /// Takes in the folded text of a case: number, patient, request and diagnoses, a line each.
    pub(super) fn add(&mut self, search: &str) -> Start {
        let start = u32::try_from(self.cases.len()).unwrap_or(u32::MAX);
        let mut lines = search.split('\n').skip(1);
        for _ in 0..SECTIONS {
            let words = lines.next().unwrap_or_default().split(' ');
            for word in words.filter(|word| !word.is_empty()) {
                let number = self.number(word);
                push(&mut self.cases, number);
            }
            push(&mut self.cases, END);
        }
        start
    }

    fn number(&mut self, word: &str) -> u32 {
        let hash = hash(word);
        let known = self.known.get(&hash).copied();
        if let Some(number) = known.filter(|number| self.word(*number) == word) {
            return number;
        }
        self.text.push_str(word);
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.ends.push(end);
        self.text.push('\n');
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.known.insert(hash, number);
        number
    }

    fn word(&self, number: u32) -> &str {
        let at = number as usize;
        let end_of = |n: usize| n.checked_sub(1).and_then(|i| self.ends.get(i)).copied();
        let start = end_of(at.saturating_sub(1)).map_or(0, |end| end + 1);
        let end = end_of(at).unwrap_or(start);
        self.text
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// The numbers of the words that hold these letters.
    fn holding(&self, letters: &Finder<'_>) -> impl Iterator<Item = u32> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let rest = self.text.as_bytes().get(from..)?;
            let at = from + letters.find(rest)?;
            let number = self.ends.partition_point(|end| (*end as usize) < at);
            // One place in a word is enough.
            from = self.ends.get(number).copied()? as usize + 1;
            u32::try_from(number + 1).ok()
        })
    }

    /// Gives back what growing left over.
    pub(super) fn settle(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.cases.shrink_to_fit();
    }

    /// The numbers of a case, section by section.
    fn of_case(&self, start: Start) -> impl Iterator<Item = (usize, u32)> {
        let bytes = self.cases.get(start as usize..).unwrap_or_default();
        let mut bytes = bytes.iter();
        let mut section = 0;
        std::iter::from_fn(move || {
            while section < SECTIONS {
                match pull(&mut bytes)? {
                    END => section += 1,
                    number => return Some((section, number)),
                }
            }
            None
        })
    }

    /// A section of a case as it was read.
    fn section(&self, start: Start, wanted: usize) -> String {
        let words = self
            .of_case(start)
            .filter(|(section, _)| *section == wanted);
        let words: Vec<&str> = words.map(|(_, number)| self.word(number)).collect();
        words.join(" ")
    }
}

/// FNV-1a: words are short, and two that meet cost some bytes and nothing else.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// Takes a hash for what it is.
#[derive(Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        bytes
            .iter()
            .for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = self.0.rotate_left(5) ^ hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

fn push(into: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        into.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

fn pull(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7F).checked_shl(shift)?;
        shift += 7;
        if byte < 0x80 {
            return Some(number);
        }
    }
}

/// A text that is looked for: its folded words, and where they may stand.
#[derive(Debug)]
struct Wanted {
    part: Part,
    words: Vec<String>,
    /// All of them, parted by blanks, as they stand in a text.
    phrase: Finder<'static>,
    /// The bits of its words; of a text for whose words none were left, none.
    bits: Mask,
    /// Is it in some case number?
    is_in_numbers: bool,
    /// Must every case have it?
    is_required: bool,
}

/// The texts of a filter, made ready for one [`Words`].
#[derive(Debug)]
pub(super) struct Search {
    wanted: Vec<Wanted>,
    /// For each distinct word which words of the query are in it.
    hits: Vec<Mask>,
    /// Which words of the query may stand in a section.
    sections: [Mask; SECTIONS],
}

impl Search {
    /// Texts as [`Filter::texts`](crate::model::Filter::texts) gives them; `numbers`: every case
    /// number in small letters. `is_near`: plain words may have letters left out.
    pub(super) fn new<'t>(
        texts: impl Iterator<Item = (Part, &'t str, bool)>,
        words: &Words,
        numbers: &str,
        is_near: bool,
    ) -> Self {
        let mut search = Self {
            wanted: Vec::new(),
            hits: vec![0; words.ends.len() + 1],
            sections: [0; SECTIONS],
        };
        let mut used = 0;
        for (part, text, is_plain) in texts {
            let mut wanted = search.want(part, text, is_near && is_plain, words, &mut used);
            let is_there = wanted.phrase.find(numbers.as_bytes()).is_some();
            wanted.is_in_numbers = matches!(part, Part::Anywhere | Part::Number) && is_there;
            wanted.is_required = is_plain;
            search.wanted.push(wanted);
        }
        search
    }

    /// Is there a text that every case must have and none has?
    pub(super) fn is_vain(&self) -> bool {
        let found = self.hits.iter().fold(0, |all, hit| all | hit);
        let is_missing = |w: &Wanted| !w.is_in_numbers && found & w.bits != w.bits;
        self.wanted
            .iter()
            .any(|wanted| wanted.is_required && is_missing(wanted))
    }

    fn want(
        &mut self,
        part: Part,
        text: &str,
        is_near: bool,
        words: &Words,
        used: &mut usize,
    ) -> Wanted {
        let typed: Vec<String> = text.split_whitespace().flat_map(fuzzy::words).collect();
        let mut wanted = Wanted {
            part,
            phrase: Finder::new(&typed.join(" ")).into_owned(),
            words: typed,
            bits: 0,
            is_in_numbers: false,
            is_required: false,
        };
        // The grammar allows as many as there are bits, but folding can make several words of one.
        // A case number is not looked for among the words.
        if part == Part::Number || *used + wanted.words.len() > MOST_WORDS {
            return wanted;
        }
        for word in &wanted.words {
            let bit: Mask = 1 << *used;
            *used += 1;
            wanted.bits |= bit;
            let holding = Finder::new(word);
            let holding = words.holding(&holding);
            let all = 1..self.hits.len() as u32;
            let near = all.filter(|n| is_near && self::is_near(word, words.word(*n)));
            for number in holding.chain(near) {
                if let Some(hit) = self.hits.get_mut(number as usize) {
                    *hit |= bit;
                }
            }
        }
        for (section, bits) in self.sections.iter_mut().enumerate() {
            if part.is_in(section) {
                *bits |= wanted.bits;
            }
        }
        wanted
    }

    /// Which of the words stand in a case, its number aside.
    pub(super) fn look(&self, words: &Words, start: Start) -> Mask {
        words.of_case(start).fold(0, |found, (section, number)| {
            let hit = self.hits.get(number as usize).copied().unwrap_or_default();
            found | (hit & self.sections.get(section).copied().unwrap_or_default())
        })
    }

    /// Does the case have the `n`-th text? `found` as [`Search::look`] gave it; `number` is the
    /// case number in small letters.
    pub(super) fn has(
        &self,
        n: usize,
        found: Mask,
        number: &str,
        words: &Words,
        start: Start,
    ) -> bool {
        let Some(wanted) = self.wanted.get(n) else {
            return false;
        };
        let in_number = || wanted.is_in_numbers && wanted.phrase.find(number.as_bytes()).is_some();
        let is_found = wanted.part != Part::Number && found & wanted.bits == wanted.bits;
        match (wanted.words.len(), wanted.bits) {
            (0, _) => true,
            (1, 1..) => is_found || in_number(),
            _ => in_number() || (is_found && wanted.stands(words, start)),
        }
    }
}

impl Wanted {
    /// Several words stand one after the other.
    fn stands(&self, words: &Words, start: Start) -> bool {
        let mut sections = (0..SECTIONS).filter(|section| self.part.is_in(*section));
        sections.any(|section| {
            let text = words.section(start, section);
            self.phrase.find(text.as_bytes()).is_some()
        })
    }
}

impl Part {
    /// Is the section (patient, request, diagnoses) a part of it?
    fn is_in(self, section: usize) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Number => false,
            Self::Request => section == 1,
            Self::Diagnosis => section == 2,
        }
    }
}

/// Are the letters of a word, in order, in a part of the other from its start? A number is meant
/// as typed.
///
/// Letters that may lie anywhere are in nearly every line of 500 characters, and those of `norco`
/// in `no records` already.
fn is_near(typed: &str, word: &str) -> bool {
    let is_number = typed.contains(|c: char| c.is_ascii_digit());
    let mut parts = word.split(|c: char| !c.is_alphanumeric());
    !is_number && parts.any(|part| begins(typed, part))
}

/// The letters of `typed` in `word`, from its first on, within twice their number.
fn begins(typed: &str, word: &str) -> bool {
    let longest = typed.chars().count() * 2;
    let mut letters = word.chars().take(longest);
    typed.chars().next() == word.chars().next()
        && typed.chars().all(|wanted| letters.any(|c| c == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CASE: &str = "cm25-0000077\n59 f\nct cervical spine without contrast; physical therapy, 12 visits\n\
                        diagnoses are cervical radiculopathy and neck strain, no records of codeine, tramadol and later \
                        on naproxen or others";

    fn passes(part: Part, typed: &[&str], is_near: bool) -> bool {
        let mut words = Words::default();
        words.add("cm1\n\nknee\n");
        let start = words.add(CASE);
        let texts = typed.iter().map(|text| (part, *text, true));
        let search = Search::new(texts, &words, "cm1cm25-0000077", is_near);
        let found = search.look(&words, start);
        (0..typed.len()).all(|n| search.has(n, found, "cm25-0000077", &words, start))
    }

    #[test]
    fn a_filter_forgives_but_does_not_pass_everything() {
        for fits in [
            "cervical",
            "ct cerv",
            "crvcl ct",
            "therapy CM25-0000077",
            "0077",
            "59 f",
            "radiclpathy",
            "",
        ] {
            let typed: Vec<&str> = fits.split_whitespace().collect();
            assert!(passes(Part::Anywhere, &typed, true), "{fits}");
        }
        for other in [
            "knee",
            "lumbar mri",
            "norco",
            "tadala",
            "CM25-0000078",
            "cervical opioid",
            "zzz",
        ] {
            let typed: Vec<&str> = other.split_whitespace().collect();
            assert!(!passes(Part::Anywhere, &typed, true), "{other}");
        }
        assert!(!passes(Part::Anywhere, &["crvcl"], false));
    }

    #[test]
    fn parts_and_phrases() {
        assert!(passes(Part::Request, &["cervical spine"], false));
        assert!(passes(Part::Request, &["ical spi"], false));
        assert!(!passes(Part::Request, &["spine cervical"], false));
        assert!(!passes(Part::Request, &["radiculopathy"], false));
        assert!(passes(Part::Diagnosis, &["neck strain"], false));
        assert!(!passes(Part::Diagnosis, &["contrast"], false));
        assert!(passes(Part::Number, &["77"], false));
        assert!(!passes(Part::Number, &["59"], false));
    }

    /// More words than there are bits: none answers for another.
    #[test]
    fn each_of_many_words_is_looked_for() {
        for part in [Part::Anywhere, Part::Request, Part::Number] {
            let mut words = Words::default();
            let start = words.add("cm25-0000077\n59 f\nword150 knee\n");
            let many: Vec<String> = (0..300).map(|n| format!("word{n}")).collect();
            let texts = many.iter().map(|text| (part, text.as_str(), false));
            let search = Search::new(texts, &words, "cm25-0000077", false);
            let found = search.look(&words, start);
            let has = |n: &usize| search.has(*n, found, "cm25-0000077", &words, start);
            let has: Vec<usize> = (0..many.len()).filter(has).collect();
            let expected: &[usize] = match part {
                Part::Number => &[],
                _ => &[1, 15, 150],
            };
            // Letters within a word count.
            assert_eq!(has, expected, "{part:?}");
        }
    }

    proptest! {
        #[test]
        fn a_word_is_found_where_a_search_of_the_text_finds_it(
            lines in prop::collection::vec(prop::collection::vec("[a-cé]{1,4}", 0..6), 1..9),
            typed in "[a-cé]{1,3}",
        ) {
            let mut words = Words::default();
            let texts: Vec<String> = lines.iter().map(|line| line.join(" ")).collect();
            let starts: Vec<Start> =
                texts.iter().map(|text| words.add(&format!("n\n\n{text}\n"))).collect();
            let search = Search::new([(Part::Anywhere, typed.as_str(), true)].into_iter(), &words, "n", false);
            let typed = fuzzy::words(&typed).concat();
            for (text, start) in texts.iter().zip(starts) {
                prop_assert_eq!(&words.section(start, 1), text);
                let found = search.look(&words, start);
                prop_assert_eq!(search.has(0, found, "n", &words, start), text.contains(&typed));
            }
        }

        #[test]
        fn numbers_are_read_as_written(numbers in prop::collection::vec(any::<u32>(), 0..20)) {
            let mut bytes = Vec::new();
            numbers.iter().for_each(|n| push(&mut bytes, *n));
            let mut rest = bytes.iter();
            let read: Vec<u32> = std::iter::from_fn(|| pull(&mut rest)).collect();
            prop_assert_eq!(read, numbers);
        }
    }
}
