//! The picker's four sources, as a reviewer uses them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod world;

use imr::app::Effect;
use imr::app::open_case::Tab;
use imr::model::*;
use world::World;

const SMALL: (u16, u16) = (80, 24);
const CASE: &str = "CM14-0012345";

fn cited(w: &World) -> Vec<String> {
    let draft = &w.case(CASE).draft.items[0];
    draft.citations.iter().map(Citation::label).collect()
}

fn rationale(w: &mut World) -> String {
    w.pass(2_000);
    w.case(CASE).draft.items[0].rationale.clone()
}

#[test]
fn a_passage_is_cited_with_heading_and_page() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3<ctrl-g>cannot<tab><tab>");
    assert!(w.sees("[passages]") && w.sees("p. 4"), "{}", w.screen());
    w.keys("<enter>");
    let text = "Practice Criteria for Imaging, 2025: CT, Page(s): 4";
    assert_eq!(cited(&w), [text]);
    assert_eq!(w.case(CASE).draft.items[0].citations[0].rank, Some(Rank::E));
    assert!(w.sees("Cited on item 1"), "{}", w.screen());
    w.keys("u");
    assert!(cited(&w).is_empty(), "u takes it back");
}

#[test]
fn citations_of_a_precedent_are_taken_over_one_by_one() {
    let mut w = World::new((120, 40));
    w.keys("<enter>3p");
    assert!(
        w.sees("3 alike: 2 upheld, 1 overturned; cited most: MTUS"),
        "{}",
        w.screen()
    );
    assert!(w.sees("Overturned = medically necessary"), "{}", w.screen());
    w.keys("<enter>");
    assert_eq!(cited(&w).len(), 1);
    assert!(
        w.sees("Cited on item 1, as CM25-0199001 does"),
        "{}",
        w.screen()
    );
    w.keys("p<enter>");
    assert_eq!(cited(&w).len(), 2, "the next one");
    w.keys("p<enter>");
    assert_eq!(cited(&w).len(), 2);
    assert!(w.sees("Item 1 cites all that it cites."), "{}", w.screen());
    w.keys("<down><down><enter>");
    assert!(w.sees("CM15-0100200 cites nothing"), "{}", w.screen());
}

#[test]
fn words_of_a_precedent_come_in_as_a_quotation_only() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3p<ctrl-f><ctrl-y>");
    let quoted = "\"CT shows what is to be 'fused'.\" (determination CM25-0199001, item 1)";
    assert_eq!(rationale(&mut w), quoted);
    assert!(cited(&w).is_empty(), "a quotation cites nothing");
    w.keys(" So it is here.<ctrl-g><tab><tab><tab><down><ctrl-y>");
    let text = rationale(&mut w);
    assert!(
        text.starts_with(quoted) && text.contains("here. \"There is no red flag"),
        "{text}"
    );
    w.keys("<esc>p<down><down><ctrl-y>");
    assert!(w.sees("nothing to quote"), "{}", w.screen());
}

#[test]
fn a_finding_or_record_is_gone_to_and_inserted_while_writing() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3<ctrl-g>protrusion<shift-tab>");
    assert!(w.sees("[this case]"), "{}", w.screen());
    w.keys("<enter>");
    let open = w.model.open.as_ref().unwrap();
    assert_eq!(open.tab, Tab::Findings);
    let at = open.selected_finding().unwrap();
    assert!(open.file.case.findings[at].text.contains("protrusion"));
    w.keys("<ctrl-g>application<shift-tab><enter>");
    assert_eq!(w.model.open.as_ref().unwrap().tab, Tab::Records);
    w.keys("3e<ctrl-g>protrusion<shift-tab><enter>");
    let text = rationale(&mut w);
    assert_eq!(
        text,
        "left paracentral protrusion at C4-5 that touches the cord (09/03/2025)"
    );
}

#[test]
fn tab_goes_round_and_keeps_what_is_typed() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3<ctrl-g>ct");
    for title in [
        "[citations]",
        "[passages]",
        "[precedents]",
        "[this case]",
        "[all]",
    ] {
        w.keys("<tab>");
        assert!(w.sees(title) && w.sees("/ ct"), "{title}: {}", w.screen());
    }
    w.keys("<shift-tab>");
    assert!(w.sees("[this case]"));
    for kind in ["citation", "passage", "precedent"] {
        let mut w = World::new((120, 40));
        w.keys("<enter>3<ctrl-g>ct");
        assert!(w.sees(kind), "{kind}: {}", w.screen());
    }
}

#[test]
fn one_pages_through_the_guideline_and_back() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3<ctrl-g>cannot<tab><tab>");
    let start = w.screen();
    let mut seen = start.clone();
    for _ in 0..8 {
        w.keys("<ctrl-f>");
        seen.push_str(&w.screen());
    }
    for heading in [
        "Neck > CT",
        "Neck > MRI",
        "Neck > Before an operation",
        "Neck > Follow-up",
    ] {
        assert!(seen.contains(heading), "{heading}");
    }
    for _ in 0..14 {
        w.keys("<ctrl-b>");
    }
    assert!(w.sees("Neck > Plain films"), "{}", w.screen());
    w.keys("<backspace>t");
    assert_eq!(w.screen(), start, "the view opens at the hit again");
}

#[test]
fn an_answer_to_an_older_question_changes_nothing() {
    let mut w = World::new(SMALL);
    w.keys("<enter>3<ctrl-g>ct");
    w.is_slow = true;
    w.keys("<tab><tab><enter>");
    assert!(cited(&w).is_empty(), "not before the answer");
    w.is_slow = false;
    w.answer_all();
    assert_eq!(cited(&w).len(), 1);
    assert!(
        cited(&w)[0].starts_with("Practice Criteria"),
        "{:?}",
        cited(&w)
    );
}

#[test]
fn citations_come_first_and_the_rest_moves_nothing_that_is_selected() {
    let mut w = World::new((120, 40));
    w.keys("<enter>3");
    w.is_slow = true;
    w.keys("<ctrl-g>ct");
    let picker = |w: &World| {
        let picker = w.model.picker().unwrap();
        let passages = picker
            .picks
            .iter()
            .filter(|p| p.source() == PickSource::Passages);
        (
            picker.picks.len(),
            passages.count(),
            picker.selected().cloned(),
        )
    };
    while picker(&w).0 == 0 {
        assert!(w.answer_one());
    }
    let (first, passages, _) = picker(&w);
    assert_eq!(passages, 0, "{}", w.screen());
    assert!(w.model.picker().unwrap().is_stale(), "the rest is awaited");
    w.keys("<down><down><down><down>");
    let (.., chosen) = picker(&w);
    w.answer_all();
    let (all, passages, selected) = picker(&w);
    assert!(all > first && passages > 0, "{}", w.screen());
    assert_eq!(selected, chosen);
    assert!(!w.model.picker().unwrap().is_stale());
    w.keys("x<backspace>");
    while w.model.picker().unwrap().is_stale() {
        assert_eq!(picker(&w).1, passages, "until the rest comes, as before");
        assert!(w.answer_one());
    }
    assert_eq!(picker(&w).0, all, "and none is lost");
}

#[test]
fn on_a_signed_case_one_looks_and_takes_nothing() {
    let mut w = World::new(SMALL);
    w.keys("v5<enter>3p<enter>");
    assert!(w.sees("signed or closed"), "{}", w.screen());
    assert!(w.changes.is_empty());
    w.keys("<esc>q");
    w.keys("<ctrl-g>neck<enter>");
    assert!(w.sees("open a case to cite"), "{}", w.screen());
    assert!(!w.effects.iter().any(|e| matches!(e, Effect::Save { .. })));
}
