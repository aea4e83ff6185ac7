//! Text from outside is data: what may reach a screen, a letter or the store.
//!
//! Controls, escape sequences and bidirectional overrides are made *visible* here, once, at the
//! boundary (`intake` for files, `app` for typed and pasted text), so that what is shown equals
//! what is signed. Everything behind the boundary may then rely on [`is_clean`].

use unicode_segmentation::UnicodeSegmentation;

/// How many marks may stack on one base letter before the rest is dropped (reliability I-12).
const MARKS_PER_CLUSTER: usize = 8;

/// Is this character harmless on a terminal and honest to the eye?
///
/// Newline is; other controls, bidi overrides and isolates, zero-width and tag characters are not.
pub fn is_clean_char(c: char) -> bool {
    match c {
        '\n' => true,
        c if c.is_control() => false,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' => false,
        '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => false,
        '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' => false,
        '\u{E0000}'..='\u{E0FFF}' => false,
        _ => true,
    }
}

/// Would [`clean`] leave this text as it is?
pub fn is_clean(text: &str) -> bool {
    text.chars().all(is_clean_char) && clusters_fit(text)
}

fn clusters_fit(text: &str) -> bool {
    let fits = |g: &str| g.chars().count() <= MARKS_PER_CLUSTER + 1;
    // No cluster reaches over a line end, and plain lines need no look at clusters.
    let mut lines = text.split('\n');
    lines.all(|line| line.is_ascii() || line.graphemes(true).all(fits))
}

/// Makes text from outside fit to show, store and sign.
///
/// Line ends become `\n`, tabs one blank, form feeds a line end; other harmful characters become
/// visible tokens such as `<U+202E>`; at most eight marks stay on one base letter.
pub fn clean(text: &str) -> String {
    if is_clean(text) {
        return text.to_owned();
    }
    let unified = text.replace("\r\n", "\n");
    let mut out = String::with_capacity(unified.len());
    for line in unified.split_inclusive('\n') {
        if line.is_ascii() {
            line.chars().for_each(|c| push_clean(&mut out, c));
            continue;
        }
        for cluster in line.graphemes(true) {
            let kept = cluster.chars().take(MARKS_PER_CLUSTER + 1);
            kept.for_each(|c| push_clean(&mut out, c));
        }
    }
    if clusters_fit(&out) { out } else { clean(&out) }
}

fn push_clean(out: &mut String, c: char) {
    match c {
        '\t' => out.push(' '),
        '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
        '\u{AD}' | '\u{FE00}'..='\u{FE0F}' => {}
        c if is_clean_char(c) => out.push(c),
        c => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
    }
}

/// [`clean`], on one line: line ends become blanks and runs of white space one blank.
pub fn clean_line(text: &str) -> String {
    fold(&clean(text))
}

/// Runs of white space become one blank; none at the ends.
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes_become_visible() {
        assert_eq!(clean("a\u{1b}[2Jb"), "a<U+001B>[2Jb");
        assert_eq!(clean("x\u{202e}y"), "x<U+202E>y");
        assert_eq!(clean("a\r\nb\rc\td"), "a\nb\nc d");
    }

    #[test]
    fn stacked_marks_are_capped() {
        let tower = format!("e{}", "\u{301}".repeat(2000));
        assert!(clean(&tower).chars().count() <= 9);
    }

    proptest! {
        #[test]
        fn cleaning_is_clean_and_settled(s in "\\PC*|[\\x00-\\x9f\u{200b}-\u{202f}a-z]{0,60}") {
            let once = clean(&s);
            prop_assert!(is_clean(&once), "{once:?}");
            prop_assert_eq!(clean(&once), once);
        }
    }
}
