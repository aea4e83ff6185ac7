//! What a query says beside its words: `src:odg`, `ch:8`, `p:179`, `year:>2015`, `rank:a`,
//! `is:upheld`, a phrase in quotation marks, `-word`.
//!
//! One that is not typed to its end yet asks for nothing.

use super::fold::fold;
use crate::model::{Decision, PageRange, Rank};

/// Years that are meant: both ends included.
type Years = (i16, i16);

/// What a find must be beside having the words.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Source(String),
    Chapter(u32),
    Page(u32),
    Year(Years),
    Rank(Rank),
    Decision(Decision),
    Phrase(String),
    Without(String),
}

impl Test {
    fn is_strange_to_passages(&self) -> bool {
        matches!(self, Self::Chapter(_) | Self::Decision(_))
    }
}

/// Reads what stands behind the colon.
type Read = fn(&str) -> Option<Test>;

/// What may stand before a colon.
const TESTS: [(&str, Read); 10] = [
    ("src", |said| Some(Test::Source(said.to_owned()))),
    ("source", |said| Some(Test::Source(said.to_owned()))),
    ("ch", |said| Some(Test::Chapter(said.parse().ok()?))),
    ("chapter", |said| Some(Test::Chapter(said.parse().ok()?))),
    ("p", |said| Some(Test::Page(said.parse().ok()?))),
    ("page", |said| Some(Test::Page(said.parse().ok()?))),
    ("year", |said| Some(Test::Year(years(said)?))),
    ("rank", |said| Some(Test::Rank(rank(said)?))),
    ("is", |said| Some(Test::Decision(decision(said)?))),
    ("decided", |said| Some(Test::Decision(decision(said)?))),
];

/// What is known of something found; text and source folded.
#[derive(Debug, Clone, Default)]
pub struct Facts<'a> {
    /// Everything that words are looked for in.
    pub text: String,
    /// Publisher, title, kind.
    pub source: String,
    /// Chapter.
    pub chapter: Option<u32>,
    /// Pages.
    pub pages: &'a [PageRange],
    /// Year of the edition or the decision.
    pub year: Option<i16>,
    /// Legal rank.
    pub rank: Option<Rank>,
    /// Outcome.
    pub decision: Option<Decision>,
}

/// A query, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grammar {
    /// The words alone, those of phrases among them.
    pub words: String,
    /// Words, phrases in their marks, chapter and page: what the shelf reads itself.
    pub for_shelf: String,
    /// The query without what passages know nothing of.
    pub for_passages: String,
    tests: Vec<Test>,
}

impl Grammar {
    /// Reads a query.
    pub fn new(query: &str) -> Self {
        let mut grammar = Self::default();
        for (piece, is_phrase) in pieces(query) {
            match (is_phrase, test(&piece)) {
                (true, _) => {
                    push(&mut grammar.words, &piece);
                    push(&mut grammar.for_shelf, &piece);
                    push(&mut grammar.for_passages, &format!("\"{piece}\""));
                    grammar.tests.push(Test::Phrase(fold(&piece)));
                }
                (false, Said::Word) => grammar.word(&piece),
                (false, Said::Nothing) => {}
                (false, Said::Test(test)) => {
                    if matches!(test, Test::Chapter(_) | Test::Page(_)) {
                        push(&mut grammar.for_shelf, &piece);
                    }
                    if !test.is_strange_to_passages() {
                        push(&mut grammar.for_passages, &piece);
                    }
                    grammar.tests.push(test);
                }
            }
        }
        grammar
    }

    fn word(&mut self, word: &str) {
        push(&mut self.words, word);
        push(&mut self.for_shelf, word);
        push(&mut self.for_passages, word);
    }

    /// Does it ask for more than words?
    pub fn has_tests(&self) -> bool {
        !self.tests.is_empty()
    }

    /// Does it ask for what no passage has: a chapter, an outcome?
    pub fn excludes_passages(&self) -> bool {
        self.tests.iter().any(Test::is_strange_to_passages)
    }

    /// Is this what is asked for, as far as the tests go?
    pub fn passes(&self, facts: &Facts<'_>) -> bool {
        self.tests.iter().all(|test| passes(test, facts))
    }
}

/// What a piece of a query is.
enum Said {
    Word,
    Nothing,
    Test(Test),
}

fn push(text: &mut String, word: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

/// The pieces between blanks, and what stands between quotation marks as one.
fn pieces(query: &str) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    for (n, part) in query.split(['"', '\u{201c}', '\u{201d}']).enumerate() {
        if n % 2 == 0 {
            pieces.extend(part.split_whitespace().map(|word| (word.to_owned(), false)));
        } else if !part.trim().is_empty() {
            pieces.push((part.trim().to_owned(), true));
        }
    }
    pieces
}

fn test(piece: &str) -> Said {
    if let Some(word) = piece.strip_prefix('-') {
        return match word.chars().next() {
            None => Said::Nothing,
            Some(c) if c.is_alphabetic() => Said::Test(Test::Without(fold(word))),
            Some(_) => Said::Word,
        };
    }
    let Some((name, said)) = piece.split_once(':') else {
        return Said::Word;
    };
    let name = fold(name);
    match TESTS.iter().find(|(known, _)| *known == name) {
        None => Said::Word,
        Some(_) if said.is_empty() => Said::Nothing,
        Some((_, read)) => read(&fold(said)).map_or(Said::Nothing, Said::Test),
    }
}

/// `2015`, `>2015`, `<=2009`, `2010-2016`.
fn years(said: &str) -> Option<Years> {
    let year = |text: &str| text.parse::<i16>().ok().filter(|year| *year > 999);
    for (sign, range) in [
        (">=", (|y| (y, i16::MAX)) as fn(i16) -> Years),
        ("<=", |y| (i16::MIN, y)),
        (">", |y| (y.saturating_add(1), i16::MAX)),
        ("<", |y| (i16::MIN, y.saturating_sub(1))),
    ] {
        if let Some(rest) = said.strip_prefix(sign) {
            return year(rest).map(range);
        }
    }
    match said.split_once('-') {
        Some((from, to)) => Some((year(from)?, year(to).unwrap_or(i16::MAX))),
        None => year(said).map(|y| (y, y)),
    }
}

fn rank(said: &str) -> Option<Rank> {
    let is = |rank: &Rank| format!("{rank:?}").eq_ignore_ascii_case(said);
    Rank::ALL.into_iter().find(is)
}

fn decision(said: &str) -> Option<Decision> {
    let both = [Decision::Upheld, Decision::Overturned];
    both.into_iter().find(|d| fold(d.word()).starts_with(said))
}

fn passes(test: &Test, facts: &Facts<'_>) -> bool {
    match test {
        Test::Source(said) => begins_a_word(&facts.source, said),
        Test::Chapter(chapter) => facts.chapter == Some(*chapter),
        Test::Page(page) => facts.pages.iter().any(|range| range.contains(*page)),
        Test::Year((from, to)) => facts.year.is_some_and(|year| (*from..=*to).contains(&year)),
        Test::Rank(rank) => facts.rank == Some(*rank),
        Test::Decision(decision) => facts.decision == Some(*decision),
        Test::Phrase(phrase) => facts.text.contains(phrase.as_str()),
        Test::Without(word) => !begins_a_word(&facts.text, word),
    }
}

/// Stands this at the start of a word?
pub fn begins_a_word(text: &str, start: &str) -> bool {
    text.match_indices(start).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts() -> Facts<'static> {
        Facts {
            text: "official disability guidelines, neck: ct (computed tomography) not recommended"
                .into(),
            source: "odg neck and upper back".into(),
            chapter: Some(8),
            year: Some(2016),
            rank: Some(Rank::B),
            decision: Some(Decision::Upheld),
            ..Facts::default()
        }
    }

    #[test]
    fn every_test_passes_and_fails() {
        for (yes, no) in [
            ("src:odg", "src:acoem"),
            ("SRC:Neck", "src:eck"),
            ("ch:8", "ch:9"),
            ("year:2016", "year:2015"),
            ("year:>2015", "year:>2016"),
            ("year:<=2016", "year:<2016"),
            ("year:2010-2016", "year:2010-2014"),
            ("rank:b", "rank:a"),
            ("is:up", "is:overturned"),
            ("\"Not recommended\"", "\"recommended not\""),
            ("-mri", "-ct"),
            ("-omputed", "-computed"),
        ] {
            assert!(Grammar::new(yes).passes(&facts()), "{yes}");
            assert!(!Grammar::new(no).passes(&facts()), "{no}");
        }
    }

    #[test]
    fn what_is_not_typed_to_its_end_asks_for_nothing() {
        for query in [
            "src:", "year:", "year:>", "year:>20", "ch:", "rank:", "-", "\"", "is:",
        ] {
            let grammar = Grammar::new(query);
            assert!(
                !grammar.has_tests() && grammar.words.is_empty(),
                "{query}: {grammar:?}"
            );
        }
    }

    #[test]
    fn words_stay_words() {
        let grammar = Grammar::new("neck L4-5 emg/ncv \"red flags\" -knee ch:8 foo:bar src:odg");
        assert_eq!(grammar.words, "neck L4-5 emg/ncv red flags foo:bar");
        assert_eq!(
            grammar.for_shelf,
            "neck L4-5 emg/ncv red flags ch:8 foo:bar"
        );
    }

    proptest! {
        #[test]
        fn anything_goes(query in "\\PC{0,60}|[a-z:<>=\"0-9 -]{0,40}") {
            let _ = Grammar::new(&query).passes(&facts());
        }
    }
}
