//! The selected answer of the picker in full, from the part in view on.

use super::doc::{Line, span};
use super::layout::Area;
use super::model::Model;
use super::picker::Picker;
use super::{shelf, wrap};
use crate::model::guideline::{Passage, PassageHit};
use crate::model::pick::Spot;
use crate::model::{Citation, Decision, Finding, Pick, Precedent, date, sentences};
use crate::search::words::Words;
use crate::settings::theme::Role;

/// Lines of a record's page that stay in view above the one that was found.
const ABOVE: usize = 3;

/// The lines in view, from the top of the area on.
pub fn lines(model: &Model, picker: &Picker, area: Area) -> Vec<Line> {
    let (width, height) = (usize::from(area.width), usize::from(area.height));
    let is_airy = Area::screen(model.size).is_wide();
    let Some(pick) = picker.selected() else {
        return Vec::new();
    };
    let (lines, top) = match pick {
        Pick::Citation(hit) => (shelf::entry(&hit.entry, width, is_airy), picker.view.line),
        Pick::Passage(hit) => (guideline(picker, hit, width, height), 0),
        Pick::Precedent(one) => {
            let lines = precedent(model, picker, one, width);
            let top = match picker.view.follows {
                true => top_of_mark(&lines, height),
                false => 0,
            };
            (lines, top)
        }
        Pick::Finding(_, found) => (finding(found, &picker.words, width), picker.view.line),
        Pick::Record(spot) => {
            let lines = record(model, spot, &picker.words, width);
            let marked = lines.iter().position(is_marked);
            let top = marked.map_or(0, |line| line.saturating_sub(ABOVE));
            (lines, top + picker.view.line)
        }
    };
    lines.into_iter().skip(top).collect()
}

fn is_marked(line: &Line) -> bool {
    line.iter().any(|piece| piece.role == Role::Mark)
}

/// So that the selected sentence is in view, as near to the start of it all as can be.
fn top_of_mark(lines: &[Line], height: usize) -> usize {
    let last = lines.iter().rposition(is_marked).unwrap_or(0);
    let first = lines.iter().position(is_marked).unwrap_or(0);
    (last + 1).saturating_sub(height).min(first)
}

/// Prose with the words that were looked for marked; `selected` is laid under those bytes.
fn prose(text: &str, words: &Words, selected: &std::ops::Range<usize>, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        let marks = words.marks(paragraph);
        let mut at = 0;
        let each = paragraph.split(' ').map(|word| {
            let (from, to) = (at, at + word.len());
            at = to + 1;
            let is_found = marks.iter().any(|mark| mark.start < to && from < mark.end);
            let is_selected = selected.contains(&(start + from));
            let role = match (is_selected, is_found) {
                (true, _) => Role::Mark,
                (false, true) => Role::Match,
                (false, false) => Role::Text,
            };
            (role, word)
        });
        let broken = wrap::marked(each.filter(|(_, word)| !word.is_empty()), width);
        let line = |pieces: Vec<(Role, String)>| {
            let spans = pieces.into_iter().map(|(role, text)| span(role, text));
            spans.collect::<Line>()
        };
        lines.extend(broken.into_iter().map(line));
        start += paragraph.len() + 1;
    }
    lines
}

fn plain(role: Role, text: &str, width: usize) -> impl Iterator<Item = Line> {
    let lines = wrap::lines(text, width).into_iter();
    lines.map(move |line| vec![span(role, line)])
}

/// The passages from the first in view on, as many as fill the height.
fn guideline(picker: &Picker, hit: &PassageHit, width: usize, height: usize) -> Vec<Line> {
    let view = &picker.view;
    let alone = std::slice::from_ref(&hit.passage);
    let passages = if view.around.is_empty() {
        alone
    } else {
        &view.around
    };
    let mut lines = Vec::new();
    let from = passages
        .iter()
        .filter(|passage| passage.number >= view.number);
    for passage in from {
        lines.extend(of_passage(passage, hit, &picker.words, width));
        if lines.len() >= view.line + height {
            break;
        }
    }
    lines.drain(..view.line.min(lines.len()));
    lines
}

/// A passage under its heading, and a blank line.
pub fn of_passage(passage: &Passage, hit: &PassageHit, words: &Words, width: usize) -> Vec<Line> {
    let heading = passage.heading.join(" > ");
    let mut lines: Vec<Line> = match heading.is_empty() {
        true => Vec::new(),
        false => plain(Role::Strong, &heading, width).collect(),
    };
    let page = passage.printed_page().map(|page| format!("p. {page}"));
    let rank = format!("rank {:?}", hit.rank);
    let facts = [Some(hit.title.clone()), page, Some(rank), hit.note.clone()];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    lines.extend(plain(Role::Dim, &facts.join(" · "), width));
    lines.extend(prose(&passage.text, words, &(0..0), width));
    lines.push(Vec::new());
    lines
}

fn precedent(model: &Model, picker: &Picker, one: &Precedent, width: usize) -> Vec<Line> {
    let role = match one.decision {
        Decision::Upheld => Role::Upheld,
        Decision::Overturned => Role::Overturned,
    };
    let day = one
        .day
        .map(date::long)
        .or_else(|| Some(one.year()?.to_string()));
    let whose = one.is_own.then(|| "your own".to_owned());
    let name = format!("{} item {}", one.case, one.item + 1);
    let facts: Vec<String> = [Some(name), day, whose].into_iter().flatten().collect();
    let mut lines: Vec<Line> = plain(Role::Strong, &one.request, width).collect();
    lines.push(vec![span(role, one.decision.both())]);
    lines.extend(plain(Role::Dim, &facts.join(" · "), width));
    if !one.shared.is_empty() {
        let shared = format!("alike in {}", one.shared.join(", "));
        lines.extend(plain(Role::Label, &shared, width));
    }
    lines.extend(cites(model, picker, one, width));
    lines.push(Vec::new());
    if one.rationale.trim().is_empty() {
        let said = "How it was decided is known, not why.";
        lines.extend(plain(Role::Dim, said, width));
        return lines;
    }
    let ranges = sentences::ranges(&one.rationale);
    let selected = ranges.get(picker.view.sentence).cloned();
    lines.extend(prose(
        &one.rationale,
        &picker.words,
        &selected.unwrap_or(0..0),
        width,
    ));
    lines
}

/// Its citations, those that the item has already in dim letters; the next to be taken over is
/// marked by a sign.
fn cites(model: &Model, picker: &Picker, one: &Precedent, width: usize) -> Vec<Line> {
    let next = next_citation(model, picker, one).map(Citation::label);
    let each = one.citations.iter().map(Citation::label);
    let lines = each.flat_map(|label| {
        let (sign, role) = match next.as_ref() == Some(&label) {
            true => ("> ", Role::Text),
            false => ("- ", Role::Dim),
        };
        let lines = wrap::lines(&label, width.saturating_sub(2));
        let line = move |(n, text): (usize, String)| {
            let lead = if n == 0 { sign } else { "  " };
            vec![span(Role::Accent, lead), span(role, text)]
        };
        lines.into_iter().enumerate().map(line).collect::<Vec<_>>()
    });
    lines.collect()
}

/// The first citation of a precedent that the item does not have.
pub fn next_citation<'p>(
    model: &Model,
    picker: &Picker,
    one: &'p Precedent,
) -> Option<&'p Citation> {
    let draft = picker
        .item
        .and_then(|item| model.open.as_ref()?.file.draft.items.get(item));
    let is_cited = |citation: &Citation| {
        let label = citation.label();
        draft.is_some_and(|draft| draft.citations.iter().any(|c| c.label() == label))
    };
    one.citations.iter().find(|citation| !is_cited(citation))
}

fn finding(finding: &Finding, words: &Words, width: usize) -> Vec<Line> {
    let day = finding.date.map(date::long);
    let source = finding.source.as_ref().map(|source| source.record.clone());
    let facts = [Some(finding.kind.word().to_owned()), day, source];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let mut lines: Vec<Line> = plain(Role::Dim, &facts.join(" · "), width).collect();
    lines.extend(prose(&finding.text, words, &(0..0), width));
    lines
}

/// The page, with the line that was found laid under.
fn record(model: &Model, spot: &Spot, words: &Words, width: usize) -> Vec<Line> {
    let open = model.open.as_ref();
    let record = open.and_then(|open| open.file.case.records.get(spot.record));
    let page = record.and_then(|record| record.pages.get(spot.page));
    let page = page.map(String::as_str).unwrap_or_default();
    let start: usize = page
        .split_inclusive('\n')
        .take(spot.line)
        .map(str::len)
        .sum();
    let line = page.lines().nth(spot.line).unwrap_or_default();
    let mut lines: Vec<Line> = plain(Role::Strong, &spot.title, width).collect();
    let pages = record.map_or(0, |record| record.pages.len());
    lines.push(vec![span(
        Role::Dim,
        format!("page {} of {pages}", spot.page + 1),
    )]);
    lines.extend(prose(page, words, &(start..start + line.len()), width));
    lines
}
