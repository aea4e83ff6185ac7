//! False alarms of the spell check over real letters, counted. Words were added for letters at even
//! places alone; the others show what a letter does that nobody has seen.
//!
//! `cargo test --test words -- --nocapture` prints the figures and the commonest unknown words.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "tests: a failure is a panic, and figures are printed"
)]

mod common;

use imr::prose::{Dictionary, abbreviations, suggest, words};
use std::collections::BTreeMap;
use std::time::Instant;

#[derive(Default)]
struct Half {
    words: usize,
    alarms: usize,
    abbreviations: usize,
    unknown: BTreeMap<String, usize>,
}

#[test]
fn at_most_five_words_in_a_thousand_of_real_letters_are_marked() {
    let name = "at_most_five_words_in_a_thousand_of_real_letters_are_marked";
    let Some(data) = common::shared(name) else {
        return;
    };
    let dictionary = Dictionary::default();
    let letters = common::files(&data.join("determinations"), "txt");
    assert_eq!(letters.len(), 97);
    let mut halves = [Half::default(), Half::default()];
    let began = Instant::now();
    for (n, path) in letters.iter().enumerate() {
        let bytes = std::fs::read(path).unwrap();
        let text = imr::model::text::clean(&String::from_utf8_lossy(&bytes));
        let half = &mut halves[n % 2];
        half.words += words::count(&text);
        half.abbreviations += abbreviations::undefined(&text, "").len();
        for range in dictionary.unknown(&text) {
            half.alarms += 1;
            *half.unknown.entry(text[range].to_lowercase()).or_default() += 1;
        }
    }
    println!("97 letters in {:?}", began.elapsed());
    for (half, name) in halves.iter().zip(["even (tuned on)", "odd (not)"]) {
        let share = half.alarms as f64 * 100.0 / half.words as f64;
        println!(
            "{name}: {} of {} words marked: {share:.2} %; {} abbreviations not explained",
            half.alarms, half.words, half.abbreviations
        );
        let mut common: Vec<_> = half.unknown.iter().collect();
        common.sort_by_key(|(word, count)| (std::cmp::Reverse(**count), word.as_str()));
        // Slips of the writers are among them.
        let shown = common
            .iter()
            .take(60)
            .map(|(word, count)| format!("{word} {count}"));
        println!("  {}", shown.collect::<Vec<_>>().join(", "));
        assert!(share <= 0.5, "{name}: {share:.2} %");
    }
}

/// The next number of a fixed series.
fn roll(seed: &mut u64) -> usize {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize
}

/// A word with one slip: a letter lost, doubled, changed, or changed about with its neighbour.
fn slip(word: &str, seed: &mut u64) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + roll(seed) % (letters.len() - 2);
    match roll(seed) % 4 {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = char::from(b'a' + (roll(seed) % 26) as u8),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

#[test]
fn slips_in_the_words_of_real_letters_are_marked_and_put_right() {
    let name = "slips_in_the_words_of_real_letters_are_marked_and_put_right";
    let Some(data) = common::shared(name) else {
        return;
    };
    let dictionary = Dictionary::default();
    let mut seed = 42;
    let (mut made, mut marked, mut offered, mut tried) = (0, 0, 0, 0);
    for path in common::files(&data.join("determinations"), "txt") {
        let bytes = std::fs::read(path).unwrap();
        let text = imr::model::text::clean(&String::from_utf8_lossy(&bytes));
        let all = words::words(&text);
        let long = all.iter().filter(|w| w.text.len() > 4 && w.text.is_ascii());
        for word in long
            .filter(|w| w.text.bytes().all(|b| b.is_ascii_lowercase()))
            .step_by(40)
        {
            let slipped = slip(word.text, &mut seed);
            if slipped == word.text {
                continue;
            }
            made += 1;
            if dictionary.is_word(&slipped) {
                continue;
            }
            marked += 1;
            // To suggest takes its time without optimisation.
            if made % 30 == 0 {
                tried += 1;
                let words = suggest::suggest(&dictionary, &slipped, 6);
                offered += usize::from(words.iter().any(|w| w == word.text));
            }
        }
    }
    println!("{made} slips, {marked} marked; of {tried} tried, {offered} offered the word meant");
    assert!(marked * 100 >= made * 93, "{marked} of {made}");
    assert!(offered * 100 >= tried * 90, "{offered} of {tried}");
}
