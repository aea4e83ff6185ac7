use super::*;
use proptest::prelude::*;

fn lines_of(found: Option<Vec<Ranked>>) -> Vec<usize> {
    found
        .unwrap()
        .into_iter()
        .map(|ranked| ranked.line)
        .collect()
}

#[test]
fn the_best_lines_first_and_no_more_than_asked() {
    let lines = ["Knee: MRI", "Lumbar spine: MRI", "Lumbar: MRI", "Élbow"];
    let engine = Engine::new(lines);
    let found = |query: &str, limit| lines_of(engine.search(query, limit, &Cancel::default()));
    assert_eq!(found("mri lumb", 9), [2, 1]);
    assert_eq!(found("mri lumb", 1), [2]);
    assert_eq!(found("elbow", 9), [3]);
    assert_eq!(found("lmri", 9), [2, 1]);
    assert_eq!(found("", 2), [0, 1]);
    assert!(found("zzq", 9).is_empty() && found("日本", 9).is_empty());
    assert_eq!(engine.len(), 4);
    assert!(!engine.is_empty() && Engine::new([""; 0]).is_empty());
}

#[test]
fn a_search_called_off_answers_nothing_and_the_next_one_all() {
    let lines: Vec<String> = (0..20_000).map(|n| format!("Lumbar spine {n}")).collect();
    let engine = Engine::new(&lines);
    let cancel = Cancel::default();
    cancel.cancel();
    assert_eq!(engine.search("lumb", 5, &cancel), None);
    let found = engine.search("lumb", 5, &Cancel::default());
    assert_eq!(lines_of(found), [0, 1, 2, 3, 4]);
}

/// A search that another thread calls off ends before its time.
#[test]
fn a_newer_query_does_not_wait_for_the_older_one() {
    let lines: Vec<String> = (0..60_000)
        .map(|n| format!("Lumbar spine {n}, opioid dose"))
        .collect();
    let engine = Engine::new(&lines);
    let cancel = Cancel::default();
    std::thread::scope(|scope| {
        let old = scope.spawn(|| {
            loop {
                if engine.search("lsod", 50, &cancel).is_none() {
                    return;
                }
            }
        });
        cancel.cancel();
        old.join().unwrap();
    });
    assert_eq!(
        engine
            .search("opioid", 7, &Cancel::default())
            .unwrap()
            .len(),
        7
    );
}

/// What is left without fuzzy-matcher: a word is there as it is, or not.
struct Plain;

impl Scorer for Plain {
    fn score(&self, line: &str, word: &str) -> Option<i64> {
        let is_there = line.to_lowercase().contains(word);
        is_there.then_some(i64::try_from(word.len()).unwrap())
    }

    fn places(&self, _: &str, _: &str) -> Option<Vec<usize>> {
        None
    }
}

#[test]
fn without_fuzzy_matcher_the_fuzzy_queries_fail() {
    let lines = ["MTUS Cervical Spine: CT", "ACOEM ch. 8 Neck p. 179", "Knee"];
    let with = Engine::new(lines);
    let without = Engine::new(lines).with_scorer(Arc::new(Plain));
    let found =
        |engine: &Engine, query: &str| lines_of(engine.search(query, 5, &Cancel::default()));
    for (query, line) in [
        ("crvcl ct", 0),
        ("acoem nek 179", 1),
        ("mtuscerv", 0),
        ("acmneck", 1),
    ] {
        assert_eq!(found(&with, query), [line], "{query}");
        assert!(found(&without, query).is_empty(), "{query}");
    }
    for (query, line) in [("cerv ct", 0), ("acoem neck 179", 1)] {
        assert_eq!(found(&without, query), [line], "{query}");
    }
}

const WORDS: [&str; 24] = [
    "MTUS",
    "ACOEM",
    "(ODG),",
    "Cervical",
    "cervical",
    "Lumbar",
    "spine",
    "Spine:",
    "opioids",
    "Opioid",
    "weaning",
    "CT",
    "MRI",
    "EMG/NCV",
    "knee",
    "Neck",
    "epidural",
    "steroid",
    "injection",
    "2004",
    "p.",
    "179-180",
    "Complaints",
    "Ménière",
];

/// Lines of our words, always the same.
fn made(count: usize) -> Vec<String> {
    let mut state = 7_u64;
    let mut dice = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap()
    };
    let mut line = || -> String {
        let words: Vec<&str> = (0..5 + dice() % 7)
            .map(|_| WORDS[dice() % WORDS.len()])
            .collect();
        words.join(" ")
    };
    (0..count).map(|_| line()).collect()
}

/// All lines that match with their scores by fuzzy-matcher, best first.
fn plainly(lines: &[String], query: &str) -> Vec<(i64, usize)> {
    let scorer = Skim::of_written();
    let words = words(query);
    let score = |line: &str| -> Option<i64> {
        let line = super::super::fold::bare(line);
        words.iter().map(|word| scorer.score(&line, word)).sum()
    };
    let scored = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| Some((score(line)?, at)));
    let mut all: Vec<(i64, usize)> = scored.collect();
    all.sort_by_key(|(score, at)| (-score, *at));
    all
}

/// The share of the best 50 that fuzzy-matcher scores at or above the last of its own best 50, over
/// queries typed key by key.
fn quality(queries: &[&str]) -> f64 {
    let lines = made(1500);
    let engine = Engine::new(&lines);
    let keys = queries
        .iter()
        .flat_map(|query| (1..=query.len()).map(|end| &query[..end]));
    let share = |key: &str| {
        let best = plainly(&lines, key);
        let wanted = best.len().min(50);
        let floor = best[..wanted].last().map_or(0, |(score, _)| *score);
        let good: std::collections::HashSet<usize> = best
            .iter()
            .filter(|(score, _)| *score >= floor)
            .map(|(_, at)| *at)
            .collect();
        let found = lines_of(engine.search(key, 50, &Cancel::default()));
        assert_eq!(found.len(), wanted, "{key}");
        let hits = found.iter().filter(|at| good.contains(at)).count();
        if wanted == 0 {
            1.0
        } else {
            hits as f64 / wanted as f64
        }
    };
    let shares: Vec<f64> = keys.map(share).collect();
    shares.iter().sum::<f64>() / shares.len() as f64
}

#[test]
fn the_answers_are_nearly_those_of_scoring_every_line() {
    let ordinary = quality(&[
        "cerv ct",
        "acoem neck 179",
        "opioid wean",
        "epidural",
        "mri lumbar",
        "zzq",
    ]);
    let scattered = quality(&[
        "mtuscerv", "odgct", "esilum", "opiwean", "acmneck", "ncvemg", "crvmri",
    ]);
    assert!(
        ordinary >= 0.94 && scattered >= 0.85,
        "{ordinary} {scattered}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// As many as there are, each one a match; and typed letter by letter the same as at once.
    #[test]
    fn what_is_found_matches_and_nothing_is_left_out(query in "[a-eoprsct1-9é]{1,4}( [a-emtklw0-9]{1,3})?") {
        let lines = made(300);
        let engine = Engine::new(&lines);
        let all = plainly(&lines, &query);
        let at_once = engine.search(&query, 40, &Cancel::default()).unwrap();
        prop_assert_eq!(at_once.len(), all.len().min(40));
        for ranked in &at_once {
            prop_assert!(all.iter().any(|(_, at)| *at == ranked.line));
        }
        let ends = query.char_indices().map(|(at, c)| at + c.len_utf8());
        let last = ends.map(|end| Engine::search(&engine, &query[..end], 40, &Cancel::default())).last();
        prop_assert_eq!(last.flatten(), Some(at_once));
    }

    #[test]
    fn anything_goes(lines in prop::collection::vec("\\PC{0,60}", 0..12), query in "\\PC{0,12}") {
        let found = Engine::new(&lines).search(&query, 5, &Cancel::default());
        for ranked in found.unwrap() {
            let marks = marks(&query, &lines[ranked.line]);
            prop_assert!(marks.iter().all(|mark| lines[ranked.line].get(mark.clone()).is_some()));
        }
    }
}
