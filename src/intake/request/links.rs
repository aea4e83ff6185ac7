//! Which item of a case depends on another.

use super::asked::Asked;
use super::sheet::{pattern, whole};
use super::things::{self, Thing, Weight};
use crate::model::request::{Category, Request};

pattern!(
    OF_SURGERY,
    r"\b(?:post-?\s?op(?:erative(?:ly)?)?|post-?\s?surg(?:ical|ery)|associated surgical services?|assistant surgeon|surgical assist(?:ant)?|co-surgeon|pre-?\s?op(?:erative(?:ly)?)?|pre-?\s?surgical|peri-?operative|intra-?operative|clearance|(?:after|following|before|prior to|during|for) (?:the )?(?:surgery|operation|procedure)|ambulatory surgery|surgery center|surgical (?:facility|center))\b"
);
pattern!(
    AFTER,
    r"\b(?:following|after|prior to|before|during|with|under|for use with|in conjunction with|for) (?:the |an? )?"
);

/// Things that come with an operation even where the request does not say so.
#[rustfmt::skip]
const COMPANY: [&str; 18] = [
    "assistant surgeon", "medical clearance", "inpatient stay", "cold therapy unit", "cpm machine", "dvt pump", "sling", "abduction pillow", "bone growth stimulator",
    "ekg", "cbc", "bmp", "cmp", "pt/ptt", "intraoperative neuromonitoring", "type and screen", "urinalysis", "mrsa screen",
];

/// Characters looked at for the name of another item.
const NAME: usize = 80;

/// For each item the place of the one it depends on.
pub fn parents(texts: &[&str], requests: &[Request]) -> Vec<Option<usize>> {
    let even: Vec<String> = texts.iter().map(|text| Asked::new(text).text).collect();
    let all = 0..requests.len();
    all.map(|at| named_parent(at, &even, requests).or_else(|| operation(at, &even, requests)))
        .collect()
}

/// The item that this one names after `following`, `after`, `under`.
fn named_parent(at: usize, even: &[String], requests: &[Request]) -> Option<usize> {
    let text = even.get(at)?;
    let own = requests.get(at)?.modality.as_deref();
    AFTER.all(text).iter().find_map(|found| {
        let start = whole(found).end;
        let tail = text.get(start..text.len().min(start + NAME))?;
        let thing = things::find(tail).into_iter().find(|f| f.at.start == 0)?;
        let is_it =
            |(n, request): &(usize, &Request)| *n != at && is_named(thing.means, own, request);
        requests.iter().enumerate().find(is_it).map(|(n, _)| n)
    })
}

/// Does a phrase name this request: by its thing, or by the kind of it (`after the injection`)?
fn is_named(thing: Thing, own: Option<&str>, request: &Request) -> bool {
    let is_kind = thing.weight == Weight::Weak
        && matches!(thing.category, Category::Injection | Category::Surgery)
        && request.category == thing.category;
    let is_same = request.modality.as_deref() == Some(thing.name);
    own != Some(thing.name) && (is_same || is_kind)
}

/// The operation of the case, for what says or is known to belong to one: the nearest before,
/// or else the first.
fn operation(at: usize, even: &[String], requests: &[Request]) -> Option<usize> {
    let request = requests.get(at)?;
    if request.category == Category::Surgery {
        return None;
    }
    let is_said = OF_SURGERY.first(even.get(at)?).is_some();
    let is_company = request.category == Category::SurgicalAncillary
        || request
            .modality
            .as_deref()
            .is_some_and(|name| COMPANY.contains(&name));
    if !is_said && !is_company {
        return None;
    }
    let is_surgery = |n: &usize| {
        requests
            .get(*n)
            .is_some_and(|r| r.category == Category::Surgery)
    };
    let before = (0..at).rev().find(is_surgery);
    before.or_else(|| (at..requests.len()).find(is_surgery))
}
