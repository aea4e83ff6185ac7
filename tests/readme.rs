//! README says what the program says: keys, settings and pictures are made from it, and these
//! tests fail when the page is stale. `IMR_UPDATE=1 cargo test --test readme` writes them anew.

#[path = "cli/room.rs"]
#[allow(dead_code, reason = "the command-line tests use the rest")]
mod room;

use imr::model::filter;
use imr::settings::config::FIELDS;
use imr::settings::views::{VIEW_FIELDS, ViewField};
use room::Room;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Name, keys, size and what a screen reader says of each picture.
const PICTURES: [(&str, &str, &str, &str); 4] = [
    (
        "queue.svg",
        "jj",
        "100x26",
        "The queue of imr: practice cases by due date, and a preview of the selected one",
    ),
    (
        "case.svg",
        CASE_KEYS,
        "100x20",
        "A case in imr: a disputed item with its decision, citations and rationale",
    ),
    (
        "picker.svg",
        "/cervical ct<enter><enter>3<ctrl-g>neck special",
        "100x26",
        "Looking a guideline up: ranked citations, and what is known of the selected one",
    ),
    (
        "sign.svg",
        SIGN_KEYS,
        "100x26",
        "Signing: every decision with both phrasings, the statements to agree to, a word to type",
    ),
];

/// Name, keys, size and words of the moving picture.
const RECORDING: (&str, &str, &str, &str) = (
    "journey.svg",
    JOURNEY_KEYS,
    "100x26",
    "A whole case, key by key: found, read, decided, cited, reasoned, signed",
);

/// Bytes that the moving picture may have.
const RECORDING_BYTES: usize = 300_000;

/// Filters, reads, decides, looks up, cites, writes, attests and signs.
const JOURNEY_KEYS: &str = "/cervical ct<enter><enter>2<tab>4n3U<ctrl-g>neck special<enter>e\
    The MTUS reserves imaging of the neck for red flags, nerve injury, or anatomy that has to be \
    settled before an operation. The record shows none of these.<esc>\
    SThe reasons are short, and complete.<tab><space><tab><space><tab><space><tab><space><tab>sign<enter>";

/// The same as far as the dialogue.
const SIGN_KEYS: &str = "/cervical ct<enter><enter>3U<ctrl-g>neck special<enter>e\
    The MTUS reserves imaging of the neck for red flags.<esc>\
    SThe reasons are short, and complete.<tab><space><tab><space><tab><space>";

/// Opens the cervical case, decides, looks a guideline up, cites it and writes why.
const CASE_KEYS: &str = "/cervical ct<enter><enter>3U<ctrl-g>neck special studies<enter>e\
    The MTUS reserves cross-sectional imaging of the neck for red flags, nerve injury, or anatomy \
    that has to be settled before an operation.<enter><enter>The MRI of 8/21/25 shows the C5-6 \
    protrusion, and the films show no instability. No procedure has been requested. The request \
    is not medically necessary.<esc>";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Fails when the file does not say `wanted`; or makes it say so, when asked to.
fn keep(path: &Path, wanted: &str) {
    let found = std::fs::read_to_string(path).unwrap_or_default();
    if found == wanted {
        return;
    }
    let name = path.strip_prefix(root()).unwrap().display();
    let is_asked = std::env::var_os("IMR_UPDATE").is_some_and(|v| v == "1");
    assert!(
        is_asked,
        "{name} is stale: IMR_UPDATE=1 cargo test --test readme"
    );
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, wanted).unwrap();
}

/// README with what stands between two markers replaced.
fn with_part(readme: &str, name: &str, part: &str) -> String {
    let (begin, end) = (
        format!("<!-- {name}: begin -->\n"),
        format!("<!-- {name}: end -->"),
    );
    let (before, rest) = readme.split_once(&begin).unwrap();
    let (_, after) = rest.split_once(&end).unwrap();
    format!("{before}{begin}{}\n{end}{after}", part.trim_end())
}

fn config_table() -> String {
    let mut table = String::from("| Key | What it is | Example |\n|---|---|---|\n");
    for field in FIELDS {
        let dot = if field.table.is_empty() { "" } else { "." };
        table.push_str(&format!(
            "| `{}{dot}{}` | {} | `{}` |\n",
            field.table, field.key, field.doc, field.example
        ));
    }
    table
}

fn view_table() -> String {
    let line = |f: &ViewField| format!("| `{}` | {} | `{}` |\n", f.key, f.doc, f.example);
    let lines: String = VIEW_FIELDS.iter().map(line).collect();
    format!("| Key | What it is | Example |\n|---|---|---|\n{lines}")
}

fn filter_table() -> String {
    let line = |field: &filter::Field| {
        let names: Vec<String> = field.names.iter().map(|n| format!("`{n}:`")).collect();
        let (names, takes) = (names.join(" "), field.takes);
        format!("| {names} | {takes} | {} |\n", field.doc)
    };
    let lines: String = filter::FIELDS.iter().map(line).collect();
    format!("| Field | Takes | Asks |\n|---|---|---|\n{lines}")
}

#[test]
fn keys_and_settings_are_current() {
    let readme: PathBuf = root().join("README.md");
    let text = std::fs::read_to_string(&readme).unwrap();
    let keys = Room::new().run(&["keys", "--markdown"]).ok().out;
    let parts = [
        ("keys", keys),
        ("config", config_table()),
        ("views", view_table()),
        ("filters", filter_table()),
        ("lints", imr::rules::lint::table_markdown()),
    ];
    let wanted = parts
        .iter()
        .fold(text, |text, (name, part)| with_part(&text, name, part));
    keep(&readme, &wanted);
}

#[test]
fn pictures_are_current() {
    let room = Room::new();
    for (name, keys, size, title) in PICTURES {
        let screen = [
            "screen", "--demo", "--svg", "--keys", keys, "--size", size, "--title", title,
        ];
        let picture = room.run(&screen).ok().out;
        keep(&root().join("tests/pictures").join(name), &picture);
    }
}

#[test]
fn the_moving_picture_is_current_and_small() {
    let (name, keys, size, title) = RECORDING;
    let screen = [
        "screen", "--demo", "--svg", "--record", "--keys", keys, "--size", size, "--title", title,
    ];
    let picture = Room::new().run(&screen).ok().out;
    assert!(picture.len() < RECORDING_BYTES, "{} bytes", picture.len());
    assert!(
        picture.contains("is signed; next is"),
        "it does not reach the end"
    );
    keep(&root().join("tests/pictures").join(name), &picture);
}

#[test]
fn the_two_commands_and_the_pictures_are_on_the_page() {
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    for line in ["$ cargo run --release -- demo\n", "$ cargo test\n"] {
        assert!(text.contains(line), "{line}");
    }
    for (name, ..) in PICTURES.into_iter().chain([RECORDING]) {
        assert!(
            text.contains(&format!("](tests/pictures/{name})")),
            "{name}"
        );
    }
}

/// Every key of every JSON document is explained.
#[test]
fn every_json_key_is_on_the_page() {
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    let room = Room::practice();
    let letter = room::letters().join("02-no-age.txt");
    let commands: [&[&str]; 7] = [
        &["show", "CM25-0200101", "--json"],
        &["list", "--json"],
        &["cite", "neck", "--json"],
        &["lint", letter.to_str().unwrap(), "--json"],
        &["verify", "--json"],
        &["import", "--json", letter.to_str().unwrap()],
        &["import", "--dry-run", "--json", letter.to_str().unwrap()],
    ];
    for command in commands {
        let now = ["--now", "2026-01-15T09:00:00-08:00"];
        let document = room.run(&[&now[..], command].concat()).json();
        for key in keys_of(&document) {
            let shapes = [format!("`{key}`"), format!("`{key}[]`")];
            let is_told = shapes.iter().any(|shape| text.contains(shape));
            assert!(is_told, "{key} of {command:?} is not explained");
        }
    }
}

fn keys_of(value: &serde_json::Value) -> BTreeSet<String> {
    match value {
        serde_json::Value::Object(map) => map
            .iter()
            .flat_map(|(key, value)| {
                let mut keys = keys_of(value);
                keys.insert(key.clone());
                keys
            })
            .collect(),
        serde_json::Value::Array(list) => list.iter().flat_map(keys_of).collect(),
        _ => BTreeSet::new(),
    }
}

/// Every command line in README is one that the program takes.
#[test]
fn command_lines_on_the_page_are_understood() {
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    let room = Room::practice();
    room.write("reasons.txt", "Reasons.\n");
    let day = ["--now", "2026-01-15T09:00:00-08:00"];
    let mut seen = 0;
    for line in text.lines().filter_map(|line| line.strip_prefix("$ imr ")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let said = room.run(&[&day[..], &words].concat());
        assert!(!said.err.contains("Usage:"), "{line}: {}", said.err);
        seen += 1;
    }
    assert!(seen >= 5, "{seen}");
}
