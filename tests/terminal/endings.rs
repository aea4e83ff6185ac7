//! Ends that the program sees coming: the user's, a signal's, a lost terminal's, its own fault.

use crate::pty::home::Home;
use crate::pty::keys::{QUEUE, open_editor};
use crate::pty::{self, toy};
use crate::{CPU, SOON, assert_gone_soon};
use rustix::process::{Signal, kill_process};
use std::time::Duration;

#[test]
fn starts_hears_keys_and_leaves_no_trace() {
    let home = Home::new();
    let mut pty = home.demo();
    assert!(pty.is_entered());
    let keeper = pty::keeper_of(pty.pid);
    let before = pty.bytes().len();
    pty.send("j");
    pty.wait_until("an answer to j", |pty| pty.bytes().len() > before);
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
    pty.assert_restored();
    assert!(!pty::is_alive(keeper), "a process is left behind");
}

#[test]
fn t_01_a_closed_terminal_ends_it_soon_and_saves_the_draft() {
    let home = Home::new();
    let mut pty = home.open();
    open_editor(&pty);
    let keeper = pty::keeper_of(pty.pid);
    pty.send("Typed as the line dropped");
    pty.wait_for("dropped");
    pty.close();
    let gone = pty.wait_gone();
    assert_gone_soon(&gone);
    assert_eq!(gone.code, Some(129));
    pty::wait_gone(keeper);
    assert_eq!(home.rationale(), "Typed as the line dropped");
}

/// SIGHUP is ignored by the one who started it (nohup).
#[test]
fn t_02_a_closed_terminal_ends_it_even_when_hang_ups_are_ignored() {
    let home = Home::new();
    let mut pty = home.store_shell("trap '' HUP; exec \"$IMR\"");
    open_editor(&pty);
    pty.send("Nobody hangs up");
    pty.wait_for("hangs up");
    let keeper = pty::keeper_of(pty.pid);
    pty.close();
    assert_gone_soon(&pty.wait_gone());
    pty::wait_gone(keeper);
    assert_eq!(home.rationale(), "Nobody hangs up");
}

/// The terminal is not the controlling one, so no signal ever comes (setsid, sudo use_pty).
#[test]
fn t_02_a_closed_terminal_ends_it_even_when_no_signal_comes() {
    let home = Home::new();
    let script =
        "trap '' HUP; setsid \"$IMR\" demo < /dev/tty & wait $!; echo $? > \"$HOME/code\"; exit";
    let mut pty = home.shell(script);
    pty.wait_for(QUEUE);
    let imr = pty::child_of(pty.pid).unwrap();
    let keeper = pty::keeper_of(imr);
    let before = pty::cpu_time(imr).unwrap();
    pty.close();
    let gone = pty.wait_gone();
    assert!(gone.after < SOON, "{gone:?}");
    assert!(pty::cpu_time(imr).is_none_or(|cpu| cpu < before + CPU));
    let code = std::fs::read_to_string(home.path().join("code")).unwrap();
    assert_eq!(code.trim(), "129");
    pty::wait_gone(keeper);
}

/// The shell that leads the session is killed first: the system takes the terminal away.
#[test]
fn t_03_an_orphan_saves_and_ends() {
    let home = Home::new();
    let mut pty = home.store_shell("\"$IMR\"; true");
    open_editor(&pty);
    pty.send("Left alone");
    pty.wait_for("Left alone");
    let imr = pty::child_of(pty.pid).unwrap();
    let keeper = pty::keeper_of(imr);
    let before = pty::cpu_time(imr).unwrap();
    kill_process(pty.pid, Signal::KILL).unwrap();
    assert!(pty::wait_gone(imr) < SOON);
    assert!(pty::cpu_time(imr).is_none_or(|cpu| cpu < before + CPU));
    pty::wait_gone(keeper);
    assert_eq!(home.rationale(), "Left alone");
    pty.wait_gone();
}

/// F-09 too.
#[test]
fn signals_end_it_save_and_restore_the_terminal() {
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
    ] {
        let home = Home::new();
        let mut pty = home.open();
        open_editor(&pty);
        pty.send("Signalled");
        pty.wait_for("Signalled");
        let keeper = pty::keeper_of(pty.pid);
        pty.signal(signal);
        let gone = pty.wait_gone();
        assert_eq!(gone.code, Some(code), "{signal:?}");
        assert_gone_soon(&gone);
        pty.assert_restored();
        assert!(!pty::is_alive(keeper), "{signal:?} leaves a process behind");
        assert_eq!(home.rationale(), "Signalled");
    }
}

/// The terminal is back, the place is named, the draft is saved; no word of the case.
#[test]
fn t_09_a_fault_of_the_program_restores_saves_and_tells_no_secret() {
    let home = Home::new();
    let mut pty = toy::start(home.path(), "toy_program");
    pty.send("draftP");
    assert_eq!(pty.wait_gone().code, Some(101));
    pty.assert_restored();
    let said = pty.screen();
    assert!(said.contains("imr failed at tests/pty/toy.rs:"), "{said}");
    assert!(!said.contains(toy::SECRET), "{said}");
    assert_eq!(toy::saved(home.path()), "draft");
}

/// A fault in another thread leaves the screen as it is.
#[test]
fn t_10_a_fault_in_another_thread_leaves_the_screen_alone() {
    let home = Home::new();
    let mut pty = toy::start(home.path(), "toy_program");
    pty.send("Wx");
    pty.wait_for("x");
    assert!(pty.is_entered());
    assert!(!String::from_utf8_lossy(&pty.bytes()).contains(toy::SECRET));
    pty.send("Q");
    assert_eq!(pty.wait_gone().code, Some(0));
    pty.assert_restored();
}

/// While drawing, and while something is thrown away.
#[test]
fn t_11_a_fault_while_drawing_or_dropping_is_like_any_other() {
    for fault in ["D", "R"] {
        let home = Home::new();
        let mut pty = toy::start(home.path(), "toy_program");
        pty.send(format!("draft{fault}"));
        assert_eq!(pty.wait_gone().code, Some(101), "{fault}");
        pty.assert_restored();
        let bytes = pty.bytes();
        assert!(!String::from_utf8_lossy(&bytes).contains(toy::SECRET));
        assert_eq!(toy::saved(home.path()), "draft");
    }
}

/// A fault while the first one is dealt with: the system ends it at once.
#[test]
fn t_11_a_double_fault_restores_and_tells_no_secret() {
    let home = Home::new();
    let mut pty = toy::start_in_shell(home.path(), "toy_program");
    pty.send("saved.");
    pty.wait_until("the save", |_| toy::saved(home.path()) == "saved.");
    pty.send("T");
    pty.wait_for("CODE=134");
    pty.assert_restored();
    let bytes = pty.bytes();
    assert!(!String::from_utf8_lossy(&bytes).contains(toy::SECRET));
    assert_eq!(toy::saved(home.path()), "saved.");
    pty.send("\n");
    pty.wait_gone();
}

/// Asked to leave while it hangs: the watchdog restores the terminal and ends it.
#[test]
fn a_hanging_program_is_ended_and_the_terminal_restored() {
    let home = Home::new();
    let mut pty = toy::start(home.path(), "toy_program");
    pty.send("H");
    std::thread::sleep(Duration::from_millis(200));
    pty.signal(Signal::TERM);
    let gone = pty.wait_gone();
    assert!(gone.after < SOON, "{gone:?}");
    assert_eq!(gone.code, Some(143));
    pty.assert_restored();
}
