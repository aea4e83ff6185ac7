//! Somebody edits the database behind the program's back: `verify` names what differs.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests are tests

mod store_support;

use imr::model::*;
use imr::store::Store;
use rusqlite::Connection;
use std::collections::BTreeSet;
use store_support::*;

/// A store with everything in it: an open case, a signed one, an amended one.
fn full() -> Desk {
    let mut desk = Desk::new();
    let (open, signed, amended) = (desk.with(1, false), desk.with(2, true), desk.with(4, false));
    desk.apply(
        &open,
        Change::RecordsExplained {
            reason: "none were sent".into(),
        },
    );
    desk.apply(
        &open,
        Change::Cited {
            item: 1,
            citation: citation("General Approach"),
        },
    );
    desk.complete(&signed);
    desk.sign(&signed, 100);
    desk.complete(&amended);
    desk.sign(&amended, 101);
    desk.apply(
        &amended,
        Change::Reopened {
            reason: "a misprint".into(),
        },
    );
    desk.apply(
        &amended,
        Change::Written {
            item: 1,
            text: "Better reasons.".into(),
        },
    );
    desk.sign(&amended, 102);
    assert_eq!(desk.store.verify(None).problems, Vec::<String>::new());
    desk
}

/// A second connection with nothing in the way: no triggers, no foreign keys, no checks.
fn intruder(desk: &Desk) -> Connection {
    let db = Connection::open(desk.path()).unwrap();
    let triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
    let names: Vec<String> = {
        let mut query = db.prepare(triggers).unwrap();
        query
            .query_map([], |r| r.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap()
    };
    for name in names {
        db.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    db.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
        .unwrap();
    db
}

fn problems(desk: &Desk) -> Vec<String> {
    without_triggers(desk.store.verify(None).problems)
}

/// That the intruder took the triggers away is said too; these tests ask for the rows.
fn without_triggers(mut problems: Vec<String>) -> Vec<String> {
    problems.retain(|problem| !problem.starts_with("trigger "));
    problems
}

#[test]
fn a_changed_schema() {
    for (sql, said) in [
        (
            "DROP TRIGGER events_stay",
            "trigger events_stay: is missing",
        ),
        (
            "DROP TRIGGER events_stay; CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT 1; END",
            "trigger events_stay: is not the one imr laid",
        ),
        (
            "CREATE TRIGGER mine AFTER INSERT ON events BEGIN SELECT 1; END",
            "trigger mine: does not belong to a store of imr",
        ),
        ("DROP INDEX queue_due", "index queue_due: is missing"),
    ] {
        let desk = full();
        Connection::open(desk.path())
            .unwrap()
            .execute_batch(sql)
            .unwrap();
        assert_eq!(desk.store.verify(None).problems, [said], "{sql}");
    }
}

/// `imr verify CASE` sees what belongs to the case, and the links to its neighbours.
#[test]
fn one_case_with_its_determinations() {
    let [one, two, three] = signed();
    for sql in [
        format!("DELETE FROM determinations WHERE seq = {two}"),
        format!("DELETE FROM determinations WHERE seq = {one}"),
        format!("DELETE FROM determinations WHERE seq = {three}"),
        format!("UPDATE determinations SET hash = replace(hash, 'a', 'b') WHERE seq = {two}"),
        format!("UPDATE determinations SET previous = NULL WHERE seq = {two}"),
        format!("UPDATE determinations SET previous = NULL WHERE seq = {three}"),
        format!(
            "UPDATE determinations SET sealed = CAST(replace(CAST(sealed AS TEXT), 'e', 'f') AS BLOB) WHERE seq = {two}"
        ),
        format!(
            "UPDATE determinations SET case_key = (SELECT case_key FROM determinations WHERE seq = {one}) WHERE seq = {two}"
        ),
    ] {
        let desk = full();
        let key = format!("SELECT case_key FROM determinations WHERE seq = {two}");
        let db = intruder(&desk);
        let case = CaseId::typed(&column_of(&db, &key)[0]);
        assert_eq!(
            desk.store.verify(Some(&case)).problems,
            Vec::<String>::new()
        );
        db.execute_batch(&sql).unwrap();
        let found = desk.store.verify(Some(&case)).problems;
        assert!(!found.is_empty(), "{sql}");
    }
}

/// The numbers of the three determinations of a [`full`] store.
fn signed() -> [i64; 3] {
    let db = intruder(&full());
    let of = |n| {
        let sql = "SELECT seq FROM determinations ORDER BY seq LIMIT 1 OFFSET ?1";
        db.query_row(sql, [n], |row| row.get(0)).unwrap()
    };
    [of(0), of(1), of(2)]
}

/// Runs `sql` on a full store and expects a problem that names the table.
fn is_named(sql: &str, table: &str) {
    let desk = full();
    intruder(&desk)
        .execute_batch(sql)
        .unwrap_or_else(|e| panic!("{sql}: {e}"));
    let found = problems(&desk);
    let names = |p: &String| p.contains(&format!("table {table}"));
    assert!(found.iter().any(names), "{sql}: {found:?}");
}

/// Tables in which nothing is that a determination depends on. A changed undo trail is dropped
/// (`tests/resume.rs`). Guidelines are the reviewer's to bring in and take out: what is cited stands
/// in the case. By which limits due days were counted is derived; so is what precedents are found by
/// (`tests/precedent_store.rs`).
const UNWATCHED: [&str; 18] = [
    "undo_trails",
    "versions",
    "bookmarks",
    "accesses",
    "guidelines",
    "passages",
    "criteria",
    "passage_words",
    "passage_words_data",
    "passage_words_idx",
    "passage_words_docsize",
    "passage_words_config",
    "passage_words_content",
    "citation_lists",
    "listed",
    "limits",
    "precedents",
    "precedents_behind",
];

/// Words taken back do not outlive a signature, nor a closing.
#[test]
fn an_undo_trail_of_a_case_that_is_not_open() {
    let trail = |part: &str| {
        format!(
            "INSERT INTO undo_trails SELECT case_id, 2, 'words taken back', '{}'
             FROM queue WHERE part {part} LIMIT 1",
            "a".repeat(64)
        )
    };
    is_named(&trail("<> 0"), "undo_trails/2");
    let desk = full();
    intruder(&desk).execute_batch(&trail("= 0")).unwrap();
    assert_eq!(problems(&desk), Vec::<String>::new(), "work goes on there");
}

/// Every column of every table, in the first, a middle and the last row: any change is seen.
#[test]
fn every_column_of_every_table() {
    let desk = full();
    let path = desk.path();
    drop(intruder(&desk));
    let Desk { folder, store } = desk;
    drop(store);
    let whole = std::fs::read(&path).unwrap();
    let scratch = folder.path().join("scratch.db");
    let db = Connection::open(&path).unwrap();
    let mut tables = column_of(
        &db,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    );
    let all = tables.len();
    tables.retain(|table| !UNWATCHED.contains(&table.as_str()));
    assert!(tables.len() + UNWATCHED.len() >= all, "{tables:?}");
    assert!(tables.len() >= 14, "{tables:?}");
    let mut changed = 0;
    for table in &tables {
        let rows: i64 = db
            .query_row(&format!("SELECT count(*) FROM {table}"), [], |r| r.get(0))
            .unwrap();
        assert!(rows > 0, "{table} is empty: nothing is tested there");
        let columns = column_of(
            &db,
            &format!("SELECT name FROM pragma_table_info('{table}')"),
        );
        let few = BTreeSet::from([0, rows / 2, rows - 1]);
        let places = few
            .iter()
            .flat_map(|row| columns.iter().map(move |c| (*row, c)));
        for (row, column) in places {
            std::fs::write(&scratch, &whole).unwrap();
            if change(&scratch, table, &columns, column, row) {
                let what = format!("{table}.{column}, row {row}");
                assert_seen(&scratch, table, &what);
                changed += 1;
            }
        }
    }
    println!(
        "{changed} values in {} tables changed, each one seen",
        tables.len()
    );
    assert!(changed > 150, "{changed}");
}

fn column_of(db: &Connection, sql: &str) -> Vec<String> {
    let mut query = db.prepare(sql).unwrap();
    let rows = query.query_map([], |r| r.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// Changes one value; false where no other value can stand there (a key that would meet another).
fn change(path: &std::path::Path, table: &str, columns: &[String], column: &str, row: i64) -> bool {
    let db = Connection::open(path).unwrap();
    db.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
        .unwrap();
    let pick = format!(
        "SELECT {} FROM {table} ORDER BY 1, 2 LIMIT 1 OFFSET {row}",
        columns.join(", ")
    );
    let values: Vec<rusqlite::types::Value> = db
        .query_row(&pick, [], |r| {
            (0..columns.len()).map(|i| r.get(i)).collect()
        })
        .unwrap();
    let place: Vec<String> = (1..)
        .zip(columns)
        .map(|(n, c)| format!("{c} IS ?{n}"))
        .collect();
    let place = place.join(" AND ");
    let is_json = [
        "body",
        "citation",
        "citations",
        "ur_citations",
        "licensed_in",
        "certifications",
    ]
    .contains(&column);
    let other = match db
        .query_row(
            &format!("SELECT type FROM pragma_table_info('{table}') WHERE name = '{column}'"),
            [],
            |r| r.get::<_, String>(0),
        )
        .unwrap()
        .as_str()
    {
        "INTEGER" => format!("coalesce({column}, 0) + 7"),
        "BLOB" => format!("CAST(replace(CAST({column} AS TEXT), 'e', 'f') AS BLOB)"),
        _ if is_json => format!("json_insert({column}, '$.tampered', 1, '$[#]', 'tampered')"),
        _ => format!("coalesce({column}, '') || 'x'"),
    };
    let sql = format!("UPDATE {table} SET {column} = {other} WHERE {place}");
    db.execute(&sql, rusqlite::params_from_iter(&values))
        .is_ok()
}

/// Refused at once or named by `verify`: by the table itself or, where a row lost its case, by what
/// it belonged to.
fn assert_seen(path: &std::path::Path, table: &str, what: &str) {
    match Store::open(path) {
        Err(error) => assert!(error.to_string().contains(table), "{what}: {error}"),
        Ok(store) => {
            let found = without_triggers(store.verify(None).problems);
            let is_key = [".case_id", ".key", ".case_key", ".digest", ".file"]
                .iter()
                .any(|k| what.contains(k));
            let names = |p: &String| {
                p.contains(&format!("table {table}")) || p.ends_with(&format!("in {table}"))
            };
            assert!(
                found.iter().any(names) || (is_key && !found.is_empty()),
                "{what}: {found:?}"
            );
        }
    }
}

#[test]
fn the_sentence_names_table_and_row() {
    let desk = full();
    let db = intruder(&desk);
    db.execute(
        "UPDATE drafts SET rationale = 'Other.' WHERE case_id = 1 AND item = 2",
        [],
    )
    .unwrap();
    let found = problems(&desk);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("table drafts/2 of CM25-0000001: differs from what event "),
        "{found:?}"
    );
    assert_eq!(
        desk.store
            .verify(Some(&CaseId::typed("CM25-0000001")))
            .problems,
        found
    );
    assert_eq!(
        desk.store
            .verify(Some(&CaseId::typed("CM25-0000002")))
            .problems,
        Vec::<String>::new()
    );
}

#[test]
fn a_decision_turned_around() {
    is_named(
        "UPDATE drafts SET decision = 'Overturned' WHERE case_id = 2",
        "drafts",
    );
    is_named("UPDATE published SET decision = 'Upheld'", "published");
    is_named(
        "UPDATE determinations SET sealed = CAST(replace(CAST(sealed AS TEXT), 'upheld', 'overturned') AS BLOB)",
        "determinations",
    );
}

#[test]
fn deleted_rows() {
    for table in [
        "items",
        "published",
        "findings",
        "records",
        "record_pages",
        "drafts",
        "citations_used",
        "queue",
        "queue_counts",
        "files",
    ] {
        let sql = format!("DELETE FROM {table}");
        is_named(&sql, table);
    }
    is_named("DELETE FROM cases WHERE case_id = 1", "events");
    is_named("DELETE FROM events WHERE seq = 5", "events");
    is_named("DELETE FROM events WHERE seq = 1", "events");
    let [one, ..] = signed();
    is_named(
        &format!("DELETE FROM determinations WHERE seq = {one}"),
        "determinations",
    );
}

#[test]
fn inserted_rows() {
    is_named(
        "INSERT INTO record_pages VALUES (1, 1, 9, 'a page from nowhere')",
        "record_pages/1",
    );
    is_named(
        "INSERT INTO citations_used VALUES (2, 1, 9, 'x', '{}')",
        "citations_used/1",
    );
    is_named(
        "INSERT INTO files VALUES (printf('%064d', 1), 'x')",
        "files",
    );
    is_named(
        "INSERT INTO events SELECT seq + 1, case_key, at, who, kind, body, hash, hash FROM events ORDER BY seq DESC LIMIT 1",
        "events",
    );
    is_named(
        "INSERT INTO determinations SELECT seq + 1, case_key, sealed, printf('%064d', 1), hash FROM determinations ORDER BY seq DESC LIMIT 1",
        "determinations",
    );
}

#[test]
fn swapped_rows() {
    let swap = |table: &str, one: i64, two: i64| {
        format!(
            "UPDATE {table} SET seq = -1 WHERE seq = {two};
             UPDATE {table} SET seq = {two} WHERE seq = {one};
             UPDATE {table} SET seq = {one} WHERE seq = -1"
        )
    };
    let [one, two, _] = signed();
    is_named(&swap("events", 1, 2), "events");
    is_named(&swap("determinations", one, two), "determinations");
    is_named(
        "UPDATE drafts SET item = 9 WHERE case_id = 1 AND item = 1;
         UPDATE drafts SET item = 1 WHERE case_id = 1 AND item = 2;
         UPDATE drafts SET item = 2 WHERE case_id = 1 AND item = 9;
         UPDATE drafts SET rationale = item WHERE case_id = 1",
        "drafts",
    );
}

/// A signature without its event, and an event without its signature, are seen even at the tail.
#[test]
fn half_a_tail_cut_off() {
    let [.., three] = signed();
    is_named(
        &format!("DELETE FROM determinations WHERE seq = {three}"),
        "events",
    );
    is_named(
        "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)",
        "determinations",
    );
}

/// Known limit: whoever puts back every row, event and determination of the last change leaves no
/// trace inside the store. Only a checkpoint kept elsewhere could tell.
#[test]
fn a_whole_tail_cut_off_is_not_seen() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    let before = desk.folder.path().join("before.db");
    desk.store.backup(&before).unwrap();
    desk.apply(
        &case,
        Change::Written {
            item: 0,
            text: "Gone.".into(),
        },
    );
    let restored = Store::open(&before).unwrap();
    assert_eq!(restored.verify(None).problems, Vec::<String>::new());
}

#[test]
fn another_stores_events_do_not_fit() {
    is_named(
        "UPDATE meta SET store = '00000000-0000-4000-8000-000000000000'",
        "meta",
    );
    is_named("UPDATE meta SET kind = 'normal'", "meta");
}

#[test]
fn a_damaged_page_is_reported_not_followed() {
    const PAGE: usize = 8192;
    let desk = full();
    let path = desk.path();
    let Desk {
        folder: _folder,
        store,
    } = desk;
    drop(store);
    let mut bytes = std::fs::read(&path).unwrap();
    let mut silent = 0;
    for page in 1..bytes.len() / PAGE {
        let kept = bytes[page * PAGE..(page + 1) * PAGE].to_vec();
        bytes[page * PAGE..(page + 1) * PAGE].fill(0);
        std::fs::write(&path, &bytes).unwrap();
        let is_seen = match Store::open(&path) {
            Err(_) => true,
            Ok(store) => !store.verify(None).problems.is_empty(),
        };
        silent += usize::from(!is_seen);
        bytes[page * PAGE..(page + 1) * PAGE].copy_from_slice(&kept);
    }
    assert_eq!(silent, 0, "pages whose loss nobody notices");
}
