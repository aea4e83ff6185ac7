//! Findings and records of a case, found by words.

use super::words::{Words, folded};
use crate::model::pick::{Pick, Spot};
use crate::model::{Case, date};
use std::cmp::Reverse;

/// The best `limit` findings and pages: those that have every word, the more of them in one line
/// the better; for no words everything in its order.
pub fn find(case: &Case, query: &str, limit: usize) -> Vec<Pick> {
    let words = Words::new(query);
    let found = with_words(case, &words, limit);
    if found.is_empty() && !words.is_empty() {
        return with_words(case, &words.forgiving(), limit);
    }
    found
}

fn with_words(case: &Case, words: &Words, limit: usize) -> Vec<Pick> {
    let mut found: Vec<(Reverse<usize>, Pick)> = findings(case, words);
    found.extend(pages(case, words));
    // Stable: findings before records, each in its order.
    found.sort_by_key(|(count, _)| *count);
    found.truncate(limit);
    found.into_iter().map(|(_, pick)| pick).collect()
}

fn findings(case: &Case, words: &Words) -> Vec<(Reverse<usize>, Pick)> {
    let mut order: Vec<usize> = (0..case.findings.len()).collect();
    order.sort_by_key(|at| case.findings.get(*at).and_then(|finding| finding.date));
    let one = |at: usize| {
        let finding = case.findings.get(at)?;
        let day = finding.date.map(date::long).unwrap_or_default();
        let text = folded(&format!(
            "{} {} {day} finding",
            finding.text,
            finding.kind.word()
        ));
        words.are_in(&text).then(|| {
            (
                Reverse(words.len()),
                Pick::Finding(at, Box::new(finding.clone())),
            )
        })
    };
    order.into_iter().filter_map(one).collect()
}

fn pages<'a>(
    case: &'a Case,
    words: &'a Words,
) -> impl Iterator<Item = (Reverse<usize>, Pick)> + 'a {
    case.records
        .iter()
        .enumerate()
        .flat_map(move |(at, record)| {
            let title = folded(&format!("{} {} record", record.title, record.kind));
            let pages = record.pages.iter().enumerate();
            pages.filter_map(move |(page, text)| {
                // A record with no words asked of it is named once.
                if words.is_empty() && page > 0 {
                    return None;
                }
                let (line, count) = best_line(words, &title, text)?;
                let spot = Spot {
                    record: at,
                    page,
                    line,
                    title: record.title.clone(),
                    text: text.lines().nth(line).unwrap_or_default().trim().to_owned(),
                };
                Some((Reverse(count), Pick::Record(Box::new(spot))))
            })
        })
}

/// The line of a page that has most of the words, if the page and its title have all of them.
fn best_line(words: &Words, title: &str, page: &str) -> Option<(usize, usize)> {
    let text = folded(page);
    if !words.are_in(&format!("{title}\n{text}")) {
        return None;
    }
    let says = |line: &str| line.chars().any(char::is_alphanumeric);
    let lines = text.lines().enumerate().filter(|(_, line)| says(line));
    let best = lines
        .map(|(n, line)| (words.found(line), Reverse(n)))
        .max()
        .unwrap_or((0, Reverse(0)));
    Some((best.1.0, best.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CaseId, Credentials, Finding, FindingKind, Header, Patient, Record};

    fn case() -> Case {
        let record = |title: &str, pages: &[&str]| Record {
            title: title.into(),
            kind: "PR-2".into(),
            date: None,
            pages: pages.iter().map(|page| (*page).to_owned()).collect(),
        };
        Case {
            id: CaseId::typed("x"),
            header: Header::default(),
            patient: Patient::default(),
            credentials: Credentials::default(),
            summary: String::new(),
            findings: vec![Finding {
                date: None,
                kind: FindingKind::Imaging,
                text: "MRI shows foraminal stenosis at C5-6".into(),
                source: None,
            }],
            items: Vec::new(),
            records: vec![
                record(
                    "Progress report",
                    &["First page.\nPain 7/10.", "Neck pain.\nStenosis on MRI."],
                ),
                record("Letter", &["Nothing of note."]),
            ],
            is_published: false,
            dates: Default::default(),
            interests: Default::default(),
        }
    }

    #[test]
    fn findings_and_lines_of_pages() {
        let found = find(&case(), "stenosis mri", 9);
        assert_eq!(found.len(), 2);
        assert!(matches!(&found[0], Pick::Finding(0, _)));
        assert!(matches!(&found[1], Pick::Record(spot)
            if (spot.record, spot.page, spot.line, spot.text.as_str()) == (0, 1, 1, "Stenosis on MRI.")));
        assert_eq!(
            find(&case(), "stenossi", 9).len(),
            2,
            "an error is forgiven"
        );
        assert_eq!(find(&case(), "progress 7", 9).len(), 1, "the title counts");
        assert!(find(&case(), "knee", 9).is_empty());
        assert_eq!(
            find(&case(), "", 9).len(),
            3,
            "each finding, each record once"
        );
    }
}
