//! Keeps the floor plan of `src/lib.rs`: who may import whom, and which crate lives where.
//!
//! Sources are read as tokens (so that comments and strings do not count) and every path that
//! leaves its room is an arrow: `crate::room`, `imr::room`, enough `super::`, grouped, inline or
//! re-exported. Code under `#[cfg(test)]` lives in its room like any other. The ranks are read
//! from the plan itself, which therefore cannot go stale.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "house/functions.rs"]
mod functions;
#[path = "house/paths.rs"]
mod paths;
#[path = "house/source.rs"]
mod source;

use functions::{Function, functions};
use paths::scan;
use source::{Source, tokens};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Rooms that a room of higher rank may not import all the same.
const CLOSED: [(&str, [&str; 2]); 2] =
    [("app", ["store", "library"]), ("ui", ["store", "library"])];

/// Crates, and the only rooms that may name them.
const CRATES: [(&str, &[&str]); 5] = [
    ("crossterm", &["terminal"]),
    ("rusqlite", &["store", "library"]),
    ("rusqlite_migration", &["store", "library"]),
    ("fuzzy_matcher", &["search"]),
    ("ratatui", &["ui", "terminal"]),
];

/// Functions longer than this many lines are listed, tests apart ...
const LONG: usize = 60;
/// ... and longer than this are refused.
const TOO_LONG: usize = 80;

// --- the house as it stands -------------------------------------------------------------------

#[test]
fn every_arrow_points_down() {
    let plan = Plan::read(&lib_rs()).unwrap();
    let found: Vec<Offence> = sources().iter().flat_map(|s| offences(&plan, s)).collect();
    assert!(found.is_empty(), "{}", lines(&found));
}

#[test]
fn the_plan_names_every_folder_and_no_other() {
    let plan = Plan::read(&lib_rs()).unwrap();
    let mut folders: Vec<String> = std::fs::read_dir(root().join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() || path.extension().is_some_and(|e| e == "rs"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "lib" && name != "main")
        .collect();
    folders.sort();
    let planned: Vec<&String> = plan.ranks.keys().collect();
    assert_eq!(folders.iter().collect::<Vec<_>>(), planned);
}

#[test]
fn functions_stay_short() {
    let mut long: Vec<Function> = sources().iter().flat_map(functions).collect();
    long.retain(|f| f.lines > LONG);
    long.sort_by_key(|f| std::cmp::Reverse(f.lines));
    println!("{} functions over {LONG} lines", long.len());
    long.iter().for_each(|f| println!("  {f}"));
    let refused: Vec<&Function> = long.iter().filter(|f| f.lines > TOO_LONG).collect();
    assert!(
        refused.is_empty(),
        "over {TOO_LONG} lines:\n{}",
        lines(&refused)
    );
}

#[test]
fn the_scanner_sees_the_arrows_that_are_there() {
    let all = sources();
    let letter = all.iter().find(|s| s.path == "src/letter/mod.rs").unwrap();
    let rooms: Vec<String> = scan(letter).arrows.into_iter().map(|a| a.to).collect();
    assert!(rooms.contains(&"model".to_owned()), "{rooms:?}");
}

// --- planted offences: the test proves itself ----------------------------------------------------

const PLAN: &str = "\
//! rank 0  model/      words
//! rank 1  search/     words
//!         letter/     words
//! rank 2  store/      words
//! rank 3  library/    words
//!         app/        words
//! rank 4  ui/         words
//! rank 5  terminal/   words
//! rank 6  cli/        words
//!         main.rs     exit code
pub mod model;
";

/// Path, text, and what must be said of it (line and arrow).
#[rustfmt::skip]
const BAD: &[(&str, &str, &str)] = &[
    ("src/model/mod.rs", "use crate::store::Store;", ":1: model (rank 0) -> store (rank 2)"),
    ("src/letter/mod.rs", "\nuse crate::search;", ":2: letter (rank 1) -> search (rank 1)"),
    ("src/letter/mod.rs", "use imr::store::Store;", ":1: letter (rank 1) -> store (rank 2)"),
    ("src/letter/mod.rs", "use ::imr::store;", "letter (rank 1) -> store"),
    ("src/letter/mod.rs", "use super::store::Store;", "letter (rank 1) -> store"),
    ("src/letter.rs", "use super::store::Store;", "letter (rank 1) -> store"),
    ("src/letter/text.rs", "use super::super::store;", "letter (rank 1) -> store"),
    ("src/letter/a/b.rs", "type S = super::super::super::store::S;", "-> store"),
    ("src/letter/a.rs", "mod inner { use super::super::super::ui::draw; }", "-> ui"),
    ("src/letter/a.rs", "use super::super::{model::Case, ui};", "-> ui"),
    ("src/letter/a.rs", "use super::{b, super::ui};", "-> ui"),
    ("src/store/mod.rs", "use crate::{model::Case,\n  ui::{draw, Look}};", ":2: store (rank 2) -> ui"),
    ("src/store/mod.rs", "use {crate::model, crate::{terminal}};", "store (rank 2) -> terminal"),
    ("src/store/mod.rs", "pub use crate::cli::run;", "store (rank 2) -> cli"),
    ("src/store/mod.rs", "pub(crate) use crate::ui as picture;", "store (rank 2) -> ui"),
    ("src/store/mod.rs", "fn f() { let x = crate::library::find(\"a\"); }", "-> library (rank 3)"),
    ("src/store/mod.rs", "fn f() -> Vec<crate::app::Model> { vec![] }", "-> app"),
    ("src/store/mod.rs", "fn f() { println!(\"{}\", crate::ui::NAME); }", "-> ui"),
    ("src/store/mod.rs", "macro_rules! m { () => { $crate::ui::x() } }", "-> ui"),
    ("src/store/mod.rs", "#[cfg(test)] mod tests { use crate::cli::run; }", "-> cli"),
    ("src/store/mod.rs", "use crate::r#ui::draw;", "-> ui"),
    ("src/app/mod.rs", "use crate::store::Store;", "app does not import store"),
    ("src/app/mod.rs", "use crate::library;", "-> library (rank 3)"),
    ("src/ui/mod.rs", "use crate::store::Store;", "ui does not import store"),
    ("src/ui/mod.rs", "use crate::library::find;", "ui does not import library"),
    ("src/ui/mod.rs", "use crate::nowhere::x;", "nowhere is no room"),
    ("src/ui/mod.rs", "use crate::*;", "names the root of the house"),
    ("src/ui/mod.rs", "use super::*;", "names the root of the house"),
    ("src/ui/mod.rs", "use crate as house;", "names the root of the house"),
    ("src/ui/mod.rs", "use crate::{self as house};", "names the root of the house"),
    ("src/ui/mod.rs", "use super as house;", "names the root of the house"),
    ("src/ui/mod.rs", "extern crate self as house;", "names the root of the house"),
    ("src/ui/mod.rs", "extern crate imr as house;", "names the root of the house"),
    ("src/ui/mod.rs", "use imr as house;", "names the root of the house"),
    ("src/ui/mod.rs", "#[path = \"../store/mod.rs\"] mod store;", "brings a file in by its path"),
    ("src/ui/mod.rs", "include!(\"../store/mod.rs\");", "brings a file in by its path"),
    ("src/ui/mod.rs", "use crossterm::event;", ":1: ui names the crate crossterm"),
    ("src/ui/mod.rs", "use ratatui::crossterm::event;", "ui names the crate crossterm"),
    ("src/app/mod.rs", "fn f(a: &ratatui::Frame) {}", "app names the crate ratatui"),
    ("src/cli/mod.rs", "use {rusqlite as db};", "cli names the crate rusqlite"),
    ("src/cli/mod.rs", "extern crate rusqlite;", "cli names the crate rusqlite"),
    ("src/library/mod.rs", "use fuzzy_matcher::FuzzyMatcher;", "library names the crate fuzzy_matcher"),
    ("src/cli/mod.rs", "#[cfg(test)] mod tests { use rusqlite::Connection; }", "names the crate rusqlite"),
    ("src/main.rs", "use rusqlite::Connection;", "main names the crate rusqlite"),
    ("src/lib.rs", "pub mod model; pub use model::Case;", "lib.rs re-exports"),
];

#[rustfmt::skip]
const GOOD: &[(&str, &str)] = &[
    ("src/letter/mod.rs", "use crate::model::{Case, citation::Citation};"),
    ("src/letter/mod.rs", "use crate::letter::blocks; use self::blocks::Block;"),
    ("src/letter/mod.rs", "//! uses crate::store and crossterm\n/* crate::ui */ // imr::cli"),
    ("src/letter/mod.rs", "/// [`crate::app::Event`]\npub fn f() -> &'static str { \"crate::ui::x rusqlite\" }"),
    ("src/letter/mod.rs", "const S: &str = r#\"use crate::store;\"#;"),
    ("src/letter/blocks.rs", "use super::view::View; use super::store;"),
    ("src/letter/blocks.rs", "mod tests { use super::super::view::View; use super::*; }"),
    ("src/letter/blocks.rs", "pub(crate) fn f() {} pub(super) fn g() {} pub(in crate::letter) fn h() {}"),
    ("src/letter/mod.rs", "fn f(store: u8) -> u8 { let ui = store; ui }"),
    ("src/ui/mod.rs", "use crate::app::Model; use ratatui::Frame;"),
    ("src/terminal/mod.rs", "use crossterm::event; use crate::ui; use ratatui::Terminal;"),
    ("src/search/fuzzy.rs", "use fuzzy_matcher::skim::SkimMatcherV2;"),
    ("src/library/mod.rs", "use crate::store::Store; use rusqlite::Connection;"),
    ("src/main.rs", "fn main() { imr::cli::run() }"),
    ("src/lib.rs", "pub mod model; pub mod ui;"),
];

#[test]
fn planted_offences_are_found() {
    let plan = Plan::read(PLAN).unwrap();
    for (path, text, expected) in BAD {
        let said = lines(&offences(&plan, &Source::new(path, text)));
        assert!(
            said.contains(expected),
            "{path}: {text}\nexpected: {expected}\nsaid: {said}"
        );
        assert!(said.starts_with(path), "{said}");
    }
}

#[test]
fn honest_sources_pass() {
    let plan = Plan::read(PLAN).unwrap();
    for (path, text) in GOOD {
        let said = offences(&plan, &Source::new(path, text));
        assert!(said.is_empty(), "{text}\nsaid: {}", lines(&said));
    }
}

#[test]
fn the_plan_is_read_and_a_torn_one_refused() {
    let plan = Plan::read(PLAN).unwrap();
    assert_eq!(plan.ranks.get("library"), Some(&3));
    assert_eq!(plan.ranks.get("app"), Some(&3));
    assert_eq!(plan.ranks.len(), 9);
    assert!(Plan::read("pub mod model;").is_err());
    assert!(Plan::read("//! rank 0 a/ x\n//! rank 1 a/ x").is_err());
    assert!(Plan::read("//! rank 1 a/ x\n//! rank 0 b/ x").is_err());
}

#[test]
fn the_lexer_keeps_out_of_comments_and_literals() {
    let text = "a /* x /* y */ z */ b // c\n'\\'' 'd' f<'e> b'\\'' \"g\\\" h\" r#\"i \" j\"# \
                br\"k\" crate r#ui 1_u8 é /* open";
    let source = Source::new("src/x.rs", text);
    let seen: Vec<(String, usize)> = tokens(&source)
        .into_iter()
        .filter(|t| t.is_ident)
        .map(|t| (t.text, t.line))
        .collect();
    let expected = [
        ("a", 1),
        ("b", 1),
        ("f", 2),
        ("crate", 2),
        ("ui", 2),
        ("é", 2),
    ];
    assert_eq!(seen, expected.map(|(text, line)| (text.to_owned(), line)));
}

#[test]
fn planted_long_functions_are_measured() {
    let body = "\n  let _ = 1;".repeat(70);
    let text = format!(
        "struct S;\nimpl S {{\n fn long<T>(f: fn(u8) -> T) where T: Copy {{{body}\n }}\n fn short() {{}}\n}}\n\
         trait T {{ fn none(&self); }}\n#[cfg(test)] mod tests {{ fn test() {{{body}\n}} }}"
    );
    let found = functions(&Source::new("src/ui/mod.rs", &text));
    let seen: Vec<(&str, usize, usize)> = found
        .iter()
        .map(|f| (f.name.as_str(), f.line, f.lines))
        .collect();
    assert_eq!(seen, [("long", 3, 72), ("short", 75, 1)]);
}

// --- the floor plan ---------------------------------------------------------------------------------

struct Plan {
    ranks: BTreeMap<String, u32>,
}

impl Plan {
    /// Reads the lines `//! rank 1  intake/  words` and `//!         search/  words`.
    fn read(lib: &str) -> Result<Self, String> {
        let mut ranks = BTreeMap::new();
        let mut rank: Option<u32> = None;
        for line in lib.lines().filter_map(|l| l.strip_prefix("//!")) {
            let mut words = line.split_whitespace().peekable();
            if words.next_if_eq(&"rank").is_some() {
                let next = words.next().and_then(|n| n.parse().ok()).ok_or(line)?;
                if rank.is_some_and(|before| next <= before) {
                    return Err(format!("ranks do not rise: {line}"));
                }
                rank = Some(next);
            }
            let room = words.next().and_then(|w| w.strip_suffix('/'));
            if let (Some(room), Some(rank)) = (room, rank)
                && ranks.insert(room.to_owned(), rank).is_some()
            {
                return Err(format!("named twice: {line}"));
            }
        }
        if ranks.is_empty() {
            return Err("no floor plan".to_owned());
        }
        Ok(Self { ranks })
    }
}

// --- what is wrong with a source ------------------------------------------------------------------------

struct Offence {
    path: String,
    line: usize,
    what: String,
}

impl fmt::Display for Offence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

fn offences(plan: &Plan, source: &Source) -> Vec<Offence> {
    let scan = scan(source);
    let room = source.room();
    let arrows = scan.arrows.iter().filter_map(|arrow| {
        let what = arrow_offence(plan, room, &arrow.to)?;
        Some((arrow.line, what))
    });
    let crates = scan.idents.iter().filter_map(|(line, ident)| {
        let (name, homes) = CRATES.iter().find(|(name, _)| name == ident)?;
        let allowed = || homes.join(" and ");
        (!homes.contains(&room)).then(|| {
            (
                *line,
                format!(
                    "{room} names the crate {name}, which lives in {} alone",
                    allowed()
                ),
            )
        })
    });
    let tricks = scan.tricks.iter().cloned();
    let all = arrows.chain(crates).chain(tricks);
    all.map(|(line, what)| Offence {
        path: source.path.clone(),
        line,
        what,
    })
    .collect()
}

fn arrow_offence(plan: &Plan, from: &str, to: &str) -> Option<String> {
    if from == to || from == "lib" {
        return None;
    }
    let Some(to_rank) = plan.ranks.get(to) else {
        return Some(format!(
            "{from} -> {to}: {to} is no room of the floor plan in src/lib.rs"
        ));
    };
    let top = u32::MAX;
    let from_rank = match from {
        "main" => &top,
        _ => match plan.ranks.get(from) {
            Some(rank) => rank,
            None => return Some(format!("{from} is no room of the floor plan in src/lib.rs")),
        },
    };
    let is_closed = CLOSED
        .iter()
        .any(|(room, shut)| *room == from && shut.contains(&to));
    if to_rank >= from_rank {
        let rule = if to_rank == from_rank {
            "siblings do not import each other"
        } else {
            "a room imports only rooms of lower rank"
        };
        return Some(format!(
            "{from} (rank {from_rank}) -> {to} (rank {to_rank}): {rule}"
        ));
    }
    is_closed.then(|| format!("{from} -> {to}: {from} does not import {to}"))
}

// --- files -----------------------------------------------------------------------------------------------------

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn lib_rs() -> String {
    std::fs::read_to_string(root().join("src/lib.rs")).unwrap()
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join("src"), &mut found);
    assert!(found.len() > 20, "only {} sources found", found.len());
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let inner = path.strip_prefix(root()).unwrap();
            let inner = inner.to_string_lossy().replace('\\', "/");
            found.push(Source::new(
                &inner,
                &std::fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}

fn lines<T: fmt::Display>(items: &[T]) -> String {
    let lines: Vec<String> = items.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
