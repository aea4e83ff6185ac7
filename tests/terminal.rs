//! The terminal's faults, in a real pseudo-terminal: rows T of the reliability catalogue. Each test
//! names the row it drills.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what it saw and fails by panicking"
)]

#[path = "terminal/endings.rs"]
mod endings;
#[path = "terminal/idle.rs"]
mod idle;
#[path = "terminal/keys.rs"]
mod keys;
#[path = "terminal/killed.rs"]
mod killed;
#[path = "terminal/output.rs"]
mod output;
#[path = "terminal/paste.rs"]
mod paste;
mod pty;
#[path = "terminal/resize.rs"]
mod resize;
#[path = "terminal/sessions.rs"]
mod sessions;
#[path = "terminal/slow.rs"]
mod slow;
#[path = "terminal/suspend.rs"]
mod suspend;
#[path = "terminal/term_kinds.rs"]
mod term_kinds;

use pty::{Gone, toy};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// A lost terminal may cost this much.
const CPU: Duration = Duration::from_millis(300);
const SOON: Duration = Duration::from_secs(2);

#[track_caller]
fn assert_gone_soon(gone: &Gone) {
    assert!(gone.after < SOON, "{gone:?}");
    assert!(gone.cpu < CPU, "{gone:?}");
}

/// Rows of the catalogue.
const ROWS: std::ops::RangeInclusive<u32> = 1..=30;

/// Every row has a test that names it: `fn t_13_...`.
#[test]
fn every_row_has_a_test() {
    let mut found = BTreeSet::new();
    read_rows(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"),
        &mut found,
    );
    let missing: Vec<u32> = ROWS.filter(|row| !found.contains(row)).collect();
    assert!(missing.is_empty(), "rows T without a test: {missing:?}");
}

fn read_rows(folder: &Path, found: &mut BTreeSet<u32>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_rows(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines: Vec<&str> = text.lines().map(str::trim).collect();
            for pair in lines.windows(2) {
                let row = pair[1].strip_prefix("fn t_").and_then(|name| name.get(..2));
                let is_test = pair[0] == "#[test]" || pair[0].starts_with("#[ignore");
                found.extend(row.filter(|_| is_test).and_then(|n| n.parse::<u32>().ok()));
            }
        }
    }
}

/// What the tests start in their terminals.
#[test]
#[ignore = "started by other tests"]
fn toy_program() {
    if toy::is_asked_for() {
        std::process::exit(toy::play());
    }
}
