//! C-10: random keys, seeded, over every screen, on a real store: no order of keys panics, signs or
//! loses a word. Answers of the store come late and in bursts, as they do over a busy disk.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test says what it saw and fails by panicking"
)]

mod world;

use imr::app::{self, Effect, Event, Key, Model, Setup};
use imr::jobs::{Jobs, Performer};
use imr::model::{CaseId, QueueQuery, Stage, View};
use imr::store::{Kind, NewCase, Store};
use imr::ui::{self, Look, linear};
use jiff::{SignedDuration, Timestamp};
use ratatui::{Terminal, backend::TestBackend};
use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;
use tempfile::TempDir;
use world::fuzz::{next, random_keys};
use world::{NOW, cases};

/// Where the keys begin to be random.
const STARTS: [&str; 14] = [
    "",
    "<enter>3",
    "<enter>3e",
    "<enter>3eWords that are there.<esc>",
    "<enter>S",
    "<enter>3Uc<enter>eBecause.<esc>S",
    "<enter>3Uc<enter>eBecause.<esc>S<space><tab><space><tab><space><tab><space><tab>",
    "j<enter>2",
    "jj<enter>5",
    "<enter>3c",
    "v7<enter>",
    "<enter>3e<ctrl-t>",
    "<enter>3eWords.<ctrl-f>",
    "<enter>4",
];
/// Keys after which every word is looked for in the store, and the keys begin where they began.
const STRETCH: usize = 250;

/// Where there is memory to write to: what a disk holds back is another test's.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}

/// The program over a store, with answers that can be held back.
struct Desk {
    model: Model,
    jobs: Jobs,
    answered: Receiver<()>,
    waiting: VecDeque<Event>,
    now: Timestamp,
    store: PathBuf,
    seals: usize,
}

fn template(folder: &Path) -> PathBuf {
    let path = folder.join("template.db");
    let mut store = Store::create(&folder.join("first.db"), Kind::Test).unwrap();
    let new = cases::all()
        .into_iter()
        .enumerate()
        .map(|(n, file)| NewCase {
            case: file.case,
            digest: format!("{n:064x}"),
            source_text: String::new(),
            as_precedent: false,
        });
    let new: Vec<NewCase> = new.collect();
    store.import_all(&new, "lee", now()).unwrap();
    store.backup(&path).unwrap();
    path
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

impl Desk {
    fn new(store: PathBuf) -> Self {
        let (sender, answered) = channel();
        let performer = Performer {
            store: store.clone(),
            who: "lee".into(),
            reviewer: cases::reviewer(),
            organisation: "Independent Review Partners".into(),
            limits: Default::default(),
            clock: Arc::new(now),
        };
        let wake = move || {
            let _ = sender.send(());
        };
        let mut desk = Self {
            model: Model::new(Setup {
                reviewer: cases::reviewer(),
                organisation: "Independent Review Partners".into(),
                size: (80, 24),
                now: now(),
                ..Setup::default()
            }),
            jobs: Jobs::start(performer, wake).unwrap(),
            answered,
            waiting: VecDeque::new(),
            now: now(),
            store,
            seals: 0,
        };
        let first = app::start(&mut desk.model);
        desk.perform(first);
        desk.settle();
        desk
    }

    fn keys(&mut self, keys: &str) {
        self.hear(Event::Keys(Key::parse_string(keys).unwrap()));
    }

    fn hear(&mut self, event: Event) {
        let effects = app::update(&mut self.model, event, self.now);
        self.perform(effects);
    }

    /// Each is done at once; its answer waits to be heard.
    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::EditOutside { case, item, text } => {
                    self.waiting.push_back(Event::Edited {
                        case,
                        item,
                        base: text,
                        result: Err("There is no editor here.".to_owned()),
                    });
                    continue;
                }
                _ if effect.is_terminals() => continue,
                Effect::Note(_) => {
                    self.jobs.perform(effect);
                    continue;
                }
                Effect::Seal { .. } => self.seals += 1,
                _ => {}
            }
            self.jobs.perform(effect);
            let answer = loop {
                if let Some(answer) = self.jobs.answer() {
                    break answer;
                }
                self.answered.recv().unwrap();
            };
            self.waiting.push_back(answer);
        }
    }

    /// Hears so many of the answers that wait.
    fn hear_answers(&mut self, at_most: usize) {
        for _ in 0..at_most {
            let Some(answer) = self.waiting.pop_front() else {
                return;
            };
            self.hear(answer);
        }
    }

    fn settle(&mut self) {
        self.hear_answers(usize::MAX);
    }

    fn pass(&mut self, millis: i64) {
        self.now += SignedDuration::from_millis(millis);
        if self.model.deadline().is_some_and(|due| due <= self.now) {
            self.hear(Event::Elapsed);
        }
    }

    /// Every word that is on the screen is in the store.
    fn assert_saved(&mut self) {
        self.settle();
        self.hear(Event::HangUp);
        self.settle();
        let Some(open) = &self.model.open else { return };
        let store = Store::open(&self.store).unwrap();
        let file = store.case(open.id()).unwrap().unwrap();
        for (editor, draft) in open.editors.iter().zip(&file.draft.items) {
            assert_eq!(editor.text(), draft.rationale, "{}", open.id());
        }
    }

    fn draw(&self) {
        let (cols, rows) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(cols, rows)).unwrap();
        let look = Look::builtin("terminal");
        terminal
            .draw(|frame| ui::draw(&self.model, &look, frame))
            .unwrap();
        assert!(linear::lines(&self.model).len() > 2);
    }
}

/// What came of them.
#[derive(Default)]
struct Seen {
    places: BTreeSet<String>,
    events: usize,
}

/// So many rounds, each of so many keys and on a new store.
fn press_at_random(rounds: usize, count: usize, mut seed: u64) -> Seen {
    let folder = folder();
    let template = template(folder.path());
    let keys = random_keys();
    let mut seen = Seen::default();
    for round in 0..rounds {
        let path = folder.path().join(format!("{round}.db"));
        std::fs::copy(&template, &path).unwrap();
        let start = STARTS[round % STARTS.len()];
        let mut desk = Desk::new(path.clone());
        desk.keys(start);
        desk.settle();
        for _ in 0..count.div_ceil(STRETCH) {
            stretch(&mut desk, start, &keys, &mut seed, &mut seen);
        }
        assert_eq!(desk.seals, 0, "signed without the word");
        drop(desk);
        check_store(&path, &mut seen);
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", path.display()));
        }
    }
    seen
}

fn stretch(desk: &mut Desk, start: &str, keys: &[String], seed: &mut u64, seen: &mut Seen) {
    let mut chance = |of: u64| next(seed) % of;
    for n in 0..STRETCH {
        let key = usize::try_from(chance(keys.len() as u64)).unwrap();
        desk.keys(&keys[key]);
        seen.places.insert(format!("{:?}", desk.model.place()));
        // Answers come at once, or some keys later.
        if chance(3) == 0 {
            let at_most = usize::try_from(chance(4)).unwrap();
            desk.hear_answers(at_most);
        }
        if n % 11 == 0 {
            desk.draw();
        }
        if chance(90) == 0 {
            let cols = 20 + u16::try_from(chance(140)).unwrap();
            let rows = 4 + u16::try_from(chance(60)).unwrap();
            desk.hear(Event::Resize { cols, rows });
        }
        if chance(400) == 0 {
            desk.hear(Event::Paste("pasted \u{202e}words\r\nsign\n".into()));
        }
        desk.pass(50);
    }
    desk.assert_saved();
    desk.keys("<esc><esc><esc><esc>");
    desk.settle();
    desk.keys(start);
    desk.settle();
}

/// Every case is still there, none is signed, and the record of events holds.
fn check_store(path: &Path, seen: &mut Seen) {
    let store = Store::open(path).unwrap();
    let query = QueueQuery {
        view: View::All,
        len: 100,
        ..QueueQuery::default()
    };
    let page = store.queue(&query, now()).unwrap();
    assert_eq!(page.total, cases::all().len());
    for row in &page.rows {
        assert_ne!(row.stage, Stage::Signed, "{}", row.id);
        let file = store
            .case(&CaseId::typed(row.id.as_str()))
            .unwrap()
            .unwrap();
        seen.events += file.history.len();
    }
    let report = store.verify(None);
    assert!(report.problems.is_empty(), "{:?}", report.problems);
}

fn assert_seen(seen: &Seen) {
    assert_eq!(seen.places.len(), 18, "every place: {:?}", seen.places);
    assert!(seen.events > 30, "the keys do reach the cases");
}

#[test]
fn c_10_random_keys_on_a_real_store() {
    assert_seen(&press_at_random(STARTS.len(), 500, 0x9E37_79B9_7F4A_7C15));
}

/// `cargo test --release --test random_keys -- --ignored --nocapture`
#[test]
#[ignore = "takes minutes"]
fn c_10_a_million_random_keys_on_a_real_store() {
    let start = Instant::now();
    let seen = press_at_random(500, 2_000, 0x2545_F491_4F6C_DD1D);
    println!("{} events in {:?}", seen.events, start.elapsed());
    assert_seen(&seen);
}
