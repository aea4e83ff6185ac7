//! A guideline that the reviewer has brought in, and its passages.

use super::citation::{Citation, Rank};
use super::date::Date;
use std::ops::Range;

/// A guideline in one edition. Its passages stay when a newer edition replaces it: letters that
/// cite it can still be read beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guideline {
    /// Unique and stable: name and edition in kebab case, e.g. `low-back-pain-2022`.
    pub key: String,
    /// The name it was added under: a newer edition of the same shelf replaces it.
    pub shelf: String,
    /// Its title, as it is shown and cited.
    pub name: String,
    /// Edition, as it was given: `2022`, `3rd ed.`
    pub edition: String,
    /// Year of that edition.
    pub year: Option<i16>,
    /// First and last day on which it is in force, where they are known.
    pub effective: (Option<Date>, Option<Date>),
    /// Legal rank, LC 4610.5(c)(2).
    pub rank: Rank,
    /// What its licence says: shown wherever its text is.
    pub licence: String,
    /// What else a reader must be told: that it is a draft.
    pub note: Option<String>,
    /// Key of the newer edition that replaces it.
    pub superseded_by: Option<String>,
    /// How many passages it has.
    pub passages: u32,
}

impl Guideline {
    /// Title and edition on one line, for lists and citations; an edition that the title names
    /// already is not said twice.
    pub fn label(&self) -> String {
        label(&self.name, &self.edition)
    }
}

/// As [`Guideline::label`].
pub fn label(name: &str, edition: &str) -> String {
    if edition.is_empty() || name.contains(edition) {
        return name.to_owned();
    }
    format!("{name}, {edition}")
}

/// One headed, paged piece of a guideline: 120 to 1,800 characters where the source allows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// Key of its guideline.
    pub guideline: String,
    /// Place in its guideline, from 1.
    pub number: u32,
    /// The name that the source gives it, if it does; otherwise guideline and number.
    pub id: String,
    /// Headings above it, outermost first.
    pub heading: Vec<String>,
    /// Page of the file, from 1.
    pub page: Option<u32>,
    /// Page as printed: `179`, `Page 5 of 141`, `iv`.
    pub page_label: Option<String>,
    /// What it is, in a word of the source: `recommendation`.
    pub kind: Option<String>,
    /// The text.
    pub text: String,
    /// Where it is on the web.
    pub url: Option<String>,
    /// What must be met, each in one sentence; empty where there is no such list.
    pub criteria: Vec<String>,
}

impl Passage {
    /// Unique and stable: what `imr decide --cite` takes.
    pub fn key(&self) -> String {
        format!("{}/{}", self.guideline, self.number)
    }

    /// Where it stands, on one line: `Recommendations > Imaging, p. 28`.
    pub fn place(&self) -> String {
        let mut place = self.heading.join(" > ");
        if let Some(page) = self.printed_page() {
            let comma = if place.is_empty() { "" } else { ", " };
            place.push_str(&format!("{comma}p. {page}"));
        }
        place
    }

    /// The page as letters cite it: as printed, or else of the file.
    pub fn printed_page(&self) -> Option<String> {
        let printed = self.page_label.as_deref().map(|label| {
            let label = label
                .strip_prefix("Page ")
                .or(label.strip_prefix("page "))
                .unwrap_or(label);
            label
                .split_once(" of ")
                .map_or(label, |(page, _)| page)
                .to_owned()
        });
        printed.or_else(|| self.page.map(|page| page.to_string()))
    }

    /// The citation that it makes: title and edition of its guideline, the heading above it, page.
    pub fn citation(&self, title: &str, rank: Rank) -> Option<Citation> {
        let heading = self
            .heading
            .last()
            .map(|h| format!(": {h}"))
            .unwrap_or_default();
        let page = self
            .printed_page()
            .filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
        let page = page.map(|p| format!(", Page(s): {p}")).unwrap_or_default();
        let mut citation = Citation::parse(false, &format!("{title}{heading}{page}"))?;
        citation.rank = Some(rank);
        Some(citation)
    }
}

/// One ranked answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageHit {
    /// The passage.
    pub passage: Passage,
    /// Title and edition of its guideline.
    pub title: String,
    /// Legal rank of its guideline.
    pub rank: Rank,
    /// Licence of its guideline.
    pub licence: String,
    /// What else a reader must be told of its guideline.
    pub note: Option<String>,
    /// The part of the text around the hit, on one line; where text is left out stands an ellipsis.
    pub snippet: String,
    /// Matched words: byte ranges in `snippet`, ascending, on grapheme borders.
    pub marks: Vec<Range<usize>>,
    /// Higher is better; to compare within one answer.
    pub score: i64,
}

impl PassageHit {
    /// The citation that `Enter` makes of it.
    pub fn citation(&self) -> Option<Citation> {
        self.passage.citation(&self.title, self.rank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_cited_by_title_heading_and_printed_page() {
        let passage = Passage {
            guideline: "a-2022".to_owned(),
            number: 7,
            heading: vec!["IX. Recommendations".to_owned(), "Imaging".to_owned()],
            page: Some(30),
            page_label: Some("Page 28 of 141".to_owned()),
            ..Passage::default()
        };
        assert_eq!(passage.place(), "IX. Recommendations > Imaging, p. 28");
        let cited = passage
            .citation(&label("Back Pain", "2022"), Rank::C)
            .unwrap();
        assert_eq!(cited.text, "Back Pain, 2022: Imaging, Page(s): 28");
        assert_eq!(cited.rank, Some(Rank::C));
        assert_eq!(cited.pages.len(), 1);
        assert_eq!(passage.key(), "a-2022/7");
    }
}
