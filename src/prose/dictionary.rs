//! Is it a word? Sorted lists that lie in the program as they are: nothing is loaded or built, a
//! look-up is some comparisons, and no memory is taken but by the reviewer's own words.

use super::words::{self, Word};
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

/// English: SCOWL through the Hunspell dictionary en_US, every form written out.
static ENGLISH: &str = include_str!("dictionary/english.txt");
/// The words of the field.
static MEDICAL: &str = include_str!("dictionary/medical.txt");

/// What may stand before a word and leaves it one.
#[rustfmt::skip]
const BEFORE: [&str; 44] = [
    "non", "pre", "post", "anti", "inter", "intra", "extra", "infra", "supra", "sub", "super", "peri",
    "para", "retro", "trans", "hyper", "hypo", "micro", "macro", "multi", "poly", "mono", "neuro", "electro",
    "psycho", "cardio", "thoraco", "lumbo", "cervico", "sacro", "costo", "osteo", "arthro", "radio", "myo",
    "antero", "postero", "medio", "latero", "musculo", "fibro", "chondro", "over", "under",
];
/// Beginnings and ends of the words that the field makes for itself.
#[rustfmt::skip]
const STEMS: [&str; 66] = [
    "acromio", "adeno", "angio", "arterio", "arthr", "arthro", "audio", "blephar", "bronch", "broncho", "burs",
    "cardi", "cephal", "cervic", "cheil", "chole", "chondr", "col", "colo", "coracoacromi", "cost", "crani",
    "cyst", "dermat", "disc", "disk", "electroencephal", "electromy", "enter", "epicondyl", "fasci",
    "foramin", "gastr", "hemat", "hepat", "hyster", "lamin", "laryng", "lymph", "mamm", "mast", "menisc", "my",
    "myel", "nephr", "neur", "ophthalm", "orchi", "oste", "ot", "phleb", "plic", "pneum", "radicul", "rhin",
    "rhiz", "salping", "spondyl", "synov", "tend", "tendin", "ten", "thorac", "thromb", "uter", "vascul",
];
#[rustfmt::skip]
const ENDS: [&str; 34] = [
    "itis", "itides", "osis", "oses", "otic", "itic", "opathy", "opathies", "opathic", "algia", "algias", "ectomy",
    "ectomies", "otomy", "otomies", "ostomy", "oplasty", "oplasties", "orrhaphy", "oscopy", "oscopic",
    "oscopies", "ography", "ographic", "ogram", "ograms", "ologist", "ology", "ologic", "odesis",
    "olysis", "oma", "omas", "omegaly",
];

/// Is the word a line of a list whose lines stand in the order of bytes?
fn is_line(list: &str, word: &str) -> bool {
    let bytes = list.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let before = bytes.get(..middle).unwrap_or_default();
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let rest = bytes.get(start..).unwrap_or_default();
        let end = start + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = bytes.get(start..end).unwrap_or_default();
        match line.cmp(word.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

/// What is taken for a word.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    own: BTreeSet<String>,
}

impl Dictionary {
    /// The built-in lists, and the reviewer's own words: a line each, `#` begins a remark.
    pub fn with_own(lines: &str) -> Self {
        let lines = lines
            .lines()
            .map(|line| line.split('#').next().unwrap_or_default().trim());
        Self {
            own: lines
                .filter(|w| !w.is_empty())
                .map(str::to_lowercase)
                .collect(),
        }
    }

    /// Takes a word of the reviewer's own. Was it new?
    pub fn learn(&mut self, word: &str) -> bool {
        self.own.insert(bare(word).to_lowercase())
    }

    /// Every word there is, the shortest list last.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        ENGLISH.lines().chain(MEDICAL.lines()).chain(self.own())
    }

    /// The reviewer's own words, in order.
    pub fn own(&self) -> impl Iterator<Item = &str> {
        self.own.iter().map(String::as_str)
    }

    /// Is it a word, as written or with a capital that a sentence gave it?
    pub fn is_word(&self, word: &str) -> bool {
        let word = bare(word);
        let low = word.to_lowercase().replace('\u{2019}', "'");
        self.is_listed(word, &low) || is_made(&low)
    }

    /// The same by the lists alone: what is suggested has to be a word that somebody has written.
    pub(super) fn is_listed(&self, word: &str, low: &str) -> bool {
        let has = |word: &str| is_line(ENGLISH, word) || is_line(MEDICAL, word);
        has(low) || (word != low && has(word)) || self.own.contains(low)
    }

    /// The words of a text that are none, by their bytes.
    pub fn unknown(&self, text: &str) -> Vec<Range<usize>> {
        let all = words::words(text);
        let within: HashSet<&str> = all
            .iter()
            .filter(|w| !w.is_first && is_capital(w.text))
            .map(|w| bare(w.text))
            .collect();
        // With a capital in the midst of a sentence it is a name, and so at the start of one.
        let is_name =
            |w: &Word| is_capital(w.text) && (!w.is_first || within.contains(bare(w.text)));
        let unknown = all.iter().filter(|w| !is_name(w) && !self.is_word(w.text));
        unknown.map(|w| w.range.clone()).collect()
    }
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Without the ending of a possessive.
fn bare(word: &str) -> &str {
    let ends = ["'s", "\u{2019}s", "s'", "s\u{2019}"];
    match ends.iter().find(|end| word.ends_with(*end)) {
        Some(end) if end.starts_with('s') => word.trim_end_matches(['\'', '\u{2019}']),
        Some(end) => word.strip_suffix(end).unwrap_or(word),
        None => word,
    }
}

/// Is it made of parts as the field makes its words: `peri` + `scapular`, `menisc` + `ectomy`?
fn is_made(low: &str) -> bool {
    let is_listed =
        |rest: &str| rest.len() > 3 && (is_line(ENGLISH, rest) || is_line(MEDICAL, rest));
    let is_prefixed = BEFORE
        .iter()
        .any(|before| low.strip_prefix(before).is_some_and(is_listed));
    let is_stemmed = |end: &&str| {
        low.strip_suffix(*end)
            .is_some_and(|stem| STEMS.contains(&stem))
    };
    is_prefixed || ENDS.iter().any(is_stemmed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_stand_in_the_order_of_bytes() {
        for list in [ENGLISH, MEDICAL] {
            let lines: Vec<&str> = list.lines().collect();
            assert!(lines.is_sorted_by(|a, b| a < b));
            assert!(lines.iter().all(|l| !l.is_empty() && l.trim() == *l));
            for line in lines
                .iter()
                .step_by(97)
                .chain(lines.first())
                .chain(lines.last())
            {
                assert!(is_line(list, line), "{line}");
            }
        }
    }

    #[test]
    fn words_are_known_in_all_their_forms() {
        let dictionary = Dictionary::default();
        for word in [
            "the",
            "The",
            "patient's",
            "patients'",
            "radiculopathy",
            "hydrocodone",
            "Norco",
            "don't",
            "isn\u{2019}t",
            "meniscectomy",
            "periscapular",
            "nonformulary",
            "foraminotomies",
            "Paris",
        ] {
            assert!(dictionary.is_word(word), "{word}");
        }
        for word in [
            "teh",
            "neccessary",
            "cervcal",
            "recieve",
            "theraphy",
            "paris",
            "hydrocodne",
            "",
        ] {
            assert!(!dictionary.is_word(word), "{word}");
        }
    }

    #[test]
    fn own_words_are_words_and_names_are_not_looked_up() {
        let mut dictionary = Dictionary::with_own("# mine\nXyzol # a drug\n\nplugh\n");
        assert!(dictionary.is_word("xyzol") && dictionary.is_word("Plugh"));
        assert!(!dictionary.is_word("frobnic"));
        assert!(dictionary.learn("Frobnic") && !dictionary.learn("frobnic"));
        assert!(dictionary.is_word("frobnic"));
        let text = "Quuxol was given. The Quuxol helped; zzyzx did not. Zzyzy hurt.";
        let unknown: Vec<&str> = dictionary
            .unknown(text)
            .into_iter()
            .map(|r| &text[r])
            .collect();
        assert_eq!(unknown, ["zzyzx", "Zzyzy"]);
    }
}
