//! Where sentences begin and end in clinical prose: `Dr.`, `C4-5`, `10/325 mg`, `No. 3` and
//! initials do not end one.

use std::ops::Range;

/// Words whose full stop ends no sentence.
const ABBREVIATED: [&str; 22] = [
    "dr", "mr", "mrs", "ms", "prof", "st", "vs", "e.g", "i.e", "cf", "approx", "fig", "jr", "sr",
    "inc", "pg", "pp", "vol", "ed", "dept", "ref", "et al",
];
/// Words whose full stop ends no sentence before a figure: `No. 3`, `Oct. 8`.
const BEFORE_FIGURES: [&str; 15] = [
    "no", "nos", "p", "ch", "sec", "jan", "feb", "mar", "apr", "aug", "sep", "sept", "oct", "nov",
    "dec",
];

/// The sentences of `text`, as byte ranges without the white space around them, in order.
///
/// An empty line always ends a sentence.
pub fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        let end = match c {
            '.' | '?' | '!' => end_behind(text, at, after),
            '\n' => text
                .get(after..)
                .filter(|r| r.starts_with('\n'))
                .map(|_| at),
            _ => None,
        };
        if let Some(end) = end.filter(|end| *end > start) {
            push(&mut ranges, text, start..end);
            start = end;
        }
    }
    push(&mut ranges, text, start..text.len());
    ranges
}

/// The sentences themselves.
pub fn split(text: &str) -> Vec<&str> {
    let ranges = ranges(text).into_iter();
    ranges.filter_map(|range| text.get(range)).collect()
}

fn push(ranges: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    if end > start {
        ranges.push(start..end);
    }
}

/// The end of the sentence whose stop stands at `stop..after`, closing quotes included.
fn end_behind(text: &str, stop: usize, after: usize) -> Option<usize> {
    let before = text.get(..stop)?;
    let rest = text.get(after..)?;
    let closing = ['"', '\'', ')', ']', '\u{201D}', '\u{2019}'];
    let tail = rest.trim_start_matches(closing);
    let end = after + rest.len() - tail.len();
    let next = tail.trim_start();
    let is_spaced = next.len() < tail.len() || tail.is_empty();
    let opening = ['"', '\'', '(', '[', '\u{201C}', '\u{2018}'];
    let first = next.trim_start_matches(opening).chars().next();
    let ends = match first {
        None => true,
        Some(c) if is_spaced => {
            (c.is_uppercase() || c.is_ascii_digit()) && !is_abbreviation(before, c)
        }
        Some(_) => is_glued(before, tail),
    };
    ends.then_some(end)
}

fn is_abbreviation(before: &str, next: char) -> bool {
    let from = before.rfind([' ', '\n', '(', '"']).map_or(0, |at| at + 1);
    let word = before.get(from..).unwrap_or_default();
    let lower = word.to_lowercase();
    // `38.9 C. MRI`: a unit, no initial.
    let rest = before.get(..from).unwrap_or_default().trim_end();
    let is_unit = rest.ends_with(|c: char| c.is_ascii_digit());
    let is_initial = !is_unit && word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    let is_figure = next.is_ascii_digit() || next == '#';
    ABBREVIATED.contains(&lower.as_str())
        || (is_figure && BEFORE_FIGURES.contains(&lower.as_str()))
        || (is_initial && next.is_uppercase())
        || before.ends_with("et al")
}

/// `work.The patient`: a blank was forgotten.
fn is_glued(before: &str, tail: &str) -> bool {
    let mut next = tail.chars();
    let is_word = next.next().is_some_and(char::is_uppercase)
        && next.next().is_some_and(|c| c.is_lowercase() || c == ' ');
    let run = before
        .chars()
        .rev()
        .take_while(|c| c.is_lowercase())
        .count();
    let last = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let is_measure = last.starts_with(|c: char| c.is_ascii_digit());
    is_word && (run >= 4 || is_measure || before.ends_with(')')) && !before.ends_with("www")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stops_that_end_nothing() {
        let text = "Dr. J. Smith saw C4-5. Norco 10/325 mg, No. 3, on 1/4/14. He rated it 5.5 vs. \
                    6. \"It hurts.\" See Oct. 8 note (p. 3). Done.Then more.\n\nNew paragraph";
        assert_eq!(
            split(text),
            [
                "Dr. J. Smith saw C4-5.",
                "Norco 10/325 mg, No. 3, on 1/4/14.",
                "He rated it 5.5 vs. 6.",
                "\"It hurts.\"",
                "See Oct. 8 note (p. 3).",
                "Done.Then more.",
                "New paragraph",
            ]
        );
        assert_eq!(split("He stopped.She went."), ["He stopped.", "She went."]);
        assert_eq!(split("MRI (knee).The UR"), ["MRI (knee).", "The UR"]);
        assert_eq!(split("38.9 C. MRI"), ["38.9 C.", "MRI"]);
        assert_eq!(split("Soma 5mg.The plan"), ["Soma 5mg.", "The plan"]);
        assert_eq!(
            split("since 11-8-16.On 2/3/17"),
            ["since 11-8-16.", "On 2/3/17"]
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "([A-Za-z0-9.?!\"() \n-]{0,80})|\\PC{0,40}") {
            let bare = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&split(&text).concat()), bare(&text));
        }
    }
}
