//! The earlier texts of a rationale, and what changed since each.

use super::doc::{Line, span};
use super::list::List;
use super::wrap;
use crate::model::difference::{self, Fate};
use crate::model::{CaseId, Version};
use crate::settings::theme::Role;

/// The open list.
#[derive(Debug)]
pub struct Versions {
    /// Of which case.
    pub case: CaseId,
    /// Of which item, from 0.
    pub item: usize,
    /// Newest first; `None` until they are read.
    pub all: Option<Vec<Version>>,
    /// Selection among them.
    pub list: List,
    /// First line of the differences in view.
    pub top: usize,
}

impl Versions {
    /// A list that waits for its texts.
    pub fn awaited(case: CaseId, item: usize) -> Self {
        Self {
            case,
            item,
            all: None,
            list: List::default(),
            top: 0,
        }
    }

    /// The selected one.
    pub fn selected(&self) -> Option<&Version> {
        self.all.as_ref()?.get(self.list.selected)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all.as_ref().map_or(0, Vec::len)
    }

    /// What changed from the selected one to the text of today, in lines of so many columns. What
    /// went stands in `[-...-]`, what came in `{+...+}`: no colour is needed to tell them.
    pub fn changes(&self, today: &str, width: usize) -> Vec<Line> {
        let Some(version) = self.selected() else {
            return Vec::new();
        };
        let mut marked = String::new();
        let mut roles = Vec::new();
        for piece in difference::words(&version.text, today) {
            let from = marked.len();
            marked.push_str(&piece.marked());
            roles.push((from..marked.len(), role(piece.fate)));
        }
        lines(&marked, &roles, width)
    }
}

fn role(fate: Fate) -> Role {
    match fate {
        Fate::Kept => Role::Text,
        Fate::Removed => Role::Problem,
        Fate::Added => Role::Done,
    }
}

type Roles = [(std::ops::Range<usize>, Role)];

/// Wrapped lines, each piece of them in its role.
fn lines(text: &str, roles: &Roles, width: usize) -> Vec<Line> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in wrap::lines(text, width) {
        // Wrapping changes white space alone: each line is found behind the one before.
        let mut spans = Vec::new();
        for word in line.split_inclusive(' ') {
            let bare = word.trim_end();
            let found = text.get(at..).and_then(|rest| rest.find(bare));
            at += found.unwrap_or(0);
            spans.extend(parts(bare, at, roles));
            at += bare.len();
            if word.len() > bare.len() {
                spans.push(span(Role::Text, " "));
            }
        }
        out.push(spans);
    }
    out
}

/// A word, cut where one piece ends within it.
fn parts(word: &str, at: usize, roles: &Roles) -> Line {
    let overlaps = roles.iter().filter_map(|(range, role)| {
        let start = range.start.max(at) - at;
        let end = range.end.min(at + word.len()).checked_sub(at)?;
        let part = word.get(start..end).filter(|part| !part.is_empty())?;
        Some(span(*role, part))
    });
    overlaps.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use proptest::prelude::*;

    fn versions(text: &str) -> Versions {
        let version = Version {
            seq: 1,
            at: Timestamp::UNIX_EPOCH,
            who: "lee".into(),
            text: text.into(),
            is_signed: false,
        };
        Versions {
            all: Some(vec![version]),
            ..Versions::awaited(CaseId::typed("CM25-0200101"), 0)
        }
    }

    fn said(lines: &[Line]) -> String {
        let line = |line: &Line| line.iter().map(|s| s.text.as_str()).collect::<String>();
        lines.iter().map(line).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn what_went_and_what_came_is_marked_and_in_its_role() {
        let lines = versions("The left knee.").changes("The right knee.", 80);
        assert_eq!(said(&lines), "The [-left-] {+right+} knee.");
        let roles: Vec<Role> = lines[0].iter().map(|s| s.role).collect();
        assert!(roles.contains(&Role::Problem) && roles.contains(&Role::Done));
        assert_eq!(said(&versions("a b").changes("a b", 80)), "a b");
    }

    proptest! {
        #[test]
        fn no_word_is_lost_in_wrapping(old in "[ab c\n]{0,40}", new in "[ab c\n]{0,40}", width in 8usize..30) {
            let lines = versions(&old).changes(&new, width);
            let bare = |t: &str| t.chars().filter(|c| !c.is_whitespace() && *c != '|').collect::<String>();
            let marked: String = difference::words(&old, &new).iter().map(difference::Piece::marked).collect();
            prop_assert_eq!(bare(&said(&lines)), bare(&marked));
        }
    }
}
