//! What it takes to seal a determination durably, against the least it could take: one 4 KiB write
//! and `fdatasync` on the same disk, one of each per turn in one run. Bar: 3 times, in the median.
//!
//! `cargo bench --bench seal -- [FOLDER]`; the folder says which disk, the default is `target`.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "../tests/store_support/mod.rs"]
mod store_support;

use imr::model::{CaseId, Change};
use imr::store::{Kind, Store};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use store_support::{Desk, at, signing};

const ROUNDS: usize = 5;
const TURNS: usize = 200;
/// Signatures into a log that starts empty, as after opening the store.
const FRESH: usize = 20;
const BAR: f64 = 3.0;
/// A page in SQLite's log: its header and the page.
const FRAME: [usize; 2] = [24, 8192];
/// SQLite starts the log again from its beginning after so many.
const LOG_FRAMES: usize = 1_000;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let folder = args.iter().find(|a| !a.starts_with("--"));
    let folder = folder.map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target"),
        PathBuf::from,
    );
    let ratio = seal(&folder);
    if ratio > BAR {
        println!("MISSED: {ratio:.2} is more than {BAR}");
        std::process::exit(1);
    }
}

fn seal(folder: &Path) -> f64 {
    let folder = tempfile::tempdir_in(folder).unwrap();
    let path = folder.path().join("imr.db");
    let store = Store::create(&path, Kind::Test).unwrap();
    let mut desk = Desk { folder, store };
    let all = (FRESH + ROUNDS * TURNS) as u32;
    let cases: Vec<CaseId> = (1..=all).map(|n| desk.with(n, n % 2 == 0)).collect();
    cases.iter().for_each(|case| desk.complete(case));
    let (fresh, cases) = cases.split_at(FRESH);

    drop(desk.store);
    desk.store = Store::open(&path).unwrap();
    let mut signing_afresh: Vec<_> = fresh.iter().map(|case| sign(&mut desk, case)).collect();
    let log = std::fs::metadata(path.with_file_name("imr.db-wal")).unwrap();
    let frames = log.len() as usize / FRAME.iter().sum::<usize>() / FRESH;
    println!("a signature writes {frames} pages to the log");
    report("sign, log still growing", &mut signing_afresh);

    let mut disk = Disk::new(desk.folder.path(), frames);
    // Until the log is as long as it gets.
    cases.iter().for_each(|case| {
        let reason = "warming up".to_owned();
        desk.apply(case, Change::RecordsExplained { reason });
    });
    let mut ratios: Vec<f64> = cases
        .chunks(TURNS)
        .map(|cases| round(&mut desk, &mut disk, cases))
        .collect();
    ratios.sort_unstable_by(f64::total_cmp);
    let ratio = ratios[ratios.len() / 2];
    println!("sign / fdatasync, medians, by round: {ratios:.2?}; median {ratio:.2} (bar {BAR})");
    ratio
}

/// One of each per turn; returns the ratio of the medians.
fn round(desk: &mut Desk, disk: &mut Disk, cases: &[CaseId]) -> f64 {
    let (mut page, mut frames, mut signing) = (Vec::new(), Vec::new(), Vec::new());
    for case in cases {
        page.push(timed(|| disk.page()));
        signing.push(sign(desk, case));
        frames.push(timed(|| disk.frames()));
    }
    report("4 KiB pwrite + fdatasync", &mut page);
    report("as many pages + fdatasync", &mut frames);
    report("sign", &mut signing);
    median(&signing).as_secs_f64() / median(&page).as_secs_f64()
}

/// Who signs a case has opened it.
fn sign(desk: &mut Desk, case: &CaseId) -> Duration {
    drop(desk.store.case(case).unwrap());
    timed(|| {
        desk.store
            .sign_as_read(case, &signing(), at(1), |_| true)
            .unwrap();
    })
}

/// What the disk takes without a database. Both files have their full length before.
struct Disk {
    page: File,
    log: File,
    /// How many frames at a time, and where the next one goes.
    frames: usize,
    at: usize,
}

impl Disk {
    fn new(folder: &Path, frames: usize) -> Self {
        let full = |name, len: usize| {
            let file = File::create(folder.join(name)).unwrap();
            file.write_all_at(&vec![1; len], 0).unwrap();
            file.sync_all().unwrap();
            file
        };
        Self {
            page: full("page", FRAME[1]),
            log: full("log", (LOG_FRAMES + frames) * FRAME.iter().sum::<usize>()),
            frames,
            at: 0,
        }
    }

    fn page(&self) {
        self.page.write_all_at(&[7; 4096], 0).unwrap();
        self.page.sync_data().unwrap();
    }

    /// As SQLite writes them: for each, header and page.
    fn frames(&mut self) {
        for _ in 0..self.frames {
            let start = self.at * FRAME.iter().sum::<usize>();
            self.log.write_all_at(&[7; FRAME[0]], start as u64).unwrap();
            let start = start + FRAME[0];
            self.log.write_all_at(&[7; FRAME[1]], start as u64).unwrap();
            self.at += 1;
        }
        self.log.sync_data().unwrap();
        self.at %= LOG_FRAMES;
    }
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
        "{what}: p10 {:.0?}, p50 {:.0?}, p90 {:.0?}",
        at(10),
        at(50),
        at(90)
    );
}

fn median(sorted: &[Duration]) -> Duration {
    sorted[sorted.len() / 2]
}
