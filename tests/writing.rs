//! Writing a rationale, by keys: search, selection, what is inserted, and the reviewer's own editor
//! seen from within.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod world;

use imr::app::{Effect, Event};
use imr::model::refusals::Refusals;
use world::World;

fn writing(text: &str) -> World {
    let mut w = World::new((80, 24));
    w.keys("<enter>3e");
    w.event(Event::Paste(text.into()));
    w
}

fn text(w: &World) -> &str {
    w.model.open.as_ref().unwrap().editors[0].text()
}

fn selected(w: &World) -> &str {
    w.model.open.as_ref().unwrap().editors[0].selected()
}

fn cursor(w: &World) -> usize {
    w.model.open.as_ref().unwrap().editors[0].cursor()
}

#[test]
fn search_finds_as_it_is_typed_forward_backward_and_again() {
    let mut w = writing("MRI of the neck. No MRI of the arm. An mri later.");
    w.keys("<ctrl-home><ctrl-f>mri");
    assert!(w.sees("Find: mri"));
    assert_eq!((selected(&w), cursor(&w)), ("MRI", 3));
    w.keys("<ctrl-n>");
    assert_eq!(cursor(&w), 23);
    w.keys("<f3><ctrl-p><enter>");
    // Not selected any more: the next letter would take its place.
    assert_eq!((selected(&w), cursor(&w)), ("", 23));
    // From the editor, without the line; round the end.
    w.keys("<ctrl-n><ctrl-n>");
    assert_eq!(cursor(&w), 3);
    // Leaving leads back, and what is not there is said.
    w.keys("<ctrl-f>arm");
    assert_eq!(selected(&w), "arm");
    w.keys("x");
    assert!(w.sees("not there"));
    assert_eq!((selected(&w), cursor(&w)), ("", 3));
    w.keys("<backspace>");
    assert_eq!(selected(&w), "arm");
    w.keys("<esc>");
    assert_eq!((selected(&w), cursor(&w)), ("", 3));
    w.keys("x");
    assert!(text(&w).starts_with("MRIx of"), "keys type again");
}

#[test]
fn nothing_to_search_for_is_said() {
    let mut w = writing("Words.");
    w.keys("<ctrl-n>");
    assert!(w.sees("nothing was searched for yet"));
}

#[test]
fn selection_goes_by_word_line_paragraph_and_text() {
    let table = [
        ("<ctrl-shift-right>", " two"),
        ("<ctrl-shift-left>", "one"),
        ("<shift-home>", "one"),
        ("<shift-end>", " two three"),
        ("<ctrl-shift-down>", " two three\n"),
        ("<ctrl-shift-up>", "one"),
        ("<ctrl-shift-end>", " two three\nfour"),
        ("<ctrl-shift-home>", "one"),
        ("<shift-page-down>", " two three\nfou"),
        ("<shift-page-up>", "one"),
    ];
    for (keys, expected) in table {
        let mut w = writing("one two three\nfour");
        w.keys("<ctrl-home><ctrl-right>").keys(keys);
        assert_eq!(selected(&w), expected, "{keys}");
    }
    let mut w = writing("one two");
    w.keys("<ctrl-shift-left><ctrl-x><ctrl-home><ctrl-v> ");
    assert_eq!(text(&w), "two one ");
}

#[test]
fn citations_and_findings_are_inserted_at_the_cursor() {
    let mut w = World::new((80, 24));
    w.keys("<enter>3cneck special<enter>e<ctrl-t>");
    assert!(w.sees("Insert a citation or finding") && w.sees("cited"));
    let open = w.model.open.as_ref().unwrap();
    let label = open.file.draft.items[0].citations[0].label();
    let finding = open.file.case.findings[0].text.clone();
    w.keys("<enter>, and<ctrl-t>");
    assert!(text(&w).starts_with(&label));
    let word = finding.split(' ').next().unwrap();
    w.keys(word).keys("<enter>");
    let written = text(&w).to_owned();
    assert!(written.starts_with(&format!("{label}, and ")), "{written}");
    assert!(written.contains(finding.trim_end_matches('.')), "{written}");
    w.keys("<ctrl-t>zzzzzz<enter>");
    assert!(w.sees("Nothing fits these letters."));
    w.keys("<esc><ctrl-u>");
    assert_eq!(text(&w), format!("{label}, and"), "one step");
}

fn handed_out(w: &World) -> String {
    let handed = w.effects.iter().rev().find_map(|effect| match effect {
        Effect::EditOutside { text, .. } => Some(text.clone()),
        _ => None,
    });
    handed.unwrap()
}

fn comes_back(w: &mut World, base: &str, result: Result<&str, &str>) {
    let case = w.model.open.as_ref().unwrap().id().clone();
    w.event(Event::Edited {
        case,
        item: 0,
        base: base.into(),
        result: result.map(str::to_owned).map_err(str::to_owned),
    });
}

#[test]
fn f39_what_the_own_editor_made_is_one_step_and_saved_at_once() {
    let mut w = writing("First words.");
    w.keys("<esc>E");
    assert_eq!(handed_out(&w), "First words.");
    let draft = |w: &World| w.case("CM14-0012345").draft.items[0].rationale.clone();
    assert_eq!(
        draft(&w),
        "First words.",
        "saved before the terminal is lent"
    );
    comes_back(&mut w, "First words.", Err("vi ended with code 1."));
    assert!(w.sees("vi ended with code 1."));
    assert_eq!(text(&w), "First words.");
    comes_back(&mut w, "First words.", Ok("Other\u{7} words.\r\nMore."));
    assert_eq!(draft(&w), "Other<U+0007> words.\nMore.");
    assert!(w.sees("Taken from the editor: 3 words."));
    w.keys("e<ctrl-u>");
    assert_eq!(text(&w), "First words.");
}

#[test]
fn f39_words_of_another_session_stay_beside_those_of_the_editor() {
    let mut w = writing("Mine.");
    w.keys("<esc>E");
    comes_back(
        &mut w,
        "Something else was handed out.",
        Ok("From the editor."),
    );
    assert_eq!(text(&w), "Mine.\n\nFrom the editor.");
}

/// What came in one read with `E`, and behind it, was meant for the editor: on a slow line it must
/// neither decide an item nor write into a text that is out.
#[test]
fn f39_keys_behind_the_one_that_lends_the_terminal_do_nothing() {
    let mut w = writing("First words.");
    w.keys("<esc>");
    let before = w.changes.len();
    w.batch("EO");
    w.event(Event::Paste("pasted".into()));
    w.batch("eabc<f8>q");
    comes_back(&mut w, "First words.", Ok("First words."));
    assert!(w.sees("The editor changed nothing."), "{}", w.screen());
    assert_eq!((text(&w), w.changes.len()), ("First words.", before));
    assert!(
        w.model.open.as_ref().unwrap().file.draft.items[0]
            .decision
            .is_none()
    );
    w.keys("eMore.<esc>");
    assert!(text(&w).contains("More."), "and keys are heard again");
}

#[test]
fn f39_an_editor_that_changed_nothing_adds_nothing_to_words_of_another_session() {
    let mut w = writing("Mine.");
    w.keys("<esc>E");
    comes_back(&mut w, "Before.\nMore.", Ok("Before.\r\nMore."));
    assert_eq!(text(&w), "Mine.");
    assert!(w.sees("The editor changed nothing."));
}

#[test]
fn f39_a_text_that_is_cut_is_told() {
    let mut w = writing("Mine.");
    w.keys("<esc>E");
    comes_back(&mut w, "Mine.", Ok(&"\u{1b}".repeat(60_000)));
    assert!(
        w.sees("Cut: only the first 256 KiB were taken. Check the end."),
        "{}",
        w.screen()
    );
}

#[test]
fn t_30_copies_go_to_the_terminal_only_where_enabled_and_not_when_long() {
    let clips = |w: &World| {
        w.effects
            .iter()
            .filter(|e| matches!(e, Effect::Clip(_)))
            .count()
    };
    let mut w = writing("Words.");
    w.keys("<f9><ctrl-c>");
    assert_eq!(clips(&w), 0);
    w.model.clips = true;
    w.keys("<f9><ctrl-c><f9><ctrl-x>");
    assert_eq!(clips(&w), 2);
    w.event(Event::Paste("x".repeat(65_537)));
    w.keys("<f9><ctrl-c>");
    assert!(w.sees("Too long for the terminal's clipboard"));
    assert_eq!(clips(&w), 2);
}

/// C-10, in small: any keys in and around the rationale, locked and opened on the way; nothing
/// panics, everything draws, and what stands in the editor is what was saved.
#[test]
fn c10_any_keys_around_the_rationale() {
    const KEYS: [&str; 44] = [
        "a",
        " ",
        "é",
        ".",
        "<enter>",
        "<backspace>",
        "<delete>",
        "<left>",
        "<right>",
        "<up>",
        "<down>",
        "<home>",
        "<end>",
        "<ctrl-left>",
        "<ctrl-right>",
        "<shift-left>",
        "<shift-down>",
        "<ctrl-shift-left>",
        "<ctrl-shift-end>",
        "<shift-page-up>",
        "<ctrl-w>",
        "<ctrl-k>",
        "<ctrl-x>",
        "<ctrl-c>",
        "<ctrl-v>",
        "<ctrl-u>",
        "<ctrl-r>",
        "<ctrl-f>",
        "<ctrl-n>",
        "<ctrl-p>",
        "<ctrl-t>",
        "<ctrl-g>",
        "<ctrl-y>",
        "<f9>",
        "<f8>",
        "<esc>",
        "e",
        "E",
        "u",
        "n",
        "<tab>",
        "<f1>",
        "3",
        "<page-down>",
    ];
    let mut seed = 7_u64;
    let mut random = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(seed >> 33).unwrap() % limit
    };
    let mut w = writing("The neck.");
    w.model.guard("hash".to_owned(), None, Refusals::default());
    w.event(Event::Unlocked(true));
    for round in 0..4000 {
        w.keys(KEYS[random(KEYS.len())]);
        if matches!(w.effects.last(), Some(Effect::EditOutside { .. })) {
            let base = handed_out(&w);
            w.effects.clear();
            comes_back(&mut w, &base, Ok(&format!("{base}!")));
        }
        if w.model.lock.is_locked() {
            assert!(!w.sees("neck"));
            w.event(Event::Unlocked(random(3) > 0));
        }
        if round % 50 == 0 {
            w.screen();
            w.pass(5000);
        }
        let Some(open) = w.model.open.as_ref().filter(|_| round % 50 == 0) else {
            continue;
        };
        let id = open.id().as_str().to_owned();
        for (item, editor) in open.editors.iter().enumerate() {
            let saved = &w.case(&id).draft.items[item].rationale;
            assert_eq!(saved, editor.text(), "round {round}");
        }
    }
    assert!(
        w.changes.len() > 20,
        "something was written: {}",
        w.changes.len()
    );
}
