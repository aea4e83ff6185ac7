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
fn a_snippet_before_a_word_is_parted_from_it() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3ehere<home><alt-t>");
    w.keys("<enter><esc>");
    let text = rationale(&w, "CM14-0012345", 0);
    assert!(text.ends_with(" here"), "{text}");
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

/// A case of these requests.
fn world_of(requests: &[&str]) -> World {
    let mut file = world::cases::cervical();
    let item = |request: &&str| Item {
        request: (*request).to_owned(),
        ur: Ur::default(),
        published: None,
    };
    file.case.items = requests.iter().map(item).collect();
    file.draft = Draft::empty(requests.len());
    World::with((99, 40), vec![file])
}

const SURGERY: [&str; 4] = [
    "Left knee arthroscopy with meniscectomy",
    "Medical clearance",
    "Cold therapy unit, 7 day rental",
    "Acupuncture, 6 visits for the low back",
];

fn decisions(w: &World) -> Vec<Option<Decision>> {
    let drafts = &w.case("CM14-0012345").draft.items;
    drafts.iter().map(|d| d.decision).collect()
}

#[test]
fn what_goes_with_a_surgery_follows_it_each_confirmed() {
    let mut w = world_of(&SURGERY);
    w.keys("<enter>3gd");
    assert!(w.sees("decide this item first"));
    w.keys("cneck special<enter>U");
    assert!(
        w.sees("item 2 (undecided), item 3 (undecided)"),
        "{}",
        w.screen()
    );
    assert!(w.sees("g d what goes with it"), "{}", w.screen());
    w.keys("gd");
    assert!(w.sees("Item 2 goes with item 1"));
    w.keys("<enter>");
    assert!(
        w.sees("Choose with the arrow keys."),
        "nothing is chosen before"
    );
    assert_eq!(decisions(&w)[1], None);
    w.keys("<right><right><enter>");
    assert!(
        w.sees("Item 3 goes with item 1"),
        "the next one is asked for"
    );
    assert_eq!(decisions(&w)[1], Some(Decision::Upheld));
    let second = &w.case("CM14-0012345").draft.items[1];
    assert_eq!(
        second.citations,
        w.case("CM14-0012345").draft.items[0].citations
    );
    assert!(
        second
            .rationale
            .contains("asked for together with item 1, Left knee arthroscopy"),
        "{}",
        second.rationale
    );
    w.keys("<right><enter>");
    assert!(w.sees("Every item that goes with item 1 is decided."));
    let upheld = Some(Decision::Upheld);
    assert_eq!(decisions(&w), [upheld, upheld, upheld, None]);
    // Each is taken back by itself.
    w.keys("u");
    assert_eq!(decisions(&w), [upheld, upheld, None, None]);
}

#[test]
fn what_goes_with_a_surgery_that_stands_is_weighed_by_itself() {
    let mut w = world_of(&SURGERY);
    w.keys("<enter>3Ogd<right><right><enter>");
    assert!(w.sees("2 of 4  Medical clearance"), "{}", w.screen());
    assert_eq!(decisions(&w)[1], None);
    w.keys("Pgd<right><enter><esc>");
    assert_eq!(decisions(&w)[1], Some(Decision::Overturned));
    assert_eq!(rationale(&w, "CM14-0012345", 1), "", "no reason is made up");
}

#[test]
fn a_dose_is_reckoned_once_what_is_missing_is_noted() {
    let mut w = world_of(&[
        "Norco 10/325 mg #120",
        "Physical therapy, 20 visits for the neck",
    ]);
    w.keys("<enter>3");
    assert!(w.sees("how many a day is not stated"), "{}", w.screen());
    assert!(
        w.sees("not noted; norco perhaps Non-exempt (own list, not"),
        "{}",
        w.screen()
    );
    w.keys("gf<right><right><tab>x<enter>");
    assert!(w.sees("is not units a day"));
    w.keys("<backspace>6<enter>");
    assert!(
        w.sees("60 MME a day = norco 10 mg x 6 a day (noted) x 1 (CDC 2022)"),
        "{}",
        w.screen()
    );
    assert!(w.sees("Non-exempt (noted)"));
    w.keys("ngf8<enter>");
    assert!(
        w.sees("20 asked (item 2) + 8 before (noted) = 28 physical therapy, 4"),
        "{}",
        w.screen()
    );
    w.keys("u");
    assert!(w.sees("? before = at least 20 of 24"), "{}", w.screen());
}

#[test]
fn the_ledger_shows_what_was_had_and_what_does_not_fit() {
    let mut w = World::new((100, 30));
    w.keys("<enter>2l");
    assert!(w.sees("Treatment before"));
    assert!(
        w.sees("names the root C6, the study of finding"),
        "{}",
        w.screen()
    );
    w.keys("x");
    assert!(w.sees("no finding is selected"), "the list is not in sight");
    w.keys("l");
    assert!(w.sees("Her neck pain has spread"));
}
