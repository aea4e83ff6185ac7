//! One shelf entry made ready for searching, and how well a word is found in it.

use super::fold::fold;
use super::fuzzy::{LINE_CAP, head};
use super::needle::{Needle, letters};
use crate::model::{PageRange, ShelfEntry, Source};
use std::{cmp::Reverse, ops::Range};

/// How a word was found: the more points the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Find {
    /// What it counts.
    pub points: i64,
    /// Where it is.
    pub field: Field,
}

/// Where in an entry a word was found; each with what a find there is worth, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// What the citation says.
    Label,
    /// Publisher, chapter and pages.
    Source,
    /// Abbreviations and lay words.
    Synonyms,
    /// Our line on it.
    Topic,
    /// Its pages.
    Pages,
}

const WORTH: [(Field, i64); 4] = [
    (Field::Label, 100),
    (Field::Source, 100),
    (Field::Synonyms, 85),
    (Field::Topic, 45),
];

/// Points for how a word is found, before the field's worth.
const WHOLE: i64 = 1000;
const PLURAL: i64 = 960;
const START: i64 = 800;
const INSIDE: i64 = 300;
/// A synonym that is the word and nothing else.
const WHOLE_SYNONYM: i64 = 100;
/// A section that begins with the word.
const OPENING: i64 = 60;

/// What is covered of a section, or of a title without one, in percent, and the points for it.
const COVER: [(usize, i64); 3] = [(85, 200), (65, 100), (50, 50)];

/// How the keys of the guideline on therapy after operations begin. Its sections are named by the
/// operations.
const AFTERCARE: &str = "postsurgical-";

/// Most places of a word that are looked at in one entry: single letters have many.
const OCCURRENCES: usize = 8;

/// An entry made ready.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its citation's label.
    pub label: String,
    /// Characters in the label: of equals the shorter comes first.
    pub len: usize,
    /// All fields, folded, each field and each synonym on a line of its own.
    text: String,
    /// Where [`Field::Label`], [`Field::Source`] and [`Field::Synonyms`] end in `text`.
    ends: [usize; 3],
    /// What the entry is about, in `text`: its section or, where it has none, its title.
    head: Range<usize>,
    has_section: bool,
    is_aftercare: bool,
    letters: u64,
    chapter: Option<u32>,
    pages: Vec<PageRange>,
}

impl Row {
    /// Makes an entry ready.
    pub fn new(entry: &ShelfEntry) -> Self {
        let label = entry.citation.label();
        let mut text = fold(head(&label, LINE_CAP));
        let citation = &entry.citation;
        let named = citation.section.as_deref().or(citation.title.as_deref());
        let head = fold(named.unwrap_or_default());
        let start = text.rfind(&head).unwrap_or_default();
        let head = start..(start + head.len()).min(text.len());
        let mut ends = [text.len(), 0, 0];
        push(&mut text, &source_words(entry));
        ends[1] = text.len();
        push(&mut text, &entry.synonyms.join("\n"));
        ends[2] = text.len();
        push(&mut text, &entry.topic);
        Self {
            len: label.chars().count(),
            letters: letters(&text),
            chapter: entry.chapter,
            pages: entry.pages.clone(),
            label,
            text,
            ends,
            head,
            has_section: citation.section.is_some(),
            is_aftercare: entry.key.starts_with(AFTERCARE),
        }
    }

    /// Is it of this chapter?
    pub fn is_chapter(&self, chapter: u32) -> bool {
        self.chapter == Some(chapter)
    }

    /// How many pages it has, if this is one of them.
    pub fn pages_around(&self, page: u32) -> Option<u32> {
        let is_there = self.pages.iter().any(|range| range.contains(page));
        is_there.then(|| self.pages.iter().map(|r| r.last() - r.first() + 1).sum())
    }

    /// Is it about what follows an operation, not about the operation?
    pub fn is_aftercare(&self) -> bool {
        self.is_aftercare
    }

    /// Does it stand for a whole title?
    pub fn is_whole_title(&self) -> bool {
        !self.has_section
    }

    /// Label and source, on two lines.
    pub fn name(&self) -> &str {
        self.part(0..self.ends[1])
    }

    /// The label, folded.
    pub fn folded_label(&self) -> &str {
        self.part(0..self.ends[0])
    }

    /// The synonyms.
    pub fn synonyms(&self) -> impl Iterator<Item = &str> {
        self.part(self.ends[1]..self.ends[2]).lines()
    }

    /// All its words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
    }

    /// How well a word is found letter by letter; `None` if it is not.
    pub fn look(&self, needle: &Needle) -> Option<Find> {
        if needle.letters() & !self.letters != 0 {
            return None;
        }
        let places = needle.places(&self.text).take(OCCURRENCES);
        places.map(|at| self.find_at(at)).max()
    }

    fn find_at(&self, at: Range<usize>) -> Find {
        let field = self.field(at.start);
        let class = class(&self.text, at.clone());
        let worth = WORTH
            .iter()
            .find(|(f, _)| *f == field)
            .map_or(0, |(_, worth)| *worth);
        let bonus = match field {
            Field::Label if class >= START => self.head_bonus(at),
            Field::Synonyms if is_line(&self.text, at) => WHOLE_SYNONYM,
            _ => 0,
        };
        Find {
            points: class * worth / 100 + bonus,
            field,
        }
    }

    /// For what the entry is about: its section or, where it has none, its title.
    fn head_bonus(&self, at: Range<usize>) -> i64 {
        let part = self.part(self.head.clone());
        let Some(from) = at.start.checked_sub(self.head.start) else {
            return 0;
        };
        let is_all = is_bracketed(&self.text, at.clone());
        let opens = self.has_section && (from == 0 || is_all);
        let opening = if opens { OPENING } else { 0 };
        let covered = if is_all { part.len() } else { at.len() };
        let cover = COVER
            .iter()
            .find(|(share, _)| covered * 100 >= part.len() * share);
        opening + cover.map_or(0, |(_, bonus)| *bonus)
    }

    fn field(&self, at: usize) -> Field {
        match self.ends.iter().position(|end| at < *end) {
            Some(0) => Field::Label,
            Some(1) => Field::Source,
            Some(2) => Field::Synonyms,
            _ => Field::Topic,
        }
    }

    fn part(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }
}

fn push(text: &mut String, field: &str) {
    text.push('\n');
    text.push_str(&fold(head(field, LINE_CAP)));
}

fn source_words(entry: &ShelfEntry) -> String {
    let citation = &entry.citation;
    let publisher = match citation.source {
        Source::Mtus => "mtus",
        Source::Acoem => "acoem",
        Source::Odg => "odg",
        Source::Other | Source::None => "",
    };
    // The key's first word names the guideline family, which the label of an MTUS chapter leaves
    // out: `acoem-2004-8` is cited as `MTUS Neck and Upper Back Complaints 2004`.
    let family = entry.key.split('-').next().unwrap_or_default();
    let mut words = vec![publisher.to_owned()];
    if family != publisher {
        words.push(family.to_owned());
    }
    if let Some(chapter) = entry.chapter {
        words.push(format!("chapter {chapter} ch {chapter}"));
    }
    words.join(" ")
}

fn class(text: &str, at: Range<usize>) -> i64 {
    let before = text.get(..at.start).and_then(|t| t.chars().next_back());
    let rest = text.get(at.end..).unwrap_or_default();
    let ends = |rest: &str| !rest.chars().next().is_some_and(char::is_alphanumeric);
    match before.is_some_and(char::is_alphanumeric) {
        true => INSIDE,
        false if ends(rest) => WHOLE,
        false if rest.strip_prefix('s').is_some_and(ends) => PLURAL,
        false => START,
    }
}

fn is_line(text: &str, at: Range<usize>) -> bool {
    let starts = text
        .get(..at.start)
        .is_some_and(|t| t.is_empty() || t.ends_with('\n'));
    let ends = text
        .get(at.end..)
        .is_some_and(|t| t.is_empty() || t.starts_with('\n'));
    starts && ends
}

/// Does it stand in brackets of its own, as `(Neurontin)` does for all of a heading?
fn is_bracketed(text: &str, at: Range<usize>) -> bool {
    let opens = text.get(..at.start).is_some_and(|t| t.ends_with('('));
    let rest = text.get(at.end..).unwrap_or_default();
    opens && rest.strip_prefix('s').unwrap_or(rest).starts_with(')')
}

/// The place in a folded line where the first of these words is that is not inside another.
pub fn best_place<'n>(
    line: &str,
    needles: impl Iterator<Item = &'n Needle>,
) -> Option<Range<usize>> {
    let places = needles.enumerate().flat_map(|(order, needle)| {
        let places = needle.places(line);
        places.map(move |at| (class(line, at.clone()), order, at))
    });
    let best = places.min_by_key(|(class, order, _)| (*class < START, *order, Reverse(*class)));
    best.map(|(_, _, at)| at)
}
