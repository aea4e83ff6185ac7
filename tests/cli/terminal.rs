//! What the commands do at a terminal that they do not do in a pipe: ask, mark, and draw a bar.

use crate::room::{Room, letters};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::{Read, Write};

/// Runs a command at a terminal, types, and gives back its exit code and all it wrote.
fn at_terminal(room: &Room, arguments: &[&str], typed: &str) -> (u32, String) {
    at_terminal_in(room, arguments, typed, &[])
}

/// The same with more in the environment.
fn at_terminal_in(
    room: &Room,
    arguments: &[&str],
    typed: &str,
    environment: &[(&str, &str)],
) -> (u32, String) {
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_imr"));
    command.args(arguments);
    command.cwd(room.path(""));
    command.env_clear();
    command.env("HOME", room.path(""));
    command.env("TERM", "xterm");
    for (name, value) in environment {
        command.env(name, value);
    }
    command.env("IMR_STORE", room.store());
    command.env("IMR_CONFIG", room.path("config"));
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let heard = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // The other end is gone when the command ends: that is an error here, and expected.
        let _ = reader.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    pair.master
        .take_writer()
        .unwrap()
        .write_all(typed.as_bytes())
        .unwrap();
    let code = child.wait().unwrap().exit_code();
    drop(pair.master);
    (code, heard.join().unwrap())
}

const CASE: &str = "CM16-0198841";

fn decided() -> Room {
    let room = Room::new();
    let letter = letters().join("02-no-age.txt");
    room.run(&["import", letter.to_str().unwrap()]).ok();
    let decide = [
        "decide",
        CASE,
        "1",
        "--overturn",
        "--rationale-file",
        "-",
        "--cite-text",
    ];
    let text = "MTUS Neck and Upper Back Complaints 2004, Section(s): Special Studies";
    room.run_with(&[&decide[..], &[text]].concat(), "Reasons.")
        .ok();
    room
}

#[test]
fn signing_asks_for_every_statement_and_the_number() {
    let room = decided();
    let sign = ["sign", CASE, "--lint-reason", "Seen."];
    for (typed, words) in [
        ("y\ny\nn\n", "Not attested"),
        ("\n\n\n\n\n", "Not attested"),
        ("y\ny\ny\ny\ny\n", "not the case number"),
    ] {
        let (code, said) = at_terminal(&room, &sign, typed);
        assert!(code == 1 && said.contains(words), "{code}: {said}");
        room.run(&["letter", CASE]).code(1);
    }
    let (code, said) = at_terminal(&room, &["sign", CASE], "\ny\n");
    assert!(code == 1 && said.contains("--lint-reason"), "{said}");
    let (code, said) = at_terminal(
        &room,
        &["sign", CASE],
        "Seen.\ny\ny\nyes\nY\ncm16-0198841\n",
    );
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("MEDICALLY NECESSARY"),
        "both phrasings are read out: {said}"
    );
    room.run(&["letter", CASE]).ok().prints("Overturned");
}

#[test]
fn matched_letters_are_bold() {
    let room = Room::new();
    let (_, said) = at_terminal(&room, &["cite", "crvcl"], "");
    assert!(said.contains("\u{1b}[1m"), "{said:?}");
}

#[test]
fn themes_are_sampled_in_colours_that_the_terminal_takes() {
    let room = Room::new();
    let of = |environment: &[(&str, &str)]| {
        let (code, said) = at_terminal_in(&room, &["themes"], "", environment);
        assert_eq!(code, 0, "{said}");
        said
    };
    let (rgb, indexed) = (";2;255;155;148", "38;5;210");
    let said = of(&[("COLORTERM", "truecolor")]);
    assert!(said.contains(rgb), "{said:?}");
    let said = of(&[("TERM", "xterm-256color")]);
    assert!(!said.contains(";2;") && said.contains(indexed), "{said:?}");
    let said = of(&[]);
    let high = |said: &str| {
        let numbers = said.split("8;5;").skip(1);
        let numbers = numbers.filter_map(|rest| rest.split([';', 'm']).next()?.parse::<u8>().ok());
        numbers.filter(|n| *n > 15).count()
    };
    assert!(said.contains("38;5;") && high(&said) == 0, "{said:?}");
    let said = of(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]);
    assert!(!said.contains("8;5;") && !said.contains("8;2;"), "{said:?}");
    assert!(said.contains("overturned"), "{said:?}");
}

#[test]
fn an_import_shows_a_bar_and_what_went_wrong() {
    let room = Room::new();
    let folder = room.path("in");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(letters().join("02-no-age.txt"), folder.join("a.txt")).unwrap();
    std::fs::write(folder.join("b.txt"), "Buy milk.").unwrap();
    let (code, said) = at_terminal(&room, &["import", "in"], "");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains(" of 2 files"), "{said:?}");
    assert!(said.contains("unread in/b.txt"), "{said:?}");
    assert!(
        !said.contains("imported CM16"),
        "the bar tells it: {said:?}"
    );
}
