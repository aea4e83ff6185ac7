//! What is refused, with which exit code and which words.

use crate::room::{Room, letters};
use imr::model::CaseId;
use imr::store::{Kind, SignRefused, Signing, Store};

const CASE: &str = "CM25-0200101";

#[test]
fn each_refusal_says_what_to_do() {
    let room = Room::practice();
    let letter = room.write("empty.txt", "");
    let letter = letter.to_str().unwrap();
    let cases: [(&[&str], i32, &str); 17] = [
        (&["show", "CM99-9999999"], 1, "imr list --view all"),
        (&["show", CASE, "--tab", "sumary"], 2, "summary"),
        (&["list", "--view", "mine"], 2, "open"),
        (&["list", "--query", "zzzzqqqq"], 1, "0 of 16 cases"),
        (&["cite", "zzzzqqqqxxxx"], 1, "Nothing on the shelf"),
        (&["decide", CASE, "7", "--uphold"], 1, "no item 7"),
        (&["decide", CASE, "0", "--uphold"], 1, "no item 0"),
        (&["decide", CASE, "1"], 2, "--uphold"),
        (
            &["decide", CASE, "1", "--uphold", "--overturn"],
            2,
            "cannot be used",
        ),
        (
            &["decide", CASE, "1", "--cite", "no-such-key"],
            1,
            "no-such-key",
        ),
        (
            &["decide", CASE, "1", "--none-applicable", "G", "none"],
            1,
            "A to F",
        ),
        (
            &["decide", CASE, "1", "--none-applicable", "B", " "],
            1,
            "search",
        ),
        (
            &["close", CASE, "--as", "signed", "--reason", "x"],
            2,
            "withdrawn",
        ),
        (
            &["close", CASE, "--as", "withdrawn", "--reason", " "],
            1,
            "reason",
        ),
        (&["amend", CASE, "--reason", "x"], 1, "open already"),
        (&["letter", CASE], 1, "--preview"),
        (&["import", letter], 2, "empty.txt"),
    ];
    for (arguments, code, words) in cases {
        let said = room.that_day(arguments);
        assert_eq!(said.code, code, "{arguments:?}: {}{}", said.out, said.err);
        let text = format!("{}{}", said.out, said.err);
        assert!(text.contains(words), "{arguments:?}: {text}");
    }
}

#[test]
fn signing_is_blocked_until_all_is_there() {
    let room = Room::practice();
    let sign = ["sign", CASE, "--dry-run"];
    room.that_day(&sign)
        .code(1)
        .complains("L01")
        .complains("L02")
        .complains("L03");
    room.that_day(&["decide", CASE, "1", "--overturn"]).ok();
    room.that_day(&sign)
        .code(1)
        .complains("L02")
        .complains("L03");
    let none = [
        "--none-applicable",
        "C",
        "Searched the MTUS and ODG; neither covers it.",
    ];
    room.that_day(&[&["decide", CASE, "1"], &none[..]].concat())
        .ok();
    let rationale = ["decide", CASE, "1", "--rationale-file", "-"];
    let said = room.that_day(&sign).code(1).complains("L02");
    assert!(
        !said.err.contains("L03") && !said.err.contains("L01"),
        "{}",
        said.err
    );
    let day = ["--now", "2026-01-15T09:00:00-08:00"];
    room.run_with(&[&day[..], &rationale[..]].concat(), "Reasons.")
        .ok();
    room.that_day(&sign).ok().prints("hash = \"");
    // Without a terminal and without statements, nothing is signed.
    room.that_day(&["sign", CASE])
        .code(1)
        .complains("--attest FILE");
    // A reviewer without licence or board signs nothing.
    room.write("config/config.toml", "[reviewer]\nname = \"lee\"\n");
    room.that_day(&sign).code(1).complains("L06");
}

/// What another process writes between the look and the signature is not signed unread.
#[test]
fn nothing_is_signed_that_was_not_read() {
    let room = Room::practice();
    let decide = [
        "decide",
        CASE,
        "1",
        "--overturn",
        "--cite-text",
        "A study, 2020",
    ];
    let day = ["--now", "2026-01-15T09:00:00-08:00"];
    let rationale = ["--rationale-file", "-"];
    room.run_with(&[&day[..], &decide, &rationale].concat(), "Reasons.")
        .ok();
    let mut store = Store::open(&room.store()).unwrap();
    let signing = Signing {
        reviewer: imr::model::Reviewer {
            name: "lee".into(),
            credentials: imr::model::Credentials {
                licensed_in: vec!["California".into()],
                certifications: vec!["Neurology".into()],
            },
            profile: Default::default(),
        },
        organisation: "Example Review Organisation".into(),
        attested: imr::model::Attestation::ALL.into(),
    };
    let (case, now) = (CaseId::typed(CASE), "2026-01-15T17:00:00Z".parse().unwrap());
    let refused = store.sign_as_read(&case, &signing, now, |_| false);
    assert!(matches!(refused, Err(SignRefused::Changed)), "{refused:?}");
    assert!(store.sealed(&case).unwrap().is_empty());
    let is_as_read = |content: &imr::model::Content| content.items[0].rationale == "Reasons.";
    store
        .sign_as_read(&case, &signing, now, is_as_read)
        .unwrap();
    assert_eq!(store.sealed(&case).unwrap().len(), 1);
}

#[test]
fn a_closed_case_stays_closed() {
    let room = Room::practice();
    let close = [
        "close",
        CASE,
        "--as",
        "withdrawn",
        "--reason",
        "by the applicant",
    ];
    room.that_day(&close).ok().complains("closed as withdrawn");
    room.that_day(&close).code(1);
    room.that_day(&["decide", CASE, "1", "--uphold"])
        .code(1)
        .complains("withdrawn");
    room.that_day(&["list", "--view", "closed"])
        .ok()
        .prints(CASE);
}

#[test]
fn a_fixed_clock_writes_to_no_real_store() {
    let room = Room::new();
    let letter = letters().join("02-no-age.txt");
    let import = ["import", letter.to_str().unwrap()];
    room.that_day(&import).code(1).complains("--now");
    assert!(!room.store().exists());
    room.run(&import).ok();
    let case = "CM16-0198841";
    for write in [
        &import[..],
        &["decide", case, "1", "--uphold"],
        &["close", case, "--as", "withdrawn", "--reason", "x"],
        &["amend", case, "--reason", "x"],
        &["sign", case],
    ] {
        room.that_day(write).code(1).complains("--now");
    }
    for read in [
        &["list"][..],
        &["show", case],
        &["verify"],
        &["cite", "neck"],
    ] {
        room.that_day(read).ok();
    }
    room.run(&["--now", "yesterday", "list"]).code(2);
}

#[test]
fn a_fixed_clock_writes_to_a_test_store() {
    let room = Room::new();
    std::fs::create_dir(room.path("data")).unwrap();
    drop(Store::create(&room.store(), Kind::Test).unwrap());
    let letter = letters().join("02-no-age.txt");
    room.that_day(&["import", letter.to_str().unwrap()]).ok();
    let history = ["show", "CM16-0198841", "--tab", "history"];
    room.run(&history).ok().prints("01/15/2026 09:00");
}

#[test]
fn no_store_is_said_and_not_made() {
    let room = Room::new();
    for read in [
        &["list"][..],
        &["show", CASE],
        &["verify"],
        &["letter", CASE],
        &["sign", CASE],
    ] {
        room.run(read).code(1).complains("no store");
    }
    assert!(!room.store().exists());
    // The shelf is there before there is a store.
    room.run(&["cite", "crvcl", "ct"]).ok();
}

#[test]
fn a_file_that_is_no_store_is_left_alone() {
    let room = Room::new();
    std::fs::create_dir(room.path("data")).unwrap();
    room.write("data/store.db", "my shopping list");
    room.run(&["list"]).code(2);
    let letter = letters().join("02-no-age.txt");
    room.run(&["import", letter.to_str().unwrap()]).code(2);
    assert_eq!(std::fs::read(room.store()).unwrap(), b"my shopping list");
}

#[test]
fn a_draft_is_no_letter_and_a_signed_case_has_no_draft() {
    let room = Room::practice();
    let preview = room.that_day(&["letter", CASE, "--preview"]).ok().out;
    let draft = room.write("draft.txt", preview);
    let other = Room::new();
    other
        .run(&["import", draft.to_str().unwrap()])
        .code(2)
        .prints("DRAFT - NOT SIGNED");
}

#[test]
fn a_citation_stands_once() {
    let room = Room::practice();
    let cite = ["decide", CASE, "1", "--cite-text", "A study, 2020"];
    room.that_day(&cite).ok();
    room.that_day(&cite)
        .code(1)
        .complains("cites this already: A study, 2020");
    let twice = ["decide", CASE, "1", "--cite-text", "B", "--cite-text", "B"];
    room.that_day(&twice)
        .code(1)
        .complains("item 1 cites this already");
    let json = room.that_day(&["show", CASE, "--json"]).ok().json();
    assert_eq!(json["items"][0]["citations"].as_array().unwrap().len(), 1);
}

#[test]
fn closed_cases_are_named() {
    let room = Room::practice();
    let close = ["close", CASE, "--as", "withdrawn", "--reason", "x"];
    room.that_day(&close).ok();
    room.that_day(&close).code(1).complains(CASE);
    room.that_day(&["decide", CASE, "1", "--uphold"])
        .code(1)
        .complains(CASE);
}
