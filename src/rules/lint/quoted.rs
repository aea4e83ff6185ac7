//! L54: words of another determination. They may stand as a quotation with its source; how they
//! apply to this case is for the reviewer to say.

use super::Found;
use super::desk::Desk;
use crate::model::lint::Place;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// As [`crate::model::Precedent::quotation`] writes it, or a hand like it.
static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let shape = concat!(
        "[\"\u{201c}][^\"\u{201c}\u{201d}]{1,4000}[\"\u{201d}] ?",
        r"\((?P<source>(?:IMR )?[Dd]etermination [A-Z]{2}\d{2}-\d{4,9}[^()\n]{0,20})\)",
    );
    Regex::new(shape).ok()
});

/// Where words of other determinations stand, and whose they are.
pub(super) fn quotations(raw: &str) -> Vec<(Range<usize>, &str)> {
    // Nearly no rationale has one, and it is looked for with every key.
    if memchr::memmem::find(raw.as_bytes(), b"etermination ").is_none() {
        return Vec::new();
    }
    let found = QUOTED.iter().flat_map(|shape| shape.captures_iter(raw));
    found
        .filter_map(|m| Some((m.get(0)?.range(), m.name("source")?.as_str())))
        .collect()
}

/// L54 of every item.
pub(super) fn taken_over(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for it in desk.items() {
        found.extend(
            quotations(it.rationale.raw)
                .into_iter()
                .map(|(span, source)| {
                    let message = format!("Quoted from {source}; say how it applies here.");
                    Found::at(Place::Rationale(it.item), span, message)
                }),
        );
    }
    found
}
