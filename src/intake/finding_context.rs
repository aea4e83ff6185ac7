//! What the sentences before say of a fact: its report's date, the dispute it belongs to, the
//! study whose results go on.

use super::finding_dates::{DAY, Stated, stated};
use super::finding_words::Strength;
use crate::model::{Date, FindingKind};
use regex::Regex;
use std::sync::LazyLock;

/// What holds from one fact to the next.
#[derive(Default)]
pub struct Context {
    /// Date of the report being told.
    report: Option<Date>,
    /// Is utilization review's answer being told, and of what day?
    dispute: Option<Option<Date>>,
    /// Kind of the fact before and its own date.
    last: Option<(FindingKind, Option<Date>)>,
}

impl Context {
    /// A report's date does not reach further.
    pub fn end_report(&mut self) {
        self.report = None;
    }

    /// Kind and date of the next fact, from its words and what went before.
    pub fn read(
        &mut self,
        clause: &str,
        kind: FindingKind,
        strength: Strength,
    ) -> (FindingKind, Option<Date>) {
        let kind = self.continued(clause, kind, strength);
        let stated = stated(clause, kind);
        let is_answer =
            matches!(kind, FindingKind::Plan | FindingKind::Other) && is(&ANSWER, clause);
        let is_reason = kind == FindingKind::Other && self.dispute.is_some();
        let date = if is_answer || is_reason {
            self.answered(clause, &stated)
        } else {
            self.dispute = None;
            self.dated(clause, kind, &stated)
        };
        let own = matches!(stated, Stated::Own(_)).then_some(date).flatten();
        let carried = self
            .last
            .filter(|last| last.0 == kind && is_study(kind))
            .and_then(|l| l.1);
        self.last = Some((kind, own.or(carried)));
        (kind, date)
    }

    /// Results and reasons are told over several sentences: `MRI shows ... There was spurring.`
    fn continued(&self, clause: &str, kind: FindingKind, strength: Strength) -> FindingKind {
        use FindingKind::{Complaint, Exam, History, Other};
        const IMPRESSION: [&str; 2] = ["Impression", "The impression"];
        const GOES_ON: [&str; 5] = ["There w", "There is", "There are", "The ", "No "];
        let is_dated = DAY.as_ref().is_some_and(|day| day.is_match(clause));
        if strength == Strength::Weak && self.dispute.is_some() && !is_study(kind) && !is_dated {
            return Other;
        }
        let begins = |words: &&str| clause.starts_with(*words);
        let subject = clause.trim_start_matches("The ");
        let goes_on =
            GOES_ON.iter().any(&begins) && !SOMEBODY.iter().any(|word| subject.starts_with(word));
        match self.last.map(|(last, _)| last) {
            Some(last) if is_study(last) && IMPRESSION.iter().any(&begins) => last,
            Some(last) if strength == Strength::Weak && goes_on => {
                let is_bare = clause.starts_with("There ") || clause.starts_with("No ");
                match kind {
                    Other if is_study(last) || last == Exam => last,
                    History if is_study(last) => last,
                    Exam if is_study(last) && is_bare => last,
                    Complaint if last == Exam && !subject.starts_with("pain") => last,
                    _ => kind,
                }
            }
            _ => kind,
        }
    }

    /// The day of a fact within a dispute: reasons have that of the answer, never of a report.
    fn answered(&mut self, clause: &str, stated: &Stated) -> Option<Date> {
        let day = match stated {
            Stated::Report(day) | Stated::Own(day) => Some(*day),
            Stated::Nothing => None,
        };
        let before = self.dispute.flatten();
        let decides = is(&DECIDES, clause);
        self.dispute = Some(if decides { day.or(before) } else { before });
        day.or(before.filter(|_| !is(&APPEAL, clause)))
    }

    fn dated(&mut self, clause: &str, kind: FindingKind, stated: &Stated) -> Option<Date> {
        match stated {
            Stated::Report(day) => {
                self.report = Some(*day);
                Some(*day)
            }
            Stated::Own(day) => Some(*day),
            Stated::Nothing if is(&UNDATED, clause) => {
                self.report = None;
                None
            }
            Stated::Nothing if is(&FORM, clause) => None,
            Stated::Nothing => {
                let study = self
                    .last
                    .filter(|(last, _)| *last == kind && is_study(kind));
                study.and_then(|(_, own)| own).or(self.report)
            }
        }
    }
}

/// Who or what is spoken of when a new fact begins.
const SOMEBODY: [&str; 14] = [
    "patient",
    "injured",
    "applicant",
    "claimant",
    "worker",
    "note",
    "report",
    "record",
    "medical",
    "documentation",
    "form",
    "provider",
    "physician",
    "treating",
];

/// A study has a date of its own, and its results that date.
fn is_study(kind: FindingKind) -> bool {
    use FindingKind::{Electrodiagnostic, Imaging, Laboratory};
    matches!(kind, Electrodiagnostic | Imaging | Laboratory)
}

/// A pattern made when first asked for.
pub type Shape = LazyLock<Option<Regex>>;

/// Does the text hold what the shape tells?
pub fn is(shape: &Shape, text: &str) -> bool {
    shape.as_ref().is_some_and(|s| s.is_match(text))
}

/// Utilization review's answer, and what the parties made of it.
pub static ANSWER: Shape = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:non-? ?certif\w+|certified|denied|denial|authorized|utilization review\w*|",
        r"claims administrator|appeal\w*|fail(?:ed|s) to approve|requests?\b[^.;]{0,120}?\b(?:was|were|been) (?:previously )?(?:modified|approved)|medical(?:ly)? necess\w+|",
        r"(?:prior|previous|initial|adverse) (?:determination|review)|(?-i:UR))\b",
    ))
    .ok()
});

/// The answer itself: its date holds for its reasons.
static DECIDES: Shape = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:non-? ?certif\w+|certified|denied|denial|authorized|utilization review|",
        r"fail(?:ed|s) to approve|modified|(?:prior|previous|initial|adverse) (?:determination|review)|(?-i:UR))\b",
    ))
    .ok()
});

static APPEAL: Shape = LazyLock::new(|| Regex::new(r"(?i)\bappeal").ok());

/// What was done over the years, in one list: of no report.
static UNDATED: Shape = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:to date|so far|treatments? (?:has|have|had) (?:included|consisted|been)|treatments? rendered|",
        r"(?:prior|previous|past|conservative) (?:\w+ )?(?:treatments?|therap\w+|care)|",
        r"previously (?:received|underwent|treated|attended|completed|tried))\b",
    ))
    .ok()
});

/// The form that asks, named without its date.
static FORM: Shape = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:requests? for authorization|authorization requests?|(?-i:RFA))\b").ok()
});
