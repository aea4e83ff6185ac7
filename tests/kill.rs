//! Words outlive any end: the proof that drafts are saved as they are typed.
//!
//! Types pseudo-random words into the rationale editor through a pseudo-terminal with a
//! time-stamped key log, ends the real binary at a random moment by SIGKILL, by SIGHUP or by
//! closing the terminal's other end, reads the store with an independent SQLite, and compares.
//!
//! The default run takes 24 moments. All hundred, and more of them with another seed:
//! `IMR_SEED=7 cargo test --test kill -- --ignored --nocapture`

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what it saw and fails by panicking"
)]

mod pty;

use imr::app::editor::{Editor, EditorCommand};
use imr::model::{QueueQuery, View};
use imr::store::Store;
use pty::{Pty, Setup, keys, program};
use rustix::process::Signal;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What may be missing: at most this many keys, none of them older than that.
const KEYS: usize = 200;
const AGE: Duration = Duration::from_secs(1);
/// Terminals at a time: they mostly sleep.
const LANES: usize = 4;
const LETTER: &str = "tests/letters/03-seed-look-no-header.txt";

#[test]
fn words_outlive_24_ends() {
    end_at_random_moments(24);
}

#[test]
#[ignore = "takes some minutes: cargo test --test kill -- --ignored --nocapture"]
fn words_outlive_100_ends() {
    end_at_random_moments(100);
}

fn end_at_random_moments(moments: usize) {
    let seed = std::env::var("IMR_SEED")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(1_u64);
    let folder = tempfile::tempdir().unwrap();
    let store = store_with_one_case(folder.path());
    let next = AtomicUsize::new(0);
    let lane = || -> Vec<Outcome> {
        let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::SeqCst));
        let mine = numbers.take_while(|number| *number < moments);
        mine.map(|number| one_end(number, seed, &store)).collect()
    };
    let mut outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..LANES).map(|_| scope.spawn(lane)).collect();
        lanes
            .into_iter()
            .flat_map(|lane| lane.join().unwrap())
            .collect()
    });
    outcomes.sort_by_key(|outcome| outcome.number);
    let lost: usize = outcomes.iter().map(|o| o.missing).sum();
    let typed: usize = outcomes.iter().map(|o| o.typed).sum();
    println!("{moments} ends: {typed} keys typed, {lost} not yet saved, all within the bound");
    let failed = outcomes.iter().filter_map(|o| {
        let why = o.failure.as_ref()?;
        Some(format!(
            "seed {seed}, end {} by {:?}: {why}",
            o.number, o.end
        ))
    });
    let failed: Vec<String> = failed.collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    // A test that types nothing, or into nowhere, proves nothing.
    assert!(
        typed > moments * 50 && lost < typed / 2,
        "{typed} typed, {lost} missing"
    );
}

/// How it is ended.
#[derive(Debug, Clone, Copy)]
enum End {
    Kill,
    HangUp,
    Close,
}

struct Outcome {
    number: usize,
    end: End,
    typed: usize,
    missing: usize,
    failure: Option<String>,
}

/// Which keys were typed when.
#[derive(Default)]
struct KeyLog(Vec<(Instant, char)>);

impl KeyLog {
    fn text(&self) -> String {
        self.0.iter().map(|(_, key)| *key).collect()
    }
}

fn one_end(number: usize, seed: u64, store: &Path) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let store = copy_of(store, folder.path());
    let mut random = Random::new(seed, number);
    let end = [End::Kill, End::HangUp, End::Close][number % 3];
    let mut pty = Setup::imr(folder.path(), &[])
        .env("IMR_STORE", &store.to_string_lossy())
        .start();
    keys::open_editor(&pty);
    let log = type_words(&pty, &mut random);
    let at = match end {
        End::Kill => now_and(|| pty.signal(Signal::KILL)),
        End::HangUp => now_and(|| pty.signal(Signal::HUP)),
        End::Close => now_and(|| {
            pty.close();
        }),
    };
    pty.wait_gone();
    let stored = read_rationale(&store, folder.path());
    let undo = failure_of_undo(&log.text(), &stored, &store);
    let typed = log.0.len();
    let missing = typed.saturating_sub(stored.chars().count());
    Outcome {
        number,
        end,
        typed,
        missing,
        failure: failure(&log, &stored, at).or(undo),
    }
}

/// C-09: undo goes on from the stored text, through texts that were typed and no other, to the
/// beginning.
fn failure_of_undo(typed: &str, stored: &str, store: &Path) -> Option<String> {
    let store = Store::open(store).unwrap();
    let query = QueueQuery {
        view: View::All,
        len: 1,
        ..QueueQuery::default()
    };
    let page = store.queue(&query, jiff::Timestamp::now()).unwrap();
    let draft = store.case(&page.rows[0].id).unwrap().unwrap().draft;
    if draft.items[0].rationale != stored {
        return Some("two readers of the store differ".to_owned());
    }
    let mut editor = match draft.trails.get(&0) {
        Some(trail) => Editor::with_trail(stored, trail),
        None if stored.is_empty() => return None,
        None => return Some("the text has no undo".to_owned()),
    };
    while editor.apply(EditorCommand::Undo, 80).is_edit() {
        if !typed.starts_with(editor.text()) {
            return Some(format!("undo made {:?}", editor.text()));
        }
    }
    let is_at_start = editor.is_empty();
    (!is_at_start).then(|| format!("undo ended at {:?}", editor.text()))
}

fn now_and(act: impl FnOnce()) -> Instant {
    let now = Instant::now();
    act();
    now
}

/// What is wrong with the text found, if anything.
fn failure(log: &KeyLog, stored: &str, end: Instant) -> Option<String> {
    if !log.text().starts_with(stored) {
        return Some(format!("typed {:?}\nbut stored {stored:?}", log.text()));
    }
    let missing = log.0.get(stored.chars().count()..).unwrap_or_default();
    let age = missing
        .first()
        .map(|(at, _)| end.saturating_duration_since(*at));
    if missing.len() > KEYS {
        return Some(format!("{} keys are missing", missing.len()));
    }
    let age = age.filter(|age| *age > AGE)?;
    Some(format!("a key typed {age:?} before the end is missing"))
}

/// Bursts and rests, as people and held keys make them, for 0.3 to 4.3 s.
fn type_words(pty: &Pty, random: &mut Random) -> KeyLog {
    let mut log = KeyLog::default();
    let end = Instant::now() + Duration::from_millis(300 + random.below(4000));
    while Instant::now() < end {
        match random.below(40) {
            0 => std::thread::sleep(Duration::from_millis(random.below(1600))),
            1 => type_keys(pty, &mut log, random, 250),
            _ => {
                type_keys(pty, &mut log, random, 1);
                std::thread::sleep(Duration::from_millis(random.below(30)));
            }
        }
    }
    log
}

fn type_keys(pty: &Pty, log: &mut KeyLog, random: &mut Random, count: usize) {
    let keys: String = (0..count).map(|_| random.key(&log.text())).collect();
    let now = Instant::now();
    pty.send(&keys);
    log.0.extend(keys.chars().map(|key| (now, key)));
}

/// SplitMix64: the same moments and words for the same seed, on every machine.
struct Random(u64);

impl Random {
    fn new(seed: u64, number: usize) -> Self {
        Self(seed.wrapping_mul(1_000_003).wrapping_add(number as u64))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// Letters, some of two bytes, and single spaces between words.
    fn key(&mut self, before: &str) -> char {
        let letters: Vec<char> = "etaoinshrdlucmfwypvbgkqjxzé§ETA,.0123  ".chars().collect();
        let index = usize::try_from(self.below(letters.len() as u64)).unwrap();
        match letters[index] {
            ' ' if before.is_empty() || before.ends_with(' ') => 'o',
            key => key,
        }
    }
}

/// A store with one case in it, so that the cursor stands on it.
fn store_with_one_case(folder: &Path) -> PathBuf {
    let store = folder.join("imr.db");
    let output = Command::new(program())
        .args(["import", LETTER])
        .env("IMR_STORE", &store)
        .env("IMR_CONFIG", folder)
        .env("HOME", folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    store
}

/// The database and its write-ahead log, into an own folder of that name.
fn copy_of(store: &Path, folder: &Path) -> PathBuf {
    let to = folder.join("store");
    std::fs::create_dir_all(&to).unwrap();
    for suffix in ["", "-wal"] {
        let name = format!("imr.db{suffix}");
        let from = store.with_file_name(&name);
        if from.exists() {
            std::fs::copy(from, to.join(name)).unwrap();
        }
    }
    to.join("imr.db")
}

/// Reads the draft by another SQLite than ours, whichever this machine has, from a copy: some
/// versions must not touch a live store.
fn read_rationale(store: &Path, folder: &Path) -> String {
    let copy = copy_of(store, &folder.join("copy"));
    const QUERY: &str = "SELECT rationale FROM drafts WHERE item = 1";
    const PYTHON: &str = "import sqlite3, sys\n\
        rows = sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchall()\n\
        sys.stdout.buffer.write(rows[0][0].encode() if rows else b'')";
    let python = Command::new("python3")
        .args(["-c", PYTHON])
        .arg(&copy)
        .arg(QUERY)
        .output();
    if let Ok(output) = python.as_ref()
        && output.status.success()
    {
        return String::from_utf8(output.stdout.clone()).unwrap();
    }
    let shell = Command::new("sqlite3").arg(&copy).arg(QUERY).output();
    let output = shell.unwrap_or_else(|_| panic!("neither sqlite3 nor python3 reads: {python:?}"));
    assert!(output.status.success(), "{output:?}\n{python:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.strip_suffix('\n').unwrap_or(&text).to_owned()
}
