//! Snippets, earlier texts and what is noted of items, on the command line.

use crate::room::Room;

const CASE: &str = "CM25-0200101";

fn write(room: &Room, text: &str) {
    let file = room.write("reasons.txt", text);
    let file = file.to_string_lossy().into_owned();
    let arguments = ["decide", CASE, "1", "--rationale-file", &file];
    room.that_day(&arguments).ok();
}

#[test]
fn snippets_are_listed_and_a_wrong_one_is_told() {
    let room = Room::practice();
    let all = room.run(&["snippets", "--json"]).ok();
    assert!(all.out.lines().count() >= 20, "{}", all.out);
    room.write(
        "config/snippets.toml",
        "[[snippet]]\nname = \"Mine\"\nfor = [\"imaging\"]\ntext = \"For {itme}.\"\n",
    );
    room.run(&["snippets"]).ok().prints("Mine");
    room.run(&["config", "check"])
        .code(1)
        .prints("snippets.toml:4:13: unknown field \"itme\"; did you mean \"item\"?");
    room.run(&["snippets", "--fields"])
        .ok()
        .prints("{finding:exam}");
}

#[test]
fn an_earlier_text_is_listed_compared_and_taken_back() {
    let room = Room::practice();
    room.that_day(&["drafts", CASE, "1"])
        .ok()
        .complains("No earlier text");
    let long = "The MTUS reserves this study for red flags. ".repeat(5);
    write(&room, &long);
    write(&room, "Short.");
    room.that_day(&["drafts", CASE, "1"])
        .ok()
        .prints("40 words");
    room.that_day(&["drafts", CASE, "1", "--diff", "1"])
        .ok()
        .prints("{+Short.+}");
    room.that_day(&["drafts", CASE, "1", "--restore", "2"])
        .code(1)
        .complains("There is no such text: 1 are kept.");
    room.that_day(&["drafts", CASE, "1", "--restore", "1"]).ok();
    room.that_day(&["show", CASE, "--tab", "items"])
        .ok()
        .prints("reserves this study");
    room.that_day(&["verify"]).ok();
}

#[test]
fn what_is_noted_of_an_item_is_kept_in_the_history() {
    let room = Room::practice();
    let note = [
        "note",
        CASE,
        "1",
        "--formulary",
        "Unlisted",
        "--visits-before",
        "8",
    ];
    room.that_day(&note).ok();
    room.that_day(&["show", CASE, "--tab", "history"])
        .ok()
        .prints("Item 1: noted: formulary Unlisted, 8 visits before");
    room.that_day(&["note", CASE, "1", "--units-a-day", "x"])
        .code(1)
        .complains("is no number of units a day");
    room.that_day(&["note", CASE, "99", "--clear"])
        .code(1)
        .complains("has no item 99");
}
