//! L16: sides, levels and parts of the body that the request and the summary do not know.

use super::Found;
use super::desk::{Desk, Desked, Text};
use super::facts::levels::{Region, Told};
use super::facts::sides::{BOTH, LEFT, RIGHT, Sides, of_part};
use super::facts::treatments::{is_near, part_names};
use crate::model::lint::Place;
use std::ops::Range;

/// L16 of every item.
pub(super) fn unknown(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for item in desk.items() {
        found.extend(sides(desk, &item));
        found.extend(levels(desk, &item));
        found.extend(parts(desk, &item));
    }
    found
}

fn word(sides: Sides) -> &'static str {
    match sides {
        LEFT => "left",
        RIGHT => "right",
        _ => "both",
    }
}

/// A side that nothing else tells of its part: first in the rationale, then in the request.
fn sides(desk: &Desk, it: &Desked) -> Vec<Found> {
    let elsewhere = |part: &str| {
        let requests = desk
            .requests
            .iter()
            .fold(0, |sum, text| sum | of_part(text.sides(), part));
        requests | of_part(desk.summary.sides(), part)
    };
    let asked = |part: &str| of_part(it.request.sides(), part);
    let mut found = Vec::new();
    let told = it.rationale.sides().iter();
    for told in told.filter(|told| told.is_direct && told.sides != BOTH) {
        let known = elsewhere(told.part);
        // Where the request has one side and the rationale only the other, what the summary knows
        // of the other side is no excuse.
        let own = of_part(it.rationale.sides(), told.part);
        let is_turned = asked(told.part) == BOTH - told.sides && own == told.sides;
        if (known != 0 && known & told.sides == 0) || is_turned {
            let other = if is_turned { asked(told.part) } else { known };
            found.push(side_found(
                Place::Rationale(it.item),
                told.sides,
                told.part,
                other,
                &told.span,
            ));
        }
    }
    for told in it
        .request
        .sides()
        .iter()
        .filter(|told| told.is_direct && told.sides != BOTH)
    {
        let known = of_part(desk.summary.sides(), told.part);
        if known == BOTH - told.sides {
            found.push(side_found(
                Place::Request(it.item),
                told.sides,
                told.part,
                known,
                &told.span,
            ));
        }
    }
    found
}

fn side_found(place: Place, sides: Sides, part: &str, other: Sides, span: &Range<usize>) -> Found {
    let source = match place {
        Place::Request(_) => "the summary says",
        _ => "request and summary say",
    };
    let message = format!("\"{} {part}\" here; {source} {}.", word(sides), word(other));
    Found::at(place, span.clone(), message)
}

/// A level that nothing else tells, where others of its region are told.
fn levels(desk: &Desk, it: &Desked) -> Vec<Found> {
    let mut elsewhere: Vec<&Told> = desk.summary.levels().iter().collect();
    elsewhere.extend(desk.requests.iter().flat_map(Text::levels));
    let mut found = level_strangers(it.rationale, &elsewhere, Place::Rationale(it.item));
    let mut beside: Vec<&Told> = desk.summary.levels().iter().collect();
    beside.extend(it.rationale.levels());
    found.extend(level_strangers(
        it.request,
        &beside,
        Place::Request(it.item),
    ));
    found
}

fn level_strangers(text: &Text, known: &[&Told], place: Place) -> Vec<Found> {
    let mut found = Vec::new();
    for told in text.levels() {
        if is_stranger(told, known) {
            let words = text.raw.get(told.span.clone()).unwrap_or_default();
            let message = format!("The level {words} is told nowhere else; others near it are.");
            found.push(Found::at(place, told.span.clone(), message));
        }
    }
    found
}

/// Is it of another level than all that are told of the same kind in its region?
fn is_stranger(told: &Told, known: &[&Told]) -> bool {
    let same = |other: &&&Told| region(other) == region(told) && other.is_pair() == told.is_pair();
    let mut same_kind = known.iter().filter(same).peekable();
    if same_kind.peek().is_none() {
        return false;
    }
    let covers = |other: &&Told| other.from <= told.from && told.to <= other.to;
    // `L4-S1` is told where `L4-5` and `L5-S1` are.
    let steps = |at: u8| {
        known
            .iter()
            .any(|o| o.is_pair() && o.from <= at && at < o.to)
    };
    let is_told = known.iter().any(covers) || (told.is_pair() && (told.from..told.to).all(steps));
    !is_told
}

fn region(told: &Told) -> Region {
    told.region()
}

/// Where the rationale restates the request, a part of the body that the request does not name.
fn parts(desk: &Desk, it: &Desked) -> Option<Found> {
    use super::facts::treatments::parts;
    let asked = it.request.parts();
    if asked == 0 {
        return None;
    }
    let spans = it.rationale.restated();
    let strange = spans.iter().find(|span| {
        let named = parts(it.rationale.small.get((*span).clone()).unwrap_or_default());
        named != 0 && !is_near(named, asked)
    });
    let strange = strange.cloned().or_else(|| {
        let named = it.rationale.parts();
        let known = asked | desk.summary.parts();
        (named != 0 && !is_near(named, known)).then(|| it.rationale.sentence(0))
    })?;
    let named = parts(it.rationale.small.get(strange.clone()).unwrap_or_default());
    let message = match named {
        0 => format!(
            "The rationale does not name the {} of the request.",
            part_names(asked)
        ),
        _ => format!(
            "The rationale speaks of {}, the request of {}.",
            part_names(named),
            part_names(asked)
        ),
    };
    Some(Found::at(Place::Rationale(it.item), strange, message))
}
