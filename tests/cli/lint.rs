//! `imr lint`: cases and files, text and JSON, and what it says by its exit code.

use crate::room::{Room, letters};

#[test]
fn a_letter_needs_no_store() {
    let room = Room::new();
    let letter = letters().join("03-seed-look-no-header.txt");
    let said = room.run(&["lint", letter.to_str().unwrap(), "--json"]);
    let document = said.json();
    let lints = document["lints"].as_array().unwrap();
    for lint in lints {
        let id = lint["id"].as_str().unwrap();
        assert!(id.starts_with('L') && !lint["message"].as_str().unwrap().is_empty());
        assert!(
            !["L06", "L08", "L09"].contains(&id),
            "nobody signs a file: {id}"
        );
    }
    assert!(!room.store().exists());
}

#[test]
fn a_new_case_is_kept_from_being_signed_and_says_why() {
    let room = Room::practice();
    let day = ["--now", "2026-01-15T09:00:00-08:00"];
    let lint = |arguments: &[&str]| room.run(&[&day[..], &["lint"], arguments].concat());
    let said = lint(&["CM25-0200101"]).code(1);
    let said = said
        .prints("L01 blocking: Item 1 is not decided")
        .prints("L02 blocking");
    assert!(said.out.contains("U upheld, O overturned"), "{}", said.out);
    let document = lint(&["CM25-0200101", "--json"]).code(1).json();
    let first = &document["lints"][0];
    assert_eq!(first["id"], "L01");
    assert_eq!(first["item"], 1);
    assert_eq!(first["severity"], "blocking");
    lint(&["CM99-0000000"])
        .code(1)
        .complains("There is no case");
    lint(&["no/such/file"]).code(2).complains("no/such/file");
}

#[test]
fn the_table_is_printed() {
    let room = Room::new();
    let said = room.run(&["lint", "--list"]).ok();
    let said = said.prints("L15").prints("LC 4610.6(h)(5)");
    assert!(said.out.lines().count() >= 40);
    room.run(&["lint"]).code(2);
}
