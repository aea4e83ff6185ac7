//! What opening a case takes, part by part: reading it, hearing of it, drawing it.
//!
//! `cargo bench --bench opening`
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "../tests/store_support/mod.rs"]
mod store_support;

use imr::app::{self, Effect, Event, Key, Model, Setup};
use imr::model::CaseFile;
use imr::store::{Kind, Store};
use imr::ui::{self, Look};
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::time::{Duration, Instant};
use store_support::{at, new_case};

const TURNS: usize = 400;
const CASES: u32 = 1_000;
const SIZE: (u16, u16) = (120, 40);
const SENTENCE: &str =
    "On 10/8/25 an examination of the lumbar spine showed tenderness and less motion. ";

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("imr.db");
    let mut store = Store::create(&path, Kind::Test).unwrap();
    for n in 1..=CASES {
        let mut case = new_case(n, false);
        case.case.summary = SENTENCE.repeat(12);
        store.import(&case, "bench", at(0)).unwrap();
    }
    let mut store = Store::open(&path).unwrap();
    let now = at(1);
    let mut model = queue(&mut store, now);
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
    let look = Look::builtin("terminal");
    let mut parts = [const { Vec::new() }; 4];
    for _ in 0..TURNS {
        draw(&mut terminal, &model, &look);
        let start = Instant::now();
        let effects = press(&mut model, "j<enter>", now);
        let pressed = start.elapsed();
        let file = read(&mut store, &effects);
        let read = start.elapsed();
        app::update(&mut model, Event::Opened(Box::new(file)), now);
        let heard = start.elapsed();
        draw(&mut terminal, &model, &look);
        let drawn = start.elapsed();
        for (part, took) in
            parts
                .iter_mut()
                .zip([pressed, read - pressed, heard - read, drawn - heard])
        {
            part.push(took);
        }
        let effects = press(&mut model, "q", now);
        answer_queue(&mut model, &mut store, effects, now);
    }
    for (name, part) in ["keys", "read", "heard", "drawn"].iter().zip(&mut parts) {
        println!("{name:6} {:>6.0} µs", median(part).as_secs_f64() * 1e6);
    }
}

fn queue(store: &mut Store, now: Timestamp) -> Model {
    let mut model = Model::new(Setup {
        size: SIZE,
        now,
        ..Setup::default()
    });
    let effects = app::start(&mut model);
    answer_queue(&mut model, store, effects, now);
    model
}

fn answer_queue(model: &mut Model, store: &mut Store, effects: Vec<Effect>, now: Timestamp) {
    for effect in effects {
        if let Effect::LoadQueue { generation, query } = effect {
            let page = store.queue(&query, now).unwrap();
            app::update(model, Event::Queue { generation, page }, now);
        }
    }
}

fn press(model: &mut Model, keys: &str, now: Timestamp) -> Vec<Effect> {
    app::update(model, Event::Keys(Key::parse_string(keys).unwrap()), now)
}

fn read(store: &mut Store, effects: &[Effect]) -> CaseFile {
    let case = effects.iter().find_map(|effect| match effect {
        Effect::OpenCase(case) => Some(case),
        _ => None,
    });
    store.case(case.unwrap()).unwrap().unwrap()
}

fn draw(terminal: &mut Terminal<TestBackend>, model: &Model, look: &Look) {
    terminal.draw(|frame| ui::draw(model, look, frame)).unwrap();
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
