//! What a citation must name, 8 CCR 9792.21.1(d).

use super::Found;
use super::desk::Desk;
use crate::model::lint::Place;
use crate::model::{Citation, Source};

/// L24: chapter or section, and year, as far as the kind of the citation asks for them.
pub(super) fn incomplete(desk: &Desk) -> Vec<Found> {
    let mut found = Vec::new();
    for (item, draft, _) in desk.items() {
        for (place, citation) in draft.citations.iter().enumerate() {
            if let Some(lack) = lack(citation) {
                let message = format!("{} names no {lack}.", citation.label());
                let span = 0..citation.text.len();
                found.push(Found::at(Place::Citation(item, place), span, message));
            }
        }
    }
    found
}

/// What is missing.
fn lack(citation: &Citation) -> Option<&'static str> {
    let is_vague = citation.section.is_none() && citation.pages.is_empty();
    match citation.source {
        Source::None => None,
        Source::Odg | Source::Acoem if citation.title.is_none() && is_vague => Some("chapter"),
        Source::Mtus if citation.title.is_none() && citation.chapter.is_none() => Some("chapter"),
        _ => None,
    }
}
