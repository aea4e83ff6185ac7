//! One login, several terminals: processes on one store that decide, write and are killed. What was
//! acknowledged is there at the end, whatever the others did, and was never written over unseen.
//!
//! Each worker is this test binary, started again, and notes in a log of its own what the store, or
//! the program over it, has acknowledged. Longer, with another seed:
//! `IMR_SEED=7 cargo test --release --test several -- --ignored --nocapture`

mod sitting;
mod store_support;

use imr::model::*;
use imr::store::{NewCase, Store, StoreError};
use sitting::Sitting;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use store_support::{Desk, at, new_case};

const PROCESSES: usize = 8;
/// Half of what is done is done to so many cases, so that the processes meet.
const CROWDED: u64 = 4;

#[test]
fn eight_processes_lose_no_save() {
    run(60, Duration::from_secs(5));
}

#[test]
#[ignore = "takes a minute: cargo test --test several -- --ignored --nocapture"]
fn eight_processes_on_500_cases_lose_no_save() {
    run(500, Duration::from_secs(60));
}

/// SplitMix64: the same choices for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

fn run(cases: u32, length: Duration) {
    let mut desk = Desk::new();
    let new: Vec<NewCase> = (1..=cases).map(|n| new_case(n, false)).collect();
    desk.store.import_all(&new, "lee", at(0)).unwrap();
    let seed = std::env::var("IMR_SEED").ok().and_then(|s| s.parse().ok());
    let mut random = Random(seed.unwrap_or(1));
    let end = Instant::now() + length;
    let mut workers: Vec<Worker> = Vec::new();
    let mut kills = 0;
    while Instant::now() < end {
        while workers.len() < PROCESSES {
            workers.push(Worker::start(&desk, cases, &mut random));
        }
        std::thread::sleep(Duration::from_millis(100 + random.below(300)));
        let at = usize::try_from(random.below(PROCESSES as u64)).unwrap();
        workers.swap_remove(at).kill();
        kills += 1;
    }
    workers.into_iter().for_each(Worker::kill);
    let log = Log::read(desk.folder.path());
    log.assert_kept(&desk.store);
    let (words, decisions, refused) = (log.words.len(), log.decisions.len(), log.refused);
    println!("{words} texts, {decisions} decisions, {refused} refused as stale, {kills} kills");
    // Processes that do nothing, or never meet, prove nothing.
    assert!(
        words > 20 && decisions > 20 && refused > 3,
        "too little was done"
    );
}

/// A process; killed when it goes.
struct Worker(Child);

impl Worker {
    /// Half of them over the store alone, half through the whole program.
    fn start(desk: &Desk, cases: u32, random: &mut Random) -> Self {
        let name = random.below(u64::MAX);
        let test = match name % 2 {
            0 => "worker_over_the_store",
            _ => "worker_at_a_window",
        };
        let args = [
            "--ignored",
            "--exact",
            "--nocapture",
            "--test-threads=1",
            test,
        ];
        let child = Command::new(std::env::current_exe().unwrap())
            .args(args)
            .env("IMR_SEVERAL_STORE", desk.path())
            .env(
                "IMR_SEVERAL_LOG",
                desk.folder.path().join(format!("{name}.log")),
            )
            .env("IMR_SEVERAL_CASES", cases.to_string())
            .env("IMR_SEVERAL_NAME", name.to_string())
            .stdout(Stdio::null())
            .spawn();
        Self(child.unwrap())
    }
}

impl Worker {
    /// It goes on for ever: ended by itself, it has failed.
    fn kill(mut self) {
        let ended = self.0.try_wait().unwrap();
        assert!(ended.is_none(), "a worker failed: {ended:?}");
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a worker was told to do.
struct Task {
    store: PathBuf,
    log: File,
    cases: u64,
    name: u64,
    random: Random,
    done: u64,
}

impl Task {
    /// `None` where the test is not run by [`Worker::start`].
    fn given() -> Option<Self> {
        let told = |name: &str| std::env::var(format!("IMR_SEVERAL_{name}")).ok();
        let name = told("NAME")?.parse().ok()?;
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .open(told("LOG")?);
        Some(Self {
            store: told("STORE")?.into(),
            log: log.ok()?,
            cases: told("CASES")?.parse().ok()?,
            name,
            random: Random(name),
            done: 0,
        })
    }

    fn case(&mut self) -> CaseId {
        let crowded = self.random.below(2) == 0;
        let n = 1 + self
            .random
            .below(if crowded { CROWDED } else { self.cases });
        CaseId::typed(&format!("CM25-{n:07}"))
    }

    /// A word that is written once in all.
    fn word(&mut self) -> String {
        self.done += 1;
        format!("w{}n{}", self.name, self.done)
    }

    /// A line at once: what a killed process wrote stays with the system.
    fn note(&mut self, line: &str) {
        self.log.write_all(format!("{line}\n").as_bytes()).unwrap();
    }
}

#[test]
#[ignore = "a process of the tests above"]
fn worker_over_the_store() {
    let Some(mut task) = Task::given() else {
        return;
    };
    let mut store = Store::open(&task.store).unwrap();
    loop {
        let case = task.case();
        let writes = task.random.below(3) > 0;
        let word = task.word();
        // Refused, it is looked at again, as a reviewer would.
        while !try_once(
            &mut task,
            &mut store,
            &case,
            writes.then_some(word.as_str()),
        ) {}
    }
}

/// Reads, thinks, and saves what follows from what was read. Was it taken?
fn try_once(task: &mut Task, store: &mut Store, case: &CaseId, word: Option<&str>) -> bool {
    let file = store.case(case).unwrap().unwrap();
    let seen = file.history.last().map(|entry| entry.seq);
    std::thread::sleep(Duration::from_millis(task.random.below(30)));
    let decision = [Decision::Upheld, Decision::Overturned][task.random.below(2) as usize];
    let change = match word {
        Some(word) => Change::Written {
            item: 0,
            text: format!("{} {word}", file.draft.items[0].rationale),
        },
        None => Change::Decided { item: 0, decision },
    };
    match store.apply_as_read(case, &change, seen, "lee", at(60)) {
        Ok(applied) => {
            let (seq, what) = (
                applied.entry.seq,
                word.map_or(decision.short(), |word| word),
            );
            let kind = if word.is_some() { "wrote" } else { "decided" };
            task.note(&format!("{kind}\t{case}\t{seq}\t{what}"));
            true
        }
        Err(StoreError::ChangedElsewhere { .. }) => {
            task.note("refused");
            false
        }
        // Eight writers: to wait too long is no loss.
        Err(error) => {
            task.note(&format!("failed\t{error}"));
            true
        }
    }
}

#[test]
#[ignore = "a process of the tests above"]
fn worker_at_a_window() {
    let Some(mut task) = Task::given() else {
        return;
    };
    let mut window = Sitting::window(&task.store);
    loop {
        let case = task.case();
        window.keys(&format!("/{case}<enter><enter>3e"));
        for _ in 0..1 + task.random.below(4) {
            let word = task.word();
            window.types(&format!(" {word}"));
            if window.model.dialogue().is_some() {
                // Both texts are on the screen, and both are kept.
                assert!(window.screen().contains(&word), "{}", window.screen());
                task.note("refused");
                window.keys("<esc>");
            }
            let is_open = window
                .model
                .open
                .as_ref()
                .is_some_and(|open| *open.id() == case);
            if is_open
                && !window.model.saves.is_saving(&case)
                && !window.model.saves.is_refused(&case)
            {
                task.note(&format!("wrote\t{case}\t0\t{word}"));
            }
            std::thread::sleep(Duration::from_millis(task.random.below(30)));
        }
        window.keys("<esc><esc>");
    }
}

/// What was acknowledged.
#[derive(Default)]
struct Log {
    /// Word and case.
    words: BTreeMap<String, CaseId>,
    /// Event, case and decision.
    decisions: BTreeMap<i64, (CaseId, String)>,
    refused: usize,
}

impl Log {
    fn read(folder: &Path) -> Self {
        let mut log = Self::default();
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|end| end == "log") {
                let text = std::fs::read_to_string(path).unwrap();
                text.lines().for_each(|line| log.take(line));
            }
        }
        log
    }

    fn take(&mut self, line: &str) {
        let cells: Vec<&str> = line.split('\t').collect();
        match cells[..] {
            ["wrote", case, _, word] => drop(self.words.insert(word.into(), CaseId::typed(case))),
            ["decided", case, seq, what] => {
                let seq = seq.parse().unwrap();
                self.decisions
                    .insert(seq, (CaseId::typed(case), what.into()));
            }
            ["refused"] => self.refused += 1,
            ["failed", ..] => {}
            _ => panic!("{line:?}"),
        }
    }

    /// Every word stands once in its rationale, and of decisions the last is in force.
    fn assert_kept(&self, store: &Store) {
        let cases: BTreeSet<&CaseId> = self.words.values().collect();
        let read = |case: &CaseId| store.case(case).unwrap().unwrap();
        let texts: BTreeMap<&CaseId, String> = cases
            .into_iter()
            .map(|case| (case, read(case).draft.items[0].rationale.clone()))
            .collect();
        for (word, case) in &self.words {
            let found = texts[case].split_whitespace().filter(|w| w == word).count();
            assert_eq!(found, 1, "{word} of {case}: {}", texts[case]);
        }
        for (seq, (case, what)) in &self.decisions {
            let file = read(case);
            let mut entries = file.history.iter();
            let entry = entries.find(|entry| entry.seq == *seq);
            assert!(entry.is_some(), "event {seq} of {case} is lost");
            let is_last = self
                .decisions
                .iter()
                .all(|(s, (c, _))| c != case || s <= seq);
            // A killed process may have decided after it, unacknowledged.
            let decided = |entry: &&HistoryEntry| entry.seq > *seq && entry.what.contains("ecided");
            if is_last && !file.history.iter().any(|entry| decided(&entry)) {
                let decision = file.draft.items[0].decision.unwrap();
                assert_eq!(decision.short(), what, "{case}");
            }
        }
        assert_eq!(store.verify(None).problems, Vec::<String>::new());
    }
}
