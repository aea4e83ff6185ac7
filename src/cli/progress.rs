//! A bar on standard error, where a person looks on.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// Cells of the bar.
const CELLS: usize = 30;
/// Drawn at most so often: a slow line has better things to carry.
const PAUSE: Duration = Duration::from_millis(100);

/// How far a long command has come.
#[derive(Debug)]
pub struct Progress {
    done: usize,
    all: usize,
    is_shown: bool,
    drawn: Option<Instant>,
}

impl Progress {
    /// A bar for so many steps; none is shown in a pipe or on a terminal that only prints lines.
    pub fn of(all: usize) -> Self {
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        Self {
            done: 0,
            all,
            is_shown: io::stderr().is_terminal() && !is_dumb,
            drawn: None,
        }
    }

    /// Does a person see it?
    pub fn is_shown(&self) -> bool {
        self.is_shown
    }

    /// One more is done.
    pub fn step(&mut self) {
        self.done += 1;
        let is_due = self.drawn.is_none_or(|at| at.elapsed() >= PAUSE);
        if self.is_shown && is_due {
            self.drawn = Some(Instant::now());
            say(&format!("\r{}", bar(self.done, self.all)));
        }
    }

    /// Takes the bar away, so that a line can stand in its place.
    pub fn clear(&mut self) {
        if self.drawn.take().is_some() {
            say("\r\x1b[K");
        }
    }
}

/// A closed standard error is nobody's loss.
fn say(text: &str) {
    let mut error = io::stderr().lock();
    let _ = error
        .write_all(text.as_bytes())
        .and_then(|()| error.flush());
}

fn bar(done: usize, all: usize) -> String {
    let full = (done * CELLS).checked_div(all).unwrap_or(CELLS).min(CELLS);
    format!("[{:<CELLS$}] {done} of {all} files", "#".repeat(full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars() {
        assert_eq!(bar(0, 0), format!("[{}] 0 of 0 files", "#".repeat(CELLS)));
        assert_eq!(
            bar(1, 2),
            format!("[{}{}] 1 of 2 files", "#".repeat(15), " ".repeat(15))
        );
    }
}
