//! The search sequence of 8 CCR 9792.21.1, and the methodology of 9792.25.1 for recommendations
//! at variance ([`worksheet`]).
//!
//! The MTUS comes first. What stands outside it may be followed only where the MTUS does not
//! address the condition, or where its presumption of correctness (LC 4604.5) is rebutted; then
//! ACOEM or ODG come before other guidelines, and those before single studies.

pub mod worksheet;

use crate::model::{Citation, ItemDraft, Source};
use regex::Regex;
use std::sync::LazyLock;

/// Where a citation stands in the sequence, the first step first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The MTUS itself.
    Mtus,
    /// The newest ACOEM or ODG.
    AcoemOrOdg,
    /// Another nationally recognised guideline, or anything else that is no study.
    OtherGuideline,
    /// A peer-reviewed study.
    Study,
}

impl Step {
    /// As it is called on screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mtus => "the MTUS",
            Self::AcoemOrOdg => "ACOEM or ODG",
            Self::OtherGuideline => "another guideline",
            Self::Study => "a study",
        }
    }
}

/// What a study is told by: a volume with pages, a registry number, a journal's words.
static STUDY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\bet al\b|\bdoi\b|\bpmid\b|pubmed|cochrane database|\bjournal\b|\b\d{1,4} ?\(\d{1,3}\) ?: ?\w?\d|[;,] ?\d{1,4} ?: ?\d{1,5}[-\x{2013}]\d",
    )
    .ok()
});

/// The step of a citation; `None` for the statement that no guideline is applicable.
pub fn step(citation: &Citation) -> Option<Step> {
    match citation.source {
        Source::None => None,
        _ if citation.mtus => Some(Step::Mtus),
        Source::Mtus => Some(Step::Mtus),
        Source::Acoem | Source::Odg => Some(Step::AcoemOrOdg),
        Source::Other => {
            let is_study = STUDY.as_ref().is_some_and(|s| s.is_match(&citation.text));
            Some(match is_study {
                true => Step::Study,
                false => Step::OtherGuideline,
            })
        }
    }
}

/// Why the MTUS was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Left {
    /// It does not address the condition or the treatment.
    Silent,
    /// Its presumption is rebutted by better evidence.
    Rebutted,
}

impl Left {
    /// Both answers, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Silent, Self::Rebutted];

    /// The answer as it is offered.
    pub fn word(self) -> &'static str {
        match self {
            Self::Silent => "the MTUS is silent on it",
            Self::Rebutted => "the MTUS addresses it, and better evidence rebuts it",
        }
    }
}

/// What is asked of an item that cites outside the MTUS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Places of the citations outside the MTUS, from 0.
    pub outside: Vec<usize>,
    /// The first step that is cited outside.
    pub step: Step,
    /// Is the MTUS cited too? Then it is not silent on everything.
    pub cites_mtus: bool,
    /// Was a step left out: a study with neither ACOEM nor ODG nor another guideline?
    pub skips: bool,
}

/// The question a citation outside the MTUS raises, unless the rationale answers it already.
pub fn question(draft: &ItemDraft) -> Option<Question> {
    if says_why_left(&draft.rationale) {
        return None;
    }
    asked(&draft.citations)
}

/// The same by the citations alone.
pub fn asked(citations: &[Citation]) -> Option<Question> {
    let steps: Vec<Option<Step>> = citations.iter().map(step).collect();
    let is_outside = |step: &Option<Step>| step.is_some_and(|step| step != Step::Mtus);
    let outside: Vec<usize> = steps
        .iter()
        .enumerate()
        .filter(|(_, step)| is_outside(step))
        .map(|(place, _)| place)
        .collect();
    let step = steps
        .iter()
        .flatten()
        .copied()
        .filter(|s| *s != Step::Mtus)
        .min()?;
    Some(Question {
        outside,
        step,
        cites_mtus: steps.contains(&Some(Step::Mtus)),
        skips: step == Step::Study,
    })
}

/// The sentence that answers it. `topic` is what the MTUS was searched for (the treatment);
/// `source` names what is followed instead.
pub fn sentence(left: Left, topic: &str, source: &str) -> String {
    let topic = topic.trim().trim_end_matches('.');
    let topic = if topic.is_empty() {
        "this treatment"
    } else {
        topic
    };
    let source = source.trim().trim_end_matches('.');
    match left {
        Left::Silent => format!(
            "The MTUS was searched first and does not address {topic}; {source} was therefore \
             consulted (8 CCR 9792.21.1)."
        ),
        Left::Rebutted => format!(
            "The MTUS addresses {topic}, but its presumption of correctness is rebutted by the \
             better evidence of {source} (8 CCR 9792.21.1)."
        ),
    }
}

/// `MTUS` and, in the same sentence, that it says nothing or is outweighed.
static SAID: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:mtus|acoem|schedule)\b[^.;]{0,90}\b(?:silent|(?:do|does|did) not (?:\w+ ){0,2}(?:address|discuss|mention|",
        r"cover|contain|provide|speak|specif\w+|include|make|comment)|not (?:\w+ )?(?:addressed|applicable|discussed|mentioned|",
        r"covered|specific)|no (?:\w+ ){0,2}(?:recommendation|mention|guidance|section|information)|fails? to|rebut\w*|",
        r"overcome|outweigh\w*|lacks?|insufficient|outdated|limited)",
        r"|\b(?:not (?:\w+ )?(?:addressed|discussed|mentioned|covered)|silent|silence|no (?:\w+ ){0,3}(?:section|mention|guidance|",
        r"recommendation)s?)\b[^.;]{0,60}\bmtus\b",
        r"|\brebut\w*\b[^.;]{0,90}\b(?:mtus|presum\w+)\b|\b(?:presum\w+)\b[^.;]{0,60}\brebut"
    ))
    .ok()
});

/// Does a rationale say why the MTUS was left?
pub fn says_why_left(rationale: &str) -> bool {
    SAID.as_ref().is_some_and(|said| said.is_match(rationale))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rank;

    fn cited(mtus: bool, text: &str) -> Citation {
        Citation::parse(mtus, text).unwrap()
    }

    #[test]
    fn each_citation_has_its_step() {
        let told = [
            (true, "Low Back Complaints 2004", Step::Mtus),
            (
                false,
                "Official Disability Guidelines (ODG), Low Back Chapter",
                Step::AcoemOrOdg,
            ),
            (
                false,
                "American College of Radiology, Appropriateness Criteria",
                Step::OtherGuideline,
            ),
            (
                false,
                "Sildenafil: Drug information, accessed from UpToDate.com on 12/17/2016",
                Step::OtherGuideline,
            ),
            (
                false,
                "Smith JA, et al. Spine. 2010;35(4):123-30",
                Step::Study,
            ),
            (false, "Fusion outcomes. Spine 2010;35:123-130", Step::Study),
        ];
        for (mtus, text, expected) in told {
            assert_eq!(step(&cited(mtus, text)), Some(expected), "{text}");
        }
        let none = Citation::none_applicable(Rank::D, "MTUS and ODG were searched").unwrap();
        assert_eq!(step(&none), None);
    }

    #[test]
    fn what_stands_outside_asks_until_the_rationale_answers() {
        let mut draft = ItemDraft {
            citations: vec![cited(true, "Low Back Complaints 2004")],
            ..ItemDraft::default()
        };
        assert_eq!(question(&draft), None);
        draft
            .citations
            .push(cited(false, "ODG, Low Back Chapter, MRI"));
        let asked = question(&draft).unwrap();
        assert_eq!(
            (asked.outside, asked.cites_mtus, asked.skips),
            (vec![1], true, false)
        );
        for left in Left::ALL {
            draft.rationale = sentence(left, "repeat imaging.", "ODG, Low Back Chapter");
            assert_eq!(question(&draft), None, "{}", draft.rationale);
        }
        draft.rationale = "ODG recommends it.".into();
        draft.citations = vec![cited(false, "Smith JA, et al. Spine. 2010;35(4):123-30")];
        assert!(question(&draft).unwrap().skips);
    }

    #[test]
    fn reviewers_say_it_in_their_own_words() {
        for text in [
            "The MTUS Guidelines and ODG do not address the use of Viagra.",
            "California MTUS is silent regarding this.",
            "Hearing aids are not addressed by the MTUS.",
            "There is no section of the MTUS that applies.",
            "The presumption of the MTUS is rebutted by two trials.",
        ] {
            assert!(says_why_left(text), "{text}");
        }
        for text in ["", "The MTUS recommends it. ODG does not address cost."] {
            assert!(!says_why_left(text), "{text}");
        }
    }
}
