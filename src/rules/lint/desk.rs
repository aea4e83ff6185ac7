//! The case as the checks read it: each text with its small letters, its sentences and what it
//! states, each read once and only when a check asks.

use super::facts::days::{self, Day};
use super::facts::levels::{self, Told};
use super::facts::numbers::{self, Number};
use super::facts::people::{self, SexWord};
use super::facts::sides::{self, Sided};
use super::facts::treatments::{self, Families};
use super::{Context, restated};
use crate::model::lint::Place;
use crate::model::{CaseFile, ItemDraft, Reviewer, sentences};
use std::cell::OnceCell;
use std::ops::Range;

/// A text of the case.
#[derive(Default)]
pub(super) struct Text<'a> {
    /// As written.
    pub raw: &'a str,
    /// In small letters, byte for byte as long as `raw`.
    pub small: String,
    sentences: OnceCell<Vec<Range<usize>>>,
    sides: OnceCell<Vec<Sided>>,
    levels: OnceCell<Vec<Told>>,
    days: OnceCell<Vec<Day>>,
    numbers: OnceCell<Vec<Number>>,
    treatments: OnceCell<Families>,
    parts: OnceCell<Families>,
    sexes: OnceCell<Vec<SexWord>>,
    restated: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Text<'a> {
    pub fn new(raw: &'a str) -> Self {
        Self {
            raw,
            small: raw.to_ascii_lowercase(),
            ..Self::default()
        }
    }

    /// Where its sentences stand.
    pub fn sentences(&self) -> &[Range<usize>] {
        self.sentences.get_or_init(|| sentences::ranges(self.raw))
    }

    /// The sentence that holds the place `at`.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let all = self.sentences();
        let after = all.partition_point(|range| range.end <= at);
        all.get(after).cloned().unwrap_or(0..self.raw.len())
    }

    /// The same in small letters.
    pub fn small_sentence(&self, at: usize) -> &str {
        self.small.get(self.sentence(at)).unwrap_or_default()
    }

    pub fn sides(&self) -> &[Sided] {
        self.sides.get_or_init(|| sides::read(&self.small))
    }

    pub fn levels(&self) -> &[Told] {
        self.levels.get_or_init(|| levels::read(self.raw))
    }

    pub fn days(&self) -> &[Day] {
        self.days.get_or_init(|| days::read(&self.small))
    }

    pub fn numbers(&self) -> &[Number] {
        self.numbers.get_or_init(|| numbers::read(&self.small))
    }

    /// Treatments it names.
    pub fn treatments(&self) -> Families {
        *self
            .treatments
            .get_or_init(|| treatments::treatments(&self.small))
    }

    /// Words of sex.
    pub fn sexes(&self) -> &[SexWord] {
        self.sexes.get_or_init(|| people::sexes(&self.small))
    }

    /// Where it says the request again.
    pub fn restated(&self) -> &[Range<usize>] {
        self.restated.get_or_init(|| restated::spans(self))
    }

    /// Parts of the body it names.
    pub fn parts(&self) -> Families {
        *self.parts.get_or_init(|| treatments::parts(&self.small))
    }
}

/// What the checks look at.
pub(crate) struct Desk<'a> {
    pub(super) file: &'a CaseFile,
    pub(super) reviewer: &'a Reviewer,
    pub(super) context: &'a Context<'a>,
    pub(super) summary: Text<'a>,
    pub(super) requests: Vec<Text<'a>>,
    pub(super) rationales: Vec<Text<'a>>,
}

/// One item with its texts.
pub(super) struct Desked<'d, 'a> {
    /// From 0.
    pub item: usize,
    pub draft: &'a ItemDraft,
    pub request: &'d Text<'a>,
    pub rationale: &'d Text<'a>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        file: &'a CaseFile,
        reviewer: &'a Reviewer,
        context: &'a Context<'a>,
    ) -> Self {
        let (items, drafts) = (file.case.items.iter(), file.draft.items.iter());
        Self {
            file,
            reviewer,
            context,
            summary: Text::new(&file.case.summary),
            requests: items.map(|item| Text::new(&item.request)).collect(),
            rationales: drafts.map(|draft| Text::new(&draft.rationale)).collect(),
        }
    }

    /// Every item with its draft and texts.
    pub(super) fn items(&self) -> impl Iterator<Item = Desked<'_, 'a>> {
        let drafts = self.file.draft.items.iter().enumerate();
        let texts = self.requests.iter().zip(&self.rationales);
        let all = drafts.zip(texts);
        all.map(|((item, draft), (request, rationale))| Desked {
            item,
            draft,
            request,
            rationale,
        })
    }

    /// The texts of the letter in its order: summary, then the rationales.
    pub(super) fn prose(&self) -> impl Iterator<Item = (Place, &Text<'a>)> {
        let rationales = self.rationales.iter().enumerate();
        std::iter::once((Place::Summary, &self.summary))
            .chain(rationales.map(|(item, text)| (Place::Rationale(item), text)))
    }

    /// The words a lint stands on: the sentence around its marks, or the whole text.
    pub(super) fn words_around(&self, place: Place, span: Option<&Range<usize>>) -> &str {
        let of = |text: &Text<'a>| match span {
            Some(span) => text.raw.get(text.sentence(span.start)).unwrap_or(text.raw),
            None => text.raw,
        };
        match place {
            Place::Case => "",
            Place::Summary => of(&self.summary),
            Place::Request(n) => self.requests.get(n).map_or("", |text| text.raw),
            Place::Citation(n, k) => {
                let draft = self.file.draft.items.get(n);
                let citation = draft.and_then(|draft| draft.citations.get(k));
                citation.map_or("", |citation| &citation.text)
            }
            Place::Rationale(n) => self.rationales.get(n).map_or("", of),
        }
    }
}
