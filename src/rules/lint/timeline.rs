//! L18: days that cannot be, given the others; L19: days of no listed document.

use super::desk::{Desk, Desked, Text};
use super::facts::days::{Day, Event};
use super::{Found, person};
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
    let texts = desk.prose();
    found.extend(texts.filter_map(|(place, text)| injury(desk, place, text)));
    found
}

/// A slip of the pen from the day of the injury, in a sentence on an injury, where the day itself
/// is not told. What says in so many words that it is the day of the injury is for L17.
fn injury(desk: &Desk, place: Place, text: &Text) -> Option<Found> {
    let own = desk.file.case.header.injury_date?;
    let days = text.days();
    if days.iter().any(|day| day.date == own) || person::injury(desk, place, text).is_some() {
        return None;
    }
    let strange = days.iter().find(|day| {
        let sentence = text.small_sentence(day.span.start);
        is_slip(day.date, own)
            && day.event != Event::Edition
            && ["injur", "accident", "doi "]
                .iter()
                .any(|word| sentence.contains(word))
    })?;
    let (here, there) = (date::long(strange.date), date::long(own));
    let message = format!("{here} is told of an injury; the header has {there}.");
    Some(Found::at(place, strange.span.clone(), message))
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

/// A day that is known, what of, and the words it is told in.
struct Known<'t> {
    date: Date,
    event: Event,
    words: &'t str,
}

/// Every day that the case tells outside the rationales.
fn known<'d>(desk: &'d Desk) -> Vec<Known<'d>> {
    let header = &desk.file.case.header;
    let fixed = [
        (header.injury_date, Event::Injury),
        (header.ur_denial_date, Event::Review),
    ];
    let of_header = fixed.iter().filter_map(|(date, event)| {
        let (date, event, words) = ((*date)?, *event, "");
        Some(Known { date, event, words })
    });
    let mut all: Vec<Known> = of_header.collect();
    for text in std::iter::once(&desk.summary).chain(&desk.requests) {
        all.extend(text.days().iter().map(|day| {
            Known {
                date: day.date,
                event: fixed
                    .iter()
                    .find(|(date, _)| *date == Some(day.date))
                    .map_or(day.event, |(_, event)| *event),
                words: text.small_sentence(day.span.start),
            }
        }));
    }
    let records = desk
        .file
        .case
        .records
        .iter()
        .filter_map(|record| record.date);
    all.extend(records.map(|date| Known {
        date,
        event: Event::Visit,
        words: "",
    }));
    all
}

/// A day of the rationale that is told nowhere, and is a slip of the pen from one that is: one
/// figure off, or two figures turned round, and told of the same.
fn misread(desk: &Desk, it: &Desked) -> Vec<Found> {
    let header = &desk.file.case.header;
    let all = known(desk);
    let others = [
        header.application_received_date,
        header.assigned_date,
        header.decided_date,
    ];
    let is_known =
        |date: Date| all.iter().any(|known| known.date == date) || others.contains(&Some(date));
    let days = it.rationale.days();
    let mut found = Vec::new();
    for day in days
        .iter()
        .filter(|day| day.event != Event::Edition && !is_known(day.date))
    {
        let words = it.rationale.small_sentence(day.span.start);
        // Who tells both days means two; the same day of two years is a slip all the same.
        let tells = |date: Date| days.iter().any(|other| other.date == date);
        let near = all.iter().find(|known| {
            is_slip(known.date, day.date)
                && (is_same(known.event, day.event)
                    || may_be_same(known, day)
                    || speak_alike(known.words, words))
                && (!tells(known.date) || is_other_year(known.date, day.date))
        });
        if let Some(known) = near {
            let (here, there) = (date::long(day.date), date::long(known.date));
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

/// Words that any two sentences of a letter may share.
const COMMON: [&str; 12] = [
    "injured",
    "worker",
    "patient",
    "applicant",
    "claimant",
    "dated",
    "report",
    "records",
    "medical",
    "review",
    "request",
    "treatment",
];

/// Do two sentences share words enough to tell of the same?
fn speak_alike(a: &str, b: &str) -> bool {
    let telling = |word: &&str| word.len() >= 5 && !COMMON.contains(word);
    let split = |c: char| !c.is_ascii_alphabetic();
    let shared = a
        .split(split)
        .filter(telling)
        .filter(|word| b.contains(*word));
    shared.take(3).count() == 3
}

/// Told of the same, or of what may be: a day of which nothing is told may be that of a visit.
fn is_same(a: Event, b: Event) -> bool {
    let is_open = |event| event == Event::Unknown;
    let may_be = |event| matches!(event, Event::Visit | Event::Study | Event::Request);
    (a == b && !is_open(a)) || (may_be(a) && is_open(b)) || (is_open(a) && may_be(b))
}

/// Beyond so many days a report is not that of the visit before it.
const SAME_WEEK: i32 = 6;

/// Told of what one report has together: visit, study, request, or nothing that is known; and not
/// a day or two apart, as visit and report are.
fn may_be_same(a: &Known, b: &Day) -> bool {
    let may_be = |event| {
        matches!(
            event,
            Event::Visit | Event::Study | Event::Request | Event::Unknown
        )
    };
    let apart = (a.date - b.date).get_days().abs();
    may_be(a.event) && may_be(b.event) && apart > SAME_WEEK
}

/// `2009` for `2010`: the same day a year before or after, whatever its figures.
fn is_other_year(a: Date, b: Date) -> bool {
    (a.month(), a.day()) == (b.month(), b.day()) && (a.year() - b.year()).abs() == 1
}

/// One figure off, or two figures turned round: as a hand slips.
fn is_slip(a: Date, b: Date) -> bool {
    let figures = |d: Date| format!("{:02}{:02}{:04}", d.month(), d.day(), d.year()).into_bytes();
    if is_other_year(a, b) {
        return true;
    }
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
    let documents = desk.file.case.records.iter();
    let documents = documents.filter(|record| record.kind != SUMMARY);
    let listed: Vec<Date> = documents.filter_map(|record| record.date).collect();
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
