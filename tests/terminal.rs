//! The terminal's faults, in a real pseudo-terminal (rows T of the reliability catalogue).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what it saw and fails by panicking"
)]

mod pty;

use pty::keys::QUEUE;
use pty::{Gone, Pty, Setup, toy};
use rustix::process::{Signal, kill_process};
use std::process::{Command, Stdio};
use std::time::Duration;

/// A lost terminal may cost this much, start and first frame included.
const CPU: Duration = Duration::from_millis(300);
const SOON: Duration = Duration::from_secs(2);

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// `imr demo`, with the queue on the screen.
    fn demo(&self) -> Pty {
        let pty = Setup::imr(self.0.path(), &["demo"]).start();
        pty.wait_for(QUEUE);
        pty
    }

    fn shell(&self, script: &str) -> Pty {
        Setup::shell(self.0.path(), script).start()
    }
}

#[track_caller]
fn assert_gone_soon(gone: &Gone) {
    assert!(gone.after < SOON, "{gone:?}");
    assert!(gone.cpu < CPU, "{gone:?}");
}

#[test]
fn starts_hears_keys_and_leaves_no_trace() {
    let home = Home::new();
    let mut pty = home.demo();
    assert!(pty.is_entered());
    let before = pty.bytes().len();
    pty.send("j");
    pty.wait_until("an answer to j", |pty| pty.bytes().len() > before);
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
    pty.assert_restored();
}

/// T-22, T-23, T-30: asks nothing, sets no title, is not put off by answers.
#[test]
fn asks_the_terminal_nothing() {
    let home = Home::new();
    let mut pty = home.demo();
    pty.send("\x1b[?64;1;2c\x1b[24;80R\x1b]11;rgb:0000/0000/0000\x07\x1bP1$r0m\x1b\\");
    pty.send("?");
    pty.rest(Duration::from_millis(300));
    pty.send("\x1b");
    pty.rest(Duration::from_millis(300));
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
    let bytes = pty.bytes();
    let text = String::from_utf8_lossy(&bytes);
    for asked in [
        "\x1b[6n", "\x1b[5n", "\x1b[c", "\x1b[>c", "\x1b[0c", "\x1b[?u", "\x1b[>q", "\x1b[14t",
        "\x1b[18t", "\x1b]", "\x1bP",
    ] {
        assert!(!text.contains(asked), "{asked:?} in {text:?}");
    }
}

/// Idle: no byte, no wake-up, no CPU.
#[test]
fn idle_costs_nothing() {
    let home = Home::new();
    let pty = home.demo();
    pty.rest(Duration::from_millis(1500));
    let before = (
        pty.bytes().len(),
        pty::wake_ups(pty.pid),
        pty::cpu_time(pty.pid),
    );
    std::thread::sleep(Duration::from_secs(2));
    let after = (
        pty.bytes().len(),
        pty::wake_ups(pty.pid),
        pty::cpu_time(pty.pid),
    );
    assert_eq!(before, after, "(bytes, wake-ups, CPU time)");
}

/// A frame is one update.
#[test]
fn frames_are_synchronized_where_that_is_safe() {
    let home = Home::new();
    let pty = home.demo();
    assert!(pty.bytes().starts_with(b"\x1b[?2026h"));
    let setup = Setup::imr(home.0.path(), &["demo"]);
    let pty = setup.env("TERM", "screen-256color").start();
    pty.wait_for(QUEUE);
    assert!(!String::from_utf8_lossy(&pty.bytes()).contains("\x1b[?2026"));
}

/// T-01
#[test]
fn a_closed_terminal_ends_it_soon() {
    let home = Home::new();
    let mut pty = home.demo();
    pty.close();
    let gone = pty.wait_gone();
    assert_gone_soon(&gone);
    assert_eq!(gone.code, Some(129));
}

/// T-02: SIGHUP is ignored by the one who started it.
#[test]
fn a_closed_terminal_ends_it_even_when_hang_ups_are_ignored() {
    let home = Home::new();
    let mut pty = home.shell("trap '' HUP; exec \"$IMR\" demo");
    pty.wait_for(QUEUE);
    pty.close();
    assert_gone_soon(&pty.wait_gone());
}

/// T-02, T-03: the terminal is not the controlling one, so no signal ever comes.
#[test]
fn a_closed_terminal_ends_it_even_when_no_signal_comes() {
    let home = Home::new();
    let script = "trap '' HUP; setsid \"$IMR\" demo & wait $!; echo $? > \"$HOME/code\"; exit";
    let mut pty = home.shell(&script.replace("demo &", "demo < /dev/tty &"));
    pty.wait_for(QUEUE);
    let imr = pty::child_of(pty.pid).unwrap();
    pty.close();
    let gone = pty.wait_gone();
    assert!(gone.after < SOON, "{gone:?}");
    assert!(pty::cpu_time(imr).is_none_or(|cpu| cpu < CPU));
    let code = std::fs::read_to_string(home.0.path().join("code")).unwrap();
    assert_eq!(code.trim(), "129");
}

/// T-16: a paste that never ends neither swallows what follows for ever nor hides a hang-up.
#[test]
fn an_unfinished_paste_blocks_nothing() {
    let home = Home::new();
    let mut pty = home.demo();
    pty.send("\x1b[200~half a paste");
    std::thread::sleep(Duration::from_millis(200));
    pty.close();
    assert_gone_soon(&pty.wait_gone());
    let mut pty = home.demo();
    pty.send("\x1b[200~half a paste");
    std::thread::sleep(Duration::from_millis(6500));
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
}

/// A terminal that takes nothing stops neither saving nor leaving (T-25).
#[test]
fn a_terminal_that_takes_nothing_does_not_hold_it() {
    let home = Home::new();
    let mut pty = home.demo();
    pty.rest(Duration::from_millis(300));
    // XOFF does nothing in raw mode: the size of the pipe has to be used up instead.
    pty.hold_output();
    for round in 0..400 {
        pty.resize(60 + round % 80, 20 + round % 30);
        std::thread::sleep(Duration::from_millis(2));
    }
    pty.signal(Signal::TERM);
    let gone = pty.wait_gone();
    assert!(gone.after < SOON, "{gone:?}");
    assert_eq!(gone.code, Some(143));
}

/// F-09
#[test]
fn signals_end_it_and_restore_the_terminal() {
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
    ] {
        let home = Home::new();
        let mut pty = home.demo();
        pty.signal(signal);
        let gone = pty.wait_gone();
        assert_eq!(gone.code, Some(code), "{signal:?}");
        assert_gone_soon(&gone);
        pty.assert_restored();
    }
}

/// T-06: Ctrl-Z and fg, by a shell with job control.
#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_back() {
    stops_and_continues(|pty| pty.send("\x1a"));
}

/// T-06: stopped from outside by a signal that can be heard.
#[test]
fn sigtstp_gives_the_terminal_to_the_shell_too() {
    stops_and_continues(|pty| {
        kill_process(pty::child_of(pty.pid).unwrap(), Signal::TSTP).unwrap();
    });
}

fn stops_and_continues(stop: impl Fn(&Pty)) {
    let home = Home::new();
    let mut pty = home.shell(
        "set -m; \"$IMR\" demo; echo STOPPED; stty -a | grep -o ' icanon'; read -r; fg; echo CODE=$?",
    );
    pty.wait_for(QUEUE);
    let imr = pty::child_of(pty.pid).unwrap();
    stop(&pty);
    pty.wait_for("STOPPED");
    pty.wait_for("icanon");
    assert!(pty::is_stopped(imr));
    pty.look(|screen| assert!(!screen.alternate_screen() && !screen.bracketed_paste()));
    pty.send("\n");
    pty.wait_until("the screen again", |pty| {
        pty.is_entered() && pty.screen().contains(QUEUE)
    });
    pty.send("q");
    pty.wait_for("CODE=0");
    pty.wait_gone();
    pty.assert_restored();
}

/// T-07: stopped by a signal nobody hears; the shell made the terminal its own meanwhile.
#[test]
fn sigstop_and_fg_arm_raw_mode_again() {
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
fn ctrl_z_without_a_shell_does_not_hang_the_session() {
    let home = Home::new();
    let mut pty = home.demo();
    pty.send("\x1a");
    pty.rest(Duration::from_millis(300));
    assert!(!pty::is_stopped(pty.pid));
    assert!(pty.is_entered());
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
}

/// T-08
#[test]
fn a_storm_of_sigcont_is_no_storm_of_frames() {
    let home = Home::new();
    let mut pty = home.demo();
    pty.rest(Duration::from_millis(300));
    let before = pty.bytes().len();
    for _ in 0..1000 {
        pty.signal(Signal::CONT);
    }
    pty.rest(Duration::from_millis(300));
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
    assert!(pty.bytes().len() - before < 2_000_000);
    pty.assert_restored();
}

/// T-13
#[test]
fn a_storm_of_sizes_is_survived() {
    let home = Home::new();
    let mut pty = home.demo();
    let odd = [
        (1, 1),
        (1, 500),
        (500, 1),
        (0, 0),
        (2, 2),
        (1000, 300),
        (40, 10),
        (59, 15),
    ];
    for round in 0..25 {
        for (cols, rows) in odd {
            pty.resize(cols, rows);
            if round % 5 == 0 {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }
    pty.resize(80, 24);
    pty.wait_for(QUEUE);
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
    pty.assert_restored();
}

/// More keys than one read holds: crossterm's reader stalled at 1,024.
#[test]
fn three_thousand_keys_at_once_are_all_heard() {
    let home = Home::new();
    let mut pty = home.demo();
    pty.send("jk".repeat(1500));
    pty.send("q");
    assert_eq!(pty.wait_gone().code, Some(0));
}

/// T-18: an arrow key cut in two by a slow line is an arrow key.
#[test]
fn a_split_arrow_key_is_no_escape() {
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

/// T-05, T-24: a sentence that names the plain commands.
#[test]
fn without_a_terminal_it_says_what_to_run() {
    let home = Home::new();
    let output = Command::new(pty::program())
        .arg("demo")
        .env("HOME", home.0.path())
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("imr list"), "{said}");

    let mut pty = Setup::imr(home.0.path(), &["demo"])
        .env("TERM", "dumb")
        .start();
    assert_eq!(pty.wait_gone().code, Some(2));
    pty.rest(Duration::from_millis(100));
    assert!(
        pty.screen().replace('\n', " ").contains("imr list"),
        "{}",
        pty.screen()
    );
    assert!(!pty.bytes().contains(&0x1b));
}

/// NO_COLOR takes colours only: the selected row is still marked.
#[test]
fn no_color_keeps_attributes() {
    let home = Home::new();
    let pty = Setup::imr(home.0.path(), &["demo"])
        .env("NO_COLOR", "1")
        .start();
    pty.wait_for(QUEUE);
    let bytes = pty.bytes();
    let text = String::from_utf8_lossy(&bytes);
    assert!(
        !text.contains("\x1b[;m") && !text.contains("\x1b[m"),
        "{text:?}"
    );
}

/// T-09: the terminal is back, the place is named, the draft is saved; no word of the case.
#[test]
fn a_fault_of_the_program_restores_saves_and_tells_no_secret() {
    let home = Home::new();
    let mut pty = toy::start(home.0.path(), "toy_program");
    pty.send("draftP");
    assert_eq!(pty.wait_gone().code, Some(101));
    pty.assert_restored();
    let said = pty.screen();
    assert!(said.contains("imr failed at tests/pty/toy.rs:"), "{said}");
    assert!(!said.contains(toy::SECRET), "{said}");
    assert_eq!(toy::saved(home.0.path()), "draft");
}

/// T-10: a fault in another thread leaves the screen as it is.
#[test]
fn a_fault_in_another_thread_leaves_the_screen_alone() {
    let home = Home::new();
    let mut pty = toy::start(home.0.path(), "toy_program");
    pty.send("Wx");
    pty.wait_for("x");
    assert!(pty.is_entered());
    assert!(!String::from_utf8_lossy(&pty.bytes()).contains(toy::SECRET));
    pty.send("Q");
    assert_eq!(pty.wait_gone().code, Some(0));
    pty.assert_restored();
}

/// Asked to leave while it hangs: the watchdog restores the terminal and ends it.
#[test]
fn a_hanging_program_is_ended_and_the_terminal_restored() {
    let home = Home::new();
    let mut pty = toy::start(home.0.path(), "toy_program");
    pty.send("H");
    std::thread::sleep(Duration::from_millis(200));
    pty.signal(Signal::TERM);
    let gone = pty.wait_gone();
    assert!(gone.after < SOON, "{gone:?}");
    assert_eq!(gone.code, Some(143));
    pty.assert_restored();
}

/// T-25: words are heard and saved while the terminal takes no output at all.
#[test]
fn a_terminal_that_takes_nothing_does_not_stop_saving() {
    let home = Home::new();
    let pty = toy::start(home.0.path(), "toy_program");
    pty.hold_output();
    for round in 0..400 {
        pty.resize(60 + round % 80, 20 + round % 30);
        std::thread::sleep(Duration::from_millis(2));
    }
    pty.send("still saved.");
    pty.wait_until("the save", |_| toy::saved(home.0.path()) == "still saved.");
}

/// What the tests above start in their terminals.
#[test]
#[ignore = "started by other tests"]
fn toy_program() {
    if toy::is_asked_for() {
        std::process::exit(toy::play());
    }
}
