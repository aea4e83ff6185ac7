//! T-12: ends that the program does not see coming. Another process gives the terminal back.

use crate::pty::home::Home;
use crate::pty::keys::{QUEUE, open_editor};
use crate::pty::{self, Pty, toy};
use rustix::process::{Signal, getpgid, kill_process, kill_process_group};
use std::time::Duration;

/// What the keeper says.
const SAID: &str = "the terminal is given back";

/// In a script, which leads the session and mends no modes.
const SCRIPT: &str = "\"$IMR\"; code=$?; sleep 0.3; echo CODE=$code; read -r";

#[track_caller]
fn assert_given_back(pty: &mut Pty, code: &str) {
    pty.wait_for(code);
    pty.wait_for(SAID);
    pty.assert_restored();
    pty.send("\n");
    pty.wait_gone();
}

#[test]
fn t_12_killed_the_terminal_is_given_back_and_the_draft_kept() {
    for (signal, code) in [
        (Signal::KILL, "CODE=137"),
        (Signal::SEGV, "CODE=139"),
        (Signal::ABORT, "CODE=134"),
        (Signal::BUS, "CODE=135"),
    ] {
        let home = Home::new();
        let mut pty = home.store_shell(SCRIPT);
        open_editor(&pty);
        pty.send("Typed before");
        pty.wait_until("the save", |_| home.rationale() == "Typed before");
        let imr = pty::child_of(pty.pid).unwrap();
        let keeper = pty::keeper_of(imr);
        kill_process(imr, signal).unwrap();
        // From outside the first of these only takes away the handler that tells of a full stack.
        std::thread::sleep(Duration::from_millis(50));
        let _ = kill_process(imr, signal);
        assert_given_back(&mut pty, code);
        pty::wait_gone(keeper);
        assert_eq!(home.rationale(), "Typed before", "{signal:?}");
        let screen = pty.screen();
        assert!(!screen.contains("Typed before"), "{screen}");
    }
}

#[test]
fn t_12_an_abort_no_memory_and_no_stack_give_the_terminal_back() {
    for fault in ["A", "M", "O"] {
        let home = Home::new();
        let mut pty = toy::start_in_shell(home.path(), "toy_program");
        let imr = pty::child_of(pty.pid).unwrap();
        let keeper = pty::keeper_of(imr);
        pty.send("saved.");
        pty.wait_until("the save", |_| toy::saved(home.path()) == "saved.");
        pty.send(fault);
        assert_given_back(&mut pty, "CODE=134");
        pty::wait_gone(keeper);
        assert_eq!(toy::saved(home.path()), "saved.");
    }
}

/// A whole group of processes is killed at once: the keeper is in none of them.
#[test]
fn t_12_killed_with_its_group_the_terminal_is_given_back() {
    let home = Home::new();
    let mut pty = home.shell("set -m; \"$IMR\" demo; code=$?; sleep 0.3; echo CODE=$code; read -r");
    pty.wait_for(QUEUE);
    let imr = pty::child_of(pty.pid).unwrap();
    pty::keeper_of(imr);
    kill_process_group(getpgid(Some(imr)).unwrap(), Signal::KILL).unwrap();
    assert_given_back(&mut pty, "CODE=137");
}

/// An interactive shell takes the terminal back by itself, and shows its prompt: its modes are left
/// alone, and what is typed next is echoed on the main screen.
#[test]
fn t_12_killed_under_a_shell_with_a_prompt() {
    let home = Home::new();
    let mut pty = home.shell("PS1='prompt> ' exec bash --norc --noprofile -i");
    pty.wait_for("prompt>");
    pty.send("\"$IMR\" demo\n");
    pty.wait_for(QUEUE);
    let imr = pty::child_of(pty.pid).unwrap();
    let keeper = pty::keeper_of(imr);
    kill_process(imr, Signal::KILL).unwrap();
    pty.wait_for(SAID);
    pty::wait_gone(keeper);
    pty.send("echo $((20 + 3)) words\n");
    pty.wait_for("23 words");
    pty.look(|screen| assert!(!screen.alternate_screen() && !screen.hide_cursor()));
    pty.send("exit\n");
    pty.wait_gone();
    pty.assert_restored();
}

/// Killed while it is stopped: the terminal is the shell's, and nobody writes on it.
#[test]
fn t_12_killed_while_stopped_nothing_is_written() {
    let home = Home::new();
    let mut pty = home.shell(
        "set -m; \"$IMR\" demo; echo STOPPED; read -r; echo BEFORE; kill -9 %1; wait; echo AFTER; read -r",
    );
    pty.wait_for(QUEUE);
    let imr = pty::child_of(pty.pid).unwrap();
    let keeper = pty::keeper_of(imr);
    pty.send("\x1a");
    pty.wait_for("STOPPED");
    pty.send("\n");
    pty.wait_for("AFTER");
    pty::wait_gone(keeper);
    assert!(!pty.screen().contains(SAID), "{}", pty.screen());
    pty.send("\n");
    pty.wait_gone();
    pty.assert_restored();
}

/// Nobody needs the keeper but in an accident: killed itself, it is not missed.
#[test]
fn t_12_without_its_keeper_it_goes_on() {
    let home = Home::new();
    let mut pty = home.demo();
    let keeper = pty::keeper_of(pty.pid);
    kill_process(keeper, Signal::KILL).unwrap();
    pty.send("\x1aj");
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
    pty.assert_restored();
}
