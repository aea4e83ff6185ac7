//! Physical lines, and what stands between them.
//!
//! One letter comes in many looks: laid out, in reading order, double-spaced, with form feeds
//! anywhere. Here they all become lines that know whether a paragraph or a page ended above them.

use crate::model::text;

/// What lies between a line and the one above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// The text runs on.
    None,
    /// A paragraph ended.
    Paragraph,
    /// A page ended; whether a paragraph ended with it cannot be seen.
    Page,
}

/// One line with something on it, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Clean text.
    pub text: String,
    /// What stands above.
    pub above: Gap,
}

/// Cleans the text of a whole letter and cuts it into lines.
pub fn split(raw: &str) -> Vec<Line> {
    let physical = physical(raw);
    let spacing = Spacing::of(&physical);
    let mut lines: Vec<Line> = Vec::new();
    let mut blanks: Vec<&Physical> = Vec::new();
    for line in &physical {
        if line.text.trim().is_empty() {
            blanks.push(line);
            continue;
        }
        let has_page = line.opens_page || blanks.iter().any(|b| b.opens_page);
        let above = match (has_page && !lines.is_empty(), spacing.is_break(&blanks)) {
            (true, _) => Gap::Page,
            (false, true) => Gap::Paragraph,
            (false, false) => Gap::None,
        };
        lines.push(Line {
            text: text::fold(&line.text),
            above,
        });
        blanks.clear();
    }
    lines
}

struct Physical {
    text: String,
    opens_page: bool,
}

fn physical(raw: &str) -> Vec<Physical> {
    let mut lines = Vec::new();
    for (page, content) in raw.split('\u{0C}').enumerate() {
        for (row, line) in text::clean(content).split('\n').enumerate() {
            lines.push(Physical {
                text: line.to_owned(),
                opens_page: page > 0 && row == 0,
            });
        }
    }
    lines
}

/// What an empty line means in this letter.
enum Spacing {
    /// An end of paragraph.
    Single,
    /// Nothing: every line is followed by one. A line of one blank ends a paragraph.
    DoubleWithBlanks,
    /// Nothing, unless there are three or more.
    Double,
}

impl Spacing {
    /// Double spacing is known by text that runs on in lower case across an empty line.
    fn of(lines: &[Physical]) -> Self {
        let mut pairs = 0;
        let mut tight = 0;
        let mut runs_on = 0;
        let mut wide = 0;
        let mut blanks = 0;
        let mut seen_text = false;
        for line in lines {
            if line.text.trim().is_empty() {
                blanks += 1;
                continue;
            }
            if seen_text {
                pairs += 1;
                tight += usize::from(blanks == 0);
                let is_lower = line.text.trim_start().starts_with(char::is_lowercase);
                runs_on += usize::from(blanks == 1 && is_lower);
                wide += usize::from(blanks > 1);
            }
            seen_text = true;
            blanks = 0;
        }
        let is_double = pairs > 2 && tight * 10 <= pairs && runs_on * 8 >= pairs && wide > 0;
        let blank_lines = lines
            .iter()
            .filter(|l| !l.text.is_empty() && l.text.trim().is_empty())
            .count();
        match (is_double, blank_lines > 1) {
            (false, _) => Self::Single,
            (true, true) => Self::DoubleWithBlanks,
            (true, false) => Self::Double,
        }
    }

    fn is_break(&self, blanks: &[&Physical]) -> bool {
        match self {
            Self::Single => !blanks.is_empty(),
            Self::DoubleWithBlanks => blanks.iter().any(|b| !b.text.is_empty()),
            Self::Double => blanks.len() >= 3,
        }
    }
}

/// The lines as running text: paragraphs separated by one empty line, no other line ends.
pub fn paragraphs(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        let is_break = line.above == Gap::Paragraph && !out.is_empty();
        if is_break {
            out.push_str("\n\n");
            out.push_str(&line.text);
        } else {
            append(&mut out, &line.text);
        }
    }
    out
}

/// The lines as one paragraph.
pub fn one_line(lines: &[Line]) -> String {
    let mut out = String::new();
    lines.iter().for_each(|line| append(&mut out, &line.text));
    out
}

fn append(out: &mut String, text: &str) {
    if !out.is_empty() && !runs_on(out, text) {
        out.push(' ');
    }
    out.push_str(text);
}

/// Did the line end inside a hyphenated word? `pre-` and `- and` keep their blank.
fn runs_on(before: &str, after: &str) -> bool {
    let Some(word) = before.strip_suffix('-') else {
        return false;
    };
    let is_end = |c: char| !c.is_alphanumeric() && c != '-';
    let first = after.split(is_end).next().unwrap_or_default();
    word.ends_with(char::is_alphanumeric)
        && after.starts_with(char::is_alphanumeric)
        && !matches!(first, "and" | "or" | "to")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(raw: &str) -> Vec<(Gap, String)> {
        split(raw).into_iter().map(|l| (l.above, l.text)).collect()
    }

    #[test]
    fn form_feeds_and_empty_lines() {
        let found = texts("a\r\nb \n \nc\n\n\u{c}\n\nd");
        assert_eq!(
            found,
            [
                (Gap::None, "a".to_owned()),
                (Gap::None, "b".to_owned()),
                (Gap::Paragraph, "c".to_owned()),
                (Gap::Page, "d".to_owned()),
            ]
        );
    }

    #[test]
    fn double_spacing_is_seen_through() {
        let tight = "One sentence that\nruns over two\nlines and more.\n\nAnother that\nruns on.";
        for loose in [
            tight
                .replace("\n\n", "\n \n")
                .replace('\n', " \n\n")
                .replace(" \n\n \n\n", "\n\n \n\n"),
            tight
                .replace("\n\n", "\n\u{1}\n")
                .replace('\n', "\n\n")
                .replace('\u{1}', ""),
        ] {
            assert_eq!(
                paragraphs(&split(&loose)),
                paragraphs(&split(tight)),
                "{loose:?}"
            );
        }
    }

    #[test]
    fn hyphens_at_line_ends() {
        let joined = |raw: &str| one_line(&split(raw));
        assert_eq!(joined("evidence-\nbased"), "evidence-based");
        assert_eq!(joined("Low Back -\nLumbar"), "Low Back - Lumbar");
        assert_eq!(
            joined("pre-\nand post-operative"),
            "pre- and post-operative"
        );
    }

    proptest! {
        #[test]
        fn no_word_is_lost(s in "([a-z]{1,6}[ \n\u{c}]{1,3}){0,40}") {
            let words = |t: &str| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&paragraphs(&split(&s))), words(&s));
        }

        #[test]
        fn never_panics(s in "\\PC{0,60}|[ \n\r\u{c}a.-]{0,60}") { let _ = split(&s); }
    }
}
