//! What is left to do before the signature: what is missing, and what the checks say.

use super::model::Model;
use crate::model::lint::{Lint, Severity};
use crate::rules::gate::Gap;

/// One thing that is left to do before the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Point {
    /// Something is missing.
    Gap(Gap),
    /// A check says something.
    Lint(Lint),
}

impl Point {
    /// The lint it is.
    pub fn lint(&self) -> Option<&Lint> {
        match self {
            Self::Lint(lint) => Some(lint),
            Self::Gap(_) => None,
        }
    }

    /// In words.
    pub fn text(&self) -> String {
        match self {
            Self::Gap(gap) => gap.text.clone(),
            Self::Lint(lint) => {
                let weighs = match lint.severity {
                    Severity::Blocking => "blocks",
                    Severity::Warning | Severity::Note => "warns",
                };
                let of = lint
                    .item
                    .map_or_else(String::new, |n| format!("Item {}: ", n + 1));
                format!("{of}{} {weighs}: {}", lint.id, lint.message)
            }
        }
    }
}

impl Model {
    /// What is left before the signature: what is missing, then what the checks say.
    pub fn points(&self) -> Vec<Point> {
        let gaps = self.work_gaps().into_iter().map(Point::Gap);
        let lints = self.open.as_ref().map(|open| self.marks.weighty(open));
        let lints = lints
            .into_iter()
            .flatten()
            .filter(|lint| !self.is_told(lint));
        gaps.chain(lints.cloned().map(Point::Lint)).collect()
    }

    /// Does the gate tell of this lint already?
    fn is_told(&self, lint: &Lint) -> bool {
        lint.severity == Severity::Blocking
            && self
                .work_blockers()
                .iter()
                .any(|b| (b.id, b.item) == (lint.id, lint.item))
    }

    /// Is the current item the last one?
    pub(super) fn is_on_last_item(&self) -> bool {
        let open = self.open.as_ref();
        open.is_none_or(|open| open.item + 1 >= open.file.case.items.len())
    }

    /// Lints that block the signature beside what the gate tells.
    pub fn held(&self) -> Vec<Lint> {
        let lints = self.open.as_ref().map(|open| self.marks.weighty(open));
        let blocks = |lint: &&Lint| lint.severity == Severity::Blocking && !self.is_told(lint);
        lints
            .into_iter()
            .flatten()
            .filter(blocks)
            .cloned()
            .collect()
    }

    /// Lints for which a reason is asked with the signature.
    pub(in crate::app) fn unanswered(&self) -> Vec<Lint> {
        let lints = self.open.as_ref().map(|open| self.marks.weighty(open));
        let asks = |lint: &&Lint| lint.severity == Severity::Warning;
        lints.into_iter().flatten().filter(asks).cloned().collect()
    }
}
