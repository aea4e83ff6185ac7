//! Which part of a request UR left in dispute.

use super::Reading;
use super::sheet::{pattern, whole};
use crate::model::request::Category;
use std::ops::Range;

pattern!(
    REST,
    r"(?:remaining[a-z ]*portion of the original request|remaining[a-z ]*(?:portion|request)[a-z ]*|portion of the original request)[,:]? (?:is )?"
);
pattern!(
    ORIGINAL,
    r" ?,? (?:was|were|is) (?:the )?(?:original(?:ly)? )(?:request(?:ed)?)"
);

/// The parts of a modified request.
pub struct Parts {
    /// What was asked for first.
    pub original: Range<usize>,
    /// What is left.
    pub rest: Range<usize>,
}

/// The parts, where a request tells of them as letters do.
pub fn parts(text: &str) -> Option<Parts> {
    let mark = whole(&REST.all(text).into_iter().next_back()?);
    let rest = text.get(mark.end..)?.trim_end_matches([' ', ':', ',', '.']);
    let rest = rest.strip_suffix(" is").unwrap_or(rest).trim_end();
    if rest.is_empty() || rest == "is" {
        return None;
    }
    let original = ORIGINAL.first(text).map_or(mark.start, |c| whole(&c).start);
    Some(Parts {
        original: 0..original,
        rest: mark.end..mark.end + rest.len(),
    })
}

/// What is left, with the thing itself and its place from the whole where the rest (`two
/// refills`) does not name them again. Amounts are never taken over.
pub fn completed(mut rest: Reading, whole: Reading) -> Reading {
    let mut taken: Vec<&'static str> = Vec::new();
    let (own, other) = (&mut rest.request, whole.request);
    if !rest.is_sure && other.category != Category::Other {
        own.category = other.category;
        own.group = other.group;
        own.modality = other.modality;
        taken.push("modality");
    }
    if own.drugs.is_empty() {
        own.drugs = other.drugs;
        own.form = own.form.or(other.form);
        taken.extend(["drugs", "form"]);
    }
    if own.body_parts.is_empty() && own.levels.is_empty() {
        own.body_parts = other.body_parts;
        own.side = own.side.or(other.side);
        own.levels = other.levels;
        taken.extend(["body_parts", "side", "levels"]);
    }
    if own.codes.is_empty() {
        own.codes = other.codes;
        taken.push("codes");
    }
    let of_whole = whole
        .marks
        .into_iter()
        .filter(|(field, _)| taken.contains(field));
    rest.marks.extend(of_whole);
    rest
}
