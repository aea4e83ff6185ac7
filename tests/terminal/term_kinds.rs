//! Kinds of terminals, and none.

use crate::pty::home::Home;
use crate::pty::keys::QUEUE;
use crate::pty::{self, Setup};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

fn bash(home: &Home, script: &str) -> Output {
    Command::new("/bin/bash")
        .args(["-c", script])
        .env("HOME", home.path())
        .env("IMR", pty::program())
        .env("IMR_STORE", home.store())
        .env("IMR_CONFIG", home.path())
        .env("TERM", "xterm")
        .output()
        .unwrap()
}

/// A sentence that names the plain commands, and nothing on standard output.
#[test]
fn t_05_without_a_terminal_it_says_what_to_run() {
    let home = Home::new();
    for redirected in [
        "</dev/null",
        "< <(:)",
        "<&-",
        "| cat; exit ${PIPESTATUS[0]}",
    ] {
        for command in ["\"$IMR\"", "\"$IMR\" demo"] {
            let said = bash(&home, &format!("{command} {redirected}"));
            assert_eq!(said.status.code(), Some(2), "{command} {redirected}");
            assert!(said.stdout.is_empty());
            let text = String::from_utf8_lossy(&said.stderr);
            assert!(text.contains("imr list"), "{text}");
        }
    }
}

/// The plain commands do not care which of the three are closed.
#[test]
fn t_05_plain_commands_run_with_closed_files() {
    let home = Home::new();
    for closed in ["</dev/null", "<&-", "< <(:)", "2>&-", ">&-", "<&- >&- 2>&-"] {
        let said = bash(&home, &format!("\"$IMR\" list {closed}"));
        assert_eq!(said.status.code(), Some(0), "{closed}");
        let text = String::from_utf8_lossy(&said.stdout);
        assert_eq!(
            text.contains("CM25-0197615"),
            !closed.contains(">&- 2") && closed != ">&-"
        );
    }
}

#[test]
fn t_24_a_dumb_terminal_is_told_what_to_run() {
    let home = Home::new();
    let setup = Setup::imr(home.path(), &["demo"]);
    let mut pty = setup.env("TERM", "dumb").start();
    assert_eq!(pty.wait_gone().code, Some(2));
    pty.rest(Duration::from_millis(100));
    let screen = pty.screen();
    assert!(screen.replace('\n', " ").contains("imr list"), "{screen}");
    assert!(!pty.bytes().contains(&0x1b));
}

/// Every other kind is drawn on, without colours where they would mean nothing.
#[test]
fn t_24_every_kind_of_terminal_is_drawn_on() {
    for (term, has_colour) in [
        ("", false),
        ("vt100", false),
        ("vt220", false),
        ("xterm-m", false),
        ("linux", true),
        ("screen", true),
        ("tmux-256color", true),
        ("rxvt", true),
        ("some-new-terminal", true),
    ] {
        let home = Home::new();
        let setup = Setup::imr(home.path(), &["demo"]);
        let setup = if term.is_empty() {
            setup.unset("TERM")
        } else {
            setup.env("TERM", term)
        };
        let mut pty = setup.start();
        pty.wait_for(QUEUE);
        pty.wait_for("▸");
        assert_eq!(is_coloured(&pty), has_colour, "{term:?}");
        // An arrow key as that terminal may send it: in one byte of control.
        let before = pty.screen();
        pty.send(b"\x9bB");
        pty.wait_until("the next row", |pty| pty.screen() != before);
        pty.send("q");
        assert_eq!(pty.wait_gone().code, Some(0), "{term:?}");
        pty.assert_restored();
    }
}

/// NO_COLOR takes colours only: the selected row is still marked.
#[test]
fn t_24_no_color_keeps_attributes() {
    let home = Home::new();
    let setup = Setup::imr(home.path(), &["demo"]);
    let pty = setup.env("NO_COLOR", "1").start();
    pty.wait_for(QUEUE);
    pty.wait_for("▸");
    assert!(!is_coloured(&pty));
    assert!(any_cell(&pty, |cell| cell.inverse() || cell.bold()));
}

fn is_coloured(pty: &pty::Pty) -> bool {
    any_cell(pty, |cell| {
        cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default
    })
}

fn any_cell(pty: &pty::Pty, is_so: impl Fn(&vt100::Cell) -> bool) -> bool {
    pty.look(|screen| {
        let (rows, cols) = screen.size();
        let (rows, cols) = (rows.get(), cols.get());
        let mut places = (0..rows).flat_map(|row| (0..cols).map(move |col| (row, col)));
        places.any(|(row, col)| screen.cell(row, col).is_some_and(&is_so))
    })
}

/// Nothing waits for an answer from what is no terminal.
#[test]
fn t_05_a_pipe_for_input_does_not_hang() {
    let home = Home::new();
    let mut child = Command::new(pty::program())
        .env("HOME", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(2));
}
