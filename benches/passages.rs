//! Full text: `imr`'s search of passages against `ripgrep` over the same text, and the making of
//! its index against SQLite alone. Makes its own 100,000 passages.
//!
//! `cargo bench --bench passages [-- --passages N --rounds N]`; needs `rg` on the path.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench")]

use imr::intake::guideline;
use imr::intake::pdf::{Extractor, Reader};
use imr::library::{self, Given};
use imr::model::Rank;
use imr::store::{Kind, Store};
use jiff::Timestamp;
use rusqlite::Connection;
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How much text a passage has, in characters.
const LENGTH: usize = 570;
/// How many answers are asked for.
const LIMIT: usize = 20;

/// Words of the field with the share of passages that have them, in thousandths.
const TERMS: [(&str, u64); 24] = [
    ("opioid", 200),
    ("lumbar", 180),
    ("cervical", 170),
    ("morphine", 120),
    ("therapy", 250),
    ("operative", 150),
    ("injection", 130),
    ("imaging", 110),
    ("epidural steroid", 40),
    ("physical therapy", 60),
    ("radiculopathy", 30),
    ("naloxone", 9),
    ("kyphoplasty", 5),
    ("tapering", 12),
    ("duloxetine", 8),
    ("cauda equina", 6),
    ("discography", 4),
    ("acupuncture", 10),
    ("cervicogenic", 7),
    ("motor", 60),
    ("morbidity", 40),
    ("gabapentin", 10),
    ("meniscus", 9),
    ("opposition", 20),
];

/// What is typed: rare words, common ones, phrases, and beginnings of common words.
const QUERIES: [&str; 20] = [
    "naloxone ",
    "kyphoplasty ",
    "duloxetine ",
    "discography ",
    "acupuncture ",
    "meniscus ",
    "opioid ",
    "lumbar ",
    "cervical ",
    "therapy ",
    "injection ",
    "imaging ",
    "\"epidural steroid\"",
    "\"cauda equina\"",
    "op",
    "cerv",
    "mor",
    "inj",
    "lumbar epidural steroid ",
    "opioid tapering nalox",
];

fn main() {
    let passages = argument("--passages", 100_000);
    let rounds = argument("--rounds", 5);
    let folder = tempfile::tempdir().unwrap();
    let texts = texts(passages);
    let size: usize = texts.iter().map(String::len).sum();
    let plain = folder.path().join("text.txt");
    std::fs::write(&plain, texts.join("\n")).unwrap();
    println!("{passages} passages, {:.1} MB of text", megabytes(size));
    let store = indexing(folder.path(), &texts, size, rounds);
    searching(&store, &plain, rounds);
}

fn argument(name: &str, usual: usize) -> usize {
    let arguments: Vec<String> = std::env::args().collect();
    let at = arguments.iter().position(|a| a == name);
    at.and_then(|at| arguments.get(at + 1)?.parse().ok())
        .unwrap_or(usual)
}

// --- text -------------------------------------------------------------------------------------

/// A generator of its own: the same text on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn texts(count: usize) -> Vec<String> {
    let mut chance = Chance(7);
    let words: Vec<String> = (0..20_000).map(|_| made_word(&mut chance)).collect();
    (0..count).map(|_| made_text(&mut chance, &words)).collect()
}

fn made_word(chance: &mut Chance) -> String {
    const STARTS: [&str; 12] = ["b", "d", "f", "g", "k", "n", "p", "r", "s", "t", "v", "st"];
    const VOWELS: [&str; 6] = ["a", "e", "i", "o", "u", "ea"];
    let syllables = 1 + chance.below(3);
    let mut word = String::new();
    for _ in 0..=syllables {
        word.push_str(STARTS[chance.below(12) as usize]);
        word.push_str(VOWELS[chance.below(6) as usize]);
    }
    word
}

/// Common words are common: the place of a word is a product of two draws.
fn made_text(chance: &mut Chance, words: &[String]) -> String {
    let terms: Vec<&str> = TERMS
        .iter()
        .filter(|(_, share)| chance.below(1000) < *share)
        .map(|(term, _)| *term)
        .collect();
    let most = words.len() as u64;
    let mut text = String::with_capacity(LENGTH + 16);
    let mut due = terms.iter();
    while text.len() < LENGTH {
        let at = chance.below(most) * chance.below(most) / most * chance.below(most) / most;
        text.push_str(&words[at as usize]);
        let ends = chance.below(12) == 0;
        text.push_str(if ends { ". " } else { " " });
        if chance.below(6) == 0
            && let Some(term) = due.next()
        {
            let _ = write!(text, "{term} ");
        }
    }
    text.trim_end().to_owned()
}

// --- index ------------------------------------------------------------------------------------

fn indexing(folder: &Path, texts: &[String], size: usize, rounds: usize) -> Store {
    let mut lines = String::new();
    for text in texts {
        let line = serde_json::json!({"doc": "made", "title": "Made text", "text": text});
        let _ = writeln!(lines, "{line}");
    }
    let (mut ratios, mut store) = (Vec::new(), None);
    for round in 0..rounds {
        let alone = timed(|| sqlite_alone(&folder.join(format!("alone-{round}.db")), texts));
        let path = folder.join(format!("imr-{round}.db"));
        let mut made = None;
        let ours = timed(|| made = Some(added(&path, lines.as_bytes())));
        println!(
            "index: SQLite alone {:.2} s, imr library add {:.2} s",
            alone.as_secs_f64(),
            ours.as_secs_f64()
        );
        ratios.push(ours.as_secs_f64() / alone.as_secs_f64());
        store = made;
    }
    let last = folder.join(format!("imr-{}.db", rounds - 1));
    let index = index_size(&last);
    println!(
        "index: {:.2} times SQLite alone (bar 2.0); {:.1} MB, {:.2} times the text (bar 0.55)",
        median(&mut ratios),
        megabytes(index),
        index as f64 / size as f64
    );
    store.unwrap()
}

fn added(path: &Path, lines: &[u8]) -> Store {
    let file = guideline::read(lines, &mut Extractor::new(Reader::of("/nonexistent"))).unwrap();
    let mut store = Store::create(path, Kind::Test).unwrap();
    let given = Given {
        edition: Some("1".to_owned()),
        rank: Some(Rank::C),
        ..Given::default()
    };
    library::add(&mut store, file, &given, Timestamp::UNIX_EPOCH).unwrap();
    store
}

/// The same rows and the same index, by hand.
fn sqlite_alone(path: &Path, texts: &[String]) {
    let mut on = Connection::open(path).unwrap();
    on.execute_batch(
        "PRAGMA journal_mode = wal; PRAGMA synchronous = 2;
         CREATE TABLE passages (passage_id INTEGER PRIMARY KEY, heading TEXT, text TEXT);
         CREATE VIRTUAL TABLE words USING fts5 (text, heading, content = 'passages', content_rowid = 'passage_id',
                                                tokenize = 'porter unicode61 remove_diacritics 2')",
    )
    .unwrap();
    let tx = on.transaction().unwrap();
    {
        let mut rows = tx
            .prepare("INSERT INTO passages VALUES (?1, '', ?2)")
            .unwrap();
        let mut words = tx
            .prepare("INSERT INTO words (rowid, heading, text) VALUES (?1, '', ?2)")
            .unwrap();
        for (row, text) in (1_i64..).zip(texts) {
            rows.execute((row, text)).unwrap();
            words.execute((row, text)).unwrap();
        }
    }
    tx.commit().unwrap();
}

fn index_size(path: &Path) -> usize {
    let on = Connection::open(path).unwrap();
    let bytes = |sql: &str| on.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap() as usize;
    bytes("SELECT sum(length(block)) FROM passage_words_data")
        + bytes("SELECT sum(length(sz)) + 4 * count(*) FROM passage_words_docsize")
        + bytes("SELECT sum(length(term)) + 8 * count(*) FROM passage_words_idx")
}

// --- search -----------------------------------------------------------------------------------

fn searching(store: &Store, plain: &Path, rounds: usize) {
    let (mut ours, mut theirs) = (
        vec![Vec::new(); QUERIES.len()],
        vec![Vec::new(); QUERIES.len()],
    );
    let (mut at_p50, mut at_p99) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let (mut own, mut other) = (Vec::new(), Vec::new());
        for (at, query) in QUERIES.iter().enumerate() {
            let rg = timed(|| ripgrep(query, plain));
            let imr = timed(|| {
                assert!(
                    !library::passages(store, query, LIMIT).unwrap().is_empty(),
                    "{query}"
                )
            });
            other.push(rg.as_secs_f64() * 1000.0);
            own.push(imr.as_secs_f64() * 1000.0);
            theirs[at].push(rg.as_secs_f64() * 1000.0);
            ours[at].push(imr.as_secs_f64() * 1000.0);
        }
        at_p50.push(part(&mut own, 0.5) / part(&mut other, 0.5));
        at_p99.push(part(&mut own, 0.99) / part(&mut other, 0.99));
    }
    for (at, query) in QUERIES.iter().enumerate() {
        let (own, other) = (median(&mut ours[at]), median(&mut theirs[at]));
        println!("  {query:28} imr {own:6.2} ms   rg {other:6.2} ms");
    }
    let medians =
        |all: &mut Vec<Vec<f64>>| all.iter_mut().map(|one| median(one)).collect::<Vec<f64>>();
    let (mut own, mut other) = (medians(&mut ours), medians(&mut theirs));
    println!(
        "imr p50 {:.2} p99 {:.2} ms, rg p50 {:.2} p99 {:.2} ms",
        part(&mut own, 0.5),
        part(&mut own, 0.99),
        part(&mut other, 0.5),
        part(&mut other, 0.99)
    );
    println!(
        "ratio p50 {:.3} (bar 0.15), p99 {:.3} (bar 1.0)",
        median(&mut at_p50),
        median(&mut at_p99)
    );
}

/// Unranked, and the words of a query as one text: the least that `rg` can be asked.
fn ripgrep(query: &str, plain: &Path) {
    let text = query
        .trim()
        .trim_matches('"')
        .split(' ')
        .next_back()
        .unwrap_or_default();
    let text = if query.starts_with('"') {
        query.trim_matches('"')
    } else {
        text
    };
    let mut child = Command::new("rg")
        .args(["--no-config", "-i", "-F", text])
        .arg(plain)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut found = Vec::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_end(&mut found)
        .unwrap();
    child.wait().unwrap();
}

// --- figures ----------------------------------------------------------------------------------

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn part(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = ((values.len() - 1) as f64 * part).round() as usize;
    values[at]
}

fn median(values: &mut [f64]) -> f64 {
    part(values, 0.5)
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
