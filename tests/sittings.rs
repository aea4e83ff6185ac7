//! Sittings in a real pseudo-terminal: the reviewer's own editor (F-39), the clipboard (T-30), and
//! the place and the undo that outlive SIGKILL (C-09).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what it saw and fails by panicking"
)]

mod pty;

use pty::{Pty, Setup, keys, program};
use rustix::process::Signal;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const LETTER: &str = "tests/letters/03-seed-look-no-header.txt";

/// A home folder with a store of one case in it.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        let output = home.command(&["import", LETTER]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        home
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .args(args)
            .env("IMR_STORE", self.path().join("imr.db"));
        command
            .env("IMR_CONFIG", self.path())
            .env("HOME", self.path());
        command.env("XDG_STATE_HOME", self.path().join("state"));
        command
    }

    fn setup(&self) -> Setup {
        Setup::imr(self.path(), &[])
            .env("IMR_STORE", &self.path().join("imr.db").to_string_lossy())
            .env(
                "XDG_STATE_HOME",
                &self.path().join("state").to_string_lossy(),
            )
            .env("VISUAL", "")
    }

    /// An editor that is this shell script; `$1` is the file.
    fn editor(&self, script: &str) -> String {
        let path = self.path().join("my-editor");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        path.to_string_lossy().into_owned()
    }

    /// What lies in the folder for editors' files.
    fn left(&self) -> Vec<PathBuf> {
        let folder = self.path().join("state/imr/edit");
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    fn rationale(&self) -> String {
        let output = self
            .command(&["list", "--json", "--view", "all"])
            .output()
            .unwrap();
        let cases: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let id = cases["cases"][0]["id"].as_str().unwrap().to_owned();
        let output = self.command(&["show", &id, "--json"]).output().unwrap();
        let case: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        case["items"][0]["rationale"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

impl Home {
    /// Sets a passphrase by the command, from a pipe.
    fn set_passphrase(&self, text: &str) {
        let mut child = self
            .command(&["lock", "--set"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        writeln!(input, "{text}").unwrap();
        drop(input);
        assert!(child.wait().unwrap().success());
    }

    fn settings(&self, text: &str) {
        std::fs::write(self.path().join("config.toml"), text).unwrap();
    }
}

/// To the items tab, with `Draft.` as the rationale.
fn with_draft(pty: &Pty) {
    keys::open_editor(pty);
    pty.send("Draft.");
    pty.wait_for("Draft.");
    pty.send("\x1b");
    pty.wait_for("e edit");
}

#[track_caller]
fn leave(mut pty: Pty) {
    pty.send("qq");
    assert_eq!(pty.wait_gone().code, Some(0));
    pty.assert_restored();
}

#[test]
fn own_editor_on_a_private_file_and_back() {
    let home = Home::new();
    let script = r#"
        cat "$1" > "$HOME/seen"; ls -ld "$(dirname "$1")" "$1" > "$HOME/modes"
        echo "$1 $TMPDIR" > "$HOME/where"; echo copy > "$1~"
        stty -a < /dev/tty | grep -o ' icanon' > "$HOME/stty"
        echo EDITING; read -r answer < /dev/tty; printf 'A new \033text.\nSecond.\n' > "$1""#;
    let pty = home.setup().env("EDITOR", &home.editor(script)).start();
    with_draft(&pty);
    pty.send("E");
    pty.wait_for("EDITING");
    pty.look(|screen| assert!(!screen.alternate_screen() && !screen.bracketed_paste()));
    pty.send("\r");
    pty.wait_for("Taken from the editor: 4 words.");
    assert!(pty.is_entered());
    pty.wait_for("A new <U+001B>text.");
    let read = |name: &str| std::fs::read_to_string(home.path().join(name)).unwrap();
    assert_eq!(read("seen"), "Draft.\n");
    assert_eq!(read("stty").trim(), "icanon", "the modes are the shell's");
    let modes = read("modes");
    assert!(
        modes.contains("drwx------") && modes.contains("-rw-------"),
        "{modes}"
    );
    assert!(read("where").contains("/state/imr/edit/"));
    assert!(home.left().is_empty(), "{:?}", home.left());
    // One step for undo.
    pty.send("e\x15");
    pty.wait_until("the draft as it was", |pty| {
        pty.screen().contains(" Draft.")
    });
    pty.send("\x12\x1b");
    pty.wait_for("Second.");
    leave(pty);
    assert_eq!(home.rationale(), "A new <U+001B>text.\nSecond.");
}

#[test]
fn f39_a_draft_stays_unless_the_editor_ends_well_with_a_text() {
    let table = [
        ("printf 'X' > \"$1\"; exit 1", "ended with code 1"),
        ("kill -9 $$", "was ended by a signal"),
        ("exit 0", "The editor changed nothing."),
        (
            "head -c 100000000 /dev/zero | tr '\\0' 'x' > \"$1\"",
            "longer than 256 KiB",
        ),
        ("printf '\\377' > \"$1\"", "not UTF-8"),
        ("rm \"$1\"; ln -s /etc/hostname \"$1\"", "no plain file"),
        ("rm \"$1\"; mkfifo \"$1\"", "no plain file"),
        ("rm \"$1\"", "no plain file"),
    ];
    let home = Home::new();
    let editor = home.editor("exit 0");
    let pty = home.setup().env("EDITOR", &editor).start();
    with_draft(&pty);
    for (n, (script, said)) in table.into_iter().enumerate() {
        home.editor(&format!("echo >> \"$HOME/ran\"\n{script}"));
        pty.send("E");
        let ran = home.path().join("ran");
        pty.wait_until(said, |pty| {
            let runs = std::fs::read(&ran).map_or(0, |lines| lines.len());
            runs == n + 1 && pty.is_entered() && pty.screen().contains(said)
        });
        assert!(pty.screen().contains(" Draft."), "{script}");
        assert!(home.left().is_empty(), "{script}: {:?}", home.left());
    }
    std::fs::remove_file(editor).unwrap();
    pty.send("E");
    pty.wait_for("cannot be started");
    leave(pty);
    assert_eq!(home.rationale(), "Draft.");
}

#[test]
fn f39_without_an_editor_nothing_is_handed_out() {
    let home = Home::new();
    let pty = home.setup().env("EDITOR", "").start();
    with_draft(&pty);
    pty.send("E");
    pty.wait_for("No editor is set");
    leave(pty);
}

/// What is typed to interrupt the editor is the editor's.
#[test]
fn an_interrupted_editor_does_not_end_the_program() {
    let home = Home::new();
    let script = "trap 'exit 3' INT; echo EDITING; while :; do sleep 0.05; done";
    let pty = home.setup().env("EDITOR", &home.editor(script)).start();
    with_draft(&pty);
    pty.send("E");
    pty.wait_for("EDITING");
    pty.send("\x03");
    pty.wait_for("ended with code 3");
    assert!(pty.is_entered());
    leave(pty);
}

#[test]
fn a_session_that_ends_while_the_editor_runs_offers_what_was_saved_in_it() {
    for (signal, choice) in [(Signal::TERM, "t"), (Signal::HUP, "d")] {
        let home = Home::new();
        let script = "trap '' HUP TERM; echo 'Saved words.' > \"$1\"; echo EDITING; exec sleep 600";
        let mut pty = home.setup().env("EDITOR", &home.editor(script)).start();
        with_draft(&pty);
        pty.send("E");
        pty.wait_for("EDITING");
        assert_eq!(home.left().len(), 2);
        let before = pty.bytes().len();
        pty.signal(signal);
        let gone = pty.wait_gone();
        let since = String::from_utf8_lossy(&pty.bytes()[before..]).into_owned();
        assert!(!since.contains("E offers"), "nothing is drawn any more");
        assert!(gone.after < Duration::from_secs(2), "{gone:?}");
        drop(pty);
        assert_eq!(home.rationale(), "Draft.", "it is for the reviewer to take");
        let pty = home.setup().env("EDITOR", "/bin/false").start();
        pty.wait_for("item 1: E offers what your editor had saved.");
        pty.send("E");
        pty.wait_for("It had saved 2 words: \"Saved");
        answer_offer(&pty, choice == "t");
        let expected = if choice == "t" {
            "Saved words."
        } else {
            "Draft."
        };
        leave(pty);
        assert_eq!(home.rationale(), expected);
        assert!(home.left().is_empty(), "{:?}", home.left());
    }
}

/// Takes or drops the words that the dialogue shows.
fn answer_offer(pty: &Pty, takes: bool) {
    pty.send(if takes { "\x1b[C\r" } else { "\x1b[C\x1b[C\r" });
    pty.wait_for(if takes {
        "Taken from the editor: 2 words."
    } else {
        "Dropped"
    });
}

#[test]
fn a_session_that_ends_before_anything_was_saved_leaves_no_file() {
    let home = Home::new();
    let script = "trap '' HUP TERM; echo EDITING; exec sleep 600";
    let mut pty = home.setup().env("EDITOR", &home.editor(script)).start();
    with_draft(&pty);
    pty.send("E");
    pty.wait_for("EDITING");
    pty.signal(Signal::TERM);
    pty.wait_gone();
    assert!(home.left().is_empty(), "{:?}", home.left());
}

#[test]
fn f39_an_editor_killed_alone_has_its_saved_words_offered_at_once() {
    let home = Home::new();
    let script = "echo 'Saved words.' > \"$1\"; kill -9 $$";
    let pty = home.setup().env("EDITOR", &home.editor(script)).start();
    with_draft(&pty);
    pty.send("E");
    pty.wait_for("E offers what your editor had saved.");
    assert!(pty.screen().contains(" Draft."));
    pty.send("E");
    pty.wait_for("It had saved 2 words: \"Saved");
    answer_offer(&pty, true);
    leave(pty);
    assert_eq!(home.rationale(), "Saved words.");
    assert!(home.left().is_empty(), "{:?}", home.left());
}

#[test]
fn a_killed_session_s_file_is_gone_at_the_next_start() {
    let home = Home::new();
    let script = "trap 'exit 0' HUP; echo EDITING; while :; do sleep 0.05; done";
    let mut pty = home.setup().env("EDITOR", &home.editor(script)).start();
    with_draft(&pty);
    pty.send("E");
    pty.wait_for("EDITING");
    pty.signal(Signal::KILL);
    pty.wait_gone();
    drop(pty);
    assert_eq!(home.left().len(), 2);
    let pty = home.setup().start();
    pty.wait_for("3 Items");
    assert!(home.left().is_empty(), "{:?}", home.left());
    assert_eq!(home.rationale(), "Draft.");
}

#[test]
fn c09_place_and_undo_outlive_sigkill() {
    let home = Home::new();
    let mut pty = home.setup().start();
    keys::open_editor(&pty);
    pty.send("One two three.\x1b[D\x1b[D");
    pty.wait_for("One two three.");
    // Until the place is noted too.
    std::thread::sleep(Duration::from_millis(2500));
    let (before, cursor) = (pty.screen(), pty.look(|screen| screen.cursor_position()));
    pty.signal(Signal::KILL);
    pty.wait_gone();
    let pty = home.setup().start();
    pty.wait_for("Why (writing)");
    // The checks come after the first screen.
    pty.wait_for("Items (1) !");
    pty.rest(Duration::from_millis(200));
    let lines = |screen: &str| -> Vec<String> {
        screen
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    };
    assert_eq!(lines(&pty.screen()), lines(&before));
    assert_eq!(pty.look(|screen| screen.cursor_position()), cursor);
    pty.send("\x15");
    pty.wait_until("the last word taken back", |pty| {
        pty.screen().contains("One two") && !pty.screen().contains("three")
    });
    pty.send("\x12");
    pty.wait_for("One two three.");
    pty.send("\x1b");
    pty.wait_for("e edit");
    leave(pty);
}

/// Idle after keys: what was pressed is noted, and then nothing wakes it.
#[test]
fn a_place_noted_leaves_it_idle() {
    let home = Home::new();
    let pty = home.setup().start();
    keys::open_editor(&pty);
    pty.send("words");
    pty.rest(Duration::from_millis(2500));
    let before = (pty.bytes().len(), pty::wake_ups(pty.pid));
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(before, (pty.bytes().len(), pty::wake_ups(pty.pid)));
}

#[test]
fn t_30_the_clipboard_is_written_only_where_enabled_and_never_read() {
    let home = Home::new();
    for is_on in [false, true] {
        if is_on {
            std::fs::write(home.path().join("config.toml"), "clipboard = \"osc52\"\n").unwrap();
        }
        let pty = home.setup().start();
        keys::open_editor(&pty);
        if !is_on {
            pty.send("Words.");
        }
        pty.wait_for("Words.");
        // Select all, copy; paste behind it.
        pty.send("\x1b[20~\x03");
        pty.rest(Duration::from_millis(200));
        pty.send("\x1b");
        pty.wait_for("e edit");
        let bytes = pty.bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let sequence = "\x1b]52;c;V29yZHMu\x07";
        assert_eq!(text.matches("\x1b]").count(), usize::from(is_on));
        assert_eq!(text.contains(sequence), is_on);
        leave(pty);
    }
}

const LOCKED: &str = "imr · locked";

#[test]
fn t_27_t28_an_idle_editor_locks_with_its_words_saved_and_opens_again() {
    let home = Home::new();
    home.set_passphrase("correct horse");
    home.settings("lock_after = \"1s\"\n");
    let pty = home.setup().start();
    pty.wait_for(LOCKED);
    pty.send("correct horse\r");
    keys::open_editor(&pty);
    pty.send("zyxwords");
    pty.wait_for("zyxwords");
    pty.wait_for(LOCKED);
    assert!(!pty.screen().contains("zyxwords") && !pty.screen().contains("local-"));
    assert_eq!(home.rationale(), "zyxwords");
    // Locked, it is as idle as can be.
    pty.rest(Duration::from_millis(500));
    let before = (pty.bytes().len(), pty::wake_ups(pty.pid));
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(before, (pty.bytes().len(), pty::wake_ups(pty.pid)));
    pty.send("wrong horse\r");
    pty.wait_for("Wrong passphrase, 1 of 10.");
    let told = home.command(&["lock"]).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(
        told.contains("lock after 1s") && told.contains("last opened: 1."),
        "{told}"
    );
    std::thread::sleep(Duration::from_millis(1100));
    pty.send("correct horse\r");
    pty.wait_for("zyxwords");
    let bytes = String::from_utf8_lossy(&pty.bytes()).into_owned();
    assert!(!bytes.contains("horse"), "the passphrase is not echoed");
}

#[test]
fn t_06_t_07_stopped_and_continued_it_is_locked() {
    let home = Home::new();
    home.set_passphrase("correct horse");
    for stop in [Signal::TSTP, Signal::STOP] {
        let script =
            "modes=$(stty -g); set -m; \"$IMR\" --fresh; stty $modes; read -r; fg; echo CODE=$?";
        let pty = Setup::shell(home.path(), script)
            .env("IMR_STORE", &home.path().join("imr.db").to_string_lossy())
            .start();
        pty.wait_for(LOCKED);
        pty.send("correct horse\r");
        pty.wait_for(keys::QUEUE);
        pty.rest(Duration::from_millis(200));
        let imr = pty::child_of(pty.pid).unwrap();
        rustix::process::kill_process(imr, stop).unwrap();
        pty.wait_until("the stop", |_| pty::is_stopped(imr));
        let before = pty.bytes().len();
        pty.send("\n");
        pty.wait_for(LOCKED);
        let since = String::from_utf8_lossy(&pty.bytes()[before..]).into_owned();
        assert!(
            !since.contains("local-"),
            "no case was drawn before the lock"
        );
        pty.send("correct horse\r");
        pty.wait_for(keys::QUEUE);
        pty.send("q");
        pty.wait_for("CODE=0");
    }
}

/// Asked for on a terminal without echo; the echo is back afterwards, after Ctrl-C too.
#[test]
fn a_passphrase_is_asked_for_without_echo() {
    let home = Home::new();
    let ask = |how: &str, typed: &str, said: &str| {
        let mut pty = Setup::imr(home.path(), &["lock", how]).start();
        pty.wait_for("not shown");
        for line in typed.split_inclusive('\n') {
            pty.send(line);
            std::thread::sleep(Duration::from_millis(200));
        }
        pty.wait_for(said);
        let gone = pty.wait_gone();
        pty.assert_restored();
        assert!(!pty.screen().contains("horse"), "{}", pty.screen());
        gone.code
    };
    assert_eq!(
        ask("--set", "good horse\nbad horse\n", "not the same"),
        Some(1)
    );
    assert_eq!(ask("--set", "horse\nhorse\n", "at least 8"), Some(1));
    assert_eq!(ask("--set", "a horse\u{3}\n", "Nothing was set"), Some(1));
    assert_eq!(ask("--set", "good horse\ngood horse\n", "is set"), Some(0));
    let told = home.command(&["lock"]).status().unwrap();
    assert!(told.success());
    assert_eq!(
        ask("--remove", "bad horse\n", "not the passphrase"),
        Some(1)
    );
    assert!(home.command(&["lock"]).status().unwrap().success());
    assert_eq!(ask("--remove", "good horse\n", "is removed"), Some(0));
    assert_eq!(home.command(&["lock"]).status().unwrap().code(), Some(1));
}

/// T-06: an editor that stops itself, as vim does on Ctrl-Z, stops us too; the shell has the
/// terminal until both go on.
#[test]
fn t06_an_editor_that_stops_gives_the_terminal_to_the_shell() {
    let home = Home::new();
    let editor = home.editor(
        "echo EDITING; read -r go; kill -TSTP 0; echo AGAIN; read -r go; echo New. > \"$1\"",
    );
    let script = "set -m; \"$IMR\"; echo STOPPED; read -r; fg; echo CODE=$?";
    let pty = Setup::shell(home.path(), script)
        .env("IMR_STORE", &home.path().join("imr.db").to_string_lossy())
        .env("VISUAL", "")
        .env("EDITOR", &editor)
        .start();
    with_draft(&pty);
    pty.send("E");
    pty.wait_for("EDITING");
    pty.send("\n");
    pty.wait_for("STOPPED");
    pty.send("\n");
    pty.wait_for("AGAIN");
    pty.send("\n");
    pty.wait_for("Taken from the editor: 1 word.");
    pty.wait_for(" New.");
    pty.send("qq");
    pty.wait_for("CODE=0");
}

/// T-06 with a passphrase: who stopped the editor may have gone, so what is behind it is locked.
#[test]
fn t06_stopped_in_the_own_editor_it_is_locked_behind_it() {
    let home = Home::new();
    home.set_passphrase("correct horse");
    let editor = home.editor(
        "echo EDITING; read -r go; kill -TSTP 0; echo AGAIN; read -r go; echo New. > \"$1\"",
    );
    let script = "set -m; \"$IMR\"; echo STOPPED; read -r; fg; echo CODE=$?";
    let pty = Setup::shell(home.path(), script)
        .env("IMR_STORE", &home.path().join("imr.db").to_string_lossy())
        .env("VISUAL", "")
        .env("EDITOR", &editor)
        .start();
    pty.wait_for(LOCKED);
    pty.send("correct horse\r");
    with_draft(&pty);
    pty.send("E");
    pty.wait_for("EDITING");
    pty.send("\n");
    pty.wait_for("STOPPED");
    pty.send("\n");
    pty.wait_for("AGAIN");
    let before = pty.bytes().len();
    pty.send("\n");
    pty.wait_for(LOCKED);
    let since = String::from_utf8_lossy(&pty.bytes()[before..]).into_owned();
    assert!(!since.contains("Why"), "no case was drawn before the lock");
    pty.send("correct horse\r");
    pty.wait_for(" New.");
    pty.send("qq");
    pty.wait_for("CODE=0");
}

/// Threat 4: vim, killed while it edits, has left the words nowhere.
#[test]
fn f39_vim_killed_leaves_no_copy() {
    let vim = Path::new("/usr/bin/vim");
    if !vim.exists() {
        println!("skipped: f39_vim_killed_leaves_no_copy (no vim)");
        return;
    }
    for signal in [Signal::HUP, Signal::KILL] {
        let home = Home::new();
        let mut pty = home.setup().env("EDITOR", "/usr/bin/vim").start();
        with_draft(&pty);
        pty.send("E");
        pty.wait_for("rationale.txt");
        pty.send("ozyxmarker\x1b");
        pty.wait_for("zyxmarker");
        let editor = pty::child_called(pty.pid, "vim").unwrap();
        pty.send(":w\r");
        pty.wait_for("written");
        pty.send("ozyxmarker too\x1b");
        pty.wait_for("zyxmarker too");
        rustix::process::kill_process(editor, signal).unwrap();
        pty.wait_until("the end of vim", |pty| pty.is_entered());
        pty.wait_for("E offers what your editor had saved.");
        pty.send("qq");
        pty.wait_gone();
        // What was written by :w waits where it was, for E; it is nowhere else, and the rest is gone.
        assert_eq!(home.left().len(), 2);
        assert_nowhere(home.path(), "zyxmarker too");
        std::fs::remove_dir_all(home.path().join("state/imr/edit")).unwrap();
        assert_nowhere(home.path(), "zyxmarker");
        assert_eq!(home.rationale(), "Draft.");
    }
}

/// No file below this folder has these bytes in it.
fn assert_nowhere(folder: &Path, marker: &str) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            assert_nowhere(&path, marker);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let found = bytes
            .windows(marker.len())
            .any(|part| part == marker.as_bytes());
        assert!(!found, "{}", path.display());
    }
}
