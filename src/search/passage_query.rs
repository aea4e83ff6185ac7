//! What is typed to find a passage: words, "quoted phrases", `-word`, and where to look
//! (`src:cdc`, `p:179`, `year:>2015`, `rank:a`); and the FTS5 expressions for it.

use super::fold::fold;
use super::query::{Part, parts};
use super::terms::{self, Kind};
use crate::model::{Guideline, Passage, Rank};
use std::cmp::Ordering;

/// Longest query read, in characters.
const LONGEST: usize = 200;
/// Most groups of words looked for; what is typed beyond them is left out.
const MOST_GROUPS: usize = 12;

/// What a form of words is worth against what was typed.
const TYPED: f64 = 1.0;
const WRITTEN: f64 = 0.9;
const MATE: f64 = 0.6;
/// Fewer words than were typed.
const VAGUER: f64 = 0.7;

/// A query, read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PassageQuery {
    /// Each stands for one word or phrase that was typed.
    pub groups: Vec<Group>,
    /// What must not be in a passage.
    pub without: Vec<Form>,
    /// Where to look.
    pub places: Vec<Place>,
}

/// One word or phrase as typed, with all that may be written for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What it is about.
    pub kind: Kind,
    /// As typed first.
    pub forms: Vec<Form>,
}

/// One way to write it.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Its words, folded.
    pub words: Vec<String>,
    /// What finding it is worth, 0 to 1.
    pub worth: f64,
    /// May its last word be the start of one: the word that is still being typed?
    pub is_begun: bool,
}

/// A condition on guideline or page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// `src:cdc`: the name of the guideline or its shelf has it.
    Source(String),
    /// `p:179`: the page, as printed or of the file.
    Page(u32),
    /// `year:>2015`, `year:2022`.
    Year(Ordering, i16),
    /// `rank:a`.
    Rank(Rank),
}

impl PassageQuery {
    /// Reads what was typed; the last word counts as begun unless a blank or a quote ends it.
    pub fn read(typed: &str) -> Self {
        let typed: String = typed.chars().take(LONGEST).collect();
        let mut query = Self::default();
        let mut rest = String::new();
        let is_ended = typed.ends_with(|c: char| c.is_whitespace() || c == '"');
        for (at, piece) in typed.split('"').enumerate() {
            if at % 2 == 1 {
                query.read_phrase(piece, &mut rest);
            } else {
                query.read_words(piece, &mut rest);
            }
        }
        query.take(&rest);
        query.groups.truncate(MOST_GROUPS);
        if !is_ended && let Some(last) = query.groups.last_mut() {
            let forms = last.forms.iter_mut().take(1);
            forms.for_each(|form| form.is_begun = true);
        }
        query
    }

    /// Is nothing looked for?
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    fn read_phrase(&mut self, piece: &str, before: &mut String) {
        let is_unwanted = before.ends_with('-') && before.len() == 1 || before.ends_with(" -");
        if is_unwanted {
            before.pop();
        }
        self.take(&std::mem::take(before));
        let Some(form) = Form::new(piece, TYPED) else {
            return;
        };
        if is_unwanted {
            self.without.push(form);
        } else {
            let kind = Kind::Term;
            self.groups.push(Group {
                kind,
                forms: vec![form],
            });
        }
    }

    /// Words are kept together, since several may mean one thing; conditions are taken out.
    fn read_words(&mut self, piece: &str, rest: &mut String) {
        for word in piece.split_whitespace() {
            let unwanted = word.strip_prefix('-').filter(|w| !w.is_empty());
            if let Some(form) = unwanted.and_then(|w| Form::new(w, TYPED)) {
                self.without.push(form);
            } else if let Some(place) = place(&fold(word)) {
                self.places.push(place);
            } else {
                rest.push(' ');
                rest.push_str(word);
            }
        }
    }

    fn take(&mut self, words: &str) {
        let groups = parts(words).into_iter().filter_map(group);
        for group in groups {
            if !self.groups.contains(&group) {
                self.groups.push(group);
            }
        }
    }

    /// Can a passage of this guideline be an answer?
    pub fn admits(&self, guideline: &Guideline) -> bool {
        self.places.iter().all(|place| match place {
            Place::Source(name) => named(guideline, name),
            Place::Year(order, year) => guideline.year.is_some_and(|y| y.cmp(year) == *order),
            Place::Rank(rank) => guideline.rank == *rank,
            Place::Page(_) => true,
        })
    }

    /// Is the passage on the pages asked for?
    pub fn admits_page(&self, passage: &Passage) -> bool {
        self.places.iter().all(|place| match place {
            Place::Page(page) => {
                let label = passage.page_label.as_deref();
                passage.page == Some(*page) || label.is_some_and(|l| first_number(l) == Some(*page))
            }
            _ => true,
        })
    }

    /// The FTS5 expression that wants all of these groups (by their places) and none of what is
    /// unwanted; nothing for no group.
    pub fn wanting(&self, wanted: &[usize]) -> Option<String> {
        let groups = wanted.iter().filter_map(|at| self.groups.get(*at));
        let groups: Vec<String> = groups.map(Group::expression).collect();
        if groups.is_empty() {
            return None;
        }
        let mut expression = groups.join(" AND ");
        for form in &self.without {
            expression = format!("({expression}) NOT ({})", form.expression());
        }
        Some(expression)
    }
}

impl Group {
    /// Is it looked for at all costs, or does it only count where it is found?
    pub fn is_wanted(&self) -> bool {
        !matches!(self.kind, Kind::Small | Kind::Spare | Kind::Family)
    }

    /// Any of its forms.
    pub fn expression(&self) -> String {
        let forms: Vec<String> = self.forms.iter().map(Form::expression).collect();
        format!("({})", forms.join(" OR "))
    }

    /// Does a name of a guideline have it: `cdc`, `va/dod`?
    pub fn names(&self, guideline: &Guideline) -> bool {
        let forms = self.forms.iter().filter(|form| form.worth >= WRITTEN);
        forms
            .map(|form| form.words.join(" "))
            .any(|name| named(guideline, &name))
    }
}

impl Form {
    /// Words as the index cuts them; nothing where there are none.
    pub fn new(text: &str, worth: f64) -> Option<Self> {
        let folded = fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        let words: Vec<String> = words.filter(|w| !w.is_empty()).map(str::to_owned).collect();
        (!words.is_empty()).then_some(Self {
            words,
            worth,
            is_begun: false,
        })
    }

    fn expression(&self) -> String {
        let star = if self.is_begun { " *" } else { "" };
        // An index word has letters and digits only: nothing here can be an operator.
        format!("\"{}\"{star}", self.words.join(" "))
    }
}

fn group(part: Part) -> Option<Group> {
    let (kind, typed, written) = match &part {
        Part::Word(word) => {
            let written: Vec<&str> = word.alike.iter().map(super::needle::Needle::word).collect();
            (word.kind, word.typed.word(), written)
        }
        Part::Number { typed, .. } => (Kind::Term, typed.word(), Vec::new()),
        Part::Chapter(_) | Part::Page(_) => return None,
    };
    let term = terms::find(typed);
    let mates = term.into_iter().flat_map(terms::mates);
    let mut forms: Vec<Form> = Vec::new();
    let all = std::iter::once((typed, TYPED))
        .chain(written.into_iter().map(|text| (text, WRITTEN)))
        .chain(mates.map(|text| (text, MATE)));
    let words = typed.split_whitespace().count();
    for mut form in all.filter_map(|(text, worth)| Form::new(text, worth)) {
        // `sacroiliac` says less than `si joint injection`.
        if kind == Kind::Term && form.words.len() < words {
            form.worth *= VAGUER;
        }
        if !forms.iter().any(|known| known.words == form.words) {
            forms.push(form);
        }
    }
    // The table has no order of its own among the mates.
    if let Some(mates) = forms.get_mut(1..) {
        mates.sort_by(|a, b| {
            b.worth
                .total_cmp(&a.worth)
                .then_with(|| a.words.cmp(&b.words))
        });
    }
    (!forms.is_empty()).then_some(Group { kind, forms })
}

fn named(guideline: &Guideline, name: &str) -> bool {
    let plain = |text: &str| fold(text).replace(|c: char| !c.is_alphanumeric(), " ");
    let name = plain(name);
    let starts = |text: &str| {
        let text = format!(" {}", plain(text));
        text.contains(&format!(" {name}"))
    };
    starts(&guideline.name) || starts(&guideline.shelf) || starts(&guideline.key)
}

fn place(word: &str) -> Option<Place> {
    let (key, value) = word
        .split_once(':')
        .filter(|(_, value)| !value.is_empty())?;
    match key {
        "src" => Some(Place::Source(value.to_owned())),
        "p" => value.parse().ok().map(Place::Page),
        "rank" => rank(value).map(Place::Rank),
        "year" => {
            let (order, year) = match value.split_at_checked(1)? {
                (">", year) => (Ordering::Greater, year),
                ("<", year) => (Ordering::Less, year),
                _ => (Ordering::Equal, value),
            };
            year.parse().ok().map(|year| Place::Year(order, year))
        }
        _ => None,
    }
}

fn rank(letter: &str) -> Option<Rank> {
    let same = |rank: &&Rank| format!("{rank:?}").eq_ignore_ascii_case(letter);
    Rank::ALL.iter().find(same).copied()
}

fn first_number(label: &str) -> Option<u32> {
    let start = label.find(|c: char| c.is_ascii_digit())?;
    let digits = label.get(start..)?;
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn expression(typed: &str) -> String {
        let query = PassageQuery::read(typed);
        let all: Vec<usize> = (0..query.groups.len()).collect();
        query.wanting(&all).unwrap_or_default()
    }

    #[test]
    fn words_phrases_and_what_is_unwanted() {
        assert_eq!(expression("Zebra "), "(\"zebra\")");
        assert_eq!(expression("zebra stri"), "(\"zebra\") AND (\"stri\" *)");
        assert_eq!(expression("\"grey zebra\""), "(\"grey zebra\")");
        assert_eq!(expression("zebra -okapi "), "((\"zebra\")) NOT (\"okapi\")");
        assert_eq!(
            expression("zebra -\"okapi calf\""),
            "((\"zebra\")) NOT (\"okapi calf\")"
        );
        assert_eq!(expression("\" - \" ()*:^"), "");
    }

    #[test]
    fn what_is_written_for_a_word_counts_too() {
        let query = PassageQuery::read("cymbalta ");
        let forms: Vec<String> = query.groups[0]
            .forms
            .iter()
            .map(|f| f.words.join(" "))
            .collect();
        assert_eq!(forms[..2], ["cymbalta", "duloxetine"]);
        assert!(
            PassageQuery::read("lbp ").groups[0]
                .forms
                .iter()
                .any(|f| f.words == ["low", "back"])
        );
    }

    #[test]
    fn conditions_are_no_words() {
        let query = PassageQuery::read("opioid src:cdc p:16 year:>2015 rank:a x:y");
        assert_eq!(query.places.len(), 4);
        assert_eq!(query.places[2], Place::Year(Ordering::Greater, 2015));
        assert_eq!(first_number("Page 5 of 141"), Some(5));
        assert_eq!(first_number("iv"), None);
    }

    proptest! {
        /// Whatever is typed makes an expression of quoted index words, or none.
        #[test]
        fn no_operator_gets_through(typed in "\\PC{0,60}|[\"*()a-c: ^+-]{0,40}") {
            let made = expression(&typed);
            prop_assert_eq!(made.matches('"').count() % 2, 0);
            let inside = made.split('"').enumerate().filter(|(at, _)| at % 2 == 1);
            for (_, words) in inside {
                prop_assert!(words.chars().all(|c| c.is_alphanumeric() || c == ' '), "{made}");
            }
        }
    }
}
