//! Which item of a case depends on another.

use super::asked::Asked;
use super::sheet::{pattern, whole};
use super::things;
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
        let tail = text.get(whole(found).end..)?;
        let thing = things::find(tail).into_iter().find(|f| f.at.start == 0)?;
        let is_it = |(n, request): &(usize, &Request)| {
            *n != at
                && request.modality.as_deref() == Some(thing.means.name)
                && own != Some(thing.means.name)
        };
        requests.iter().enumerate().find(is_it).map(|(n, _)| n)
    })
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
    let surgeries = || {
        requests
            .iter()
            .enumerate()
            .filter(|(_, r)| r.category == Category::Surgery)
            .map(|(n, _)| n)
    };
    surgeries()
        .filter(|n| *n < at)
        .last()
        .or_else(|| surgeries().next())
}
