//! The list of documents reviewed, as our own letters print it: one record a line
//! `- TITLE (KIND, MM/DD/YYYY, N pages)`, or a sentence that says why there is none.

use super::lines::{Line, one_line};
use crate::model::{Record, date};
use regex::Regex;
use std::sync::LazyLock;

/// More pages than any case file has; a larger figure is a misprint.
const MOST_PAGES: usize = 20_000;

/// What the section says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Documents {
    /// One entry a record; its pages are empty, the letter does not carry them.
    pub records: Vec<Record>,
    /// Why there are none.
    pub reason: Option<String>,
}

static ENTRY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?P<title>.*) )?\((?:(?P<kind>(?:[^()]|\([^()]*\))+?), )??",
        r"(?:(?P<date>\d{2}/\d{2}/\d{4}), )?(?P<pages>\d{1,5}) pages?\)$",
    ))
    .ok()
});

/// What a letter says that lists nothing and gives no reason.
const NOTHING: &str = "No documents are listed.";

/// Reads the lines between its heading and the issues.
pub fn read(lines: &[Line]) -> Documents {
    let starts = starts(lines);
    let given = |reason: String| (!reason.is_empty() && reason != NOTHING).then_some(reason);
    let Some(first) = starts.first() else {
        return Documents {
            records: Vec::new(),
            reason: given(one_line(lines)),
        };
    };
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let entries = starts
        .iter()
        .zip(ends)
        .filter_map(|(a, b)| lines.get(*a..b));
    let reason = one_line(lines.get(..*first).unwrap_or_default());
    Documents {
        records: entries.map(|e| record(&one_line(e))).collect(),
        reason: given(reason),
    }
}

/// A line that opens with a dash is a new entry only where the last one was complete: a title
/// may hold a dash that a re-wrapped letter puts at a line start.
fn starts(lines: &[Line]) -> Vec<usize> {
    const LONGEST: usize = 12;
    let mut starts: Vec<usize> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let is_complete = |start: &usize| {
            let so_far = lines.get(*start..i).unwrap_or_default();
            let is_entry = |r: &Regex| r.is_match(&one_line(so_far));
            so_far.len() > LONGEST || ENTRY.as_ref().is_some_and(is_entry)
        };
        if line.text.starts_with("- ") && starts.last().is_none_or(is_complete) {
            starts.push(i);
        }
    }
    starts
}

fn record(entry: &str) -> Record {
    let entry = entry.strip_prefix("- ").unwrap_or(entry);
    let bare = || Record {
        title: entry.to_owned(),
        kind: String::new(),
        date: None,
        pages: Vec::new(),
    };
    let Some(found) = ENTRY.as_ref().and_then(|r| r.captures(entry)) else {
        return bare();
    };
    let part = |name| found.name(name).map_or("", |m| m.as_str());
    let pages: usize = part("pages").parse().unwrap_or(0);
    Record {
        title: part("title").to_owned(),
        kind: part("kind").to_owned(),
        date: date::parse(part("date")),
        pages: vec![String::new(); pages.min(MOST_PAGES)],
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    #[test]
    fn entries_and_reason() {
        let found = read(&split(
            "- Progress report (Dr. [ ]) (PR-2, 02/14/2014, 3 pages)\n- MRI cervical\n\
             - axial and sagittal (imaging, 1 page)\n",
        ));
        assert_eq!(found.reason, None);
        let [first, second] = found.records.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(
            (first.title.as_str(), first.pages.len()),
            ("Progress report (Dr. [ ])", 3)
        );
        assert_eq!(first.date, date::parse("2/14/2014"));
        assert_eq!(second.title, "MRI cervical - axial and sagittal");
        let bare = read(&split(
            "- Note (3 pages)\n- Old (film (x), 01/02/2014, 2 pages)",
        ));
        let kinds: Vec<&str> = bare.records.iter().map(|r| r.kind.as_str()).collect();
        assert_eq!(kinds, ["", "film (x)"]);
        assert_eq!(bare.records[1].date, date::parse("1/2/14"));
        let none = read(&split("None were submitted\nby the administrator."));
        assert_eq!(
            none.reason.as_deref(),
            Some("None were submitted by the administrator.")
        );
    }
}
