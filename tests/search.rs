//! The shelf's ranking, measured on what reviewers type, and the proof that fuzzy-matcher is what
//! answers the fuzzy queries.

use imr::{
    model::{Citation, PageRange, Rank, ShelfEntry, Source},
    search::{
        fuzzy::{Matcher, Scorer, Skim},
        shelf::{ShelfIndex, rank},
    },
};
use proptest::prelude::*;
use serde::Deserialize;
use std::{collections::HashMap, path::Path, sync::Arc, time::Instant};

#[derive(Deserialize)]
struct ShelfFile {
    entry: Vec<Written>,
}

#[derive(Deserialize)]
struct Written {
    key: String,
    corpus: String,
    mtus: bool,
    title: String,
    year: Option<i16>,
    chapter: Option<u32>,
    section: Option<String>,
    #[serde(default)]
    pages: Vec<PageRange>,
    topic: String,
    #[serde(default)]
    synonyms: Vec<String>,
    #[serde(default)]
    unverified: bool,
}

fn entry(written: Written) -> ShelfEntry {
    let source = match written.corpus.as_str() {
        "MTUS" => Source::Mtus,
        "ACOEM" => Source::Acoem,
        "ODG" => Source::Odg,
        _ => Source::Other,
    };
    let year = written.year.map(|y| format!(" {y}")).unwrap_or_default();
    let section = written.section.as_deref();
    let text = match (written.mtus, source) {
        (true, _) => {
            let section = section.map(|s| format!(", Section(s): {s}"));
            format!("{}{year}{}", written.title, section.unwrap_or_default())
        }
        (false, Source::Odg) if !written.title.contains("ODG") => {
            let section = section.map(|s| format!(": {s}"));
            format!(
                "Official Disability Guidelines (ODG), {}{}",
                written.title,
                section.unwrap_or_default()
            )
        }
        _ => {
            let section = section.map(|s| format!(": {s}"));
            format!("{}{year}{}", written.title, section.unwrap_or_default())
        }
    };
    ShelfEntry {
        key: written.key,
        citation: Citation {
            text,
            source,
            chapter: written.chapter,
            title: Some(written.title),
            section: written.section,
            pages: written.pages,
            year: written.year,
            mtus: written.mtus,
            rank: None,
        },
        rank: Rank::A,
        topic: written.topic,
        synonyms: written.synonyms,
        is_unverified: written.unverified,
    }
}

/// The built-in shelf; `None` while the library's file is not there.
fn shelf() -> Option<Vec<ShelfEntry>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/library/shelf.toml");
    let path = std::env::var_os("IMR_TEST_SHELF").map_or(path, Into::into);
    let text = std::fs::read_to_string(path).ok()?;
    let file: ShelfFile = toml::from_str(&text).unwrap();
    Some(file.entry.into_iter().map(entry).collect())
}

struct Query {
    text: &'static str,
    right: Vec<&'static str>,
}

fn queries() -> Vec<Query> {
    include_str!("search/queries.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (text, right) = line.split_once('\t').unwrap();
            Query {
                text,
                right: right.split('|').collect(),
            }
        })
        .collect()
}

impl Query {
    fn is_right(&self, key: &str) -> bool {
        let either = key
            .replacen("cp-2009-", "cp-", 1)
            .replacen("cp-2016-", "cp-", 1);
        self.right.iter().any(|right| either.starts_with(right))
    }

    /// The place of the first right answer, from 1.
    fn place(&self, index: &ShelfIndex) -> Option<usize> {
        let hits = index.rank(&HashMap::new(), self.text, "", 20);
        hits.iter()
            .position(|hit| self.is_right(&hit.entry.key))
            .map(|at| at + 1)
    }
}

/// Line numbers from 1: even lines were tuned on, odd ones held out.
fn share(index: &ShelfIndex, tuned: bool, within: usize) -> f64 {
    let half: Vec<bool> = queries()
        .iter()
        .enumerate()
        .filter(|(i, _)| ((i + 1) % 2 == 0) == tuned)
        .map(|(_, query)| query.place(index).is_some_and(|place| place <= within))
        .collect();
    half.iter().filter(|ok| **ok).count() as f64 / half.len() as f64
}

#[test]
fn what_reviewers_type_finds_what_they_want() {
    let Some(entries) = shelf() else {
        println!("skipped: src/library/shelf.toml is not there yet");
        return;
    };
    let index = ShelfIndex::new(&entries);
    for (i, query) in queries().iter().enumerate() {
        let is_tuned = (i + 1) % 2 == 0;
        if is_tuned && query.place(&index) != Some(1) {
            let hits = index.rank(&HashMap::new(), query.text, "", 5);
            let keys: Vec<(&str, i64)> = hits
                .iter()
                .map(|h| (h.entry.key.as_str(), h.score))
                .collect();
            println!("{:?} {:?}: {keys:?}", query.place(&index), query.text);
        }
    }
    for (name, tuned) in [("tuned on", true), ("held out", false)] {
        let (first, five) = (share(&index, tuned, 1), share(&index, tuned, 5));
        println!(
            "{name}: first place {:.1} %, first five {:.1} %",
            first * 100.0,
            five * 100.0
        );
        assert!(first >= 0.90 && five >= 0.98, "{name}");
    }
}
