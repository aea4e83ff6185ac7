//! Findings against answers: kind, date, body part, side and level, in two halves.
//!
//! `cargo test --test findings -- --nocapture` prints the tables. Half of the letters, `tune`, may
//! be looked at when a rule is written; of the other half, `held`, only figures are printed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests: a failure is a panic, and figures are printed"
)]

mod common;

use imr::intake::{findings, letter};
use imr::model::{Date, Finding, sentences};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

#[derive(Deserialize)]
struct Answer {
    letter: String,
    half: String,
    sentence: u32,
    start: usize,
    end: usize,
    kind: String,
    also_ok: Vec<String>,
    date: Option<String>,
    date_also_ok: Vec<Option<String>>,
    date_from: Option<String>,
    body_part: Vec<String>,
    side: Option<String>,
    level: Vec<String>,
}

/// The summary as the answers count it: code points, white space folded to one blank.
fn summary(data: &Path, letter: &str) -> Vec<char> {
    let path = if letter.starts_with("CM") {
        data.join("determinations").join(format!("{letter}.txt"))
    } else {
        data.join("seed").join(format!("{letter}.txt"))
    };
    let text = String::from_utf8(std::fs::read(path).unwrap()).unwrap();
    let case = letter::read(&text).unwrap();
    let folded = case.summary.split_whitespace().collect::<Vec<_>>();
    folded.join(" ").chars().collect()
}

/// Where findings stand in the summary, in code points: each is looked for behind the one before,
/// without regard to white space and hyphens, which reading may mend.
fn spans(summary: &[char], found: &[Finding]) -> Vec<Range<usize>> {
    let counts = |c: &char| !c.is_whitespace() && *c != '-';
    let places: Vec<usize> = (0..summary.len())
        .filter(|i| counts(&summary[*i]))
        .collect();
    let mut from = 0;
    let spans = found.iter().map(|finding| {
        let words: Vec<char> = finding.text.chars().filter(counts).collect();
        let at = (from..=places.len() - words.len())
            .find(|at| {
                places[*at..]
                    .iter()
                    .zip(&words)
                    .all(|(i, c)| summary[*i] == *c)
            })
            .unwrap_or_else(|| panic!("not in the summary: {}", finding.text));
        from = at + words.len();
        places[at]..places[from - 1] + 1
    });
    spans.collect()
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// At least half of what either covers is covered by both.
fn same_span(a: &Range<usize>, b: &Range<usize>) -> bool {
    let both = overlap(a, b);
    both * 2 >= a.len() + b.len() - both
}

#[derive(Default)]
struct Figures {
    counts: BTreeMap<&'static str, (usize, usize)>,
    kinds: BTreeMap<String, (usize, usize)>,
    misses: Vec<String>,
}

impl Figures {
    fn check(&mut self, what: &'static str, is_right: bool) -> bool {
        let count = self.counts.entry(what).or_default();
        *count = (count.0 + usize::from(is_right), count.1 + 1);
        is_right
    }

    fn share(&self, what: &str) -> f64 {
        let (right, asked) = self.counts.get(what).copied().unwrap_or_default();
        right as f64 / asked.max(1) as f64
    }
}

/// Names that the answers hold to be one part.
fn part(name: &str) -> &str {
    match name {
        "neck" => "cervical spine",
        "low back" | "lower back" | "lumbosacral spine" | "thoracolumbar spine" => "lumbar spine",
        "leg" => "lower extremity",
        "arm" => "upper extremity",
        other => other,
    }
}

fn parts<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    names.into_iter().map(part).collect()
}

fn date_is_right(answer: &Answer, date: Option<Date>) -> bool {
    let got = date.map(|d| d.to_string());
    got == answer.date || answer.date_also_ok.contains(&got)
}

fn levels<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let bare = |name: &str| name.to_lowercase().replace(['-', ' ', '/'], "");
    names.into_iter().map(bare).collect()
}

fn compare(figures: &mut Figures, answer: &Answer, found: &Finding, span: &Range<usize>) {
    let place = found.place();
    let is_kind = |kind: &String| kind == found.kind.word();
    let strictly = is_kind(&answer.kind);
    let is_right = strictly || answer.also_ok.iter().any(is_kind);
    let by_kind = figures.kinds.entry(answer.kind.clone()).or_default();
    *by_kind = (by_kind.0 + usize::from(is_right), by_kind.1 + 1);
    let wanted = answer.start..answer.end;
    let side = place.side.map(|side| side.word().to_owned());
    let rows = [
        ("kind", is_right),
        ("kind, first choice", strictly),
        ("span", same_span(&wanted, span)),
        ("date", date_is_right(answer, found.date)),
        (
            match answer.date_from.as_deref() {
                Some("sentence") => "date, in the sentence",
                Some(_) => "date, from context",
                None => "date, none",
            },
            date_is_right(answer, found.date),
        ),
        (
            "body part",
            parts(place.parts.iter().copied())
                == parts(answer.body_part.iter().map(String::as_str)),
        ),
        ("side", side == answer.side),
        (
            "level",
            levels(place.levels.iter().map(String::as_str))
                == levels(answer.level.iter().map(String::as_str)),
        ),
    ];
    for (what, is_right) in rows {
        if !figures.check(what, is_right) {
            let got = format!("{:?} {:?} {:?}", found.kind, found.date, place);
            figures.misses.push(format!(
                "{what}: {} s{} want {} {:?} {:?} {:?} {:?} {:?}\n   got {got}\n   in {}",
                answer.letter,
                answer.sentence,
                answer.kind,
                answer.also_ok,
                answer.date,
                answer.body_part,
                answer.side,
                answer.level,
                found.text
            ));
        }
    }
}

fn one_letter(figures: &mut Figures, summary: &[char], answers: &[&Answer]) {
    let text: String = summary.iter().collect();
    let found = findings::read(&text);
    let spans = spans(summary, &found);
    for answer in answers {
        let wanted = answer.start..answer.end;
        let best = (0..found.len()).max_by_key(|i| (overlap(&spans[*i], &wanted), usize::MAX - i));
        let best = best.filter(|i| overlap(&spans[*i], &wanted) > 0);
        if figures.check("found", best.is_some()) {
            compare(
                figures,
                answer,
                &found[best.unwrap()],
                &spans[best.unwrap()],
            );
        }
    }
    for (finding, span) in found.iter().zip(&spans) {
        let own = answers
            .iter()
            .max_by_key(|a| overlap(&(a.start..a.end), span))
            .unwrap();
        let kind = finding.kind.word();
        let is_right = own.kind == kind || own.also_ok.iter().any(|k| k == kind);
        figures.check("made, kind right", is_right);
        figures.check("made, span right", same_span(&(own.start..own.end), span));
    }
    for number in answers.iter().map(|a| a.sentence).collect::<BTreeSet<_>>() {
        let has = |f: &&Finding| f.source.as_ref().is_some_and(|s| s.line == number);
        figures.check("sentences", found.iter().any(|f| has(&f)));
    }
    let count = answers.iter().map(|a| a.sentence).max().unwrap_or_default() as usize;
    figures.check(
        "sentences cut alike",
        sentences::ranges(&text).len() == count,
    );
}

fn print(half: &str, figures: &Figures) {
    let row = |name: &str, (right, asked): (usize, usize)| {
        let percent = 100.0 * right as f64 / asked.max(1) as f64;
        println!("{half:6}{name:24}{right:>5}/{asked:<5}{percent:>6.1} %");
    };
    for (what, count) in &figures.counts {
        row(what, *count);
    }
    for (kind, count) in &figures.kinds {
        row(&format!("kind: {kind}"), *count);
    }
    if half == "tune" {
        figures.misses.iter().for_each(|miss| println!("{miss}"));
    }
}

#[test]
fn findings_of_real_letters() {
    let Some(data) = common::shared("findings_of_real_letters") else {
        return;
    };
    let lines = std::fs::read_to_string(common::own("findings/answers.jsonl")).unwrap();
    let answers: Vec<Answer> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(answers.len() >= 400);
    let mut halves: BTreeMap<&str, Figures> = BTreeMap::new();
    for of_letter in answers.chunk_by(|a, b| a.letter == b.letter) {
        let first = &of_letter[0];
        let figures = halves.entry(&first.half).or_default();
        let answers: Vec<&Answer> = of_letter.iter().collect();
        one_letter(figures, &summary(&data, &first.letter), &answers);
    }
    assert_eq!(halves.len(), 2);
    for (half, figures) in &halves {
        print(half, figures);
    }
    for (half, figures) in &halves {
        assert!(figures.share("kind") >= 0.9, "{half}: kinds");
        assert!(figures.share("found") >= 1.0, "{half}: a finding is lost");
        assert!(
            figures.share("sentences") >= 1.0,
            "{half}: a sentence is lost"
        );
    }
}
