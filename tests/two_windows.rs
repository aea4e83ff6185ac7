//! Two sessions on one store: no word of either is lost, and neither writes over the other unseen.

mod sitting;
mod store_support;

use imr::app::{self, Effect, Event, Key};
use imr::model::*;
use imr::store::StoreError;
use sitting::Sitting;
use store_support::{Desk, at, citation};

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
    let (mut a, mut b) = (Sitting::window(&desk.path()), Sitting::window(&desk.path()));
    a.writes();
    b.writes();
    a.types(" AAA");
    b.types(" BBB").keeps_both();
    a.types(" CCC").keeps_both();
    b.types(" DDD").keeps_both();
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
    let (mut a, mut b) = (Sitting::window(&desk.path()), Sitting::window(&desk.path()));
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
    let (mut a, mut b) = (Sitting::window(&desk.path()), Sitting::window(&desk.path()));
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
    let (mut a, mut b) = (Sitting::window(&desk.path()), Sitting::window(&desk.path()));
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
    let mut a = Sitting::window(&desk.path());
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
    let mut a = Sitting::window(&desk.path());
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
    let mut a = Sitting::window(&desk.path());
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
    let mut a = Sitting::window(&desk.path());
    a.now = at(60 - 24 * 3600);
    a.keys("<enter>3S").keys(ATTEST).keys("sign<enter>");
    let sealed = desk.store.sealed(&case).unwrap();
    let day = sealed[0].content().header.decided_date;
    assert_eq!(day, Some(imr::rules::clock::today(at(60))));
}

/// The text of a refused save and the one it was refused for are both shown once, and one is chosen.
#[test]
fn of_two_texts_the_reviewer_says_which_stays() {
    for (keys, expected) in [
        ("<esc>", "Start. AAA\n\nBBB"),
        ("<right><enter>", "Start. AAA\n\nBBB"),
        ("<right><right><enter>", "Start. BBB"),
        ("<left><enter>", "Start. AAA"),
    ] {
        let mut desk = Desk::new();
        let case = desk.with(1, false);
        desk.apply(&case, written("Start."));
        let mut a = Sitting::window(&desk.path());
        a.writes();
        desk.apply(&case, written("Start. AAA"));
        a.keys(" BBB");
        // Saved at the first pause; asked when the keys rest, and not before.
        a.now = a.model.deadline().unwrap();
        a.hear(Event::Elapsed);
        assert!(a.model.dialogue().is_none(), "{}", a.screen());
        assert_eq!(rationale(&desk, &case), "Start. AAA\n\nBBB");
        a.rest();
        let screen = a.screen();
        for words in ["In the other window:", "AAA", "Here:", "BBB"] {
            assert!(screen.contains(words), "{words}\n{screen}");
        }
        a.keys("<enter>");
        assert!(a.model.dialogue().is_some(), "nothing is chosen for one");
        a.keys(keys).rest();
        assert!(a.model.dialogue().is_none(), "{}", a.screen());
        assert_eq!(rationale(&desk, &case), expected, "{keys}");
        // What was chosen can be taken back.
        if expected.len() < 15 {
            a.keys("<ctrl-u>").rest();
            assert_eq!(rationale(&desk, &case), "Start. AAA\n\nBBB");
        }
    }
}

/// Two windows that go on typing in turn add what is new, and no copies of what is there.
#[test]
fn windows_that_write_in_turn_do_not_grow_copies() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    desk.apply(&case, written("Start."));
    let (mut a, mut b) = (Sitting::window(&desk.path()), Sitting::window(&desk.path()));
    a.writes();
    b.writes();
    for n in 0..6 {
        for (window, name) in [(&mut a, "a"), (&mut b, "b")] {
            window.types(&format!(" {name}{n}")).keeps_both();
        }
    }
    let text = rationale(&desk, &case);
    for name in ["a", "b"] {
        for n in 0..6 {
            let word = format!("{name}{n}");
            assert_eq!(text.matches(&word).count(), 1, "{word} in {text:?}");
        }
    }
    assert_eq!(text.matches("Start.").count(), 1, "{text:?}");
}
