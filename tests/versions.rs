//! Earlier texts of a rationale in the store: which are kept, and until when.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "store_support/mod.rs"]
mod support;

use imr::model::*;
use imr::store::Store;
use rusqlite::Connection;
use support::{Desk, at};

const LONG: &str = "One sentence that says something of the patient. Another one that says what \
                    the guideline asks for. And a third one, so that it is long enough to be missed.";

fn write(desk: &mut Desk, case: &CaseId, text: &str, second: i64) {
    let text = text.to_owned();
    let change = Change::Written { item: 0, text };
    desk.store.apply(case, &change, "lee", at(second)).unwrap();
}

fn kept(desk: &Desk, case: &CaseId) -> Vec<(String, i64)> {
    let all = desk.store.versions(case, 0).unwrap().into_iter();
    all.map(|v| (v.text, v.at.as_second() - at(0).as_second()))
        .collect()
}

#[test]
fn a_text_is_kept_after_a_rest_and_not_with_every_save() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    for (n, text) in ["A", "A b", "A b c"].iter().enumerate() {
        write(&mut desk, &case, text, 60 + n as i64);
    }
    assert_eq!(kept(&desk, &case), []);
    write(&mut desk, &case, "A b c d", 2_000);
    assert_eq!(kept(&desk, &case), [("A b c".to_owned(), 62)]);
    write(&mut desk, &case, "A b c d e", 2_001);
    assert_eq!(kept(&desk, &case).len(), 1, "the spell goes on");
    assert_eq!(desk.store.versions(&case, 1).unwrap(), [], "items apart");
}

#[test]
fn long_writing_without_a_rest_is_kept_now_and_then() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    let mut text = String::new();
    for minute in 0..35 {
        text.push_str("word ");
        write(&mut desk, &case, &text, minute * 60);
    }
    let times: Vec<i64> = kept(&desk, &case)
        .into_iter()
        .map(|(_, at)| at / 60)
        .collect();
    assert_eq!(times, [9, 19, 29]);
}

#[test]
fn many_words_gone_at_once_are_kept_and_so_is_what_a_restore_replaces() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    write(&mut desk, &case, LONG, 0);
    write(&mut desk, &case, "Short.", 1);
    assert_eq!(kept(&desk, &case), [(LONG.to_owned(), 0)]);
    write(&mut desk, &case, LONG, 2);
    assert_eq!(kept(&desk, &case).len(), 1, "six bytes are no loss");
}

#[test]
fn the_newest_forty_are_kept() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    for n in 0..45 {
        write(&mut desk, &case, &format!("Text {n}"), n * 3_600);
    }
    let all = kept(&desk, &case);
    assert_eq!(all.len(), 40);
    assert_eq!(all[0].0, "Text 4");
}

#[test]
fn they_end_with_the_signature_which_is_a_text_itself() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    write(&mut desk, &case, LONG, 0);
    write(&mut desk, &case, "Short.", 1);
    desk.complete(&case);
    assert!(!kept(&desk, &case).is_empty());
    desk.sign(&case, 5_000);
    let all = desk.store.versions(&case, 0).unwrap();
    let signed: Vec<(&str, bool)> = all.iter().map(|v| (v.text.as_str(), v.is_signed)).collect();
    assert_eq!(signed, [("Reasons for item 1.", true)]);
    let raw = Connection::open(desk.path()).unwrap();
    let count = |sql: &str| raw.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM versions"), 0);
}

#[test]
fn what_is_noted_of_an_item_is_read_again() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    let noted = Noted {
        formulary: Some(Formulary::NonExempt),
        units_a_day: Units::parse("4"),
        visits_before: Some(8),
    };
    let applied = desk.apply(&case, Change::Noted { item: 1, noted });
    assert_eq!(
        applied.entry.what,
        "Item 2: noted: formulary Non-exempt, 4 units a day, 8 visits before"
    );
    let file = desk.store.case(&case).unwrap().unwrap();
    assert_eq!(file.draft.items[1].noted, noted);
    assert_eq!(file.stage, Stage::Draft);
    let nothing = Noted::default();
    desk.apply(
        &case,
        Change::Noted {
            item: 1,
            noted: nothing,
        },
    );
    let file = desk.store.case(&case).unwrap().unwrap();
    assert!(file.draft.items[1].noted.is_nothing());
    assert!(desk.store.verify(None).problems.is_empty());
}

#[test]
fn a_store_from_before_is_brought_up_to_date() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    write(&mut desk, &case, LONG, 0);
    let path = desk.path();
    drop(desk.store);
    let raw = Connection::open(&path).unwrap();
    raw.execute_batch(
        "DROP TRIGGER versions_end; DROP TABLE versions; ALTER TABLE drafts DROP COLUMN noted;",
    )
    .unwrap();
    raw.pragma_update(None, "user_version", 6).unwrap();
    drop(raw);
    let mut store = Store::open(&path).unwrap();
    let report = store.verify(None);
    assert_eq!(report.problems, Vec::<String>::new(), "hashes hold");
    let text = "Short.".to_owned();
    let change = Change::Written { item: 0, text };
    store.apply(&case, &change, "lee", at(5)).unwrap();
    assert_eq!(store.versions(&case, 0).unwrap().len(), 1);
}
