//! How an answer of the picker reads in its list: one line, matched letters marked.

use super::shelf;
use crate::model::guideline::PassageHit;
use crate::model::{Decision, Hit, Pick, Precedent, date, pick::Spot};
use crate::search::words::Words;
use crate::settings::theme::Role;
use std::ops::Range;

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// What it is, in a word.
    pub kind: &'static str,
    /// A word before the line, with its meaning.
    pub lead: Option<(Role, &'static str)>,
    /// The line.
    pub text: String,
    /// What of it is marked: bytes, ascending.
    pub marks: Vec<Range<usize>>,
    /// At the right.
    pub aside: String,
}

/// The line of an answer.
pub fn row(pick: &Pick, words: &Words) -> Row {
    match pick {
        Pick::Citation(hit) => citation(hit),
        Pick::Passage(hit) => marked(passage(hit), words),
        Pick::Precedent(one) => marked(precedent(one), words),
        Pick::Finding(_, finding) => {
            let day = finding.date.map(date::short);
            let row = Row {
                kind: "finding",
                text: finding.text.clone(),
                aside: day.unwrap_or_default(),
                ..Row::default()
            };
            marked(row, words)
        }
        Pick::Record(spot) => marked(record(spot), words),
    }
}

fn marked(row: Row, words: &Words) -> Row {
    Row {
        marks: words.marks(&row.text),
        ..row
    }
}

/// The label without what every second one says; its marks moved with it.
fn citation(hit: &Hit) -> Row {
    let label = hit.entry.citation.label();
    let (mut text, mut marks) = (String::new(), Vec::new());
    for part in shelf::kept(&label) {
        let at = text.len();
        for mark in &hit.marks {
            let (start, end) = (mark.start.max(part.start), mark.end.min(part.end));
            if start < end {
                marks.push(at + start - part.start..at + end - part.start);
            }
        }
        text.push_str(label.get(part).unwrap_or_default());
    }
    Row {
        kind: "citation",
        text,
        marks,
        aside: match hit.cited {
            0 => String::new(),
            n => format!("cited {n} times"),
        },
        ..Row::default()
    }
}

fn passage(hit: &PassageHit) -> Row {
    let passage = &hit.passage;
    let heading = passage
        .heading
        .last()
        .map_or(hit.title.as_str(), String::as_str);
    let page = passage.printed_page().map(|page| format!("p. {page}"));
    let text = match passage.heading.is_empty() {
        true => heading.to_owned(),
        false => format!("{heading} · {}", hit.title),
    };
    Row {
        kind: "passage",
        text,
        aside: page.unwrap_or_default(),
        ..Row::default()
    }
}

fn precedent(one: &Precedent) -> Row {
    let lead = match one.decision {
        Decision::Upheld => (Role::Upheld, "upheld    "),
        Decision::Overturned => (Role::Overturned, "overturned"),
    };
    let year = one.year().map(|year| year.to_string());
    let whose = if one.is_own { "own " } else { "" };
    Row {
        kind: "precedent",
        lead: Some(lead),
        text: one.request.clone(),
        aside: format!("{whose}{}", year.unwrap_or_default()),
        ..Row::default()
    }
}

fn record(spot: &Spot) -> Row {
    let text = match spot.text.is_empty() {
        true => spot.title.clone(),
        false => format!("{}: {}", spot.title, spot.text),
    };
    Row {
        kind: "record",
        text,
        aside: format!("page {}", spot.page + 1),
        ..Row::default()
    }
}
