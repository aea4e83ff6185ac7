//! Journeys of a reviewer, by keys. They look only at the screen and at the changes handed over.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod world;

use imr::app::{Effect, Event};
use imr::model::*;
use std::collections::BTreeSet;
use world::World;
use world::fuzz::{next, random_keys};

const SMALL: (u16, u16) = (80, 24);

fn seals(world: &World) -> usize {
    world
        .effects
        .iter()
        .filter(|e| matches!(e, Effect::Seal { .. }))
        .count()
}

/// The keys from the sign dialogue's first question to its confirmation.
const ATTEST: &str = "<space><tab><space><tab><space><tab><space><tab>";

#[test]
fn from_the_queue_to_a_signature() {
    let mut w = World::new(SMALL);
    assert!(w.sees("▸  2 d overdue"));
    w.keys("<enter>3");
    assert!(w.sees("undecided"), "nothing is preselected");
    w.keys("U");
    assert!(w.sees("Upheld: UR's denial stands, NOT medically necessary"));
    w.keys("cneck special<enter>");
    assert!(w.sees("Cited on item 1"));
    w.keys("eNo red flag is described.<esc>");
    assert!(w.sees("saved"));
    w.keys("S");
    assert!(
        w.sees("Upheld = not medically necessary"),
        "what is signed is shown again"
    );
    w.keys(ATTEST).keys("<enter>");
    assert_eq!(seals(&w), 0, "the word was not typed");
    w.keys("sign<enter>");
    assert_eq!(seals(&w), 1);
    assert!(w.sees("CM14-0012345 is signed; next is CM16-0244021."));
    assert!(
        w.sees("imr · CM16-0244021"),
        "the next open case is on the screen"
    );
    assert_eq!(w.case("CM14-0012345").stage, Stage::Signed);
    let draft = &w.case("CM14-0012345").draft.items[0];
    assert_eq!(draft.rationale, "No red flag is described.");
    assert_eq!(draft.citations.len(), 1);
}

#[test]
fn what_blocks_is_told_and_led_to() {
    let mut w = World::new(SMALL);
    w.keys("<enter>S");
    assert!(w.sees("Item 1: no decision, no rationale, no citation"));
    assert!(
        !w.sees("[ ]"),
        "nothing is attested before there is something to sign"
    );
    w.keys("<space><down><enter>");
    assert!(w.sees("Item 1 is not decided"));
    assert!(w.sees("1 of 1  CT cervical spine"));
    w.keys("U5");
    assert!(w.sees("Item 1: no rationale, no citation"));
    w.keys("n<enter>");
    assert!(w.sees("has no rationale"));
}

#[test]
fn many_items_are_signed_with_every_one_in_reach() {
    let mut file = world::cases::cervical();
    let words = "physical therapy visits for the cervical spine, twice weekly, ";
    let long = Item {
        request: words.repeat(7).trim_end_matches(", ").to_owned(),
        ..file.case.items[0].clone()
    };
    file.case.items = vec![long; 10];
    file.draft = Draft::empty(10);
    for draft in &mut file.draft.items {
        draft.decision = Some(Decision::Overturned);
        draft.first_decision = draft.decision;
        draft.citations = vec![world::cases::shelf()[0].citation.clone()];
        draft.rationale = "Because.".to_owned();
    }
    let mut w = World::with(SMALL, vec![file]);
    w.keys("<enter>S");
    assert!(w.sees("Type the word sign, then Enter"), "{}", w.screen());
    assert!(w.sees("Overturned = medically necessary"));
    assert!(w.sees("below (PageDown)"), "{}", w.screen());
    assert!(!w.sees("10  Overturned"), "{}", w.screen());
    w.keys(&"<page-down>".repeat(20));
    assert!(w.sees("10  Overturned"), "{}", w.screen());
    assert!(!w.sees("below (PageDown)"));
    w.keys(ATTEST).keys("sign<enter>");
    assert_eq!(seals(&w), 1);
}

#[test]
fn a_reference_is_written_where_the_cursor_is() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3eUR relies on<ctrl-g>odg gym<ctrl-y>.<esc>");
    let text = &w.case("CM14-0012345").draft.items[0].rationale;
    assert_eq!(
        text,
        "UR relies on Official Disability Guidelines (ODG), Low Back Chapter, Gym memberships."
    );
    assert!(
        w.case("CM14-0012345").draft.items[0].citations.is_empty(),
        "named, not cited"
    );
    w.keys("c<ctrl-y>");
    assert!(
        w.sees("Write reference: no rationale is being written"),
        "{}",
        w.screen()
    );
}

#[test]
fn agreement_is_told_at_once_and_kept_in_the_history() {
    let mut w = World::new(SMALL);
    w.keys("jjj<enter>3O");
    assert!(
        w.sees("Item 1: Overturned = nec.; published: Upheld = not nec., you differ."),
        "{}",
        w.screen()
    );
    w.keys("6");
    assert!(
        w.sees("published Upheld = not medically necessary, you differ"),
        "{}",
        w.screen()
    );
}

#[test]
fn what_is_next_comes_first_in_the_hints() {
    let mut w = World::new(SMALL);
    let first = |w: &World| w.screen().lines().last().unwrap_or_default().to_owned();
    w.keys("G<enter>");
    assert!(
        first(&w).starts_with(" d records complete"),
        "{}",
        first(&w)
    );
    w.keys("qgg<enter>3");
    assert!(first(&w).starts_with(" U upheld"), "{}", first(&w));
    w.keys("U");
    assert!(first(&w).starts_with(" c cite"), "{}", first(&w));
    w.keys("c<enter>");
    assert!(first(&w).starts_with(" e edit"), "{}", first(&w));
    w.keys("eBecause.<esc>");
    assert!(first(&w).starts_with(" S sign"), "{}", first(&w));
    w.keys("u");
}

#[test]
fn a_key_of_another_tab_says_where_it_works() {
    let mut w = World::new(SMALL);
    w.keys("U");
    assert!(
        w.sees("U works on the Items tab of a case."),
        "{}",
        w.screen()
    );
    w.keys("gw");
    assert!(w.sees("g w works on the Items tab"), "{}", w.screen());
    w.keys("<enter>1O");
    assert!(w.sees("O works on the Items tab"));
    assert!(w.changes.is_empty());
}

#[test]
fn what_was_decided_is_read_whole_in_80_columns() {
    for (key, said) in [
        ("U", "UR's denial stands, NOT medically necessary."),
        ("O", "UR's denial falls, MEDICALLY NECESSARY."),
    ] {
        let mut w = World::new(SMALL);
        w.keys("<enter>3").keys(key);
        assert!(w.sees(said), "{}", w.screen());
        assert!(!w.sees("m reads it again"), "{}", w.screen());
    }
}

#[test]
fn an_amendment_can_be_dropped() {
    let mut w = World::new(SMALL);
    w.keys("v5<enter>3gA");
    assert!(w.sees("no amendment is under way"), "{}", w.screen());
    w.keys("AA wrong date.<enter>");
    w.keys("3eOther words altogether. <esc>gA<enter>");
    assert!(w.sees("Choose with the arrow keys."), "{}", w.screen());
    w.keys("<right><enter>3");
    assert!(
        !w.sees("Other words altogether"),
        "what was signed stands: {}",
        w.screen()
    );
    let last = w.changes.last().map(|(_, change)| change);
    assert!(matches!(last, Some(Change::AmendmentDropped)), "{last:?}");
    w.pass(5_000);
    w.keys("U");
    assert!(w.sees("Uphold: the case is signed or closed"));
}

#[test]
fn a_long_record_is_read_on_and_turned_to() {
    let mut file = world::cases::cervical();
    file.case.records[0].pages = (1..=40)
        .map(|n| format!("page number {n}\n").repeat(30))
        .collect();
    let mut w = World::with(SMALL, vec![file]);
    w.keys("<enter>4");
    let mut pages = 0;
    while !w.sees("page 2 of 40") {
        w.keys("<page-down>");
        pages += 1;
        assert!(pages < 10, "{}", w.screen());
    }
    w.keys("<page-up>");
    assert!(
        w.sees("page 1 of 40") && !w.sees("more lines"),
        "at the end of the page before"
    );
    w.keys("t37<enter>");
    assert!(
        w.sees("page 37 of 40") && w.sees("page number 37"),
        "{}",
        w.screen()
    );
    w.keys("t41<enter>");
    assert!(w.sees("Type a number from 1 to 40."), "{}", w.screen());
}

#[test]
fn a_signed_letter_keeps_its_day() {
    let mut w = World::new(SMALL);
    w.keys("v5<enter>5");
    assert!(w.sees("Decision Date: 01/10/2026"), "{}", w.screen());
}

#[test]
fn a_long_name_leaves_the_title_alone() {
    let mut w = World::new(SMALL);
    w.model.reviewer.name =
        "Dr. Mária Guadalupe Fernández-Villalobos of the Northern District".to_owned();
    assert!(w.sees("imr · Queue "), "{}", w.screen());
    assert!(w.sees("5 open · 1 overdue · 1 expedited"), "{}", w.screen());
}

#[test]
fn the_queue_previews_every_item() {
    let mut w = World::new(SMALL);
    w.keys("j<enter>3Uq");
    let screen = w.screen();
    let line = |n: &str| {
        screen
            .lines()
            .find(|l| l.trim_start().starts_with(n))
            .unwrap_or("")
            .to_owned()
    };
    assert!(
        line("1  Lumbar epidural").contains("UR denied     Upheld"),
        "{screen}"
    );
    assert!(
        line("3  six months").contains("UR modified   undecided"),
        "{screen}"
    );
}

#[test]
fn the_letter_is_wrapped_once() {
    for cols in [80, 120, 200] {
        let mut w = World::new((cols, 60));
        w.keys("<enter>5");
        let screen = w.screen();
        let words = |line: &str| line.split_whitespace().count();
        let start = screen
            .lines()
            .position(|l| l.contains("gave the complete case file"));
        let lines: Vec<&str> = screen.lines().skip(start.unwrap_or(0)).take(6).collect();
        assert!(
            lines.iter().all(|line| words(line) > 5),
            "{}",
            lines.join("\n")
        );
    }
}

#[test]
fn the_published_decision_shows_after_ones_own() {
    let mut w = World::new(SMALL);
    w.keys("jjj<enter>3");
    assert!(!w.sees("Published"), "{}", w.screen());
    w.keys("5");
    assert!(!w.sees("A published reason"));
    w.keys("3U");
    assert!(
        w.sees("Published  Upheld = not medically necessary, you agree"),
        "{}",
        w.screen()
    );
    w.event(Event::Resize {
        cols: 120,
        rows: 40,
    });
    assert!(w.sees("A published reason"), "{}", w.screen());
    w.event(Event::Resize { cols: 80, rows: 24 });
    w.keys("O");
    assert!(w.sees("(after reveal)"));
    assert!(
        w.sees("Published  Upheld = not medically necessary; your first decision agreed"),
        "agreement counts the first decision"
    );
}

#[test]
fn a_decision_and_a_citation_are_taken_back() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3Oc<enter>u");
    assert!(w.sees("nothing; c cites"));
    w.keys("u");
    assert!(w.sees("undecided"));
    w.keys("u");
    assert!(w.sees("nothing to take back"));
    let kinds: Vec<&Change> = w.changes.iter().map(|(_, c)| c).collect();
    assert!(matches!(kinds.last(), Some(Change::Undecided { item: 0 })));
}

#[test]
fn typing_is_saved_within_the_bound() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3eabc");
    assert_eq!(w.changes.len(), 0);
    w.pass(300);
    w.keys("d");
    w.pass(99);
    assert_eq!(
        w.changes.len(),
        0,
        "400 ms after the first unsaved key, not before"
    );
    w.pass(1);
    assert_eq!(written(&w), Some("abcd".to_owned()));
    w.keys(&"x".repeat(150));
    assert_eq!(
        written(&w),
        Some(format!("abcd{}", "x".repeat(150))),
        "150 keys are enough"
    );
    w.keys("y");
    w.event(Event::HangUp);
    assert!(written(&w).unwrap().ends_with("xy"), "a hang-up saves");
    assert!(matches!(w.effects.last(), Some(Effect::Quit)));
}

fn written(w: &World) -> Option<String> {
    w.changes.iter().rev().find_map(|(_, c)| match c {
        Change::Written { text, .. } => Some(text.clone()),
        _ => None,
    })
}

#[test]
fn no_way_out_of_the_editor_loses_a_word() {
    for way in [
        "<esc>", "<ctrl-g>", "<esc>6", "<esc>q", "<ctrl-z>", "<esc>S",
    ] {
        let mut w = World::new(SMALL);
        w.keys("<enter>3ewords").keys(way);
        w.pass(400);
        assert_eq!(written(&w), Some("words".to_owned()), "{way}");
    }
}

#[test]
fn a_refused_save_keeps_the_words_and_says_so() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3e");
    w.refuse = Some("the disk is full".to_owned());
    w.keys("precious<esc>");
    assert!(w.sees("! Not saved: the disk is full"), "{}", w.screen());
    assert!(w.sees("NOT SAVED"));
    assert!(w.sees("precious"), "{}", w.screen());
    w.keys("q<enter>3");
    assert!(w.sees("precious"), "it survives leaving the case");
    w.keys("U");
    assert!(
        w.sees("undecided"),
        "what was not saved is not shown as done"
    );
    w.refuse = None;
    w.keys("1");
    assert_eq!(
        written(&w),
        Some("precious".to_owned()),
        "saved as soon as it can be"
    );
    assert!(!w.sees("NOT SAVED"));
    w.keys("m");
    assert!(w.sees("the disk is full"), "errors can be read again");
}

#[test]
fn keys_typed_ahead_of_a_slow_store_are_not_lost() {
    let mut w = World::new(SMALL);
    w.is_slow = true;
    w.batch("/gym<enter><enter>3nnUeab");
    assert!(!w.sees("3 Items"));
    w.is_slow = false;
    w.answer_all();
    w.pass(400);
    assert!(w.sees("CM16-0244021"), "{}", w.screen());
    assert_eq!(written(&w), Some("ab".to_owned()));
    assert!(
        w.changes
            .iter()
            .any(|(_, c)| matches!(c, Change::Decided { item: 2, .. }))
    );
}

#[test]
fn a_hit_of_an_older_query_is_never_cited() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3c");
    w.is_slow = true;
    w.batch("gym<enter>");
    assert_eq!(w.changes.len(), 0);
    w.is_slow = false;
    w.answer_all();
    assert!(w.sees("Low Back Chapter, Gym"), "{}", w.screen());
    assert!(w.changes.iter().all(|(_, c)| match c {
        Change::Cited { citation, .. } => citation.label().contains("Gym"),
        _ => true,
    }));
    assert_eq!(w.changes.len(), 1);
}

#[test]
fn findings_are_added_edited_dropped_and_lead_to_their_sentence() {
    let mut w = World::new(SMALL);
    w.keys("<enter>2");
    assert!(w.sees("electrodiagnostic"));
    w.keys("a12/9/25<tab><right><right><right><tab>Reflexes equal<enter>");
    assert!(
        w.sees("12/09/2025  exam               Reflexes equal"),
        "{}",
        w.screen()
    );
    w.keys("Gxu");
    assert!(w.sees("Reflexes equal"));
    w.keys("a2/30/25<enter><space><enter>x<enter>");
    assert!(w.sees("is no date"), "{}", w.screen());
    w.keys("<esc>gg<enter>");
    assert!(w.sees("Clinical case summary"));
}

#[test]
fn the_clock_starts_when_the_date_is_known() {
    let mut w = World::new(SMALL);
    w.keys("G<enter>");
    assert!(w.sees("no start"));
    w.keys("d1/2/26<enter>");
    assert!(w.sees("17 d"), "{}", w.screen());
    w.keys("d<ctrl-u>1/20/26<enter>");
    assert!(w.sees("has not come yet"));
}

#[test]
fn closing_needs_a_choice_and_a_reason() {
    let mut w = World::new(SMALL);
    w.keys("x<enter><enter>");
    assert!(w.sees("Choose as what it is closed"));
    w.keys("<shift-tab><right><enter><enter>");
    assert!(w.sees("Type the reason"));
    w.keys("authorised <esc>x");
    assert!(w.sees("authorised"), "what was typed is kept");
    w.keys("<enter>");
    assert!(
        w.sees("CM14-0012345 is closed as withdrawn"),
        "{}",
        w.screen()
    );
    assert!(w.sees("4 open"));
}

#[test]
fn a_signed_case_takes_an_amendment_only() {
    let mut w = World::new(SMALL);
    w.keys("v5<enter>3U");
    assert!(w.sees("Uphold: the case is signed or closed"));
    w.keys("5");
    assert!(
        !w.sees("is an amendment"),
        "the tab shows what was signed: {}",
        w.screen()
    );
    w.keys("3A<enter>");
    assert!(w.sees("Type why it is amended"));
    w.keys("A wrong date.<enter>");
    assert!(w.sees("draft, saved"), "{}", w.screen());
    let first = w.changes.first().map(|(_, change)| change);
    assert!(matches!(first, Some(Change::Reopened { .. })));
    w.keys("3u");
    assert!(w.sees("nothing to take back"), "{}", w.screen());
    w.keys("4rNone were sent.<enter>S");
    assert!(
        w.sees("[ ] My license"),
        "what was attested belongs to the first signature"
    );
}

#[test]
fn no_records_want_a_reason() {
    let mut w = World::new(SMALL);
    w.keys("jj<enter>4");
    assert!(w.sees("No records are listed"));
    w.keys("rNone were sent.<enter>");
    assert!(w.sees("None were sent."));
}

#[test]
fn none_applicable_names_rank_and_search() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3N<enter>");
    w.keys("PubMed and ODG were searched.<enter>");
    assert!(w.sees("Choose the rank"));
    w.keys("<shift-tab><space><enter><enter>");
    assert!(w.sees("none applicable: PubMed and ODG"), "{}", w.screen());
}

#[test]
fn the_palette_finds_and_does() {
    let mut w = World::new(SMALL);
    w.keys("<enter>:tab hist<enter>");
    assert!(w.sees("Nothing has happened"), "{}", w.screen());
}

#[test]
fn pasted_text_never_runs_a_command() {
    let mut w = World::new(SMALL);
    w.event(Event::Paste("q\nsign\n".into()));
    assert!(w.sees("text fields only"));
    assert!(w.effects.is_empty());
    w.keys("<enter>3e");
    w.event(Event::Paste("a\u{1b}[2Jb\u{202e}".into()));
    assert!(w.sees("a<U+001B>[2Jb<U+202E>"), "{}", w.screen());
}

#[test]
fn the_last_signature_leads_back_to_the_queue() {
    let mut w = World::with(SMALL, vec![world::cases::cervical()]);
    w.keys("<enter>3Uc<enter>eBecause.<esc>S")
        .keys(ATTEST)
        .keys("2345<enter>");
    assert_eq!(seals(&w), 1);
    assert!(w.sees("No case in the view"), "{}", w.screen());
    w.keys("v5");
    assert!(w.sees("signed"));
}

#[test]
fn a_second_enter_seals_once() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3Uc<enter>eBecause.<esc>S").keys(ATTEST);
    w.is_slow = true;
    w.batch("sign<enter><enter><enter>");
    w.is_slow = false;
    w.answer_all();
    assert_eq!(seals(&w), 1);
}

#[test]
fn nothing_is_drawn_when_nothing_changed() {
    let mut w = World::new(SMALL);
    w.model.take_dirty();
    for keys in ["k", "gg", "<f9>", "<backspace>"] {
        w.keys(keys);
        if keys != "gg" {
            assert!(!w.model.take_dirty(), "{keys}");
        }
        w.model.take_dirty();
    }
    w.pass(5000);
    assert!(!w.model.take_dirty(), "time alone draws nothing");
    w.keys("j");
    assert!(w.model.take_dirty());
}

#[test]
fn a_long_queue_is_a_window() {
    let many = (0..1000u32).map(|n| {
        let mut file = world::cases::lumbar();
        file.case.id = CaseId::typed(&format!("CM16-{n:07}"));
        file
    });
    let mut w = World::with(SMALL, many.collect());
    assert!(w.sees("1 of 1000"));
    w.keys(&"<page-down>".repeat(20));
    let place = w.model.queue.list.selected;
    assert!(
        w.sees(&format!("▸  15 h         CM16-{place:07}")),
        "{}",
        w.screen()
    );
    w.keys("G");
    assert!(
        w.sees("1000 of 1000") && w.sees("CM16-0000999"),
        "{}",
        w.screen()
    );
    w.keys(&"k".repeat(500));
    assert!(w.sees("500 of 1000") && w.sees("CM16-0000499"));
    w.keys("<enter>q");
    assert!(w.sees("500 of 1000"), "back in the same place");
    assert!(w.model.queue.page.rows.len() <= 200, "never loaded whole");
}

#[test]
fn the_selected_citation_stays_in_view() {
    let mut w = World::new(SMALL);
    w.keys("jn<enter>3nn");
    for n in 0..5 {
        w.keys("c").keys(&"<down>".repeat(n)).keys("<enter>");
    }
    w.keys("jjjj");
    let marked = |w: &World| {
        w.screen()
            .lines()
            .find(|l| l.contains("│") && l.contains("▸"))
            .map(str::to_owned)
    };
    let last = marked(&w).unwrap();
    w.keys("k");
    assert_ne!(marked(&w).unwrap(), last);
    w.keys("jx");
    assert_eq!(w.case("CM16-0244021").draft.items[2].citations.len(), 4);
    assert!(marked(&w).is_some());
}

/// T-13: any size, on any screen.
#[test]
fn t13_sizes() {
    for keys in [
        "",
        "<enter>",
        "<enter>2a",
        "<enter>3e",
        "<enter>4",
        "<enter>5",
        "<ctrl-g>",
        "<enter>S",
        "?",
        ":",
    ] {
        let mut w = World::new(SMALL);
        w.keys(keys);
        for (cols, rows) in [
            (0, 0),
            (1, 1),
            (1, 500),
            (500, 1),
            (59, 100),
            (60, 16),
            (300, 100),
            (80, 24),
        ] {
            w.event(Event::Resize { cols, rows });
            let screen = w.screen();
            if cols < 60 || rows < 16 {
                assert!(
                    !screen.contains("CM14"),
                    "no case text where it cannot be read"
                );
            }
        }
        w.keys("<down><up>");
    }
}

#[test]
fn focus_and_text_outlive_a_resize() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3eSome words");
    w.event(Event::Resize {
        cols: 120,
        rows: 40,
    });
    w.keys(" more");
    assert!(w.sees("Some words more") && w.sees("Why (writing)"));
}

/// C-10, short form: no order of keys panics, and none signs without the word.
#[test]
fn c10_random_keys() {
    let keys = random_keys();
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut places = BTreeSet::new();
    let mut changes = 0;
    for start in [
        "",
        "<enter>3",
        "<enter>3e",
        "<enter>S",
        "<enter>3Uc<enter>eBecause.<esc>S",
        "j<enter>2",
        "jj<enter>5",
        "<enter>3c",
        "v5<enter>",
    ] {
        let mut w = World::new(SMALL);
        w.keys(start);
        for n in 0..2500 {
            let key = &keys[usize::try_from(next(&mut seed)).unwrap() % keys.len()];
            w.keys(key);
            places.insert(format!("{:?}", w.model.place()));
            if n % 11 == 0 {
                w.screen();
            }
            if n % 97 == 0 {
                let cols = 20 + u16::try_from(next(&mut seed) % 140).unwrap();
                let rows = 4 + u16::try_from(next(&mut seed) % 60).unwrap();
                w.event(Event::Resize { cols, rows });
            }
            if n % 250 == 249 {
                w.keys("<esc><esc><esc><esc>").keys(start);
            }
            w.pass(50);
            assert!(w.model.overlays.len() < 5, "nothing piles up");
        }
        assert_eq!(seals(&w), 0);
        changes += w.changes.len();
    }
    assert!(places.len() >= 16, "every place was visited: {places:?}");
    assert!(changes > 50, "the keys do reach the cases: {changes}");
}

/// T-21: each save carries the whole text, so over a store that does not answer they must not pile up.
#[test]
fn typing_ahead_of_a_slow_store_is_bounded_and_loses_nothing() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3e");
    w.is_slow = true;
    for _ in 0..500 {
        w.batch("ten more, ").pass(100);
    }
    assert!((1..=8).contains(&w.changes.len()), "{}", w.changes.len());
    w.answer_all();
    w.is_slow = false;
    w.pass(1000);
    let saved = &w.case("CM14-0012345").draft.items[0].rationale;
    assert_eq!(saved.len(), 5000);
}

#[test]
fn esc_ends_a_sequence_and_stays_where_it_was() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3g<esc>");
    assert!(w.sees("3 Items"), "{}", w.screen());
}

#[test]
fn esc_and_a_letter_in_one_piece_are_two_keys() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3eone two three<alt-u>");
    assert!(w.sees("one two three"), "{}", w.screen());
    assert!(!w.sees("(writing)"), "{}", w.screen());
}

#[test]
fn an_empty_store_says_how_to_leave_even_while_filtering() {
    let mut w = World::with(SMALL, Vec::new());
    w.keys("/cerv");
    assert!(w.sees("Leave with q and run:"), "{}", w.screen());
}

#[test]
fn a_finding_just_added_is_the_selected_one() {
    let mut w = World::new(SMALL);
    w.keys("<enter>2a");
    w.keys("New fact of mine.<enter><enter><enter>");
    w.keys("e");
    assert!(w.sees("New fact of mine."), "{}", w.screen());
}

#[test]
fn what_cannot_be_done_is_said_in_words() {
    let mut w = World::new(SMALL);
    w.keys("<enter>A");
    assert!(!w.sees("amend: "), "{}", w.screen());
    assert!(w.sees("Amend: "), "{}", w.screen());
}

const DESK: (u16, u16) = (200, 60);

#[test]
fn a_wide_screen_shows_queue_case_and_passage() {
    let mut w = World::new(DESK);
    assert!(
        w.sees("Clinical case summary") && w.sees("On the shelf"),
        "{}",
        w.screen()
    );
    w.keys("j").pass(200);
    assert!(w.sees("44-year-old male"), "it follows: {}", w.screen());
    w.keys("<enter>3O");
    assert!(
        w.sees("▸") && w.sees("CM14-0012345"),
        "the queue stays: {}",
        w.screen()
    );
    assert!(w.sees("Overturned = nec."), "{}", w.screen());
    w.keys("cneck<enter>");
    let cited = w.case("CM16-0244021").draft.items[0].citations[0].label();
    let start = cited.split(", ").next().unwrap();
    assert!(w.sees(start), "{}", w.screen());
    w.keys("q");
    assert!(w.sees("imr · Queue"));
}

#[test]
fn after_signing_the_queue_beside_shows_the_next_case() {
    let mut w = World::new(DESK);
    w.keys("<enter>3Uc<enter>eBecause.<esc>S")
        .keys(ATTEST)
        .keys("sign<enter>");
    assert_eq!(seals(&w), 1);
    let (screen, row) = (w.screen(), w.model.queue.selected().unwrap().id.to_string());
    let open = w.model.open.as_ref().unwrap().id().to_string();
    assert_eq!(row, open, "{screen}");
    assert!(
        !screen.contains("2 d overdue  CM14-0012345"),
        "signed: {screen}"
    );
}

#[test]
fn a_case_that_is_on_its_way_is_asked_for_once() {
    let mut w = World::new(DESK);
    w.is_slow = true;
    w.pass(1_000);
    w.batch("j<enter>");
    w.answer_all();
    w.keys("3U");
    w.answer_all();
    assert!(w.sees("Upheld = not medically necessary"), "{}", w.screen());
    assert_eq!(w.changes.len(), 1);
}

#[test]
fn borders_move_and_stop_and_one_pane_takes_the_screen() {
    for (size, keys) in [
        (SMALL, ""),
        (SMALL, "<enter>3"),
        (DESK, ""),
        (DESK, "<enter>"),
    ] {
        let mut w = World::new(size);
        w.keys(keys);
        let before = w.screen();
        w.keys(">");
        assert_ne!(w.screen(), before, "{size:?} {keys}");
        w.keys("<lt>");
        assert_eq!(w.screen(), before, "{size:?} {keys}");
        w.keys(&">".repeat(60));
        assert!(w.sees("The border goes no further."), "{}", w.screen());
        w.keys("=+");
        assert_ne!(w.screen(), before, "{size:?} {keys}");
        w.keys("+");
        assert_eq!(w.screen(), before, "{size:?} {keys}");
    }
    let mut w = World::new(SMALL);
    w.keys("<enter>6>");
    assert!(w.sees("of one piece"), "{}", w.screen());
}

#[test]
fn a_sequence_shows_after_a_moment_what_may_follow() {
    let mut w = World::new(SMALL);
    w.keys("g").pass(300);
    assert!(!w.sees("Look a guideline up"), "{}", w.screen());
    w.pass(300);
    assert!(w.sees("Look a guideline up"), "{}", w.screen());
    assert_eq!(w.model.deadline(), None, "it does not tick");
    w.keys("<esc>");
    assert!(!w.sees("Look a guideline up"), "{}", w.screen());
}

#[test]
fn opening_a_case_draws_one_frame() {
    let mut w = World::new(SMALL);
    w.model.take_dirty();
    w.is_slow = true;
    w.keys("<enter>");
    assert!(w.model.take_dirty(), "it was read ahead");
    assert!(w.sees("Clinical case summary"), "{}", w.screen());
    w.answer_all();
    w.pass(2_000);
    assert!(!w.model.take_dirty(), "nothing is drawn after it");
}

/// What was read ahead may be old: no key works on it before the store has said how the case stands.
#[test]
fn a_case_read_ahead_is_not_worked_on_before_it_is_read_anew() {
    let mut w = World::new(SMALL);
    let case = w.model.queue.selected().unwrap().id.clone();
    let file = w.cases.iter_mut().find(|file| file.case.id == case);
    file.unwrap().draft.items[0].rationale = "By another window.".into();
    w.is_slow = true;
    w.keys("<enter>3");
    assert!(w.sees("Clinical case summary"), "{}", w.screen());
    w.answer_all();
    assert!(w.sees("By another window."), "{}", w.screen());
    // Who stops waiting does not work on the old one either.
    w.keys("q").answer_all();
    w.keys("<enter><ctrl-c>");
    assert!(w.model.open.is_none());
}

/// Ten items lack something, eight lines are there for them: that there are more is said.
#[test]
fn a_long_list_of_gaps_says_how_long_it_is() {
    let mut file = world::cases::all().remove(0);
    let item = file.case.items[0].clone();
    file.case.items = vec![item; 10];
    file.draft = imr::model::Draft::empty(10);
    let mut w = World::with(SMALL, vec![file]);
    w.keys("<enter>5");
    assert!(
        w.sees("Missing before it can be signed (10 in all)"),
        "{}",
        w.screen()
    );
    let mut few = World::new(SMALL);
    few.keys("<enter>5");
    assert!(few.sees("Missing before it can be signed") && !few.sees("in all"));
}

#[test]
fn who_has_no_name_is_told_how_to_get_one() {
    let mut w = World::with(SMALL, vec![]);
    w.model.reviewer = Reviewer::default();
    assert!(w.sees("no reviewer"), "{}", w.screen());
    assert!(w.sees("imr config init"), "{}", w.screen());
    w.model.queue.page.counts = QueueCounts {
        open: 100_000,
        overdue: 10_000,
        expedited: 1_000,
        all: 100_000,
        ..QueueCounts::default()
    };
    let screen = w.screen();
    assert!(
        screen.contains("· Queue") && screen.contains("no reviewer"),
        "{screen}"
    );
}

#[test]
fn a_start_event_is_entered_and_starts_its_clock() {
    let mut w = World::new(SMALL);
    w.keys("G<enter>1");
    assert!(w.sees("no start"));
    w.keys("d1/5/2026<enter>");
    assert!(w.sees("20 d"), "{}", w.screen());
    let records = Some(jiff::civil::date(2026, 1, 5));
    assert_eq!(w.changes.len(), 1);
    let entered = Change::RecordsComplete { date: records };
    assert_eq!(w.changes[0].1, entered);
    // Nothing is changed by looking; each day is a change of its own.
    w.keys("d<enter>");
    assert_eq!(w.changes.len(), 1);
    w.keys("d<tab>12/29/2025<tab><right><right><tab><tab><tab><right><enter>");
    assert_eq!(w.changes.len(), 4, "{:?}", w.changes);
    assert!(
        w.sees("due 01/12/2026: 5 working days from records"),
        "{}",
        w.screen()
    );
    assert!(w.sees("Records"), "{}", w.screen());
    w.keys("u");
    assert!(!w.sees("5 working days"));
    w.keys("d<tab><ctrl-u>1/30/2026<enter>");
    assert!(w.sees("That day has not come yet."));
}

#[test]
fn a_conflict_is_found_and_explained() {
    let mut w = World::new(SMALL);
    w.keys("<enter>1gy<right><right><tab>Acme Indemnity, Inc.<enter>");
    assert!(w.sees("Conflict?"), "{}", w.screen());
    w.keys("S");
    assert!(w.sees("Not ready to sign"));
    assert!(w.sees("legal form"), "{}", w.screen());
    w.keys("<esc>ga<enter>");
    assert!(w.sees("Say why this is no conflict"), "{}", w.screen());
    w.keys("Another Acme, of Ohio<enter>");
    assert!(w.sees("Stated: no conflict"));
    w.keys("S");
    assert!(!w.sees("legal form"), "{}", w.screen());
}

#[test]
fn a_recused_case_leaves_the_queue_with_its_reason() {
    let mut w = World::new(SMALL);
    w.keys("<enter>gr<enter>");
    assert!(w.sees("Type why the case is not for you."));
    w.keys("My brother works there<enter>");
    assert!(
        w.sees("CM14-0012345 is returned: you are recused from it."),
        "{}",
        w.screen()
    );
    let case = w.case("CM14-0012345");
    assert_eq!(case.stage, Stage::Returned);
    assert_eq!(
        case.case.interests.recusals[0].reason,
        "My brother works there"
    );
    assert!(!w.sees("▸  2 d overdue"), "{}", w.screen());
}

#[test]
fn statistics_scroll_and_close() {
    let mut w = World::new(SMALL);
    w.keys("gs");
    assert!(
        w.sees("7 of 10 agree with the published decision: 70 %"),
        "{}",
        w.screen()
    );
    assert!(w.sees("Items signed by week"));
    w.keys("G");
    assert!(w.sees("You differ on"), "{}", w.screen());
    w.keys("<esc>");
    assert!(!w.sees("Statistics"));
}

#[test]
fn a_signed_case_takes_the_day_of_its_service() {
    let mut w = World::new(SMALL);
    w.keys("v5<enter>");
    assert!(w.sees("CM"), "{}", w.screen());
    w.keys("<enter>1d");
    assert!(w.sees("Determination served"), "{}", w.screen());
    w.keys("1/10/2026<enter>");
    assert!(w.sees("Appeal"), "{}", w.screen());
    assert!(w.sees("due 02/09/2026"), "{}", w.screen());
}
