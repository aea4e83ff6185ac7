//! What outlives a session beside the draft: undo (C-09), and the place one was at. Real store,
//! real threads; a sitting is dropped as a crash drops it.

mod store_support;

use imr::app::keymap::Keymap;
use imr::app::open_case::Tab;
use imr::app::{self, Effect, Event, Key, Model, Setup};
use imr::jobs::{Jobs, Performer};
use imr::model::*;
use imr::ui::{Look, picture};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store_support::{Desk, at};

/// A session: it ends with no goodbye.
struct Sitting {
    model: Model,
    jobs: Jobs,
    now: Timestamp,
}

impl Sitting {
    fn of(desk: &Desk, is_fresh: bool) -> Self {
        Self::called("lee", desk, is_fresh)
    }

    fn called(who: &str, desk: &Desk, is_fresh: bool) -> Self {
        let mut sitting = Self::unstarted(who, desk);
        let effects = app::resume(&mut sitting.model, is_fresh);
        sitting.perform(effects);
        sitting
    }

    fn unstarted(who: &str, desk: &Desk) -> Self {
        let reviewer = store_support::signing().reviewer;
        let performer = Performer {
            store: desk.path(),
            who: who.into(),
            reviewer: reviewer.clone(),
            organisation: "Example Review".into(),
            limits: Default::default(),
            clock: Arc::new(|| at(60)),
        };
        let views = vec![OwnView {
            name: "Necks".into(),
            query: "req:cervical".into(),
            ..OwnView::default()
        }];
        let setup = Setup {
            reviewer,
            organisation: "Example Review".into(),
            keymap: Keymap::default(),
            size: (80, 24),
            now: at(60),
            limits: Default::default(),
            problems: vec![],
            views,
        };
        Self {
            model: Model::new(setup),
            jobs: Jobs::start(performer, || {}).unwrap(),
            now: at(60),
        }
    }

    /// Nothing is answered.
    fn silent(desk: &Desk) -> Self {
        let mut sitting = Self::unstarted("lee", desk);
        app::resume(&mut sitting.model, false);
        sitting
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let is_answered = !matches!(
                effect,
                Effect::Note(_) | Effect::Suspend | Effect::Redraw | Effect::Quit
            );
            self.jobs.perform(effect);
            if !is_answered {
                assert!(self.jobs.drain(Duration::from_secs(20)));
                continue;
            }
            let end = Instant::now() + Duration::from_secs(20);
            let answer = loop {
                if let Some(answer) = self.jobs.answer() {
                    break answer;
                }
                assert!(Instant::now() < end, "no answer");
                std::thread::sleep(Duration::from_millis(2));
            };
            self.hear(answer);
        }
    }

    fn hear(&mut self, event: Event) {
        let effects = app::update(&mut self.model, event, self.now);
        self.perform(effects);
    }

    fn keys(&mut self, keys: &str) -> &mut Self {
        for key in Key::parse_string(keys).unwrap() {
            self.now += SignedDuration::from_millis(20);
            self.hear(Event::Keys(vec![key]));
        }
        self
    }

    /// Until nothing is due any more.
    fn rest(&mut self) -> &mut Self {
        while let Some(due) = self.model.deadline() {
            self.now = due;
            self.hear(Event::Elapsed);
        }
        self
    }

    fn screen(&self) -> String {
        picture::text(&self.model, &Look::builtin("mono")).join("\n")
    }

    fn text(&self) -> &str {
        self.model.open.as_ref().unwrap().editors[0].text()
    }
}

/// A store with so many cases.
fn desk(cases: u32) -> Desk {
    let mut desk = Desk::new();
    for n in 1..=cases {
        desk.with(n, false);
    }
    desk
}

#[test]
fn c09_undo_and_redo_go_on_where_they_were() {
    let desk = desk(1);
    let mut first = Sitting::of(&desk, false);
    first.keys("<enter>3eNo red flag is seen.<ctrl-u>").rest();
    assert_eq!(first.text(), "No red flag is ");
    drop(first);
    let mut later = Sitting::of(&desk, true);
    later.keys("<enter>3e");
    assert_eq!(later.text(), "No red flag is ");
    later.keys("<ctrl-r>");
    assert_eq!(later.text(), "No red flag is seen.");
    later.keys("<ctrl-u><ctrl-u>");
    assert_eq!(later.text(), "No red flag ");
    later.rest();
    drop(later);
    let mut last = Sitting::of(&desk, true);
    last.keys("<enter>3e<ctrl-u><ctrl-u><ctrl-u><ctrl-u><ctrl-u>");
    assert_eq!(last.text(), "");
    assert!(desk.store.verify(None).problems.is_empty());
}

#[test]
fn c09_a_text_written_elsewhere_is_not_undone_into_one_that_never_was() {
    let mut desk = desk(1);
    let case = CaseId::typed("CM25-0000001");
    Sitting::of(&desk, false).keys("<enter>3eone two").rest();
    let text = "one, by another command".to_owned();
    desk.apply(&case, Change::Written { item: 0, text });
    let mut later = Sitting::of(&desk, true);
    later.keys("<enter>3e<ctrl-u>");
    assert_eq!(later.text(), "one, by another command");
}

#[test]
fn c09_a_damaged_trail_is_no_trail() {
    let desk = desk(1);
    Sitting::of(&desk, false).keys("<enter>3eone two").rest();
    let raw = rusqlite::Connection::open(desk.path()).unwrap();
    let change = "UPDATE undo_trails SET trail = replace(trail, 'one', 'six')";
    assert_eq!(raw.execute(change, []).unwrap(), 1);
    let mut later = Sitting::of(&desk, true);
    later.keys("<enter>3e<ctrl-u><ctrl-u>");
    assert_eq!(later.text(), "one two");
}

#[test]
fn words_taken_back_do_not_outlive_the_signature() {
    let mut desk = desk(1);
    let case = CaseId::typed("CM25-0000001");
    Sitting::of(&desk, false)
        .keys("<enter>3ea secret<ctrl-w>")
        .rest();
    let raw = rusqlite::Connection::open(desk.path()).unwrap();
    let count = || -> i64 {
        let all = "SELECT count(*) FROM undo_trails";
        raw.query_row(all, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(count(), 1);
    desk.complete(&case);
    Sitting::of(&desk, true).keys("<enter>3e more").rest();
    assert_eq!(count(), 1);
    desk.sign(&case, 90);
    assert_eq!(count(), 0);
}

#[test]
fn a_dropped_line_leads_back_to_the_same_place() {
    let desk = desk(30);
    let mut first = Sitting::of(&desk, false);
    first
        .keys("s2jjjjj<enter>3nesome words of a text<left><left>")
        .rest();
    let before = first.screen();
    drop(first);
    let later = Sitting::of(&desk, false);
    assert_eq!(later.screen(), before);
    assert!(later.model.open.as_ref().unwrap().is_editing);
    let mut fresh = Sitting::of(&desk, true);
    assert!(fresh.model.open.is_none());
    // Another reviewer has another place.
    assert!(Sitting::called("kim", &desk, false).model.open.is_none());
    fresh.keys("j").rest();
    let last = Sitting::of(&desk, false);
    assert!(last.model.open.is_none(), "the last writer wins");
    assert_eq!(last.model.queue.list.selected, 1);
}

#[test]
fn queue_filter_view_order_and_selection_come_back() {
    let desk = desk(40);
    let mut first = Sitting::of(&desk, false);
    first.keys("/radicul<enter>v7s2<page-down>jj").rest();
    let (before, query) = (first.screen(), first.model.queue.query.clone());
    assert!(query.filter == "radicul" && query.view == View::All && query.sort == Sort::Number);
    drop(first);
    let later = Sitting::of(&desk, false);
    assert_eq!(later.screen(), before);
    assert_eq!(later.model.queue.query, query);
}

#[test]
fn borders_zoom_and_a_view_of_ones_own_come_back() {
    let desk = desk(12);
    let mut first = Sitting::of(&desk, false);
    first.keys("v8>>jj").rest();
    let before = first.screen();
    assert!(before.contains("view Necks"), "{before}");
    drop(first);
    let mut later = Sitting::of(&desk, false);
    assert_eq!(later.screen(), before);
    later.keys("+").rest();
    let before = later.screen();
    drop(later);
    assert_eq!(Sitting::of(&desk, false).screen(), before);
}

#[test]
fn every_tab_comes_back_as_it_was_scrolled() {
    for (n, tab) in Tab::ALL.into_iter().enumerate() {
        let desk = desk(2);
        let mut first = Sitting::of(&desk, false);
        first.keys(&format!("j<enter>{}jj", n + 1)).rest();
        let before = first.screen();
        drop(first);
        let later = Sitting::of(&desk, false);
        assert_eq!(later.model.open.as_ref().unwrap().tab, tab);
        assert_eq!(later.screen(), before);
    }
}

#[test]
fn a_case_signed_or_gone_meanwhile_leads_to_the_queue() {
    let mut desk = desk(2);
    let case = CaseId::typed("CM25-0000001");
    Sitting::of(&desk, false).keys("s2<enter>3").rest();
    desk.complete(&case);
    desk.sign(&case, 90);
    let later = Sitting::of(&desk, false);
    assert!(later.model.open.is_none());
    assert!(
        later.screen().contains("CM25-0000001 is signed by now"),
        "{}",
        later.screen()
    );
    let raw = rusqlite::Connection::open(desk.path()).unwrap();
    let change = "UPDATE bookmarks SET place = replace(place, 'CM25-0000001', 'CM25-0000099')";
    Sitting::of(&desk, true).keys("v5s2<enter>").rest();
    raw.execute(change, []).unwrap();
    let later = Sitting::of(&desk, false);
    assert!(later.model.open.is_none());
    assert!(
        later
            .screen()
            .contains("CM25-0000099 cannot be opened any more")
    );
    raw.execute("UPDATE bookmarks SET place = '{\"query\":7'", [])
        .unwrap();
    assert!(Sitting::of(&desk, false).screen().contains("My open"));
}

/// A bookmark of another version, or a damaged one: the queue is there all the same.
#[test]
fn a_bookmark_whose_filter_says_nothing_leads_to_the_queue() {
    let desk = desk(3);
    Sitting::of(&desk, false).keys("j").rest();
    let raw = rusqlite::Connection::open(desk.path()).unwrap();
    for (what, value) in [
        ("filter", "\"nofield:x\""),
        ("start", "18446744073709551615"),
        ("len", "18446744073709551615"),
    ] {
        let change = format!(
            "UPDATE bookmarks SET place = json_set(place, '$.query.{what}', json('{value}'))"
        );
        assert_eq!(raw.execute(&change, []).unwrap(), 1);
        let mut later = Sitting::of(&desk, false);
        assert!(!later.model.queue.is_stale(), "{what}");
        assert!(
            later.screen().contains("CM25-0000001"),
            "{what}\n{}",
            later.screen()
        );
        later.keys("s2<enter>");
        assert!(later.model.open.is_some(), "{what}");
        Sitting::of(&desk, true).keys("jk").rest();
    }
}

/// A queue that cannot be read is said, and keys are heard again.
#[test]
fn a_queue_that_cannot_be_read_is_not_waited_for() {
    let desk = desk(3);
    let mut sitting = Sitting::of(&desk, true);
    let raw = rusqlite::Connection::open(desk.path()).unwrap();
    raw.execute("ALTER TABLE queue RENAME TO elsewhere", [])
        .unwrap();
    sitting.keys("s2");
    assert!(!sitting.model.queue.is_stale(), "{}", sitting.screen());
    assert!(!sitting.model.is_waiting());
    raw.execute("ALTER TABLE elsewhere RENAME TO queue", [])
        .unwrap();
    sitting.keys("s1");
    assert!(!sitting.model.queue.is_stale());
}

/// T-01 in the first moments: who ends before the place is there has not been anywhere else.
#[test]
fn an_end_before_the_first_answer_keeps_the_place() {
    let desk = desk(5);
    Sitting::of(&desk, false).keys("s2jj<enter>3").rest();
    let before = desk.store.bookmark("lee").unwrap().unwrap();
    let mut early = Sitting::silent(&desk);
    early.hear(Event::HangUp);
    drop(early);
    assert_eq!(desk.store.bookmark("lee").unwrap().unwrap(), before);
}

#[test]
fn a_place_is_noted_when_the_keys_rest_and_then_nothing_is_due() {
    let desk = desk(3);
    let mut sitting = Sitting::of(&desk, false);
    assert_eq!(
        sitting.model.deadline(),
        None,
        "nothing is due after a start"
    );
    sitting.keys("j");
    let due = sitting.model.deadline().unwrap();
    assert!(due.duration_since(sitting.now) <= SignedDuration::from_secs(1));
    sitting.rest();
    assert_eq!(sitting.model.deadline(), None);
    let writes = || desk.store.bookmark("lee").unwrap().unwrap();
    assert_eq!(writes().row, 1);
    // A key that leads nowhere else is no reason to write.
    let raw = rusqlite::Connection::open(desk.path()).unwrap();
    raw.execute("UPDATE bookmarks SET place = '{}'", [])
        .unwrap();
    sitting.keys("jk").rest();
    assert_eq!(writes(), Bookmark::default());
    sitting.keys("jq");
    assert_eq!(writes().row, 2, "and at the end");
}
