//! The queue by keys: views, columns, filters, marks, and what is done to many cases at once.
//! These look only at the screen and at the changes handed over.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod world;

use imr::app::{Effect, Event};
use imr::model::*;
use world::World;

const SMALL: (u16, u16) = (80, 24);

/// Case numbers in view, from the top.
fn listed(w: &World) -> Vec<String> {
    let screen = w.screen();
    let rows = screen
        .lines()
        .skip(2)
        .take_while(|line| !line.starts_with('─'));
    rows.filter_map(|line| {
        let mut words = line.split_whitespace();
        words.find(|word| word.starts_with("CM") || word.starts_with("local"))
    })
    .map(str::to_owned)
    .collect()
}

fn own_view(name: &str, of: View, query: &str, sort: Sort) -> OwnView {
    OwnView {
        name: name.into(),
        of,
        query: query.into(),
        sort,
        descending: true,
    }
}

#[test]
fn views_are_chosen_from_a_list() {
    let mut w = World::new(SMALL);
    w.keys("v");
    for view in View::ALL {
        assert!(w.sees(view.title()), "{}", w.screen());
    }
    w.keys("<esc>");
    assert!(w.sees("view My open"), "Esc changes nothing");
    w.keys("vj<enter>");
    assert!(w.sees("view Overdue"), "{}", w.screen());
    assert_eq!(listed(&w), ["CM14-0012345"]);
    w.keys("v5");
    assert_eq!(listed(&w), ["CM13-0009999"], "a digit chooses at once");
    w.keys("v9");
    assert!(w.sees("undecided"), "there is no ninth: the list stays");
}

#[test]
fn own_views_stand_behind_the_others() {
    let mut w = World::new(SMALL);
    w.model.queue.views = vec![
        own_view("Spine", View::Open, "spine", Sort::Number),
        own_view("Nothing", View::Signed, "zzz", Sort::Due),
    ];
    w.keys("v");
    assert!(
        w.sees("8  Spine") && w.sees("My open: spine"),
        "{}",
        w.screen()
    );
    w.keys("8");
    assert!(w.sees("view Spine   sort number ▼"), "{}", w.screen());
    let spine = listed(&w);
    assert!(
        spine.contains(&"CM14-0012345".to_owned()) && spine.len() < 5,
        "{spine:?}"
    );
    w.keys("/sex:m<enter>");
    assert!(listed(&w).len() < spine.len(), "filters narrow the view");
    w.keys("<esc>v9");
    assert!(w.sees("No case in the view \"Nothing\"."), "{}", w.screen());
    w.keys("v1");
    assert_eq!(listed(&w).len(), 5);
}

#[test]
fn any_column_sorts_both_ways() {
    let mut w = World::new(SMALL);
    let by_due = listed(&w);
    w.keys("s2");
    assert!(w.sees("sort number ▲"), "{}", w.screen());
    let by_number = listed(&w);
    let mut sorted = by_due.clone();
    sorted.sort();
    assert_eq!(by_number, sorted);
    w.keys("r");
    assert!(w.sees("sort number ▼"));
    sorted.reverse();
    assert_eq!(listed(&w), sorted);
    w.keys("s<enter>");
    assert_eq!(listed(&w), by_number, "the column in force is turned round");
    w.keys("s<esc>s1");
    assert_eq!(listed(&w), by_due);
    for (n, sort) in (1..).zip(Sort::ALL) {
        w.keys(&format!("s{n}"));
        assert!(w.sees(&format!("sort {}", sort.word())), "{}", w.screen());
    }
}

#[test]
fn filters_by_facts_and_words() {
    let mut w = World::new(SMALL);
    for (typed, expected) in [
        ("due:overdue", &["CM14-0012345"][..]),
        ("pri:exp", &["CM16-0244021"]),
        ("items:>2", &["CM16-0244021"]),
        ("req:tadalafil", &["CM16-0213377"]),
        ("age:>60 sex:m", &["CM16-0213377"]),
        ("case:5104", &["CM15-0104040"]),
        ("-sex:f -sex:m", &["local-a1b2c3…"]),
        ("due:published", &["CM15-0104040"]),
    ] {
        w.keys(&format!("/<ctrl-u>{typed}<enter>"));
        assert_eq!(listed(&w), expected, "{typed}: {}", w.screen());
    }
}

#[test]
fn a_wrong_filter_is_told_and_empties_nothing() {
    let mut w = World::new(SMALL);
    w.keys("/sex:m du:3d");
    assert!(
        w.sees("! There is no field \"du:\"; did you mean \"due:\"?"),
        "{}",
        w.screen()
    );
    assert_eq!(
        listed(&w).len(),
        2,
        "what reads is in force: {}",
        w.screen()
    );
    w.keys("<enter>");
    assert!(w.sees("There is no field"), "it is not kept");
    w.keys("<ctrl-w>state:drat");
    assert!(w.sees("did you mean \"draft\"?"), "{}", w.screen());
    w.keys("<ctrl-u>due:<lt>3d<enter>");
    assert!(!w.sees("! "), "{}", w.screen());
    assert_eq!(listed(&w).len(), 2, "{}", w.screen());
    w.keys("/ pri:<esc>");
    assert!(
        w.sees("filter due:<3d"),
        "Esc goes back to what was: {}",
        w.screen()
    );
    assert!(!w.sees("takes exp"), "{}", w.screen());
}

#[test]
fn what_passes_elsewhere_is_told() {
    let mut w = World::new(SMALL);
    w.keys("/state:signed<enter>");
    assert!(
        w.sees("No case in the view \"My open\" passes state:signed"),
        "{}",
        w.screen()
    );
    assert!(w.sees("1 case of another view does: v lists the views."));
    w.keys("<esc>");
    assert_eq!(listed(&w).len(), 5);
}

#[test]
fn a_number_before_a_key_counts() {
    let mut w = World::new(SMALL);
    w.keys("3");
    assert!(w.sees("3 then"), "{}", w.screen());
    w.keys("j");
    assert!(w.sees(" 4 of 5"), "{}", w.screen());
    w.keys("2G");
    assert!(w.sees(" 2 of 5"));
    w.keys("3gg");
    assert!(w.sees(" 3 of 5"));
    w.keys("99999999999999999999j");
    assert!(w.sees(" 5 of 5"));
    w.keys("2<esc>k");
    assert!(w.sees(" 4 of 5"), "Esc takes the number back");
    w.keys("2?<esc>k");
    assert!(w.sees(" 3 of 5"), "a number counts for the next key only");
    w.keys("G0k");
    assert!(w.sees(" 4 of 5"), "no number begins with 0");
}

#[test]
fn snoozed_cases_leave_until_their_day() {
    let mut w = World::new(SMALL);
    let first = listed(&w)[0].clone();
    w.keys("z<enter>");
    assert!(w.sees("Type the day"), "no single key snoozes");
    w.keys("1/1/2020<enter>");
    assert!(w.sees("is no day to come"), "{}", w.screen());
    w.keys("<ctrl-u>3d<enter>");
    assert!(
        w.sees("CM14-0012345 snoozed until 01/18/2026."),
        "{}",
        w.screen()
    );
    assert!(!listed(&w).contains(&first));
    assert!(
        w.sees("4 open · 1 overdue · 1 expedited · 1 snoozed"),
        "{}",
        w.screen()
    );
    w.keys("v2");
    assert_eq!(
        listed(&w),
        std::slice::from_ref(&first),
        "no deadline is hidden"
    );
    assert!(w.sees("snoozed until 01/18/26"), "{}", w.screen());
    w.keys("v1/state:snoozed<enter>");
    assert_eq!(
        listed(&w),
        std::slice::from_ref(&first),
        "who asks is shown them"
    );
    w.keys("Z");
    assert!(w.sees("taken up again"), "{}", w.screen());
    w.keys("<esc>");
    assert!(listed(&w).contains(&first));
    w.keys("zt<ctrl-u>tomorrow<enter>");
    assert!(!listed(&w).contains(&first));
    w.pass(86_400_000);
    w.keys("<f5>");
    assert!(
        listed(&w).contains(&first),
        "its day has come: {}",
        w.screen()
    );
}

#[test]
fn many_are_snoozed_and_it_is_taken_back() {
    let mut w = World::new(SMALL);
    w.keys("<space><space>");
    assert!(w.sees("2 marked · 3 of 5"), "{}", w.screen());
    w.keys("z2w<enter>");
    assert!(
        w.sees("2 cases snoozed until 01/29/2026."),
        "{}",
        w.screen()
    );
    assert_eq!(listed(&w).len(), 3);
    assert!(!w.sees("marked"), "what is done is marked no more");
    w.keys("u");
    assert!(w.sees("Taken back: 2 cases as before."), "{}", w.screen());
    assert_eq!(listed(&w).len(), 5);
    w.keys("u");
    assert!(w.sees("could be taken back"), "{}", w.screen());
    let kinds: Vec<bool> = w
        .changes
        .iter()
        .map(|(_, c)| *c == Change::Snoozed { until: None })
        .collect();
    assert_eq!(
        kinds,
        [false, false, true, true],
        "each an event of its own"
    );
}

#[test]
fn marked_cases_are_closed_through_a_dialogue() {
    let mut w = World::new(SMALL);
    w.keys("/sex:m<enter>*");
    assert!(w.sees("2 cases marked."), "{}", w.screen());
    w.keys("x");
    assert!(w.sees("Close 2 cases without a decision"), "{}", w.screen());
    w.keys("<enter><enter>");
    assert!(w.changes.is_empty(), "no single key closes");
    w.keys("<shift-tab><right><tab>settled<enter>");
    assert!(w.sees("2 cases are closed as withdrawn."), "{}", w.screen());
    assert!(w.sees("3 open"), "{}", w.screen());
    w.keys("<esc>v6");
    assert_eq!(listed(&w).len(), 2);
    w.keys("u");
    assert!(w.sees("5 open"), "{}", w.screen());
}

#[test]
fn what_cannot_be_closed_is_told_and_stays_marked() {
    let mut w = World::new(SMALL);
    w.keys("v7*zz");
    assert!(w.sees("Snooze 6 cases"), "{}", w.screen());
    w.keys("<ctrl-u>1w<enter>");
    assert!(
        w.sees("Not done for CM13-0009999: the case is signed and takes no change."),
        "{}",
        w.screen()
    );
    assert!(w.sees("1 marked"), "{}", w.screen());
    w.keys("<esc><esc>");
    assert!(
        !w.sees("marked"),
        "Esc takes marks off last: {}",
        w.screen()
    );
}

#[test]
fn marks_are_taken_off_the_way_they_were_made() {
    let mut w = World::new(SMALL);
    w.keys("*");
    assert!(w.sees("5 marked"), "{}", w.screen());
    w.keys("*");
    assert!(w.sees("No case is marked."));
    w.keys("<space>k<space>");
    assert!(!w.sees(" marked"), "{}", w.screen());
    w.keys("<space>M");
    assert!(!w.sees(" marked"));
}

#[test]
fn a_bulk_that_fails_is_said_and_leaves_the_marks() {
    let mut w = World::new(SMALL);
    w.refuse = Some("The disk is full.".into());
    w.keys("<space>z3d<enter>");
    assert!(w.sees("Not saved: The disk is full."), "{}", w.screen());
    assert!(w.sees("1 marked"), "{}", w.screen());
    w.keys("<esc>u");
    assert!(w.sees("could be taken back"), "{}", w.screen());
}

#[test]
fn back_from_a_case_everything_is_as_it_was() {
    let mut w = World::new(SMALL);
    w.keys("v7s2/-knee<enter>j<space>j");
    w.pass(200);
    let before = w.screen();
    w.keys("<enter>3nq");
    w.pass(200);
    assert_eq!(w.screen(), before);
}

#[test]
fn a_list_of_another_view_marks_nothing() {
    let mut w = World::new(SMALL);
    w.is_slow = true;
    w.batch("*<ctrl-c>v5");
    w.is_slow = false;
    w.answer_all();
    assert!(!w.sees("marked"), "{}", w.screen());
}

/// However slow the store is: what was typed behind `*` is for what it marks.
#[test]
fn keys_wait_for_the_list_that_marks() {
    let mut w = World::new(SMALL);
    w.is_slow = true;
    w.batch("/sex:m<enter>*x");
    assert!(!w.sees("without a decision"), "{}", w.screen());
    w.is_slow = false;
    w.answer_all();
    assert!(w.sees("Close 2 cases without a decision"), "{}", w.screen());
}

/// The changes of many cases that were handed to the store, in order.
fn wished(w: &World, from: usize) -> Vec<CaseId> {
    let changes = w.changes.iter().skip(from);
    changes.map(|(case, _)| case.clone()).collect()
}

/// What is applied beneath a dialogue changes nothing of what it is for.
#[test]
fn a_dialogue_is_for_the_cases_it_names() {
    for (open, answer) in [
        ("z", "3d<enter>"),
        ("x", "<right><enter>settled<enter>"),
        ("<space><space>z", "3d<enter>"),
        ("<space><space>x", "<right><enter>settled<enter>"),
    ] {
        let mut w = World::new(SMALL);
        let page = w.model.queue.page.clone();
        let named: Vec<CaseId> = match open.len() {
            1 => vec![page.rows[0].id.clone()],
            _ => page.rows[..2].iter().map(|r| r.id.clone()).collect(),
        };
        w.keys(open);
        let others: Vec<CaseId> = page.rows[2..].iter().map(|r| r.id.clone()).collect();
        for generation in 0..9 {
            let cases = others.clone();
            w.event(Event::Listed { generation, cases });
            let page = QueuePage {
                rows: page.rows[2..].to_vec(),
                total: 3,
                ..page.clone()
            };
            w.event(Event::Queue { generation, page });
        }
        assert_eq!(w.model.queue.page.rows.len(), 3, "the queue is another");
        w.keys(answer);
        let sorted: std::collections::BTreeSet<CaseId> = named.into_iter().collect();
        let done: std::collections::BTreeSet<CaseId> = wished(&w, 0).into_iter().collect();
        assert_eq!(done, sorted, "{open}");
    }
}

/// What a slow or full disk leaves undone can be taken back later, and nothing else is.
#[test]
fn an_undo_that_fails_can_be_tried_again() {
    let mut w = World::new(SMALL);
    w.keys("z3d<enter>");
    w.refuse = Some("The disk is full.".into());
    w.keys("u");
    assert!(w.sees("Not saved: The disk is full."), "{}", w.screen());
    w.refuse = None;
    w.keys("u");
    assert!(w.sees("Taken back"), "{}", w.screen());
    assert_eq!(listed(&w).len(), 5);
    w.keys("u");
    assert!(w.sees("could be taken back"), "{}", w.screen());
}

#[test]
fn nothing_is_taken_back_while_a_change_is_on_its_way() {
    let mut w = World::new(SMALL);
    w.keys("z3d<enter>");
    let first = wished(&w, 0);
    w.is_slow = true;
    w.keys("x<right><enter>settled<enter>");
    let sent = w.changes.len();
    w.keys("u");
    assert!(w.sees("is still being saved"), "{}", w.screen());
    assert_eq!(w.changes.len(), sent, "nothing was taken back");
    w.is_slow = false;
    w.answer_all();
    w.keys("u");
    assert_ne!(wished(&w, sent), first, "the closing comes first");
    assert!(w.sees("4 open"), "{}", w.screen());
    w.keys("u");
    assert_eq!(wished(&w, sent + 1), first);
    assert!(w.sees("5 open"), "{}", w.screen());
}

/// A case closed while it was open is closed as one of the queue is: `u` takes it back, unless
/// more was done since.
#[test]
fn a_closing_is_taken_back_from_the_queue_and_a_signature_is_not() {
    let close = "x<right><enter>a mistake<enter>";
    let mut w = World::new(SMALL);
    w.keys("<enter>").keys(close);
    assert!(w.sees("is closed as"), "{}", w.screen());
    assert!(w.sees("4 open"), "{}", w.screen());
    w.keys("u");
    assert!(w.sees("as before"), "{}", w.screen());
    assert!(w.sees("5 open"), "{}", w.screen());
    w.keys("<enter>").keys(close);
    let id = w.changes.last().unwrap().0.clone();
    let file = w.cases.iter_mut().find(|f| f.case.id == id).unwrap();
    file.stage = Stage::Signed;
    w.keys("u");
    assert_eq!(w.case(id.as_str()).stage, Stage::Signed);
    assert!(w.sees("it is signed by now"), "{}", w.screen());
}

#[test]
fn an_empty_store_says_what_to_do_first() {
    let mut w = World::with(SMALL, vec![]);
    assert!(
        w.sees("imr import FOLDER") && w.sees("imr demo"),
        "{}",
        w.screen()
    );
    assert!(!w.sees("imr config init"), "the reviewer is known");
    w.model.reviewer.name.clear();
    assert!(w.sees("imr config init"), "{}", w.screen());
}

#[test]
fn too_many_are_not_marked() {
    let mut w = World::new(SMALL);
    let (generation, page) = (
        1,
        QueuePage {
            total: 70_000,
            ..w.model.queue.page.clone()
        },
    );
    w.event(Event::Queue { generation, page });
    w.keys("*");
    assert!(w.sees("70000 cases are too many to mark"), "{}", w.screen());
    assert!(
        !w.effects
            .iter()
            .any(|e| matches!(e, Effect::ListCases { .. }))
    );
}
