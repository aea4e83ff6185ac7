//! Findings -> what the patient had before these requests: what, how often, with what effect, when.

use super::request::asked::Asked;
use super::request::things::Weight;
use super::request::{drugs, things};
use crate::model::ledger::Prior;
use crate::model::request::Category;
use crate::model::{Finding, FindingKind, finding};
use regex::{Match, Regex};
use std::ops::Range;
use std::sync::LazyLock;

type Shape = LazyLock<Option<Regex>>;

/// Words that say of a finding of any kind that something was had.
static HAD: Shape = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(?:has|have|had|having|has been|was) (?:\w+ ){0,2}(?:had|received|undergone|completed|attended|tried|treated|taken|failed)\b|",
        r"\b(?:underwent|received|completed|attended|tried|status post|s/p|to date|so far|previous(?:ly)?|prior|failed|taking|takes|treated with)\b",
    ))
    .ok()
});
/// Before a thing, these say that it was not had.
static NOT: Shape = LazyLock::new(|| {
    Regex::new(r"\b(?:no|not|without|never|denie[sd]|declined|refused|deferred|awaiting|pending)\b[^.;,]{0,30}$").ok()
});
/// How many visits or injections. The second half of `L4-5` or `10/325` is no number of its own.
static COUNT: Shape = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|[\s(])(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: of \d{1,3})?(?: out of \d{1,3})? ",
        r"(?:[a-z-]+ ){0,3}?(visits?|sessions?|treatments?|injections?|blocks?|appointments?)\b",
    ))
    .ok()
});
/// With what effect, as it is said.
static EFFECT: Shape = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:with(?:out)?|no|little|gave|giving|provid(?:ed|ing)|reported|noted|some|minimal|mild|moderate|good|excellent|significant|",
        r"temporary|partial|short|only|about|up to|\d{1,3} ?(?:%|percent))\b[^.;,]{0,50}?\b(?:relief|benefit|improvement|effect|response|resolution)\b",
        r"(?: (?:of|for|in) [^.;,]{1,40})?|\b(?:did not|didn't) (?:help|improve)|\b(?:was|were|is|are) (?:\w+ )?(?:helpful|beneficial|effective|ineffective)|",
        r"\bhelped\b[^.;,]{0,30}|\bfailed\b(?: to \w+)?",
    ))
    .ok()
});

/// What was had, in the order of the findings.
pub fn prior(findings: &[Finding]) -> Vec<Prior> {
    let all = finding::numbers(findings).into_iter().zip(findings);
    all.filter(|(_, finding)| tells(finding))
        .flat_map(|(number, finding)| of_finding(number, finding))
        .collect()
}

/// Does a finding tell of treatment had? Plans and the answers of UR do not.
fn tells(finding: &Finding) -> bool {
    use FindingKind::{Medication, Other, Plan, Treatment};
    match finding.kind {
        Treatment | Medication => true,
        Plan | Other => false,
        _ => is(&HAD, &finding.text.to_lowercase()),
    }
}

fn is(shape: &'static Shape, text: &str) -> bool {
    shape.as_ref().is_some_and(|shape| shape.is_match(text))
}

/// A thing that a finding names, and where.
struct Had {
    what: String,
    category: Category,
    at: Range<usize>,
}

fn of_finding(number: usize, finding: &Finding) -> Vec<Prior> {
    let text = Asked::new(&finding.text).text;
    let had = named(&text);
    let counts = counts(&text, &had);
    let effect = EFFECT
        .as_ref()
        .and_then(|effect| effect.find(&finding.text));
    // What is said of one of several things is not said of the others.
    let effect = effect.filter(|_| had.len() == 1).map(said);
    had.into_iter()
        .zip(counts)
        .map(|(had, count)| Prior {
            unit: count.map(|_| unit(had.category)),
            what: had.what,
            category: had.category,
            count,
            effect: effect.clone(),
            date: finding.date,
            finding: number,
        })
        .collect()
}

fn said(found: Match<'_>) -> String {
    found.as_str().trim().to_owned()
}

fn unit(category: Category) -> &'static str {
    match category {
        Category::Injection => "times",
        _ => "visits",
    }
}

/// Treatments and drugs, each once, without what was not had.
fn named(text: &str) -> Vec<Had> {
    let mut all: Vec<Had> = Vec::new();
    let things = things::find(text).into_iter();
    let things =
        things.filter(|t| is_treatment(t.means.category) && t.means.weight == Weight::Strong);
    let drugs = drugs::find(text).into_iter();
    let drugs = drugs.filter(|drug| !is_measure(text.get(drug.at.end..).unwrap_or_default()));
    let drugs = drugs.filter_map(|drug| {
        Some(Had {
            what: drug.means?.generic.to_owned(),
            category: Category::Pharmaceuticals,
            at: drug.at,
        })
    });
    let things = things.map(|thing| Had {
        what: thing.means.name.to_owned(),
        category: thing.means.category,
        at: thing.at,
    });
    for had in things.chain(drugs) {
        let before = text.get(..had.at.start).unwrap_or_default();
        let is_known = all.iter().any(|other| other.what == had.what);
        if !is_known && !is(&NOT, before) {
            all.push(had);
        }
    }
    all.sort_by_key(|had| had.at.start);
    all
}

/// `morphine equivalent dose` measures opioids; nobody took morphine for that.
fn is_measure(after: &str) -> bool {
    let after = after.trim_start();
    ["equivalent", "milligram equivalent", "mg equivalent"]
        .iter()
        .any(|word| after.starts_with(word))
}

/// Tests and visits to a doctor are no treatment.
fn is_treatment(category: Category) -> bool {
    use Category as C;
    matches!(
        category,
        C::PhysicalTherapy
            | C::Chiropractic
            | C::Acupuncture
            | C::PassiveModalities
            | C::Injection
            | C::Surgery
            | C::Dmepos
            | C::Behavioral
            | C::Programs
            | C::HomeHealth
    )
}

/// For each thing the count that is told of it: each count goes to the nearest thing that is counted
/// so. Visits are none of an injection's, and injections none of a therapy's.
fn counts(text: &str, had: &[Had]) -> Vec<Option<u32>> {
    let mut counts = vec![None; had.len()];
    let found = COUNT.iter().flat_map(|count| count.captures_iter(text));
    for count in found {
        let (Some(number), Some(noun)) = (count.get(1), count.get(2)) else {
            continue;
        };
        let distance = |had: &Had| {
            let behind = had.at.start.saturating_sub(noun.end());
            let before = number.start().saturating_sub(had.at.end);
            behind.max(before)
        };
        let nearest = had
            .iter()
            .enumerate()
            .filter(|(_, had)| is_counted_in(had.category, noun.as_str()));
        let nearest = nearest.min_by_key(|(_, had)| distance(had));
        if let Some(slot) = nearest.and_then(|(n, _)| counts.get_mut(n)) {
            *slot = slot.or(number_of(number.as_str()));
        }
    }
    counts
}

fn is_counted_in(category: Category, noun: &str) -> bool {
    match noun.starts_with("injection") || noun.starts_with("block") {
        true => category == Category::Injection,
        false => category.is_by_session(),
    }
}

fn number_of(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let place = WORDS.iter().position(|w| *w == word);
    place
        .and_then(|n| u32::try_from(n + 1).ok())
        .or_else(|| word.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn had(kind: FindingKind, text: &str) -> Vec<(String, Option<u32>, Option<String>)> {
        let finding = Finding {
            date: None,
            kind,
            text: text.to_owned(),
            source: None,
        };
        let all = prior(&[finding]).into_iter();
        all.map(|p| (p.what, p.count, p.effect)).collect()
    }

    fn names(kind: FindingKind, text: &str) -> Vec<String> {
        had(kind, text)
            .into_iter()
            .map(|(what, _, _)| what)
            .collect()
    }

    use FindingKind::{Complaint, History, Medication, Plan, Treatment};

    #[test]
    fn what_how_often_with_what_effect() {
        assert_eq!(
            had(
                Treatment,
                "She had 12 sessions of physical therapy with minimal relief of pain."
            ),
            [(
                "physical therapy".to_owned(),
                Some(12),
                Some("with minimal relief of pain".to_owned())
            )]
        );
        assert_eq!(
            had(Treatment, "Six acupuncture treatments did not help."),
            [(
                "acupuncture".to_owned(),
                Some(6),
                Some("did not help".to_owned())
            )]
        );
    }

    #[test]
    fn a_list_is_taken_apart_and_an_effect_of_one_is_not_that_of_all() {
        let text = "Treatment to date has included 8 visits of chiropractic care, naproxen and acupuncture with good relief.";
        let all = had(Treatment, text);
        let of = |name: &str| all.iter().find(|(what, _, _)| what.contains(name)).unwrap();
        assert_eq!(of("chiropractic").1, Some(8));
        assert_eq!(of("acupuncture").1, None);
        assert!(all.iter().all(|(_, _, effect)| effect.is_none()));
        assert!(
            names(Medication, "She takes Norco and gabapentin.").contains(&"gabapentin".to_owned())
        );
    }

    #[test]
    fn a_count_goes_to_what_is_counted_so() {
        let text = "Treatments to date include surgery, 24 therapy visits, two epidural injections in 2019 and duloxetine.";
        let all = had(Treatment, text);
        let epidural = all.iter().find(|(what, _, _)| what.contains("epidural"));
        assert_eq!(epidural.map(|(_, count, _)| *count), Some(Some(2)));
    }

    #[test]
    fn a_level_is_no_count() {
        let text = "A right L4-5 transforaminal epidural injection was given on 7/9/25.";
        assert!(had(Treatment, text).iter().all(|(_, n, _)| n.is_none()));
    }

    #[test]
    fn a_dose_measured_in_morphine_is_no_morphine() {
        let text = "No attempt at dose reduction, morphine equivalent dose or return to work is described.";
        assert_eq!(names(Medication, text), [""; 0]);
        assert_eq!(names(Medication, "She takes morphine."), ["morphine"]);
    }

    #[test]
    fn what_was_not_had_is_not_told() {
        for text in [
            "The patient has not had physical therapy.",
            "There was no acupuncture.",
        ] {
            assert_eq!(names(Treatment, text), [""; 0], "{text}");
        }
        assert_eq!(
            names(Plan, "Physical therapy, 12 visits, was requested."),
            [""; 0]
        );
        assert_eq!(
            names(Complaint, "Pain is worse at physical therapy."),
            [""; 0]
        );
        assert_eq!(
            names(History, "He has completed physical therapy."),
            ["physical therapy"]
        );
    }

    #[test]
    fn tests_are_no_treatment() {
        assert_eq!(
            names(Treatment, "Treatment has included an MRI and x-rays."),
            [""; 0]
        );
    }
}
