//! Keys: cut in two, not UTF-8, too many.

use crate::pty::home::{FIRST, Home};
use crate::pty::keys::open_editor;
use crate::pty::{self, Pty, Setup};
use rusqlite::Connection;
use std::time::{Duration, Instant};

/// More keys than one read holds.
#[test]
fn three_thousand_keys_at_once_are_all_heard() {
    let home = Home::new();
    let mut pty = home.demo();
    pty.send("jk".repeat(1500));
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
}

/// An arrow key cut in two by a slow line is an arrow key.
#[test]
fn t_18_a_split_arrow_key_is_no_escape() {
    let home = Home::new();
    let pty = home.demo();
    pty.rest(Duration::from_millis(300));
    let whole = {
        pty.send("\x1b[B");
        pty.rest(Duration::from_millis(300));
        pty.screen()
    };
    pty.send("\x1b[A");
    pty.rest(Duration::from_millis(300));
    pty.send("\x1b");
    std::thread::sleep(Duration::from_millis(20));
    pty.send("[B");
    pty.rest(Duration::from_millis(300));
    assert_eq!(pty.screen(), whole);
}

/// Cut by more than one waits for, it is Esc and two letters: they discard and confirm nothing.
#[test]
fn t_18_esc_and_two_letters_discard_and_confirm_nothing() {
    let split = |pty: &Pty| {
        for part in ["\x1b", "[", "A"] {
            pty.send(part);
            std::thread::sleep(Duration::from_millis(200));
        }
    };
    let home = Home::new();
    let pty = home.open();
    open_editor(&pty);
    pty.send("Every word");
    pty.wait_for("Every word");
    split(&pty);
    pty.wait_until("the save", |_| home.rationale() == "Every word");
    pty.send("\x1b");
    pty.wait_for(FIRST);
    pty.send("x\tA reason");
    pty.wait_for("A reason");
    split(&pty);
    assert_eq!(home.case()["stage"], "draft", "nothing was closed");
    pty.send("x");
    pty.wait_for("A reason");
}

/// Bytes that are no UTF-8 go alone; what is valid after them stays.
#[test]
fn t_19_bytes_that_are_no_characters_take_nothing_with_them() {
    let home = Home::new();
    let pty = home.open();
    open_editor(&pty);
    pty.send(b"a\xc3(B) \xff\xfe\xe2\x82. \xf0\x9f\x98\x80!");
    pty.wait_until("the save", |_| home.rationale() == "a(B) . 😀!");
}

/// A terminal that says it speaks another character set is told of it; one that says nothing or
/// UTF-8 is not.
#[test]
fn t_19_another_character_set_is_told_of() {
    let home = Home::new();
    let start = |lang: &str| {
        let setup = Setup::imr(home.path(), &["demo"]).env("LC_ALL", lang);
        let pty = setup.start();
        pty.wait_for("Queue");
        pty.rest(Duration::from_millis(200));
        pty.screen()
    };
    let said = start("de_DE.ISO-8859-1");
    assert!(said.contains("character set"), "{said}");
    for lang in ["", "C", "C.UTF-8", "en_US.utf8"] {
        let said = start(lang);
        assert!(!said.contains("character set"), "{lang}: {said}");
    }
}

/// NUL is Ctrl-Space, and Ctrl-Space is nothing.
#[test]
fn t_20_nul_does_nothing() {
    let home = Home::new();
    let pty = home.open();
    pty.rest(Duration::from_millis(200));
    let before = pty.bytes().len();
    pty.send("\0\0");
    pty.rest(Duration::from_millis(200));
    assert_eq!(pty.bytes().len(), before);
    open_editor(&pty);
    pty.send("a\0b");
    pty.wait_until("the save", |_| home.rationale() == "ab");
}

/// Ten thousand keys a second while the store is held by somebody else: none is lost, and nothing
/// piles up.
fn keys_run_in(seconds: u64, held: Duration) {
    let home = Home::new();
    let pty = home.open();
    open_editor(&pty);
    let other = Connection::open(home.store()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let start = Instant::now();
    let mut typed = String::new();
    let mut is_held = true;
    while start.elapsed() < Duration::from_secs(seconds) {
        // No line of prose is longer; a paragraph that never ends is another test's.
        let part = format!(
            "{:06} more words as fast as the line takes them, on and on\r",
            typed.len()
        );
        pty.send(&part);
        typed.push_str(&part.replace('\r', "\n"));
        if is_held && start.elapsed() > held {
            other.execute_batch("COMMIT").unwrap();
            is_held = false;
        }
        let due = Duration::from_micros(100 * u64::try_from(typed.len()).unwrap());
        std::thread::sleep(due.saturating_sub(start.elapsed()));
    }
    println!("t_21: {} keys in {:?}", typed.len(), start.elapsed());
    pty.send(".\x1b");
    pty.wait_until("the save", |_| home.rationale().ends_with('.'));
    assert_eq!(home.rationale(), format!("{typed}."));
    let used = pty::memory(pty.pid);
    assert!(used < 200_000, "{used} KiB");
}

#[test]
fn t_21_keys_faster_than_the_store_are_all_heard() {
    keys_run_in(2, Duration::from_millis(1500));
}

/// `cargo test --release --test terminal -- --ignored t_21`
#[test]
#[ignore = "takes a minute, and more without optimization"]
fn t_21_keys_for_a_minute_are_all_heard() {
    keys_run_in(60, Duration::from_secs(4));
}
