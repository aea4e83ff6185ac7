//! Escape sequences and bidirectional overrides in every place a file or a user can put them:
//! none comes out raw. (`Room::run` looks at every byte of both streams.)

use crate::room::{Room, letters};

const HOSTILE: [&str; 8] = [
    "\u{1b}[2J",
    "\u{1b}]0;title\u{7}",
    "\u{1b}P1$r\u{1b}\\",
    "\u{9b}31m",
    "\u{202e}evil\u{2066}",
    "a\rb",
    "\u{8}\u{8}",
    "\u{200b}\u{e0041}\u{7f}",
];

#[test]
fn a_hostile_letter_is_shown_as_text() {
    let text = std::fs::read_to_string(letters().join("02-no-age.txt")).unwrap();
    for (at, evil) in HOSTILE.iter().enumerate() {
        let room = Room::new();
        let spoilt = text.replace("the", &format!("th{evil}e"));
        let file = room.write("letter.txt", spoilt);
        let path = file.to_str().unwrap();
        room.run(&["import", path, "--dry-run", "--json"]);
        if room.run(&["import", path]).code != 0 {
            continue;
        }
        let list = room.run(&["list", "--view", "all", "--json"]).ok().json();
        let case = list["cases"][0]["number"].as_str().unwrap().to_owned();
        for tab in [
            "summary",
            "findings",
            "items",
            "records",
            "determination",
            "history",
        ] {
            room.run(&["show", &case, "--tab", tab]).ok();
        }
        room.run(&["show", &case, "--json"]).ok();
        room.run(&["list", "--view", "all"]).ok();
        let said = room.run(&["show", &case]).ok();
        assert!(
            at != 0 || said.out.contains("<U+001B>"),
            "it is visible: {}",
            said.out
        );
        room.run(&["screen", "--keys", "<enter>1"]).ok();
    }
}

#[test]
fn hostile_arguments_are_repeated_as_text() {
    let room = Room::practice();
    for evil in HOSTILE {
        for arguments in [
            &["show", evil][..],
            &["decide", evil, "1", "--uphold"],
            &["decide", "CM25-0200101", "1", "--cite", evil],
            &["decide", "CM25-0200101", "1", "--cite-text", evil],
            &[
                "decide",
                "CM25-0200101",
                "1",
                "--none-applicable",
                evil,
                "x",
            ],
            &["decide", "CM25-0200101", "1", "--rationale-file", evil],
            &["cite", evil],
            &["list", "--query", evil],
            &["list", "--view", evil],
            &["import", evil],
            &[
                "letter",
                "CM25-0200101",
                "--preview",
                "-o",
                &format!("{evil}/x"),
            ],
            &["--theme", evil, "screen"],
            &["--store", evil, "list"],
            &["screen", "--keys", evil],
            &["close", "CM25-0200101", "--as", evil, "--reason", "x"],
            &[evil],
        ] {
            room.that_day(arguments);
        }
        room.that_day(&[
            "close",
            "CM25-0200101",
            "--as",
            "withdrawn",
            "--reason",
            evil,
        ]);
        room.that_day(&["show", "CM25-0200101", "--tab", "history"])
            .ok();
    }
}

#[test]
fn hostile_names_of_files_and_reviewers_are_text() {
    let room = Room::new();
    let folder = room.path("in");
    std::fs::create_dir(&folder).unwrap();
    let letter = letters().join("02-no-age.txt");
    for evil in HOSTILE {
        std::fs::copy(&letter, folder.join(format!("a{}", evil.replace('/', "")))).unwrap();
        std::fs::write(
            folder.join(format!("b{}", evil.replace('/', ""))),
            "no letter",
        )
        .unwrap();
    }
    let config = "[reviewer]\nname = \"a\\u001b[2J\\u202e\"\nlicensed_in = [\"\\u009b31m\"]\n\
                  \"\\u001b[31m\" = 1\n";
    room.write("config/config.toml", config);
    room.run(&["import", folder.to_str().unwrap()]).code(2);
    room.run(&["import", "--json", folder.to_str().unwrap()])
        .code(2);
    room.run(&["show", "CM16-0198841", "--tab", "history"]).ok();
    room.run(&["config", "check"]).code(1);
    room.run(&["screen"]).ok();
}

#[test]
fn hostile_rationales_are_saved_visible() {
    let room = Room::practice();
    let day = ["--now", "2026-01-15T09:00:00-08:00"];
    let decide = ["decide", "CM25-0200101", "1", "--rationale-file", "-"];
    for evil in HOSTILE {
        room.run_with(&[&day[..], &decide[..]].concat(), &format!("x{evil}y"))
            .ok();
        room.that_day(&["show", "CM25-0200101"]).ok();
        room.that_day(&["letter", "CM25-0200101", "--preview"]).ok();
    }
}
