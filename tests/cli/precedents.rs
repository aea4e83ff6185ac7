//! `imr precedents`, decision tables, and what of them is never shown.

use crate::room::{Room, letters};

const CASE: &str = "CM16-0198841";
const TABLE: &str = "\
Reference ID;Report Year;Diagnosis Category;Treatment Category;Treatment Sub Category;Determination;Type
MN16-1;2016;Orthopedic;Diagnostic Imaging;MRI cervical spine;Upheld Decision of Health Plan;Medical Necessity
MN15-2;2015;Orthopedic;Diagnostic Imaging;MRI cervical spine;Overturned Decision of Health Plan;Medical Necessity
MN15-3;2015;Orthopedic;Diagnostic Imaging;MRI;Withdrawn;Medical Necessity
MN15-4;2015;Orthopedic;Pharmacy;Norco;Upheld Decision of Health Plan;Medical Necessity
";

fn room() -> Room {
    let room = Room::new();
    let letter = letters().join("02-no-age.txt");
    room.run(&["import", letter.to_str().unwrap()]).ok();
    room
}

#[test]
fn a_decision_table_comes_in_as_precedents_once() {
    let room = room();
    let table = room.write("decisions.csv", TABLE);
    let table = table.to_str().unwrap();
    room.run(&["precedents", CASE, "1"])
        .code(1)
        .complains("no determination");
    room.run(&["import", table])
        .code(2)
        .prints("--as precedent");
    let import = ["import", "--as", "precedent", table];
    room.run(&import)
        .code(2)
        .prints("3 lines taken, 0 unchanged, 0 differ, 1 unread")
        .complains("line 4: says neither upheld nor overturned");
    room.run(&import)
        .code(2)
        .prints("0 lines taken, 3 unchanged");
    let said = room.run(&["precedents", CASE, "1"]).ok();
    let said = said.prints("2 alike: 1 upheld, 1 overturned.");
    assert!(!said.out.contains("Norco"), "{}", said.out);
    let json = room
        .run(&["precedents", CASE, "1", "--json", "--limit", "1"])
        .ok()
        .json();
    assert_eq!(json["alike"], 2);
    assert_eq!(json["precedents"].as_array().unwrap().len(), 1);
    assert_eq!(json["precedents"][0]["own"], false);
    room.run(&["precedents", CASE, "9"])
        .code(1)
        .complains("has no item 9");
    let list = room.run(&["list", "--view", "all", "--json"]).ok().json();
    assert_eq!(list["total"], 1, "precedents are not in the queue");
    room.run(&["verify"]).ok();
}

/// A line about the very case that is to be decided would give its answer away.
#[test]
fn a_line_of_a_case_to_decide_is_left_out() {
    let room = room();
    let text =
        format!("Case number,Treatment,Decision,Findings\n{CASE},Cervical MRI,upheld,zyxwhy\n");
    let table = room.write("own.csv", text);
    room.run(&["import", "--as", "precedent", table.to_str().unwrap()])
        .code(1)
        .prints("0 lines taken");
    room.run(&["precedents", CASE, "1"]).code(1);
    for keys in [
        "<enter>3p",
        "<enter>3<ctrl-g>zyxwhy",
        "<ctrl-g>zyxwhy<tab><tab><tab>",
    ] {
        let screen = room
            .run(&["screen", "--size", "200x60", "--keys", keys])
            .ok();
        let shown = screen.out.replace("/ zyxwhy", "");
        assert!(!shown.contains("zyxwhy"), "{keys}: {shown}");
    }
}

#[test]
fn what_is_published_shows_as_a_precedent_of_others_only_once_decided() {
    let room = room();
    let twin = std::fs::read_to_string(letters().join("02-no-age.txt")).unwrap();
    let twin = room.write("twin.txt", twin.replace("CM16-0198841", "CM16-0198842"));
    room.run(&["import", twin.to_str().unwrap()]).ok();
    for command in [
        ["precedents", CASE, "1"],
        ["precedents", "CM16-0198842", "1"],
    ] {
        room.run(&command).code(1);
    }
    let found = ["cite", "--source", "precedents", "--for", CASE, "cervical"];
    room.run(&found).code(1);
    room.run(&["decide", "CM16-0198842", "1", "--overturn"])
        .ok();
    room.run(&["precedents", CASE, "1"])
        .ok()
        .prints("1 alike: ");
    room.run(&found).ok().prints("CM16-0198842 item 1");
    room.run(&["precedents", "CM16-0198842", "1"]).code(1);
}

#[test]
fn cite_looks_through_one_source_or_all() {
    let room = room();
    room.run(&["cite", "neck mri"]).ok().prints("--cite ");
    room.run(&["cite", "neck", "src:acoem", "--json"]).ok();
    let odg = room
        .run(&["cite", "mri src:odg -knee", "--json"])
        .ok()
        .json();
    for found in odg["citations"].as_array().unwrap() {
        let label = found["label"].as_str().unwrap();
        assert!(
            label.contains("Official Disability") && !label.contains("Knee"),
            "{label}"
        );
    }
    room.run(&["cite", "mri", "--source", "case"])
        .code(1)
        .complains("--for CASE");
    room.run(&["cite", "mri", "--source", "case", "--for", CASE])
        .ok();
    let all = room
        .run(&["cite", "mri", "--for", CASE, "--json"])
        .ok()
        .json();
    let sources: Vec<&str> = all["found"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["source"].as_str().unwrap())
        .collect();
    assert!(
        sources.contains(&"citation") && sources.len() > 1,
        "{sources:?}"
    );
}
