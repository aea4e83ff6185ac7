//! Syllables by rule: groups of vowels, less a silent `e`.

/// Syllables of a word, at least one.
pub fn syllables(word: &str) -> usize {
    let low = word.to_lowercase();
    let is_vowel = |c: char| "aeiouyáéíóúäöü".contains(c);
    let mut count = 0;
    let mut was_vowel = false;
    for c in low.chars() {
        count += usize::from(is_vowel(c) && !was_vowel);
        was_vowel = is_vowel(c);
    }
    // Two vowels that are two syllables: radi-ation, medi-al, neuro-a.
    let parted = ["ia", "io", "iu", "eo", "ua", "uo"];
    let joined = [
        "tion", "sion", "cial", "tial", "cious", "tious", "qua", "guo",
    ];
    let apart: usize = parted.iter().map(|p| low.matches(p).count()).sum();
    let together: usize = joined.iter().map(|p| low.matches(p).count()).sum();
    count += apart.saturating_sub(together);
    let spoken = ["ted", "ded", "ied", "le"];
    let ends_mute = low.ends_with('e') || low.ends_with("ed");
    let is_silent = ends_mute && count > 1 && !spoken.iter().any(|end| low.ends_with(end));
    (count - usize::from(is_silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_as_spoken() {
        for (word, want) in [
            ("the", 1),
            ("pain", 1),
            ("patient", 2),
            ("medical", 3),
            ("necessary", 4),
            ("table", 2),
            ("decompression", 4),
            ("denied", 2),
            ("walked", 1),
            ("treated", 2),
            ("radiation", 4),
            ("lumbar", 2),
            ("evidence", 3),
            ("guideline", 3),
        ] {
            let got = syllables(word);
            assert!(got.abs_diff(want) <= usize::from(want > 3), "{word}: {got}");
        }
        assert_eq!(syllables("mri"), 1);
    }
}
