//! Page ranges as citations write them: `165`, `179-180`, `303-305, 308-310`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// First and last page, both included; `first <= last`, both above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(u32, u32)", into = "(u32, u32)")]
pub struct PageRange {
    first: u32,
    last: u32,
}

/// A range that runs backwards or starts at page 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}-{1} is no page range: expected the lower page first, from page 1 on")]
pub struct BadPageRange(u32, u32);

impl PageRange {
    /// A checked range.
    pub fn new(first: u32, last: u32) -> Result<Self, BadPageRange> {
        if first == 0 || last < first {
            return Err(BadPageRange(first, last));
        }
        Ok(Self { first, last })
    }

    /// First page.
    pub fn first(self) -> u32 {
        self.first
    }

    /// Last page.
    pub fn last(self) -> u32 {
        self.last
    }

    /// Is `page` within?
    pub fn contains(self, page: u32) -> bool {
        (self.first..=self.last).contains(&page)
    }
}

impl fmt::Display for PageRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}-{}", self.first, self.last)
        }
    }
}

impl TryFrom<(u32, u32)> for PageRange {
    type Error = BadPageRange;
    fn try_from((first, last): (u32, u32)) -> Result<Self, BadPageRange> {
        Self::new(first, last)
    }
}

impl From<PageRange> for (u32, u32) {
    fn from(range: PageRange) -> Self {
        (range.first, range.last)
    }
}

/// Reads a list of pages and ranges; `None` if any part of it is not one.
pub fn parse_list(text: &str) -> Option<Vec<PageRange>> {
    text.trim()
        .trim_end_matches('.')
        .split([',', ';'])
        .map(|part| parse_one(part.trim()))
        .collect()
}

fn parse_one(part: &str) -> Option<PageRange> {
    let number = |s: &str| s.trim().parse::<u32>().ok().filter(|n| *n < 100_000);
    match part.split_once(['-', '\u{2013}']) {
        Some((a, b)) => PageRange::new(number(a)?, number(b)?).ok(),
        None => number(part).and_then(|n| PageRange::new(n, n).ok()),
    }
}

/// `303-305, 308-310`.
pub fn print_list(pages: &[PageRange]) -> String {
    let parts: Vec<String> = pages.iter().map(ToString::to_string).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shapes() {
        assert_eq!(
            print_list(&parse_list("78-80, 91,124.").unwrap()),
            "78-80, 91, 124"
        );
        for bad in ["", "0", "9-3", "a", "1,,2", "99999999999"] {
            assert_eq!(parse_list(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn prints_and_reads(list in prop::collection::vec((1u32..900, 0u32..40), 1..5)) {
            let pages: Vec<PageRange> =
                list.iter().map(|(a, n)| PageRange::new(*a, a + n).unwrap()).collect();
            prop_assert_eq!(parse_list(&print_list(&pages)), Some(pages));
        }

        #[test]
        fn never_panics(s in "\\PC{0,24}") { let _ = parse_list(&s); }
    }
}
