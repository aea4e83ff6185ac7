//! The lints measured on real letters: what they report on the letters as they are, and whether
//! they find what was put wrong on purpose.
//!
//! `cargo test --test lints -- --nocapture` prints the tables; `IMR_MISSES=1` the mutations of the
//! even letters that were not found, `IMR_REPORTS=L28,L52` their reports of these checks. The odd letters are never printed one by one.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests: a failure is a panic, and figures are printed"
)]

mod common;
#[path = "lints/letters.rs"]
mod letters;
#[path = "lints/mutate.rs"]
mod mutate;
#[path = "lints/words.rs"]
mod words;

use imr::model::{CaseFile, Lint};
use imr::rules::lint;
use letters::Letter;
use mutate::Mutation;
use std::collections::{BTreeMap, BTreeSet};

/// Checks of facts: wrong ones are what determinations fall over.
const FACTS: [&str; 5] = ["L16", "L17", "L18", "L19", "L20"];

/// Checks of citations against the library: on published letters they shall not flood.
const CITATIONS: [&str; 3] = ["L25", "L26", "L27"];

/// How often a letter has each report.
type Reports = BTreeMap<(String, Option<usize>, String), usize>;

fn reports(lints: &[Lint]) -> Reports {
    let mut all = Reports::new();
    for lint in lints {
        let key = (lint.id.to_owned(), lint.item, lint.message.clone());
        *all.entry(key).or_default() += 1;
    }
    all
}

// --- specificity ---------------------------------------------------------------------------------

/// Reports that were looked at: letter, lint, verdict, why.
fn looked_at() -> BTreeMap<(String, String), (String, String)> {
    let text = std::fs::read_to_string(common::own("lints/reports.txt")).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut parts = line.splitn(4, " | ").map(|part| part.trim().to_owned());
            let mut next = || parts.next().unwrap_or_else(|| panic!("four parts: {line}"));
            ((next(), next()), (next(), next()))
        })
        .collect()
}

#[test]
fn real_letters_are_left_alone() {
    let Some(letters) = letters::all("real_letters_are_left_alone") else {
        return;
    };
    let known = looked_at();
    let issues: usize = letters.iter().map(|l| l.file.case.items.len()).sum();
    let (mut turned, mut wrong_letters) = (0, BTreeSet::new());
    let mut by_id: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
    let mut unseen = Vec::new();
    let shows = std::env::var("IMR_REPORTS").unwrap_or_default();
    for (place, letter) in letters.iter().enumerate() {
        for report in letters::check(&letter.file, &letter.requests) {
            if place % 2 == 0 && shows.contains(report.id) {
                let item = report.item.map(|n| n + 1);
                println!("{} {} {item:?}: {}", letter.name, report.id, report.message);
            }
            let row = by_id.entry(report.id).or_default();
            row.0 += 1;
            row.1.insert(&letter.name);
            turned += usize::from(report.id == "L15");
            if !FACTS.contains(&report.id) && report.id != "L15" {
                continue;
            }
            wrong_letters.extend(FACTS.contains(&report.id).then_some(&letter.name));
            let key = (letter.name.clone(), report.id.to_owned());
            match known.get(&key) {
                Some((verdict, why)) => println!("{} {}: {verdict}: {why}", letter.name, report.id),
                None if letters::is_known(&letter.name) => unseen.push(format!(
                    "{} {} item {:?}: {}",
                    letter.name,
                    report.id,
                    report.item.map(|n| n + 1),
                    report.message
                )),
                None => println!("{} {}: not looked at", letter.name, report.id),
            }
        }
    }
    for id in CITATIONS {
        let (count, of) = by_id.get(id).map_or((0, 0), |(n, of)| (*n, of.len()));
        println!("{id} {} reports on {of} letters", count);
        assert!(percent(of, letters.len()) <= 5.0, "{id}: {of} letters");
    }
    println!("\n{} letters, {issues} issues", letters.len());
    println!("{:<6}{:>9}{:>9}", "lint", "reports", "letters");
    for (id, (reports, of)) in &by_id {
        println!("{id:<6}{reports:>9}{:>9}", of.len());
    }
    let shares = (
        percent(turned, issues),
        percent(wrong_letters.len(), letters.len()),
    );
    println!(
        "L15 on {:.1} % of issues; L16-L20 on {:.1} % of letters",
        shares.0, shares.1
    );
    assert!(
        unseen.is_empty(),
        "not listed in tests/lints/reports.txt:\n{}",
        unseen.join("\n")
    );
    assert!(shares.0 <= 1.0, "L15: {turned} of {issues}");
    assert!(shares.1 <= 5.0, "L16-L20: {wrong_letters:?}");
}

#[allow(clippy::cast_precision_loss, reason = "counts of a few thousand")]
fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    100.0 * part as f64 / whole as f64
}

// --- sensitivity ---------------------------------------------------------------------------------

/// Asked and found, for even and odd letters.
#[derive(Default, Clone, Copy)]
struct Count {
    asked: [usize; 2],
    found: [usize; 2],
}

impl Count {
    fn all(self) -> (usize, usize) {
        (self.asked.iter().sum(), self.found.iter().sum())
    }
}

/// What is measured together against one bar, in percent.
const BARS: [(&str, &[&str], f64); 6] = [
    ("decision flipped", &["decision flipped"], 97.0),
    (
        "side, level, age, sex",
        &["side", "level", "age", "sex"],
        95.0,
    ),
    (
        "date, dose, quantity, sessions",
        &["date", "dose", "quantity", "sessions"],
        90.0,
    ),
    (
        "rationale of another item or case",
        &["rationale swapped", "rationale of another case"],
        90.0,
    ),
    ("citation dropped", &["citation dropped"], 100.0),
    ("conclusion cut", &["conclusion cut"], 100.0),
];

/// What one letter gave: kind, found or not, what was done; and what was left out.
struct Measured {
    place: usize,
    results: Vec<(&'static str, bool, String)>,
    left_out: Vec<(&'static str, String)>,
}

fn measured(place: usize, letter: &Letter, letters: &[Letter]) -> Measured {
    let before = reports(&letters::check(&letter.file, &letter.requests));
    let made = mutate::all(letter, letters);
    let results = made.mutations.into_iter().map(|mutation| {
        let is_found = is_found(&mutation, letter, &before);
        (mutation.kind, is_found, mutation.what)
    });
    Measured {
        place,
        results: results.collect(),
        left_out: made.left_out,
    }
}

/// Every letter, on as many threads as there are cores.
fn measure(letters: &[Letter]) -> Vec<Measured> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let one = move |thread: usize| -> Vec<Measured> {
        let own = letters
            .iter()
            .enumerate()
            .filter(|(place, _)| place % threads == thread);
        own.map(|(place, letter)| measured(place, letter, letters))
            .collect()
    };
    let mut all: Vec<Measured> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..threads)
            .map(|thread| scope.spawn(move || one(thread)))
            .collect();
        started
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    all.sort_by_key(|measured| measured.place);
    all
}

#[test]
fn what_is_put_wrong_is_found() {
    let Some(letters) = letters::all("what_is_put_wrong_is_found") else {
        return;
    };
    let shows_misses = std::env::var_os("IMR_MISSES").is_some_and(|v| v == "1");
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut left_out: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in measure(&letters) {
        let (name, half) = (&letters[one.place].name, one.place % 2);
        for (kind, why) in one.left_out {
            left_out
                .entry(kind)
                .or_default()
                .push(format!("{name} {why}"));
        }
        for (kind, is_found, what) in one.results {
            let count = counts.entry(kind).or_default();
            count.asked[half] += 1;
            count.found[half] += usize::from(is_found);
            if shows_misses && !is_found && half == 0 {
                println!("MISS {name} {kind}: {what}");
            }
        }
    }
    print_counts(&counts);
    println!("\nleft out as not detectable:");
    for (kind, letters) in &left_out {
        println!("  {kind}: {}", letters.len());
        letters.iter().for_each(|letter| println!("    {letter}"));
    }
    let short: Vec<String> = BARS.iter().filter_map(|bar| below(&counts, bar)).collect();
    assert!(short.is_empty(), "{}", short.join("\n"));
}

/// Does the letter as put wrong have a report of one of the checks meant that it had not before?
fn is_found(mutation: &Mutation, letter: &Letter, before: &Reports) -> bool {
    let after = reports(&letters::check(&mutation.file, &letter.requests));
    after.iter().any(|(key, count)| {
        let (id, item, _) = key;
        let is_meant = mutation.ids.contains(&id.as_str());
        let is_there = item.is_none() || *item == mutation.item || mutation.item.is_none();
        is_meant && is_there && *count > before.get(key).copied().unwrap_or(0)
    })
}

fn print_counts(counts: &BTreeMap<&str, Count>) {
    println!(
        "\n{:<28}{:>16}{:>16}{:>16}",
        "put wrong", "even", "odd", "all"
    );
    for (kind, count) in counts {
        let cell =
            |asked: usize, found: usize| format!("{found}/{asked} {:.0}%", percent(found, asked));
        let (asked, found) = count.all();
        println!(
            "{kind:<28}{:>16}{:>16}{:>16}",
            cell(count.asked[0], count.found[0]),
            cell(count.asked[1], count.found[1]),
            cell(asked, found)
        );
    }
}

fn below(counts: &BTreeMap<&str, Count>, bar: &(&str, &[&str], f64)) -> Option<String> {
    let (name, kinds, least) = bar;
    let (asked, found) =
        kinds
            .iter()
            .filter_map(|kind| counts.get(kind))
            .fold((0, 0), |sum, count| {
                let (asked, found) = count.all();
                (sum.0 + asked, sum.1 + found)
            });
    let share = percent(found, asked);
    println!("{name}: {found} of {asked}, {share:.1} % (at least {least} %)");
    (asked > 0 && share < *least).then(|| format!("{name}: {share:.1} % is below {least} %"))
}

// --- the seed letter, and speed ------------------------------------------------------------------

#[test]
fn the_seed_letter_lists_a_treatment_twice_and_cites_no_chapter() {
    let Some(letter) =
        letters::seed("the_seed_letter_lists_a_treatment_twice_and_cites_no_chapter")
    else {
        return;
    };
    let lints = letters::check(&letter.file, &letter.requests);
    let mut ids: Vec<&str> = lints.iter().map(|lint| lint.id).collect();
    ids.sort_unstable();
    let told: Vec<&str> = lints.iter().map(|lint| lint.message.as_str()).collect();
    assert_eq!(ids, ["L24", "L30"], "{told:?}");
    let twice = lints.iter().find(|lint| lint.id == "L30").unwrap();
    let span = twice.span.clone().unwrap();
    assert_eq!(&letter.file.case.summary[span], "activity modification");
}

/// Six items of 2,000 words each.
fn long_case(letters: &[Letter]) -> CaseFile {
    let most = letters
        .iter()
        .max_by_key(|l| l.file.case.items.len())
        .unwrap();
    let mut file = most.file.clone();
    let words: Vec<&str> = letters
        .iter()
        .flat_map(|l| &l.file.draft.items)
        .flat_map(|item| item.rationale.split_whitespace())
        .collect();
    file.case.items.truncate(6);
    file.draft.items.truncate(6);
    for (item, chunk) in file.draft.items.iter_mut().zip(words.chunks(2_000)) {
        item.rationale = chunk.join(" ");
    }
    file
}

#[test]
fn a_long_case_is_read_at_once() {
    let Some(letters) = letters::all("a_long_case_is_read_at_once") else {
        return;
    };
    let file = long_case(&letters);
    let _warm = letters::check(&file, &[]);
    let start = std::time::Instant::now();
    let runs = 5;
    for _ in 0..runs {
        let _lints = letters::check(&file, &[]);
    }
    let each = start.elapsed() / runs;
    let build = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    println!("6 items of 2,000 words: {each:?} ({build})");
    let bar = if cfg!(debug_assertions) { 400 } else { 20 };
    assert!(each.as_millis() <= bar, "{each:?}");
    assert!(lint::table().len() >= 40);
}
