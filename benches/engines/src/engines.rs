//! Who takes part, each with two threads and the best [`LIMIT`] answers.

use crate::LIMIT;
use crate::search::engine::{Cancel, Engine};
use fuzzy_matcher::{FuzzyMatcher, skim::SkimMatcherV2};
use peers::{Scored, best, frizbee, nucleo};
use std::cmp::Reverse;

/// One engine.
pub struct Contestant<'l> {
    pub name: &'static str,
    /// The numbers of the best lines, best first.
    pub search: Box<dyn FnMut(&str) -> Vec<usize> + 'l>,
}

pub fn contestants(lines: &[String]) -> Vec<Contestant<'_>> {
    let engine = Engine::new(lines);
    let imr = move |query: &str| -> Vec<usize> {
        let found = engine.search(query, LIMIT, &Cancel::default()).unwrap();
        found.into_iter().map(|ranked| ranked.line).collect()
    };
    vec![
        Contestant {
            name: "imr",
            search: Box::new(imr),
        },
        Contestant {
            name: "frizbee",
            search: Box::new(|query| frizbee(lines, query, LIMIT)),
        },
        Contestant {
            name: "nucleo",
            search: Box::new(|query| nucleo(lines, query, LIMIT)),
        },
    ]
}

/// All lines with fuzzy-matcher's score, best first; every word is required.
pub fn plain(lines: &[String], query: &str) -> Scored {
    best(lines, |lines, first| {
        let matcher = SkimMatcherV2::default();
        let scored = lines
            .iter()
            .zip(first..)
            .filter_map(|(line, at)| Some((Reverse(score(&matcher, line, query)?), at)));
        scored.collect()
    })
}

/// What fuzzy-matcher gives a line for all words of a query.
pub fn score(matcher: &SkimMatcherV2, line: &str, query: &str) -> Option<i64> {
    query
        .split_whitespace()
        .map(|word| matcher.fuzzy_match(line, word))
        .sum()
}
