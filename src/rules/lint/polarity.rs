//! What a rationale concludes: against the decision (L15), or nothing at all (L51).

use super::Found;
use super::desk::{Desk, Text};
use super::facts::pattern;
use crate::model::lint::Place;
use crate::model::{CaseFile, Decision, ItemDraft};
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
        is_firm: firm.is_some() && words.contains("necess"),
    })
}

/// Is there a word of denial in the clause of these words, or in the words themselves?
fn denies(small: &str, words: &Range<usize>) -> bool {
    let Some(denied) = DENIED.as_ref() else {
        return false;
    };
    let inside = small.get(words.clone()).unwrap_or_default();
    let before = small.get(..words.start).unwrap_or_default();
    let clause = before.get(clause_start(before)..).unwrap_or(before);
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
    const VERBS: [&str; 12] = [
        " is ",
        " are ",
        " was ",
        " were ",
        " be ",
        " been ",
        " does ",
        " do ",
        " has ",
        " remains ",
        " appears ",
        " seems ",
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

/// Words that make a verdict a rule, or someone else's: no conclusion of this rationale.
static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"\b(?:unless|insurers?|whether|medically necessary (?:if|when|only))\b")
});

/// How much of a rationale's end is read, in bytes: first a little, which nearly always is enough,
/// then what a conclusion with advice behind it may take. The gate asks within a signature, so a
/// long rationale must not cost more than a short one.
const ENDS: [usize; 2] = [600, 2_400];

/// The end of a rationale, from the beginning of a sentence on, and where it begins.
fn end(raw: &str, length: usize) -> (usize, Text<'_>) {
    let mut start = raw.len().saturating_sub(length);
    while !raw.is_char_boundary(start) {
        start += 1;
    }
    if start > 0 {
        let rest = raw.get(start..).unwrap_or_default();
        start += rest.find(". ").map_or(0, |at| at + 2);
    }
    (start, Text::new(raw.get(start..).unwrap_or_default()))
}

/// The conclusion of a rationale: its last sentence, advice apart, where that is a verdict on the
/// request.
fn conclusion(raw: &str) -> Option<(Range<usize>, Decision)> {
    ENDS.iter().find_map(|length| {
        let (start, text) = end(raw, *length);
        let (span, says) = concluded(&text)?;
        Some((start + span.start..start + span.end, says))
    })
}

fn concluded(text: &Text) -> Option<(Range<usize>, Decision)> {
    for range in text.sentences().iter().rev() {
        let small = text.small.get(range.clone())?;
        let is_rule = RULE.as_ref().is_some_and(|rule| rule.is_match(small));
        match said(small).filter(|said| said.is_firm && !is_rule) {
            Some(said) => return Some((range.clone(), said.decision)),
            None if ADVICE.as_ref().is_some_and(|advice| advice.is_match(small)) => {}
            None => return None,
        }
    }
    None
}

/// The last thing said of necessity near the end, firm or not.
fn last_word(raw: &str) -> Option<(Range<usize>, Decision)> {
    let (start, text) = end(raw, ENDS[1]);
    let mut weak = None;
    for range in text.sentences().iter().rev() {
        let span = start + range.start..start + range.end;
        match text.small.get(range.clone()).and_then(said) {
            Some(said) if said.is_firm => return Some((span, said.decision)),
            Some(said) if weak.is_none() => weak = Some((span, said.decision)),
            _ => {}
        }
    }
    weak
}

/// L15 of every decided item.
pub(super) fn contradicted(desk: &Desk) -> Vec<Found> {
    let drafts = desk.file.draft.items.iter().enumerate();
    let found = drafts.filter_map(|(item, draft)| contradiction(item, draft));
    found.collect()
}

/// Does any conclusion stand against its decision?
pub(super) fn is_any(file: &CaseFile) -> bool {
    let mut drafts = file.draft.items.iter().enumerate();
    drafts.any(|(item, draft)| contradiction(item, draft).is_some())
}

fn contradiction(item: usize, draft: &ItemDraft) -> Option<Found> {
    let decision = draft.decision?;
    let raw = draft.rationale.as_str();
    let (span, says) = conclusion(raw).or_else(|| last_word(raw))?;
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
    let missing = items.filter(|it| conclusion(it.rationale.raw).is_none());
    let found = missing.map(|it| {
        let end = it.rationale.sentences().last().cloned().unwrap_or(0..0);
        let message = "The rationale does not end with a conclusion.".to_owned();
        Found::at(Place::Rationale(it.item), end, message)
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Decision::{Overturned, Upheld};

    fn concludes(text: &str) -> Option<Decision> {
        conclusion(text).map(|(_, says)| says)
    }

    #[test]
    fn conclusions_of_reviewers() {
        let told = [
            (Upheld, "Therefore, the request is not medically necessary."),
            (
                Upheld,
                "The request is determined to not be medically necessary.",
            ),
            (Upheld, "The request for it is not-medically necessary."),
            (
                Upheld,
                "An MRI of the elbow is not a medical necessity at this time.",
            ),
            (
                Upheld,
                "It is not considered medically necessary or appropriate.",
            ),
            (Upheld, "The request cannot be deemed medically necessary."),
            (Upheld, "The request isn't medically necessary."),
            (Upheld, "The request is medically unnecessary."),
            (
                Upheld,
                "Without further indication, the request is not medically necessary.",
            ),
            (
                Overturned,
                "The request for MRI without contrast is medically necessary.",
            ),
            (
                Overturned,
                "Without contraindication, the request is medically necessary.",
            ),
            (
                Overturned,
                "There are no red flags, and the request is medically necessary.",
            ),
            (
                Overturned,
                "UR did not weigh it; the request is medically necessary.",
            ),
            (
                Overturned,
                "As the test was not done, this request is medically necessary in the care of this patient.",
            ),
        ];
        for (says, text) in told {
            assert_eq!(concludes(text), Some(says), "{text}");
            let with_reasons = format!("It was not tried. The MTUS recommends it. {text}");
            assert_eq!(concludes(&with_reasons), Some(says), "{text}");
        }
    }

    #[test]
    fn what_is_no_conclusion() {
        for text in [
            "The request is not medically necessary. The patient had no therapy.",
            "Medical necessity has not been established.",
            "Other insurers hold that it is not medically necessary unless surgery is planned.",
            "The records show no red flags.",
            "",
        ] {
            assert_eq!(concludes(text), None, "{text}");
        }
    }

    #[test]
    fn advice_may_follow_and_a_long_text_may_go_before() {
        let advice =
            "The request is not medically necessary. The patient is advised to taper slowly.";
        assert_eq!(concludes(advice), Some(Upheld));
        let long = format!(
            "{}{advice}",
            "A sentence without end or weight, \u{e9}. ".repeat(200)
        );
        assert_eq!(concludes(&long), Some(Upheld));
        let (span, _) = conclusion(&long).unwrap();
        assert_eq!(&long[span], "The request is not medically necessary.");
    }
}
