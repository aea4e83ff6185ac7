//! Who may review a case: licence, board, practice, specialty, and no tie to its parties. LC
//! 139.5(d)(4)-(6). The gate and the lints ask here.

use crate::model::limits::Limits;
use crate::model::nearest::distance;
use crate::model::request::{Category, Request};
use crate::model::{Case, CaseFile, Date, Interests, Party, Profile, Reviewer, date};
use std::collections::BTreeSet;

/// One thing that stands against this reviewer for this case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Number in the catalogue of lints.
    pub id: &'static str,
    /// Two words, for a list of gaps.
    pub gap: &'static str,
    /// A sentence: what is wrong and what to do.
    pub message: String,
}

fn objection(id: &'static str, gap: &'static str, message: impl Into<String>) -> Objection {
    Objection {
        id,
        gap,
        message: message.into(),
    }
}

/// Everything that keeps this reviewer from signing this case: L06, L08, L09.
pub fn objections(file: &CaseFile, reviewer: &Reviewer, today: Date) -> Vec<Objection> {
    let mut all = out_of_practice(&reviewer.profile);
    all.extend(tied(&file.case.interests, reviewer));
    all.extend(recused(&file.case.interests, reviewer));
    all.extend(unlicensed(&reviewer.profile, today));
    all.extend(uncertified(&reviewer.profile, today));
    all.extend(qualified_evaluator(&reviewer.profile, today));
    all
}

/// Least practice that the letter states.
const LEAST: [(&str, u32); 2] = [("hours a week", 24), ("years", 5)];

/// L06: the letter says five years of active practice and 24 hours a week.
fn out_of_practice(profile: &Profile) -> Vec<Objection> {
    let said = [profile.hours, profile.years];
    let short = LEAST.iter().zip(said);
    let short = short.filter_map(|((what, least), said)| Some((what, least, said?)));
    let short = short.filter(|(_, least, said)| said < *least);
    short
        .map(|(what, least, said)| {
            let message = format!(
                "Your profile says {said} {what} of active practice; the letter states at least \
                 {least}. Correct [reviewer] in config.toml, or recuse yourself."
            );
            objection("L06", "too little practice", message)
        })
        .collect()
}

/// L09: recused is recused.
fn recused(interests: &Interests, reviewer: &Reviewer) -> Option<Objection> {
    let recusal = interests.recusal_of(&reviewer.name)?;
    let message = format!(
        "You recused yourself on {}: {} Another reviewer decides it.",
        date::long(recusal.on),
        sentence(&recusal.reason)
    );
    Some(objection("L09", "recused", message))
}

fn sentence(text: &str) -> String {
    format!("{}.", text.trim().trim_end_matches('.'))
}

/// L09: a licence that is good and not restricted; of those the profile lists.
fn unlicensed(profile: &Profile, today: Date) -> Option<Objection> {
    let restricted = profile.licences.iter().find(|l| l.is_restricted);
    if let Some(licence) = restricted {
        let message = format!(
            "Your licence in {} is restricted: a reviewer's is not (LC 139.5). Recuse yourself.",
            licence.state
        );
        return Some(objection("L09", "licence restricted", message));
    }
    let papers = profile
        .licences
        .iter()
        .map(|l| (l.state.as_str(), l.expires));
    let message = all_ended("licence", papers, today)?;
    Some(objection("L09", "licence ended", message))
}

/// L09: a board certification that is current; of those the profile lists.
fn uncertified(profile: &Profile, today: Date) -> Option<Objection> {
    let papers = profile.boards.iter().map(|b| (b.name.as_str(), b.until));
    let message = all_ended("certification", papers, today)?;
    Some(objection("L09", "board ended", message))
}

/// What is said where every one of these has ended; `None` where one is good, or none is listed.
fn all_ended<'a>(
    what: &str,
    papers: impl Iterator<Item = (&'a str, Option<Date>)> + Clone,
    today: Date,
) -> Option<String> {
    let is_good = |end: Option<Date>| end.is_none_or(|end| end >= today);
    if papers.clone().any(|(_, end)| is_good(end)) {
        return None;
    }
    let (name, end) = papers.max_by_key(|(_, end)| *end)?;
    Some(format!(
        "Your {what} in {name} ended on {}: write the day it was renewed to under [reviewer] in \
         config.toml.",
        end.map(date::long).unwrap_or_default()
    ))
}

/// Since this year no Qualified Medical Evaluator reviews, LC 139.5(d)(4).
const NO_QME_SINCE: i16 = 2014;

/// L09: not a QME.
fn qualified_evaluator(profile: &Profile, today: Date) -> Option<Objection> {
    let is_barred = profile.is_qme && today.year() >= NO_QME_SINCE;
    is_barred.then(|| {
        let message = "Your profile says that you are a Qualified Medical Evaluator: since 2014 \
                       those review nothing (LC 139.5). Recuse yourself.";
        objection("L09", "QME", message)
    })
}

/// A party that looks like an affiliation of the reviewer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict<'a> {
    /// Who.
    pub party: &'a Party,
    /// As the profile has it.
    pub affiliation: &'a str,
    /// Why the two look alike.
    pub why: &'static str,
}

impl Conflict<'_> {
    /// `insurer "Acme, Inc." looks like your affiliation "ACME LLC" (...)`.
    pub fn words(&self) -> String {
        format!(
            "{} \"{}\" looks like your affiliation \"{}\" ({})",
            self.party.role.words(),
            self.party.name,
            self.affiliation,
            self.why
        )
    }
}

/// Parties that look like the reviewer's affiliations, LC 139.5(d)(5).
pub fn conflicts<'a>(interests: &'a Interests, reviewer: &'a Reviewer) -> Vec<Conflict<'a>> {
    let affiliations = &reviewer.profile.affiliations;
    let pairs = interests
        .parties
        .iter()
        .flat_map(|party| affiliations.iter().map(move |own| (party, own)));
    pairs
        .filter_map(|(party, own)| {
            Some(Conflict {
                why: alike(&party.name, own)?,
                party,
                affiliation: own,
            })
        })
        .collect()
}

/// L08: what looks like a conflict is settled by recusal, or by a reason why it is none.
fn tied(interests: &Interests, reviewer: &Reviewer) -> Vec<Objection> {
    let stated = interests.statement_of(&reviewer.name);
    if stated.is_some_and(|stated| !stated.reason.is_empty()) {
        return Vec::new();
    }
    let found = conflicts(interests, reviewer);
    let said = found.iter().map(|conflict| {
        let words = conflict.words();
        let message = format!(
            "The {words}. Recuse yourself (imr recuse), or state why it is no conflict (imr attest)."
        );
        objection("L08", "conflict", message)
    });
    said.collect()
}

/// Words of a name that tell nobody apart: legal forms and what many names share.
const FORMS: [&str; 22] = [
    "inc",
    "incorporated",
    "llc",
    "llp",
    "lp",
    "ltd",
    "limited",
    "co",
    "company",
    "corp",
    "corporation",
    "pc",
    "plc",
    "apc",
    "md",
    "do",
    "the",
    "of",
    "and",
    "a",
    "for",
    "dba",
];
/// Words that alone name nobody.
const COMMON: [&str; 30] = [
    "medical",
    "medicine",
    "health",
    "healthcare",
    "care",
    "center",
    "centers",
    "hospital",
    "clinic",
    "group",
    "associates",
    "insurance",
    "indemnity",
    "mutual",
    "casualty",
    "services",
    "system",
    "systems",
    "management",
    "administrators",
    "claims",
    "california",
    "state",
    "county",
    "city",
    "american",
    "national",
    "pharmacy",
    "university",
    "surgery",
];
/// Words as long as this may differ in a letter and be the same.
const TYPO_FROM: usize = 6;
/// Fewest letters of initials.
const INITIALS: usize = 3;

/// Why two names may be of the same; `None` where they look like two.
fn alike(party: &str, own: &str) -> Option<&'static str> {
    let (a, b) = (words_of(party), words_of(own));
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let (few, many) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    let says = |word: &String| many.contains(word);
    let tells = |words: &BTreeSet<String>| words.iter().any(|w| !COMMON.contains(&w.as_str()));
    if a == b {
        return Some("the same name but for its legal form");
    }
    if tells(few) && few.iter().all(says) {
        return Some("every word of the one stands in the other");
    }
    let nearly = |word: &String| many.iter().any(|other| is_nearly(word, other));
    if few.len() == many.len() && tells(few) && few.iter().all(nearly) {
        return Some("the same name but for a letter");
    }
    let is_short = |name: &str, words: &BTreeSet<String>| {
        let initials = initials(name);
        initials.len() >= INITIALS && words.len() == 1 && words.contains(&initials)
    };
    (is_short(party, &b) || is_short(own, &a)).then_some("the initials of the other")
}

fn is_nearly(word: &str, other: &str) -> bool {
    let is_long = word.chars().count().min(other.chars().count()) >= TYPO_FROM;
    word == other || (is_long && distance(word, other) <= 1)
}

/// The words of a name in small letters, legal forms left out.
fn words_of(name: &str) -> BTreeSet<String> {
    in_order(name).into_iter().collect()
}

fn in_order(name: &str) -> Vec<String> {
    // `L.L.C.` is one word, `Smith-Jones` two.
    let plain = name.to_lowercase().replace(['.', '\'', '\u{2019}'], "");
    let words = plain.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty() && !FORMS.contains(word))
        .map(str::to_owned)
        .collect()
}

fn initials(name: &str) -> String {
    let words = in_order(name);
    words
        .iter()
        .filter_map(|word| word.chars().next())
        .collect()
}

/// Boards that fit a category of treatment, and how the specialty is called. Those of a category
/// that is not here fit every physician who treats injured workers.
const SPECIALTIES: [(&[Category], &[&str], &str); 3] = [
    (
        &[Category::Surgery, Category::SurgicalAncillary],
        &["surg", "ophthalm", "otolaryng", "urolog", "gynecolog"],
        "a surgical specialty",
    ),
    (
        &[Category::Behavioral],
        &["psych", "neurolog", "addiction"],
        "psychiatry or psychology",
    ),
    (
        &[Category::Dental],
        &["dent", "oral", "maxillofacial"],
        "dentistry or oral surgery",
    ),
];

/// L48: items (from 0) of a category that is not the reviewer's, each with a sentence. `requests`
/// are the requests as read, in the order of the items.
pub fn specialty(requests: &[Request], reviewer: &Reviewer) -> Vec<(usize, String)> {
    let boards = &reviewer.credentials.certifications;
    if boards.is_empty() {
        return Vec::new();
    }
    let foreign = requests.iter().enumerate().filter_map(|(n, request)| {
        let (_, words, name) = SPECIALTIES
            .iter()
            .find(|(categories, ..)| categories.contains(&request.category))?;
        let fits = |board: &String| {
            let board = board.to_lowercase();
            words.iter().any(|word| board.contains(word))
        };
        let sentence = format!(
            "Item {} is {}, of {name}; you are certified in {}.",
            n + 1,
            request.category.name(),
            boards.join(", ")
        );
        (!boards.iter().any(fits)).then_some((n, sentence))
    });
    foreign.collect()
}

/// L12: by how many days the determination is late on this day; `None` where it is not, or where
/// that cannot be told.
pub fn days_late(case: &Case, limits: &Limits, today: Date) -> Option<i32> {
    let due = super::clock::today(super::clock::due_instant(case, limits)?);
    let days = due.until(today).ok()?.get_days();
    (days > 0).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Board, Licence, NoConflict, Recusal, Role};
    use jiff::civil::date as day;

    const TODAY: Date = day(2026, 1, 15);

    fn reviewer(change: fn(&mut Profile)) -> Reviewer {
        let mut reviewer = Reviewer {
            name: "lee".into(),
            ..Reviewer::default()
        };
        change(&mut reviewer.profile);
        reviewer
    }

    fn file() -> CaseFile {
        crate::rules::clock::tests::file(Default::default(), None)
    }

    fn ids(file: &CaseFile, reviewer: &Reviewer) -> Vec<&'static str> {
        let found = objections(file, reviewer, TODAY);
        found.iter().map(|o| o.id).collect()
    }

    fn licence(expires: Option<Date>, is_restricted: bool) -> Licence {
        Licence {
            state: "California".into(),
            number: "A1".into(),
            expires,
            is_restricted,
        }
    }

    #[test]
    fn a_profile_that_says_nothing_is_not_objected_to() {
        assert_eq!(ids(&file(), &reviewer(|_| {})), Vec::<&str>::new());
    }

    #[test]
    fn each_objection_both_ways() {
        type Flaw = fn(&mut Profile);
        let bad: [(&str, Flaw); 7] = [
            ("L06", |p| p.hours = Some(23)),
            ("L06", |p| p.years = Some(4)),
            ("L09", |p| {
                p.licences = vec![licence(Some(day(2026, 1, 14)), false)]
            }),
            ("L09", |p| p.licences = vec![licence(None, true)]),
            ("L09", |p| {
                p.licences = vec![licence(None, false), licence(None, true)];
            }),
            ("L09", |p| {
                p.boards = vec![Board {
                    name: "PM&R".into(),
                    until: Some(day(2025, 12, 31)),
                }];
            }),
            ("L09", |p| p.is_qme = true),
        ];
        for (id, change) in bad {
            assert_eq!(ids(&file(), &reviewer(change)), [id]);
        }
        let good = reviewer(|p| {
            p.hours = Some(24);
            p.years = Some(5);
            let old = licence(Some(day(2020, 1, 1)), false);
            p.licences = vec![old, licence(Some(TODAY), false)];
            p.boards = vec![Board {
                name: "PM&R".into(),
                until: None,
            }];
        });
        assert_eq!(ids(&file(), &good), Vec::<&str>::new());
    }

    #[test]
    fn who_is_recused_signs_nothing_and_others_may() {
        let mut file = file();
        file.case.interests.recusals.push(Recusal {
            who: "lee".into(),
            on: TODAY,
            reason: "My brother works there".into(),
        });
        let found = objections(&file, &reviewer(|_| {}), TODAY);
        assert_eq!(
            found[0].message,
            "You recused yourself on 01/15/2026: My brother works there. Another reviewer decides it."
        );
        let other = Reviewer {
            name: "kim".into(),
            ..Reviewer::default()
        };
        assert!(objections(&file, &other, TODAY).is_empty());
    }

    #[test]
    fn names_that_are_alike_and_names_that_are_not() {
        let alike_ones = [
            (
                "Acme Indemnity, Inc.",
                "ACME INDEMNITY L.L.C.",
                "legal form",
            ),
            (
                "Kaiser Permanente Oakland",
                "Kaiser Permanente",
                "every word",
            ),
            (
                "Sedgwick Claims Management Services",
                "Sedgwick",
                "every word",
            ),
            ("Libertty Mutual", "Liberty Mutual", "a letter"),
            ("SCIF", "State Compensation Insurance Fund", "initials"),
            (
                "Smith-Jones Orthopaedics",
                "Smith Jones Orthopaedics PC",
                "legal form",
            ),
        ];
        for (party, own, why) in alike_ones {
            let found = alike(party, own).unwrap_or_else(|| panic!("{party} / {own}"));
            assert!(found.contains(why), "{party} / {own}: {found}");
            assert!(alike(own, party).is_some());
        }
        let others = [
            ("Acme Indemnity", "Apex Indemnity"),
            ("Valley Medical Center", "Medical Center"),
            ("State Compensation Insurance Fund", "State of California"),
            ("Liberty Mutual", "Liberty Tax"),
            ("Inc.", "LLC"),
            ("Stone", "Store"),
        ];
        for (party, own) in others {
            assert_eq!(alike(party, own), None, "{party} / {own}");
        }
    }

    #[test]
    fn what_looks_like_a_conflict_blocks_until_it_is_explained() {
        let mut file = file();
        let reviewer = reviewer(|p| p.affiliations = vec!["Acme Indemnity LLC".into()]);
        let party = |name: &str| Party {
            role: Role::Insurer,
            name: name.into(),
        };
        file.case.interests.parties = vec![party("Acme Indemnity"), party("Beta Mutual")];
        assert_eq!(ids(&file, &reviewer), ["L08"]);
        let mut state = |reason: &str| {
            file.case.interests.no_conflict = Some(NoConflict {
                who: "lee".into(),
                on: TODAY,
                parties: file.case.interests.fingerprint(),
                reason: reason.into(),
            });
            ids(&file, &reviewer).len()
        };
        assert_eq!(state(""), 1, "a reason is asked for");
        assert_eq!(state("Another Acme, of Ohio"), 0);
        file.case.interests.parties.push(party("Gamma"));
        assert_eq!(ids(&file, &reviewer), ["L08"], "other parties ask again");
    }

    #[test]
    fn a_surgery_asks_for_a_surgeon() {
        let request = |category| Request {
            category,
            ..Request::default()
        };
        let requests = [request(Category::Imaging), request(Category::Surgery)];
        let certified = |board: &str| {
            let mut reviewer = reviewer(|_| {});
            reviewer.credentials.certifications = vec![board.into()];
            let found = specialty(&requests, &reviewer);
            found.into_iter().map(|(item, _)| item).collect::<Vec<_>>()
        };
        assert_eq!(certified("Physical Medicine and Rehabilitation"), [1]);
        assert_eq!(certified("Orthopaedic Surgery"), Vec::<usize>::new());
        assert!(specialty(&requests, &reviewer(|_| {})).is_empty());
    }

    #[test]
    fn how_late_it_is() {
        let mut file = file();
        let limits = Limits::built_in();
        assert_eq!(days_late(&file.case, &limits, TODAY), None);
        file.case.header.records_complete_date = Some(day(2025, 12, 16));
        assert_eq!(days_late(&file.case, &limits, TODAY), None);
        file.case.header.records_complete_date = Some(day(2025, 12, 14));
        assert_eq!(days_late(&file.case, &limits, TODAY), Some(2));
    }
}
