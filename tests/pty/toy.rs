//! A small program on the real terminal room, for what the real one never does: failing, hanging.
//!
//! The test binary starts itself in the pseudo-terminal, on a test that is ignored otherwise.

use super::{Pty, Setup};
use imr::app::{Effect, Event, Key, KeyCode};
use imr::model::{CaseId, Change};
use imr::terminal::{Options, Program, Wake, Worker, run};
use jiff::Timestamp;
use ratatui::Frame;
use ratatui::widgets::Paragraph;
use std::alloc::{Layout, handle_alloc_error};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// On screen when it runs.
pub const READY: &str = "a toy";
/// What no report of a failure may hold.
pub const SECRET: &str = "words of the case";

/// Starts this test binary on the test of that name, which calls [`play`].
pub fn start(home: &Path, test: &str) -> Pty {
    let me = std::env::current_exe().unwrap();
    let args = [
        "--ignored",
        "--exact",
        "--nocapture",
        "--test-threads=1",
        test,
    ];
    let pty = Setup::of(&me, home, &args).env("IMR_TOY", "1").start();
    pty.wait_for(READY);
    pty
}

/// The same by a shell, which leads the session and stays when the toy is killed; it prints
/// `CODE=` and the code it saw.
pub fn start_in_shell(home: &Path, test: &str) -> Pty {
    let me = std::env::current_exe().unwrap();
    let script = format!(
        "\"$TOY\" --ignored --exact --nocapture --test-threads=1 {test}; code=$?; sleep 0.3; echo CODE=$code; read -r"
    );
    let setup = Setup::shell(home, &script).env("IMR_TOY", "1");
    let pty = setup.env("TOY", &me.to_string_lossy()).start();
    pty.wait_for(READY);
    pty
}

/// Was this process started by [`start`]?
pub fn is_asked_for() -> bool {
    std::env::var_os("IMR_TOY").is_some()
}

/// Where the toy saves what is typed.
pub fn saved(home: &Path) -> String {
    std::fs::read_to_string(home.join("saved")).unwrap_or_default()
}

/// Runs it: capitals make it fail, the rest is text, saved when told to save and after each `.`.
pub fn play() -> i32 {
    let home = PathBuf::from(std::env::var_os("HOME").unwrap());
    let wake = Wake::new().unwrap();
    let toy = Toy {
        text: String::new(),
        is_dirty: true,
        fails_drawing: false,
    };
    let options = Options {
        keeper: Some(super::program()),
        ..Options::default()
    };
    run(toy, File(home.join("saved")), wake, options)
        .unwrap()
        .exit_code()
}

struct Toy {
    text: String,
    is_dirty: bool,
    fails_drawing: bool,
}

impl Toy {
    fn hear_key(&mut self, key: Key) -> Vec<Effect> {
        match key.code {
            KeyCode::Char('P') => panic!("{SECRET}"),
            KeyCode::Char('W') => {
                let worker = std::thread::spawn(|| panic!("{SECRET}"));
                assert!(worker.join().is_err());
            }
            KeyCode::Char('D') => self.fails_drawing = true,
            KeyCode::Char('R') => drop(Fragile),
            KeyCode::Char('T') => {
                let _twice = Fragile;
                panic!("{SECRET}");
            }
            KeyCode::Char('A') => std::process::abort(),
            KeyCode::Char('O') => {
                let deep = std::thread::spawn(|| println!("{}", deep(0)));
                drop(deep.join());
            }
            KeyCode::Char('M') => handle_alloc_error(Layout::new::<u8>()),
            KeyCode::Char('H') => std::thread::sleep(Duration::from_secs(60)),
            KeyCode::Char('Q') => return vec![Effect::Quit],
            KeyCode::Char(c) => self.text.push(c),
            _ => {}
        }
        if self.text.ends_with('.') {
            vec![self.save()]
        } else {
            Vec::new()
        }
    }

    fn save(&self) -> Effect {
        Effect::Save {
            ticket: 1,
            case: CaseId::typed("CM14-0000001"),
            change: Change::Written {
                item: 0,
                text: self.text.clone(),
            },
            expected: None,
            trail: None,
        }
    }
}

impl Program for Toy {
    fn hear(&mut self, event: Event, _: Timestamp) -> Vec<Effect> {
        self.is_dirty = true;
        match event {
            Event::Keys(keys) => keys
                .into_iter()
                .flat_map(|key| self.hear_key(key))
                .collect(),
            Event::HangUp => vec![self.save()],
            _ => Vec::new(),
        }
    }

    fn deadline(&self) -> Option<Timestamp> {
        None
    }

    fn take_dirty(&mut self) -> bool {
        std::mem::take(&mut self.is_dirty)
    }

    fn draw(&self, frame: &mut Frame) {
        assert!(!self.fails_drawing, "{SECRET}");
        let lines = format!("{READY}\n{}\n", self.text).repeat(20);
        frame.render_widget(Paragraph::new(lines), frame.area());
    }
}

/// Fails when it goes.
struct Fragile;

impl Drop for Fragile {
    fn drop(&mut self) {
        panic!("{SECRET}");
    }
}

/// Needs more stack than there is.
#[allow(unconditional_recursion, reason = "that is the fault")]
fn deep(n: u64) -> u64 {
    let room = std::hint::black_box([n; 512]);
    deep(n + 1) + room[7]
}

/// Saves at once, into a file.
struct File(PathBuf);

impl Worker for File {
    fn perform(&mut self, effect: Effect) {
        if let Effect::Save {
            change: Change::Written { text, .. },
            ..
        } = effect
        {
            std::fs::write(&self.0, text).unwrap();
        }
    }

    fn answer(&mut self) -> Option<Event> {
        None
    }

    fn drain(&mut self, _: Duration) -> bool {
        true
    }
}
