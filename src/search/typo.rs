//! One typing error: a letter too many, too few, wrong, or two letters changed over.

/// Shortest word whose errors are forgiven, in letters: shorter ones are too near to each other.
pub const SHORTEST: usize = 5;

/// Can `word` be one error away, by the first two letters of both? A look before the comparison.
pub fn may_be_near(typed: &str, word: &str) -> bool {
    let first_two = |text: &str| {
        let mut chars = text.chars();
        (chars.next(), chars.next())
    };
    let ((a, b), (x, y)) = (first_two(typed), first_two(word));
    a == x || b == x || a == y || b == y
}

/// Is `word` as meant by `typed`, one error (Damerau-Levenshtein distance 1) away?
pub fn is_near(typed: &str, word: &str) -> bool {
    let typed: Vec<char> = typed.chars().collect();
    let word: Vec<char> = word.chars().collect();
    one_error(&typed, &word)
}

/// Is the start of `word` one error away, with the rest still to be typed?
pub fn is_near_start(typed: &str, word: &str) -> bool {
    let typed: Vec<char> = typed.chars().collect();
    let word: Vec<char> = word.chars().collect();
    [
        typed.len() - typed.len().min(1),
        typed.len(),
        typed.len() + 1,
    ]
    .into_iter()
    .filter_map(|len| word.get(..len))
    .any(|start| one_error(&typed, start))
}

/// Is the stem of a word as meant by `typed`, one error away? The ending that stems lack is not
/// looked at: `duloxitine` for `duloxetin`.
pub fn is_near_stem(typed: &str, stem: &str) -> bool {
    const LONGEST_ENDING: usize = 3;
    if !may_be_near(typed, stem) {
        return false;
    }
    let (typed, stem) = (sound(typed), sound(stem));
    if typed.starts_with(&stem) && stem.len() + 2 >= typed.len() {
        return true;
    }
    if stem.len() + 1 < SHORTEST || typed.len() + 1 < stem.len() {
        return false;
    }
    let lengths = typed
        .len()
        .saturating_sub(LONGEST_ENDING)
        .max(stem.len().saturating_sub(1))..=typed.len();
    lengths
        .filter_map(|len| typed.get(..len))
        .any(|start| one_error(start, &stem))
}

/// Letters that sound alike are one: drug names are written as they are heard.
fn sound(word: &str) -> Vec<char> {
    let alike = word
        .replace("ph", "f")
        .replace('y', "i")
        .replace("ae", "e")
        .replace("ck", "k");
    let mut letters: Vec<char> = alike.chars().collect();
    letters.dedup();
    letters
}

fn one_error(a: &[char], b: &[char]) -> bool {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (
        a.get(same..).unwrap_or_default(),
        b.get(same..).unwrap_or_default(),
    );
    match (a, b) {
        ([], []) => false,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([_, a @ ..], b) if a == b => true,
        (a, [_, b @ ..]) if a == b => true,
        ([x, y, a @ ..], [v, w, b @ ..]) => x == w && y == v && a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_error_and_no_more() {
        for near in [
            "cervica",
            "cervicaal",
            "cervicol",
            "cervicla",
            "ervical",
            "xcervical",
        ] {
            assert!(is_near(near, "cervical"), "{near}");
            assert!(may_be_near(near, "cervical"), "{near}");
        }
        for far in ["cervical", "cerical s", "crvcl", "cevricla", ""] {
            assert!(!is_near(far, "cervical"), "{far}");
        }
        for (near, stem) in [
            ("duloxitine", "duloxetin"),
            ("buprenorfine", "buprenorphin"),
            ("amitryptiline", "amitriptylin"),
            ("gabapentn", "gabapentin"),
        ] {
            assert!(is_near_stem(near, stem), "{near}");
        }
        assert!(!is_near_stem("opioid", "period") && !is_near_stem("neck", "back"));
        assert!(is_near_start("acupon", "acupuncture"));
        assert!(is_near_start("acpu", "acupuncture"));
        assert!(!is_near_start("xxupun", "acupuncture"));
    }
}
