//! Precedents from the store: what is listed, what the figures say, and what is never shown.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // helpers of tests are tests

mod store_support;

use imr::model::*;
use imr::store::{Imported, Store, Wanted};
use rusqlite::Connection;
use store_support::*;

fn of_item(desk: &mut Desk, case: &CaseId, item: usize) -> Precedents {
    let wanted = Wanted::Item(case.clone(), item);
    desk.store.precedents(&wanted, 50).unwrap()
}

fn precedent(n: u32) -> imr::store::NewCase {
    imr::store::NewCase {
        as_precedent: true,
        ..new_case(n, true)
    }
}

fn decide(desk: &mut Desk, case: &CaseId, item: usize, decision: Decision) {
    desk.apply(case, Change::Decided { item, decision });
}

/// Nothing that stands in a hidden answer, in any field.
fn is_blind(precedents: &Precedents) -> bool {
    let json = serde_json::to_string(precedents).unwrap();
    !HIDDEN.iter().any(|word| json.contains(word))
}

#[test]
fn imported_precedents_and_own_determinations_are_listed_with_what_they_say() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    desk.store.import(&precedent(2), "lee", at(0)).unwrap();
    let own = desk.with(3, false);
    assert_eq!(of_item(&mut desk, &case, 0).list.len(), 1, "not signed yet");
    desk.complete(&own);
    assert_eq!(
        of_item(&mut desk, &case, 0).list.len(),
        1,
        "decided, not signed"
    );
    desk.sign(&own, 100);
    let found = of_item(&mut desk, &case, 0);
    let said: Vec<(&str, usize, bool, Decision)> = found
        .list
        .iter()
        .map(|p| (p.case.as_str(), p.item, p.is_own, p.decision))
        .collect();
    assert_eq!(
        said,
        [
            ("CM25-0000003", 0, true, Decision::Upheld),
            ("CM25-0000002", 0, false, Decision::Overturned),
        ],
        "newest first among equals"
    );
    assert_eq!(found.list[0].rationale, "Reasons for item 1.");
    assert_eq!(found.list[0].day, Date::new(2025, 12, 31).ok());
    assert_eq!(found.list[1].citations, [citation(HIDDEN[2])]);
    assert!(found.list[1].rationale.contains(HIDDEN[0]));
    assert!(found.list[0].shared.contains(&"cervical spine".to_owned()));
    let figures = &found.figures;
    assert_eq!(
        (figures.alike(), figures.upheld, figures.overturned),
        (2, 1, 1)
    );
    let labels: Vec<&str> = figures
        .cited
        .iter()
        .map(|(label, _)| label.as_str())
        .collect();
    assert_eq!(labels.len(), 2, "{labels:?}");
    let therapy = of_item(&mut desk, &case, 1);
    assert!(
        therapy.list.iter().all(|p| p.item == 1),
        "another category is no precedent"
    );
}

#[test]
fn what_is_blind_is_no_precedent_of_itself_or_of_others() {
    let mut desk = Desk::new();
    let (one, other) = (desk.with(1, true), desk.with(2, true));
    for case in [&one, &other] {
        for item in 0..2 {
            let found = of_item(&mut desk, case, item);
            assert_eq!(found, Precedents::default(), "{case} {item}");
        }
    }
    // Decided: its published answer may be shown, to others.
    decide(&mut desk, &other, 0, Decision::Upheld);
    let found = of_item(&mut desk, &one, 0);
    assert_eq!(found.list.len(), 1);
    assert_eq!(
        (found.list[0].decision, found.list[0].is_own),
        (Decision::Overturned, false)
    );
    assert_eq!(
        of_item(&mut desk, &one, 1),
        Precedents::default(),
        "its item 2 is undecided"
    );
    assert_eq!(of_item(&mut desk, &other, 1), Precedents::default());
    assert_eq!(
        of_item(&mut desk, &other, 0),
        Precedents::default(),
        "none of its own"
    );
    // Taken back: hidden again.
    desk.apply(&other, Change::Undecided { item: 0 });
    assert_eq!(of_item(&mut desk, &one, 0), Precedents::default());
    for words in ["ct", "cervical", "visits", "radiculopathy"] {
        for of in [None, Some((one.clone(), 0))] {
            let typed = Wanted::Words(words.into(), of);
            let found = desk.store.precedents(&typed, 50).unwrap();
            assert_eq!(found, Precedents::default(), "{words}");
        }
    }
}

/// Whatever is decided, taken back, signed, closed, opened again: an undecided item's answer is
/// nowhere.
#[test]
fn nothing_hidden_shows_in_any_state_of_the_other_case() {
    let mut desk = Desk::new();
    let (asking, other) = (desk.with(1, false), desk.with(2, true));
    let check = |desk: &mut Desk, hidden: &[usize]| {
        for item in 0..2 {
            let found = of_item(desk, &asking, item);
            let shown = !found.list.is_empty() || found.figures != Figures::default();
            assert_eq!(shown, !hidden.contains(&item), "item {item}: {found:?}");
            assert!(shown || is_blind(&found));
        }
    };
    check(&mut desk, &[0, 1]);
    let reason = || "a test".to_owned();
    let close = Change::Closed {
        stage: Stage::Withdrawn,
        reason: reason(),
    };
    desk.apply(&other, close);
    check(&mut desk, &[0, 1]);
    desk.apply(&other, Change::Reopened { reason: reason() });
    desk.apply(
        &other,
        Change::Cited {
            item: 0,
            citation: citation("x"),
        },
    );
    desk.apply(
        &other,
        Change::Written {
            item: 0,
            text: "Words.".into(),
        },
    );
    check(&mut desk, &[0, 1]);
    decide(&mut desk, &other, 1, Decision::Overturned);
    check(&mut desk, &[0]);
    desk.apply(&other, Change::Undecided { item: 1 });
    check(&mut desk, &[0, 1]);
    desk.complete(&other);
    desk.sign(&other, 100);
    check(&mut desk, &[]);
    assert!(
        is_blind(&of_item(&mut desk, &asking, 0)),
        "signed: the own answer, not the published"
    );
    desk.apply(&other, Change::Reopened { reason: reason() });
    desk.apply(&other, Change::Undecided { item: 0 });
    check(&mut desk, &[0]);
}

#[test]
fn a_precedent_taken_on_as_a_case_is_hidden_from_then_on() {
    let mut desk = Desk::new();
    let asking = desk.with(1, false);
    desk.store.import(&precedent(2), "lee", at(0)).unwrap();
    assert_eq!(of_item(&mut desk, &asking, 0).list.len(), 1);
    let taken = desk.store.import(&new_case(2, true), "lee", at(1)).unwrap();
    assert!(matches!(taken, Imported::Adopted(_)));
    assert_eq!(of_item(&mut desk, &asking, 0), Precedents::default());
    let again = desk.store.import(&precedent(2), "lee", at(2)).unwrap();
    assert!(matches!(again, Imported::StaysCase(_)));
    assert_eq!(of_item(&mut desk, &asking, 0), Precedents::default());
    assert_eq!(desk.store.verify(None).problems, Vec::<String>::new());
}

/// Every source of the picker, asked for the hidden words themselves and for everything.
#[test]
fn the_picker_finds_nothing_of_what_is_hidden() {
    let mut desk = Desk::new();
    let (case, other) = (desk.with(1, true), desk.with(2, true));
    let queries = [
        "",
        "ct",
        "radiculopathy",
        "is:upheld",
        "is:overturned",
        "-zz",
    ];
    for query in queries.into_iter().chain(HIDDEN) {
        for source in PickSource::ALL {
            for item in [None, Some((case.clone(), 0)), Some((other.clone(), 1))] {
                let ask = PickAsk {
                    query: query.into(),
                    source,
                    item,
                    limit: 100,
                    ..PickAsk::default()
                };
                let picks = picked(&mut desk.store, &ask);
                let said = format!("{picks:?}");
                assert!(!HIDDEN.iter().any(|word| said.contains(word)), "{ask:?}");
                let is_precedent = |pick: &Pick| matches!(pick, Pick::Precedent(_));
                assert!(!picks.list.iter().any(is_precedent), "{ask:?}");
                assert_eq!(picks.figures, Figures::default(), "{ask:?}");
            }
        }
    }
    decide(&mut desk, &other, 0, Decision::Upheld);
    let ask = PickAsk {
        query: "is:overturned ct".into(),
        source: PickSource::Precedents,
        item: Some((case, 0)),
        limit: 100,
        ..PickAsk::default()
    };
    let picks = picked(&mut desk.store, &ask);
    assert_eq!(picks.list.len(), 1, "decided: it may be shown");
}

#[test]
fn every_row_is_checked_and_can_be_made_again() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    desk.store.import(&precedent(2), "lee", at(0)).unwrap();
    let own = desk.with(3, false);
    desk.complete(&own);
    desk.sign(&own, 100);
    let before = of_item(&mut desk, &case, 0);
    assert_eq!(desk.store.verify(None).problems, Vec::<String>::new());
    let db = Connection::open(desk.path()).unwrap();
    for forgery in [
        "UPDATE precedents SET thing = 'x' WHERE case_id = 2",
        "UPDATE precedents SET traits = 'x' WHERE case_id = 3 AND item = 2",
        "DELETE FROM precedents WHERE case_id = 2",
        "DELETE FROM precedents_behind",
    ] {
        db.execute_batch("BEGIN").unwrap();
        db.execute(forgery, []).unwrap();
        db.execute_batch("COMMIT").unwrap();
        let problems = desk.store.verify(None).problems;
        assert!(
            problems.iter().any(|p| p.starts_with("table precedents, ")),
            "{forgery}"
        );
        // As a store of an older version comes: everything is made when it is asked for.
        db.execute_batch(
            "DELETE FROM precedents; INSERT OR IGNORE INTO precedents_behind SELECT case_id FROM cases",
        )
        .unwrap();
        assert_eq!(desk.store.verify(None).problems, Vec::<String>::new());
        assert_eq!(of_item(&mut desk, &case, 0), before);
        assert_eq!(desk.store.verify(None).problems, Vec::<String>::new());
    }
}

#[test]
fn a_store_of_an_older_version_gets_the_tables_and_all_rows() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    desk.store.import(&precedent(2), "lee", at(0)).unwrap();
    let before = of_item(&mut desk, &case, 0);
    let Desk { folder, store } = desk;
    drop(store);
    let path = folder.path().join("data/imr.db");
    let db = Connection::open(&path).unwrap();
    let version: i64 = db
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    db.execute_batch(
        "DROP TRIGGER versions_end; DROP TABLE versions; ALTER TABLE drafts DROP COLUMN noted;
         DROP VIEW precedents_shown; DROP TABLE precedents; DROP TABLE precedents_behind;",
    )
    .unwrap();
    db.pragma_update(None, "user_version", version - 2).unwrap();
    drop(db);
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.verify(None).problems, Vec::<String>::new());
    let wanted = Wanted::Item(case, 0);
    assert_eq!(store.precedents(&wanted, 50).unwrap(), before);
    assert_eq!(store.verify(None).problems, Vec::<String>::new());
}

fn picked(store: &mut imr::store::Store, ask: &PickAsk) -> Picks {
    let stacks = imr::library::Stacks {
        store,
        lists: &mut imr::library::Lists::default(),
        cancel: &imr::search::engine::Cancel::default(),
    };
    imr::library::pick(stacks, ask).unwrap().unwrap()
}
