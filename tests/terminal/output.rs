//! What is sent to the terminal.

use crate::pty::home::Home;
use crate::pty::keys::QUEUE;
use crate::pty::{self, Pty};
use std::time::{Duration, Instant};

/// What a terminal would answer, or show outside the screen.
const ASKED: [&str; 11] = [
    "\x1b[6n", "\x1b[5n", "\x1b[c", "\x1b[>c", "\x1b[0c", "\x1b[?u", "\x1b[>q", "\x1b[14t",
    "\x1b[18t", "\x1bP", "\x1b[?6n",
];

/// From the queue through everything that can be opened, and back.
fn tour(pty: &Pty) {
    for key in [
        "j", "/", "cerv", "\x1b", "\r", "1", "2", "3", "c", "\x1b", "4", "5", "6", ":", "\x1b",
        "?", "\x1b", "3", "e", "text", "\x1b", "S", "\x1b", "\x0c", "\x1b",
    ] {
        pty.send(key);
        pty.rest(Duration::from_millis(100));
    }
}

/// A terminal that answers nothing makes nobody wait: no question is put.
#[test]
fn t_22_the_terminal_is_asked_nothing() {
    let home = Home::new();
    let mut pty = home.demo();
    tour(&pty);
    let start = Instant::now();
    pty.send("\x0c");
    pty.resize(100, 30);
    pty.wait_for("reviewer:");
    assert!(start.elapsed() < Duration::from_secs(1));
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
    let bytes = pty.bytes();
    let text = String::from_utf8_lossy(&bytes);
    for asked in ASKED {
        assert!(!text.contains(asked), "{asked:?} in {text:?}");
    }
}

/// Answers that nobody asked for, and garbage, change nothing.
#[test]
fn t_23_answers_of_the_terminal_are_ignored() {
    let home = Home::new();
    let mut pty = home.demo();
    pty.rest(Duration::from_millis(300));
    let before = pty.screen();
    for answer in [
        "\x1b[?64;1;2c",
        "\x1b[24;80R",
        "\x1b]11;rgb:0000/0000/0000\x07",
        "\x1bP1$r0m\x1b\\",
        "\x1b[0n",
        "\x1b[?1u",
        "\x1b[8;24;80t",
        "\x1b]52;c;cXE=\x1b\\",
        "\x1b[M !!",
        "\x1b[<0;3;4M",
        "\x1b[I\x1b[O",
        "\x1b_Gi=31;OK\x1b\\",
    ] {
        pty.send(answer);
        std::thread::sleep(Duration::from_millis(20));
    }
    pty.rest(Duration::from_millis(400));
    assert_eq!(pty.screen(), before);
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
}

/// No window title, no link, no clipboard, no other command to the terminal's own program.
#[test]
fn t_30_no_title_no_link_no_clipboard() {
    let home = Home::new();
    let mut pty = home.demo();
    tour(&pty);
    pty.send("q");
    pty.wait_gone();
    let bytes = pty.bytes();
    let text = String::from_utf8_lossy(&bytes);
    for opened in [
        "\x1b]",
        "\x1bP",
        "\x1b_",
        "\x1b^",
        "\x1bX",
        "\x1b[22;0t",
        "\x1b[?1000h",
    ] {
        assert!(!text.contains(opened), "{opened:?}");
    }
}

/// A frame is one update where terminals keep to it, and none where they did not.
#[test]
fn frames_are_synchronized_where_that_is_safe() {
    let home = Home::new();
    let pty = home.demo();
    assert!(pty.bytes().starts_with(b"\x1b[?2026h"));
    for (name, value) in [
        ("TERM", "screen-256color"),
        ("TERM", "tmux-256color"),
        ("TMUX", "/tmp/tmux-0/default,1,0"),
        ("STY", "1.pts-0"),
    ] {
        let setup = pty::Setup::imr(home.path(), &["demo"]).env(name, value);
        let pty = setup.start();
        pty.wait_for(QUEUE);
        let bytes = pty.bytes();
        assert!(
            !String::from_utf8_lossy(&bytes).contains("\x1b[?2026"),
            "{name}"
        );
    }
}

/// One write a frame, by the system's own count: what a key costs is one write to the terminal.
#[test]
fn a_frame_is_one_write() {
    let home = Home::new();
    let pty = home.demo();
    pty::keeper_of(pty.pid);
    pty.rest(Duration::from_millis(400));
    for key in ["j", "?", "\x1b", "j", ":", "\x1b"] {
        let before = pty::terminal_writes(pty.pid);
        let bytes = pty.bytes().len();
        pty.send(key);
        pty.wait_until("an answer", |pty| pty.bytes().len() > bytes);
        pty.rest(Duration::from_millis(300));
        let (writes, len) = (
            pty::terminal_writes(pty.pid) - before,
            pty.bytes().len() - bytes,
        );
        assert_eq!(writes, 1, "{key:?}: {len} bytes");
    }
}
