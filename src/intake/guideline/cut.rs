//! Sections -> passages: cut at headings and paragraphs, a long paragraph at sentences, a long
//! sentence at words, never within one.

use crate::model::{Passage, sentences};

/// Shortest passage, in characters, where there is more to put beside it.
const SHORTEST: usize = 120;
/// A passage is full from here on.
const FULL: usize = 900;
/// Longest passage.
const LONGEST: usize = 1_800;

/// A paragraph, and where it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Paragraph {
    /// On one line, clean.
    pub text: String,
    /// Page of the file, from 1.
    pub page: Option<u32>,
    /// Page as printed.
    pub label: Option<String>,
}

/// What stands under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Section {
    /// The headings, outermost first.
    pub heading: Vec<String>,
    /// In order.
    pub paragraphs: Vec<Paragraph>,
}

/// The passages of sections, in order. A section too short to stand alone is put to the one
/// before it, with its heading in the text.
pub(super) fn passages(sections: &[Section]) -> Vec<Passage> {
    let mut all: Vec<Passage> = Vec::new();
    for section in sections.iter().filter(|s| !s.paragraphs.is_empty()) {
        let mut made = of_section(section);
        let is_short = matches!(made.as_slice(), [one] if chars(&one.text) < SHORTEST);
        if let (true, Some(last), Some(one)) = (is_short, all.last_mut(), made.first())
            && is_beside(&last.heading, &section.heading)
            && let Some(joined) = joined(&last.text, section.heading.last(), &one.text)
        {
            last.text = joined;
            continue;
        }
        all.append(&mut made);
    }
    all
}

/// Are two sections parts of one, or one a part of the other?
fn is_beside(before: &[String], heading: &[String]) -> bool {
    let above = heading.len().saturating_sub(1);
    above > 0 && before.get(..above) == heading.get(..above)
}

fn joined(before: &str, heading: Option<&String>, text: &str) -> Option<String> {
    let heading = heading.map(|h| format!(" {h}:")).unwrap_or_default();
    let joined = format!("{before}{heading} {text}");
    (chars(&joined) <= LONGEST).then_some(joined)
}

fn of_section(section: &Section) -> Vec<Passage> {
    let mut made: Vec<Passage> = Vec::new();
    for paragraph in &section.paragraphs {
        for piece in pieces(&paragraph.text) {
            let last = made.last_mut().filter(|last| fits(&last.text, &piece));
            match last {
                Some(last) => last.text = format!("{} {piece}", last.text),
                None => made.push(Passage {
                    heading: section.heading.clone(),
                    page: paragraph.page,
                    page_label: paragraph.label.clone(),
                    text: piece,
                    ..Passage::default()
                }),
            }
        }
    }
    made
}

/// May a paragraph be put to the one before it?
fn fits(before: &str, piece: &str) -> bool {
    let (before, piece) = (chars(before), chars(piece));
    let together = before + 1 + piece;
    together <= FULL || (before < SHORTEST || piece < SHORTEST) && together <= LONGEST
}

/// A paragraph on one line in pieces, none longer than a passage may be; none for no text.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let line = crate::model::text::fold(text);
    if chars(&line) <= LONGEST {
        return Some(line).filter(|l| !l.is_empty()).into_iter().collect();
    }
    let mut pieces: Vec<String> = Vec::new();
    let ranges = sentences::ranges(&line);
    for sentence in ranges.into_iter().filter_map(|range| line.get(range)) {
        for part in words_up_to(sentence, FULL) {
            match pieces
                .last_mut()
                .filter(|last| chars(last) + 1 + chars(&part) <= FULL)
            {
                Some(last) => *last = format!("{last} {part}"),
                None => pieces.push(part),
            }
        }
    }
    join_short_end(pieces)
}

/// The end of a long paragraph does not stand alone if it is short.
fn join_short_end(mut pieces: Vec<String>) -> Vec<String> {
    if pieces.len() > 1
        && let Some(end) = pieces.pop_if(|end| chars(end) < SHORTEST)
        && let Some(last) = pieces.last_mut()
    {
        *last = format!("{last} {end}");
    }
    pieces
}

/// Cut at words; only a word longer than a whole passage is cut itself.
fn words_up_to(text: &str, most: usize) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match parts
            .last_mut()
            .filter(|last| chars(last) + 1 + chars(word) <= most)
        {
            Some(last) => *last = format!("{last} {word}"),
            None => parts.extend(letters_up_to(word, LONGEST)),
        }
    }
    parts
}

fn letters_up_to(word: &str, most: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters
        .chunks(most)
        .map(|chunk| chunk.iter().collect())
        .collect()
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn section(heading: &[&str], paragraphs: &[&str]) -> Section {
        let paragraph = |text: &&str| Paragraph {
            text: (*text).to_owned(),
            page: Some(3),
            label: None,
        };
        Section {
            heading: heading.iter().map(|h| (*h).to_owned()).collect(),
            paragraphs: paragraphs.iter().map(paragraph).collect(),
        }
    }

    #[test]
    fn short_paragraphs_are_put_together_and_headings_part() {
        let long = "word ".repeat(100);
        let made = passages(&[
            section(&["A"], &["one.", "two."]),
            section(&["B"], &[&long, &long]),
            section(&["B", "C"], &["short."]),
        ]);
        let texts: Vec<usize> = made.iter().map(|p| chars(&p.text)).collect();
        assert_eq!(made[0].text, "one. two.");
        assert_eq!(texts.len(), 3);
        assert!(made[2].text.ends_with("C: short."), "{}", made[2].text);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// No word is lost or cut, no piece is too long.
        #[test]
        fn every_word_is_kept(words in prop::collection::vec("[a-zé]{1,14}[.]?", 0..900)) {
            let text = words.join(" ");
            let made = passages(&[section(&["A"], &[&text])]);
            let back: Vec<&str> = made.iter().flat_map(|p| p.text.split(' ')).collect();
            prop_assert_eq!(back, words.iter().map(String::as_str).collect::<Vec<_>>());
            for passage in &made {
                prop_assert!(chars(&passage.text) <= LONGEST);
                prop_assert!(made.len() == 1 || chars(&passage.text) >= SHORTEST, "{}", passage.text);
            }
        }
    }
}
