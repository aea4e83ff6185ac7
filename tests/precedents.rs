//! Precedents: for each issue of the published letters, the most similar other issue must be of
//! the same kind.
//!
//! `cargo test --test precedents -- --nocapture` prints the table, for two halves: weights were
//! chosen on the even lines of the answers alone; `IMR_MISSES=1` prints their misses.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests: a failure is a panic, and figures are printed"
)]

mod common;

use imr::intake::{letter, request};
use imr::search::precedent::{Likeness, Ranker};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// Least share of issues whose most similar other issue is of the same category, in percent.
const LEAST: f64 = 85.0;

struct Issue {
    name: String,
    category: String,
    likeness: Likeness,
    line: String,
}

/// The issues of the 97 letters in the order of the answers.
fn issues(folder: &std::path::Path) -> Vec<Issue> {
    let mut letters: HashMap<String, Vec<Likeness>> = HashMap::new();
    for path in common::files(&folder.join("determinations"), "txt") {
        let letter = letter::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let likeness = letter.items.iter().map(|item| {
            let parsed = request::parse(&item.request);
            Likeness::of(&parsed, &item.request, &letter.summary)
        });
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        letters.insert(name, likeness.collect());
    }
    let answers = std::fs::read_to_string(common::own("requests/answers.jsonl")).unwrap();
    let answers = answers.lines().map(|line| {
        let answer: Value = serde_json::from_str(line).unwrap();
        let letter = answer["letter"].as_str().unwrap();
        let item = usize::try_from(answer["item"].as_u64().unwrap()).unwrap();
        let likeness = letters[letter][item - 1].clone();
        Issue {
            name: format!("{letter}-{item}"),
            category: answer["category"].as_str().unwrap().to_owned(),
            line: likeness.line(),
            likeness,
        }
    });
    answers.collect()
}

/// The most similar other issue.
fn nearest(issues: &[Issue], at: usize) -> Option<&Issue> {
    let ranker = Ranker::new(&issues[at].likeness);
    let others = issues.iter().enumerate().filter(|(n, _)| *n != at);
    let near = others.filter_map(|(_, other)| {
        let near = ranker.nearness(other.likeness.category, &other.likeness.thing, &other.line)?;
        Some((near, other))
    });
    near.max_by_key(|(near, _)| *near).map(|(_, other)| other)
}

#[allow(clippy::cast_precision_loss, reason = "counts of a few hundred")]
fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

#[test]
fn the_most_similar_other_issue_is_of_the_same_category() {
    let Some(folder) = common::shared("the_most_similar_other_issue_is_of_the_same_category")
    else {
        return;
    };
    let issues = issues(&folder);
    assert_eq!(issues.len(), 207);
    let mut table: BTreeMap<&str, [(usize, usize); 2]> = BTreeMap::new();
    for (at, issue) in issues.iter().enumerate() {
        let found = nearest(&issues, at);
        let is_right = found.is_some_and(|other| other.category == issue.category);
        let cell = &mut table.entry(&issue.category).or_default()[at % 2];
        cell.0 += usize::from(is_right);
        cell.1 += 1;
        if !is_right && at % 2 == 0 && std::env::var_os("IMR_MISSES").is_some() {
            let found = found.map_or("nothing", |other| &other.name);
            println!("{} ({}): {found}", issue.name, issue.category);
        }
    }
    assert!(table.len() >= 12, "{} categories", table.len());
    print(&table);
    for half in [0, 1] {
        let (right, all) = sum(&table, half);
        let share = percent(right, all);
        assert!(share >= LEAST, "half {half}: {share:.1} %");
    }
}

fn sum(table: &BTreeMap<&str, [(usize, usize); 2]>, half: usize) -> (usize, usize) {
    let cells = table.values().map(|cells| cells[half]);
    cells.fold((0, 0), |(r, a), (right, all)| (r + right, a + all))
}

fn print(table: &BTreeMap<&str, [(usize, usize); 2]>) {
    println!(
        "\n{:<34} {:>12} {:>12}",
        "category", "even lines", "odd lines"
    );
    let total = [sum(table, 0), sum(table, 1)];
    let rows = table.iter().map(|(name, cells)| (*name, *cells));
    for (name, cells) in rows.chain([("all", total)]) {
        let [even, odd] = cells.map(|(right, all)| format!("{right}/{all}"));
        println!("{name:<34} {even:>12} {odd:>12}");
    }
    let (right, all) = (total[0].0 + total[1].0, total[0].1 + total[1].1);
    println!("{:.1} % of {all}", percent(right, all));
}
