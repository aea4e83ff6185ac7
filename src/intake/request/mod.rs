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
//! named     of all that is named, what is asked for
//! disputed  which part of a request UR left in dispute
//! links     which item depends on which
//! ```
//!
//! Nothing is guessed from the case: a field is read from the words of its request, or computed
//! from what was, and [`Reading::marks`] tells from which.

mod amounts;
pub(super) mod asked;
mod codes;
mod disputed;
mod doses;
pub(super) mod drugs;
mod links;
mod named;
mod parts;
mod phrases;
mod sheet;
pub(super) mod things;

use crate::model::Case;
use crate::model::case_json::CaseJson;
use crate::model::request::{Category, Request};
use asked::Asked;
use sheet::Sheet;
use std::ops::Range;

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
    let named = named::named(&sheet.text, &things, &dosed);
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

#[cfg(test)]
mod tests;
