//! Writing a rationale with help: journeys by keys.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod world;

use imr::model::*;
use world::World;

const SMALL: (u16, u16) = (80, 24);

fn rationale(w: &World, case: &str, item: usize) -> String {
    w.case(case).draft.items[item].rationale.clone()
}

#[test]
fn a_snippet_is_found_inserted_and_its_blanks_are_typed_over() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3gt");
    assert!(w.sees("Insert a snippet"));
    w.keys("red flags");
    assert!(w.sees("Imaging: red flags and neurological findings"));
    w.keys("<enter>");
    assert!(w.sees("Why (writing)"));
    assert!(
        w.sees("Axial neck pain on the"),
        "the finding of the case stands in it"
    );
    assert!(
        w.sees("[guideline] reserves this study"),
        "nothing is cited"
    );
    // The first blank is selected: what is typed takes its place, Tab goes to the next.
    w.keys("ACOEM<tab>red flags<tab>do not<esc>");
    let text = rationale(&w, "CM14-0012345", 0);
    assert!(
        text.starts_with("ACOEM reserves this study for red flags. On examination: Axial"),
        "{text}"
    );
    assert!(text.contains("The records do not show"), "{text}");
    let decided = w
        .changes
        .iter()
        .any(|(_, c)| matches!(c, Change::Decided { .. }));
    assert!(!decided, "no snippet decides");
}

#[test]
fn snippets_for_such_a_request_come_first() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3e<alt-t>");
    let screen = w.screen();
    let imaging = screen.find("for imaging").unwrap();
    let any = screen.find("for any").unwrap();
    assert!(imaging < any, "{screen}");
    w.keys("<esc>");
    assert!(w.sees("Why (writing)"), "nothing was inserted");
}

#[test]
fn blanks_that_are_left_are_walked_and_none_is_said() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3eA [first] and a [second] one.<ctrl-home><tab>1<tab>2<tab>");
    assert!(w.sees("no blank is left in this rationale"));
    w.keys("<esc>");
    assert_eq!(rationale(&w, "CM14-0012345", 0), "A 1 and a 2 one.");
}

#[test]
fn the_outline_follows_what_is_typed() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3e");
    assert!(w.sees("criteria missing · facts missing · gap missing · conclusion missing"));
    w.keys("The MTUS recommends a CT for red flags. The patient has neck pain. ");
    assert!(w.sees("criteria ok · facts ok · gap missing · conclusion missing"));
    w.keys("However, there is no documentation of one. The request is not medically necessary.");
    assert!(w.sees("criteria ok · facts ok · gap ok · conclusion ok"));
    w.keys("<esc>O");
    assert!(
        w.sees("facts ok · match ok"),
        "what is found necessary has no gap"
    );
}

#[test]
fn an_earlier_text_is_compared_and_taken_back() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3eThe left knee hurts.<esc>").pass(1_000);
    w.keys("e<f9>The right knee hurts a lot.<esc>").pass(1_000);
    w.keys("gh");
    assert!(w.sees("Earlier texts of item 1"));
    assert!(w.sees("[-left-]") && w.sees("{+right+}"), "{}", w.screen());
    w.keys("<enter>");
    assert!(w.sees("the earlier text is back"));
    assert_eq!(rationale(&w, "CM14-0012345", 0), "The left knee hurts.");
    w.keys("u");
    assert_eq!(
        rationale(&w, "CM14-0012345", 0),
        "The right knee hurts a lot."
    );
    assert!(w.sees("The right knee hurts a lot."), "on the screen too");
}

#[test]
fn undo_takes_no_text_back_over_words_written_since() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3eOne.<esc>").pass(1_000);
    w.keys("e<f9>Two.<esc>").pass(1_000);
    w.keys("gh<enter>eAnd more. <esc>").pass(1_000);
    let now = rationale(&w, "CM14-0012345", 0);
    w.keys("u");
    assert_eq!(rationale(&w, "CM14-0012345", 0), now);
}

#[test]
fn where_nothing_is_kept_it_is_said() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3gh");
    assert!(w.sees("No earlier text is kept"));
    w.keys("<enter>");
    assert!(w.sees("There is no earlier text to take back."));
    w.keys("<esc>");
    assert!(w.sees("Decision   undecided"));
}
