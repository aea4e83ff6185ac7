//! The case's papers and clock: L12, L45, L50.

use super::Found;
use super::desk::Desk;
use crate::model::lint::Place;
use crate::model::{Priority, date};
use crate::rules::eligibility;
use jiff::Unit;

/// L12: signed after the due day. A late determination still stands, so nothing is blocked.
pub(super) fn late(desk: &Desk) -> Vec<Found> {
    let late = eligibility::days_late(&desk.file.case, desk.context.limits, desk.context.today);
    let Some(days) = late.filter(|_| desk.file.stage.is_open()) else {
        return Vec::new();
    };
    let message = format!("The determination was due {days} d ago.");
    vec![Found::of(Place::Case, message)]
}

/// L45: the newest record is much older than the dispute (8 CCR 9792.10.5: the records of the last
/// six months come with a case).
pub(super) fn old_records(desk: &Desk) -> Vec<Found> {
    let header = &desk.file.case.header;
    let newest = desk
        .file
        .case
        .records
        .iter()
        .filter_map(|record| record.date)
        .max();
    let (Some(newest), Some(day)) = (
        newest,
        header.application_received_date.or(header.ur_denial_date),
    ) else {
        return Vec::new();
    };
    let days = day
        .since((Unit::Day, newest))
        .map_or(0, |span| span.get_days());
    let months = desk.context.limits.lint.record_months;
    if i64::from(days) <= i64::from(months) * 61 / 2 {
        return Vec::new();
    }
    let message = format!(
        "The newest record is of {}, {days} d before the dispute.",
        date::long(newest)
    );
    vec![Found::of(Place::Case, message)]
}

/// L50: expedited, and no certification of an imminent and serious threat among the records.
pub(super) fn uncertified(desk: &Desk) -> Vec<Found> {
    let case = &desk.file.case;
    let mut titles = case
        .records
        .iter()
        .map(|record| format!("{} {}", record.title, record.kind).to_lowercase());
    let is_certified = titles.any(|title| title.contains("certif") || title.contains("expedit"));
    if case.priority() != Priority::Expedited || is_certified || case.is_published {
        return Vec::new();
    }
    let message = "The case is expedited, and no certification of the threat is among the records.";
    vec![Found::of(Place::Case, message.to_owned())]
}
