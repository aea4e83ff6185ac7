//! The whole journey without a terminal, by the commands that the program points to when it finds
//! none.

use crate::room::{Room, Said, letters};

const CASE: &str = "CM16-0198841";

/// A reviewer who does what the pointer says.
struct Reader {
    room: Room,
    pointer: String,
}

impl Reader {
    /// Starts the program where it cannot draw.
    fn new() -> Self {
        let room = Room::new();
        let pointer = room.run(&[]).code(2).err;
        Self { room, pointer }
    }

    /// A command, which the pointer must name.
    #[track_caller]
    fn run(&self, arguments: &[&str]) -> Said {
        let named = format!("imr {}", arguments[0]);
        assert!(self.pointer.contains(&named), "{named}: {}", self.pointer);
        self.room.run(arguments).ok()
    }
}

#[test]
fn the_pointer_leads_through_the_whole_journey() {
    let reader = Reader::new();
    let letter = letters().join("02-no-age.txt");
    reader.run(&["import", letter.to_str().unwrap()]);
    reader.run(&["list"]).prints(CASE);
    reader.run(&["show", CASE]).prints(CASE);
    reader.run(&["show", CASE, "--tab", "items"]);
    reader
        .run(&["screen", "--linear", "--keys", "<enter>3"])
        .prints("Decision: undecided.");
    let found = reader.run(&["cite", "acoem neck special studies", "--json"]);
    let key = found.json()["citations"][0]["key"].clone();
    let reasons = reader.room.write("reasons.txt", "No red flag is named.\n");
    let decide = ["decide", CASE, "1", "--uphold", "--cite"];
    let why = ["--rationale-file", reasons.to_str().unwrap()];
    reader.run(&[&decide[..], &[key.as_str().unwrap()], &why].concat());
    let statement = reader.run(&["sign", CASE, "--dry-run"]).out;
    let statement = statement.replace("= false", "= true");
    let file = reader.room.write("attest.toml", statement);
    let sign = ["sign", CASE, "--attest", file.to_str().unwrap()];
    reader.run(&[&sign[..], &["--lint-reason", "Seen."]].concat());
    reader
        .run(&["letter", CASE])
        .prints("No red flag is named.");
}

/// `TERM=dumb` and a missing terminal point to the same commands.
#[test]
fn a_demonstration_points_there_too() {
    let reader = Reader::new();
    let demo = reader.room.run(&["demo"]).code(2).err;
    for command in ["import", "list", "show", "cite", "decide", "sign", "letter"] {
        assert!(
            demo.contains(&format!("imr {command}")),
            "{command}: {demo}"
        );
    }
}
