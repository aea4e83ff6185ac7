//! The guideline picker: query, ranked citations, the selected one in full.

use super::canvas::Canvas;
use super::text::{column, fit};
use crate::app::Model;
use crate::app::doc::{Span, span};
use crate::app::layout;
use crate::app::picker::Picker;
use crate::app::wrap;
use crate::model::{Hit, ShelfEntry, Source, pages};
use crate::settings::theme::Role;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

pub fn draw(canvas: &mut Canvas, model: &Model, picker: &Picker) {
    let areas = layout::picker(model.size);
    let heading = match picker.item {
        Some(item) => format!("Guidelines: cite on item {}, {}", item + 1, picker.context),
        None => "Guidelines".to_owned(),
    };
    canvas.frame(
        areas.frame,
        &heading,
        &format!("{} found", picker.hits.len()),
        true,
    );
    let col = canvas.text(areas.query, 0, 0, Role::Accent, "/ ");
    canvas.field(areas.query, 0, col, &picker.field, true);
    if picker.hits.is_empty() {
        let said = if picker.is_stale() {
            "Searching..."
        } else {
            "Nothing on the shelf fits these words."
        };
        canvas.text(areas.hits, 0, 3, Role::Dim, said);
        return;
    }
    for (line, (n, hit)) in
        (0..areas.hits.height).zip(picker.hits.iter().enumerate().skip(picker.list.top))
    {
        one(canvas, areas.hits, line, hit);
        if n == picker.list.selected {
            canvas.select(areas.hits, line);
        }
    }
    if let Some(hit) = picker.selected() {
        preview(canvas, model, &areas, hit);
    }
}

/// A hit: its label, matched letters marked, and how often it was cited.
fn one(canvas: &mut Canvas, area: layout::Area, line: u16, hit: &Hit) {
    let label = hit.entry.citation.label();
    let cited = match hit.cited {
        0 => String::new(),
        n => format!("cited {n} times "),
    };
    let room = usize::from(area.width).saturating_sub(4 + cited.width());
    let kept = kept(&label);
    let said: String = kept
        .iter()
        .filter_map(|part| label.get(part.clone()))
        .collect();
    canvas.text(area, line, 3, Role::Text, &fit(&said, room));
    let mut before = 0;
    for part in kept {
        for range in &hit.marks {
            let (start, end) = (range.start.max(part.start), range.end.min(part.end));
            let marked = label.get(start..end).unwrap_or_default();
            let col = before
                + label
                    .get(part.start..start)
                    .map_or(0, UnicodeWidthStr::width);
            if !marked.is_empty() && col + marked.width() < room {
                let col = u16::try_from(col + 3).unwrap_or(0);
                canvas.text(area, line, col, Role::Match, marked);
            }
        }
        before += label.get(part).map_or(0, UnicodeWidthStr::width);
    }
    canvas.right(area, line, Role::Dim, &cited);
}

/// Words that every second label begins with say nothing in a list: what is left of it, in bytes.
fn kept(label: &str) -> Vec<Range<usize>> {
    const IDLE: [&str; 3] = ["Official Disability Guidelines (", ")", "Section(s): "];
    let mut kept = Vec::new();
    let mut start = 0;
    for idle in IDLE {
        // The bracket belongs to the long name before it.
        let is_other = idle == ")" && start == 0;
        let from = label.get(start..).unwrap_or_default();
        if let Some(at) = from.find(idle).filter(|_| !is_other) {
            kept.push(start..start + at);
            start += at + idle.len();
        }
    }
    kept.push(start..label.len());
    kept
}

fn preview(canvas: &mut Canvas, model: &Model, areas: &layout::PickerAreas, hit: &Hit) {
    let is_wide = layout::Area::screen(model.size).is_wide();
    let area = if is_wide {
        areas.preview
    } else {
        canvas.rule(areas.preview, 0, "");
        areas.preview.split_top(1).1
    };
    let width = usize::from(area.width);
    let mut lines: Vec<Vec<Span>> = Vec::new();
    let label = wrap::lines(&hit.entry.citation.label(), width);
    lines.extend(label.into_iter().map(|l| vec![span(Role::Strong, l)]));
    if is_wide {
        lines.push(Vec::new());
    }
    for (name, value) in facts(&hit.entry) {
        let room = width.saturating_sub(10).max(8);
        for (n, line) in wrap::lines(&value, room).into_iter().enumerate() {
            let name = if n == 0 { name } else { "" };
            lines.push(vec![
                span(Role::Label, column(name, 10)),
                span(Role::Text, line),
            ]);
        }
    }
    canvas.page(area, &lines);
}

/// What is known of a guideline, fact by fact.
pub(super) fn facts(entry: &ShelfEntry) -> Vec<(&'static str, String)> {
    let citation = &entry.citation;
    let source = match citation.source {
        Source::Mtus => "MTUS",
        Source::Acoem => "ACOEM",
        Source::Odg => "ODG",
        Source::Other => "other",
        Source::None => "none",
    };
    let edition = citation
        .year
        .map_or_else(|| "no edition stated".to_owned(), |y| y.to_string());
    let rank = format!("{:?}, {}", entry.rank, entry.rank.meaning());
    let all = [
        ("Topic", entry.topic.clone()),
        ("Pages", pages::print_list(&entry.pages)),
        ("Edition", format!("{source}, {edition}")),
        ("Rank", rank),
        ("Also", entry.synonyms.join(", ")),
        (
            "Note",
            if entry.is_unverified {
                "recalled, not checked".to_owned()
            } else {
                String::new()
            },
        ),
    ];
    all.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn labels_lose_what_all_of_them_say() {
        let short =
            |label: &str| -> String { kept(label).into_iter().map(|part| &label[part]).collect() };
        assert_eq!(
            short("Official Disability Guidelines (ODG), Low Back Chapter: Injections (ESIs)"),
            "ODG, Low Back Chapter: Injections (ESIs)"
        );
        assert_eq!(
            short("MTUS Chronic Pain 2009, Section(s): Injections (ESIs)"),
            "MTUS Chronic Pain 2009, Injections (ESIs)"
        );
        assert_eq!(
            short("A textbook (second edition)"),
            "A textbook (second edition)"
        );
    }
}
