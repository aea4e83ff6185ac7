//! Citations as real letters write them (domain 2.3 and 2.7): reading and printing.
//!
//! A guideline block is a run of sentences. Most begin with `Decision based on MTUS` or
//! `Decision based on Non-MTUS Citation`; one MTUS sentence may chain several titles. What is
//! printed reads back as the same citations: [`Citation::parse`] settles the text it is given, so
//! that no words inside a citation can be taken for the beginning of the next one.

use super::citation::{Citation, Rank};
use super::citation_parts::{Parts, understand};
use super::text;
use regex::{Captures, Regex};
use std::sync::LazyLock;

fn shape(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// Where a citation or a statement begins.
static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    shape(concat!(
        r"\b(?:(?P<cited>Decision based on\b)",
        r"|(?P<none>No medical treatment guideline was applicable \(rank)",
        r"|(?P<said>The (?:Claims Administrator|Expert Reviewer) (?:based|did not|found)\b))",
    ))
});

impl Citation {
    /// A citation of the MTUS or of something else, from its text as written; `None` where the
    /// text is empty or says `not applicable`.
    ///
    /// White space is folded and the words `Decision based on`, a leading mark (`MTUS`, `Non-MTUS
    /// Citation`) and closing full stops are taken off; inside the text, words that begin a
    /// citation lose their capital, and a chain `, and TITLE YEAR` its comma.
    pub fn parse(mtus: bool, text: &str) -> Option<Self> {
        let text = settled(mtus, text);
        if text.is_empty() || text.eq_ignore_ascii_case("not applicable") {
            return None;
        }
        let Parts {
            source,
            chapter,
            title,
            section,
            pages,
            year,
        } = understand(mtus, &text);
        Some(Self {
            text,
            source,
            chapter,
            title,
            section,
            pages,
            year,
            mtus,
            rank: mtus.then_some(Rank::A),
        })
    }
}

/// The text of a citation in the form that printing and reading leave alone.
pub(super) fn settled(mtus: bool, raw: &str) -> String {
    let mut text = text::clean_line(raw);
    loop {
        let next = settle_once(mtus, &text);
        if next == text {
            return text;
        }
        text = next;
    }
}

fn settle_once(mtus: bool, text: &str) -> String {
    let bare = without_marks(mtus, text);
    let lower = |found: &Captures| {
        let words = found.get(0).map_or("", |m| m.as_str());
        let (first, rest) = words.split_at_checked(1).unwrap_or((words, ""));
        format!("{}{rest}", first.to_ascii_lowercase())
    };
    let settled = MARK.as_ref().map_or_else(
        || bare.to_owned(),
        |m| m.replace_all(bare, lower).into_owned(),
    );
    if mtus {
        text::fold(&chain(&settled).join(" and "))
    } else {
        settled
    }
}

/// Takes marks off the start, as many as there are, and stops off the end.
fn without_marks(mtus: bool, text: &str) -> &str {
    let mut bare = trimmed(text);
    loop {
        let mut next = bare.strip_prefix("Decision based on").map_or(bare, trimmed);
        let (is_mtus, rest) = mark(next);
        if is_mtus != Some(true) || mtus {
            next = trimmed(rest);
        }
        if next.len() == bare.len() {
            return bare;
        }
        bare = next;
    }
}

fn trimmed(text: &str) -> &str {
    text.trim_start_matches([':', ',', ';', '.', ' '])
        .trim_end_matches(['.', ' '])
}

/// `MTUS` or `Non-MTUS Citation` at the start: which of them, and the text behind it.
fn mark(text: &str) -> (Option<bool>, &str) {
    static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        shape(concat!(
            r"^(?:(?P<non>Non-? ?MTUS (?:Citation|Other Medical Treatment Guideline or Medical Evidence))",
            r"|MTUS)(?:[ :,.]|$)",
        ))
    });
    let Some(found) = SHAPE.as_ref().and_then(|s| s.captures(text)) else {
        return (None, text);
    };
    let end = found.get(0).map_or(0, |m| m.end());
    let rest = text.get(end..).unwrap_or_default();
    (Some(found.name("non").is_none()), rest.trim_start())
}

/// Cuts `A 2004, Section(s): X, Y, and B 2016, Section(s): Z` before `B`. Titles and sections
/// hold commas and `and` themselves, so a cut needs a whole citation before it and a title with
/// its year behind it.
fn chain(text: &str) -> Vec<&str> {
    static WHOLE: LazyLock<Option<Regex>> =
        LazyLock::new(|| shape(r"^[^:]*?\b(?:19|20)\d\d(?:, Section\(s\):|$)"));
    static NEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        shape(concat!(
            r"^(?:Forearm, Wrist,? (?:and|&) Hand [^,.:;]{0,60}|\p{Lu}[^,.:;]{1,80}?)",
            r" (?:19|20)\d\d(?:, Section\(s\):|, and \p{Lu}|$)",
        ))
    });
    const LINK: &str = ", and ";
    let matches = |shape: &LazyLock<Option<Regex>>, text: &str| {
        shape.as_ref().is_some_and(|s| s.is_match(text))
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(LINK) {
        let (Some(before), Some(after)) = (text.get(start..at), text.get(at + LINK.len()..)) else {
            continue;
        };
        if matches(&NEXT, after) && matches(&WHOLE, before) {
            parts.push(before);
            start = at + LINK.len();
        }
    }
    parts.extend(text.get(start..));
    parts
}

/// Reads a guideline block. Sentences that cite nothing (`did not cite any medical evidence`,
/// `outside of the MTUS Guidelines`) give no citation; that no guideline was applicable is one.
pub fn parse_block(block: &str) -> Vec<Citation> {
    let block = text::clean_line(block);
    let starts: Vec<usize> = MARK.as_ref().map_or_else(Vec::new, |mark| {
        mark.find_iter(&block).map(|m| m.start()).collect()
    });
    let lead = block.get(..starts.first().copied().unwrap_or(block.len()));
    let mut citations = unmarked(lead.unwrap_or_default());
    let ends = starts.iter().skip(1).copied().chain([block.len()]);
    for (start, end) in starts.iter().zip(ends) {
        citations.extend(marked(block.get(*start..end).unwrap_or_default()));
    }
    if citations.is_empty() {
        citations.extend(escape_phrase(&block));
    }
    citations
}

/// A piece that begins with one of the marks.
fn marked(piece: &str) -> Vec<Citation> {
    if let Some(rest) = piece.strip_prefix("Decision based on") {
        return cited(rest.trim_start());
    }
    none_applicable(piece).into_iter().collect()
}

fn cited(text: &str) -> Vec<Citation> {
    match mark(trimmed(text)) {
        (Some(true), rest) => chain(trimmed(rest))
            .into_iter()
            .filter_map(|part| Citation::parse(true, part))
            .collect(),
        (_, rest) => Citation::parse(false, rest).into_iter().collect(),
    }
}

/// Our own sentence, see [`print_block`].
fn none_applicable(piece: &str) -> Option<Citation> {
    static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        shape(
            r"^No medical treatment guideline was applicable \(rank ([A-F])[^)]*\)\. Search made: (.+)$",
        )
    });
    let found = SHAPE.as_ref()?.captures(piece)?;
    let letter = found.get(1)?.as_str();
    let rank = Rank::ALL.into_iter().find(|r| format!("{r:?}") == letter)?;
    Citation::none_applicable(rank, found.get(2)?.as_str()).ok()
}

/// Text before the first mark: references that letters and notes write without one.
fn unmarked(lead: &str) -> Vec<Citation> {
    static REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        shape(
            r"(?i)\b(?:ODG|Official Disability|ACOEM|9792\.\d|PMID|Cochrane|Guides|Appropriateness Criteria|(?:treatment|practice) guidelines)\b",
        )
    });
    static OTHERS: LazyLock<Option<Regex>> =
        LazyLock::new(|| shape(r"(?i)\balternative guidelines? (?:was|were) used:?\s*(.+)$"));
    let lead = trimmed(lead);
    if mark(lead).0.is_some() {
        return cited(lead);
    }
    if let Some(found) = OTHERS.as_ref().and_then(|s| s.captures(lead)) {
        return cited(found.get(1).map_or("", |m| m.as_str()));
    }
    let is_reference = REFERENCE.as_ref().is_some_and(|s| s.is_match(lead));
    if is_reference && !lead.contains(" was applicable") && !lead.contains(" were applicable") {
        return cited(lead);
    }
    Vec::new()
}

/// The escapes of 2013-14: no guideline was found; expert opinion, or accepted standards.
fn escape_phrase(block: &str) -> Option<Citation> {
    static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        shape(
            r"(?i)\bno (?:section of the MTUS|medical treatment guidelines?) (?:was|is|were|are) applicable|\bbased on (?:the )?reviewer['\u{2019}]?s clinical experience",
        )
    });
    static OPINION: LazyLock<Option<Regex>> =
        LazyLock::new(|| shape(r"(?i)clinical experience|expert opinion"));
    SHAPE.as_ref()?.find(block)?;
    let is_opinion = OPINION.as_ref()?.is_match(block);
    let rank = if is_opinion { Rank::D } else { Rank::E };
    Citation::none_applicable(rank, block).ok()
}

/// Prints a guideline block: one sentence a citation.
pub fn print_block(citations: &[Citation]) -> String {
    let sentences: Vec<String> = citations.iter().map(sentence).collect();
    sentences.join(" ")
}

fn sentence(citation: &Citation) -> String {
    let text = &citation.text;
    match (citation.is_none_applicable(), citation.mtus) {
        (true, _) => {
            let rank = citation.rank.unwrap_or(Rank::D);
            format!(
                "No medical treatment guideline was applicable (rank {rank:?}, {}). Search made: {text}.",
                rank.meaning()
            )
        }
        (false, true) => format!("Decision based on MTUS {text}."),
        (false, false) => format!("Decision based on Non-MTUS Citation {text}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(block: &str) -> Vec<String> {
        parse_block(block).into_iter().map(|c| c.text).collect()
    }

    #[test]
    fn chains_are_cut_at_titles_only() {
        let block = "Decision based on MTUS Neck and Upper Back Complaints 2004, Section(s): \
            Initial Care, and Forearm, Wrist, and Hand Complaints 2004, Section(s): Heat, and cold, \
            and Chronic Pain Medical Treatment 2016.";
        assert_eq!(
            texts(block),
            [
                "Neck and Upper Back Complaints 2004, Section(s): Initial Care",
                "Forearm, Wrist, and Hand Complaints 2004, Section(s): Heat, and cold",
                "Chronic Pain Medical Treatment 2016",
            ]
        );
        assert_eq!(
            texts("Decision based on MTUS Forearm, Wrist, and Hand Complaints 2004."),
            ["Forearm, Wrist, and Hand Complaints 2004"]
        );
    }

    #[test]
    fn statements_are_no_citations() {
        for block in [
            "The Claims Administrator did not cite any medical evidence for its decision.",
            "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines.",
            "Decision based on Non-MTUS Citation: not applicable",
            "CA MTUS is silent.",
            "",
        ] {
            assert_eq!(parse_block(block), [], "{block}");
        }
        let found = parse_block(
            "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS \
             Guidelines. Decision based on NonMTUS Citation Official Disability Guidelines (ODG), Pain.",
        );
        assert_eq!(found.len(), 1);
        assert!(!found[0].mtus);
    }

    #[test]
    fn none_applicable_has_a_rank() {
        for (block, rank) in [
            (
                "The Expert Reviewer found that no section of the MTUS was applicable and relevant to the issue at dispute.",
                Rank::E,
            ),
            (
                "No Medical Treatment Guidelines were applicable; based on reviewer's clinical experience",
                Rank::D,
            ),
        ] {
            let found = parse_block(block);
            assert_eq!(found.len(), 1, "{block}");
            assert!(found[0].is_none_applicable());
            assert_eq!(found[0].rank, Some(rank));
            assert_eq!(parse_block(&print_block(&found)), found);
        }
    }

    /// Words that could confuse a reader, in any order.
    fn confusing() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            Just("Decision based on ".to_owned()),
            Just("Decision based on MTUS ".to_owned()),
            Just("Non-MTUS Citation ".to_owned()),
            Just("MTUS ".to_owned()),
            Just(", and Knee Complaints 2004, Section(s): ".to_owned()),
            Just("Low Back Complaints 2004".to_owned()),
            Just(", and ".to_owned()),
            Just("Forearm, Wrist, and Hand Complaints 2004".to_owned()),
            Just("The Expert Reviewer did not cite any medical evidence. ".to_owned()),
            Just(
                "No medical treatment guideline was applicable (rank B). Search made: ".to_owned()
            ),
            Just(" Page(s): 179-180.".to_owned()),
            Just("not applicable".to_owned()),
            Just("...".to_owned()),
            Just(" : ".to_owned()),
            "\\PC{0,8}",
            "[ A-Za-z0-9.,:;()/&-]{1,12}",
        ];
        prop::collection::vec(part, 1..8).prop_map(|parts| parts.concat())
    }

    fn any_citation() -> impl Strategy<Value = Option<Citation>> {
        (confusing(), 0_usize..4).prop_map(|(text, kind)| match kind {
            0 => Citation::none_applicable(Rank::D, &text).ok(),
            1 => Citation::none_applicable(Rank::F, &text).ok(),
            kind => Citation::parse(kind == 2, &text),
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn what_is_printed_reads_back(citations in prop::collection::vec(any_citation(), 0..4)) {
            let citations: Vec<Citation> = citations.into_iter().flatten().collect();
            let printed = print_block(&citations);
            prop_assert_eq!(parse_block(&printed), citations, "{}", printed);
        }

        #[test]
        fn reading_settles(block in confusing()) {
            let once = parse_block(&block);
            prop_assert_eq!(parse_block(&print_block(&once)), once);
        }
    }
}
