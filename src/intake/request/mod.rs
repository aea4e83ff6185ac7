//! Text of a request -> what it asks for, as fields beside the text.
//!
//! ```text
//! asked     the text made even: small letters, numbers as digits, each byte knowing its origin
//! phrases   tables of phrases and where they occur
//! sheet     the even text from which one reader after another takes its own
//! things    treatments and services, their one name and category
//! drugs     drug names, brands, classes
//! doses     strength and form
//! parts     body parts, sides, spinal levels
//! codes     CPT, HCPCS, ICD, NDC; dates of service
//! amounts   refills, frequency, duration, sessions, quantity, rental
//! disputed  which part of a request UR left in dispute
//! links     which item depends on which
//! ```
//!
//! Nothing is guessed from the case: a field is read from the words of its request, or computed
//! from what was, and [`Reading::marks`] tells from which.

mod amounts;
mod asked;
mod codes;
mod disputed;
mod doses;
mod drugs;
mod links;
mod parts;
mod phrases;
mod sheet;
mod things;

use crate::model::Case;
use crate::model::case_json::CaseJson;
use crate::model::request::{Category, Drug, Request};
use asked::Asked;
use phrases::Found;
use sheet::Sheet;
use std::ops::Range;
use things::{Thing, Weight};

/// A request, and where each field was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it asks for.
    pub request: Request,
    /// Field, and the bytes of the text it was read from.
    pub marks: Vec<(&'static str, Range<usize>)>,
    /// Is the thing named by more than a word like `visits`?
    is_sure: bool,
}

/// What a request asks for. Of a request that UR modified, what is left in dispute.
pub fn parse(text: &str) -> Request {
    read(text).request
}

/// The same, with the places.
pub fn read(text: &str) -> Reading {
    let asked = Asked::new(text);
    match disputed::parts(&asked.text) {
        None => piece(&asked, 0..asked.text.len(), None),
        Some(parts) => {
            let whole = piece(&asked, parts.original, None);
            let rest = piece(&asked, parts.rest, Some(&whole));
            disputed::completed(rest, whole)
        }
    }
}

/// The requests of one case, linked where one depends on another.
pub fn parse_all(texts: &[&str]) -> Vec<Request> {
    let mut requests: Vec<Request> = texts.iter().map(|text| parse(text)).collect();
    let parents = links::parents(texts, &requests);
    for (request, parent) in requests.iter_mut().zip(parents) {
        request.depends_on = parent.map(|n| n + 1);
    }
    requests
}

/// The requests of a case.
pub fn of_case(case: &Case) -> Vec<Request> {
    let texts: Vec<&str> = case
        .items
        .iter()
        .map(|item| item.request.as_str())
        .collect();
    parse_all(&texts)
}

/// Puts the fields beside the text of every item.
pub fn fill(json: &mut CaseJson) {
    let texts: Vec<&str> = json
        .items
        .iter()
        .map(|item| item.request.as_str())
        .collect();
    let requests = parse_all(&texts);
    for (item, request) in json.items.iter_mut().zip(requests) {
        item.parsed = Some(request);
    }
}

/// Reads one piece of the even text; its numbers as those of the whole, where it names no thing.
fn piece(asked: &Asked, range: Range<usize>, whole: Option<&Reading>) -> Reading {
    let text = asked.slice(&range);
    let mut sheet = Sheet::new(text);
    let coded = codes::read(&mut sheet);
    let things = things::find(&sheet.text);
    let body = parts::read(&sheet.text);
    let dosed = doses::read(asked, &range, &mut sheet, &things);
    for mark in &body.level_marks {
        sheet.take(mark);
    }
    let named = named(&sheet.text, &things, &dosed);
    let of_whole = whole
        .filter(|_| !named.is_sure)
        .map(|whole| whole.request.category);
    let amounts = amounts::read(&mut sheet, of_whole.unwrap_or(named.category));
    let body = match named.category {
        // `Liver function` is no place.
        Category::Laboratory => parts::Body::default(),
        _ => body,
    };
    let mut marks: Vec<(&'static str, Range<usize>)> = amounts.marks.clone();
    let mut add = |field, places: &[Range<usize>]| {
        marks.extend(places.iter().map(|place| (field, place.clone())));
    };
    add("modality", &named.at);
    add("body_parts", &body.part_marks);
    add("side", &body.side_marks);
    add("levels", &body.level_marks);
    add("codes", &coded.marks);
    add("drugs", &dosed.drug_marks);
    add("form", &dosed.form_marks);
    add("is_retrospective", &coded.retro_marks);
    add("service_date", &coded.date_marks);
    let request = Request {
        category: named.category,
        group: named.category.group(),
        modality: named.name,
        body_parts: body.parts,
        side: body.side,
        levels: body.levels,
        codes: coded.codes,
        drugs: dosed.drugs,
        form: dosed.form,
        quantity: amounts.quantity,
        refills: amounts.refills,
        frequency: amounts.frequency,
        duration: amounts.duration,
        sessions: amounts.sessions,
        rental: amounts.rental,
        is_retrospective: coded.is_retrospective,
        service_date: coded.service_date,
        depends_on: None,
    };
    let of_raw = |place: &Range<usize>| {
        asked.raw_range(&(range.start + place.start..range.start + place.end))
    };
    let marks = marks
        .iter()
        .map(|(field, place)| (*field, of_raw(place)))
        .collect();
    Reading {
        request,
        marks,
        is_sure: named.is_sure,
    }
}

/// What is asked for, in one name.
struct Named {
    name: Option<String>,
    category: Category,
    at: Vec<Range<usize>>,
    is_sure: bool,
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
fn named(text: &str, things: &[Found<Thing>], dosed: &doses::Dosed) -> Named {
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
fn is_of_drug(text: &str, thing: &Found<Thing>, dosed: &doses::Dosed) -> bool {
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
    if let Some((word, category)) = things::by_ending(text, things) {
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

#[cfg(test)]
mod tests;
