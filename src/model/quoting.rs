//! Words that would begin an item or a section of a letter, quoted where prose holds them: how
//! `letter` prints them and `intake` reads them back.
//!
//! Only the words that *begin* something matter, since everything after them is known by its
//! place. A phrase that follows white space, or begins a paragraph,
//! could come to stand at the start of a line, whatever the width; one that follows a letter, a
//! bracket or an opening quotation mark never can, and is left alone.
//!
//! [`quote`] puts one pair of marks around such a phrase, and a further pair around one that has
//! marks on both sides already; [`unquote`] takes one pair from every phrase that has marks on
//! both sides. So `unquote(quote(x)) == x` for every text (proved by a property test).

use std::ops::Range;

/// What begins an item, and what ends its guideline blocks; their case does not matter.
const LABELS: [&str; 2] = ["Claims Administrator guideline:", "Decision rationale:"];
/// What begins a section. Only capitals do: `the documents reviewed` is plain prose.
const SECTIONS: [&str; 4] = [
    "HOW THE IMR FINAL DETERMINATION WAS MADE",
    "CLINICAL CASE SUMMARY",
    "DOCUMENTS REVIEWED",
    "IMR ISSUES, DECISIONS AND RATIONALES",
];

/// How the print of a determination that is not signed begins; no reader takes it for a letter.
pub const DRAFT_MARK: &str = "DRAFT - NOT SIGNED";

/// What a letter with such marks says of them, in its first section: the sign for a reader to
/// call [`unquote`] on requests, guideline blocks, summary and rationales.
pub const NOTE: &str = "Words of the case file or of the reviewer that read like a heading of \
                        this letter stand in quotation marks.";

/// Puts quotation marks around the phrases that could be taken for a heading.
pub fn quote(text: &str) -> String {
    rewrite(text, |before, after| {
        let bare = !before.ends_with('"');
        let at_risk = bare && before.chars().next_back().is_none_or(char::is_whitespace);
        let quoted = !bare && after.starts_with('"');
        if at_risk || quoted {
            Marks::Add
        } else {
            Marks::Keep
        }
    })
}

/// Undoes [`quote`].
pub fn unquote(text: &str) -> String {
    rewrite(text, |before, after| {
        if before.ends_with('"') && after.starts_with('"') {
            Marks::Remove
        } else {
            Marks::Keep
        }
    })
}

enum Marks {
    Keep,
    Add,
    Remove,
}

/// Copies `text` and changes the marks around every phrase; `decide` sees the text before and
/// after the phrase as it was.
fn rewrite(text: &str, decide: impl Fn(&str, &str) -> Marks) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut at = 0;
    let mut from = 0;
    while let Some(phrase) = next_phrase(text, from) {
        let before = text.get(..phrase.start).unwrap_or_default();
        let after = text.get(phrase.end..).unwrap_or_default();
        out.push_str(text.get(at..phrase.start).unwrap_or_default());
        let words = text.get(phrase.clone()).unwrap_or_default();
        at = phrase.end;
        match decide(before, after) {
            Marks::Keep => out.push_str(words),
            Marks::Add => out.push_str(&format!("\"{words}\"")),
            Marks::Remove => {
                out.pop();
                out.push_str(words);
                at += 1;
            }
        }
        from = phrase.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The first phrase at byte `from` or later. Phrases with nothing but quotation marks between them
/// count as one, so that no mark belongs to two.
fn next_phrase(text: &str, from: usize) -> Option<Range<usize>> {
    let mut phrase = next_words(text, from)?;
    while let Some(next) = next_words(text, phrase.end) {
        let between = text.get(phrase.end..next.start)?;
        if !between.chars().all(|c| c == '"') {
            break;
        }
        phrase.end = next.end;
    }
    Some(phrase)
}

fn next_words(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let label = rest.char_indices().find_map(|(at, _)| {
        let ends = LABELS.iter().map(|label| (label, at + label.len()));
        let mut found = ends.filter(|(label, end)| {
            let words = rest.get(at..*end);
            words.is_some_and(|words| words.eq_ignore_ascii_case(label))
        });
        found.next().map(|(_, end)| at..end)
    });
    let sections = SECTIONS.iter().filter_map(|heading| {
        let at = rest.find(heading)?;
        Some(at..at + heading.len())
    });
    sections
        .chain(label)
        .min_by_key(|phrase| phrase.start)
        .map(|phrase| phrase.start + from..phrase.end + from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_could_begin_an_item_or_section_is_quoted() {
        for (plain, printed) in [
            (
                "See Claims Administrator guideline: none",
                "See \"Claims Administrator guideline:\" none",
            ),
            ("CLINICAL CASE SUMMARY", "\"CLINICAL CASE SUMMARY\""),
            (
                "a \"Claims Administrator guideline: zero\" b",
                "a \"Claims Administrator guideline: zero\" b",
            ),
            ("\"DOCUMENTS REVIEWED\"", "\"\"DOCUMENTS REVIEWED\"\""),
            ("the documents reviewed show", "the documents reviewed show"),
            ("Decision rationale: x", "\"Decision rationale:\" x"),
            ("The decision rationale is", "The decision rationale is"),
            ("Foo: Upheld", "Foo: Upheld"),
        ] {
            assert_eq!(quote(plain), printed);
            assert_eq!(unquote(printed), plain);
        }
    }

    fn nasty() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            Just("Claims Administrator guideline:".to_owned()),
            Just("Decision rationale:".to_owned()),
            Just("claims administrator GUIDELINE:".to_owned()),
            Just("DOCUMENTS REVIEWED".to_owned()),
            Just("IMR ISSUES, DECISIONS AND RATIONALES".to_owned()),
            Just("\"".to_owned()),
            Just(" ".to_owned()),
            "[a-zé\u{130}:.]{1,3}",
        ];
        prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn quoting_is_undone(text in nasty()) {
            prop_assert_eq!(unquote(&quote(&text)), text);
        }

        #[test]
        fn nothing_bare_is_left(text in nasty()) {
            let printed = quote(&text);
            let mut from = 0;
            while let Some(phrase) = next_words(&printed, from) {
                let before = printed[..phrase.start].chars().next_back();
                prop_assert!(before.is_some_and(|c| !c.is_whitespace()), "{printed}");
                from = phrase.end;
            }
        }

        #[test]
        fn never_panics(text in "\\PC{0,40}") { let _ = unquote(&quote(&text)); }
    }
}
