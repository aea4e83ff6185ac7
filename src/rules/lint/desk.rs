//! The case as the checks read it: each text with its small letters and its sentences, read once.

use super::Context;
use crate::model::lint::Place;
use crate::model::{CaseFile, ItemDraft, Reviewer, sentences};
use std::ops::Range;

/// A text of the case.
pub(super) struct Text<'a> {
    /// As written.
    pub raw: &'a str,
    /// In small letters, byte for byte as long as `raw`.
    pub small: String,
    /// Its sentences.
    pub sentences: Vec<Range<usize>>,
}

impl<'a> Text<'a> {
    fn new(raw: &'a str) -> Self {
        Self {
            raw,
            small: raw.to_ascii_lowercase(),
            sentences: sentences::ranges(raw),
        }
    }

    /// The sentence that holds the place `at`.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let after = self.sentences.partition_point(|range| range.end <= at);
        let found = self.sentences.get(after).cloned();
        found.unwrap_or(0..self.raw.len())
    }
}

/// What the checks look at.
pub(crate) struct Desk<'a> {
    pub(super) file: &'a CaseFile,
    #[expect(dead_code, reason = "the check of the reviewer's own name reads it")]
    pub(super) reviewer: &'a Reviewer,
    #[expect(dead_code, reason = "the checks of dates read it")]
    pub(super) context: &'a Context<'a>,
    pub(super) summary: Text<'a>,
    pub(super) rationales: Vec<Text<'a>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        file: &'a CaseFile,
        reviewer: &'a Reviewer,
        context: &'a Context<'a>,
    ) -> Self {
        let drafts = file.draft.items.iter();
        Self {
            file,
            reviewer,
            context,
            summary: Text::new(&file.case.summary),
            rationales: drafts.map(|draft| Text::new(&draft.rationale)).collect(),
        }
    }

    /// Every item's draft beside its rationale.
    pub(super) fn items(&self) -> impl Iterator<Item = (usize, &'a ItemDraft, &Text<'a>)> {
        let drafts = self.file.draft.items.iter().enumerate();
        drafts
            .zip(&self.rationales)
            .map(|((item, draft), text)| (item, draft, text))
    }

    /// The texts of the letter in its order: summary, then the rationales.
    pub(super) fn prose(&self) -> impl Iterator<Item = (Place, &Text<'a>)> {
        let rationales = self.rationales.iter().enumerate();
        std::iter::once((Place::Summary, &self.summary))
            .chain(rationales.map(|(item, text)| (Place::Rationale(item), text)))
    }

    /// The sentence around the words of a lint, or the whole of a short text.
    pub(super) fn sentence_around(&self, place: Place, span: &Range<usize>) -> &str {
        let of = |text: &'a str, range: Range<usize>| text.get(range).unwrap_or(text);
        let item = |n: usize| self.file.case.items.get(n);
        match place {
            Place::Case => "",
            Place::Summary => of(self.summary.raw, self.summary.sentence(span.start)),
            Place::Request(n) => item(n).map_or("", |item| &item.request),
            Place::Citation(n, k) => {
                let draft = self.file.draft.items.get(n);
                let citation = draft.and_then(|draft| draft.citations.get(k));
                citation.map_or("", |citation| &citation.text)
            }
            Place::Rationale(n) => self
                .rationales
                .get(n)
                .map_or("", |text| of(text.raw, text.sentence(span.start))),
        }
    }
}
