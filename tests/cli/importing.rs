//! `imr import`: files, folders, and what cannot be read.

use crate::room::{Room, letters};

#[test]
fn a_folder_comes_in_once() {
    let room = Room::new();
    let folder = letters();
    let count = std::fs::read_dir(&folder)
        .unwrap()
        .filter(|e| {
            e.as_ref()
                .unwrap()
                .path()
                .extension()
                .is_some_and(|e| e == "txt")
        })
        .count();
    let copy = room.path("letters");
    std::fs::create_dir(&copy).unwrap();
    for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
        if entry.path().extension().is_some_and(|e| e == "txt") {
            std::fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
        }
    }
    let import = ["import", copy.to_str().unwrap()];
    let first = room.run(&import).ok();
    let imported = first
        .out
        .lines()
        .filter(|l| l.starts_with("imported "))
        .count();
    assert_eq!(imported, count, "{}", first.out);
    let again = room.run(&import).ok();
    let unchanged = again
        .out
        .lines()
        .filter(|l| l.starts_with("unchanged "))
        .count();
    assert_eq!(unchanged, count, "{}", again.out);
    let list = room.run(&["list", "--view", "all", "--json"]).ok().json();
    assert_eq!(list["total"], count);
    // A published letter never counts as overdue.
    assert_eq!(list["counts"]["overdue"], 0);
    room.run(&["list", "--view", "overdue"]).code(1);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let room = Room::new();
    let folder = room.path("mixed");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(letters().join("02-no-age.txt"), folder.join("good.txt")).unwrap();
    std::fs::write(folder.join("notes.txt"), "Buy milk.\n").unwrap();
    std::fs::write(folder.join("broken.pdf"), b"%PDF-1.4\nnothing\n%%EOF\n").unwrap();
    let said = room.run(&["import", folder.to_str().unwrap()]).code(2);
    let text = format!("{}{}", said.out, said.err);
    assert!(text.contains("imported CM16-0198841"), "{text}");
    for name in ["notes.txt", "broken.pdf"] {
        let line = text
            .lines()
            .find(|l| l.starts_with("unread ") && l.contains(name));
        assert!(line.is_some_and(|l| l.contains(": ")), "{name}: {text}");
    }
    room.run(&["import", "nowhere.txt"])
        .code(2)
        .prints("unread nowhere.txt: ");
    let lines = room
        .run(&["import", "--json", folder.to_str().unwrap()])
        .code(2)
        .out;
    let results: Vec<serde_json::Value> = lines
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(results.len(), 3, "{lines}");
    let words: Vec<&str> = results
        .iter()
        .map(|r| r["result"].as_str().unwrap())
        .collect();
    assert_eq!(words.iter().filter(|w| **w == "unchanged").count(), 1);
    assert_eq!(words.iter().filter(|w| **w == "unread").count(), 2);
}

#[test]
fn a_changed_letter_of_a_known_number_changes_nothing() {
    let room = Room::new();
    let text = std::fs::read_to_string(letters().join("02-no-age.txt")).unwrap();
    let first = room.write("first.txt", &text);
    let other = room.write("other.txt", text.replace("Cervical MRI", "Lumbar MRI"));
    room.run(&["import", first.to_str().unwrap()]).ok();
    room.run(&["import", other.to_str().unwrap()])
        .ok()
        .prints("differs ");
    room.run(&["show", "CM16-0198841"])
        .ok()
        .prints("Cervical MRI");
}

#[test]
fn a_case_goes_out_as_json_and_comes_back() {
    let room = Room::practice();
    let case = room.that_day(&["show", "CM25-0200101", "--json"]).ok().out;
    let file = room.write("case.json", &case);
    let other = Room::new();
    other
        .run(&["import", file.to_str().unwrap()])
        .ok()
        .prints("imported CM25-0200101");
    let again = other.run(&["show", "CM25-0200101", "--json"]).ok().json();
    let case: serde_json::Value = serde_json::from_str(&case).unwrap();
    for key in [
        "number",
        "patient",
        "summary",
        "records",
        "injury_date",
        "records_complete_date",
    ] {
        assert_eq!(case[key], again[key], "{key}");
    }
    assert_eq!(case["items"][0]["request"], again["items"][0]["request"]);
}
