//! The name somebody probably meant.

/// The known name nearest to `word`, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(2);
    names
        .into_iter()
        .map(|name| (distance(word, name), name))
        .filter(|(d, _)| *d <= limit)
        .min()
        .map(|(_, name)| name)
}

/// `; did you mean NAME?`, or nothing where no name is near.
pub fn hint<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, names).map_or_else(String::new, |n| format!("; did you mean \"{n}\"?"))
}

/// Levenshtein distance in characters.
pub fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, cb) in b.iter().enumerate() {
            let at = |k: usize| row.get(k).copied().unwrap_or(usize::MAX / 2);
            let left = next.last().copied().unwrap_or(0);
            next.push(
                (at(j) + usize::from(ca != *cb))
                    .min(at(j + 1) + 1)
                    .min(left + 1),
            );
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_and_far() {
        let names = ["quit", "help", "next-item"];
        assert_eq!(nearest("qiut", names), Some("quit"));
        assert_eq!(nearest("nextitem", names), Some("next-item"));
        assert_eq!(nearest("zzzzzz", names), None);
        assert_eq!(hint("hlep", names), "; did you mean \"help\"?");
    }
}
