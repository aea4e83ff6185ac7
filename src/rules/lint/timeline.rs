//! L18: days that cannot be, given the others; L19: days of no listed document.

use super::Found;
use super::desk::{Desk, Desked};
use super::facts::days::{Day, Event};
use crate::model::lint::Place;
use crate::model::{Date, date};

/// L18: the header's days in their order, and the rationale's days against the summary's.
pub(super) fn impossible(desk: &Desk) -> Vec<Found> {
    let mut found = header(desk);
    for (place, text) in desk.prose() {
        let last = desk
            .file
            .case
            .header
            .decided_date
            .unwrap_or(desk.context.today);
        let future = text
            .days()
            .iter()
            .filter(|day| day.date > last && day.event != Event::Edition);
        found.extend(future.map(|day| {
            let message = format!("{} lies after the decision.", date::long(day.date));
            Found::at(place, day.span.clone(), message)
        }));
    }
    for item in desk.items() {
        found.extend(misread(desk, &item));
    }
    found
}

/// Steps of a dispute in their order, with the words for each.
fn header(desk: &Desk) -> Vec<Found> {
    let header = &desk.file.case.header;
    let steps = [
        ("the injury", header.injury_date),
        ("the UR decision", header.ur_denial_date),
        ("the application", header.application_received_date),
        ("the assignment", header.assigned_date),
        ("the decision", header.decided_date),
    ];
    let known: Vec<(&str, Date)> = steps
        .iter()
        .filter_map(|(what, day)| Some((*what, (*day)?)))
        .collect();
    let pairs = known.windows(2);
    let wrong = pairs.filter_map(|pair| match pair {
        [(first, a), (second, b)] if b < a => Some(format!(
            "{second} of {} stands before {first} of {}.",
            date::long(*b),
            date::long(*a)
        )),
        _ => None,
    });
    wrong
        .map(|message| Found::of(Place::Case, capital(&message)))
        .collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A day of the rationale that is told nowhere, and is a slip of the pen from one that is: one
/// figure off, or two figures turned round, and told of the same.
fn misread(desk: &Desk, it: &Desked) -> Vec<Found> {
    let header = &desk.file.case.header;
    let fixed = [
        (header.injury_date, Event::Injury),
        (header.ur_denial_date, Event::Review),
    ];
    let mut known: Vec<(Date, Event)> = fixed
        .iter()
        .filter_map(|(day, event)| Some(((*day)?, *event)))
        .collect();
    let texts = std::iter::once(&desk.summary).chain(&desk.requests);
    known.extend(
        texts
            .flat_map(|text| text.days())
            .map(|day| (day.date, day.event)),
    );
    known.extend(
        desk.file
            .case
            .records
            .iter()
            .filter_map(|r| Some((r.date?, Event::Visit))),
    );
    let others = [
        header.application_received_date,
        header.assigned_date,
        header.decided_date,
    ];
    let is_known = |day: &Day| {
        known.iter().any(|(date, _)| *date == day.date) || others.contains(&Some(day.date))
    };
    let mut found = Vec::new();
    for day in it.rationale.days() {
        if day.event == Event::Edition || is_known(day) {
            continue;
        }
        let near = known
            .iter()
            .find(|(date, event)| is_same(*event, day.event) && is_slip(*date, day.date));
        if let Some((date, _)) = near {
            let (here, there) = (date::long(day.date), date::long(*date));
            let message = format!("{here} is told nowhere else; {there} is.");
            found.push(Found::at(
                Place::Rationale(it.item),
                day.span.clone(),
                message,
            ));
        }
    }
    found
}

/// Told of the same, or of what may be: a day of which nothing is told may be that of a visit.
fn is_same(a: Event, b: Event) -> bool {
    let may_be = |event| {
        matches!(
            event,
            Event::Unknown | Event::Visit | Event::Study | Event::Request
        )
    };
    a == b || (may_be(a) && may_be(b) && (a == Event::Unknown || b == Event::Unknown))
}

/// One figure off, or two figures turned round: as a hand slips.
fn is_slip(a: Date, b: Date) -> bool {
    let figures = |d: Date| format!("{:02}{:02}{:04}", d.month(), d.day(), d.year()).into_bytes();
    let (a, b) = (figures(a), figures(b));
    let off: Vec<usize> = (0..a.len()).filter(|n| a.get(*n) != b.get(*n)).collect();
    match off.as_slice() {
        [_] => true,
        [n, m] => a.get(*n) == b.get(*m) && a.get(*m) == b.get(*n),
        _ => false,
    }
}

/// Kind of the record that stands for the summary of a published letter: it lists no document.
const SUMMARY: &str = "summary";

/// L19: a report named by its day that stands in no list of documents; asked only where the listed
/// documents have their days.
pub(super) fn unlisted(desk: &Desk) -> Vec<Found> {
    let listed: Vec<Date> = desk
        .file
        .case
        .records
        .iter()
        .filter_map(|r| r.date)
        .collect();
    if listed.is_empty() {
        return Vec::new();
    }
    let told: Vec<Date> = desk.summary.days().iter().map(|day| day.date).collect();
    let mut found = Vec::new();
    for it in desk.items() {
        let reports = it
            .rationale
            .days()
            .iter()
            .filter(|day| matches!(day.event, Event::Visit | Event::Study));
        for day in reports.filter(|day| !listed.contains(&day.date) && !told.contains(&day.date)) {
            let message = format!("No document of {} is listed.", date::long(day.date));
            found.push(Found::at(
                Place::Rationale(it.item),
                day.span.clone(),
                message,
            ));
        }
    }
    found
}
