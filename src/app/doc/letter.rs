//! The determination as it will read, or as it was sealed.

use super::super::model::Model;
use super::super::open_case::OpenCase;
use super::super::wrap;
use super::{Line, span};
use crate::letter::{self, Paragraph, ParagraphKind};
use crate::model::Stage;
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

/// What was sealed, for a signed case; else the letter as it would read today, live: what is
/// typed and not saved yet is part of it.
fn letter_of(model: &Model, open: &OpenCase) -> Vec<Paragraph> {
    let is_signed = open.file.stage == Stage::Signed;
    if let Some(sealed) = open.file.sealed.last().filter(|_| is_signed) {
        return letter::sealed_paragraphs(sealed);
    }
    let mut file = open.file.clone();
    for (item, text) in open.unsaved() {
        if let Some(draft) = file.draft.items.get_mut(item) {
            draft.rationale = text;
        }
    }
    let (reviewer, organisation) = (&model.reviewer, &model.organisation);
    letter::preview_paragraphs(&file, reviewer, organisation, model.today())
}

pub fn determination(model: &Model, open: &OpenCase, width: usize) -> Vec<Line> {
    let letter = letter_of(model, open);
    let mut lines = Vec::new();
    for paragraph in &letter {
        if !lines.is_empty() && !paragraph.is_joined {
            lines.push(Vec::new());
        }
        lines.extend(letter_lines(paragraph, width));
    }
    lines
}

/// A paragraph of the letter, broken to the width of the page; gaps stand out.
fn letter_lines(paragraph: &Paragraph, width: usize) -> Vec<Line> {
    let role = match paragraph.kind {
        ParagraphKind::Heading => Role::Heading,
        ParagraphKind::Item => Role::Strong,
        ParagraphKind::Field | ParagraphKind::Entry | ParagraphKind::Body => Role::Text,
    };
    let parts = with_gaps(&paragraph.text, role);
    let words = parts
        .into_iter()
        .flat_map(|(role, text)| text.split_whitespace().map(move |word| (role, word)));
    let indent = paragraph.indent();
    let mut lines = wrap::marked(words, width.saturating_sub(indent.width()))
        .into_iter()
        .map(|pieces| pieces.into_iter().map(|(role, text)| span(role, text)))
        .map(Iterator::collect::<Line>);
    let first = lines.next();
    let hanging = lines.map(|line| std::iter::once(span(role, indent)).chain(line).collect());
    first.into_iter().chain(hanging).collect()
}

/// A text cut where it stands for something missing.
fn with_gaps(text: &str, role: Role) -> Vec<(Role, &str)> {
    let found = letter::GAPS
        .iter()
        .find_map(|gap| text.split_once(gap).map(|cut| (gap, cut)));
    match found {
        Some((gap, (before, after))) => {
            vec![(role, before), (Role::Undecided, *gap), (role, after)]
        }
        None => vec![(role, text)],
    }
}
