//! The moves of published rationales against answers, in two halves; and how many letters make all
//! four.
//!
//! `cargo test --test moves -- --nocapture` prints the tables. Half of the rationales, `tune`, may
//! be looked at when a rule is written; of the other half, `held`, only figures are printed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests: a failure is a panic, and figures are printed"
)]

mod common;

use imr::intake::letter;
use imr::model::{Item, sentences};
use imr::rules::moves::{self, Moves};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Answer {
    letter: String,
    item: usize,
    half: String,
    moves: Vec<(usize, usize, String)>,
}

const LETTERS: [char; 4] = ['C', 'F', 'G', 'N'];

fn told(moves: Moves) -> Vec<char> {
    let made = moves.named(None).map(|(_, is_made)| is_made);
    let pairs = LETTERS.into_iter().zip(made);
    pairs.filter(|(_, made)| *made).map(|(c, _)| c).collect()
}

#[derive(Default)]
struct Figures {
    moves: BTreeMap<char, (usize, usize)>,
    sentences: (usize, usize),
    misses: Vec<String>,
}

fn count(figure: &mut (usize, usize), is_right: bool) {
    *figure = (figure.0 + usize::from(is_right), figure.1 + 1);
}

fn items(data: &Path, name: &str) -> Vec<Item> {
    let path = data.join("determinations").join(format!("{name}.txt"));
    let text = String::from_utf8(std::fs::read(path).unwrap()).unwrap();
    letter::read(&text).unwrap().items
}

fn folded(item: &Item) -> String {
    let published = item.published.as_ref().unwrap();
    let words: Vec<&str> = published.rationale.split_whitespace().collect();
    words.join(" ")
}

/// By sentence of the program: where it stands, in code points, and its moves.
fn read(rationale: &str) -> Vec<(usize, usize, Moves)> {
    let points = |bytes: usize| rationale[..bytes].chars().count();
    let ranges = sentences::ranges(rationale).into_iter();
    let placed = ranges.map(|range| (points(range.start), points(range.end)));
    let pairs = placed.zip(moves::by_sentence(rationale));
    pairs
        .map(|((start, end), moves)| (start, end, moves))
        .collect()
}

fn score(figures: &mut Figures, answer: &Answer, rationale: &str) {
    let own = read(rationale);
    let all = own.iter().fold(Moves::default(), |all, one| all.and(one.2));
    let name = format!("{}/{}", answer.letter, answer.item);
    for letter in LETTERS {
        let has = |c: char| answer.moves.iter().any(|(_, _, moves)| moves.contains(c));
        let (wanted, may_be) = (has(letter), has(letter.to_ascii_lowercase()));
        if wanted || !may_be {
            let is_right = told(all).contains(&letter) == wanted;
            count(figures.moves.entry(letter).or_default(), is_right);
            if !is_right {
                figures
                    .misses
                    .push(format!("{name}: {letter}, wanted {wanted}"));
            }
        }
    }
    for (start, end, wanted) in &answer.moves {
        let shared = |s: &&(usize, usize, Moves)| s.1.min(*end).saturating_sub(s.0.max(*start));
        let best = own.iter().max_by_key(shared).unwrap();
        let got = told(best.2);
        let has_all = wanted
            .chars()
            .all(|c| !c.is_uppercase() || got.contains(&c));
        let has_no_more = got.iter().all(|c| wanted.to_uppercase().contains(*c));
        count(&mut figures.sentences, has_all && has_no_more);
        if !(has_all && has_no_more) {
            let words: String = rationale.chars().skip(*start).take(end - start).collect();
            figures
                .misses
                .push(format!("{name}: want {wanted} got {got:?}: {words}"));
        }
    }
}

fn print(half: &str, name: &str, (right, asked): (usize, usize)) {
    let percent = 100.0 * right as f64 / asked.max(1) as f64;
    println!("{half:6}{name:20}{right:>5}/{asked:<5}{percent:>6.1} %");
}

#[test]
fn moves_of_real_rationales() {
    let Some(data) = common::shared("moves_of_real_rationales") else {
        return;
    };
    let lines = std::fs::read_to_string(common::own("moves/answers.jsonl")).unwrap();
    let mut halves: BTreeMap<String, Figures> = BTreeMap::new();
    let mut answers = 0;
    for line in lines.lines() {
        let answer: Answer = serde_json::from_str(line).unwrap();
        let items = items(&data, &answer.letter);
        let rationale = folded(&items[answer.item - 1]);
        let figures = halves.entry(answer.half.clone()).or_default();
        score(figures, &answer, &rationale);
        answers += 1;
    }
    assert!(answers >= 60);
    assert_eq!(halves.len(), 2);
    for (half, figures) in &halves {
        let mut all = (0, 0);
        for (letter, figure) in &figures.moves {
            print(half, &format!("move {letter} is there"), *figure);
            all = (all.0 + figure.0, all.1 + figure.1);
        }
        print(half, "moves in all", all);
        print(half, "sentences", figures.sentences);
        if half == "tune" {
            figures.misses.iter().for_each(|miss| println!("{miss}"));
        }
        assert!(all.0 * 10 >= all.1 * 9, "{half}: moves");
        assert!(
            figures.sentences.0 * 10 >= figures.sentences.1 * 9,
            "{half}: sentences"
        );
    }
}

#[test]
fn how_many_letters_make_all_four() {
    let Some(data) = common::shared("how_many_letters_make_all_four") else {
        return;
    };
    let (mut issues, mut letters) = ((0, 0), (0, 0));
    let mut missing: BTreeMap<&str, usize> = BTreeMap::new();
    for path in common::files(&data.join("determinations"), "txt") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let all: Vec<Moves> = items(&data, &name)
            .iter()
            .map(|i| moves::of(&folded(i)))
            .collect();
        all.iter()
            .for_each(|moves| count(&mut issues, moves.are_all()));
        count(&mut letters, all.iter().all(|moves| moves.are_all()));
        for name in all.iter().flat_map(|moves| moves.missing(None)) {
            *missing.entry(name).or_default() += 1;
        }
    }
    print("all", "issues with four", issues);
    print("all", "letters with four", letters);
    println!("missing, by issue: {missing:?}");
    assert_eq!((letters.1, issues.1), (97, 207));
}

/// While one types, only the sentence that changed is read again.
#[test]
fn a_long_rationale_is_read_while_it_is_written() {
    use std::time::Instant;
    let sentence = |n: usize| {
        format!(
            "The records of visit {n} describe pain of the low back, however there is no documentation of weakness. "
        )
    };
    let mut text: String = (0..125).map(sentence).collect();
    assert!(text.split_whitespace().count() >= 2_000);
    moves::of("The patterns are made once.");
    let mut reader = moves::Reader::default();
    let begun = Instant::now();
    reader.read(&text);
    let first = begun.elapsed();
    let mut keys: Vec<u128> = "The request is not medically necessary."
        .chars()
        .map(|c| {
            text.push(c);
            let begun = Instant::now();
            reader.read(&text);
            begun.elapsed().as_micros()
        })
        .collect();
    keys.sort_unstable();
    let median = keys[keys.len() / 2];
    println!(
        "2,000 words: first {} us, then {median} us a key",
        first.as_micros()
    );
    assert_eq!(reader.read(&text), moves::of(&text));
    assert!(reader.read(&text).conclusion);
}
