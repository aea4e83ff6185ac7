//! From a letter to a letter: import, triage, read, cite, decide, sign, print, amend, verify.

use crate::room::{Room, letters, mode};

const CASE: &str = "CM16-0198841";

fn imported() -> Room {
    let room = Room::new();
    let letter = letters().join("02-no-age.txt");
    room.run(&["import", letter.to_str().unwrap()])
        .ok()
        .prints("imported CM16-0198841 (1 item)");
    room
}

/// The attestation file of a dry run, with every statement made.
fn attestation(room: &Room, more: &[&str]) -> String {
    let mut command = vec!["sign", CASE, "--dry-run"];
    command.extend(more);
    room.run(&command).ok().out.replace("= false", "= true")
}

fn decided() -> Room {
    let room = imported();
    let key = key(&room, "acoem neck special studies");
    let reasons = room.write(
        "reasons.txt",
        "The record names no red flag.\n\nThe request waits.\n",
    );
    room.run(&[
        "decide",
        CASE,
        "1",
        "--uphold",
        "--cite",
        &key,
        "--cite-text",
        "Official Disability Guidelines (ODG), Neck and Upper Back Chapter, MRI",
        "--rationale-file",
        reasons.to_str().unwrap(),
    ])
    .ok()
    .complains("Upheld: UR's denial stands, NOT medically necessary")
    .complains("The published determination differs");
    room
}

fn key(room: &Room, query: &str) -> String {
    let found = room.run(&["cite", "--json", query]).ok().json();
    found["citations"][0]["key"].as_str().unwrap().to_owned()
}

fn signed() -> Room {
    let room = decided();
    let statement = attestation(&room, REASON);
    let file = room.write("attest.toml", statement);
    let attest = ["--attest", file.to_str().unwrap()];
    let hash = room
        .run(&[&["sign", CASE], REASON, &attest].concat())
        .ok()
        .out;
    assert_eq!(hash.trim().len(), 64, "{hash}");
    room
}

/// This letter lists its records already where the slice is empty.
const REASON: &[&str] = &["--lint-reason", "Seen and left."];

#[test]
fn the_whole_length() {
    let room = signed();
    room.run(&["letter", CASE, "--preview"])
        .code(1)
        .complains(&format!("`imr letter {CASE}`"));
    room.run(&["list"])
        .code(1)
        .complains("0 of 1 cases shown (open)");
    let list = room
        .run(&["list", "--view", "signed", "--json"])
        .ok()
        .json();
    assert_eq!(list["cases"][0]["number"], CASE);
    let letter = room.run(&["letter", CASE]).ok().out;
    assert!(letter.contains("Upheld") && letter.contains("The record names no red flag."));
    assert!(!letter.contains("lee"), "the name is on no letter");
    room.run(&["verify"]).ok().complains("as it was written");
    let report = room.run(&["verify", CASE, "--json"]).ok().json();
    assert_eq!(report["problems"], serde_json::json!([]));
    room.run(&["show", CASE, "--tab", "history"])
        .ok()
        .prints("lee");
}

#[test]
fn the_letter_printed_and_imported_again_is_the_same_case() {
    let room = signed();
    let file = room.path("letter.txt");
    room.run(&["letter", CASE, "-o", file.to_str().unwrap()])
        .ok();
    assert_eq!(mode(&file), 0o600);
    let again = ["import", "--dry-run", "--json", file.to_str().unwrap()];
    let case = room.run(&again).ok().json();
    let item = &case["items"][0]["published"];
    assert_eq!(item["decision"], "upheld");
    assert_eq!(
        item["rationale"],
        "The record names no red flag.\n\nThe request waits."
    );
    assert_eq!(item["citations"].as_array().unwrap().len(), 2);
    assert_eq!(case["number"], CASE);
}

#[test]
fn letters_are_never_written_over() {
    let room = signed();
    let file = room.write("letter.txt", "mine");
    let path = file.to_str().unwrap();
    room.run(&["letter", CASE, "-o", path])
        .code(1)
        .complains("--force");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    room.run(&["letter", CASE, "-o", path, "--force"]).ok();
    assert!(std::fs::read_to_string(&file).unwrap().contains("Upheld"));
    for (format, words) in [("markdown", "# "), ("json", "\"upheld\"")] {
        room.run(&["letter", CASE, "--format", format])
            .ok()
            .prints(words);
    }
}

#[test]
fn an_amendment_names_what_it_replaces() {
    let room = signed();
    let first = room.run(&["letter", CASE, "--format", "json"]).ok().out;
    room.run(&["decide", CASE, "1", "--overturn"])
        .code(1)
        .complains("signed");
    room.run(&["amend", CASE, "--reason", " "])
        .code(1)
        .complains("reason");
    room.run(&["amend", CASE, "--reason", "wrong edition cited"])
        .ok();
    room.run(&["decide", CASE, "1", "--overturn"]).ok();
    let attest = room.write("again.toml", attestation(&room, REASON));
    let command = [
        &["sign", CASE, "--attest", attest.to_str().unwrap()],
        REASON,
    ]
    .concat();
    room.run(&command).ok().complains("amendment");
    let second = room.run(&["letter", CASE, "--format", "json"]).ok().out;
    let [first, second] =
        [first, second].map(|letter| serde_json::from_str::<serde_json::Value>(&letter).unwrap());
    assert_eq!(first["stage"], "signed");
    assert_eq!(first["hash"].as_str().map(str::len), Some(64));
    assert!(first["replaces"].is_null());
    assert_eq!(second["replaces"], first["hash"]);
    room.run(&["show", CASE]).ok().prints("after reveal");
    room.run(&["verify"]).ok();
}

#[test]
fn the_store_is_closed_to_others() {
    let room = imported();
    assert_eq!(mode(&room.store()), 0o600);
    assert_eq!(mode(room.store().parent().unwrap()), 0o700);
}

#[test]
fn a_statement_is_of_one_determination_only() {
    let room = decided();
    let file = room.write("attest.toml", attestation(&room, REASON));
    let sign = [&["sign", CASE, "--attest", file.to_str().unwrap()], REASON].concat();
    room.run(&["decide", CASE, "1", "--overturn"]).ok();
    room.run(&sign).code(1).complains("something changed");
    room.run(&["decide", CASE, "1", "--uphold"]).ok();
    room.run(&sign).ok();
    room.run(&sign).code(1).complains("signed");
}

#[test]
fn every_statement_is_needed() {
    let room = decided();
    let all = attestation(&room, REASON);
    for key in [
        "no_affiliation",
        "active_practice",
        "licensed",
        "same_specialty",
    ] {
        let one_less = all.replace(&format!("{key} = true"), &format!("{key} = false"));
        let file = room.write("attest.toml", one_less);
        let sign = [&["sign", CASE, "--attest", file.to_str().unwrap()], REASON].concat();
        room.run(&sign).code(1).complains(key);
    }
    room.run(&["letter", CASE]).code(1).complains("not signed");
}

#[test]
fn a_rationale_comes_from_standard_input_too() {
    let room = imported();
    let decide = ["decide", CASE, "1", "--rationale-file", "-"];
    room.run_with(&decide, "Typed into a pipe.\n").ok();
    room.run(&["show", CASE, "--tab", "items"])
        .ok()
        .prints("Typed into a pipe.");
}
