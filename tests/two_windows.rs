//! Two sessions on one store: no word of either is lost, and neither writes over the other unseen.

mod store_support;

use imr::app::keymap::Keymap;
use imr::app::{self, Effect, Event, Key, Model, Setup};
use imr::jobs::{Jobs, Performer};
use imr::model::*;
use imr::store::StoreError;
use jiff::Timestamp;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store_support::{Desk, at, citation};

/// A program with its own threads and its own handle on the store.
struct Window {
    model: Model,
    jobs: Jobs,
    now: Timestamp,
}

impl Window {
    fn on(store: &Path) -> Self {
        let reviewer = store_support::signing().reviewer;
        let performer = Performer {
            store: store.to_owned(),
            who: "lee".into(),
            reviewer: reviewer.clone(),
            organisation: "Example Review".into(),
            limits: Default::default(),
            words: None,
            clock: Arc::new(|| at(60)),
        };
        let setup = Setup {
            reviewer,
            organisation: "Example Review".into(),
            keymap: Keymap::default(),
            size: (100, 30),
            now: at(60),
            problems: vec![],
            views: vec![],
        };
        let mut window = Self {
            model: Model::new(setup),
            jobs: Jobs::start(performer, || {}).unwrap(),
            now: at(60),
        };
        // Nobody looks at marks here; before the signature the checks run all the same.
        window.model.marks.is_on = false;
        let effects = app::start(&mut window.model);
        window.perform(effects);
        window
    }

    /// Every effect is answered before the next is performed.
    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if matches!(effect, Effect::Suspend | Effect::Redraw | Effect::Quit) {
                continue;
            }
            self.jobs.perform(effect);
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
            self.hear(Event::Keys(vec![key]));
        }
        self
    }

    /// Types text and lets the pause pass after which it is saved.
    fn types(&mut self, text: &str) {
        self.hear(Event::Paste(text.into()));
        self.rest();
    }

    fn rest(&mut self) {
        while let Some(due) = self.model.deadline() {
            self.now = due;
            self.hear(Event::Elapsed);
        }
    }

    fn writes(&mut self) -> &mut Self {
        self.keys("<enter>3e")
    }

    fn said(&self) -> String {
        let all = self.model.messages.all();
        all.into_iter().map(|m| format!("{}\n", m.text)).collect()
    }
}

fn rationale(desk: &Desk, case: &CaseId) -> String {
    let file = desk.store.case(case).unwrap().unwrap();
    file.draft.items[0].rationale.clone()
}

fn assert_holds(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word} is lost: {text:?}");
    }
}

#[test]
fn no_word_of_either_window_is_lost() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    desk.apply(&case, written("Start."));
    let (mut a, mut b) = (Window::on(&desk.path()), Window::on(&desk.path()));
    a.writes();
    b.writes();
    a.types(" AAA");
    b.types(" BBB");
    a.types(" CCC");
    b.types(" DDD");
    let text = rationale(&desk, &case);
    assert_holds(&text, &["Start. AAA", "BBB", "CCC", "DDD"]);
    assert!(
        b.said().contains("Both texts are kept, yours below."),
        "{}",
        b.said()
    );
    assert_eq!(b.model.open.as_ref().unwrap().editors[0].text(), text);
    // Alone again, nothing is doubled.
    b.types(" EEE");
    assert_eq!(rationale(&desk, &case), format!("{text} EEE"));
}

#[test]
fn many_saves_of_one_window_are_no_conflict_and_two_refused_ones_are_merged_once() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    let (mut a, mut b) = (Window::on(&desk.path()), Window::on(&desk.path()));
    a.writes().types("one");
    b.writes().types("two");
    // Two texts of `a` are on their way before the first is answered.
    let mut wishes = Vec::new();
    for text in [" three", " four"] {
        app::update(&mut a.model, Event::Paste(text.into()), a.now);
        a.now = a.model.deadline().unwrap();
        wishes.extend(app::update(&mut a.model, Event::Elapsed, a.now));
    }
    assert_eq!(wishes.len(), 2);
    a.perform(wishes);
    let text = rationale(&desk, &case);
    assert_holds(&text, &["one", "two", "three", "four"]);
    assert_eq!(text.matches("four").count(), 1, "{text:?}");
}

#[test]
fn words_are_kept_when_the_case_was_left_before_the_answer() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    let (mut a, mut b) = (Window::on(&desk.path()), Window::on(&desk.path()));
    a.writes();
    b.writes().types("theirs");
    app::update(&mut a.model, Event::Paste("mine".into()), a.now);
    let leave = Key::parse_string("<esc><esc>").unwrap();
    a.hear(Event::Keys(leave));
    assert!(a.model.open.is_none());
    assert_eq!(rationale(&desk, &case), "theirs\n\nmine");
}

#[test]
fn a_text_not_sent_yet_is_not_written_over_what_was_read_anew() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    let (mut a, mut b) = (Window::on(&desk.path()), Window::on(&desk.path()));
    a.writes();
    b.writes().types("theirs");
    app::update(&mut a.model, Event::Paste("mine".into()), a.now);
    a.perform(vec![Effect::OpenCase(case.clone())]);
    a.rest();
    assert_eq!(rationale(&desk, &case), "theirs\n\nmine");
}

#[test]
fn a_decision_is_not_made_on_what_was_not_seen_and_a_citation_follows() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    let mut a = Window::on(&desk.path());
    a.keys("<enter>3");
    desk.apply(&case, written("theirs"));
    a.keys("U");
    let draft = |desk: &Desk| desk.store.case(&case).unwrap().unwrap().draft.items[0].clone();
    assert_eq!(draft(&desk).decision, None);
    assert!(a.said().contains("Not saved: item 1"), "{}", a.said());
    assert_eq!(a.model.open.as_ref().unwrap().editors[0].text(), "theirs");
    a.keys("U");
    assert_eq!(draft(&desk).decision, Some(Decision::Upheld));
    // What was written on the other item is no hindrance.
    let other = Change::Written {
        item: 1,
        text: "theirs".into(),
    };
    desk.apply(&case, other);
    a.keys("O");
    assert_eq!(draft(&desk).decision, Some(Decision::Overturned));
}

fn written(text: &str) -> Change {
    Change::Written {
        item: 0,
        text: text.into(),
    }
}

#[test]
fn the_store_refuses_who_has_not_seen_the_last_change_of_the_item() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    let mut other = imr::store::Store::open(&desk.path()).unwrap();
    let seen = desk
        .store
        .case(&case)
        .unwrap()
        .unwrap()
        .history
        .last()
        .unwrap()
        .seq;
    other
        .apply(&case, &written("theirs"), "kim", at(1))
        .unwrap();
    let cited = Change::Cited {
        item: 0,
        citation: citation("Special Studies"),
    };
    for change in [written("mine"), cited] {
        let done = desk
            .store
            .apply_as_read(&case, &change, Some(seen), "lee", at(2));
        assert!(
            matches!(done, Err(StoreError::ChangedElsewhere { item: 0 })),
            "{done:?}"
        );
    }
    assert_eq!(rationale(&desk, &case), "theirs");
    // Once seen, it goes; and what went through this handle is known to it.
    let mine = [written("theirs, mine"), written("theirs, mine, more")];
    for change in mine {
        desk.store
            .apply_as_read(&case, &change, Some(seen + 1), "lee", at(3))
            .unwrap();
    }
}

/// The keys from the sign dialogue's first question to its last.
const ATTEST: &str = "Seen.<tab><space><tab><space><tab><space><tab><space><tab>";

fn overturned() -> Change {
    Change::Decided {
        item: 0,
        decision: Decision::Overturned,
    }
}

#[test]
fn what_was_decided_elsewhere_is_not_sealed_unseen() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    desk.complete(&case);
    let mut a = Window::on(&desk.path());
    a.keys("<enter>3S");
    desk.apply(&case, overturned());
    a.keys(ATTEST).keys("sign<enter>");
    assert!(desk.store.sealed(&case).unwrap().is_empty());
    assert!(a.said().contains("was not signed"), "{}", a.said());
    assert!(a.model.dialogue().is_none(), "attested over another text");
    // Seen, it is signed as it is; the reason was kept, and is not asked for again.
    let agree = ATTEST.trim_start_matches("Seen.<tab>");
    a.keys("S").keys(agree).keys("sign<enter>");
    let sealed = desk.store.sealed(&case).unwrap();
    let items = &sealed[0].content().items;
    assert_eq!(items[0].decision, Decision::Overturned);
}

#[test]
fn a_case_read_anew_beneath_a_signature_puts_it_away() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    desk.complete(&case);
    let mut a = Window::on(&desk.path());
    a.keys("<enter>3");
    desk.apply(&case, written("theirs"));
    // A decision on its way is refused while the dialogue is open.
    let keys = Key::parse_string("OS").unwrap();
    let wishes = app::update(&mut a.model, Event::Keys(keys), a.now);
    let is_check = |effect: &Effect| matches!(effect, Effect::Check(_));
    let (checks, wishes): (Vec<_>, Vec<_>) = wishes.into_iter().partition(is_check);
    a.perform(checks);
    assert!(a.model.dialogue().is_some_and(|d| !d.questions.is_empty()));
    a.perform(wishes);
    assert!(a.model.dialogue().is_none());
    assert!(a.said().contains("Not saved: item 1"), "{}", a.said());
    assert!(a.said().contains("before you sign"), "{}", a.said());
}

#[test]
fn a_day_that_ends_over_the_open_dialogue_changes_nothing_that_is_attested() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    desk.complete(&case);
    let mut a = Window::on(&desk.path());
    a.now = at(60 - 24 * 3600);
    a.keys("<enter>3S").keys(ATTEST).keys("sign<enter>");
    let sealed = desk.store.sealed(&case).unwrap();
    let day = sealed[0].content().header.decided_date;
    assert_eq!(day, Some(imr::rules::clock::today(at(60))));
}
