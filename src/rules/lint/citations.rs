//! What a citation must name (8 CCR 9792.21.1(d)), and whether what it names exists.

use super::Found;
use super::desk::Desk;
use crate::model::date::long;
use crate::model::lint::Place;
use crate::model::{Citation, Date, Known, Lookup, PageRange, Source};
use crate::rules::sequence::{Step, step};
use jiff::civil::date;

/// Every citation of every item with its place.
fn each(desk: &Desk, lack: impl Fn(&Citation) -> Option<String>) -> Vec<Found> {
    let mut found = Vec::new();
    for it in desk.items() {
        for (place, citation) in it.draft.citations.iter().enumerate() {
            if let Some(message) = lack(citation) {
                let span = 0..citation.text.len();
                found.push(Found::at(Place::Citation(it.item, place), span, message));
            }
        }
    }
    found
}

/// L24: chapter or section, and year, as far as the kind of the citation asks for them.
pub(super) fn incomplete(desk: &Desk) -> Vec<Found> {
    each(desk, |citation| {
        let lack = lack(citation)?;
        Some(format!("{} names no {lack}.", citation.label()))
    })
}

/// What is missing. A web page or a textbook has no chapter of a guideline, so nothing is asked.
fn lack(citation: &Citation) -> Option<&'static str> {
    let is_vague = citation.section.is_none() && citation.pages.is_empty();
    let names_year =
        citation.year.is_some() || citation.text.contains("19") || citation.text.contains("20");
    match citation.source {
        Source::None => None,
        Source::Mtus | Source::Odg | Source::Acoem
            if citation.title.is_none() && citation.chapter.is_none() && is_vague =>
        {
            Some("chapter")
        }
        Source::Other if step(citation) == Some(Step::Study) && !names_year => Some("year"),
        _ => None,
    }
}

/// Number, a word of the title, first and last page where they are known.
type Chapter = (u32, &'static str, Option<(u32, u32)>);

/// Chapters of ACOEM 2004.
const CHAPTERS: [Chapter; 12] = [
    (2, "assessment", None),
    (3, "treatment", None),
    (5, "disability", Some((77, 91))),
    (7, "consultation", None),
    (8, "neck", Some((165, 193))),
    (9, "shoulder", Some((195, 224))),
    (10, "elbow", None),
    (11, "wrist", Some((253, 286))),
    (12, "low back", Some((287, 326))),
    (13, "knee", Some((329, 360))),
    (14, "ankle", Some((361, 386))),
    (15, "stress", Some((383, 405))),
];

/// L25: a chapter's number, title and pages that do not go together.
pub(super) fn mismatched(desk: &Desk) -> Vec<Found> {
    each(desk, |citation| {
        by_chapter(citation).or_else(|| against(citation, &found(desk, citation)?))
    })
}

fn by_chapter(citation: &Citation) -> Option<String> {
    let chapter = citation.chapter?;
    let title = citation.title.as_ref()?.to_lowercase();
    let (_, word, pages) = CHAPTERS.iter().find(|(number, ..)| *number == chapter)?;
    if !title.contains(word) {
        return Some(format!(
            "Chapter {chapter} of ACOEM 2004 is about {word}, not {title}."
        ));
    }
    let (first, last) = (*pages)?;
    let strange = citation
        .pages
        .iter()
        .find(|p| p.first() < first || p.last() > last)?;
    Some(format!(
        "Page {strange} is outside chapter {chapter} (pages {first}-{last})."
    ))
}

/// The guideline as the library knows it.
fn found(desk: &Desk, citation: &Citation) -> Option<Known> {
    match desk.context.known.look_up(citation) {
        Lookup::Found(known) => Some(*known),
        Lookup::Missing | Lookup::Unknown => None,
    }
}

fn against(citation: &Citation, known: &Known) -> Option<String> {
    let name = &known.name;
    if let Some((own, cited)) = known.chapter.zip(citation.chapter).filter(|(a, b)| a != b) {
        return Some(format!("{name} is chapter {own}, not chapter {cited}."));
    }
    let (first, last) = known.pages?;
    // A page beside is a matter of how a heading is counted; one far off names another place.
    let is_off = |p: &&PageRange| p.last() < first || p.first() > last;
    let strange = citation.pages.iter().find(is_off)?;
    Some(format!(
        "Page {strange} is not of what is cited: {name} has it on pages {first}-{last}."
    ))
}

/// The MTUS took over ACOEM's present editions on this day; the editions of 2004 to 2016 ended.
const ACOEM_ADOPTED: Date = date(2017, 12, 1);
/// The chronic pain guideline of 2009 ended on this day.
const CHRONIC_PAIN_2016: Date = date(2016, 7, 28);

/// L26: an edition that had ended when UR decided, or had not begun.
pub(super) fn outdated(desk: &Desk) -> Vec<Found> {
    let header = &desk.file.case.header;
    let Some(day) = header.ur_denial_date.or(header.application_received_date) else {
        return Vec::new();
    };
    each(desk, |citation| {
        let told = found(desk, citation).and_then(|known| not_in_force(&known, day));
        told.or_else(|| by_year(desk, citation, day))
    })
}

/// What the library knows of its days.
fn not_in_force(known: &Known, day: Date) -> Option<String> {
    let name = &known.name;
    let (from, to) = known.effective;
    if let Some(to) = to.filter(|to| *to < day) {
        let to = long(to);
        return Some(format!("{name} ended on {to}, before UR decided."));
    }
    if let Some(from) = from.filter(|from| *from > day) {
        let from = long(from);
        return Some(format!("{name} holds from {from}, after UR decided."));
    }
    // Where the newer one's first day is known, the older one held until then.
    let (newer, since) = known.newer.as_ref()?;
    since
        .is_none_or(|since| since <= day)
        .then(|| format!("{newer} has taken the place of {name}."))
}

/// What the years tell, without a library.
fn by_year(desk: &Desk, citation: &Citation, day: Date) -> Option<String> {
    let years = i32::try_from(desk.context.limits.lint.guideline_years).unwrap_or(i32::MAX);
    let year = citation.year?;
    let is_pain = citation
        .title
        .as_ref()
        .is_some_and(|t| t.to_lowercase().contains("chronic pain"));
    let is_ended = citation.mtus
        && ((day >= ACOEM_ADOPTED && year < 2017)
            || (is_pain && year < 2016 && day >= CHRONIC_PAIN_2016));
    // 8 CCR 9792.21.1: a guideline is one reviewed within the last years.
    let is_old = matches!(citation.source, Source::Odg | Source::Acoem)
        && !citation.mtus
        && i32::from(day.year() - year) > years;
    let label = citation.label();
    match (is_ended, is_old) {
        (true, _) => Some(format!("{label} was no longer in force when UR decided.")),
        (_, true) => Some(format!(
            "{label} is more than {years} years older than the dispute."
        )),
        _ => None,
    }
}

/// L27: the library has no such guideline, or not this section of it.
pub(super) fn unresolved(desk: &Desk) -> Vec<Found> {
    each(desk, |citation| {
        match desk.context.known.look_up(citation) {
            Lookup::Missing => Some(format!(
                "{} is not found in your library.",
                citation.label()
            )),
            Lookup::Found(known) if known.has_section == Some(false) => Some(format!(
                "{} has no section or passage of these words in your library.",
                known.name
            )),
            Lookup::Found(_) | Lookup::Unknown => None,
        }
    })
}
