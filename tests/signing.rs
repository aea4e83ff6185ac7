//! What is signed is what was shown, and nothing that the store refused or holds otherwise.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod world;

use imr::app::{self, Effect, Event, Key};
use imr::model::*;
use world::{World, cases};

const CASE: &str = "CM13-0009999";
/// The keys from the sign dialogue's first question to its last.
const ATTEST: &str = "<space><tab><space><tab><space><tab><space><tab>";

/// A world with one case that can be signed, open on its items.
fn ready() -> World {
    let mut file = cases::signed();
    file.stage = Stage::Draft;
    file.sealed.clear();
    file.draft.records_reason = Some("None were sent.".into());
    let mut w = World::with((80, 24), vec![file]);
    w.keys("<enter>3");
    w
}

fn seals(w: &World) -> usize {
    let is_seal = |e: &&Effect| matches!(e, Effect::Seal { .. });
    w.effects.iter().filter(is_seal).count()
}

fn is_signing(w: &World) -> bool {
    w.model.dialogue().is_some()
}

fn said(w: &World) -> String {
    let all = w.model.messages.all();
    all.map(|m| format!("{}\n", m.text)).collect()
}

/// Presses keys whose wishes nobody hears; returns these.
fn unheard(w: &mut World, keys: &str) -> Vec<Effect> {
    let keys = Key::parse_string(keys).unwrap();
    app::update(&mut w.model, Event::Keys(keys), w.now)
}

#[test]
fn a_refused_change_puts_the_signature_away() {
    let mut w = ready();
    w.is_slow = true;
    w.refuse = Some("The disk is full.".into());
    w.keys("U").keys("S").keys(ATTEST).keys("sign<enter>");
    assert!(w.sees("Still saving"), "{}", w.screen());
    w.answer_all();
    assert!(!is_signing(&w), "{}", w.screen());
    assert!(said(&w).contains("before you sign"), "{}", said(&w));
    w.keys("<enter>");
    w.answer_all();
    assert_eq!(seals(&w), 0);
}

#[test]
fn nothing_is_signed_between_a_refusal_and_the_next_look_at_the_case() {
    let mut w = ready();
    let stored = w.case(CASE).clone();
    let wishes = unheard(&mut w, "U");
    let ticket = wishes.iter().find_map(|e| match e {
        Effect::Save { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let refused = Event::NotSaved {
        ticket: ticket.unwrap(),
        reason: "the disk is full.".into(),
    };
    let wishes = app::update(&mut w.model, refused, w.now);
    assert!(wishes.contains(&Effect::OpenCase(CaseId::typed(CASE))));
    w.keys("S").keys(ATTEST).keys("sign<enter>");
    assert_eq!(seals(&w), 0);
    assert!(w.sees("was not saved"), "{}", w.screen());
    // The case as it is puts the other one away; what then is shown is signed.
    w.event(Event::Opened(Box::new(stored)));
    assert!(!is_signing(&w), "{}", w.screen());
    w.keys("S").keys(ATTEST).keys("sign<enter>");
    assert_eq!(seals(&w), 1);
    let sealed = &w.case(CASE).sealed[0];
    assert_eq!(sealed.content.items[0].decision, Decision::Overturned);
}

#[test]
fn a_case_that_reads_otherwise_puts_the_signature_away_and_the_same_one_does_not() {
    let mut w = ready();
    w.keys("S").keys(ATTEST).keys("si");
    let same = w.case(CASE).clone();
    w.event(Event::Opened(Box::new(same.clone())));
    assert!(is_signing(&w));
    let mut other = same;
    other.draft.items[0].decision = Some(Decision::Upheld);
    w.event(Event::Opened(Box::new(other)));
    assert!(!is_signing(&w), "{}", w.screen());
    assert!(said(&w).contains("look at it, then sign"), "{}", said(&w));
}

#[test]
fn what_is_being_signed_is_told_from_what_else_fails() {
    let mut w = ready();
    w.is_slow = true;
    w.keys("S").keys(ATTEST).keys("sign<enter>");
    assert_eq!(seals(&w), 1);
    w.event(Event::Failed("The queue cannot be read.".into()));
    w.event(Event::NotSealed {
        case: CaseId::typed("CM25-0000001"),
        reasons: vec!["It is another.".into()],
    });
    let dialogue = w.model.dialogue().unwrap();
    assert!(dialogue.is_sent && dialogue.problem.is_none());
    w.keys("<enter>");
    assert_eq!(seals(&w), 1, "one signature at a time");
    w.answer_all();
    assert_eq!(w.case(CASE).stage, Stage::Signed);
}

#[test]
fn a_case_read_before_changes_were_saved_shows_them() {
    let mut w = World::with((80, 24), vec![cases::published()]);
    w.keys("<enter>3");
    let old = w.cases[0].clone();
    w.is_slow = true;
    // Every kind: what sets, what adds, what takes away.
    w.keys("U")
        .keys("N<right><enter>None was found.<enter>")
        .keys("N<right><enter>None was found.<enter>x")
        .keys("eIt is not needed.<esc>")
        .keys("2a<enter><right><enter>A tear.<enter>")
        .keys("a<enter><right><enter>Pain.<enter>x");
    let kinds: Vec<String> = w.changes.iter().map(|(_, c)| format!("{c:?}")).collect();
    for kind in [
        "Decided",
        "Cited",
        "Uncited",
        "Written",
        "FindingAdded",
        "FindingDropped",
    ] {
        assert!(
            kinds.iter().any(|k| k.starts_with(kind)),
            "{kind}: {kinds:?}"
        );
    }
    w.event(Event::Opened(Box::new(old)));
    w.answer_all();
    let open = &w.model.open.as_ref().unwrap().file;
    let stored = &w.cases[0];
    assert_eq!(open.draft.items, stored.draft.items);
    assert_eq!(open.case, stored.case);
    assert_eq!(open.stage, stored.stage);
}
