//! The sentences of a summary, so that a finding can lead back to its own.

use crate::model::text::fold;
use crate::model::{Finding, FindingSource};

/// Words before a full stop that do not end a sentence.
const ABBREVIATIONS: [&str; 14] = [
    "dr", "mr", "mrs", "ms", "vs", "e.g", "i.e", "no", "st", "approx", "p", "pp", "ch", "fig",
];

/// The sentences of one paragraph; joined by blanks they are the folded paragraph again.
pub fn of_paragraph(paragraph: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut is_open = false;
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    for (n, word) in words.iter().enumerate() {
        match out.last_mut().filter(|_| is_open) {
            Some(sentence) => {
                sentence.push(' ');
                sentence.push_str(word);
            }
            None => out.push((*word).to_owned()),
        }
        is_open = !ends(word, words.get(n + 1).copied());
    }
    out
}

fn ends(word: &str, next: Option<&str>) -> bool {
    let bare = word.trim_end_matches(['"', ')', '\'', '\u{201d}']);
    let Some(stem) = bare.strip_suffix(['.', '?', '!']) else {
        return false;
    };
    let is_abbreviation = bare.ends_with('.')
        && ABBREVIATIONS.contains(&stem.trim_start_matches('(').to_ascii_lowercase().as_str());
    let starts = next.and_then(|n| n.trim_start_matches(['"', '(', '\u{201c}']).chars().next());
    !is_abbreviation && starts.is_none_or(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Paragraphs of sentences.
pub fn of(summary: &str) -> Vec<Vec<String>> {
    summary
        .split("\n\n")
        .map(of_paragraph)
        .filter(|p| !p.is_empty())
        .collect()
}

/// The sentence (from 0, over the whole summary) a finding was taken from: the one that holds its
/// words, else the one its source names. `None` for a finding that is not from the summary.
pub fn of_finding(summary: &str, finding: &Finding) -> Option<usize> {
    let FindingSource { page, line, .. } = finding.source.as_ref()?;
    let sentences: Vec<String> = of(summary).into_iter().flatten().collect();
    let named = usize::try_from(*line).ok()?.checked_sub(1)?;
    let words = fold(&finding.text);
    let words = words.trim_end_matches('.');
    let holds = |s: &String| s.contains(words);
    if sentences.get(named).is_some_and(holds) && page.is_none() {
        return Some(named);
    }
    let found = sentences.iter().position(holds);
    found.or((page.is_none() && named < sentences.len()).then_some(named))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FindingKind;

    #[test]
    fn stops_that_end_and_stops_that_do_not() {
        let found = of_paragraph(
            "Seen by Dr. Wu on 1/4/14. Pain 6/10 vs. 4.5 before. \"No surgery.\" MRI: 3 mm.",
        );
        assert_eq!(found.len(), 4, "{found:?}");
    }

    #[test]
    fn a_finding_leads_to_its_sentence() {
        let summary = "First thing. Second\nthing here.\n\nThird thing.";
        let finding = |text: &str, line| Finding {
            date: None,
            kind: FindingKind::Other,
            text: text.to_owned(),
            source: Some(FindingSource {
                record: "summary".into(),
                page: None,
                line,
            }),
        };
        assert_eq!(of_finding(summary, &finding("Second thing", 1)), Some(1));
        assert_eq!(of_finding(summary, &finding("Third thing.", 3)), Some(2));
        assert_eq!(of_finding(summary, &finding("reworded", 2)), Some(1));
        assert_eq!(of_finding(summary, &finding("reworded", 9)), None);
    }
}
