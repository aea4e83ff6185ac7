//! Summary -> findings: dated facts with a kind, one or more a sentence.
//!
//! Plain rules that a reader can follow: word tables say what a clause is about, and a date of a
//! report holds until the next one. The reviewer corrects the rest by hand.

use super::finding_context::{ANSWER, Context, is};
use super::finding_dates::DAY;
use super::finding_words::{Cue, Strength, cues, has_verb};
use crate::model::{Finding, FindingKind, FindingSource, sentences, text};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Bytes; what is longer is no sentence, and is not cut.
const LONGEST: usize = 4_000;

/// Reads every sentence of a summary.
pub fn read(summary: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut context = Context::default();
    let mut before = 0;
    for (n, range) in sentences::ranges(summary).into_iter().enumerate() {
        // What a report says does not reach into the next paragraph.
        let gap = summary.get(before..range.start).unwrap_or_default();
        if gap.matches('\n').count() > 1 {
            context.end_report();
        }
        before = range.end;
        let sentence = text::fold(summary.get(range).unwrap_or_default());
        let line = u32::try_from(n + 1).unwrap_or(u32::MAX);
        for clause in clauses(&sentence) {
            let (kind, date) = context.read(clause.text, clause.kind, clause.strength);
            findings.push(Finding {
                date,
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

struct Clause<'a> {
    text: &'a str,
    kind: FindingKind,
    strength: Strength,
}

/// Cuts a sentence where a second fact of another kind begins. A part without clear words of its
/// own belongs to the fact before it.
fn clauses(sentence: &str) -> Vec<Clause<'_>> {
    if sentence.len() > LONGEST {
        let end = sentence.floor_char_boundary(LONGEST);
        let (kind, strength) = kind(&cues(sentence.get(..end).unwrap_or_default()), 0..end);
        return vec![Clause {
            text: sentence,
            kind,
            strength,
        }];
    }
    let parts = cut(sentence);
    let ends: Vec<usize> = parts
        .iter()
        .skip(1)
        .map(|part| part.start)
        .chain([sentence.len()])
        .collect();
    parts
        .into_iter()
        .zip(ends)
        .map(|(part, end)| Clause {
            text: match sentence.get(part.start..end).unwrap_or_default() {
                first if part.start == 0 => first.trim_end(),
                joined => bare(joined),
            },
            kind: part.kind,
            strength: part.strength,
        })
        .collect()
}

struct Part {
    start: usize,
    kind: FindingKind,
    strength: Strength,
}

/// Opens a part where another fact is told; what is between joins the part before.
fn cut(sentence: &str) -> Vec<Part> {
    let cues = cues(sentence);
    let mut parts: Vec<Part> = Vec::new();
    for border in borders(sentence) {
        let at = border.start..border.end;
        let (own, strength) = kind(&cues, at.clone());
        let part = |kind| Part {
            start: at.start,
            kind,
            strength,
        };
        let Some(last) = parts.last_mut() else {
            parts.push(part(own));
            continue;
        };
        let is_told = is_told(sentence, at.clone()) && is_whole(sentence, last, at.start);
        let is_strong = matches!(strength, Strength::Opening | Strength::Ruling);
        let is_other = !border.is_day && is_strong && own != last.kind;
        let opens = is_other || is_later(sentence, last.start..at.start, at.clone());
        if is_told && opens {
            let is_weak = strength == Strength::Weak;
            let new = part(if is_weak { last.kind } else { own });
            parts.push(new);
        } else {
            (last.kind, last.strength) = kind(&cues, last.start..at.end);
        }
    }
    parts
}

/// A place where another fact may begin, and where the next one is.
struct Border {
    start: usize,
    end: usize,
    /// Does it begin with a day? Then it reaches to the next such place.
    is_day: bool,
}

fn borders(sentence: &str) -> Vec<Border> {
    static JOINT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i);\s+(?:and )?|,\s+(?:stating|noting|adding|indicating|reporting) that\s+",
            r"|,\s+(?:and|but|while|with|then|which|who)\s+|\s+(?:that|which) (?:was|were) ",
            r"|,\s+(?:[\w-]+ ){0,3}?(?:MRI|x-?rays?|CT|radiographs?|EMG|NCV)\b",
            r"|\s+(?:and|but|while)\s+(?:(?:the|an?|he|she|his|her|it|there)\b)?",
        ))
        .ok()
    });
    static ON_DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i)[,;]?\s+(?:and |but )?on ",
            r"(?:\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\b)",
        ))
        .ok()
    });
    let places = |shape: &'static LazyLock<Option<Regex>>| {
        let found = shape.iter().flat_map(|shape| shape.find_iter(sentence));
        found.map(|m| m.start()).collect::<Vec<usize>>()
    };
    let days = places(&ON_DAY);
    let mut starts: Vec<usize> = places(&JOINT);
    starts.extend(days.iter().copied().chain([0]));
    starts.sort_unstable();
    starts.dedup();
    let after = |places: &[usize], start: usize| {
        let next = places.get(places.partition_point(|at| *at <= start));
        next.copied().unwrap_or(sentence.len())
    };
    let border = |start: &usize| {
        let is_day = *start > 0 && days.binary_search(start).is_ok();
        Border {
            start: *start,
            end: after(if is_day { &days } else { &starts }, *start),
            is_day,
        }
    };
    starts.iter().map(border).collect()
}

/// Does the part before stand alone? It has a verb of its own and tells something; and the
/// reasons of utilization review's answer belong to the answer.
fn is_whole(sentence: &str, part: &Part, end: usize) -> bool {
    use FindingKind::{Other, Plan};
    let text = sentence.get(part.start..end).unwrap_or_default();
    let is_empty = part.kind == Other && part.strength == Strength::Weak;
    let is_answer = matches!(part.kind, Other | Plan) && is(&ANSWER, text);
    // `report` is a verb elsewhere.
    static SOURCE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)\b(?:report|note|record)s? (?:of|dated|from|on)\b").ok());
    let said = SOURCE.as_ref().map(|source| source.replace_all(text, ""));
    said.is_some_and(|said| has_verb(&said)) && !is_empty && !is_answer
}

/// The same told of another day: `on 1/2/16 ..., on 2/3/16 ...`.
fn is_later(sentence: &str, before: Range<usize>, part: Range<usize>) -> bool {
    let day = |part: Range<usize>| {
        let text = sentence.get(part).unwrap_or_default();
        DAY.iter()
            .find_map(|day| day.find(text))
            .map(|m| m.as_str())
    };
    match (day(before), day(part)) {
        (Some(first), Some(second)) => first != second,
        _ => false,
    }
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

/// What the words say: the result of a study told first, else words of the plan wherever they
/// stand (`non-certified the MRI`), else those of a dispute, else the clear words that come first,
/// else the greater number of weak ones.
fn kind(cues: &[Cue], part: Range<usize>) -> (FindingKind, Strength) {
    let found: Vec<&Cue> = cues.iter().filter(|c| part.contains(&c.at)).collect();
    let strong = || found.iter().filter(|c| c.strength != Strength::Weak);
    let is_disputed = |kind| matches!(kind, FindingKind::Plan | FindingKind::Other);
    let plan = strong().filter(|c| is_disputed(c.kind)).map(|c| c.at).min();
    let first = strong().min_by_key(|c| {
        let is_result = c.is_result && plan.is_some_and(|plan| c.at < plan);
        let (is_plan, is_other) = (c.kind == FindingKind::Plan, c.kind == FindingKind::Other);
        let is_ruling = c.strength == Strength::Ruling;
        (!is_result, !is_ruling, !is_plan, !is_other, c.at)
    });
    if let Some(cue) = first {
        return (cue.kind, cue.strength);
    }
    let count = |kind: FindingKind| found.iter().filter(|c| c.kind == kind).count();
    let most = FindingKind::ALL
        .into_iter()
        .rev()
        .max_by_key(|kind| count(*kind));
    match most.filter(|kind| count(*kind) > 0) {
        Some(FindingKind::Other) => (FindingKind::Other, Strength::Clear),
        Some(kind) => (kind, Strength::Weak),
        None => (FindingKind::Other, Strength::Weak),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, date};
    use FindingKind::*;
    use proptest::prelude::*;

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
        assert_eq!(found[0].date, date::parse("4/5/21"));
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
                day("1/1/15"),
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

    #[test]
    fn the_day_of_injury_is_no_report() {
        let found = read("This 40-year-old woman was injured on 1/1/15. She has neck pain.");
        assert_eq!(found[0].date, date::parse("1/1/15"));
        assert_eq!(found[1].date, None);
    }

    #[test]
    fn a_visit_is_a_report() {
        for visit in [
            "The patient presented on 2/3/16 with complaints of elbow pain.",
            "The documentation on 2/3/16 noted that he had elbow pain.",
            "Subjective findings (2/3/16) included elbow pain.",
        ] {
            let found = read(&format!("{visit} Tinel's sign was positive."));
            assert_eq!(found[1].date, date::parse("2/3/16"), "{visit}");
        }
    }

    #[test]
    fn each_day_is_told_alone() {
        let found = read(
            "On 1/2/16 she complained of wrist pain, and on 2/3/16 she complained of numbness.",
        );
        let days: Vec<Option<Date>> = found.iter().map(|f| f.date).collect();
        assert_eq!(days, [date::parse("1/2/16"), date::parse("2/3/16")]);
        assert!(found.iter().all(|f| f.kind == Complaint));
    }

    #[test]
    fn a_day_opens_no_fact_of_another_kind() {
        let found = read(
            "He underwent a laminectomy on 3/12/18 and is treated for syndrome of the failed back.",
        );
        let texts: Vec<&str> = found.iter().map(|f| f.text.as_str()).collect();
        assert_eq!(texts[0], "He underwent a laminectomy on 3/12/18");
        assert_eq!(texts.len(), 2);
    }

    #[test]
    fn two_subjects_of_one_verb_are_one_fact() {
        let told = "In the report of 1/2/16 symptoms and examination were unchanged.";
        assert_eq!(read(told).len(), 1);
    }

    #[test]
    fn what_was_done_over_the_years_has_no_day() {
        let found = read(
            "On 2/3/16 he reported wrist pain. Treatment to date has included splints and ice.",
        );
        assert_eq!((found[1].kind, found[1].date), (Treatment, None));
    }

    #[test]
    fn reasons_belong_to_the_answer() {
        let found = read(
            "The 2/3/16 report notes wrist pain. On 3/4/16 utilization review denied the splint, \
             and the examination was found to lack detail. The patient then appealed. The note \
             was handwritten and hard to read.",
        );
        let facts: Vec<(FindingKind, Option<Date>)> =
            found.iter().map(|f| (f.kind, f.date)).collect();
        let answered = date::parse("3/4/16");
        assert_eq!(facts.len(), 4, "{facts:?}");
        assert_eq!(facts[0], (Complaint, date::parse("2/3/16")));
        assert_eq!(facts[1].1, answered);
        assert_eq!(facts[2], (Other, None));
        assert_eq!(facts[3], (Other, answered));
    }

    #[test]
    fn results_go_on() {
        let found = read(
            "MRI of the knee on 1/2/16 showed a tear. There was an effusion. No fracture was seen. \
             The patient limps.",
        );
        let kinds: Vec<FindingKind> = found.iter().map(|f| f.kind).collect();
        assert_eq!(kinds[..3], [Imaging, Imaging, Imaging]);
        assert_ne!(kinds[3], Imaging);
        assert_eq!(found[2].date, date::parse("1/2/16"));
    }

    #[test]
    fn a_result_before_a_plan_is_cut() {
        assert_eq!(
            kinds("X-rays of the hip showed arthrosis, and a hip injection was recommended."),
            [Imaging, Plan]
        );
    }

    #[test]
    fn a_visit_alone_is_other() {
        assert_eq!(
            kinds("The injured worker presented for a follow-up visit."),
            [Other]
        );
        assert_eq!(
            kinds("The injured worker presented for a follow-up visit with knee pain."),
            [Complaint]
        );
    }

    /// Words of the tables, joints of sentences, and what may trip over them.
    const WORDS: &str = "(Dr\\. Lee |C4-5 |10/325 mg |No\\. 3 |[Oo]n 2/3/16,? |(the )?MRI |showed |denied |request |pain |was |and |, |; |\\. |The patient |who |surgery |\\(|\\)|\\PC){0,60}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_sentence_is_covered(text in WORDS) {
            let text = text::clean(&text);
            let found = read(&text);
            let letters = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).count();
            for (n, range) in sentences::ranges(&text).into_iter().enumerate() {
                let line = u32::try_from(n + 1).unwrap();
                let of_it = || found.iter().filter(move |f| f.source.as_ref().unwrap().line == line);
                let told: usize = of_it().map(|f| letters(&f.text)).sum();
                // `while` is the longest word that joins two parts and belongs to neither.
                let joints = "while".len() * (of_it().count().max(1) - 1);
                prop_assert!(of_it().count() > 0);
                prop_assert!(told + joints >= letters(&text[range]));
            }
        }

        #[test]
        fn lines_may_be_wrapped_anywhere(text in WORDS, every in 1usize..7) {
            let words: Vec<&str> = text.split_whitespace().collect();
            let one_line = words.join(" ");
            let lines: Vec<String> = words.chunks(every).map(|line| line.join(" ")).collect();
            prop_assert_eq!(read(&one_line), read(&lines.join("\n")));
        }
    }
}
