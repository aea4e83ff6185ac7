//! What can be put into a rationale: word for word the item's citations and the case's findings,
//! or a snippet that the case fills in; found by a few letters.

use super::field::Field;
use super::list::List;
use super::open_case::OpenCase;
use crate::model::snippet_fields::Facts;
use crate::model::{Finding, Snippet};
use crate::search::fuzzy::Matcher;
use crate::settings::snippets;
use std::cmp::Reverse;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// `cited`, the kind of finding, or for which requests a snippet is made.
    pub kind: String,
    /// What a snippet is called; citations and findings stand for themselves.
    pub name: Option<String>,
    /// What is inserted.
    pub text: String,
}

impl Excerpt {
    /// What its line of the list says.
    pub fn line(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.text)
    }
}

/// The list.
#[derive(Debug)]
pub struct Excerpts {
    /// What is chosen from.
    pub title: &'static str,
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
            kind: "cited".to_owned(),
            name: None,
            text: citation.label(),
        });
        let findings = &open.file.case.findings;
        let timeline = open.timeline();
        let findings = timeline.iter().filter_map(|at| findings.get(*at));
        let found = findings.map(|finding| Excerpt {
            kind: finding.kind.word().to_owned(),
            name: None,
            text: Finding::excerpt(finding),
        });
        Self {
            title: "Insert a citation or finding",
            field: Field::default(),
            list: List::default(),
            all: cited.chain(found).collect(),
        }
    }

    /// The snippets, filled in by the current item: those made for such a request first, then those
    /// for all, then the others.
    pub fn snippets(open: &OpenCase, own: &[Snippet]) -> Self {
        let facts = Facts {
            case: &open.file.case,
            draft: &open.file.draft,
            requests: open.requests(),
            item: open.item,
        };
        let category = open
            .requests()
            .get(open.item)
            .map(|request| request.category);
        let rank = |snippet: &Snippet| {
            let fits = category.is_some_and(|category| snippet.fits(category));
            (!fits, !snippet.categories.is_empty())
        };
        let mut all = snippets::with_own(own);
        all.sort_by_key(rank);
        let filled = all.iter().map(|snippet| Excerpt {
            kind: match snippet.is_own {
                true => "your own".to_owned(),
                false => format!("for {}", snippet.made_for()),
            },
            name: Some(snippet.name.clone()),
            text: snippet.filled(&facts),
        });
        Self {
            title: "Insert a snippet",
            field: Field::default(),
            list: List::default(),
            all: filled.collect(),
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
            |excerpt: &&Excerpt| matcher.score(&format!("{} {}", excerpt.line(), excerpt.kind));
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
