//! Every screen by key string: what it says, and how each part looks, against a file that a
//! person can read. `IMR_BLESS=1 cargo test --test screens` writes the files anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod world;

use imr::ui::Look;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use std::path::PathBuf;
use world::{World, lines};

/// Milliseconds that the keys rest before one looks: shorter than it takes to save.
const REST: i64 = 200;
const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);
const DESK: (u16, u16) = (200, 60);
const SMALLEST: (u16, u16) = (60, 16);
/// Milliseconds after which the box of a sequence is shown.
const LONG_REST: i64 = 600;

/// Name of the golden, keys that lead there.
const SCREENS: &[(&str, &str)] = &[
    ("queue", ""),
    ("queue-down", "jj"),
    ("queue-filter", "/cerv"),
    ("queue-filter-none", "/zzzz<enter>"),
    ("queue-all", "v7"),
    ("queue-close", "x<right>"),
    ("queue-views", "v"),
    ("queue-sorts", "s2s"),
    ("queue-filter-fields", "/sex:m -knee due:<lt>9d<enter>"),
    ("queue-filter-wrong", "/sex:m stat:new"),
    ("queue-filter-elsewhere", "/state:signed<enter>"),
    ("queue-marked", "<space>j<space>12"),
    ("queue-snooze", "<space>j<space>z3d"),
    ("queue-snoozed", "jz3d<enter>v3"),
    ("summary", "<enter>1"),
    ("summary-no-start", "G<enter>"),
    ("dates", "G<enter>d1/5/2026<tab>12/20/2025"),
    (
        "summary-clocks",
        "G<enter>d1/5/2026<tab>12/20/2025<tab><right><tab><tab><tab><right><tab>2<tab>1/12/2026<enter>",
    ),
    (
        "summary-conflict",
        "<enter>1gy<right><right><tab>Acme Indemnity, Inc.<enter>",
    ),
    (
        "no-conflict",
        "<enter>1gy<right><right><tab>Acme Indemnity, Inc.<enter>ga",
    ),
    ("recuse", "<enter>gr"),
    ("statistics", "gs"),
    ("findings", "<enter>2jj"),
    ("ledger", "<enter>2l"),
    (
        "earlier-texts",
        "<enter>3eThe left knee hurts. It is swollen.<esc>e<f9>The right knee hurts.<esc>gh",
    ),
    ("finding-jump", "<enter>2jjj<enter>"),
    ("finding-add", "<enter>2a12/2/25<tab><space>"),
    ("items", "<enter>3"),
    ("items-many", "j<enter>3nn"),
    (
        "items-decided",
        "<enter>3Oc<enter>codg<enter>eThe surgeon asks for a CT to see the bone.<esc>",
    ),
    (
        "editor",
        "<enter>3eThe MTUS keeps imaging of the neck for red flags and for tissue that has to be seen before an operation.<enter><enter>Here <shift-left><shift-left>",
    ),
    (
        "editor-find",
        "<enter>3eAn MRI was made. No MRI is needed.<ctrl-home><ctrl-f>mri<ctrl-n>",
    ),
    ("editor-insert", "<enter>3cneck special<enter>e<ctrl-t>rad"),
    ("snippets", "<enter>3gtred"),
    ("snippet", "<enter>3gtred<enter>"),
    ("agreement", "v7Gk<enter>3U"),
    ("none-applicable", "<enter>3N<space><tab>searched"),
    ("records", "<enter>4n"),
    ("records-none", "jj<enter>4"),
    ("determination", "<enter>5"),
    ("history", "<enter>3U6"),
    ("picker-lookup", "<ctrl-g>"),
    ("picker", "<enter>3cneck ct"),
    ("picker-passages", "<enter>3<ctrl-g>ct<tab><tab><down>"),
    ("picker-precedents", "<enter>3p"),
    ("picker-quote", "<enter>3p<ctrl-f>"),
    ("picker-case", "<enter>3<ctrl-g>neck<shift-tab>"),
    ("sign-blocked", "<enter>3S"),
    (
        "sign",
        "<enter>3Uc<enter>eBecause.<esc>S<space><tab><space><tab><space><tab><space><tab>sig",
    ),
    ("signed", "v5<enter>5"),
    ("help", "<enter>3?"),
    ("palette", "<enter>3:rec"),
    ("messages", "<enter>3Um"),
    ("sequence", "g"),
];

/// Which of them are drawn without colour and large too.
const SETTINGS: [(&str, (u16, u16), &str); 3] = [
    ("80x24", SMALL, "terminal"),
    ("120x40", LARGE, "terminal"),
    ("80x24-mono", SMALL, "mono"),
];

#[test]
fn screens() {
    let mut wrong = Vec::new();
    for (name, keys) in SCREENS {
        for (setting, size, look) in SETTINGS {
            let mut world = World::new(size);
            world.keys(keys).pass(REST);
            check(&format!("{name}.{setting}"), &world, look, keys, &mut wrong);
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nIMR_BLESS=1 writes them anew",
        wrong.join("\n")
    );
}

#[test]
fn empty_store_and_small_terminal() {
    let mut wrong = Vec::new();
    for (setting, size, look) in SETTINGS {
        let world = World::with(size, vec![]);
        check(&format!("welcome.{setting}"), &world, look, "", &mut wrong);
    }
    let world = World::new((59, 16));
    check("too-small", &world, "terminal", "", &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Screens that need more room, less room, or more patience: name, size, keys.
const OTHERS: &[(&str, (u16, u16), &str)] = &[
    ("desk-queue", DESK, "j"),
    ("desk-case", DESK, "<enter>"),
    ("desk-items", DESK, "j<enter>3Ocneck<enter>n"),
    ("desk-split", DESK, "<lt><lt><enter>>>"),
    ("desk-zoom", DESK, "<enter>3+"),
    ("desk-narrow", (160, 24), "<enter>5"),
    ("zoom", SMALL, "+"),
    ("split", SMALL, "<lt><lt><lt>"),
    ("items-zoom", LARGE, "<enter>3+eWords."),
    ("items-split", LARGE, "<enter>3>>"),
    ("records-zoom", SMALL, "<enter>4+"),
    ("prefix", SMALL, "g"),
    (
        "sign-smallest",
        SMALLEST,
        "<enter>3Uc<enter>eBecause.<esc>S",
    ),
    (
        "sign-smallest-end",
        SMALLEST,
        "<enter>3Uc<enter>eBecause.<esc>S<page-down><tab><tab><tab><tab>",
    ),
    ("items-smallest", SMALLEST, "<enter>3"),
];

#[test]
fn other_sizes() {
    let mut wrong = Vec::new();
    for (name, size, keys) in OTHERS {
        let mut world = World::new(*size);
        world.keys(keys).pass(LONG_REST);
        check(name, &world, "terminal", keys, &mut wrong);
        if MONO.contains(name) {
            let name = format!("{name}.mono");
            check(&name, &world, "mono", keys, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A rationale with an unknown word, an abbreviation and a blank to be filled in.
const MARKED_TEXT: &str = "<enter>3Ucneck special<enter>eThe exam of XXX shows no deficit. There is no record of failed conservative care, and teh FCE was not done.";

/// Screens that show what the checks found: name, keys once the keys have rested.
const MARKED: &[(&str, &str)] = &[
    ("marks", "<esc>"),
    ("marks-editor", "<f7>"),
    ("marks-mend", "<f6><f6><ctrl-o>"),
    ("marks-answer", "<f7><ctrl-o>the date is ille"),
    ("marks-list", "<esc>n"),
    ("outside-mtus", "<esc>xcodg<enter>go<space>"),
    (
        "worksheet",
        "<esc>codg<enter>gw<tab><space><tab>against it<tab>Lee 2003<tab><space>",
    ),
    ("sign-warned", "<esc>SThe date is illegible in the copy."),
];

#[test]
fn marks() {
    let mut wrong = Vec::new();
    for (name, keys) in MARKED {
        for (setting, size, look) in SETTINGS {
            let mut world = World::new(size);
            world.is_checked = true;
            world.keys(MARKED_TEXT).pass(REST);
            world.keys(keys).pass(REST);
            check(&format!("{name}.{setting}"), &world, look, keys, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Which of them are drawn without colour too.
const MONO: [&str; 4] = ["desk-case", "desk-queue", "prefix", "sign-smallest"];

/// Which screens are drawn in the themes that bring their own colours.
const THEMED: [&str; 4] = ["queue", "items-decided", "picker", "sign-blocked"];

#[test]
fn themes() {
    let mut wrong = Vec::new();
    let screens = SCREENS.iter().filter(|(name, _)| THEMED.contains(name));
    for (name, keys) in screens {
        let mut world = World::new(SMALL);
        world.keys(keys);
        for look in ["dark", "light", "high-contrast"] {
            check(
                &format!("{name}.80x24-{look}"),
                &world,
                look,
                keys,
                &mut wrong,
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(name: &str, world: &World, look: &str, keys: &str, wrong: &mut Vec<String>) {
    let (buffer, cursor) = world.draw(&Look::builtin(look));
    let got = print(&buffer, cursor, keys);
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/screens/{name}.txt"));
    if std::env::var_os("IMR_BLESS").is_some() {
        std::fs::write(&path, &got).unwrap();
        return;
    }
    let want = std::fs::read_to_string(&path).unwrap_or_default();
    if want != got {
        let line = got
            .lines()
            .zip(want.lines())
            .position(|(g, w)| g != w)
            .unwrap_or(0);
        let show = |text: &str| text.lines().nth(line).unwrap_or("").to_owned();
        wrong.push(format!(
            "{name}, line {}:\n  is   {}\n  was  {}",
            line + 1,
            show(&got),
            show(&want)
        ));
    }
}

/// The keys, the screen in a frame, the cursor, and the runs of cells that are not plain.
fn print(buffer: &Buffer, cursor: (u16, u16), keys: &str) -> String {
    let width = usize::from(buffer.area.width);
    let mut out = format!("keys: {keys}\n+{}+\n", "-".repeat(width));
    for line in lines(buffer) {
        let pad = width.saturating_sub(unicode_width::UnicodeWidthStr::width(line.as_str()));
        writeln!(out, "|{line}{}|", " ".repeat(pad)).unwrap();
    }
    writeln!(out, "+{}+", "-".repeat(width)).unwrap();
    writeln!(out, "cursor: {},{}", cursor.1, cursor.0).unwrap();
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let style = words(&buffer[(x, y)]);
            let start = x;
            while x < buffer.area.width && words(&buffer[(x, y)]) == style {
                x += 1;
            }
            if !style.is_empty() {
                writeln!(out, "{y},{start}-{} {style}", x - 1).unwrap();
            }
        }
    }
    out
}

fn words(cell: &Cell) -> String {
    let mut out = Vec::new();
    if cell.fg != Color::Reset {
        out.push(cell.fg.to_string().to_lowercase());
    }
    if cell.bg != Color::Reset {
        out.push(format!("on {}", cell.bg.to_string().to_lowercase()));
    }
    for (modifier, word) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underline"),
        (Modifier::REVERSED, "reverse"),
    ] {
        if cell.modifier.contains(modifier) {
            out.push(word.to_owned());
        }
    }
    out.join(" ")
}
