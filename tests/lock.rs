//! The idle lock, by keys and a clock of our own: what is locked shows nothing (T-27), wrong
//! passphrases cost time and in the end the session (T-28).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod world;

use imr::app::{Effect, Event};
use imr::model::refusals::Refusals;
use imr::model::*;
use imr::ui::linear;
use jiff::SignedDuration;
use world::World;

const MINUTES: i64 = 5;
/// Parts of the practice cases: numbers, requests, names of the tabs, the reviewer.
const TEXTS: [&str; 8] = [
    "CM1",
    "CT cervical",
    "Lumbar",
    "59 F",
    "Summary",
    "Queue",
    "zyx",
    "lee",
];

fn guarded() -> World {
    let mut world = World::new((80, 24));
    let after = SignedDuration::from_mins(MINUTES);
    let refused = Refusals::default();
    world
        .model
        .guard("the hash".to_owned(), Some(after), refused);
    assert!(world.model.lock.is_locked(), "it starts locked");
    open(&mut world);
    world
}

fn open(world: &mut World) {
    world.keys("secret words<enter>");
    world.event(Event::Unlocked(true));
    assert!(!world.model.lock.is_locked());
}

/// What was handed over to be checked since.
fn tries(world: &World) -> Vec<String> {
    let tried = world.effects.iter().filter_map(|effect| match effect {
        Effect::Unlock { hash, secret } => {
            assert_eq!(hash, "the hash");
            Some(secret.reveal().to_owned())
        }
        _ => None,
    });
    tried.collect()
}

fn pass(world: &mut World, seconds: i64) {
    world.pass(seconds * 1000);
}

#[track_caller]
fn assert_blank(world: &World) {
    let screen = world.screen();
    for text in TEXTS {
        assert!(!screen.contains(text), "{text} in\n{screen}");
    }
    assert!(screen.contains("Passphrase"), "{screen}");
    let said = linear::lines(&world.model).join("\n");
    for text in TEXTS {
        assert!(!said.contains(text), "{text} in\n{said}");
    }
    assert!(
        said.contains("locked") && said.contains("passphrase"),
        "{said}"
    );
}

#[test]
fn t_27_every_screen_locks_when_idle_and_comes_back_as_it_was() {
    let places = [
        "",
        "j",
        "/cer",
        ":",
        "?",
        "<ctrl-g>",
        "x",
        "<enter>",
        "<enter>2",
        "<enter>3",
        "<enter>4",
        "<enter>5",
        "<enter>6",
        "<enter>3c",
        "<enter>3ezyx",
        "<enter>3ezyx<ctrl-g>neck",
        "<enter>3S",
        "<enter>3N",
        "g",
    ];
    for keys in places {
        let mut w = guarded();
        w.keys(keys);
        pass(&mut w, 60 * MINUTES - 1);
        assert!(!w.model.lock.is_locked(), "{keys}");
        let before = w.screen();
        pass(&mut w, 2);
        assert_blank(&w);
        let is_typed = keys.contains("zyx");
        let draft = &w.case("CM14-0012345").draft.items[0].rationale;
        assert_eq!(draft.contains("zyx"), is_typed, "{keys}");
        assert_eq!(
            w.model.deadline(),
            None,
            "a locked screen waits for nothing"
        );
        open(&mut w);
        let blank = |screen: &str| screen.replace("unsaved", "saved");
        if keys != "g" {
            assert_eq!(blank(&w.screen()), blank(&before), "{keys}");
        }
    }
}

#[test]
fn t_27_a_key_puts_it_off_and_a_machine_that_slept_is_locked() {
    let mut w = guarded();
    for _ in 0..10 {
        pass(&mut w, 60 * MINUTES - 10);
        w.keys("j");
        assert!(!w.model.lock.is_locked());
    }
    // No alarm rang while it slept: the first key is not heard by what lies below.
    w.now += SignedDuration::from_hours(8);
    w.keys("<enter>");
    assert_blank(&w);
    assert!(w.model.open.is_none());
}

#[test]
fn t_27_keys_other_than_the_passphrase_do_nothing() {
    let mut w = guarded();
    w.keys("<enter>3ezyx<f8>");
    assert_blank(&w);
    let (changes, effects) = (w.changes.len(), w.effects.len());
    w.keys("<ctrl-z><ctrl-l><ctrl-g><f1>:q<tab><up><down><f8>?<ctrl-c><ctrl-v><page-down>");
    assert_blank(&w);
    assert_eq!((w.changes.len(), w.effects.len()), (changes, effects));
    w.keys("<esc>pass<backspace><backspace>pa");
    w.event(Event::Paste("ste\n".into()));
    w.keys("<enter>");
    assert_eq!(tries(&w).last().unwrap(), "papaste");
    assert!(w.sees("Checking"));
    w.keys("more");
    w.event(Event::Unlocked(true));
    let open = w.model.open.as_ref().unwrap();
    assert_eq!(open.editors[0].text(), "zyx", "nothing fell through");
}

#[test]
fn t_28_wrong_passphrases_cost_time_and_in_the_end_the_session() {
    let mut w = guarded();
    w.keys("<f8>");
    let mut wait = 1;
    for n in 1..=10 {
        w.keys("wrong<enter>");
        assert_eq!(tries(&w).len(), n + 1, "the try is checked");
        w.event(Event::Unlocked(false));
        assert_blank(&w);
        assert!(w.sees(&format!("Wrong passphrase, {n} of 10.")));
        let quits = w.effects.contains(&Effect::Quit);
        assert_eq!(quits, n == 10);
        if n < 10 {
            w.keys("too soon<enter>");
            assert_eq!(tries(&w).len(), n + 1, "a try before its time is none");
            assert!(
                w.sees(&format!("Too soon: the next try counts in {wait} s.")),
                "{}",
                w.screen()
            );
        }
        pass(&mut w, wait);
        wait = (wait * 2).min(60);
    }
}

/// Started again, the program has forgotten neither the wrong ones nor their wait.
#[test]
fn t_28_a_new_start_takes_no_wrong_passphrase_back() {
    let mut w = World::new((80, 24));
    let refused = |count, seconds| Refusals {
        count,
        last: Some(w.now - SignedDuration::from_secs(seconds)),
    };
    let (three, nine) = (refused(3, 1), refused(9, 61));
    w.model.guard("the hash".to_owned(), None, three);
    w.keys("secret<enter>");
    assert!(tries(&w).is_empty());
    assert!(
        w.sees("Too soon: the next try counts in 3 s."),
        "{}",
        w.screen()
    );
    pass(&mut w, 3);
    w.keys("secret<enter>");
    assert_eq!(tries(&w).len(), 1);
    w.event(Event::Unlocked(false));
    assert!(w.sees("Wrong passphrase, 4 of 10."));
    let mut w = World::new((80, 24));
    w.model.guard("the hash".to_owned(), None, nine);
    w.keys("secret<enter>");
    w.event(Event::Unlocked(false));
    assert!(w.effects.contains(&Effect::Quit), "the tenth ends it");
}

#[test]
fn t_28_the_right_one_forgives_the_wrong_ones() {
    let mut w = guarded();
    for _ in 0..3 {
        w.keys("<f8>");
        for _ in 0..6 {
            pass(&mut w, 61);
            w.keys("wrong<enter>");
            w.event(Event::Unlocked(false));
        }
        pass(&mut w, 61);
        open(&mut w);
    }
    assert!(!w.effects.contains(&Effect::Quit));
}

#[test]
fn t_06_t_07_back_from_a_stop_it_is_locked() {
    let mut w = guarded();
    w.keys("<enter>");
    w.event(Event::Resumed);
    assert_blank(&w);
}

/// T-25: locking waits for no frame to be drawn, and T-14: a new size shows nothing.
#[test]
fn t14_t25_a_locked_screen_of_any_size_shows_nothing() {
    let mut w = guarded();
    w.keys("<enter>3ezyx");
    pass(&mut w, 60 * MINUTES + 1);
    for (cols, rows) in [(200, 60), (60, 16), (80, 24)] {
        w.event(Event::Resize { cols, rows });
        assert_blank(&w);
    }
    w.event(Event::Resize { cols: 20, rows: 5 });
    assert!(!w.sees("zyx"));
}

#[test]
fn without_a_passphrase_nothing_locks() {
    let mut w = World::new((80, 24));
    assert_eq!(w.model.deadline(), None);
    w.keys("<f8>");
    assert!(w.sees("no passphrase is set"));
    w.event(Event::Resumed);
    assert!(w.sees("Queue"));
}

/// What was said while it was locked is read after it.
#[test]
fn a_refused_save_is_told_after_the_lock() {
    let mut w = guarded();
    w.refuse = Some("The disk is full.".into());
    w.keys("<enter>3ezyx<f8>");
    assert_blank(&w);
    open(&mut w);
    assert!(w.sees("Not saved: The disk is full."));
    assert!(w.sees("zyx"));
}

#[test]
fn what_is_typed_for_it_is_printed_by_nothing() {
    let mut w = guarded();
    w.keys("<f8>hunter2hunter2<enter>");
    let printed = format!("{:?} {:?}", w.model, w.effects);
    assert!(!printed.contains("hunter2"));
    let _ = CaseId::typed("CM14-0012345");
}
