//! Texts for the tests: words, blanks, line ends, accents, wide characters, emoji, flags, marks
//! that stand alone.

use proptest::prelude::*;

const PIECES: [&str; 24] = [
    "a",
    "the",
    "cervical",
    "radiculopathy",
    " ",
    " ",
    "  ",
    "\n",
    "\n\n",
    ".",
    "C4-5",
    "é",
    "e\u{301}",
    "\u{301}",
    "日本",
    "語",
    "👍",
    "\u{1F469}\u{200D}\u{2695}\u{FE0F}",
    "\u{1F1FA}",
    "\u{1F1F8}",
    "👍🏽",
    "\u{A0}",
    "क्षि",
    "İ",
];

/// A few pieces.
pub fn snippet() -> impl Strategy<Value = String> {
    pieces(0..4)
}

/// Up to sixty pieces.
pub fn text() -> impl Strategy<Value = String> {
    pieces(0..60)
}

fn pieces(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), count).prop_map(|p| p.concat())
}
