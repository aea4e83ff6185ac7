//! Precedents of an item: earlier determinations on items like it, and what they say in figures.

use super::{CaseId, Citation, Date, Decision};
use serde::Serialize;
use std::fmt;

/// How many of the citations used are named in a line of figures.
const NAMED: usize = 3;

/// One earlier decision on an item like the one at hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Precedent {
    /// The case it was made in.
    pub case: CaseId,
    /// Its item, from 0.
    pub item: usize,
    /// Was it made here, rather than published by others?
    pub is_own: bool,
    /// The day it was made, where known.
    pub day: Option<Date>,
    /// What was asked for, short.
    pub request: String,
    /// The answer.
    pub decision: Decision,
    /// The citations used.
    pub citations: Vec<Citation>,
    /// The reasons; empty where only the outcome is known.
    pub rationale: String,
    /// What it has in common with the item at hand, in words.
    pub shared: Vec<String>,
    /// Does it count among those alike: the same thing, and no other part of the body?
    pub is_alike: bool,
}

impl Precedent {
    /// Its words as they may stand in a rationale: in quotation marks, with where they come from.
    /// Marks within become single ones, so that the quotation ends where it ends.
    pub fn quotation(&self, words: &str) -> String {
        let words = super::text::fold(words).replace(['"', '\u{201c}', '\u{201d}'], "'");
        format!("\"{}\" ({})", words.trim(), self.name())
    }

    /// The year it was made in: of its day, else as its number says (`CM16-0228949`).
    pub fn year(&self) -> Option<i16> {
        let digits = |text: &str| text.parse::<i16>().ok().filter(|_| text.len() == 2);
        let of_number = || {
            let (head, _) = self.case.as_str().split_once('-')?;
            digits(head.trim_start_matches(|c: char| !c.is_ascii_digit()))
        };
        self.day
            .map(Date::year)
            .or_else(|| Some(2000 + of_number()?))
    }

    /// Whose it is and where it stands: `determination CM16-0228949, item 1`.
    pub fn name(&self) -> String {
        format!("determination {}, item {}", self.case, self.item + 1)
    }
}

/// What the precedents of an item say, nearest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Precedents {
    /// Of all alike, not only of those listed.
    pub figures: Figures,
    /// The nearest.
    pub list: Vec<Precedent>,
}

/// How items alike were decided, and by which guidelines.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Figures {
    /// Upheld: not medically necessary.
    pub upheld: usize,
    /// Overturned: medically necessary.
    pub overturned: usize,
    /// Labels of the citations used, the most used first, and how many items cite each.
    pub cited: Vec<(String, usize)>,
}

impl Figures {
    /// How many items are alike.
    pub fn alike(&self) -> usize {
        self.upheld + self.overturned
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            upheld,
            overturned,
            cited,
        } = self;
        match self.alike() {
            0 => return f.write_str("none alike"),
            n => write!(f, "{n} alike: {upheld} upheld, {overturned} overturned")?,
        }
        let mut named = cited.iter().take(NAMED);
        if let Some((label, times)) = named.next() {
            write!(f, "; cited most: {label} ({times})")?;
        }
        named.try_for_each(|(label, times)| write!(f, ", {label} ({times})"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_one_line() {
        let mut figures = Figures::default();
        assert_eq!(figures.to_string(), "none alike");
        figures.upheld = 31;
        figures.overturned = 7;
        let cited = [("ODG Neck", 12), ("ACOEM ch. 8", 9), ("x", 2), ("y", 1)];
        figures.cited = cited.map(|(label, n)| (label.to_owned(), n)).to_vec();
        assert_eq!(
            figures.to_string(),
            "38 alike: 31 upheld, 7 overturned; cited most: ODG Neck (12), ACOEM ch. 8 (9), x (2)"
        );
    }

    #[test]
    fn a_quotation_has_one_pair_of_marks_and_a_source() {
        let precedent = Precedent {
            case: CaseId::typed("CM16-0228949"),
            item: 1,
            is_own: false,
            day: None,
            request: String::new(),
            decision: Decision::Upheld,
            citations: Vec::new(),
            rationale: String::new(),
            shared: Vec::new(),
            is_alike: true,
        };
        assert_eq!(
            precedent.quotation("The \"red flags\"\nare not met. "),
            "\"The 'red flags' are not met.\" (determination CM16-0228949, item 2)"
        );
    }
}
