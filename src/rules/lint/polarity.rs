//! What a rationale concludes: against the decision (L15), or nothing at all (L51).

use super::Found;
use super::desk::{Desk, Text};
use super::facts::pattern;
use crate::model::Decision;
use crate::model::lint::Place;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A verdict on the request itself: `is (not) medically necessary`.
static VERDICT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"\bmedically[- ]+(?:\w+,? (?:and|or) )?(?:necessary|necessitated|reasonable|appropriate|indicated|warranted|unnecessary)\b",
        r"|\b(?:a|of) medical(?:ly)? necessity\b",
    ))
});

/// What reviewers say in other words, or on the way to the verdict.
static LESSER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"\bmedical necessity\b[^.;]{0,80}?\b(?:established|demonstrated|shown|supported|substantiated|met|documented|proven|evident|clear|lacking|confirmed)\b",
        r"|\b(?:support|establish|demonstrate|show|substantiate|prove|confirm)\w*(?: \w+){0,3} medical necessity\b",
        r"|\b(?:necessary|certified|authorized|approved|overturned|upheld|denied|supported|warranted|indicated|recommended|unnecessary)\b",
    ))
});

/// Words that turn it round, within its clause.
static DENIED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\b(?:not|no|neither|nor|cannot|never|without|lacks?|lacking|fails?|failed|insufficient|unable|hardly|absence|absent|non|far from|anything but)\b|n't\b|\bunnecessary\b",
    )
});

/// Words that are a verdict against the request by themselves.
const AGAINST: [&str; 3] = ["upheld", "denied", "unnecessary"];

/// What a sentence says of the request, and where.
struct Said {
    decision: Decision,
    is_firm: bool,
}

/// The verdict of one sentence, in small letters.
fn said(small: &str) -> Option<Said> {
    let firm = VERDICT.as_ref()?.find_iter(small).last();
    let found = firm.or_else(|| LESSER.as_ref()?.find_iter(small).last())?;
    let words = found.as_str();
    let is_denied = denies(small, &found.range());
    let says_against = AGAINST.iter().any(|word| words.ends_with(word));
    let decision = match (says_against, is_denied) {
        (true, true) | (false, false) => Decision::Overturned,
        _ => Decision::Upheld,
    };
    Some(Said {
        decision: match words.ends_with("overturned") && !is_denied {
            true => Decision::Overturned,
            false => decision,
        },
        is_firm: firm.is_some(),
    })
}

/// Is there a word of denial in the clause of these words, or in the words themselves?
fn denies(small: &str, words: &Range<usize>) -> bool {
    let Some(denied) = DENIED.as_ref() else {
        return false;
    };
    let inside = small.get(words.clone()).unwrap_or_default();
    let before = small.get(..words.start).unwrap_or_default();
    let clause = &before[clause_start(before)..];
    let is_un = inside.ends_with("unnecessary");
    denied.is_match(clause) || (!is_un && denied.is_match(inside))
}

/// Where the predicate begins that ends here: behind the last mark or joint of clauses, and behind
/// the subject, so that `the request without contrast is ...` denies nothing.
fn clause_start(before: &str) -> usize {
    const JOINTS: [&str; 9] = [
        ", ",
        "; ",
        ": ",
        " but ",
        " so ",
        " that ",
        " because ",
        " and the ",
        " although ",
    ];
    const VERBS: [&str; 9] = [
        " is ", " are ", " was ", " were ", " be ", " been ", " does ", " do ", " has ",
    ];
    let after = |marks: &[&str]| {
        marks
            .iter()
            .filter_map(|m| Some(before.rfind(m)? + m.len()))
            .max()
    };
    let joint = after(&JOINTS).unwrap_or(0);
    // The verb nearest to the verdict, with its word of denial before it: `cannot be`, `not be`.
    let verb = VERBS.iter().filter_map(|verb| before.rfind(verb)).max();
    match verb {
        Some(verb) if verb >= joint => {
            let head = before.get(joint..verb).unwrap_or_default();
            let last = head.rfind(' ').map_or(joint, |at| joint + at + 1);
            let previous = head
                .trim_end()
                .rfind(' ')
                .map_or(joint, |at| joint + at + 1);
            last.min(previous)
        }
        _ => joint,
    }
}

/// What may follow a conclusion: advice and notes, no reasons.
static ADVICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:taper\w*|wean\w*|abrupt\w*|advised|does not (?:mean|imply)|should not be (?:interpreted|construed)|",
        r"withdraw\w*|new request|resubmit\w*|please note|this decision|my decision|my determination|",
        r"notwithstanding|of note|it is noted that|adverse)\b",
    ))
});

/// How many sentences may follow a conclusion that are no advice.
const AFTER: usize = 1;

/// The conclusion of a rationale: the last verdict on the request, with at most a little behind it.
pub(super) fn conclusion(text: &Text) -> Option<(Range<usize>, Decision)> {
    let mut others = 0;
    for range in text.sentences().iter().rev() {
        let small = text.small.get(range.clone())?;
        let is_advice = ADVICE.as_ref().is_some_and(|advice| advice.is_match(small));
        match said(small) {
            Some(said) if said.is_firm => return Some((range.clone(), said.decision)),
            _ if is_advice => {}
            _ if others == AFTER => return None,
            _ => others += 1,
        }
    }
    None
}

/// The last thing said of necessity anywhere, firm or not.
fn last_word(text: &Text) -> Option<(Range<usize>, Decision)> {
    let mut weak = None;
    for range in text.sentences().iter().rev() {
        match text.small.get(range.clone()).and_then(said) {
            Some(said) if said.is_firm => return Some((range.clone(), said.decision)),
            Some(said) if weak.is_none() => weak = Some((range.clone(), said.decision)),
            _ => {}
        }
    }
    weak
}

/// L15 of every decided item.
pub(super) fn contradicted(desk: &Desk) -> Vec<Found> {
    let items = desk.items();
    let found = items.filter_map(|it| contradiction(it.item, it.draft.decision?, it.rationale));
    found.collect()
}

fn contradiction(item: usize, decision: Decision, text: &Text) -> Option<Found> {
    let (span, says) = conclusion(text).or_else(|| last_word(text))?;
    if says == decision {
        return None;
    }
    let message = format!(
        "The decision is {}; the rationale concludes: {}.",
        decision.both(),
        says.meaning()
    );
    Some(Found::at(Place::Rationale(item), span, message))
}

/// L51: reasons without a conclusion.
pub(super) fn without_conclusion(desk: &Desk) -> Vec<Found> {
    let items = desk
        .items()
        .filter(|it| !it.rationale.raw.trim().is_empty());
    let missing = items.filter(|it| conclusion(it.rationale).is_none());
    let found = missing.map(|it| {
        let end = it.rationale.sentences().last().cloned().unwrap_or(0..0);
        let message = "The rationale does not end with a conclusion.".to_owned();
        Found::at(Place::Rationale(it.item), end, message)
    });
    found.collect()
}
