//! Which date a fact states, and what it is the date of.

use crate::model::{Date, FindingKind, date};
use regex::Regex;
use std::sync::LazyLock;

/// What a fact says of its own date.
pub enum Stated {
    /// The date of a report or visit: what follows was found in it.
    Report(Date),
    /// The date of the injury, a study, an operation or a decision: holds for this fact alone.
    Own(Date),
    /// No date.
    Nothing,
}

/// How the sentence that presents the patient tells the age.
const AGES: [&str; 5] = ["year-old", "year old", "years old", "years-old", "y/o"];

/// A day in any of the shapes that letters use.
pub static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\b").ok()
});

/// Reads the date a fact states.
pub fn stated(clause: &str, kind: FindingKind) -> Stated {
    static INJURY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)(?:injur\w*|claim|accident|DOI|trauma|pain since|symptoms since)\b[^.;]{0,40}$",
        )
        .ok()
    });
    // The sentence that presents the patient names the day of injury, unless it names a report.
    let presents = kind == FindingKind::History && AGES.iter().any(|age| clause.contains(age));
    let days = DAY.iter().flat_map(|day| day.find_iter(clause));
    let mut injury = None;
    for found in days {
        let Some(day) = date::parse(found.as_str()) else {
            continue;
        };
        let before = clause.get(..found.start()).unwrap_or_default();
        let after = clause.get(found.end()..).unwrap_or_default();
        let of_injury = after.trim_start().starts_with("date of injury")
            || INJURY.as_ref().is_some_and(|i| i.is_match(before));
        let is_report = is_report(before, after, kind);
        if of_injury || (presents && !is_report) {
            injury = injury.or(Some(day));
            continue;
        }
        return if is_report {
            Stated::Report(day)
        } else {
            Stated::Own(day)
        };
    }
    injury.map_or(Stated::Nothing, Stated::Own)
}

/// Is the date that of a report or visit? At the start of a sentence it is; elsewhere the words
/// beside it say so. A study or a treatment has a date of its own.
fn is_report(before: &str, after: &str, kind: FindingKind) -> bool {
    static SOURCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:reports?|notes?|visit|findings|complaints?|symptoms|documentation|data|presented|presents|evaluated|examined|assessed|visited|records?|evaluation|consultation|exam\w*|encounter|follow-?up|seen)\b[^.;,]{0,30}$").ok()
    });
    static NEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^\)?,? (?:\w+ ){0,3}?(?:report|note|visit|exam\w*|evaluation|record)\b")
            .ok()
    });
    // The date of what had happened before: it says nothing of when the rest was found.
    static PAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i)\b(?:MRI|CT|x-?rays?|films?|EMG|NCV|stud(?:y|ies)|injections?|surgery|operation|",
            r"utilization review|UR|denied|denial|fall|the last)\b[^.;,]{0,40}$",
        ))
        .ok()
    });
    use FindingKind::{Electrodiagnostic, Imaging, Laboratory, Plan, Treatment};
    let words = before.trim_end_matches([' ', '(']).split(' ').count();
    let opens = before.trim_start_matches("The ").is_empty()
        || (words <= 2
            && ["On", "By", "As of", "In", "At"]
                .iter()
                .any(|w| before.starts_with(w)));
    let is =
        |shape: &LazyLock<Option<Regex>>, text| shape.as_ref().is_some_and(|s| s.is_match(text));
    let is_named = is(&SOURCE, before) || is(&NEXT, after);
    let has_own = matches!(
        kind,
        Imaging | Electrodiagnostic | Laboratory | Treatment | Plan
    );
    !is(&PAST, before) && (is_named || (opens && !has_own))
}
