//! Help, completions, the manual page, and where words go.

use crate::room::Room;

/// Every command a user can type.
const COMMANDS: [&str; 32] = [
    "demo",
    "import",
    "list",
    "show",
    "cite",
    "precedents",
    "library",
    "decide",
    "dates",
    "parties",
    "attest",
    "recuse",
    "criteria",
    "note",
    "drafts",
    "snooze",
    "close",
    "lint",
    "sign",
    "amend",
    "answer",
    "letter",
    "stats",
    "verify",
    "keys",
    "themes",
    "snippets",
    "config",
    "lock",
    "screen",
    "completions",
    "man",
];

#[test]
fn every_command_has_help_and_nothing_else_is_a_command() {
    let room = Room::new();
    let help = room.run(&["--help"]).ok().out;
    let listed: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert_eq!(listed, COMMANDS);
    for command in COMMANDS {
        let help = room.run(&[command, "--help"]).ok();
        assert!(help.err.is_empty(), "{command}: {}", help.err);
        assert!(help.out.contains("Usage: imr"), "{command}: {}", help.out);
    }
    room.run(&["lst"]).code(2).complains("list");
    room.run(&["--version"])
        .ok()
        .prints(env!("CARGO_PKG_VERSION"));
}

#[test]
fn completions_and_manual_name_every_command() {
    let room = Room::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = room.run(&["completions", shell]).ok().out;
        for command in COMMANDS {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    let page = room.run(&["man"]).ok().out;
    for command in COMMANDS {
        assert!(
            page.contains(&format!(".SS \"imr {command}")),
            "man: {command}"
        );
    }
    assert!(page.contains(".SH \"EXIT STATUS\""));
    assert!(
        page.contains("open, overdue, expedited, undecided, signed, closed, all"),
        "words are listed"
    );
    assert!(
        !page.contains("__extract"),
        "the child's command is nobody's business"
    );
}

#[test]
fn keys_and_themes_are_listed() {
    let room = Room::new();
    room.run(&["keys"]).ok().prints("uphold").prints("Ctrl-g");
    room.run(&["keys", "--markdown"])
        .ok()
        .prints("| `U` | `uphold` |");
    let themes = room.run(&["themes"]).ok().out;
    for part in [
        "terminal (built in, borders line, in use)",
        "high-contrast (",
        "colour-blind (",
        "mono (",
        "overturned",
    ] {
        assert!(themes.contains(part), "{part}: {themes}");
    }
    assert!(!themes.contains('\u{1b}') && !themes.contains(" \n"));
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let room = Room::practice();
    for command in [["keys", "--markdown"], ["list", "--json"]] {
        let mut child = room
            .command(&command)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{command:?}");
        assert!(output.stderr.is_empty(), "{command:?}");
    }
}

#[test]
fn without_a_terminal_the_screens_say_what_to_run() {
    let room = Room::new();
    room.run(&[]).code(2).complains("terminal");
    let said = room.run(&["demo"]).code(2);
    assert!(said.err.contains("imr screen --demo"), "{}", said.err);
    assert!(said.err.contains("imr demo --keep"), "{}", said.err);
    assert!(!room.store().exists(), "a start that failed made a store");
}

#[test]
fn wrong_settings_are_named_by_every_command() {
    let room = Room::practice();
    room.write(
        "config/config.toml",
        "organization = 1\ntheme = \"tokyo\"\n",
    );
    for command in [
        &["list"][..],
        &["cite", "knee"],
        &["keys"],
        &["show", "CM25-0200101"],
    ] {
        let said = room.that_day(command).ok();
        assert!(
            said.err.contains("config.toml:1:1: unknown key"),
            "{command:?}: {}",
            said.err
        );
        assert!(
            said.err.contains("unknown theme \"tokyo\""),
            "{command:?}: {}",
            said.err
        );
    }
    let said = room.that_day(&["--theme", "terminl", "list"]).code(2);
    said.complains("did you mean \"terminal\"?")
        .complains("Valid: terminal, ");
}

#[test]
fn empty_variables_are_not_set() {
    let room = Room::new();
    let mut command = room.command(&["config", "path"]);
    let output = command
        .env("IMR_CONFIG", "")
        .env("IMR_STORE", "")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let path = String::from_utf8(output.stdout).unwrap();
    assert!(path.starts_with(room.path("").to_str().unwrap()), "{path}");
    room.run(&["cite", "knee", "--limit", "0"]).code(2);
}

#[test]
fn a_list_in_a_pipe_cuts_at_words() {
    let room = Room::new();
    let request = "physiotherapy ".repeat(20);
    room.write(
        "case.toml",
        format!("[[items]]\nrequest = \"{request}\"\nrationale = \"x\"\n"),
    );
    let said = room.run(&["import", "case.toml"]).ok();
    said.complains("the reviewer decides here: rationale");
    room.run(&["list"])
        .ok()
        .prints("physiotherapy physiotherapy…");
    let list = room.run(&["list", "--json"]).ok().json();
    assert!(list["cases"][0]["number"].is_null(), "{list}");
    assert!(
        list["cases"][0]["id"]
            .as_str()
            .unwrap()
            .starts_with("local-")
    );
}

#[test]
fn a_filter_shows_what_was_typed_before_what_may_be_meant() {
    let room = Room::new();
    for (name, request) in [("a", "Tadalafil 5 mg"), ("b", "Tadxalat trial")] {
        room.write(
            &format!("{name}.toml"),
            format!("[[items]]\nrequest = \"{request}\"\n"),
        );
        room.run(&["import", &format!("{name}.toml")]).ok();
    }
    let shown =
        |query: &str| room.run(&["list", "--json", "--query", query]).json()["total"].clone();
    assert_eq!(shown("tada"), 1);
    assert_eq!(shown("tdl"), 2);
    assert_eq!(shown("norco"), 0);
}
