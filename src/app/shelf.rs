//! What the shelf says of an entry, and what is cited or could be on an item, in lines.

use super::action::Action;
use super::doc::{Line, span};
use super::keymap::Context;
use super::model::Model;
use super::open_case::OpenCase;
use super::wrap;
use crate::model::{Citation, Item, ItemDraft, ShelfEntry, Source, pages};
use crate::settings::theme::Role;
use std::ops::Range;

/// Columns of the names of facts.
const NAME: usize = 10;

/// The label of an entry in full, and what is known of it; `is_airy` leaves a line between.
pub fn entry(entry: &ShelfEntry, width: usize, is_airy: bool) -> Vec<Line> {
    let label = wrap::lines(&entry.citation.label(), width);
    let mut lines: Vec<Line> = label
        .into_iter()
        .map(|l| vec![span(Role::Strong, l)])
        .collect();
    if is_airy {
        lines.push(Vec::new());
    }
    lines.extend(
        facts(entry)
            .into_iter()
            .flat_map(|(name, value)| fact(name, &value, width)),
    );
    lines
}

fn fact(name: &str, value: &str, width: usize) -> Vec<Line> {
    let lines = wrap::lines(value, width.saturating_sub(NAME).max(8));
    let line = |(n, text): (usize, String)| {
        let name = if n == 0 { name } else { "" };
        vec![
            span(Role::Label, format!("{name:<NAME$}")),
            span(Role::Text, text),
        ]
    };
    lines.into_iter().enumerate().map(line).collect()
}

/// What is known of a guideline, fact by fact.
pub fn facts(entry: &ShelfEntry) -> Vec<(&'static str, String)> {
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
    let unverified = if entry.is_unverified {
        "recalled, not checked"
    } else {
        ""
    };
    let all = [
        ("Topic", entry.topic.clone()),
        ("Pages", pages::print_list(&entry.pages)),
        ("Edition", format!("{source}, {edition}")),
        ("In force", in_force(entry)),
        (
            "Rank",
            format!("{:?}, {}", entry.rank, entry.rank.meaning()),
        ),
        ("Also", entry.synonyms.join(", ")),
        ("Note", unverified.to_owned()),
    ];
    all.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// Nothing where nothing is known: what the law does not date has no such line.
fn in_force(entry: &ShelfEntry) -> String {
    let effective = entry.effective.as_deref();
    effective.map(ToString::to_string).unwrap_or_default()
}

/// A name in a list, its further lines hanging.
fn point(label: &str, width: usize) -> Vec<Line> {
    let lines = wrap::lines(&short(label), width.saturating_sub(2)).into_iter();
    let line = |(n, text): (usize, String)| {
        let lead = if n == 0 { "- " } else { "  " };
        vec![span(Role::Label, lead), span(Role::Text, text)]
    };
    lines.enumerate().map(line).collect()
}

/// What UR cites for the current item, what the reviewer does, and what else is on the shelf.
pub fn beside(model: &Model, open: &OpenCase, width: usize) -> Vec<Line> {
    let Some((item, draft)) = open.current() else {
        return vec![vec![span(Role::Dim, "The case has no item in dispute.")]];
    };
    let mut lines = section("UR cites", of_ur(item, width));
    lines.extend(section("Cited", cited(model, open, draft, width)));
    lines.extend(section("On the shelf", on_shelf(model, draft, width)));
    lines
}

fn section(heading: &str, mut lines: Vec<Line>) -> Vec<Line> {
    if !lines.is_empty() {
        lines.insert(0, vec![span(Role::Heading, heading)]);
        lines.push(Vec::new());
    }
    lines
}

fn of_ur(item: &Item, width: usize) -> Vec<Line> {
    if item.ur.citations.is_empty() {
        return plain(item.ur.text.as_deref().unwrap_or_default(), width);
    }
    let labels = item.ur.citations.iter().map(Citation::label);
    labels.flat_map(|label| point(&label, width)).collect()
}

fn plain(text: &str, width: usize) -> Vec<Line> {
    let lines = wrap::lines(text, width).into_iter();
    lines
        .filter(|l| !l.is_empty())
        .map(|l| vec![span(Role::Text, l)])
        .collect()
}

/// The selected citation with what the shelf says of it, the others by name.
fn cited(model: &Model, open: &OpenCase, draft: &ItemDraft, width: usize) -> Vec<Line> {
    let known = |label: &str| {
        let mut hits = model.beside.hits.iter().map(|hit| &hit.entry);
        hits.find(|entry| entry.citation.label() == label)
    };
    let each = draft
        .citations
        .iter()
        .enumerate()
        .flat_map(|(n, citation)| {
            let label = citation.label();
            match known(&label).filter(|_| n == open.citation) {
                Some(found) => entry(found, width, false),
                None => point(&label, width),
            }
        });
    let mut lines: Vec<Line> = each.collect();
    if lines.is_empty() && open.is_open() {
        let key = model.keymap.key(Action::Cite, &[Context::Items]);
        lines.push(vec![span(
            Role::Undecided,
            format!("nothing; on the items {key} cites"),
        )]);
    }
    lines
}

/// What is nearest to the request and not cited yet: the first with what is known of it.
fn on_shelf(model: &Model, draft: &ItemDraft, width: usize) -> Vec<Line> {
    let hits = model.beside.hits.iter().map(|hit| &hit.entry);
    let is_cited = |e: &ShelfEntry| draft.citations.contains(&e.citation);
    let others = hits.filter(|e| !is_cited(e)).enumerate();
    let lines = others.flat_map(|(n, e)| match n {
        0 => entry(e, width, false),
        _ => point(&e.citation.label(), width),
    });
    lines.collect()
}

/// Words that every second label begins with say nothing in a list: what is left of it, in bytes.
pub fn kept(label: &str) -> Vec<Range<usize>> {
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

/// A label without those words.
pub fn short(label: &str) -> String {
    kept(label)
        .into_iter()
        .filter_map(|part| label.get(part))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn labels_lose_what_all_of_them_say() {
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
