//! Stopped and continued.

use crate::pty::home::Home;
use crate::pty::keys::{QUEUE, open_editor};
use crate::pty::{self, Pty};
use rustix::process::{Signal, kill_process};
use std::time::Duration;

/// Ctrl-Z and fg, by a shell with job control.
#[test]
fn t_06_ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_back() {
    stops_and_continues(|pty| pty.send("\x1a"));
}

/// Stopped from outside by a signal that can be heard.
#[test]
fn t_06_sigtstp_gives_the_terminal_to_the_shell_too() {
    stops_and_continues(|pty| {
        kill_process(pty::child_of(pty.pid).unwrap(), Signal::TSTP).unwrap();
    });
}

fn stops_and_continues(stop: impl Fn(&Pty)) {
    let home = Home::new();
    let mut pty = home.store_shell(
        "set -m; \"$IMR\"; echo STOPPED; stty -a | grep -o ' icanon'; read -r; fg; echo CODE=$?",
    );
    open_editor(&pty);
    pty.send("Half a sentence");
    pty.wait_for("Half a sentence");
    let imr = pty::child_of(pty.pid).unwrap();
    stop(&pty);
    pty.wait_for("STOPPED");
    pty.wait_for("icanon");
    assert!(pty::is_stopped(imr));
    pty.look(|screen| assert!(!screen.alternate_screen() && !screen.bracketed_paste()));
    assert_eq!(home.rationale(), "Half a sentence", "saved before the stop");
    pty.send("\n");
    pty.wait_until("the screen again", |pty| {
        pty.is_entered() && pty.screen().contains("Half a sentence")
    });
    pty.send(" and the rest.");
    pty.wait_for("and the rest.");
    pty.signal_to(imr, Signal::TERM);
    pty.wait_for("CODE=143");
    pty.wait_gone();
    pty.assert_restored();
    assert_eq!(home.rationale(), "Half a sentence and the rest.");
}

/// Stopped by a signal nobody hears; the shell made the terminal its own meanwhile.
#[test]
fn t_07_sigstop_and_fg_arm_raw_mode_again() {
    let home = Home::new();
    let mut pty = home
        .shell("modes=$(stty -g); set -m; \"$IMR\" demo; stty $modes; read -r; fg; echo CODE=$?");
    pty.wait_for(QUEUE);
    let imr = pty::child_of(pty.pid).unwrap();
    kill_process(imr, Signal::STOP).unwrap();
    pty.wait_until("the stop", |_| pty::is_stopped(imr));
    std::thread::sleep(Duration::from_millis(300));
    let before = pty.bytes().len();
    pty.send("\n");
    pty.wait_until("a new frame", |pty| {
        let bytes = pty.bytes();
        String::from_utf8_lossy(&bytes[before..]).contains("Queue")
    });
    pty.send("q");
    pty.wait_for("CODE=0");
    pty.wait_gone();
    pty.assert_restored();
}

/// Nobody could continue it: it is the leader of its session, as under `ssh host imr`.
#[test]
fn t_06_ctrl_z_without_a_shell_does_not_hang_the_session() {
    let home = Home::new();
    let mut pty = home.demo();
    pty.send("\x1a");
    pty.rest(Duration::from_millis(300));
    assert!(!pty::is_stopped(pty.pid));
    assert!(pty.is_entered());
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
}

#[test]
fn t_08_a_storm_of_sigcont_is_no_storm_of_frames() {
    let home = Home::new();
    let mut pty = home.demo();
    pty::keeper_of(pty.pid);
    pty.rest(Duration::from_millis(300));
    let bytes = pty.bytes().len();
    let before = pty::files_and_threads(pty.pid);
    for _ in 0..1000 {
        pty.signal(Signal::CONT);
    }
    pty.rest(Duration::from_millis(300));
    assert_eq!(pty::files_and_threads(pty.pid), before, "files and threads");
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
    assert!(pty.bytes().len() - bytes < 2_000_000);
    pty.assert_restored();
}
