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
        .code(1)
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

#[test]
fn a_folder_without_letters_is_refused() {
    let room = Room::new();
    std::fs::create_dir(room.path("empty")).unwrap();
    room.run(&["import", "empty"])
        .code(1)
        .complains("nothing to import");
}

/// A download that broke off is mended by the whole letter, until somebody has worked on it.
#[test]
fn a_letter_that_broke_off_is_completed() {
    let text = std::fs::read_to_string(letters().join("13-ten-items.txt")).unwrap();
    let end = text.find("two refills are medically").unwrap();
    let room = Room::new();
    let part = room.write("part.txt", &text[..end]);
    let whole = room.write("whole.txt", &text);
    let (part, whole) = (part.to_str().unwrap(), whole.to_str().unwrap());
    let said = room.run(&["import", part]).ok();
    let said = said
        .complains("seems to break off in item 2")
        .prints("(2 items)");
    let case = said.out.split_whitespace().nth(1).unwrap().to_owned();
    room.run(&["import", whole])
        .ok()
        .prints(&format!("completed {case} (10 items)"));
    room.run(&["verify"]).ok();
    let json = room.run(&["show", &case, "--json"]).ok().json();
    assert_eq!(json["items"].as_array().unwrap().len(), 10);
    room.run(&["import", whole]).ok().prints("unchanged ");
    room.run(&["import", part]).code(1).prints("differs ");
    let list = room.run(&["list", "--json"]).ok().json();
    assert_eq!(
        (&list["total"], &list["cases"][0]["items"]),
        (&1.into(), &10.into())
    );

    let touched = Room::new();
    touched.write("part.txt", &text[..end]);
    touched.run(&["import", "part.txt"]).ok();
    touched.run(&["decide", &case, "1", "--uphold"]).ok();
    touched.run(&["import", whole]).code(1).prints("differs ");
}

#[test]
fn a_precedent_becomes_a_case_and_no_case_a_precedent() {
    let room = Room::new();
    let letter = letters().join("02-no-age.txt");
    let letter = letter.to_str().unwrap();
    room.run(&["import", "--as", "precedent", letter]).ok();
    room.run(&["list"]).code(1);
    room.run(&["import", letter]).ok().prints("was a precedent");
    room.run(&["list"]).ok().prints("CM16-0198841");
    room.run(&["import", "--as", "precedent", letter])
        .ok()
        .prints("stays one");
    room.run(&["verify"]).ok();
    let json = room.run(&["show", "CM16-0198841", "--json"]).ok().json();
    assert!(json["items"][0]["published"].is_null());
    // The letter stands among the records without anything its reviewer decided.
    let records = json["records"].as_array().unwrap();
    let own = records.iter().find(|r| r["kind"] == "summary").unwrap();
    assert_eq!(
        own["title"],
        "Clinical case summary and requests, from the published letter"
    );
    assert_eq!(own["pages"].as_array().unwrap().len(), 1);
    let page = own["pages"][0].as_str().unwrap();
    assert!(
        page.contains("Requests in dispute:") && !page.contains("Upheld"),
        "{page}"
    );
}

#[test]
fn a_request_is_shown_with_its_fields() {
    let room = Room::new();
    let file = room.path("case.json");
    let case = r#"{"number": "CM25-0200999", "items": [
        {"request": "Left knee arthroscopy"},
        {"request": "Post-operative physical therapy 2 x 6, left knee"}]}"#;
    std::fs::write(&file, case).unwrap();
    let path = file.to_str().unwrap();
    let dry = room.run(&["import", "--dry-run", "--json", path]).ok();
    room.run(&["import", path]).ok();
    let show = room.run(&["show", "CM25-0200999", "--json"]).ok();
    for json in [dry.json(), show.json()] {
        let parsed = &json["items"][1]["parsed"];
        assert_eq!(parsed["modality"], "physical therapy");
        assert_eq!(parsed["sessions"], 12);
        assert_eq!(parsed["body_parts"][0]["side"], "left");
        assert_eq!(parsed["depends_on"], 1);
    }
    let text = room.run(&["show", "CM25-0200999"]).ok().out;
    assert!(text.contains("goes with item 1"), "{text}");
    // What was shown comes in again: the fields are read anew.
    std::fs::write(&file, &show.out).unwrap();
    room.run(&["import", path]).ok();
}
