//! One shelf entry made ready for searching, and how well a word is found in it.

use super::fold::fold;
use super::fuzzy::{LINE_CAP, head};
use super::needle::Needle;
use crate::model::{PageRange, ShelfEntry, Source};
use std::{cmp::Reverse, ops::Range};

/// Where in an entry a word was found; each with what a find there is worth, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// What the citation says.
    Label,
    /// Publisher, chapter and pages.
    Source,
    /// Abbreviations and lay words.
    Synonyms,
    /// Our line on it.
    Topic,
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
    /// Where the section begins in `text`, if the label names one.
    section: Option<usize>,
    letters: u64,
    chapter: Option<u32>,
    pages: Vec<PageRange>,
}

impl Row {
    /// Makes an entry ready.
    pub fn new(entry: &ShelfEntry) -> Self {
        let label = entry.citation.label();
        let mut text = fold(head(&label, LINE_CAP));
        let section = entry
            .citation
            .section
            .as_deref()
            .and_then(|section| text.rfind(&fold(section)));
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
            section,
        }
    }

    /// Are all these letters somewhere in it?
    pub fn has_letters(&self, needed: u64) -> bool {
        needed & !self.letters == 0
    }

    /// Is it of this chapter?
    pub fn is_chapter(&self, chapter: u32) -> bool {
        self.chapter == Some(chapter)
    }

    /// Has it this page?
    pub fn has_page(&self, page: u32) -> bool {
        self.pages.iter().any(|range| range.contains(page))
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
    pub fn points(&self, needle: &Needle) -> Option<i64> {
        if let Some(points) = self.opening_points(needle) {
            return Some(points);
        }
        let mut best = None;
        for at in needle.places(&self.text).take(OCCURRENCES) {
            best = best.max(Some(self.points_at(at)));
            if best >= Some(WHOLE) {
                break;
            }
        }
        best
    }

    /// The points where the section opens with the whole word: there are no better ones.
    fn opening_points(&self, needle: &Needle) -> Option<i64> {
        let start = self.section?;
        let rest = self.part(start..self.ends[0]);
        let points = || self.points_at(start..start + needle.word().len());
        rest.starts_with(needle.word())
            .then(points)
            .filter(|p| *p >= WHOLE)
    }

    fn points_at(&self, at: Range<usize>) -> i64 {
        let field = self.field(at.start);
        let class = class(&self.text, at.clone());
        let worth = WORTH
            .iter()
            .find(|(f, _)| *f == field)
            .map_or(0, |(_, worth)| *worth);
        let opens = self.section == Some(at.start) && class >= START;
        let bonus = match field {
            Field::Label if opens => OPENING,
            Field::Synonyms if is_line(&self.text, at) => WHOLE_SYNONYM,
            _ => 0,
        };
        class * worth / 100 + bonus
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
    if !entry.pages.is_empty() {
        words.push(format!(
            "p {}",
            crate::model::pages::print_list(&entry.pages)
        ));
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

/// The place in a folded line where a word is found best.
pub fn best_place(line: &str, needle: &Needle) -> Option<Range<usize>> {
    needle
        .places(line)
        .min_by_key(|at| Reverse(class(line, at.clone())))
}

/// Which letters a folded text has, as a set of 64 bits; rare ones share bits.
pub fn letters(text: &str) -> u64 {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .fold(0, |set, c| set | 1 << letter_bit(c))
}

fn letter_bit(c: char) -> u32 {
    match c {
        'a'..='z' => u32::from(c) - u32::from('a'),
        '0'..='9' => 26 + u32::from(c) - u32::from('0'),
        c => 36 + u32::from(c) % 28,
    }
}
