//! A text as words with their places. Numbers, codes, names and what is quoted are not words to be
//! checked: they are as their writer gave them.

use std::ops::Range;

/// A word to be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    /// As written.
    pub text: &'t str,
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Does a sentence begin with it?
    pub is_first: bool,
}

/// Longest quotation, bytes: a mark that is never closed quotes nothing.
const QUOTED: usize = 800;

/// Titles after which a name follows.
const TITLES: [&str; 8] = ["Dr", "Drs", "Mr", "Mrs", "Ms", "Prof", "Doctor", "Judge"];

/// A run without blanks, and where it begins.
struct Run<'t> {
    text: &'t str,
    start: usize,
}

fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |run| Run {
        text: run,
        start: run.as_ptr() as usize - base,
    })
}

/// Quoted passages: between straight or curved double quotes of one paragraph.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('\n', _) => open = None,
            ('"' | '\u{201d}', Some(start)) => {
                if at - start <= QUOTED {
                    out.push(start..at);
                }
                open = None;
            }
            ('"' | '\u{201c}', None) => open = Some(at),
            _ => {}
        }
    }
    out
}

/// Is the run an address, a code or a number rather than words?
fn is_code(run: &str) -> bool {
    let core = run.trim_matches(|c: char| !c.is_alphanumeric());
    let has = |what: fn(char) -> bool| core.chars().any(what);
    let is_address = core.contains("://") || core.contains('@') || core.starts_with("www.");
    // Full stops within: M.D., e.g., odg.com.
    let is_dotted = core.contains('.') || core.contains('_') || core.contains('\\');
    is_address || is_dotted || has(|c| c.is_ascii_digit())
}

/// Parts of a run that are letters, apostrophes among them.
fn parts<'t>(run: &Run<'t>) -> Vec<(&'t str, usize)> {
    let is_joint = |c: char| !(c.is_alphabetic() || c == '\'' || c == '\u{2019}');
    let base = run.text.as_ptr() as usize;
    let of_words = run.text.split(is_joint).map(|part| {
        let bare = part.trim_matches(['\'', '\u{2019}']);
        (bare, run.start + (bare.as_ptr() as usize - base))
    });
    of_words.filter(|(part, _)| !part.is_empty()).collect()
}

/// The words of a text that are worth a look in the dictionary, in their order.
pub fn words<'t>(text: &'t str) -> Vec<Word<'t>> {
    let quoted = quotations(text);
    let is_quoted = |at: usize| quoted.iter().any(|q| q.contains(&at));
    let mut out = Vec::new();
    let mut is_first = true;
    let mut is_named = false;
    for run in runs(text) {
        let starts_line = text
            .get(..run.start)
            .is_none_or(|before| before.ends_with('\n'));
        let is_start = is_first || starts_line;
        let parts = parts(&run);
        if !is_code(run.text) && !is_named && !is_quoted(run.start) {
            let word = |(n, (text, start)): (usize, &(&'t str, usize))| Word {
                text,
                range: *start..*start + text.len(),
                is_first: is_start && n == 0,
            };
            // What is joined to an abbreviation of letters is part of its name: PR-two, S1-joint.
            out.extend(
                parts
                    .iter()
                    .enumerate()
                    .map(word)
                    .filter(|w| is_word(w.text)),
            );
        }
        is_named = parts.last().is_some_and(|(last, _)| TITLES.contains(last));
        let end = run.text.trim_end_matches(['"', '\u{201d}', ')', '\'']);
        is_first = !is_named && end.ends_with(['.', '!', '?', ':', ';']);
    }
    out
}

/// Two letters and more, of which not several are capitals: those are an abbreviation or a brand.
fn is_word(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().skip(1).filter(|c| c.is_uppercase()).count();
    letters > 2 && capitals == 0
}

/// Number of words: runs of characters between white space.
pub fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|w| w.text).collect()
    }

    #[test]
    fn numbers_codes_names_and_quotations_are_left_out() {
        assert_eq!(
            found("At C4-5 the M.D. gave 10mg (see odg.com or a@b.org) twice."),
            ["the", "gave", "see", "twice"]
        );
        assert_eq!(
            found("Dr. Xyzzy wrote \"teh pian\" of the patient's pain."),
            ["wrote", "the", "patient's", "pain"]
        );
        assert_eq!(
            found("An unclosed \" quotes nothing"),
            ["unclosed", "quotes", "nothing"]
        );
        assert_eq!(found("MRI and QuickDASH"), ["and"]);
        assert_eq!(
            found("non-steroidal and/or café"),
            ["non", "steroidal", "and", "café"]
        );
    }

    #[test]
    fn places_are_bytes_of_the_text() {
        let text = "Über-mäßig ‘rot’ word";
        for word in words(text) {
            assert_eq!(&text[word.range.clone()], word.text);
        }
    }

    #[test]
    fn sentences_begin_after_an_end_and_on_a_new_line() {
        let first = |text| -> Vec<String> {
            let own = words(text).into_iter().filter(|w| w.is_first);
            own.map(|w| w.text.to_owned()).collect()
        };
        assert_eq!(
            first("The pain. Dr. Nobody Came back.\nThen went"),
            ["The", "Then"]
        );
    }
}
