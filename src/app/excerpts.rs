//! What can be put into a rationale word for word: the item's citations and the case's findings,
//! found by a few letters.

use super::field::Field;
use super::list::List;
use super::open_case::OpenCase;
use crate::model::{Finding, date};
use crate::search::fuzzy::Matcher;
use std::cmp::Reverse;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// `cited`, or the kind of finding.
    pub kind: &'static str,
    /// What is inserted.
    pub text: String,
}

/// The list.
#[derive(Debug)]
pub struct Excerpts {
    /// What is typed.
    pub field: Field,
    /// Selection among [`Excerpts::found`].
    pub list: List,
    all: Vec<Excerpt>,
}

impl Excerpts {
    /// What the current item cites, then the findings in the order of the timeline.
    pub fn of(open: &OpenCase) -> Self {
        let cited = open.current().map(|(_, draft)| draft.citations.as_slice());
        let cited = cited.unwrap_or_default().iter().map(|citation| Excerpt {
            kind: "cited",
            text: citation.label(),
        });
        let findings = &open.file.case.findings;
        let timeline = open.timeline();
        let findings = timeline.iter().filter_map(|at| findings.get(*at));
        let found = findings.map(|finding| Excerpt {
            kind: finding.kind.word(),
            text: words(finding),
        });
        Self {
            field: Field::default(),
            list: List::default(),
            all: cited.chain(found).collect(),
        }
    }

    /// Is there nothing to choose from?
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What fits what is typed, best first; while nothing is, everything in its order.
    pub fn found(&self) -> Vec<&Excerpt> {
        if self.field.is_empty() {
            return self.all.iter().collect();
        }
        let matcher = Matcher::new(self.field.text());
        let score =
            |excerpt: &&Excerpt| matcher.score(&format!("{} {}", excerpt.text, excerpt.kind));
        let mut found: Vec<(i64, &Excerpt)> = self
            .all
            .iter()
            .filter_map(|excerpt| Some((score(&excerpt)?, excerpt)))
            .collect();
        found.sort_by_key(|(score, _)| Reverse(*score));
        found.into_iter().map(|(_, excerpt)| excerpt).collect()
    }

    /// The selected line.
    pub fn selected(&self) -> Option<&Excerpt> {
        self.found().get(self.list.selected).copied()
    }
}

/// A finding as part of a sentence: the date follows in brackets.
pub fn words(finding: &Finding) -> String {
    let text = finding.text.trim_end_matches(['.', ' ']);
    match finding.date {
        Some(day) => format!("{text} ({})", date::long(day)),
        None => text.to_owned(),
    }
}
