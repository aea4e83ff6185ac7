//! What it takes to seal a determination durably, against the least it could take: one 4 KiB write
//! and `fdatasync` on the same disk, one of each per turn in one run. Bar: 3 times, in the median.
//!
//! `cargo bench --bench seal [FOLDER]`; the folder says which disk, the default is `target`.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "../tests/store_support/mod.rs"]
mod store_support;

use imr::model::{CaseId, QueueQuery};
use imr::store::{Kind, NewCase, Store};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use store_support::{Desk, at, new_case, signing};

const TURNS: u32 = 300;
const CASES: u32 = 100_000;
const BAR: f64 = 3.0;

fn main() {
    let folder = std::env::args().skip(1).find(|a| !a.starts_with("--"));
    let folder = folder.map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target"),
        PathBuf::from,
    );
    let ratio = seal(&folder);
    queue(&folder);
    if ratio > BAR {
        println!("MISSED: {ratio:.2} is more than {BAR}");
        std::process::exit(1);
    }
}

fn seal(folder: &std::path::Path) -> f64 {
    let folder = tempfile::tempdir_in(folder).unwrap();
    let path = folder.path().join("imr.db");
    let store = Store::create(&path, Kind::Test).unwrap();
    let mut desk = Desk { folder, store };
    let cases: Vec<CaseId> = (1..=TURNS).map(|n| desk.with(n, n % 2 == 0)).collect();
    cases.iter().for_each(|case| desk.complete(case));
    let raw = File::create(desk.folder.path().join("raw")).unwrap();
    raw.write_all_at(&vec![1; 4096 * TURNS as usize], 0)
        .unwrap();
    raw.sync_all().unwrap();
    let (mut sealing, mut flushing) = (Vec::new(), Vec::new());
    for (turn, case) in cases.iter().enumerate() {
        flushing.push(timed(|| {
            raw.write_all_at(&[7; 4096], turn as u64 * 4096).unwrap();
            raw.sync_data().unwrap();
        }));
        sealing.push(timed(|| {
            desk.store.sign(case, &signing(), at(1)).unwrap();
        }));
    }
    report("4 KiB pwrite + fdatasync", &mut flushing);
    report("sign", &mut sealing);
    let ratio = median(&sealing).as_secs_f64() / median(&flushing).as_secs_f64();
    println!("sign / fdatasync, median: {ratio:.2} (bar {BAR})");
    ratio
}

/// The queue at 100,000 cases, imported like any other.
fn queue(folder: &std::path::Path) {
    let folder = tempfile::tempdir_in(folder).unwrap();
    let mut store = Store::create(&folder.path().join("imr.db"), Kind::Test).unwrap();
    let start = Instant::now();
    for batch in 0..CASES / 1_000 {
        let numbers = batch * 1_000 + 1..=(batch + 1) * 1_000;
        let new: Vec<NewCase> = numbers.map(|n| new_case(n, n % 3 == 0)).collect();
        store.import_all(&new, "lee", at(0)).unwrap();
    }
    println!("import of {CASES} cases: {:.1?}", start.elapsed());
    let path = store.path().to_owned();
    drop(store);
    let start = Instant::now();
    let store = Store::open(&path).unwrap();
    println!("open: {:.1?}", start.elapsed());
    let asked = [
        ("", 0),
        ("", 50),
        ("", CASES as usize - 50),
        ("cerv 0077", 0),
        ("cerv 0077", 50),
        ("crvcl ct", 0),
        ("crvcl ct", 50),
    ];
    for (filter, start) in asked {
        let query = QueueQuery {
            filter: filter.into(),
            start,
            len: 50,
            ..QueueQuery::default()
        };
        let took = timed(|| drop(store.queue(&query, at(0)).unwrap()));
        println!("queue from {start}, filter {filter:?}: {took:.1?}");
    }
    let took = timed(|| {
        println!(
            "{} rows checked, {} problems",
            store.verify(None).checked,
            store.verify(None).problems.len()
        )
    });
    println!("verify, twice: {took:.1?}");
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn report(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |percent: usize| times[times.len() * percent / 100];
    println!(
        "{what}: p10 {:.0?}, p50 {:.0?}, p95 {:.0?}",
        at(10),
        at(50),
        at(95)
    );
}

fn median(sorted: &[Duration]) -> Duration {
    sorted[sorted.len() / 2]
}
