//! Settings files as a user gets them wrong: named with file, line and nearest name, and the
//! program starts all the same.

#[path = "cli/room.rs"]
#[allow(dead_code, reason = "the command-line tests use the rest")]
mod room;

use room::Room;

#[test]
fn every_problem_is_said_together() {
    let room = Room::new();
    room.write(
        "config/config.toml",
        "organization = \"X\"\ntheme = \"mno\"\n\n[reviewer]\nname = 7\nlicensed_in = [\"California\"]\n",
    );
    room.write(
        "config/keymap.toml",
        "[items]\nuphold = \"ctrl-zz\"\nupholt = \"z\"\n\n[itms]\nuphold = \"z\"\n",
    );
    std::fs::create_dir(room.path("config/themes")).unwrap();
    room.write(
        "config/themes/own.toml",
        "[roles]\noverdu = { fg = \"red\" }\n",
    );
    let said = room.run(&["config", "check"]).code(1).out;
    for line in [
        "config.toml:1:1: unknown key \"organization\"; did you mean \"organisation\"?",
        "config.toml:2: unknown theme \"mno\"; did you mean \"mono\"?",
        "config.toml:5:8: name takes a text in quotes, not a number",
        "keymap.toml:2: \"ctrl-zz\" names no key",
        "keymap.toml:3: unknown action \"upholt\"; did you mean \"uphold\"?",
        "keymap.toml:6: unknown context \"itms\"; did you mean \"items\"?",
        "themes/own.toml:2: unknown role \"overdu\"; did you mean \"overdue\"?",
    ] {
        assert!(said.contains(line), "{line}\nnot in\n{said}");
    }
    assert_eq!(said.lines().count(), 7, "{said}");
}

#[test]
fn the_program_starts_and_shows_them() {
    let room = Room::new();
    room.write(
        "config/config.toml",
        "tehme = \"mono\"\n[reviewer]\nname = \"lee\"\n",
    );
    let screen = room.run(&["screen", "--size", "120x30"]).ok().out;
    assert!(screen.contains("config.toml:1:1"), "{screen}");
    assert!(screen.contains("lee"), "the good lines count: {screen}");
    room.run(&["keys"]).ok();
}

#[test]
fn files_that_are_no_settings_do_not_stop_it() {
    for bytes in [
        &b"\xff\xfe\x00"[..],
        b"= = =",
        &b"[".repeat(70_000),
        &b"x".repeat(70_000),
        b"a = \"\x1b[2J\"",
        b"",
    ] {
        let room = Room::new();
        for file in ["config.toml", "keymap.toml"] {
            room.write(&format!("config/{file}"), bytes);
        }
        let code = room.run(&["config", "check"]).code;
        assert_eq!(code, i32::from(!bytes.is_empty()), "{} bytes", bytes.len());
        room.run(&["screen"]).ok();
    }
    let room = Room::new();
    std::fs::remove_dir_all(room.path("config")).unwrap();
    room.run(&["config", "check"]).ok();
    room.write("config", "not a folder");
    room.run(&["screen"]).ok();
}

#[test]
fn a_new_config_explains_itself_and_is_in_order() {
    let room = Room::new();
    let path = room.path("config/config.toml");
    let before = std::fs::read_to_string(&path).unwrap();
    room.run(&["config", "init"])
        .code(1)
        .complains("there already");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), before);
    std::fs::remove_dir_all(room.path("config")).unwrap();
    room.run(&["config", "init"]).ok();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("# licensed_in"), "{text}");
    assert_eq!(room::mode(&path), 0o600);
    room.run(&["config", "check"]).ok();
    let said = room.run(&["config", "path"]).ok().out;
    assert_eq!(said.trim_end(), path.to_str().unwrap());
}

#[test]
fn keymap_and_theme_take_effect() {
    let room = Room::new();
    room.write("config/keymap.toml", "[items]\nuphold = \"ctrl-o\"\n");
    let keys = room.run(&["keys"]).ok().out;
    let line = keys.lines().find(|l| l.contains(" uphold ")).unwrap();
    assert!(line.contains("Ctrl-o"), "{line}");
    std::fs::create_dir(room.path("config/themes")).unwrap();
    room.write(
        "config/themes/own.toml",
        "[roles]\ntext = { fg = \"#123456\" }\n",
    );
    room.run(&["themes"]).ok().prints("own");
    let picture = room
        .run(&["--theme", "own", "screen", "--demo", "--svg"])
        .ok()
        .out;
    assert!(
        picture.contains("own") || picture.starts_with("<svg"),
        "{picture}"
    );
}

#[test]
fn the_store_may_lie_where_the_config_says() {
    let room = Room::new();
    room.write("config/config.toml", "store = \"own/reviews.db\"\n");
    let letter = room::letters().join("02-no-age.txt");
    let mut import = room.command(&["import", letter.to_str().unwrap()]);
    let output = import.env_remove("IMR_STORE").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(room.path("config/own/reviews.db").is_file());
}
