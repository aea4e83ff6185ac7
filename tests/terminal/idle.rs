//! Idle costs nothing, whatever is on the screen.

use crate::pty::home::Home;
use crate::pty::keys::QUEUE;
use crate::pty::{self, Pty, Setup};
use std::time::Duration;

/// Keys that lead there, and words that then are on the screen.
const SCREENS: &[(&str, &str)] = &[
    ("", QUEUE),
    ("j", "2 of 16"),
    ("/cerv", "filter"),
    ("/zzzz\r", "passes zzzz"),
    ("v", "view"),
    ("x", "without a decision"),
    ("g", QUEUE),
    ("?", "Keys"),
    ("m", "Messages"),
    (":", "Commands"),
    ("\x07", "Guidelines"),
    ("\r1", "Summary"),
    ("\r2", "Findings"),
    ("\r2a", "Add a finding"),
    ("\r3", "Why"),
    ("\r3U", "Upheld"),
    ("\r3c", "cite on item 1"),
    ("\r3eSome words", "Some words"),
    ("\r3N", "None applicable"),
    ("\r4", "Records"),
    ("\r5", "Missing before it can be signed"),
    ("\r6", "History"),
    ("\rS", "Not ready to sign"),
];

const THEMES: [&str; 6] = [
    "terminal",
    "dark",
    "light",
    "high-contrast",
    "colour-blind",
    "mono",
];

/// What was spent so far: bytes, wake-ups of all threads and of the keeper, CPU.
fn spent(pty: &Pty) -> (usize, u64, Duration) {
    let keeper = pty::keeper_of(pty.pid);
    let wakes = pty::wake_ups(pty.pid) + pty::wake_ups(keeper);
    (
        pty.bytes().len(),
        wakes,
        pty::cpu_time(pty.pid).unwrap_or_default(),
    )
}

fn assert_idle(all: &[(String, Pty)]) {
    const SECONDS: u64 = 5;
    for (_, pty) in all {
        pty::keeper_of(pty.pid);
        pty.rest(Duration::from_millis(1500));
    }
    let before: Vec<_> = all.iter().map(|(_, pty)| spent(pty)).collect();
    std::thread::sleep(Duration::from_secs(SECONDS));
    for ((name, pty), before) in all.iter().zip(before) {
        let after = spent(pty);
        assert_eq!(after.0, before.0, "bytes on {name:?}");
        // At most one in five seconds.
        assert!(after.1 - before.1 <= SECONDS / 5, "wake-ups on {name:?}");
        assert_eq!(after.2, before.2, "CPU time on {name:?}");
    }
}

#[test]
fn every_screen_is_idle_when_nothing_happens() {
    let home = Home::new();
    let start = |(keys, words): &(&str, &str)| {
        let pty = home.demo();
        for key in keys.split_inclusive('\r') {
            pty.send(key);
            pty.rest(Duration::from_millis(100));
        }
        pty.wait_for(words);
        ((*keys).to_owned(), pty)
    };
    let all: Vec<(String, Pty)> = SCREENS.iter().map(start).collect();
    assert_idle(&all);
}

#[test]
fn every_theme_and_a_screen_too_small_are_idle() {
    let home = Home::new();
    let start = |name: &str, setup: Setup, words: &str| {
        let pty = setup.start();
        pty.wait_for(words);
        (name.to_owned(), pty)
    };
    let demo = |args: &[&str]| Setup::imr(home.path(), args);
    let mut all: Vec<_> = THEMES
        .iter()
        .map(|theme| start(theme, demo(&["demo", "--theme", theme]), QUEUE))
        .collect();
    all.push(start("small", demo(&["demo"]).size(40, 10), "imr needs"));
    assert_idle(&all);
}
