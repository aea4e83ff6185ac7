//! Access: where the terminal's cursor stands, how keys are named, and the screen in words.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod world;

use imr::app::keymap::{Keymap, words};
use imr::model::text::fold;
use imr::ui::{self, Look, linear};
use ratatui::{Terminal, backend::TestBackend};
use world::{World, lines};

/// Keys that lead to a screen; what the cursor's row says from the cursor on, or before it where
/// text is typed (marked by `|` at its end); and what the focus is called in words.
const SCREENS: &[(&str, &str, &str)] = &[
    ("", "▸ 2 d overdue CM14-0012345", "list of cases, 1 of"),
    ("jj", "▸", "list of cases, 3 of"),
    ("/cerv", "filter cerv|", "filter, a text field: \"cerv\""),
    (
        "/zzzz<enter>",
        "No case in the view \"My open\" passes zzzz",
        "list of cases, empty",
    ),
    ("v", "▸ 1 My open", "choice 1 of 7"),
    ("s", "▸ 1 due", "choice 1 of 8"),
    ("v7", "▸", "list of cases, 1 of"),
    ("x", "▸ Close as", "question 1 of 2, Close as"),
    (
        "x<tab>why",
        "why|",
        "question 2 of 2, Reason, a text field: \"why\"",
    ),
    ("<enter>1", "", "page Summary, from line 1"),
    ("<enter>2jj", "▸", "list of findings, finding 3 of"),
    ("<enter>2a12/2/25", "12/2/25|", "question 1 of 3, Date"),
    ("<enter>3", "Cited", "item 1 of 1"),
    ("j<enter>3nn", "Cited", "item 3 of"),
    (
        "<enter>3eHere",
        "Here|",
        "rationale of item 1, a text, paragraph 1: \"Here\"",
    ),
    ("<enter>3N", "▸ Rank", "question 1 of 2, Rank"),
    ("<enter>3cneck", "/ neck|", "search, a text field: \"neck\""),
    ("<ctrl-g>", "", "search, a text field, empty"),
    ("<enter>4", "", "record 1 of 3, page 1 of"),
    ("jj<enter>4", "No records are listed.", "no record"),
    ("<enter>5", "", "page Determination"),
    ("<enter>3U6", "01/15/2026", "page History"),
    (
        "<enter>3S",
        "Not ready to sign",
        "the text of this dialogue",
    ),
    (
        "<enter>3Uc<enter>eBecause.<esc>S",
        "▸ [ ]",
        "question 1 of 5, statement, not agreed to",
    ),
    (
        "<enter>3Uc<enter>eBecause.<esc>S<space><tab><space><tab><space><tab><space><tab>sig",
        "sig|",
        "question 5 of 5",
    ),
    ("<enter>3?", "Here", "page, from line 1"),
    ("<enter>3Um", "01/15/2026", "page, from line 1"),
    (
        "<enter>3:rec",
        ": rec|",
        "name of a command, a text field: \"rec\"",
    ),
];

/// The screen, and the cursor where it is shown.
fn draw(world: &World) -> (Vec<String>, Option<(u16, u16)>) {
    let (cols, rows) = world.model.size;
    let mut terminal = Terminal::new(TestBackend::new(cols, rows)).unwrap();
    let look = Look::builtin("mono");
    terminal
        .draw(|frame| ui::draw(&world.model, &look, frame))
        .unwrap();
    let at = terminal.get_cursor_position().unwrap();
    let is_shown = format!("{:?}", terminal.backend()).contains("cursor: true");
    (
        lines(terminal.backend().buffer()),
        is_shown.then_some((at.x, at.y)),
    )
}

#[test]
fn the_cursor_sits_on_what_has_the_focus() {
    let mut wrong = Vec::new();
    for size in [(80, 24), (120, 40), (200, 60)] {
        for (keys, expected, _) in SCREENS {
            let mut world = World::new(size);
            world.keys(keys);
            let (screen, cursor) = draw(&world);
            let Some((x, y)) = cursor else {
                panic!("no cursor after {keys:?}:\n{}", screen.join("\n"));
            };
            let row: Vec<char> = screen[usize::from(y)].chars().collect();
            let (before, after) = row.split_at(usize::from(x).min(row.len()));
            let (before, after): (String, String) =
                (before.iter().collect(), after.iter().collect());
            let is_there = match expected.strip_suffix('|') {
                Some(typed) => before.ends_with(typed),
                None => {
                    let margin = before.chars().count().saturating_sub(2);
                    let near: String = before.chars().skip(margin).chain(after.chars()).collect();
                    fold(&after).starts_with(expected) || fold(&near).starts_with(expected)
                }
            };
            if !is_there {
                wrong.push(format!(
                    "{size:?} after {keys:?}: {before:?} cursor {after:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `Ctrl-g`, `PageDown`, `Space`: no signs for keys, which are read aloud as noise.
#[test]
fn keys_are_named_in_words() {
    for binding in Keymap::default().bindings() {
        let said = words(&binding.keys);
        assert!(said.is_ascii() && !said.contains('^'), "{said}");
        for key in said.split(' ').filter(|key| key.len() > 1) {
            let last = key.rsplit('-').next().unwrap();
            assert!(
                last.len() <= 1 || last.starts_with(|c: char| c.is_ascii_uppercase()),
                "{key}"
            );
        }
    }
}

/// Nothing turns, and nothing is drawn in dots that are read aloud one by one.
#[test]
fn nothing_spins() {
    for (keys, ..) in SCREENS {
        let mut world = World::new((120, 40));
        world.keys(keys);
        let is_noise = |c: char| ('\u{2800}'..='\u{28ff}').contains(&c) || "◐◓◑◒⠋⏎⇥".contains(c);
        assert!(!world.screen().contains(is_noise), "{keys}");
    }
}

#[test]
fn every_screen_reads_in_words() {
    for (keys, _, focus) in SCREENS {
        let mut world = World::new((80, 24));
        world.keys(keys);
        let said = linear::lines(&world.model);
        let text = said.join("\n");
        assert!(said[1].starts_with("Focus: "), "{keys}:\n{text}");
        assert!(said[1].contains(focus), "{keys}: {:?}", said[1]);
        assert!(!said[0].is_empty() && !said[0].starts_with("Focus"));
        assert!(
            said.last().unwrap().starts_with("Keys: "),
            "{keys}:\n{text}"
        );
        let is_drawn = |c: char| ('\u{2500}'..='\u{28ff}').contains(&c);
        assert!(!text.contains(is_drawn), "{keys}:\n{text}");
        let is_neat = |line: &String| line.trim() == line && !line.contains("  ");
        assert!(said.iter().all(is_neat), "{keys}:\n{text}");
    }
}

#[test]
fn what_is_selected_and_decided_is_said() {
    let said = |keys: &str| {
        let mut world = World::new((80, 24));
        world.keys(keys);
        linear::lines(&world.model).join("\n")
    };
    let queue = said("j");
    let row = queue
        .lines()
        .find(|line| line.starts_with("Selected."))
        .unwrap();
    assert!(
        row.contains("Case: CM16-0244021.") && row.contains("Priority: "),
        "{row}"
    );
    assert_eq!(queue.matches("Selected.").count(), 1);
    let item = said("<enter>3U");
    assert!(
        item.contains("Decision: Upheld = not medically necessary."),
        "{item}"
    );
    assert!(said("<enter>3").contains("Decision: undecided."));
    let choice = said("x<right>");
    assert!(choice.contains("chosen"), "{choice}");
    let sign = said("<enter>3Uc<enter>eBecause.<esc>S<space>");
    assert!(sign.contains("statement, agreed to"), "{sign}");
    assert!(sign.contains("statement, not agreed to"), "{sign}");
    assert!(sign.contains("Upheld = not medically necessary"), "{sign}");
    let letter = said("<enter>5");
    assert!(
        letter.contains("Missing before it can be signed:"),
        "{letter}"
    );
    let picked = said("<enter>3cneck");
    assert!(picked.contains("Selected. Citation 1: "), "{picked}");
    let notice = said("<enter>3U");
    assert!(notice.contains("Message: "), "{notice}");
}

/// A published answer stays hidden here as on the screen.
#[test]
fn what_is_hidden_on_the_screen_is_hidden_in_words() {
    let mut world = World::new((80, 24));
    world.keys("v7Gk<enter>3");
    let before = linear::lines(&world.model).join("\n");
    assert!(
        !before.contains("Published:") && !before.contains("They wrote"),
        "{before}"
    );
    world.keys("U");
    let after = linear::lines(&world.model).join("\n");
    assert!(after.contains("Published:"), "{after}");
}
