//! Of all that a request names, what it asks for.

use super::doses::Dosed;
use super::phrases::Found;
use super::things::{Thing, Weight, by_ending};
use crate::model::request::{Category, Drug};
use std::ops::Range;

/// What is asked for, in one name.
pub struct Named {
    /// Its name.
    pub name: Option<String>,
    /// Its kind.
    pub category: Category,
    /// Where it stands.
    pub at: Vec<Range<usize>>,
    /// Is it named by more than a word like `visits`?
    pub is_sure: bool,
}

impl Named {
    fn thing(found: &Found<Thing>) -> Self {
        Self {
            name: Some(found.means.name.to_owned()),
            category: found.means.category,
            at: vec![found.at.clone()],
            is_sure: found.means.weight == Weight::Strong,
        }
    }

    fn drug(at: &[Range<usize>]) -> Self {
        Self {
            name: Some("drug".to_owned()),
            category: Category::Pharmaceuticals,
            at: at.to_vec(),
            is_sure: true,
        }
    }
}

/// Of all that is named, what is asked for: what stands first, unless it is a weak word.
pub fn named(text: &str, things: &[Found<Thing>], dosed: &Dosed) -> Named {
    let strong = things.iter().filter(|f| f.means.weight == Weight::Strong);
    let lead = lead(text, strong.clone()).map(|lead| evaluated(lead, strong));
    let drug = dosed.drug_marks.first();
    match (lead, drug) {
        (Some(thing), Some(drug))
            if thing.at.start <= drug.start || is_of_drug(text, thing, dosed) =>
        {
            surgical(thing, things)
        }
        (Some(thing), None) => surgical(thing, things),
        (_, Some(_)) => match things.iter().find(|thing| is_injected(text, thing)) {
            Some(injection) => Named::thing(injection),
            None => Named::drug(&dosed.drug_marks),
        },
        (None, None) => unsure(text, things),
    }
}

/// An arthroscopy is the operation, whatever is done through it.
fn surgical(lead: &Found<Thing>, things: &[Found<Thing>]) -> Named {
    let scope = things.iter().find(|f| f.means.name == "arthroscopy");
    match scope.filter(|_| lead.means.category == Category::Surgery) {
        Some(scope) => Named::thing(scope),
        None => Named::thing(lead),
    }
}

/// An injection of a drug that stands before it, or a visit for one.
fn is_of_drug(text: &str, thing: &Found<Thing>, dosed: &Dosed) -> bool {
    match thing.means.category {
        Category::Injection => is_injected(text, thing),
        Category::Evaluation => dosed
            .drugs
            .iter()
            .all(|drug: &Drug| drug.strength.is_none()),
        _ => false,
    }
}

/// Does it say that something is injected (hyaluronic acid may stand in a cream)?
fn is_injected(text: &str, thing: &Found<Thing>) -> bool {
    let words = text.get(thing.at.clone()).unwrap_or_default();
    thing.means.category == Category::Injection
        && ["inject", "block", "infusion", "shot"]
            .iter()
            .any(|word| words.contains(word))
}

/// The first thing that is not only the reason or the time of another.
fn lead<'a>(
    text: &str,
    mut strong: impl Iterator<Item = &'a Found<Thing>> + Clone,
) -> Option<&'a Found<Thing>> {
    let is_aside = |found: &&Found<Thing>| {
        let before = text.get(..found.at.start).unwrap_or_default().trim_end();
        [
            "following",
            "after",
            "status post",
            "s/p",
            "prior to",
            "before",
            "due to",
            "for use with",
            "secondary to",
            "history of",
        ]
        .iter()
        .any(|word| before.ends_with(word))
    };
    let first = strong.clone().find(|found| !is_aside(found));
    first.or_else(|| strong.next())
}

/// An evaluation for a program or by a therapist belongs to that.
fn evaluated<'a>(
    lead: &'a Found<Thing>,
    mut strong: impl Iterator<Item = &'a Found<Thing>>,
) -> &'a Found<Thing> {
    let is_kind = |found: &&Found<Thing>| {
        found.means.category.is_by_session() && found.means.category != Category::PassiveModalities
    };
    match lead.means.name {
        "examination" => strong.find(is_kind).unwrap_or(lead),
        _ => lead,
    }
}

/// Nothing sure: a word that tells by its ending, then a weak word.
fn unsure(text: &str, things: &[Found<Thing>]) -> Named {
    if let Some((word, category)) = by_ending(text, things) {
        let name = text.get(word.clone()).map(ToOwned::to_owned);
        return Named {
            name,
            category,
            at: vec![word],
            is_sure: true,
        };
    }
    match things.first() {
        Some(weak) => Named::thing(weak),
        None => Named {
            name: None,
            category: Category::Other,
            at: Vec::new(),
            is_sure: false,
        },
    }
}
