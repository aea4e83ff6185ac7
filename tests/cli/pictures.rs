//! `imr screen`: the program pictures itself, and writes nothing.

use crate::room::{Room, letters};

#[test]
fn the_practice_queue_and_a_case() {
    let room = Room::new();
    let queue = room.run(&["screen", "--demo"]).ok().out;
    assert_eq!(queue.lines().count(), 24);
    assert!(
        queue.contains("Queue") && queue.contains("CM25-0200101"),
        "{queue}"
    );
    let case = room
        .run(&["screen", "--demo", "--keys", "<enter>3", "--size", "100x30"])
        .ok()
        .out;
    assert_eq!(case.lines().count(), 30);
    assert!(case.contains("Items"), "{case}");
    assert!(!room.store().exists());
}

#[test]
fn the_same_keys_give_the_same_screen() {
    let room = Room::new();
    let screen = [
        "screen",
        "--demo",
        "--keys",
        "<enter>3UeWords.<esc>",
        "--svg",
    ];
    let first = room.run(&screen).ok().out;
    assert_eq!(first, room.run(&screen).ok().out);
    assert!(first.starts_with("<svg ") && first.contains("Words."));
}

#[test]
fn keys_on_a_real_store_change_nothing() {
    let room = Room::new();
    let letter = letters().join("02-no-age.txt");
    room.run(&["import", letter.to_str().unwrap()]).ok();
    let before = room.run(&["show", "CM16-0198841", "--json"]).ok().out;
    let screen = room
        .run(&["screen", "--keys", "<enter>3UeTyped.<esc>"])
        .ok()
        .out;
    assert!(screen.contains("Typed."), "{screen}");
    assert_eq!(
        before,
        room.run(&["show", "CM16-0198841", "--json"]).ok().out
    );
}

#[test]
fn sizes_keys_and_themes_are_checked() {
    let room = Room::new();
    for (arguments, words) in [
        (&["screen", "--size", "10"][..], "100x30"),
        (&["screen", "--size", "0x5"], "1 to 500"),
        (&["screen", "--keys", "<entr>"], "entr"),
        (
            &["--theme", "mno", "screen", "--demo"],
            "did you mean \"mono\"?",
        ),
        (&["screen", "--title", "x"], "--svg"),
        (&["screen", "--linear", "--svg"], "--linear"),
        (&["screen", "--record"], "--svg"),
    ] {
        room.run(arguments).code(2).complains(words);
    }
    let tiny = room.run(&["screen", "--demo", "--size", "1x1"]).ok().out;
    assert_eq!(tiny.lines().count(), 1);
    let small = room.run(&["screen", "--demo", "--size", "50x12"]).ok().out;
    assert!(small.contains("60 by 16"), "{small}");
}

#[test]
fn mono_has_no_colour() {
    let room = Room::new();
    let picture = ["screen", "--demo", "--svg", "--mono"];
    let fills: std::collections::BTreeSet<String> = room
        .run(&picture)
        .ok()
        .out
        .split("fill=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert!(fills.len() <= 2, "more than letters and ground: {fills:?}");
}

#[test]
fn a_screen_in_words_has_no_frames() {
    let room = Room::new();
    let said = room.run(&["screen", "--demo", "--linear", "--keys", "<enter>3U"]);
    let text = said.ok().out;
    assert!(text.starts_with("Case CM25-0197615. "), "{text}");
    assert!(text.contains("\nFocus: item 1 of 2"), "{text}");
    assert!(
        text.contains("Decision: Upheld = not medically necessary."),
        "{text}"
    );
    assert!(
        !text.contains(|c| ('\u{2500}'..='\u{28ff}').contains(&c)),
        "{text}"
    );
}

#[test]
fn a_recording_shows_every_key() {
    let room = Room::new();
    let record = [
        "screen",
        "--demo",
        "--svg",
        "--record",
        "--keys",
        "j<enter>2",
        "--title",
        "two",
    ];
    let picture = room.run(&record).ok().out;
    assert!(picture.starts_with("<svg ") && picture.contains("<title>two</title>"));
    assert!(picture.contains("<animate "), "it does not move");
    // A row of the queue, the summary and the findings, each for a time of its own.
    for words in ["Request", "Clinical case summary", "Kind"] {
        assert!(picture.contains(words), "{words}");
    }
    assert_eq!(picture, room.run(&record).ok().out, "the same each time");
}
