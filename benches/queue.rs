//! The queue of a large store: the first screen, the queue in memory, and what passes a filter
//! after each key. Bar: at most 50 ms from the key to its rows, once the queue is in memory.
//!
//! `cargo bench --bench queue -- [CASES]` (100,000). A process of its own measures, so that its
//! memory is that of the queue and not of the import.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "../tests/store_support/mod.rs"]
mod store_support;

use imr::model::{QueueQuery, Sort, View};
use imr::store::{Kind, NewCase, Store};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use store_support::{at, new_case};

const CASES: u32 = 100_000;
/// From a key to its rows.
const BAR: Duration = Duration::from_millis(50);
/// Typed letter by letter.
const TYPED: [&str; 9] = [
    "cerv 0077",
    "crvcl ct",
    "zzz",
    "req:\"lumbar mri\"",
    "due:<3d pri:exp",
    "state:new -knee age:>60",
    "items:>1 injury:2012 sex:f",
    "dx:radiculopathy",
    "case:0012345",
];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Some(path) = args.iter().find_map(|a| a.strip_prefix("--measure=")) {
        return measure(Path::new(path));
    }
    let cases = args.iter().find_map(|a| a.parse().ok()).unwrap_or(CASES);
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    let folder = tempfile::tempdir_in(target).unwrap();
    let path = folder.path().join("imr.db");
    fill(&path, cases);
    let measured = Command::new(std::env::current_exe().unwrap())
        .arg(format!("--measure={}", path.display()))
        .status()
        .unwrap();
    std::process::exit(measured.code().unwrap_or(2));
}

/// Cases of our own making, each asking for something else of another region.
fn fill(path: &Path, cases: u32) {
    const REGIONS: [&str; 6] = [
        "cervical spine",
        "lumbar spine",
        "right shoulder",
        "left knee",
        "wrist",
        "hip",
    ];
    const REQUESTS: [&str; 8] = [
        "MRI of the",
        "physical therapy 12 visits,",
        "epidural injection,",
        "acupuncture,",
        "EMG of the",
        "TENS unit,",
        "naproxen 550 mg,",
        "surgery of the",
    ];
    let mut store = Store::create(path, Kind::Test).unwrap();
    let start = Instant::now();
    for batch in 0..cases.div_ceil(1_000) {
        let numbers = batch * 1_000 + 1..=(batch + 1) * 1_000;
        let new: Vec<NewCase> = numbers
            .map(|n| {
                let mut new = new_case(n, n % 3 == 0);
                for (i, item) in (0..).zip(&mut new.case.items) {
                    let dice = (n.wrapping_mul(2_654_435_761) >> 8) + i;
                    let region = REGIONS[dice as usize % REGIONS.len()];
                    let request = REQUESTS[(dice / 7) as usize % REQUESTS.len()];
                    item.request = format!("{request} {region}");
                }
                new
            })
            .collect();
        store.import_all(&new, "lee", at(0)).unwrap();
    }
    println!("import of {cases} cases: {:.1?}", start.elapsed());
}

fn measure(path: &Path) {
    let (store, took) = timed(|| Store::open(path).unwrap());
    println!("open: {took:.1?}");
    let first = QueueQuery {
        len: 200,
        ..QueueQuery::default()
    };
    let (page, took) = timed(|| store.queue(&first, at(0)).unwrap());
    println!(
        "first window, {} open of {}: {took:.1?}",
        page.counts.open, page.counts.all
    );
    let before = resident();
    let worked_before = worked();
    let ((), took) = timed(|| store.read_queue_ahead(at(0)).unwrap());
    println!(
        "work for it: {:.1?}",
        worked().saturating_sub(worked_before)
    );
    println!(
        "queue into memory: {took:.1?}; {before} kB resident before, {} kB after",
        resident()
    );
    let (mut worst, mut work) = (Duration::ZERO, Duration::ZERO);
    for typed in TYPED {
        let keys = (1..=typed.len()).map(|end| &typed[..end]);
        let times: Vec<(Duration, Duration)> =
            keys.filter_map(|typed| asked(&store, typed)).collect();
        let slowest = times
            .iter()
            .map(|(took, _)| *took)
            .max()
            .unwrap_or_default();
        let hardest = times
            .iter()
            .map(|(_, work)| *work)
            .max()
            .unwrap_or_default();
        let found = asked_for(typed, Sort::Due, View::All);
        let total = store.queue(&found, at(0)).unwrap().total;
        println!(
            "{typed}: {} keys, slowest {slowest:.1?} (work at most {hardest:.1?}), {total} cases",
            times.len()
        );
        worst = worst.max(slowest);
        work = work.max(hardest);
    }
    for sort in Sort::ALL {
        let took = [View::Open, View::All, View::Signed].map(|view| {
            let query = asked_for("", sort, view);
            timed(|| store.queue(&query, at(0)).unwrap()).1
        });
        println!("sorted by {}: {took:.1?}", sort.word());
    }
    println!(
        "{} kB resident at the end; slowest key {worst:.1?}, work for a key at most {work:.1?} (bar {BAR:.1?})",
        resident()
    );
    std::process::exit(i32::from(worst > BAR));
}

fn asked_for(filter: &str, sort: Sort, view: View) -> QueueQuery {
    QueueQuery {
        filter: filter.into(),
        sort,
        view,
        len: 200,
        ..QueueQuery::default()
    }
}

/// How long a key takes, and how much of that the processor worked for it: on a busy machine the
/// two differ. `None` where what is typed does not read yet.
fn asked(store: &Store, typed: &str) -> Option<(Duration, Duration)> {
    let query = asked_for(typed, Sort::Due, View::Open);
    let before = worked();
    let (page, took) = timed(|| store.queue(&query, at(0)));
    page.ok().map(|_| (took, worked().saturating_sub(before)))
}

/// How long this thread has had a processor.
fn worked() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = stat.split_whitespace().next().and_then(|n| n.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

/// Kilobytes of memory in use.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}
