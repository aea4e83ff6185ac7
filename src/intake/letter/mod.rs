//! The determination letter: text in any of its looks -> what it says.
//!
//! One grammar, no letter's own rules. Every field of the header may be missing, and the whole
//! header, and the list of credentials; the sections are found by their headings.

pub mod credentials;
pub mod documents;
pub mod header;
pub mod issues;
pub mod lines;
pub mod patient;

use crate::model::citation_text::parse_block;
use crate::model::quoting::DRAFT_MARK;
use crate::model::{
    Credentials, Header, Item, Patient, Published, Record, Ur, UrAction, quoting, text,
};
use issues::{Cut, Issue};
use lines::{Gap, Line};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Lines at the top of a letter where the mark of a draft is looked for.
const MARK_LINES: usize = 6;
const HOW: &str = "HOW THE IMR FINAL DETERMINATION WAS MADE";
const SUMMARY: &str = "CLINICAL CASE SUMMARY";
const DOCUMENTS: &str = "DOCUMENTS REVIEWED";
const ISSUES: &str = "IMR ISSUES, DECISIONS AND RATIONALES";

/// What a letter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Header block; the date of injury also from the summary.
    pub header: Header,
    /// Age and sex.
    pub patient: Patient,
    /// The reviewer's licences and boards.
    pub credentials: Credentials,
    /// The clinical case summary.
    pub summary: String,
    /// At least one; each with what was published.
    pub items: Vec<Item>,
    /// Documents listed as reviewed, without their pages.
    pub records: Vec<Record>,
    /// Why none are listed.
    pub records_reason: Option<String>,
    /// The name in `<NAME> guideline:`.
    pub organisation: Option<String>,
    /// The item (from 1), always the last, within which the letter seems to break off.
    pub breaks_off_in: Option<usize>,
}

/// Why a text is no letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// Neither of the section headings.
    #[error("not a determination letter: it has no heading \"{SUMMARY}\" or \"{ISSUES}\"")]
    NoSections,
    /// Sections, but no complete item.
    #[error("the letter has no complete item (request, decision, guidelines, rationale)")]
    NoItems,
    /// It ends before the rationale of an item begins.
    #[error("the letter breaks off in item {0}")]
    BreaksOff(usize),
    /// A print for reading through.
    #[error(
        "it is marked {DRAFT_MARK}: no determination; sign the case and print it with `imr letter`"
    )]
    Draft,
}

/// Does the text have a letter's headings?
pub fn is_letter(raw: &str) -> bool {
    let is_heading = |line: &str| [SUMMARY, ISSUES].contains(&line.trim());
    raw.split(['\n', '\r', '\u{0C}']).any(is_heading)
}

/// Reads a letter.
///
/// # Errors
/// No letter, one without a complete item, or one that ends before an item's rationale begins.
pub fn read(raw: &str) -> Result<Letter, LetterError> {
    let lines = lines::split(raw);
    if lines
        .iter()
        .take(MARK_LINES)
        .any(|l| l.text.starts_with(DRAFT_MARK))
    {
        return Err(LetterError::Draft);
    }
    let parts = Parts::of(&lines).ok_or(LetterError::NoSections)?;
    let opening = parts.reviewer.first().map_or("", |l| &l.text);
    let found = issues::read(parts.issues, opening);
    let breaks_off_in = match found.cut {
        Some(Cut::Before(item)) => return Err(LetterError::BreaksOff(item)),
        Some(Cut::Within(item)) => Some(item),
        None => None,
    };
    if found.issues.is_empty() {
        return Err(LetterError::NoItems);
    }
    let documents = documents::read(parts.documents);
    let as_written = as_written(&lines::one_line(parts.reviewer));
    let summary = as_written(&lines::paragraphs(parts.summary));
    let mut header = header::read(parts.header);
    if parts.header.is_empty() {
        header.injury_date = patient::injury_date(&summary);
    }
    let approved = approved_parts(&found.lead);
    let issues = found.issues.into_iter().enumerate();
    Ok(Letter {
        header,
        patient: header::patient(parts.header).unwrap_or_else(|| patient::read(&summary)),
        credentials: credentials::read(parts.reviewer),
        summary,
        items: issues
            .map(|(n, issue)| item(issue, as_written, approved.get(&(n + 1)).cloned()))
            .collect(),
        records: documents.records,
        records_reason: documents.reason,
        organisation: found.organisation,
        breaks_off_in,
    })
}

/// The sections, without their headings and opening sentences.
#[derive(Default)]
struct Parts<'a> {
    header: &'a [Line],
    reviewer: &'a [Line],
    summary: &'a [Line],
    documents: &'a [Line],
    issues: &'a [Line],
}

impl<'a> Parts<'a> {
    fn of(lines: &'a [Line]) -> Option<Self> {
        let from = |start: usize, name: &str| {
            let found = lines.iter().skip(start).position(|l| l.text == name);
            found.map(|n| n + start)
        };
        let cut = |start: usize, end: usize| lines.get(start..end).unwrap_or_default();
        let how = from(0, HOW);
        let summary = from(how.unwrap_or(0), SUMMARY);
        let issues = issues_heading(lines, summary.unwrap_or(0));
        if summary.is_none() && issues.is_none() {
            return None;
        }
        let issues_at = issues.unwrap_or(lines.len());
        let summary_at = summary.unwrap_or(issues_at);
        let how_at = how.filter(|h| *h < summary_at).unwrap_or(summary_at);
        let documents = documents_heading(lines, summary_at, issues_at);
        let documents_at = documents.unwrap_or(issues_at);
        let summary_lines = cut(summary_at + 1, documents_at);
        Some(Self {
            header: cut(0, how_at),
            reviewer: cut(how_at + 1, summary_at),
            summary: without_intro(summary_lines),
            documents: cut(documents_at + 1, issues_at),
            issues: cut(issues_at + 1, lines.len()),
        })
    }
}

/// The heading that its usual sentence follows; else the first line that reads like it.
fn issues_heading(lines: &[Line], start: usize) -> Option<usize> {
    let is_heading = |i: &usize| lines.get(*i).is_some_and(|l| l.text == ISSUES);
    let is_followed = |i: &usize| {
        let next = lines.get(i + 1);
        next.is_some_and(|l| l.text.starts_with("The Final Determination was based"))
    };
    let mut places = (start..lines.len()).filter(is_heading);
    let first = places.clone().next();
    places.find(is_followed).or(first)
}

/// The last such line of its own between summary and issues.
fn documents_heading(lines: &[Line], start: usize, end: usize) -> Option<usize> {
    (start + 1..end).rev().find(|i| {
        let line = lines.get(*i);
        line.is_some_and(|l| l.text == DOCUMENTS && l.above != Gap::None)
    })
}

/// Drops `The expert reviewer developed the following clinical case summary ...:`.
fn without_intro(lines: &[Line]) -> &[Line] {
    const LONGEST: usize = 4;
    let end = lines
        .iter()
        .take(LONGEST)
        .position(|l| l.text.ends_with(':'));
    let Some(end) = end else { return lines };
    let intro = lines::one_line(lines.get(..=end).unwrap_or_default());
    if intro.contains("expert reviewer") && intro.contains("summary") {
        lines.get(end + 1..).unwrap_or_default()
    } else {
        lines
    }
}

/// Our own letters put quotation marks around words that could be taken for a heading, and say so
/// in the section on the reviewer.
fn as_written(reviewer: &str) -> fn(&str) -> String {
    if reviewer.contains(quoting::NOTE) {
        quoting::unquote
    } else {
        str::to_owned
    }
}

/// What a letter says of an item whose UR guideline is not known.
const NO_UR_TEXT: &str = "The Claims Administrator's guideline is not in the case file.";

fn item(issue: Issue, as_written: fn(&str) -> String, approved: Option<String>) -> Item {
    let request = as_written(&issue.request);
    let approved = approved.or_else(|| approved_part(&request));
    let claims = as_written(&issue.claims);
    let text = as_written(&issue.reviewer);
    Item {
        ur: Ur {
            action: if approved.is_some() {
                UrAction::Modified
            } else {
                UrAction::Denied
            },
            approved_part: approved,
            citations: parse_block(&claims),
            text: Some(claims).filter(|t| !t.is_empty() && t != NO_UR_TEXT),
        },
        request,
        published: Some(Published {
            decision: issue.decision,
            citations: parse_block(&text),
            text,
            rationale: as_written(&issue.rationale),
        }),
    }
}

/// `Of item 2 the claims administrator had approved: six visits`, by item from 1: how our own
/// letters say what a request does not.
fn approved_parts(lead: &str) -> BTreeMap<usize, String> {
    const MIDDLE: &str = "the claims administrator had approved: ";
    let said = lead.split("\n\n").filter_map(|sentence| {
        let (which, part) = sentence.strip_prefix("Of ")?.split_once(MIDDLE)?;
        let number = match which.trim() {
            "the request" => 1,
            item => item.strip_prefix("item ")?.parse().ok()?,
        };
        Some((number, part.trim().to_owned()))
    });
    said.collect()
}

/// What UR approved, from requests of the shape `... was the original request. N was authorized
/// by the Claims Administrator. ...`.
fn approved_part(request: &str) -> Option<String> {
    static SHAPES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        [
            r"(?i)the original request[.,;]\s+(.+?) (?:was|were) (?:authorized|approved|certified)\b",
            r"(?i)the claims administrator (?:authorized|approved|certified) (.+?)(?:, leaving\b|\.\s)",
        ]
        .iter()
        .filter_map(|shape| Regex::new(shape).ok())
        .collect()
    });
    let found = SHAPES.iter().find_map(|shape| shape.captures(request))?;
    let part = text::fold(found.get(1)?.as_str());
    (!part.is_empty()).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN: &str = include_str!("../../../tests/letters/13-ten-items.txt");
    const NUMBERED: &str = include_str!("../../../tests/letters/04-numbered-dot.txt");

    /// What stands above the `nth` (from 0) of these words.
    fn above<'a>(letter: &'a str, words: &str, nth: usize) -> &'a str {
        let (at, _) = letter.match_indices(words).nth(nth).unwrap();
        &letter[..at]
    }

    #[test]
    fn a_letter_without_an_items_rationale_is_refused() {
        let rationale = "Decision rationale:";
        assert_eq!(
            read(above(TEN, rationale, 3)),
            Err(LetterError::BreaksOff(4))
        );
        let refused = Err(LetterError::BreaksOff(3));
        assert_eq!(read(above(NUMBERED, rationale, 2)), refused);
        let (start, _) = NUMBERED
            .match_indices("Claims Administrator guideline:")
            .nth(2)
            .unwrap();
        assert_eq!(read(NUMBERED[..start + 31].trim_end()), refused);
        // A heading alone may be words of the rationale above it: told, not refused.
        let told = |letter: &str| read(letter.trim_end()).map(|l| l.breaks_off_in);
        for length in [0, 3, 20] {
            assert_eq!(told(&NUMBERED[..start + length]), Ok(Some(2)), "{length}");
        }
        assert_eq!(told(above(NUMBERED, "20mg #30: Upheld", 0)), Ok(Some(2)));
    }

    #[test]
    fn a_letter_that_ends_inside_a_sentence_says_where() {
        let cut = |letter| read(letter).map(|l| (l.items.len(), l.breaks_off_in));
        assert_eq!(cut(TEN), Ok((10, None)));
        assert_eq!(cut(NUMBERED), Ok((3, None)));
        let half = above(TEN, "two refills are medically", 0).len();
        assert_eq!(cut(&TEN[..half]), Ok((2, Some(2))));
        assert_eq!(
            cut(above(NUMBERED, "is advised for people", 0)),
            Ok((3, Some(3)))
        );
    }
}
