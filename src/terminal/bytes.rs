//! What the screens cost on the line, counted in a canvas of 120 by 40.

use super::canvas::Canvas;
use crate::app::keymap::Keymap;
use crate::app::{self, Event, Key, Model, Setup};
use crate::model::{
    CaseId, Date, Patient, Priority, QueueCounts, QueueItem, QueuePage, QueueRow, Sex, Stage,
    UrAction,
};
use crate::ui::{self, Look};
use jiff::{SignedDuration, Timestamp};
use ratatui::Terminal;
use ratatui::layout::Size;

const SIZE: (u16, u16) = (120, 40);

/// The program on a canvas, drawn on after every key.
struct Bench {
    terminal: Terminal<Canvas>,
    model: Model,
    look: Look,
    now: Timestamp,
}

impl Bench {
    fn new(look: &str) -> Self {
        let now: Timestamp = "2026-01-15T17:00:00Z".parse().unwrap();
        let mut model = Model::new(Setup {
            keymap: Keymap::default(),
            size: SIZE,
            now,
            ..Setup::default()
        });
        app::start(&mut model);
        let rows: Vec<QueueRow> = (0..100).map(|n| row(n, now)).collect();
        let counts = QueueCounts {
            open: 100,
            overdue: 30,
            expedited: 4,
            all: 100,
            ..QueueCounts::default()
        };
        let page = QueuePage {
            total: rows.len(),
            rows,
            counts,
            ..QueuePage::default()
        };
        let event = Event::Queue {
            generation: 1,
            page,
        };
        app::update(&mut model, event, now);
        Self {
            terminal: Terminal::new(Canvas::new(Size::new(SIZE.0, SIZE.1))).unwrap(),
            model,
            look: Look::builtin(look),
            now,
        }
    }

    fn draw(&mut self) -> usize {
        let (model, look) = (&self.model, &self.look);
        self.terminal
            .draw(|frame| ui::draw(model, look, frame))
            .unwrap();
        let bytes = self.terminal.backend_mut().take();
        if let Some(path) = std::env::var_os("IMR_BYTES") {
            std::fs::write(path, &bytes).unwrap();
        }
        bytes.len()
    }

    /// Bytes of each of these keys, pressed too fast for the preview to follow.
    fn keys(&mut self, keys: &str) -> Vec<usize> {
        let keys = Key::parse_string(keys).unwrap().into_iter();
        keys.map(|key| {
            self.now += SignedDuration::from_millis(33);
            app::update(&mut self.model, Event::Keys(vec![key]), self.now);
            self.draw()
        })
        .collect()
    }
}

fn row(n: usize, now: Timestamp) -> QueueRow {
    const REQUESTS: [&str; 5] = [
        "MRI of the cervical spine",
        "physical therapy 2 times a week for 6 weeks, left knee; TENS unit for the right wrist",
        "EMG/NCS of the extremity supplied by the lumbar spine",
        "naproxen 550 mg #60 for pain of the right shoulder",
        "cyclobenzaprine 7.5 mg #60 for spasm of the left hip; acupuncture 12 visits, left hip",
    ];
    let hours = i64::try_from(n).unwrap() * 7 - 200;
    let request = REQUESTS[n * 7 % 5];
    QueueRow {
        id: CaseId::typed(&format!("CM26-{:07}", 1_000_000 + n * 37)),
        priority: [Priority::Standard, Priority::Expedited][usize::from(n % 25 == 3)],
        patient: Patient {
            age: Some(19 + u8::try_from(n % 59).unwrap()),
            sex: Some([Sex::Female, Sex::Male][n % 2]),
        },
        injury_date: Some(Date::constant(2019 + i16::try_from(n % 6).unwrap(), 3, 9)),
        items: 1 + u32::try_from(n % 3).unwrap(),
        request: request.to_owned(),
        each: vec![QueueItem {
            request: request.to_owned(),
            ur: UrAction::Denied,
            decision: None,
        }],
        summary_start: "The worker was hurt lifting a box at work. The pain is rated 6 out of 10 \
            and goes down the arm. Treatment so far was medication, therapy and rest. "
            .repeat(3),
        due: Some(now + SignedDuration::from_hours(hours)),
        is_published: false,
        stage: [Stage::New, Stage::Draft][usize::from(n % 4 == 1)],
        snoozed_until: None,
    }
}

#[test]
fn a_row_further_costs_two_rows() {
    for look in ["terminal", "mono"] {
        let mut bench = Bench::new(look);
        bench.draw();
        let mut costs = bench.keys("jjjjjjjjjjjjjjj").split_off(1);
        costs.sort_unstable();
        let (median, most) = (costs[costs.len() / 2], costs[costs.len() - 1]);
        assert!(median <= 310 && most <= 340, "{look}: {costs:?}");
    }
}

#[test]
fn the_first_screen_is_small() {
    let mut bench = Bench::new("terminal");
    let bytes = bench.draw();
    assert!(bytes <= 5_000, "{bytes}");
}

#[test]
fn nothing_new_costs_nothing() {
    let mut bench = Bench::new("terminal");
    bench.draw();
    assert_eq!(bench.draw(), 0);
}
