//! The desk of who writes: marks at their words, answers, and a case worked down without a manual.
//!
//! `cargo test --test desk -- --nocapture` prints the keys of a whole journey.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests: a failure is a panic, and figures are printed"
)]

mod pty;
mod world;

use imr::app::{Effect, Event};
use imr::model::lint::Severity;
use imr::model::*;
use pty::home::{FIRST, Home};
use std::process::Command;
use std::time::Duration;
use world::World;

const SMALL: (u16, u16) = (80, 24);

/// Longer than the keys rest before the checks run.
const REST: i64 = 160;

/// A world in which the checks run.
fn desk(size: (u16, u16)) -> World {
    let mut world = World::new(size);
    world.is_checked = true;
    world
}

/// A case whose one item is decided, cited and written about in these words; the editor is open.
fn writing(words: &str) -> World {
    let mut w = desk(SMALL);
    w.keys("<enter>3Ucneck special<enter>e")
        .keys(words)
        .pass(REST);
    w
}

/// The words marked in the rationale: blanks and unknown words, whatever else the rules say of it.
fn marked(w: &World) -> Vec<String> {
    let open = w.model.open.as_ref().unwrap();
    let text = open.editor().unwrap().text();
    let mut marks = w.model.marks.in_rationale(open, open.item);
    marks.retain(|(_, lint)| ["L29", "SPELL"].contains(&lint.id));
    marks
        .into_iter()
        .map(|(range, _)| text[range].to_owned())
        .collect()
}

#[test]
fn marks_come_once_the_keys_rest_and_move_with_the_words() {
    let mut w = desk(SMALL);
    w.keys("<enter>3e").pass(REST);
    for c in "The knwon pain. ".chars() {
        w.keys(&c.to_string()).pass(100);
        assert_eq!(marked(&w), [""; 0], "nothing is marked while keys come");
    }
    w.pass(REST);
    assert_eq!(marked(&w), ["knwon"]);
    w.keys("<ctrl-home>Of old: ");
    assert_eq!(marked(&w), ["knwon"], "before it was looked at again");
    w.pass(REST);
    w.keys("<ctrl-end>More.").pass(REST);
    assert_eq!(marked(&w), ["knwon"]);
    w.keys("<ctrl-home><ctrl-right><ctrl-right><ctrl-right><right><right>x");
    assert_eq!(marked(&w), [""; 0], "{}", w.screen());
}

#[test]
fn a_word_is_not_called_unknown_while_it_is_typed() {
    let mut w = writing("The pain of the kne");
    assert!(
        !w.screen().contains("is in no dictionary"),
        "{}",
        w.screen()
    );
    assert!(!w.screen().contains("~The pain"), "{}", w.screen());
    w.keys(" ").pass(REST);
    assert_eq!(marked(&w), ["kne"]);
    assert!(w.screen().contains("~The pain") || w.screen().contains("!The pain"));
}

#[test]
fn a_slip_is_put_right_by_two_keys() {
    let mut w = writing("There is no neccessary reason. ");
    w.keys("<f7>");
    assert!(
        w.sees("\"neccessary\" is in no dictionary."),
        "{}",
        w.screen()
    );
    w.keys("<ctrl-o>");
    assert!(w.sees("1  necessary"), "{}", w.screen());
    w.keys("<enter>").pass(REST);
    assert!(w.sees("There is no necessary reason."));
    assert_eq!(marked(&w), [""; 0]);
    w.keys("<ctrl-u>");
    assert!(w.sees("neccessary"), "one step of undo");
}

#[test]
fn one_key_takes_a_word() {
    let mut w = writing("Given frobnazine daily. ");
    w.keys("<f7><ctrl-l>");
    assert!(
        w.sees("\"frobnazine\" is one of your words now"),
        "{}",
        w.screen()
    );
    assert_eq!(marked(&w), [""; 0]);
    assert!(w.dictionary.is_word("frobnazine"));
    let mut w = writing("Given frobnazine daily. ");
    w.keys("<f7><ctrl-o>").keys("<up>");
    assert!(w.sees("keep frobnazine"), "{}", w.screen());
}

#[test]
fn walking_goes_round_and_says_what_is_there() {
    let mut w = writing("The XXX exam, teh FCE. ");
    let says = |w: &World, what: &str| assert!(w.sees(what), "{what}: {}", w.screen());
    w.keys("<ctrl-home><f7>");
    says(&w, "\"XXX\" is a blank");
    w.keys("<f7>");
    says(&w, "\"teh\" is in no dictionary");
    w.keys("<f7>");
    says(&w, "\"FCE\" is not explained");
    w.keys("<f6>");
    says(&w, "\"teh\" is in no dictionary");
    w.keys("<esc>");
    let open = w.model.open.as_ref().unwrap();
    let (all, weighty) = (w.model.marks.lints(open).len(), w.model.marks.count(open));
    says(&w, &format!("3 Items (1) !{weighty}"));
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..all {
        w.keys("gn");
        seen.insert(w.model.messages.current().unwrap().text.clone());
    }
    assert!(
        seen.iter()
            .any(|said| said.contains("L29 \"XXX\" is a blank")),
        "{seen:?}"
    );
    assert!(
        seen.iter()
            .any(|said| said.contains("\"FCE\" is not explained")),
        "{seen:?}"
    );
    let last = w.model.messages.current().unwrap().text.clone();
    w.keys("gngp");
    assert_eq!(w.model.messages.current().unwrap().text, last);
    w.keys("5");
    let place = w
        .model
        .points()
        .iter()
        .position(|p| p.text().contains("XXX"))
        .unwrap();
    w.keys(&"n".repeat(place)).keys("<enter>");
    says(&w, "L29 \"XXX\" is a blank");
}

#[test]
fn a_warning_is_mended_or_answered_and_asks_again_for_other_words() {
    let mut w = writing("The exam of XXX shows no deficit. ");
    w.keys("<ctrl-home><f7><ctrl-o>the copy is illegible<enter>")
        .pass(REST);
    assert_eq!(marked(&w), [""; 0], "{}", w.screen());
    let answers = &w.case("CM14-0012345").draft.answers;
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].reason, "the copy is illegible");
    w.keys("<esc>u").pass(REST);
    assert_eq!(marked(&w), ["XXX"], "undo takes the answer back");
    w.keys("e<ctrl-home><f7><ctrl-o>the copy is illegible<enter><esc>")
        .pass(REST);
    assert_eq!(marked(&w), [""; 0]);
    w.keys("e<ctrl-home>It is said that the exam of XXX was late. ")
        .pass(REST);
    assert_eq!(marked(&w), ["XXX"], "other words ask again");
}

#[test]
fn the_signature_asks_a_reason_for_what_is_left_and_keeps_it() {
    let attest = "<space><tab><space><tab><space><tab><space><tab>";
    let mut w = writing("The exam of XXX shows no deficit. No red flag is described.");
    // At once: what is on its way is waited for.
    w.keys("<esc>nS");
    assert!(
        w.sees("Not mended; the reason typed below"),
        "{}",
        w.screen()
    );
    w.keys("<tab>").keys(attest).keys("sign<enter>");
    assert!(
        w.sees("Type why what is listed may stand"),
        "{}",
        w.screen()
    );
    assert!(!w.effects.iter().any(|e| matches!(e, Effect::Seal { .. })));
    w.keys("<up><up><up><up><up>The date cannot be read.<tab><tab><tab><tab><tab><enter>");
    assert!(w.sees("is signed"), "{}", w.screen());
    let file = w.case("CM14-0012345");
    assert_eq!(file.stage, Stage::Signed);
    let answers = &file.draft.answers;
    assert!(answers.iter().any(|answer| answer.id == "L29"));
    assert!(
        answers
            .iter()
            .all(|answer| answer.reason == "The date cannot be read.")
    );
}

#[test]
fn a_conclusion_against_the_decision_is_not_signed_without_its_own_reason() {
    let mut w = writing("The request for CT of the cervical spine is medically necessary.");
    let open = w.model.open.as_ref().unwrap();
    let weighty = w.model.marks.weighty(open);
    assert_eq!(
        (weighty[0].id, weighty[0].severity),
        ("L15", Severity::Blocking)
    );
    w.keys("<esc>S");
    assert!(w.sees("Not ready to sign."), "{}", w.screen());
    w.keys("<enter>");
    assert!(w.sees("L15"), "{}", w.screen());
    w.keys("<ctrl-o>quoted from the request<enter>S");
    assert!(w.sees("Type the word sign"), "{}", w.screen());
}

/// With the blank to be filled in, and what rules.toml says of the check that finds it.
fn with_a_blank(severity: Severity) -> World {
    let mut w = desk(SMALL);
    w.model.limits.severities.insert("L29".to_owned(), severity);
    w.keys("<enter>3Ucneck special<enter>e")
        .keys("There is [exam finding]. The request is not medically necessary.")
        .pass(REST);
    assert_eq!(marked(&w), ["[exam finding]"]);
    w.keys("<esc>S");
    w
}

#[test]
fn a_check_that_rules_toml_raises_keeps_from_signing_until_it_is_answered() {
    let mut w = with_a_blank(Severity::Blocking);
    assert!(w.sees("Not ready to sign."), "{}", w.screen());
    assert!(w.sees("[exam finding]"), "{}", w.screen());
    w.keys("<enter><ctrl-o>The exam is quoted<enter>S");
    assert!(w.sees("Type the word sign"), "{}", w.screen());
}

#[test]
fn a_check_that_rules_toml_lowers_asks_for_nothing_save_where_the_law_does() {
    let w = with_a_blank(Severity::Note);
    assert!(w.sees("Type the word sign"), "{}", w.screen());
    assert!(!w.sees("[exam finding]\" is a blank"), "{}", w.screen());
    let mut w = desk(SMALL);
    let lowered = ("L15".to_owned(), Severity::Note);
    w.model.limits.severities.extend([lowered]);
    w.keys("<enter>3Ucneck special<enter>e")
        .keys("The request is medically necessary.")
        .pass(REST);
    w.keys("<esc>S");
    assert!(w.sees("Not ready to sign."), "{}", w.screen());
}

#[test]
fn words_of_another_determination_are_noticed() {
    let w = writing(
        "\"It is not met.\" (determination CM16-0228949, item 1) The request is not medically necessary.",
    );
    let open = w.model.open.as_ref().unwrap();
    let marks = w.model.marks.in_rationale(open, open.item);
    let noticed = marks.iter().find(|(_, lint)| lint.id == "L54").unwrap();
    assert!(noticed.1.message.contains("say how it applies here"));
    assert!(open.editor().unwrap().text()[noticed.0.clone()].starts_with("\"It is"));
}

#[test]
fn the_case_is_worked_down_by_n() {
    let mut w = desk(SMALL);
    w.keys("<enter>3n");
    assert!(w.sees("Missing before it can be signed"), "{}", w.screen());
    w.keys("p");
    let mut many = desk(SMALL);
    many.keys("j<enter>3");
    let items = many.model.open.as_ref().unwrap().file.case.items.len();
    many.keys(&"n".repeat(items - 1));
    assert!(
        many.sees(&format!("{items} of {items}")),
        "{}",
        many.screen()
    );
    many.keys("n");
    assert!(
        many.sees("Missing before it can be signed"),
        "{}",
        many.screen()
    );
}

#[test]
fn with_checks_off_nothing_is_marked_and_the_signature_still_asks() {
    let mut w = desk(SMALL);
    w.model.marks.is_on = false;
    w.keys("<enter>3Ucneck special<enter>eThe exam of XXX, teh pain.")
        .pass(1000);
    assert_eq!(marked(&w), [""; 0]);
    w.keys("<esc>S");
    assert!(
        w.sees("Not mended; the reason typed below"),
        "{}",
        w.screen()
    );
    assert!(
        w.model
            .dialogue()
            .unwrap()
            .lints
            .iter()
            .any(|lint| lint.id == "L29")
    );
}

#[test]
fn a_check_that_fails_keeps_nobody_waiting() {
    let mut w = writing("No red flag is described. ");
    w.is_slow = true;
    w.keys("more<esc>S");
    w.event(Event::Failed("imr failed at this.".into()));
    w.is_slow = false;
    w.answer_all();
    w.keys("S");
    assert!(w.sees("Type the word sign"), "{}", w.screen());
}

/// The bar: a practice case of two items from queue to signed in at most 60 keys besides the
/// words of its rationales, in a real terminal.
#[test]
fn from_queue_to_signed_in_sixty_keys() {
    const WHY: [&str; 2] = [
        "The leg pain follows no nerve root on examination, and the second injection gave relief \
         for two weeks only. The injection is not medically necessary.",
        "A follow-up visit is needed to plan care after the injections. The visit is medically \
         necessary.",
    ];
    let home = Home::new();
    let pty = home.demo();
    pty.wait_for(FIRST);
    let mut keys = Vec::new();
    let mut press = |shown: &'static str, bytes: &str, until: &str| {
        keys.push(shown);
        pty.send(bytes);
        pty.wait_for(until);
    };
    press("Enter", "\r", "1 Summary");
    press("3", "3", "Why");
    for (decision, said, why) in [("U", "Upheld", WHY[0]), ("O", "Overturned", WHY[1])] {
        press(decision, decision, said);
        press("c", "c", "Cite");
        press("Enter", "\r", "Cited on item");
        press("e", "e", "Why (writing)");
        // The reviewer's own words.
        pty.send(why);
        let end = why.split(' ').next_back().unwrap();
        pty.wait_for(end);
        press("Esc", "\x1b", "e edit");
        press(
            "n",
            "n",
            if said == "Upheld" {
                "2 of 2"
            } else {
                "Case Number"
            },
        );
    }
    press("S", "S", "Type the word sign");
    if pty.screen().contains("Why they may stand") {
        for c in ["o", "k", "."] {
            press(c, c, "Why they may stand");
        }
        press("Enter", "\r", "Type the word sign");
    }
    for n in 1..=4 {
        press("Space", " ", "[x]");
        pty.wait_until("the mark", |pty| pty.screen().matches("[x]").count() == n);
        press("Enter", "\r", "Type the word sign");
    }
    for c in ["s", "i", "g", "n"] {
        press(c, c, "Type the word sign");
    }
    press("Enter", "\r", "is signed; next is");
    println!("{} keys: {}", keys.len(), keys.join(" "));
    assert!(keys.len() <= 60, "{}", keys.len());
    pty.rest(Duration::from_millis(100));
}

#[test]
fn the_command_line_answers_and_refuses_alike() {
    let home = Home::new();
    home.decide_first();
    let reasons = home.path().join("reasons");
    std::fs::write(&reasons, "The exam of XXX shows no red flag.").unwrap();
    let run = |args: &[&str]| {
        let done = Command::new(pty::program())
            .env("HOME", home.path())
            .env("IMR_CONFIG", home.path())
            .args(args)
            .arg("--store")
            .arg(home.store())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        (done.status.code().unwrap(), said)
    };
    let file = reasons.to_string_lossy().into_owned();
    assert_eq!(run(&["decide", FIRST, "1", "--rationale-file", &file]).0, 0);
    let attest = home.path().join("attest");
    let printed = Command::new(pty::program())
        .env("HOME", home.path())
        .env("IMR_CONFIG", home.path())
        .args(["sign", FIRST, "--dry-run", "--store"])
        .arg(home.store())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&printed.stderr);
    assert!(said.contains("L29 item 1: \"XXX\" is a blank"), "{said}");
    let template = String::from_utf8_lossy(&printed.stdout).replace("= false", "= true");
    std::fs::write(&attest, template.replace("false", "true")).unwrap();
    let attest = attest.to_string_lossy().into_owned();
    let (code, said) = run(&["sign", FIRST, "--attest", &attest]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("--lint-reason"), "{said}");
    let (code, said) = run(&["answer", FIRST, "L99", "--reason", "x"]);
    assert_eq!(code, 1);
    assert!(said.contains("no open lint L99"), "{said}");
    let (code, said) = run(&[
        "answer",
        FIRST,
        "l29",
        "--item",
        "1",
        "--reason",
        "illegible",
    ]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = run(&["sign", FIRST, "--attest", &attest]);
    // Other warnings than the answered one may be left, by the table of the day.
    if code != 0 {
        assert!(!said.contains("L29"), "{said}");
        let (code, said) = run(&["sign", FIRST, "--attest", &attest, "--lint-reason", "seen"]);
        assert_eq!(code, 0, "{said}");
    }
    assert_eq!(home.case()["stage"], "signed");
    let (code, said) = run(&["verify", FIRST]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_citation_outside_the_mtus_offers_its_sentence_and_forces_nothing() {
    let mut w = desk(SMALL);
    w.keys("<enter>3Ucodg<enter>");
    assert!(
        w.sees("Cited on item 1 (outside the MTUS: g o says why)"),
        "{}",
        w.screen()
    );
    w.keys("go");
    assert!(w.sees("Outside the MTUS, item 1"), "{}", w.screen());
    w.keys("<enter><enter><enter>");
    assert!(w.sees("Choose with the arrow keys."), "{}", w.screen());
    w.keys("<up><up><space><enter><enter><enter>");
    assert!(
        w.sees("The MTUS was searched first and does not address"),
        "{}",
        w.screen()
    );
    w.keys("<ctrl-u><esc>");
    assert!(
        !w.sees("The MTUS was searched first"),
        "undo takes it back in one step"
    );
}

/// Two cited recommendations, levels and all, by keys.
const WORKSHEET: &str = "<enter>3Uc<enter>codg<enter>gwrepeat imaging<tab><space><tab>against it<tab>Lee 2003<tab><space><tab><tab><space><space><space><space><space><tab>it after surgery<tab>Ray 2009<tab><space><tab><tab><space><space>";

#[test]
fn the_worksheet_writes_its_paragraph() {
    let mut w = desk((120, 40));
    w.keys(WORKSHEET);
    assert!(
        w.sees("first 3, second 1b: the second wins"),
        "{}",
        w.screen()
    );
    w.keys("<tab><tab><enter>").pass(REST);
    let open = w.model.open.as_ref().unwrap();
    let text = open.editor().unwrap().text();
    assert!(text.contains("rests on Ray 2009"), "{text}{}", w.screen());
    assert!(text.contains("The better evidence supports"), "{text}");
}
