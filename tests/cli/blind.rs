//! Until an item is decided, what was published of it comes out of no command.

use crate::room::{Room, letters};

const CASE: &str = "CM16-0198841";

#[test]
fn nothing_published_is_shown_before_the_decision() {
    let room = Room::new();
    let letter = letters().join("02-no-age.txt");
    let path = letter.to_str().unwrap();
    // The one place that prints it: a dry run of an import, which stores nothing.
    let whole = room
        .run(&["import", "--dry-run", "--json", path])
        .ok()
        .json();
    assert!(!room.store().exists());
    let published = &whole["items"][0]["published"];
    let rationale = published["rationale"].as_str().unwrap().to_owned();
    let sentence = rationale.split(". ").next().unwrap();
    assert!(sentence.len() > 30, "{sentence}");
    room.run(&["import", path]).ok();
    let commands: [&[&str]; 8] = [
        &["show", CASE],
        &["show", CASE, "--tab", "records"],
        &["show", CASE, "--tab", "determination"],
        &["show", CASE, "--tab", "history"],
        &["list", "--json"],
        &["letter", CASE, "--preview"],
        &["screen", "--keys", "<enter>35", "--size", "200x60"],
        &["screen", "--keys", "<enter>36", "--size", "200x60"],
    ];
    for command in commands {
        let said = room.run(command).ok();
        let text = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(!text.contains(sentence), "{command:?}: {text}");
    }
    let case = room.run(&["show", CASE, "--json"]).ok().json();
    assert_eq!(case["items"][0]["published"], serde_json::Value::Null);
    room.run(&["decide", CASE, "1", "--overturn"])
        .ok()
        .complains("agrees");
    let case = room.run(&["show", CASE, "--json"]).ok().json();
    assert_eq!(
        case["items"][0]["published"]["rationale"],
        rationale.as_str()
    );
    assert_eq!(case["items"][0]["decision"], "overturned");
}
