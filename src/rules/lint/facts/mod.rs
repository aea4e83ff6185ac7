//! What a text states: sides, levels of the spine, people, days, numbers, treatments. Each is read
//! by one compiled pattern in one pass; nothing is concluded here.

pub(super) mod days;
pub(super) mod levels;
pub(super) mod numbers;
pub(super) mod people;
pub(super) mod sides;
pub(super) mod treatments;

use regex::Regex;

/// A pattern over small letters; `None` only if it were none, which the tests exclude.
pub(super) fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}
