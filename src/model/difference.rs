//! Two texts word by word: what was removed, what was added, what stayed.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Beyond so many words in either text the whole is said to have changed: to compare longer ones
/// would take noticeable time, and no rationale is as long.
const LONGEST: usize = 20_000;

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Stands in both.
    Kept,
    /// Stands in the older one alone.
    Removed,
    /// Stands in the newer one alone.
    Added,
}

/// A run of words of one fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub fate: Fate,
    /// Its words, with the white space behind them.
    pub text: String,
}

impl Piece {
    /// As it reads where there is no colour: `[-removed-]`, `{+added+}`.
    pub fn marked(&self) -> String {
        let words = self.text.trim_end();
        let gap = self.text.get(words.len()..).unwrap_or_default();
        match self.fate {
            Fate::Kept => self.text.clone(),
            Fate::Removed => format!("[-{words}-]{gap}"),
            Fate::Added => format!("{{+{words}+}}{gap}"),
        }
    }
}

/// From the older to the newer text. The kept and the removed pieces together are the older text,
/// the kept and the added ones the newer.
pub fn words(older: &str, newer: &str) -> Vec<Piece> {
    let (old, new) = (pieces(older), pieces(newer));
    let mut out = Vec::new();
    if old.len().max(new.len()) > LONGEST {
        push(&mut out, Fate::Removed, &old);
        push(&mut out, Fate::Added, &new);
        return out;
    }
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let before = old.get(op.old_range()).unwrap_or_default();
        let after = new.get(op.new_range()).unwrap_or_default();
        match op {
            DiffOp::Equal { .. } => push(&mut out, Fate::Kept, before),
            _ => {
                push(&mut out, Fate::Removed, before);
                push(&mut out, Fate::Added, after);
            }
        }
    }
    out
}

fn push(out: &mut Vec<Piece>, fate: Fate, words: &[&str]) {
    let text = words.concat();
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.fate == fate => last.text.push_str(&text),
        _ => out.push(Piece { fate, text }),
    }
}

/// Words, each with the white space behind it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut was_blank = false;
    for (at, c) in text.char_indices() {
        if was_blank && !c.is_whitespace() {
            pieces.extend(text.get(start..at));
            start = at;
        }
        was_blank = c.is_whitespace();
    }
    pieces.extend(text.get(start..).filter(|last| !last.is_empty()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(older: &str, newer: &str) -> String {
        words(older, newer).iter().map(Piece::marked).collect()
    }

    #[test]
    fn words_are_compared_whole() {
        assert_eq!(
            marked("The left knee hurts.", "The right knee hurts a lot."),
            "The [-left-] {+right+} knee [-hurts.-]{+hurts a lot.+}"
        );
        assert_eq!(marked("", "New."), "{+New.+}");
        assert_eq!(marked("Old.", ""), "[-Old.-]");
        assert_eq!(marked("Same.\n\nSame.", "Same.\n\nSame."), "Same.\n\nSame.");
    }

    #[test]
    fn very_long_texts_are_not_compared() {
        let long = "word ".repeat(LONGEST + 1);
        assert_eq!(words(&long, "x").len(), 2);
    }

    proptest! {
        #[test]
        fn both_texts_are_in_it(older in "[abc \n.]{0,40}", newer in "[abc \n.]{0,40}|\\PC{0,9}") {
            let all = words(&older, &newer);
            let side = |lost: Fate| -> String {
                all.iter().filter(|p| p.fate != lost).map(|p| p.text.as_str()).collect()
            };
            prop_assert_eq!(side(Fate::Added), older);
            prop_assert_eq!(side(Fate::Removed), newer);
        }
    }
}
