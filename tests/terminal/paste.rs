//! Pasted text: too much of it, without an end, hostile.

use crate::assert_gone_soon;
use crate::pty::Pty;
use crate::pty::home::Home;
use crate::pty::keys::open_editor;
use std::time::{Duration, Instant};

const START: &str = "\x1b[200~";
const STOP: &str = "\x1b[201~";

/// From the last byte of a paste to the screen that tells what came of it. A build without
/// optimization is given more.
const BRIEFLY: Duration = Duration::from_millis(if cfg!(debug_assertions) { 3000 } else { 1000 });

fn writing(home: &Home) -> Pty {
    let pty = home.open();
    open_editor(&pty);
    pty
}

fn pasted(pty: &Pty, megabytes: usize) {
    let line = "words that nobody could type so fast, line by line\n";
    let part = line.repeat((1 << 20) / line.len());
    pty.send(START);
    for _ in 0..megabytes {
        pty.send(&part);
    }
    pty.send(STOP);
    let sent = Instant::now();
    pty.wait_for("Only the first 256 KiB");
    assert!(sent.elapsed() < BRIEFLY, "{:?}", sent.elapsed());
}

#[test]
fn t_15_a_huge_paste_is_capped_and_said_so() {
    for megabytes in [1, 64] {
        let home = Home::new();
        let pty = writing(&home);
        pasted(&pty, megabytes);
        pty.send("\x1b");
        pty.wait_until("the save", |_| !home.rationale().is_empty());
        let saved = home.rationale();
        assert!(
            (200_000..=256 * 1024).contains(&saved.len()),
            "{}",
            saved.len()
        );
        assert!(crate::pty::memory(pty.pid) < 120_000, "KiB");
    }
}

/// A paste that never ends neither swallows what follows for ever nor hides a hang-up.
#[test]
fn t_16_an_unfinished_paste_blocks_nothing_and_is_saved() {
    let home = Home::new();
    let mut pty = writing(&home);
    pty.send(format!("{START}half a paste"));
    pty.wait_until("the save", |_| home.rationale() == "half a paste");
    pty.close();
    assert_gone_soon(&pty.wait_gone());
    let mut pty = home.demo();
    pty.send(format!("{START}half a paste"));
    std::thread::sleep(Duration::from_millis(6500));
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
}

/// Escapes, NUL, characters that turn the reading order, newlines, an end of its own: all of it is
/// text, what does harm is shown by name, and no command runs.
#[test]
fn t_17_hostile_pastes_are_text() {
    let home = Home::new();
    let pty = writing(&home);
    let hostile = format!("a\x1b[2J\0b\u{202e}c\x07\r\nd{STOP}e\x1bSqq\r!{STOP}.");
    pty.send(format!("{START}{hostile}"));
    pty.wait_until("the save", |_| home.rationale().ends_with('.'));
    let saved = home.rationale();
    assert!(pty.screen().contains("Why (writing)"), "{}", pty.screen());
    assert!(
        saved
            .chars()
            .all(|c| c == '\n' || imr::model::text::is_clean_char(c))
    );
    for word in ["a", "[2J", "b", "c", "d", "[201~", "e", "Sqq", "!."] {
        assert!(saved.contains(word), "{word:?} in {saved:?}");
    }
    let bytes = String::from_utf8_lossy(&pty.bytes()).into_owned();
    assert!(!bytes.contains('\u{202e}') && !bytes.contains('\x07'));
}

/// Where nothing can be typed a paste does nothing, whatever it says.
#[test]
fn t_17_pasted_keys_are_no_keys() {
    let home = Home::new();
    let pty = home.open();
    pty.send(format!("{START}q\x1b[Bx\r{STOP}"));
    pty.wait_for("Pasted text goes into text fields only");
}

/// The word that signs is typed with Enter behind it; pasted with a line end it is not.
#[test]
fn t_17_a_pasted_word_signs_nothing() {
    let home = Home::new();
    home.decide_first();
    let pty = home.open();
    pty.send("\r");
    pty.wait_for("3 Items");
    pty.send("S");
    pty.wait_for("Type the word sign");
    // Why what the checks report may stand, and the four statements.
    pty.send("Looked at.\t \t \t \t \t");
    pty.send(format!("{START}sign\r\n{STOP}"));
    pty.rest(Duration::from_millis(400));
    assert_eq!(home.case()["stage"], "draft", "{}", pty.screen());
    pty.send("\x15sign\r");
    pty.wait_until("the signature", |_| home.case()["stage"] == "signed");
}
