//! Criteria of guidelines, marked for an item: met, not met, not documented; and the first words
//! of a rationale that follow from the marks. What is decided does not follow from them.

use super::decision::Decision;
use serde::{Deserialize, Serialize};

/// What the records say of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// They show that it is met.
    Met,
    /// They show that it is not.
    NotMet,
    /// They do not say.
    NotDocumented,
}

impl Mark {
    /// In the order in which a key goes through them.
    pub const ALL: [Self; 3] = [Self::Met, Self::NotMet, Self::NotDocumented];

    /// As shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not met",
            Self::NotDocumented => "not documented",
        }
    }

    /// As typed on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not-met",
            Self::NotDocumented => "not-documented",
        }
    }
}

/// A criterion, marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionMark {
    /// Key of the passage that carries the criterion.
    pub passage: String,
    /// Title and edition of its guideline, with the place of the passage in it.
    pub title: String,
    /// What must be met, as the passage says it: it is kept here, for the guideline may go.
    pub criterion: String,
    /// What the records say.
    pub mark: Mark,
    /// The finding that shows it.
    pub evidence: Option<String>,
}

impl CriterionMark {
    /// Is it about this criterion?
    pub fn is_of(&self, passage: &str, criterion: &str) -> bool {
        self.passage == passage && self.criterion == criterion
    }
}

/// A passage that carries criteria, as it is offered for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriteriaList {
    /// Key of the passage.
    pub passage: String,
    /// Title and edition of its guideline, with the place of the passage in it.
    pub title: String,
    /// Each in one sentence.
    pub criteria: Vec<String>,
}

/// The first draft of a rationale: criteria, what the records show, what is missing; the last
/// sentence says what the reviewer has decided, and is left out until then. Empty without marks.
pub fn first_draft(marks: &[CriterionMark], request: &str, decision: Option<Decision>) -> String {
    let mut paragraphs = Vec::new();
    let mut passages: Vec<&str> = Vec::new();
    for mark in marks {
        if !passages.contains(&mark.passage.as_str()) {
            passages.push(&mark.passage);
            let of_list: Vec<&CriterionMark> =
                marks.iter().filter(|m| m.passage == mark.passage).collect();
            paragraphs.extend(of_passage(&of_list));
        }
    }
    if paragraphs.is_empty() {
        return String::new();
    }
    paragraphs.extend(decision.map(|decision| conclusion(request, decision)));
    paragraphs.join("\n\n")
}

fn of_passage(marks: &[&CriterionMark]) -> Vec<String> {
    let title = marks.first().map_or("", |mark| &mark.title);
    let all = listed(marks, |_| true, |mark| plain(&mark.criterion));
    let mut paragraphs = vec![format!("{title} asks for: {all}.")];
    let met = listed(marks, |mark| mark == Mark::Met, shown);
    if !met.is_empty() {
        paragraphs.push(format!("The records show: {met}."));
    }
    let not_met = listed(marks, |mark| mark == Mark::NotMet, shown);
    let silent = listed(
        marks,
        |mark| mark == Mark::NotDocumented,
        |mark| plain(&mark.criterion),
    );
    let mut gap = Vec::new();
    if !not_met.is_empty() {
        gap.push(format!("Not met: {not_met}."));
    }
    if !silent.is_empty() {
        gap.push(format!("Not documented in the records: {silent}."));
    }
    if !gap.is_empty() {
        paragraphs.push(gap.join(" "));
    }
    paragraphs
}

/// `(1) ...; (3) ...`: each keeps the number that it has in the list.
fn listed(
    marks: &[&CriterionMark],
    wanted: impl Fn(Mark) -> bool,
    words: impl Fn(&CriterionMark) -> String,
) -> String {
    let parts = marks
        .iter()
        .enumerate()
        .filter(|(_, mark)| wanted(mark.mark));
    let parts: Vec<String> = parts
        .map(|(n, mark)| format!("({}) {}", n + 1, words(mark)))
        .collect();
    parts.join("; ")
}

fn shown(mark: &CriterionMark) -> String {
    match mark.evidence.as_deref().map(plain) {
        Some(evidence) if !evidence.is_empty() => format!("{}: {evidence}", plain(&mark.criterion)),
        _ => plain(&mark.criterion),
    }
}

/// Without the full stop of a sentence of its own.
fn plain(text: &str) -> String {
    text.trim().trim_end_matches(['.', ';']).to_owned()
}

fn conclusion(request: &str, decision: Decision) -> String {
    let not = match decision {
        Decision::Upheld => "not ",
        Decision::Overturned => "",
    };
    format!(
        "Therefore, the request for {} is {not}medically necessary.",
        plain(request)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(criterion: &str, mark: Mark, evidence: Option<&str>) -> CriterionMark {
        CriterionMark {
            passage: "a/1".to_owned(),
            title: "Own list, 1".to_owned(),
            criterion: criterion.to_owned(),
            mark,
            evidence: evidence.map(str::to_owned),
        }
    }

    #[test]
    fn marks_make_a_draft_that_decides_nothing() {
        let marks = [
            mark(
                "Pain in a dermatome.",
                Mark::Met,
                Some("3/2/16: pain to the left calf."),
            ),
            mark("Six weeks of therapy.", Mark::NotMet, Some("2 visits")),
            mark("Imaging agrees.", Mark::NotDocumented, None),
        ];
        let text = first_draft(&marks, "Lumbar ESI L4-5.", None);
        assert_eq!(
            text,
            "Own list, 1 asks for: (1) Pain in a dermatome; (2) Six weeks of therapy; (3) Imaging agrees.\n\n\
             The records show: (1) Pain in a dermatome: 3/2/16: pain to the left calf.\n\n\
             Not met: (2) Six weeks of therapy: 2 visits. Not documented in the records: (3) Imaging agrees."
        );
        let decided = first_draft(&marks, "Lumbar ESI L4-5.", Some(Decision::Upheld));
        assert!(decided.ends_with("the request for Lumbar ESI L4-5 is not medically necessary."));
        assert_eq!(first_draft(&[], "x", Some(Decision::Upheld)), "");
    }
}
