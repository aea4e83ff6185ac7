//! Summary -> findings: dated facts with a kind, one or more a sentence.
//!
//! Plain rules that a reader can follow: word tables say what a clause is about, and a date of a
//! report holds until the next one. The reviewer corrects the rest by hand.

use super::finding_words::{Cue, Strength, cues, has_verb};
use crate::model::{Date, Finding, FindingKind, FindingSource, date, sentences, text};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Bytes; what is longer is no sentence, and is not cut.
const LONGEST: usize = 4_000;

/// Reads every sentence of a summary.
pub fn read(summary: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut report: Option<Date> = None;
    let mut last = FindingKind::Other;
    let mut before = 0;
    for (n, range) in sentences::ranges(summary).into_iter().enumerate() {
        // What a report says does not reach into the next paragraph.
        let gap = summary.get(before..range.start).unwrap_or_default();
        if gap.matches('\n').count() > 1 {
            report = None;
        }
        before = range.end;
        let sentence = text::fold(summary.get(range).unwrap_or_default());
        let line = u32::try_from(n + 1).unwrap_or(u32::MAX);
        for clause in clauses(&sentence) {
            let kind = continued(clause.text, clause.kind, last);
            last = kind;
            let stated = stated(clause.text, kind);
            if let Stated::Report(day) = stated {
                report = Some(day);
            }
            findings.push(Finding {
                date: match stated {
                    Stated::Report(day) | Stated::Own(day) => Some(day),
                    Stated::Injury => None,
                    Stated::Nothing => report,
                },
                kind,
                text: clause.text.to_owned(),
                source: Some(FindingSource {
                    record: "summary".to_owned(),
                    page: None,
                    line,
                }),
            });
        }
    }
    findings
}

/// Results are told over several sentences: `MRI shows ... There was mild spurring.`
fn continued(clause: &str, kind: FindingKind, last: FindingKind) -> FindingKind {
    use FindingKind::{Electrodiagnostic, Exam, Imaging, Laboratory, Other};
    let is_result = matches!(last, Electrodiagnostic | Exam | Imaging | Laboratory);
    let goes_on = ["There w", "There is", "There are", "The ", "No "];
    if kind == Other && is_result && goes_on.iter().any(|g| clause.starts_with(g)) {
        last
    } else {
        kind
    }
}

struct Clause<'a> {
    text: &'a str,
    kind: FindingKind,
}

/// Cuts a sentence where a second fact of another kind begins. A part without clear words of its
/// own belongs to the fact before it.
fn clauses(sentence: &str) -> Vec<Clause<'_>> {
    if sentence.len() > LONGEST {
        let end = sentence.floor_char_boundary(LONGEST);
        let kind = kind(&cues(sentence.get(..end).unwrap_or_default()), 0..end).0;
        return vec![Clause {
            text: sentence,
            kind,
        }];
    }
    static BORDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i);\s+(?:and )?|,\s+(?:and|but|while|with|then|which|who)\s+",
            r"|\s+(?:and|but|while)\s+(?:(?:the|an?|he|she|his|her|it|there)\b)?",
        ))
        .ok()
    });
    let cues = cues(sentence);
    let mut parts: Vec<(usize, FindingKind)> = Vec::new();
    let borders = BORDER.iter().flat_map(|border| border.find_iter(sentence));
    let starts: Vec<usize> = std::iter::once(0)
        .chain(borders.map(|m| m.start()))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([sentence.len()]);
    for (start, end) in starts.iter().zip(ends) {
        let (own, strength) = kind(&cues, *start..end);
        let Some(last) = parts.last_mut() else {
            parts.push((*start, own));
            continue;
        };
        let (whole, _) = kind(&cues, last.0..end);
        let opens = strength == Strength::Opening && is_told(sentence, *start..end);
        if opens && own != whole {
            parts.push((*start, own));
        } else {
            last.1 = whole;
        }
    }
    let ends: Vec<usize> = parts
        .iter()
        .skip(1)
        .map(|(s, _)| *s)
        .chain([sentence.len()])
        .collect();
    parts
        .into_iter()
        .zip(ends)
        .map(|((start, kind), end)| Clause {
            text: bare(sentence.get(start..end).unwrap_or_default()),
            kind,
        })
        .collect()
}

/// A fact has a subject and something said of it: `and left arm symptoms since a fall` goes on
/// with the fact before, `and the MRI showed a protrusion` does not.
fn is_told(sentence: &str, part: Range<usize>) -> bool {
    let part = sentence.get(part).unwrap_or_default();
    part.split_whitespace().count() >= 4 && has_verb(part)
}

/// Without the mark and word that join it to the clause before.
fn bare(part: &str) -> &str {
    let part = part.trim_start_matches([',', ';', ' ']).trim_end();
    ["and ", "but ", "while "]
        .iter()
        .find_map(|word| part.strip_prefix(word))
        .unwrap_or(part)
}

/// What the words say: words of the plan win wherever they stand (`non-certified the MRI`), else
/// the clear words that come first, else the greater number of weak ones.
fn kind(cues: &[Cue], part: Range<usize>) -> (FindingKind, Strength) {
    let found: Vec<&Cue> = cues.iter().filter(|c| part.contains(&c.at)).collect();
    let strong = found.iter().filter(|c| c.strength != Strength::Weak);
    let first = strong.min_by_key(|c| (c.kind != FindingKind::Plan, c.at));
    if let Some(cue) = first {
        return (cue.kind, cue.strength);
    }
    let count = |kind: FindingKind| found.iter().filter(|c| c.kind == kind).count();
    let most = FindingKind::ALL
        .into_iter()
        .rev()
        .max_by_key(|kind| count(*kind));
    match most.filter(|kind| count(*kind) > 0) {
        Some(kind) => (kind, Strength::Weak),
        None => (FindingKind::Other, Strength::Weak),
    }
}

enum Stated {
    /// The date of a report or visit: what follows was found in it.
    Report(Date),
    /// The date of a study, an operation or a decision: holds for this fact alone.
    Own(Date),
    /// The date of injury is a fact, not the date of a report.
    Injury,
    Nothing,
}

/// How the sentence that presents the patient tells the age.
const AGES: [&str; 5] = ["year-old", "year old", "years old", "years-old", "y/o"];

fn stated(clause: &str, kind: FindingKind) -> Stated {
    static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\b").ok()
    });
    static INJURY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)(?:injur\w*|claim|accident|DOI|trauma|pain since|symptoms since)\b[^.;]{0,40}$",
        )
        .ok()
    });
    // The sentence that presents the patient names the day of injury, unless it names a report.
    let presents = kind == FindingKind::History && AGES.iter().any(|age| clause.contains(age));
    let days = DAY.iter().flat_map(|day| day.find_iter(clause));
    let mut is_injury = false;
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
            is_injury = true;
            continue;
        }
        return if is_report {
            Stated::Report(day)
        } else {
            Stated::Own(day)
        };
    }
    if is_injury {
        Stated::Injury
    } else {
        Stated::Nothing
    }
}

/// Is the date that of a report or visit? At the start of a sentence it is; elsewhere the words
/// beside it say so. A study or a treatment has a date of its own.
fn is_report(before: &str, after: &str, kind: FindingKind) -> bool {
    static SOURCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:reports?|notes?|visit|records?|evaluation|consultation|exam\w*|encounter|follow-?up|seen)\b[^.;,]{0,30}$").ok()
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

#[cfg(test)]
mod tests {
    use super::*;
    use FindingKind::*;

    fn kinds(summary: &str) -> Vec<FindingKind> {
        read(summary).into_iter().map(|f| f.kind).collect()
    }

    #[test]
    fn one_sentence_two_facts() {
        let found = read(
            "On 2/3/16 she complained of neck pain, and MRI of the neck showed a protrusion at C5-6.",
        );
        let facts: Vec<(FindingKind, u32)> = found
            .iter()
            .map(|f| (f.kind, f.source.as_ref().unwrap().line))
            .collect();
        assert_eq!(facts, [(Complaint, 1), (Imaging, 1)]);
        assert!(found.iter().all(|f| f.date == date::parse("2/3/16")));
    }

    #[test]
    fn who_the_patient_is_is_history() {
        let found = read(
            "The patient is a 40-year-old certified welder with low back pain since lifting a \
             beam on 4/5/21. The 2/3/22 request was not certified.",
        );
        assert_eq!(found[0].kind, History);
        assert_eq!(found[0].date, None, "a day of injury is no report");
        assert_eq!(found[1].kind, Plan);
    }

    #[test]
    fn a_fact_is_cut_only_where_another_is_told() {
        for whole in [
            "This 50-year-old clerk has had neck and left arm symptoms for two years.",
            "The plan was medial branch blocks at L4-5, and trigger point injections up to four.",
        ] {
            assert_eq!(read(whole).len(), 1, "{whole}");
        }
    }

    #[test]
    fn what_is_asked_for_is_plan() {
        for asked in [
            "The hand surgeon asked for electrodiagnostic studies of both arms.",
            "An MRI of the knee was ordered.",
            "A night splint and naproxen were advised.",
        ] {
            assert_eq!(kinds(asked), [Plan], "{asked}");
        }
    }

    #[test]
    fn dates_are_carried() {
        let found = read(
            "The patient was injured on 1/1/15. The 2/3/16 progress report notes pain. Exam shows \
             tenderness. An MRI dated 1/5/16 was normal. There is spasm. On April 4, 2016, pain was worse.",
        );
        let days: Vec<Option<Date>> = found.iter().map(|f| f.date).collect();
        let day = date::parse;
        assert_eq!(
            days,
            [
                None,
                day("2/3/16"),
                day("2/3/16"),
                day("1/5/16"),
                day("2/3/16"),
                day("4/4/16")
            ]
        );
    }

    #[test]
    fn a_date_is_not_carried_from_what_had_happened_before() {
        let found = read(
            "In the report of 8/20/25 relief was put at 60 percent.\n\nShe has had 20 physical \
             therapy visits, the last on 3/28/25. She works modified duty. Utilization review of \
             11/4/25 denied both. She has pain. The MRI report of 5/2/25 was normal. She limps.",
        );
        let days: Vec<Option<Date>> = found.iter().map(|f| f.date).collect();
        let day = date::parse;
        assert_eq!(
            days,
            [
                day("8/20/25"),
                day("3/28/25"),
                None,
                day("11/4/25"),
                None,
                day("5/2/25"),
                None
            ]
        );
    }

    #[test]
    fn the_tail_of_a_list_is_no_fact_of_its_own() {
        let plan =
            "The plan was arthroscopy, a rental of a cold therapy unit and an abduction sling.";
        let found = read(plan);
        let texts: Vec<&str> = found.iter().map(|f| f.text.as_str()).collect();
        assert_eq!(texts, [plan]);
    }

    #[test]
    fn lists_stay_one_fact() {
        assert_eq!(
            kinds("Treatment to date has included medication, nerve blocks, and lumbar x-ray."),
            [Treatment]
        );
        assert_eq!(
            kinds("The Utilization Review dated 11-16-16, denied the request for an MRI."),
            [Plan]
        );
    }
}
