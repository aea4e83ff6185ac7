//! What an item of its kind must have: L36 to L39.

use super::Found;
use super::desk::{Desk, Desked};
use super::facts::numbers::Unit;
use super::facts::pattern;
use super::facts::treatments::treatments;
use crate::model::UrAction;
use crate::model::lint::Place;
use crate::model::request::{Category, DrugClass, Request};
use regex::Regex;
use std::sync::LazyLock;

/// L36: more visits asked for than the cap, and no operation behind them.
pub(super) fn over_cap(desk: &Desk) -> Vec<Found> {
    let cap = desk.context.limits.lint.visit_cap;
    let capped = treatments("physical therapy chiropractic");
    let mut found = Vec::new();
    for it in desk.items() {
        let sessions = it
            .request
            .numbers()
            .iter()
            .filter(|n| n.unit == Unit::Sessions);
        let most = sessions
            .filter_map(|n| Some((n.value.parse::<u32>().ok()?, n.span.clone())))
            .max_by_key(|(n, _)| *n);
        let is_capped = it.request.treatments() & capped != 0;
        let is_after_surgery = [&it.request.small, &it.rationale.small].iter().any(|text| {
            ["post-op", "postop", "postsurg", "post-surg", "surgery"]
                .iter()
                .any(|word| text.contains(word))
        });
        if let Some((count, span)) =
            most.filter(|(count, _)| *count > cap && is_capped && !is_after_surgery)
        {
            let message =
                format!("{count} visits: the cap is {cap} for an injury, after surgery apart.");
            found.push(Found::at(Place::Request(it.item), span, message));
        }
    }
    found
}

/// The request as read, where it was.
fn parsed<'c>(desk: &'c Desk, it: &Desked) -> Option<&'c Request> {
    desk.context.requests.get(it.item)
}

/// L37: a drug without strength or quantity.
pub(super) fn drug_gaps(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for it in desk.items() {
        let Some(request) = parsed(desk, &it).filter(|r| r.category == Category::Pharmaceuticals)
        else {
            continue;
        };
        let has_strength = request.drugs.iter().any(|drug| drug.strength.is_some());
        let lacks = [
            (has_strength, "strength"),
            (request.quantity.is_some(), "quantity"),
        ];
        let lacks: Vec<&str> = lacks
            .iter()
            .filter(|(has, _)| !has)
            .map(|(_, what)| *what)
            .collect();
        if !lacks.is_empty() {
            let message = format!("The request names no {}.", lacks.join(" and no "));
            found.push(Found::at(
                Place::Request(it.item),
                0..it.request.raw.len(),
                message,
            ));
        }
    }
    found
}

/// What a rationale on opioids weighs, and the words it is told by.
const WEIGHED: [(&str, &str); 4] = [
    (
        "relief of pain",
        r"analgesi\w*|pain (?:relief|score|scale|level|reduc\w+)|vas\b|/10|relie\w+",
    ),
    ("function", r"function\w*|activit\w+|adls?"),
    (
        "side effects",
        r"side effects?|adverse|sedation|constipation|toleran\w+|overdose",
    ),
    (
        "misuse",
        r"aberrant|misuse|urine|drug (?:screen|test)\w*|cures|diversion|risk assessment|addict\w*|agreement|abuse",
    ),
];

static SHAPES: LazyLock<Vec<(&'static str, Option<Regex>)>> = LazyLock::new(|| {
    let rows = WEIGHED.iter();
    rows.map(|(name, words)| (*name, pattern(&format!(r"\b(?:{words})\b|/10"))))
        .collect()
});

/// L38: an opioid, and two or more of the four things that are weighed with it are not.
pub(super) fn opioid(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for it in desk
        .items()
        .filter(|it| !it.rationale.raw.trim().is_empty())
    {
        let is_opioid = |r: &&Request| {
            r.drugs
                .iter()
                .any(|drug| drug.class == Some(DrugClass::Opioid))
        };
        if parsed(desk, &it).filter(is_opioid).is_none() {
            continue;
        }
        let said = |shape: &Option<Regex>| {
            shape
                .as_ref()
                .is_some_and(|s| s.is_match(&it.rationale.small))
        };
        let missing: Vec<&str> = SHAPES
            .iter()
            .filter(|(_, shape)| !said(shape))
            .map(|(name, _)| *name)
            .collect();
        if missing.len() >= 2 {
            let message = format!("An opioid: nothing is said of {}.", missing.join(", "));
            found.push(Found::of(Place::Rationale(it.item), message));
        }
    }
    found
}

/// L39: UR modified the request, and what it approved is not recorded.
pub(super) fn part_missing(desk: &Desk) -> Vec<Found> {
    let items = desk.file.case.items.iter().enumerate();
    let modified = items.filter(|(_, item)| {
        item.ur.action == UrAction::Modified && item.ur.approved_part.is_none()
    });
    let message = "UR modified this request; what it approved is not recorded.";
    modified
        .map(|(item, _)| Found::of(Place::Request(item), message.to_owned()))
        .collect()
}
