//! What a text states: sides, levels of the spine, people, days, numbers, treatments. Each is read
//! by one compiled pattern in one pass; nothing is concluded here.

pub(super) mod days;
pub(super) mod levels;
pub(super) mod numbers;
pub(super) mod people;
pub(super) mod sides;
pub(super) mod treatments;

use regex::{Regex, RegexBuilder};

/// A pattern over small letters; `None` only if it were none, which the tests exclude.
///
/// Where it can be, its classes and borders of words are those of ASCII: several times as fast,
/// and no word looked for has other letters.
pub(super) fn pattern(text: &str) -> Option<Regex> {
    let mut builder = RegexBuilder::new(text);
    let plain = builder.unicode(false).build();
    plain.or_else(|_| builder.unicode(true).build()).ok()
}
