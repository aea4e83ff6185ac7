//! Findings that contradict each other: opposite statements of one body part, levels and sides that
//! do not fit, different ages.
//!
//! Plain word tables, so that a reader can follow what was taken for a contradiction. Of each kind
//! and body part only the pair that is closest in time is told: it is a hint to look, no verdict.

use super::moves::plain_words;
use crate::model::ledger::Contradiction;
use crate::model::place::Place;
use crate::model::{Case, Finding, FindingKind, finding};
use regex::Regex;
use std::sync::LazyLock;

/// Something that a finding says is so, or is not so.
struct Concept {
    name: &'static str,
    /// Does it need no body part to be compared by?
    is_of_whole: bool,
    yes: Option<Regex>,
    no: Option<Regex>,
}

type Words = LazyLock<Option<Regex>>;

macro_rules! concepts {
    ($($name:literal $whole:literal $no:expr, $yes:expr;)*) => {
        static CONCEPTS: LazyLock<Vec<Concept>> = LazyLock::new(|| vec![$(Concept {
            name: $name,
            is_of_whole: $whole,
            yes: plain_words($yes),
            no: plain_words($no),
        },)*]);
    };
}

// name, compared without a body part?, words that say no, words that say yes
concepts! {
    "radiculopathy" false
        r"\b(?:no|without|negative for|denie[sd]|not)\b[^.;,]{0,40}\bradicul\w+|\bnegative (?:spurling|straight leg)[a-z']*|\b(?:spurling\w*(?:'s)?|straight leg rais\w+)(?: \w+){0,4} negative",
        r"\bradicul\w+|\bpositive (?:spurling|straight leg)[a-z']*|\b(?:spurling\w*(?:'s)?|straight leg rais\w+)(?: \w+){0,4} positive";
    "strength" false
        r"\bno (?:motor |focal )?weakness|\b5/5\b|\b(?:full|normal|intact) (?:motor )?strength|\b(?:strength|motor\w*)(?: \w+){0,3} (?:full|normal|intact)",
        r"\bweakness|\b[0-4][+-]?/5\b|\b(?:decreased|reduced|diminished) (?:\w+ )?strength|\bstrength(?: \w+){0,3} (?:decreased|reduced|diminished)";
    "sensation" false
        r"\b(?:normal|intact) sens\w+|\bsensation(?: \w+){0,3} (?:intact|normal)|\bno sensory (?:loss|deficits?)",
        r"\b(?:decreased|diminished|reduced|altered|loss of|impaired) (?:\w+ ){0,2}sensation|\bhypo?esthesia|\bsensation(?: \w+){0,3} (?:decreased|diminished|reduced|impaired)|\bsensory (?:loss|deficits?)";
    "range of motion" false
        r"\b(?:full|normal|unrestricted) (?:\w+ )?range of motion|\brange of motion(?: \w+){0,3} (?:full|normal)",
        r"\b(?:decreased|limited|restricted|reduced|diminished) (?:\w+ ){0,2}(?:range of )?motion|\brange of motion(?: \w+){0,3} (?:decreased|limited|restricted|reduced)";
    "tenderness" false r"\b(?:no|without) tenderness|\bnon-?tender", r"\btender(?:ness)?\b";
    "spasm" false r"\b(?:no|without) (?:\w+ )?spasms?", r"\bspasms?\b";
    "fracture" false r"\b(?:no|without|negative for)\b[^.;,]{0,40}\bfractures?", r"\bfractured?\b";
    "tear" false r"\b(?:no|without|negative for)\b[^.;,]{0,40}\b(?:tear|rupture)", r"\b(?:tear|torn|ruptured?)\b";
    "stability" false
        r"\b(?:no|without)\b[^.;,]{0,30}\b(?:instability|laxity)|\bnegative (?:lachman|drawer|mcmurray)\w*|\bstable\b",
        r"\b(?:instability|unstable|laxity)|\bpositive (?:lachman|drawer|mcmurray)\w*";
    "swelling" false r"\b(?:no|without) (?:\w+ ){0,3}(?:swelling|effusion|edema)", r"\b(?:swelling|effusion|edema|swollen)\b";
    "gait" true r"\bnormal gait|\bgait(?: \w+){0,2} normal|\bno limp", r"\bantalgic|\blimp(?:s|ed|ing)?\b";
    "earlier surgery" true r"\b(?:no|denie[sd])(?: any)? (?:prior|previous|past|history of) (?:\w+ )?surger\w+|\bnever had (?:\w+ )?surgery", r"\b(?:underwent|status post|s/p) (?:\w+ ){0,4}(?:surgery|\w+ectomy|\w+plasty|arthroscop\w+|fusion|repair)";
}

/// Signs that are of one part of the body whether it is named or not.
const SIGNS: [(&str, &str); 6] = [
    ("spurling", "cervical spine"),
    ("straight leg", "lumbar spine"),
    ("lachman", "knee"),
    ("mcmurray", "knee"),
    ("rotator cuff", "shoulder"),
    ("menisc", "knee"),
];

/// What a finding says of a concept: yes, no, or nothing that is clear.
fn says(concept: &Concept, text: &str) -> Option<bool> {
    let (no, yes) = (concept.no.as_ref()?, concept.yes.as_ref()?);
    let rest = no.replace_all(text, " ");
    match (no.is_match(text), yes.is_match(&rest)) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        // Both, or neither: a sentence that weighs is no statement.
        _ => None,
    }
}

/// A finding with its number in the timeline and where it is.
struct Told<'a> {
    at: usize,
    finding: &'a Finding,
    place: Place,
    regions: Vec<&'static str>,
}

impl<'a> Told<'a> {
    fn of(at: usize, finding: &'a Finding) -> Self {
        let place = finding.place();
        let small = finding.text.to_lowercase();
        let mut regions: Vec<&'static str> =
            place.parts.iter().map(|part| one_name(part)).collect();
        let of_levels = place.levels.iter().filter_map(|level| region(level));
        let of_signs = SIGNS.iter().filter(|(sign, _)| small.contains(sign));
        for name in of_levels.chain(of_signs.map(|(_, part)| *part)) {
            if !regions.contains(&name) {
                regions.push(name);
            }
        }
        Self {
            at,
            finding,
            place,
            regions,
        }
    }

    /// A body part of both; the empty name where none is needed.
    fn shared(&self, other: &Self, is_of_whole: bool) -> Option<&'static str> {
        if is_of_whole {
            return Some("");
        }
        let theirs = &other.regions;
        self.regions.iter().find(|r| theirs.contains(r)).copied()
    }

    /// Is the one on the left and the other on the right?
    fn is_opposite(&self, other: &Self) -> bool {
        let sides = (
            self.place.side.map(|s| s.word()),
            other.place.side.map(|s| s.word()),
        );
        matches!(
            sides,
            (Some("left"), Some("right")) | (Some("right"), Some("left"))
        )
    }

    /// Days between the two; undated ones are far from all others.
    fn days_from(&self, other: &Self) -> i64 {
        let (Some(a), Some(b)) = (self.finding.date, other.finding.date) else {
            return 1_000_000;
        };
        a.until(b)
            .map_or(1_000_000, |span| i64::from(span.get_days()).abs())
    }
}

/// One name for what findings name in two ways.
fn one_name(part: &'static str) -> &'static str {
    match part {
        "neck" => "cervical spine",
        "low back" | "lower back" | "lumbosacral spine" => "lumbar spine",
        "upper back" | "mid back" => "thoracic spine",
        other => other,
    }
}

/// The part of the spine of a level: `C4-5` is the neck.
fn region(level: &str) -> Option<&'static str> {
    match level.chars().next()?.to_ascii_uppercase() {
        'C' => Some("cervical spine"),
        'T' => Some("thoracic spine"),
        'L' | 'S' => Some("lumbar spine"),
        _ => None,
    }
}

/// The contradictions between the findings of a case, in the order of their first finding.
pub fn of(case: &Case) -> Vec<Contradiction> {
    use FindingKind::{Other, Plan};
    let all = finding::numbers(&case.findings)
        .into_iter()
        .zip(&case.findings);
    let told: Vec<Told<'_>> = all
        .filter(|(_, finding)| !matches!(finding.kind, Plan | Other))
        .map(|(at, finding)| Told::of(at, finding))
        .collect();
    let mut found: Vec<Contradiction> = CONCEPTS
        .iter()
        .flat_map(|concept| opposites(concept, &told))
        .collect();
    found.extend(levels(&told));
    found.extend(sides(&told));
    found.extend(ages(case));
    found.sort_by_key(|c| (c.first, c.second));
    found
}

/// The closest pair of opposite statements for each body part.
fn opposites(concept: &Concept, told: &[Told<'_>]) -> Vec<Contradiction> {
    let mut pairs: Vec<(i64, &'static str, &Told<'_>, &Told<'_>)> = Vec::new();
    let with = |wanted: bool| {
        let says = move |t: &&Told<'_>| says(concept, &t.finding.text) == Some(wanted);
        told.iter().filter(says)
    };
    for yes in with(true) {
        for no in with(false) {
            let shared = yes.shared(no, concept.is_of_whole);
            if let Some(part) = shared.filter(|_| !yes.is_opposite(no)) {
                pairs.push((yes.days_from(no), part, yes, no));
            }
        }
    }
    pairs.sort_by_key(|(days, _, yes, no)| (*days, yes.at, no.at));
    let mut parts: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    for (days, part, yes, no) in pairs {
        if !parts.contains(&part) {
            parts.push(part);
            out.push(opposite(concept.name, part, days, (yes.at, no.at)));
        }
    }
    out
}

fn opposite(
    about: &'static str,
    part: &str,
    days: i64,
    (yes, no): (usize, usize),
) -> Contradiction {
    let place = if part.is_empty() {
        String::new()
    } else {
        format!(" ({part})")
    };
    let when = match days {
        0 => "on the same day",
        1..1_000_000 => "on different days",
        _ => "dates not known",
    };
    Contradiction {
        about,
        first: yes.min(no),
        second: yes.max(no),
        says: format!(
            "{about}{place}: finding {} says so, finding {} says not, {when}",
            yes, no
        ),
    }
}

/// Roots that a radiculopathy names: `C6 radiculopathy`.
fn roots(text: &str) -> Vec<String> {
    static ROOTS: Words = LazyLock::new(|| {
        Regex::new(r"(?i)\b([CLS]\d)(?:\s?(?:-|/|and|,)\s?([CLS]?\d))?\s?(?:\w+ ){0,2}radicul").ok()
    });
    let Some(found) = ROOTS.as_ref().and_then(|roots| roots.captures(text)) else {
        return Vec::new();
    };
    let first = found.get(1).map_or("", |m| m.as_str()).to_uppercase();
    let second = found.get(2).map(|m| m.as_str().to_uppercase());
    let letter: String = first.chars().take(1).collect();
    let second = second.map(
        |root| match root.starts_with(|c: char| c.is_ascii_digit()) {
            true => format!("{letter}{root}"),
            false => root,
        },
    );
    [Some(first), second].into_iter().flatten().collect()
}

/// Roots that a lesion of a level can press on: of the neck the lower number, of the low back both.
fn roots_at(level: &str) -> Vec<String> {
    let even = level.to_uppercase().replace(['/', ' '], "-");
    let Some((upper, lower)) = even.split_once('-') else {
        return Vec::new();
    };
    let letter: String = upper.chars().take(1).collect();
    let lower = match lower.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("{letter}{lower}"),
        false => lower.to_owned(),
    };
    match letter.as_str() {
        "C" => vec![lower],
        "L" => vec![upper.to_owned(), lower],
        _ => Vec::new(),
    }
}

/// A radiculopathy of a root that no imaged lesion of its part of the spine presses on.
fn levels(told: &[Told<'_>]) -> Vec<Contradiction> {
    static LESION: Words = LazyLock::new(|| {
        Regex::new(
            r"(?i)\b(?:protru\w+|herniat\w+|bulg\w+|stenosis|extru\w+|compress\w+|impinge\w+)",
        )
        .ok()
    });
    let is_lesion = |t: &&Told<'_>| {
        t.finding.kind == FindingKind::Imaging
            && LESION.as_ref().is_some_and(|l| l.is_match(&t.finding.text))
    };
    let lesions: Vec<&Told<'_>> = told.iter().filter(is_lesion).collect();
    let mut out = Vec::new();
    for with_root in told {
        for root in roots(&with_root.finding.text) {
            let of_region = lesions.iter().filter(|l| {
                let levels = &l.place.levels;
                levels.iter().any(|level| region(level) == region(&root))
            });
            let of_region: Vec<&&Told<'_>> = of_region.collect();
            let levels = of_region.iter().flat_map(|l| l.place.levels.iter());
            let fits = levels.flat_map(|level| roots_at(level)).any(|r| r == root);
            if let Some(lesion) = of_region.first().filter(|_| !fits) {
                out.push(level(with_root.at, lesion, &root));
            }
        }
    }
    out
}

fn level(at: usize, lesion: &Told<'_>, root: &str) -> Contradiction {
    let seen = lesion.place.levels.join(", ");
    Contradiction {
        about: "level",
        first: at.min(lesion.at),
        second: at.max(lesion.at),
        says: format!(
            "level: finding {} names the root {root}, the study of finding {} shows {seen}",
            at, lesion.at
        ),
    }
}

/// Imaging of the spine on one side, radiculopathy on the other.
fn sides(told: &[Told<'_>]) -> Vec<Contradiction> {
    let Some(concept) = CONCEPTS.first() else {
        return Vec::new();
    };
    let is_root = |t: &&Told<'_>| says(concept, &t.finding.text) == Some(true);
    let mut out: Vec<Contradiction> = Vec::new();
    for root in told.iter().filter(is_root) {
        let other = told.iter().find(|t| {
            t.finding.kind == FindingKind::Imaging
                && t.at != root.at
                && t.is_opposite(root)
                && t.shared(root, false).is_some()
        });
        let Some(image) = other.filter(|i| !out.iter().any(|c| c.second == i.at.max(root.at)))
        else {
            continue;
        };
        out.push(Contradiction {
            about: "side",
            first: root.at.min(image.at),
            second: root.at.max(image.at),
            says: format!(
                "side: the radiculopathy of finding {} and the study of finding {} are on opposite sides",
                root.at,
                image.at
            ),
        });
    }
    out
}

/// Ages that differ from each other or from that of the case.
fn ages(case: &Case) -> Vec<Contradiction> {
    static AGE: Words =
        LazyLock::new(|| Regex::new(r"(?i)\b(\d{1,3})[- ]?(?:year|yr)s?[- ]old\b").ok());
    let age = |finding: &Finding| -> Option<u8> {
        let found = AGE.as_ref()?.captures(&finding.text)?;
        found.get(1)?.as_str().parse().ok()
    };
    let all = finding::numbers(&case.findings)
        .into_iter()
        .zip(&case.findings);
    let mut told: Vec<(usize, u8)> = all.filter_map(|(at, f)| Some((at, age(f)?))).collect();
    told.sort_unstable();
    let Some(&(first, known)) = told.first() else {
        return Vec::new();
    };
    let mut out = Vec::new();
    if let Some(own) = case.patient.age.filter(|own| *own != known) {
        out.push(Contradiction {
            about: "age",
            first,
            second: first,
            says: format!("age: finding {} says {known}, the case {own}", first),
        });
    }
    if let Some((other, age)) = told.iter().find(|(_, age)| *age != known) {
        out.push(Contradiction {
            about: "age",
            first,
            second: *other,
            says: format!(
                "age: finding {} says {known}, finding {} says {age}",
                first, other
            ),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CaseId, Credentials, Header, Patient, date};
    use FindingKind::*;

    fn found(findings: &[(FindingKind, &str, &str)]) -> Vec<(String, usize, usize)> {
        let finding = |(kind, day, text): &(FindingKind, &str, &str)| Finding {
            date: date::parse(day),
            kind: *kind,
            text: (*text).to_owned(),
            source: None,
        };
        let case = Case {
            id: CaseId::typed("CM25-0200101"),
            header: Header::default(),
            patient: Patient {
                age: Some(59),
                sex: None,
            },
            credentials: Credentials::default(),
            summary: String::new(),
            findings: findings.iter().map(finding).collect(),
            items: vec![],
            records: vec![],
            is_published: false,
            dates: Default::default(),
            interests: Default::default(),
        };
        let all = of(&case).into_iter();
        all.map(|c| (c.about.to_owned(), c.first, c.second))
            .collect()
    }

    fn one(about: &str) -> Vec<(String, usize, usize)> {
        vec![(about.to_owned(), 1, 2)]
    }

    #[test]
    fn opposite_statements_of_one_part() {
        let neck = [
            (
                Exam,
                "1/2/25",
                "There is no evidence of radiculopathy in the neck",
            ),
            (Exam, "2/2/25", "Spurling's test was positive on the left"),
        ];
        assert_eq!(found(&neck), one("radiculopathy"));
        for (a, b, about) in [
            (
                "Right knee strength is 4/5",
                "Right knee strength was 5/5",
                "strength",
            ),
            (
                "Lumbar spine sensation was intact",
                "decreased sensation at the lumbar spine",
                "sensation",
            ),
            (
                "limited range of motion of the left shoulder",
                "left shoulder has full range of motion",
                "range of motion",
            ),
            (
                "no spasm of the lumbar spine",
                "lumbar spine spasm",
                "spasm",
            ),
            (
                "no fracture of the right wrist",
                "right wrist fracture",
                "fracture",
            ),
            (
                "a medial meniscus tear of the left knee",
                "no evidence of meniscal tear of the left knee",
                "tear",
            ),
            ("gait is normal", "an antalgic gait", "gait"),
        ] {
            assert_eq!(
                found(&[(Exam, "1/2/25", a), (Exam, "1/2/25", b)]),
                one(about),
                "{a}"
            );
        }
    }

    #[test]
    fn other_parts_and_other_sides_do_not_contradict() {
        for (a, b) in [
            ("no spasm of the lumbar spine", "cervical spine spasm"),
            ("left knee effusion", "no effusion of the right knee"),
            ("tenderness", "no tenderness"),
            (
                "radicular pain but negative straight leg raise",
                "lumbar radiculopathy",
            ),
        ] {
            assert_eq!(
                found(&[(Exam, "1/2/25", a), (Exam, "1/2/25", b)]),
                [],
                "{a}"
            );
        }
    }

    #[test]
    fn what_is_planned_or_denied_is_no_finding() {
        let plan = "UR found no radiculopathy of the lumbar spine";
        assert_eq!(
            found(&[(Exam, "", "lumbar radiculopathy"), (Plan, "", plan)]),
            []
        );
    }

    #[test]
    fn the_closest_pair_is_told_once() {
        let all = [
            (Exam, "1/1/24", "lumbar spine spasm"),
            (Exam, "6/1/25", "no spasm of the lumbar spine"),
            (Exam, "6/2/25", "spasm of the lumbar spine"),
        ];
        assert_eq!(found(&all), [("spasm".to_owned(), 2, 3)]);
    }

    #[test]
    fn roots_fit_their_levels() {
        let study = (Imaging, "9/3/25", "left paracentral protrusion at C4-5");
        let c6 = (
            Electrodiagnostic,
            "12/2/25",
            "Nerve conduction studies show mild left C6 radiculopathy",
        );
        assert_eq!(found(&[study, c6]), one("level"));
        let c5 = (Electrodiagnostic, "", "left C5 radiculopathy");
        assert_eq!(found(&[study, c5]), []);
        let low = (Imaging, "", "disc herniation at L4-5");
        for (root, fits) in [("L4", true), ("L5", true), ("S1", false)] {
            let text = format!("{root} radiculopathy");
            assert_eq!(found(&[low, (Exam, "", &text)]).is_empty(), fits, "{root}");
        }
        assert_eq!(roots("L5-S1 radiculopathy"), ["L5", "S1"]);
        assert_eq!(roots("C5/6 radiculitis"), ["C5", "C6"]);
    }

    #[test]
    fn sides_of_study_and_root_are_compared() {
        let study = (Imaging, "", "right protrusion at L4-5");
        let root = (Exam, "", "left L5 radiculopathy");
        assert_eq!(found(&[study, root]), one("side"));
    }

    #[test]
    fn ages_are_compared_with_each_other_and_the_case() {
        let young = (History, "", "The patient is a 49-year-old clerk");
        assert_eq!(found(&[young]), [("age".to_owned(), 1, 1)]);
        let right = (History, "", "The patient is a 59 year old clerk");
        assert_eq!(found(&[right]), []);
        assert_eq!(found(&[right, young]), one("age"));
    }

    #[test]
    fn every_pattern_reads() {
        assert!(CONCEPTS.iter().all(|c| c.yes.is_some() && c.no.is_some()));
    }
}
