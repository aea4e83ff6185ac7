//! How alike two items are: by what is asked for, where, and for which diagnosis. Pure.
//!
//! An item is compared by its category, the thing asked for, and its traits: body parts, levels,
//! codes, drug classes, diagnosis words and the like, each with a weight. Items that ask for the
//! same thing come before those of the same category; within these, points decide. Traits are
//! made from the request and the summary alone, never from an answer, so that a store may keep
//! them for an item whose published answer is still hidden.

use super::fold::fold;
use crate::model::request::{Category, Request};
use std::collections::{BTreeSet, HashMap};

/// Parts the traits of a line. Nobody can type it.
const APART: char = '\u{1f}';
/// Words of diagnoses that are kept for an item.
const DIAGNOSES: usize = 24;
/// Words of the request that are kept for an item.
const WORDS: usize = 24;

/// What a trait is worth when both items have it; the key begins the trait.
const WEIGHTS: [(char, i64); 11] = [
    ('t', 260), // a thing or drug beside the first
    ('x', 130), // class of a drug
    ('b', 120), // body part
    ('c', 90),  // code
    ('l', 30),  // spinal level
    ('f', 30),  // form of a drug
    ('w', 14),  // diagnosis word
    ('s', 12),  // side
    ('p', 12),  // rental or purchase
    ('d', 10),  // done already
    ('r', 8),   // word of the request
];
/// What it costs to concern a part of the body that the other item does not.
const ELSEWHERE: i64 = 40;

/// What it is worth to go by the very same name: `transforaminal epidural steroid injection` is
/// nearer to its like than `epidural steroid injection` is.
const SAME_NAME: i64 = 60;

/// Are these names of one thing: the same, or one says more closely what the other says?
pub fn is_same_thing(one: &str, other: &str) -> bool {
    let says_more = |long: &str, short: &str| {
        long.strip_suffix(short)
            .is_some_and(|rest| rest.ends_with(' '))
    };
    let is_known = !one.is_empty() && !other.is_empty();
    is_known && (one == other || says_more(one, other) || says_more(other, one))
}

/// What an item is compared by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Likeness {
    /// Name of the category.
    pub category: &'static str,
    /// What is asked for, by one name a thing; a drug by its generic name. Empty where no thing
    /// is known.
    pub thing: String,
    /// Everything else, each beginning with its kind.
    traits: BTreeSet<String>,
}

impl Likeness {
    /// Of an item: its request, parsed and as it reads, and the summary of its case.
    pub fn of(request: &Request, text: &str, summary: &str) -> Self {
        let mut things = things(request).into_iter();
        let mut likeness = Self {
            category: request.category.name(),
            thing: things.next().unwrap_or_default(),
            traits: BTreeSet::new(),
        };
        likeness.add('t', things);
        let classes = request.drugs.iter().filter_map(|drug| drug.class);
        likeness.add('x', classes.map(|class| format!("{class:?}")));
        likeness.add('b', request.body_parts.iter().map(|part| part.name.into()));
        likeness.add('c', request.codes.iter().map(|code| code.code.clone()));
        likeness.add('l', request.levels.iter().cloned());
        likeness.add('f', request.form.map(str::to_owned));
        let sides = request.body_parts.iter().filter_map(|part| part.side);
        let sides = sides.chain(request.side).map(|side| side.word().to_owned());
        likeness.add('s', sides);
        likeness.add('p', request.rental.map(|rental| format!("{rental:?}")));
        let done = request.is_retrospective.then(|| "done".to_owned());
        likeness.add('d', done);
        likeness.add('w', diagnoses(summary).into_iter().take(DIAGNOSES));
        likeness.add('r', words(text).into_iter().take(WORDS));
        likeness
    }

    fn add(&mut self, kind: char, values: impl IntoIterator<Item = String>) {
        let traits = values.into_iter().map(|value| {
            let value = fold(&value).replace(APART, " ");
            format!("{kind}:{value}")
        });
        self.traits.extend(traits);
    }

    /// The traits on one line: what [`Ranker::points`] reads.
    pub fn line(&self) -> String {
        let mut line = String::new();
        for one in &self.traits {
            line.push_str(one);
            line.push(APART);
        }
        line
    }
}

/// The first is what the item asks for.
fn things(request: &Request) -> Vec<String> {
    let drugs = request.drugs.iter();
    let drugs = drugs.map(|drug| fold(drug.generic.unwrap_or(&drug.name)));
    let drugs: Vec<String> = drugs.collect();
    let modality = request.modality.iter().filter(|name| *name != "drug");
    let modality = modality.map(|name| fold(name));
    match request.category {
        Category::Pharmaceuticals => drugs.into_iter().chain(modality).collect(),
        _ => modality.chain(drugs).collect(),
    }
}

/// Words that name conditions: those that begin or end so.
fn is_condition(word: &str) -> bool {
    const ENDS: [&str; 14] = [
        "itis",
        "opathy",
        "algia",
        "osis",
        "esis",
        "olisthesis",
        "plegia",
        "paresis",
        "emia",
        "iasis",
        "oma",
        "ectomy",
        "trophy",
        "asthenia",
    ];
    const BEGINS: [&str; 44] = [
        "radicul",
        "sprain",
        "strain",
        "tear",
        "torn",
        "herniat",
        "bulg",
        "protrus",
        "fractur",
        "disloc",
        "imping",
        "syndrome",
        "carpal",
        "tunnel",
        "sciatic",
        "disc",
        "facet",
        "headach",
        "migrain",
        "depress",
        "anxi",
        "insomn",
        "diabet",
        "hypertens",
        "obes",
        "hernia",
        "concuss",
        "spasm",
        "contus",
        "lacerat",
        "amput",
        "burn",
        "crps",
        "dystroph",
        "apnea",
        "gerd",
        "reflux",
        "postlaminectomy",
        "failed",
        "meniscus",
        "meniscal",
        "rotator",
        "labral",
        "ligament",
    ];
    ENDS.iter().any(|end| word.ends_with(end)) || BEGINS.iter().any(|start| word.starts_with(start))
}

/// The words of a summary that name conditions, and every word behind `Diagnosis:`.
fn diagnoses(summary: &str) -> BTreeSet<String> {
    let summary = fold(summary);
    let mut found = BTreeSet::new();
    for sentence in summary.split(['.', '\n', ';']) {
        let named = sentence.trim_start().strip_prefix("diagnosis:");
        let all = pieces(named.unwrap_or(sentence));
        let named = all.filter(|word| named.is_some() || is_condition(word));
        found.extend(named.map(str::to_owned));
    }
    found
}

fn words(text: &str) -> BTreeSet<String> {
    pieces(&fold(text)).map(str::to_owned).collect()
}

/// The words of a folded text that say something.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    const SMALL: [&str; 22] = [
        "the", "and", "for", "with", "without", "from", "was", "were", "are", "has", "had", "not",
        "other", "over", "per", "week", "weeks", "month", "months", "times", "original", "request",
    ];
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| {
        let says = word.chars().count() > 2 && !word.chars().all(|c| c.is_ascii_digit());
        says && !SMALL.contains(word)
    })
}

/// How near an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nearness {
    /// Does it ask for the same thing?
    pub is_same_thing: bool,
    /// By its traits; higher is nearer.
    pub points: i64,
    /// Does it count among those alike: the same thing, and no other part of the body?
    pub is_alike: bool,
}

impl Nearness {
    /// Of an item that has nothing in common with this one.
    pub const FAR: Self = Self {
        is_same_thing: false,
        points: i64::MIN,
        is_alike: false,
    };
}

/// An item that others are compared with, ready.
#[derive(Debug)]
pub struct Ranker<'a> {
    item: &'a Likeness,
    worth: HashMap<&'a str, i64>,
    has_parts: bool,
}

impl<'a> Ranker<'a> {
    /// Makes it ready.
    pub fn new(item: &'a Likeness) -> Self {
        let weight = |kind| {
            let found = WEIGHTS.iter().find(|(known, _)| *known == kind);
            found.map_or(0, |(_, weight)| *weight)
        };
        let worth = item.traits.iter().map(|one| {
            let kind = one.chars().next().unwrap_or_default();
            (one.as_str(), weight(kind))
        });
        Self {
            item,
            worth: worth.collect(),
            has_parts: item.traits.iter().any(|one| one.starts_with('b')),
        }
    }

    /// How near the item with this thing and [`Likeness::line`] is; `None` for another category,
    /// and for items that nothing is known of.
    pub fn nearness(&self, category: &str, thing: &str, line: &str) -> Option<Nearness> {
        if category != self.item.category {
            return None;
        }
        let (mut points, mut parts, mut shared_parts) = (0, 0, 0);
        for one in line.split(APART) {
            let worth = self.worth.get(one).copied();
            points += worth.unwrap_or(0);
            if one.starts_with('b') {
                parts += 1;
                shared_parts += i64::from(worth.is_some());
            }
        }
        let is_elsewhere = self.has_parts && parts > 0 && shared_parts == 0;
        if is_elsewhere {
            points -= ELSEWHERE;
        }
        let is_same_thing = is_same_thing(thing, &self.item.thing);
        if thing == self.item.thing && !thing.is_empty() {
            points += SAME_NAME;
        }
        if category == Category::Other.name() && !is_same_thing && points <= 0 {
            return None;
        }
        Some(Nearness {
            is_same_thing,
            points,
            is_alike: is_same_thing && !is_elsewhere,
        })
    }

    /// What both have, in words: `lumbar spine, radiculopathy`.
    pub fn shared(&self, line: &str) -> Vec<String> {
        const SAID: [char; 6] = ['t', 'b', 'l', 's', 'c', 'w'];
        let shared = line.split(APART).filter(|one| self.worth.contains_key(one));
        let mut said: Vec<(usize, &str)> = shared
            .filter_map(|one| {
                let kind = one.chars().next()?;
                let at = SAID.iter().position(|known| *known == kind)?;
                Some((at, one.split_once(':')?.1))
            })
            .collect();
        said.sort_unstable();
        said.into_iter().map(|(_, word)| word.to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::request::{BodyPart, Drug};
    use proptest::prelude::*;

    fn imaging(part: &'static str, summary: &str) -> Likeness {
        let request = Request {
            category: Category::Imaging,
            modality: Some("mri".into()),
            body_parts: vec![BodyPart {
                name: part,
                side: None,
            }],
            ..Request::default()
        };
        Likeness::of(&request, &format!("MRI of the {part}"), summary)
    }

    fn nearness(one: &Likeness, other: &Likeness) -> Option<Nearness> {
        Ranker::new(one).nearness(other.category, &other.thing, &other.line())
    }

    #[test]
    fn part_and_diagnosis_decide_among_the_same_thing() {
        let item = imaging("lumbar spine", "Lumbar radiculopathy since 2014.");
        let near = imaging("lumbar spine", "She has radiculopathy, with weakness.");
        let plain = imaging("lumbar spine", "Pain.");
        let knee = imaging("knee", "A torn meniscus.");
        let points = |other| nearness(&item, other).unwrap().points;
        assert!(points(&near) > points(&plain) && points(&plain) > points(&knee));
        assert!(nearness(&item, &near).unwrap().is_alike);
        assert!(!nearness(&item, &knee).unwrap().is_alike, "another part");
        let line = near.line();
        assert_eq!(
            Ranker::new(&item).shared(&line),
            ["lumbar spine", "radiculopathy"]
        );
    }

    #[test]
    fn a_closer_name_is_the_same_thing() {
        assert!(is_same_thing(
            "transforaminal epidural steroid injection",
            "epidural steroid injection"
        ));
        assert!(is_same_thing("ct", "ct") && !is_same_thing("direct", "ct"));
        assert!(!is_same_thing("", "") && !is_same_thing("ct myelogram", "ct"));
    }

    #[test]
    fn another_category_is_never_near() {
        let drug = Request {
            category: Category::Pharmaceuticals,
            modality: Some("drug".into()),
            drugs: vec![Drug {
                name: "norco".into(),
                generic: Some("hydrocodone/acetaminophen"),
                class: None,
                strength: None,
            }],
            ..Request::default()
        };
        let drug = Likeness::of(&drug, "Norco", "Lumbar radiculopathy.");
        assert_eq!(drug.thing, "hydrocodone/acetaminophen");
        let item = imaging("lumbar spine", "Lumbar radiculopathy.");
        assert_eq!(nearness(&item, &drug), None);
        let unknown = Likeness::of(&Request::default(), "", "");
        assert_eq!(nearness(&unknown, &unknown), None);
    }

    proptest! {
        #[test]
        fn anything_goes_and_nothing_is_nearer_than_the_item_itself(
            text in "\\PC{0,60}", summary in "\\PC{0,80}", other in "\\PC{0,80}",
        ) {
            let request = Request { modality: Some("mri".into()), ..Request::default() };
            let (one, other) =
                (Likeness::of(&request, &text, &summary), Likeness::of(&request, &other, &other));
            prop_assert!(nearness(&one, &one) >= nearness(&one, &other));
        }
    }
}
