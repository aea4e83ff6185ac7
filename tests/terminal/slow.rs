//! A terminal that takes its time, or nothing at all.

use crate::SOON;
use crate::pty::home::Home;
use crate::pty::keys::{QUEUE, open_editor};
use crate::pty::{self, Pty, Setup, toy};
use rustix::process::Signal;
use std::time::Duration;

/// Uses up the room that the system has between program and terminal.
fn fill(pty: &Pty) {
    // XOFF does nothing in raw mode: the size of the pipe has to be used up instead.
    pty.hold_output();
    for round in 0..400 {
        pty.resize(60 + round % 80, 20 + round % 30);
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// No packet comes through and nobody hangs up: what was typed until then is in the store, a new
/// session finds it, and the old one, when it ends at last, takes nothing of the new one's back.
#[test]
fn t_04_a_half_open_line_loses_nothing() {
    let home = Home::new();
    let mut old = home.open();
    open_editor(&old);
    old.send("Typed over the old line");
    fill(&old);
    old.wait_until("the save", |_| {
        home.rationale() == "Typed over the old line"
    });
    // Whether the old one came to note its place is no matter here.
    let new = Setup::imr(home.path(), &["--fresh"])
        .env("IMR_STORE", &home.store().to_string_lossy())
        .start();
    new.wait_for(QUEUE);
    open_editor(&new);
    new.wait_for("Typed over the old line");
    new.send(", and over the new one");
    new.wait_until("the save", |_| {
        home.rationale() == "Typed over the old line, and over the new one"
    });
    old.close();
    old.wait_gone();
    assert_eq!(
        home.rationale(),
        "Typed over the old line, and over the new one"
    );
}

#[test]
fn t_25_a_terminal_that_takes_nothing_does_not_hold_it() {
    let home = Home::new();
    let mut pty = home.demo();
    pty.rest(Duration::from_millis(300));
    fill(&pty);
    pty.signal(Signal::TERM);
    let gone = pty.wait_gone();
    assert!(gone.after < SOON, "{gone:?}");
    assert_eq!(gone.code, Some(143));
}

#[test]
fn t_25_a_terminal_that_takes_nothing_does_not_stop_saving() {
    let home = Home::new();
    let pty = home.open();
    open_editor(&pty);
    fill(&pty);
    pty.send("still saved.");
    pty.wait_until("the save", |_| home.rationale() == "still saved.");
}

/// A byte a millisecond: keys are heard and saved meanwhile, frames that nobody would see are left
/// out, and the last one is whole.
#[test]
fn t_25_a_terminal_of_a_byte_a_millisecond_is_not_waited_for() {
    let home = Home::new();
    let pty = home.open();
    open_editor(&pty);
    pty.rest(Duration::from_millis(200));
    pty.slow_output(Duration::from_millis(1));
    let before = pty.bytes().len();
    for letter in "As fast as the fingers go, line or no line.".chars() {
        pty.send(letter.to_string());
        std::thread::sleep(Duration::from_millis(10));
    }
    pty.wait_until("the save", |_| home.rationale().ends_with("no line."));
    pty.wait_for("line or no line.");
    assert!(
        pty.bytes().len() - before < 4_000,
        "{}",
        pty.bytes().len() - before
    );
}

/// The toy has no store: its saves are files, and it is the room itself that is tried.
#[test]
fn t_25_words_are_heard_while_no_frame_goes_out() {
    let home = Home::new();
    let pty = toy::start(home.path(), "toy_program");
    fill(&pty);
    pty.send("still saved.");
    pty.wait_until("the save", |_| toy::saved(home.path()) == "still saved.");
    assert!(pty::is_alive(pty.pid));
}
