//! The other engines, apart from what changes: frizbee compiles for minutes where it is called.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::cmp::Reverse;

/// What was found: score, and the line's number.
pub type Scored = Vec<(Reverse<i64>, usize)>;

/// The best lines by frizbee, on two threads.
pub fn frizbee(lines: &[String], query: &str, limit: usize) -> Vec<usize> {
    let mut matcher = frizbee::Matcher::from_query(query, &frizbee::Config::default());
    let found = matcher.match_list_parallel(lines, 2);
    found
        .iter()
        .take(limit)
        .map(|found| found.index as usize)
        .collect()
}

/// The best lines by nucleo, on two threads.
pub fn nucleo(lines: &[String], query: &str, limit: usize) -> Vec<usize> {
    let pattern = Pattern::parse(query, CaseMatching::Smart, Normalization::Smart);
    let found = best(lines, |lines, first| {
        let (mut matcher, mut wide) = (Matcher::new(Config::DEFAULT), Vec::new());
        let scored = lines.iter().zip(first..).filter_map(|(line, at)| {
            let score = pattern.score(Utf32Str::new(line, &mut wide), &mut matcher)?;
            Some((Reverse(i64::from(score)), at))
        });
        scored.collect()
    });
    found.into_iter().map(|(_, at)| at).take(limit).collect()
}

/// Scores both halves side by side and sorts them.
pub fn best(lines: &[String], score: impl Fn(&[String], usize) -> Scored + Sync) -> Scored {
    let (first, second) = lines.split_at(lines.len() / 2);
    let mut all = std::thread::scope(|scope| {
        let other = scope.spawn(|| score(second, first.len()));
        let mut all = score(first, 0);
        all.extend(other.join().unwrap());
        all
    });
    all.sort_unstable();
    all
}
