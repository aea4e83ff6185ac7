//! The disputed items, each with its decision, two guideline blocks and a rationale.
//!
//! Rationales may hold lines that look like headings. So a marker counts by its place only: a
//! heading is one because `Claims Administrator guideline:` follows it, and that is one because
//! a decision stands before it and a rationale comes after it.

use super::lines::{Gap, Line, one_line, paragraphs};
use crate::model::Decision;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const CLAIMS: &str = "Claims Administrator guideline:";
const RATIONALE: &str = "Decision rationale:";
/// The label of a letter without an organisation.
const NAMELESS: &str = "Reviewer";
/// Longer "requests" are text that ran in.
const LONGEST_REQUEST: usize = 1_200;

/// One item as the letter has it.
#[derive(Debug, PartialEq, Eq)]
pub struct Issue {
    /// As written, without its number.
    pub request: String,
    /// The published answer.
    pub decision: Decision,
    /// UR's guideline block.
    pub claims: String,
    /// The reviewer's guideline block.
    pub reviewer: String,
    /// The reasons.
    pub rationale: String,
}

/// The items, and what was noticed on the way.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Issues {
    /// In order.
    pub issues: Vec<Issue>,
    /// The name in `<NAME> guideline:`.
    pub organisation: Option<String>,
    /// Sentences before the first item, without the usual opening.
    pub lead: String,
    /// Where the text seems to end too early.
    pub cut: Option<Cut>,
}

/// How a letter seems to break off; items count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Before the rationale of this item, which is not among the items read.
    Before(usize),
    /// Within this item, the last one: inside a sentence, or without one of its labels.
    Within(usize),
}

/// Where the parts of one item start; line numbers.
struct Place {
    claims: usize,
    reviewer: Option<usize>,
    rationale: usize,
}

/// Reads the lines behind the heading of this section.
pub fn read(lines: &[Line], opening: &str) -> Issues {
    let body = Body::new(lines);
    let (places, lacks_rationale) = body.places(opening);
    let first = places.first().map_or(lines.len(), |p| p.claims);
    let (intro, start) = body.intro(first);
    let (headings, are_numbered) = body.headings(&places, start);
    let mut organisation = None;
    let mut issues = Vec::with_capacity(places.len());
    for (n, (place, heading)) in places.iter().zip(&headings).enumerate() {
        let end = headings.get(n + 1).map_or(lines.len(), |next| next.start);
        let (name, block) = body.reviewer_block(place);
        organisation = organisation.or(Some(name).filter(|n| !n.is_empty() && n != NAMELESS));
        issues.extend(body.issue(place, heading, block, end));
    }
    let begun = lacks_rationale
        || places
            .last()
            .is_some_and(|last| body.has_label_behind(last));
    let runs_on = are_numbered && begins_next(&issues);
    Issues {
        cut: cut(&issues, begun, runs_on, places.last()),
        issues,
        organisation,
        lead: paragraphs(body.slice(0, intro)),
    }
}

fn cut(issues: &[Issue], has_begun_next: bool, runs_on: bool, last: Option<&Place>) -> Option<Cut> {
    let count = issues.len();
    if has_begun_next {
        return Some(Cut::Before(count + 1));
    }
    let is_whole = |issue: &Issue| {
        let is_labelled = last.is_some_and(|place| place.reviewer.is_some());
        is_labelled && !runs_on && is_ended(&issue.rationale)
    };
    issues
        .last()
        .filter(|issue| !is_whole(issue))
        .map(|_| Cut::Within(count))
}

/// Does the last rationale seem to run into the heading of an item that has nothing else yet? It
/// may also be the words of the rationale itself, so this is told and nothing is refused.
fn begins_next(issues: &[Issue]) -> bool {
    let Some(last) = issues.last() else {
        return false;
    };
    let mut paragraphs = last.rationale.rsplit("\n\n");
    let end = paragraphs.next().unwrap_or_default();
    let before = paragraphs.next();
    let is_next = |text: &str| number_len(text, issues.len() + 1).is_some();
    let is_heading = |text: &str| is_next(text) && decided(text).is_some();
    (before.is_some() && is_next(end) && !is_ended(end))
        || (CLAIMS.starts_with(end) && before.is_some_and(is_heading))
}

/// Does a text end as a sentence does: with its mark, or with what closes a quotation?
fn is_ended(text: &str) -> bool {
    const CLOSING: [char; 9] = ['"', '\'', '\u{201D}', '\u{2019}', ')', ']', '}', '>', '*'];
    text.trim_end()
        .ends_with(|c: char| matches!(c, '.' | '?' | '!') || CLOSING.contains(&c))
}

/// Where a heading starts, and what it says without its number.
struct Heading {
    start: usize,
    text: String,
}

fn without(text: &str, label: &str) -> String {
    let rest = text.get(label.len()..).unwrap_or_default();
    rest.trim().to_owned()
}

/// `1. ` or `1) `: its length, if the number is the expected one.
fn number_len(heading: &str, number: usize) -> Option<usize> {
    let rest = heading.strip_prefix(&number.to_string())?;
    let text = rest.strip_prefix(['.', ')'])?;
    let trimmed = text.trim_start();
    (trimmed.len() < text.len()).then_some(heading.len() - trimmed.len())
}

/// Cuts `request: Upheld`.
fn decided(heading: &str) -> Option<(&str, Decision)> {
    let (request, word) = heading.rsplit_once(':')?;
    let decision = Decision::parse(word.trim().trim_end_matches('.'))?;
    Some((request.trim_end(), decision))
}

struct Body<'a> {
    lines: &'a [Line],
    /// Are ends of paragraphs visible in this text?
    has_paragraphs: bool,
}

impl<'a> Body<'a> {
    fn new(lines: &'a [Line]) -> Self {
        let mut body = Self {
            lines,
            has_paragraphs: false,
        };
        body.has_paragraphs = body.shows_paragraphs();
        body
    }

    fn slice(&self, start: usize, end: usize) -> &'a [Line] {
        self.lines.get(start..end).unwrap_or_default()
    }

    fn text(&self, at: usize) -> &'a str {
        self.lines.get(at).map_or("", |l| &l.text)
    }

    fn above(&self, at: usize) -> Gap {
        self.lines.get(at).map_or(Gap::None, |l| l.above)
    }

    fn is_at(&self, at: usize, label: &str) -> bool {
        let head = self.text(at).get(..label.len());
        head.is_some_and(|h| h.eq_ignore_ascii_case(label))
    }

    /// Decided by the first item alone, whose markers no rationale can imitate yet.
    fn shows_paragraphs(&self) -> bool {
        let Some(claims) = (0..self.lines.len()).find(|i| self.is_claims(*i)) else {
            return false;
        };
        let reason = (claims + 1..self.lines.len()).find(|i| self.is_at(*i, RATIONALE));
        let labels = claims + 1..reason.unwrap_or(self.lines.len());
        let mut labels = labels.filter(|i| self.label_at(*i).is_some());
        // Words of UR's block may read like the label: one that opens a paragraph is believed.
        let first = labels.clone().next();
        let label = labels.find(|i| self.above(*i) != Gap::None).or(first);
        let gaps: Vec<Gap> = [Some(claims), label, reason]
            .into_iter()
            .flatten()
            .map(|i| self.above(i))
            .collect();
        let ends = gaps.iter().filter(|g| **g == Gap::Paragraph).count();
        ends + 1 >= gaps.len() && gaps.iter().all(|g| *g != Gap::None)
    }

    /// Can a marker stand here?
    fn opens(&self, at: usize) -> bool {
        !self.has_paragraphs || at == 0 || self.above(at) != Gap::None
    }

    fn is_claims(&self, at: usize) -> bool {
        self.is_at(at, CLAIMS)
            && self.decision_line(at).is_some()
            && (self.opens(at) || self.is_followed(at))
    }

    /// Do the other two labels of an item follow, each where a label can stand?
    fn is_followed(&self, at: usize) -> bool {
        const LONGEST: usize = 2_000;
        let last = self.lines.len().min(at + LONGEST);
        let is_next = |i: &usize| self.is_at(*i, CLAIMS) && self.opens(*i);
        let end = (at + 1..last).find(is_next).unwrap_or(last);
        let Some(rationale) = self.rationale(at, end) else {
            return false;
        };
        let labels = self.labels(at, rationale);
        let is_open = |i: &usize| self.opens(*i);
        !labels.is_empty()
            && labels
                .iter()
                .map(|(i, _)| i)
                .chain([&rationale])
                .any(is_open)
    }

    /// Does a further item begin behind the last one, and lack its rationale?
    fn has_label_behind(&self, last: &Place) -> bool {
        let mut behind = last.rationale + 1..self.lines.len();
        behind.any(|i| self.is_at(i, CLAIMS) && self.decision_line(i).is_some())
    }

    /// The line above `at` on which a heading ends, if it does.
    fn decision_line(&self, at: usize) -> Option<usize> {
        let last = at.checked_sub(1)?;
        let text = self.text(last);
        let stands_alone = Decision::parse(text.trim_end_matches('.')).is_some()
            && last > 0
            && self.text(last - 1).ends_with(':');
        (stands_alone || decided(text).is_some()).then_some(last)
    }

    /// The name of the organisation, if its guideline label stands here.
    fn label_at(&self, at: usize) -> Option<String> {
        static LABEL: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r"^(\p{Lu}[^:]{0,90}?) guideline:(?:\s|$)").ok());
        if self.is_at(at, CLAIMS) {
            return None;
        }
        let runs_on = at + 1 < self.lines.len() && self.above(at + 1) == Gap::None;
        let two = one_line(self.slice(at, at + 1 + usize::from(runs_on)));
        let found = LABEL.as_ref()?.captures(&two)?;
        let name = found.get(1)?.as_str();
        (!name.contains(". ")).then(|| name.to_owned())
    }

    /// Numbers are taken off only where every item has its own. Has it?
    fn headings(&self, places: &[Place], mut floor: usize) -> (Vec<Heading>, bool) {
        let mut headings: Vec<Heading> = Vec::with_capacity(places.len());
        for (n, place) in places.iter().enumerate() {
            let start = self.heading_start(floor, place.claims, n + 1);
            let text = one_line(self.slice(start, place.claims));
            headings.push(Heading { start, text });
            floor = place.rationale + 1;
        }
        let lens: Option<Vec<usize>> = headings
            .iter()
            .enumerate()
            .map(|(n, heading)| number_len(&heading.text, n + 1))
            .collect();
        let are_numbered = lens.is_some();
        for (heading, len) in headings.iter_mut().zip(lens.into_iter().flatten()) {
            heading.text.drain(..len);
        }
        (headings, are_numbered)
    }

    /// The name in the label of the reviewer's guideline block, and the block.
    fn reviewer_block(&self, place: &Place) -> (String, String) {
        let Some(start) = place.reviewer else {
            return (String::new(), String::new());
        };
        let text = one_line(self.slice(start, place.rationale));
        let parts = text.split_once(" guideline:");
        parts.map_or((String::new(), String::new()), |(name, block)| {
            (name.to_owned(), block.trim().to_owned())
        })
    }

    fn issue(&self, place: &Place, heading: &Heading, block: String, end: usize) -> Option<Issue> {
        let (request, decision) = decided(&heading.text)?;
        let claims_end = place.reviewer.unwrap_or(place.rationale);
        Some(Issue {
            request: request.to_owned(),
            decision,
            claims: without(&paragraphs(self.slice(place.claims, claims_end)), CLAIMS),
            reviewer: block,
            rationale: without(&paragraphs(self.slice(place.rationale, end)), RATIONALE),
        })
    }

    fn places(&self, opening: &str) -> (Vec<Place>, bool) {
        let claims: Vec<usize> = (0..self.lines.len())
            .filter(|i| self.is_claims(*i))
            .collect();
        let regions = claims.iter().enumerate().map(|(n, start)| {
            let end = claims.get(n + 1).copied().unwrap_or(self.lines.len());
            (*start, end)
        });
        let regions: Vec<(usize, usize, Option<usize>)> = regions
            .map(|(start, end)| (start, end, self.rationale(start, end)))
            .collect();
        let lacks_rationale = regions.last().is_some_and(|(_, _, r)| r.is_none());
        let name = self.organisation(&regions, opening);
        let places = regions
            .into_iter()
            .filter_map(|(start, _, rationale)| {
                let rationale = rationale?;
                Some(Place {
                    claims: start,
                    reviewer: self
                        .labels(start, rationale)
                        .into_iter()
                        .rfind(|(_, n)| Some(n) == name.as_ref())
                        .map(|(i, _)| i),
                    rationale,
                })
            })
            .collect();
        (places, lacks_rationale)
    }

    /// At the start of a paragraph if there is one, else of a line: a page may have ended there
    /// without a trace.
    fn rationale(&self, start: usize, end: usize) -> Option<usize> {
        let mut places = (start + 1..end).filter(|i| self.is_at(*i, RATIONALE));
        let first = places.clone().next();
        places.find(|i| self.opens(*i)).or(first)
    }

    /// As [`Body::rationale`], every one of them.
    fn labels(&self, start: usize, end: usize) -> Vec<(usize, String)> {
        let found = (start + 1..end).filter_map(|i| Some((i, self.label_at(i)?)));
        let (open, other): (Vec<_>, Vec<_>) = found.partition(|(i, _)| self.opens(*i));
        if open.is_empty() { other } else { open }
    }

    /// The name used by most items; a name in the opening sentence of the letter wins.
    fn organisation(
        &self,
        regions: &[(usize, usize, Option<usize>)],
        opening: &str,
    ) -> Option<String> {
        let mut votes: BTreeMap<String, usize> = BTreeMap::new();
        for (start, _, rationale) in regions {
            if let Some((_, name)) = rationale.and_then(|r| self.labels(*start, r).pop()) {
                *votes.entry(name).or_default() += 1;
            }
        }
        let weight = |name: &str, votes: usize| (opening.starts_with(name), votes);
        votes
            .into_iter()
            .max_by_key(|(name, count)| weight(name, *count))
            .map(|(name, _)| name)
    }

    /// The usual opening sentence of the section: its first line, and the line behind it.
    fn intro(&self, first_item: usize) -> (usize, usize) {
        const OPENING: &str = "The Final Determination was based";
        const LONGEST: usize = 4;
        let Some(start) = (0..first_item).find(|i| self.is_at(*i, OPENING) && self.opens(*i))
        else {
            return (0, 0);
        };
        let mut lines = start..(start + LONGEST).min(first_item);
        let end = lines.find(|i| self.text(*i).ends_with(':'));
        (start, end.unwrap_or(start) + 1)
    }

    /// The line on which the heading that ends above `claims` starts; not above `floor`.
    fn heading_start(&self, floor: usize, claims: usize, number: usize) -> usize {
        let start = self.walk_back(floor, claims, number, self.has_paragraphs);
        // A page may have ended without a trace: then heading and rationale seem one paragraph.
        let is_run_in = start == floor && self.above(start) == Gap::None && floor > 0;
        if self.has_paragraphs && is_run_in {
            self.walk_back(floor, claims, number, false)
        } else {
            start
        }
    }

    /// A paragraph that opens with the item's number is a whole heading, whatever its words.
    fn walk_back(&self, floor: usize, claims: usize, number: usize, has_paragraphs: bool) -> usize {
        let mut start = claims.saturating_sub(1);
        let is_whole = |start: usize| {
            (self.above(start) == Gap::Paragraph && number_len(self.text(start), number).is_some())
                || self.heading_starts_at(start, claims, has_paragraphs)
        };
        while start > floor && !is_whole(start) {
            start -= 1;
            if one_line(self.slice(start, claims)).len() > LONGEST_REQUEST {
                return self.after_short_line(floor, claims);
            }
        }
        start
    }

    fn heading_starts_at(&self, start: usize, claims: usize, has_paragraphs: bool) -> bool {
        let text = one_line(self.slice(start, claims));
        if is_tail(&text) {
            return false;
        }
        let ends = start
            .checked_sub(1)
            .is_none_or(|i| ends_sentence(self.text(i)));
        match (self.above(start), has_paragraphs) {
            (Gap::Paragraph, _) => true,
            (Gap::None, true) => false,
            (Gap::Page, _) | (Gap::None, false) => ends,
        }
    }

    /// Where no sentence ends above a heading: below the last line that was not filled.
    fn after_short_line(&self, floor: usize, claims: usize) -> usize {
        let width = |i: usize| self.text(i).chars().count();
        let full = (floor..claims).map(width).max().unwrap_or(0);
        (floor + 1..claims)
            .rev()
            .find(|i| width(i - 1) * 4 < full * 3)
            .unwrap_or(claims.saturating_sub(1))
    }
}

/// Is this the rest of a heading whose first sentence stands further up? `... was the original
/// request. N was authorized by the Claims Administrator. The remaining IMR eligible ...`
fn is_tail(text: &str) -> bool {
    const TAILS: [&str; 4] = [
        "IMR eligible",
        "portion of the original request",
        "was authorized by",
        "The original request,",
    ];
    let is_alone = decided(text).is_none_or(|(request, _)| request.is_empty());
    let has_start = text.contains("the original request.");
    is_alone || (!has_start && TAILS.iter().any(|t| text.contains(t)))
}

fn ends_sentence(line: &str) -> bool {
    const ABBREVIATED: [&str; 6] = [" Dr.", " No.", " vs.", " St.", " Mr.", " approx."];
    let bare = line.trim_end_matches(['"', '\'', '\u{201D}', '\u{2019}', ')', ']']);
    bare.ends_with(['.', '?', '!']) && !ABBREVIATED.iter().any(|a| bare.ends_with(a))
}
