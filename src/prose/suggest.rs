//! What may have been meant by an unknown word.

use super::dictionary::Dictionary;

/// Two slips at most: beyond that it is another word.
const FARTHEST: usize = 2;

/// The words nearest to an unknown one, the likeliest first; in its own capitals.
///
/// Reads through the whole dictionary: some milliseconds, on a worker.
pub fn suggest(dictionary: &Dictionary, word: &str, limit: usize) -> Vec<String> {
    let low = word.to_lowercase();
    let letters: Vec<char> = low.chars().collect();
    let mut found: Vec<(usize, &str)> = dictionary
        .all()
        .filter_map(|line| Some((cost(&letters, line)?, line)))
        .collect();
    found.sort();
    found.dedup_by(|a, b| a.1 == b.1);
    let best = found.first().map_or(0, |(cost, _)| *cost);
    // A word two slips away is no help beside one that is one slip away.
    let near = found.into_iter().filter(|(cost, _)| *cost < best + 12);
    near.take(limit)
        .map(|(_, line)| as_written(word, line))
        .collect()
}

/// With a capital where the unknown word has one.
fn as_written(word: &str, line: &str) -> String {
    let is_capital = word.chars().next().is_some_and(char::is_uppercase);
    let mut chars = line.chars();
    match chars.next().filter(|_| is_capital) {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => line.to_owned(),
    }
}

/// How unlikely it is that the one was typed for the other; `None` beyond [`FARTHEST`] slips. Ten
/// for each slip, less where it is a usual one, more where the first letter is another.
fn cost(word: &[char], line: &str) -> Option<usize> {
    let is_near = line.len().abs_diff(word.len()) <= FARTHEST;
    let other: Vec<char> = line
        .chars()
        .filter(|_| is_near)
        .flat_map(char::to_lowercase)
        .collect();
    if !is_near || shared(word, &other) + FARTHEST < word.len().min(other.len()) {
        return None;
    }
    let slips = distance(word, &other)?;
    let is_same_start = word.first() == other.first();
    let same_letters = sorted(word) == sorted(&other);
    let is_doubling = singles(word) == singles(&other);
    // A name is meant where a name stands: with a capital.
    let is_name = line.chars().next().is_some_and(char::is_uppercase);
    let bonus = 4 * usize::from(same_letters || is_doubling);
    Some(
        (slips * 10
            + 5 * usize::from(!is_same_start)
            + 6 * usize::from(is_name)
            + word.len().abs_diff(other.len()))
            - bonus,
    )
}

/// Letters that both begin and end with: what differs lies between, and is short where they are near.
fn shared(a: &[char], b: &[char]) -> usize {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let back = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    // Two slips far apart leave less in common than one: half of it is enough to look closer.
    (front + back) * 2 + 2
}

fn sorted(word: &[char]) -> Vec<char> {
    let mut letters = word.to_vec();
    letters.sort_unstable();
    letters
}

fn singles(word: &[char]) -> Vec<char> {
    let mut letters = word.to_vec();
    letters.dedup();
    letters
}

/// Letters added, lost, changed, or changed about with their neighbour; `None` beyond
/// [`FARTHEST`].
fn distance(a: &[char], b: &[char]) -> Option<usize> {
    let width = b.len() + 1;
    let mut before = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1; width];
        for (j, y) in b.iter().enumerate() {
            let change = last.get(j)? + usize::from(x != y);
            let mut least = change.min(last.get(j + 1)? + 1).min(row.get(j)? + 1);
            let swaps = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swaps {
                least = least.min(before.get(j - 1)? + 1);
            }
            *row.get_mut(j + 1)? = least;
        }
        if row.iter().min()? > &FARTHEST {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|slips| *slips <= FARTHEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_slips_are_put_right_by_the_first_suggestions() {
        let dictionary = Dictionary::default();
        for (slip, meant) in [
            ("teh", "the"),
            ("neccessary", "necessary"),
            ("cervcal", "cervical"),
            ("Recieve", "Receive"),
            ("hydrocodne", "hydrocodone"),
            ("radiculpathy", "radiculopathy"),
            ("surgrey", "surgery"),
            ("documention", "documentation"),
            ("gabapetin", "gabapentin"),
        ] {
            let found = suggest(&dictionary, slip, 5);
            assert!(
                found.iter().take(3).any(|w| w == meant),
                "{slip}: {found:?}"
            );
        }
        assert_eq!(suggest(&dictionary, "qqqqqqqqq", 5), Vec::<String>::new());
    }

    #[test]
    fn distance_counts_slips() {
        let between = |a: &str, b: &str| {
            distance(
                &a.chars().collect::<Vec<_>>(),
                &b.chars().collect::<Vec<_>>(),
            )
        };
        assert_eq!(between("teh", "the"), Some(1));
        assert_eq!(between("abc", "abc"), Some(0));
        assert_eq!(between("", "ab"), Some(2));
        assert_eq!(between("abcd", "dcba"), None);
    }
}
