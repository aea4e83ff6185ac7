//! Abbreviations that a lay reader of the letter is given no words for.

use std::collections::BTreeSet;
use std::ops::Range;

/// Known to everybody whom such a letter reaches, or explained by the letter's own form.
#[rustfmt::skip]
const WELL_KNOWN: [&str; 92] = [
    "ACOEM", "AIDS", "AM", "AMA", "BMI", "BP", "BUN", "CA", "CBC", "CCR", "CD", "CDC", "CFR", "CM", "CMS", "COPD",
    "COVID", "CPT", "CT", "CWC", "DC", "DEA", "DIR", "DMHC", "DNA", "DO", "DOB", "DOI", "DPM", "DWC", "ECG",
    "ED", "EKG", "EMG", "ER", "ESI", "FDA", "GI", "HIV", "HR", "I", "ICD", "II", "III", "IMR", "IU", "IV", "LA",
    "LC", "LLC", "MD", "MG", "ML", "MPN", "MRI", "MS", "MTUS", "NA", "NCS", "NCV", "NO", "NSAID", "NSAIDS", "NP",
    "OD", "ODG", "OK", "OR", "OT", "OTC", "PA", "PDF", "PHD", "PM", "PR", "PT", "QID", "RFA", "RN", "ROM", "TENS",
    "TV", "UR", "US", "USA", "UTI", "V", "VA", "VI", "VII", "VIII", "ER",
];

/// The abbreviations of a text whose words stand neither in it nor in `explained`, each at its
/// first use.
pub fn undefined(text: &str, explained: &str) -> Vec<Range<usize>> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut out = Vec::new();
    for range in candidates(text) {
        let word = text.get(range.clone()).unwrap_or_default();
        if is_shouted(text, &range) || is_well_known(word) || !seen.insert(word) {
            continue;
        }
        if !is_defined(word, text) && !is_defined(word, explained) {
            out.push(range);
        }
    }
    out
}

fn is_well_known(word: &str) -> bool {
    WELL_KNOWN.contains(&word)
        || word
            .strip_suffix('s')
            .is_some_and(|one| WELL_KNOWN.contains(&one))
}

/// Runs of two to six capitals, with a small plural `s` or not, that nothing is joined to.
fn candidates(text: &str) -> Vec<Range<usize>> {
    // What stands in square brackets stands for something left out.
    let is_joint = |c: char| !c.is_alphanumeric() && !"-/.[]".contains(c);
    let base = text.as_ptr() as usize;
    let runs = text.split(is_joint).map(|run| run.trim_end_matches('.'));
    runs.filter(|run| is_abbreviation(run))
        .map(|run| {
            let start = run.as_ptr() as usize - base;
            start..start + run.len()
        })
        .collect()
}

fn is_abbreviation(run: &str) -> bool {
    let core = run.strip_suffix('s').unwrap_or(run);
    // XXX and the like are blanks that were never filled in.
    let is_blank = core.bytes().all(|b| b == b'X');
    (2..=6).contains(&core.len()) && !is_blank && core.bytes().all(|b| b.is_ascii_uppercase())
}

/// In capitals with its neighbours: a heading, not an abbreviation.
fn is_shouted(text: &str, range: &Range<usize>) -> bool {
    let is_capital = |word: &str| {
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        letters.len() > 3 && letters.iter().all(|c| c.is_uppercase())
    };
    let before = text
        .get(..range.start)
        .unwrap_or_default()
        .split_whitespace()
        .next_back();
    let after = text
        .get(range.end..)
        .unwrap_or_default()
        .split_whitespace()
        .next();
    [before, after].into_iter().flatten().any(is_capital)
}

/// Do its words stand before it, `magnetic resonance imaging (MRI)`, or behind it, `MRI (magnetic
/// resonance imaging)`?
fn is_defined(word: &str, text: &str) -> bool {
    let core = word.strip_suffix('s').unwrap_or(word);
    let is_behind = [core, word]
        .iter()
        .any(|w| text.contains(&format!("({w})")));
    is_behind
        || [core, word]
            .iter()
            .any(|w| explains(text, &format!("{w} ("), core))
}

fn explains(text: &str, lead: &str, core: &str) -> bool {
    text.match_indices(lead).any(|(at, _)| {
        let inner = text
            .get(at + lead.len()..)
            .and_then(|rest| rest.split(')').next());
        let mut words = inner.unwrap_or_default().split([' ', '-', '/']);
        let first = words.next().and_then(|w| w.chars().next());
        let is_same = |c: char| core.starts_with(c.to_ascii_uppercase());
        words.next().is_some() && first.is_some_and(is_same)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(text: &'t str, explained: &str) -> Vec<&'t str> {
        undefined(text, explained)
            .into_iter()
            .map(|r| &text[r])
            .collect()
    }

    #[test]
    fn only_what_nothing_explains() {
        let text = "The MRI showed DDD. A functional capacity evaluation (FCE) was done; the FCE \
                    and DDD agree. LSO (lumbosacral orthosis) and HELP";
        assert_eq!(found(text, ""), ["DDD", "HELP"]);
        assert_eq!(found(text, "degenerative disc disease (DDD)"), ["HELP"]);
    }

    #[test]
    fn levels_codes_and_headings_are_none() {
        assert!(
            found(
                "XXX, [DATE], L4-5, S1, PR-2, CM14-0012345, NSAIDs, C.F.R., 10/325 MG",
                ""
            )
            .is_empty()
        );
        assert!(found("CLINICAL CASE SUMMARY AND FACE SHEET", "").is_empty());
    }
}
