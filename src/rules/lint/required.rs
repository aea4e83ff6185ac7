//! L01-L09: what the gate asks for, shown with the other lints so that one list says everything.

use super::Found;
use super::desk::Desk;
use crate::model::lint::Place;
use crate::rules::eligibility;
use crate::rules::gate::{self, Blocker};

fn of(desk: &Desk, id: &str) -> Vec<Found> {
    let all = gate::required(desk.file, desk.reviewer, desk.context).into_iter();
    all.filter(|blocker| blocker.id == id).map(found).collect()
}

fn found(blocker: Blocker) -> Found {
    let place = blocker.item.map_or(Place::Case, Place::Rationale);
    Found::of(place, blocker.message)
}

/// L01.
pub(super) fn undecided(desk: &Desk) -> Vec<Found> {
    of(desk, "L01")
}

/// L02.
pub(super) fn unreasoned(desk: &Desk) -> Vec<Found> {
    of(desk, "L02")
}

/// L03.
pub(super) fn uncited(desk: &Desk) -> Vec<Found> {
    of(desk, "L03")
}

/// L04.
pub(super) fn no_records(desk: &Desk) -> Vec<Found> {
    of(desk, "L04")
}

/// L06.
pub(super) fn no_profile(desk: &Desk) -> Vec<Found> {
    of(desk, "L06")
}

/// L08: a tie to a party of the case; the attestation itself is made with the signature.
pub(super) fn tied(desk: &Desk) -> Vec<Found> {
    of(desk, "L08")
}

/// L09.
pub(super) fn ineligible(desk: &Desk) -> Vec<Found> {
    of(desk, "L09")
}

/// L48: an item of a category that is not the reviewer's.
pub(super) fn other_specialty(desk: &Desk) -> Vec<Found> {
    let all = eligibility::specialty(desk.context.requests, desk.reviewer).into_iter();
    all.map(|(item, message)| Found::of(Place::Request(item), message))
        .collect()
}
