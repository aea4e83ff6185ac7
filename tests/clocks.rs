//! The law's clocks end to end: the due column against the rules, another rules.toml, a store of the
//! first version; days, parties and recusal on the command line; statistics.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "cli/room.rs"]
#[allow(dead_code, reason = "the command-line tests use the rest")]
mod room;
mod store_support;

use imr::model::limits::{Deadline, Limit, Unit};
use imr::model::*;
use imr::rules::clock;
use imr::store::Store;
use jiff::civil::date;
use room::Room;
use rusqlite::Connection;
use std::path::Path;
use store_support::{Desk, at, new_case, signing};

/// What the due column holds of each case, and what the rules make of it.
fn compare(store: &Store, limits: &Limits) {
    let query = QueueQuery {
        view: View::All,
        len: 1_000,
        ..QueueQuery::default()
    };
    let page = store.queue(&query, at(60)).unwrap();
    assert!(!page.rows.is_empty());
    for row in &page.rows {
        let file = store.case(&row.id).unwrap().unwrap();
        let due = clock::due_instant(&file.case, limits);
        assert_eq!(row.due, due, "{}", row.id);
    }
    let report = store.verify(None);
    assert_eq!(report.problems, Vec::<String>::new());
}

fn amended() -> Limits {
    let mut limits = Limits::built_in();
    limits.lay(Limit {
        deadline: Deadline::Standard,
        amount: 20,
        unit: Unit::WorkingDays,
        effective_from: Some(date(2025, 12, 10)),
    });
    limits.rolls = true;
    limits
}

#[test]
fn each_change_of_a_start_event_moves_the_due_column() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    desk.with(9, false);
    let limits = Limits::built_in();
    compare(&desk.store, &limits);
    let extension = Some(Extension {
        days: 3,
        approved: date(2025, 12, 20),
    });
    let changes = [
        Change::FormularyOnly { is_formulary: true },
        Change::Extended { extension },
        Change::Prioritised {
            priority: Priority::Expedited,
        },
        Change::Dated {
            day: CaseDay::Certified,
            date: Some(date(2025, 12, 15)),
        },
        Change::RecordsComplete { date: None },
        Change::RecordsComplete {
            date: Some(date(2025, 12, 12)),
        },
        Change::Extended { extension: None },
    ];
    for change in changes {
        desk.apply(&case, change);
        compare(&desk.store, &limits);
    }
}

#[test]
fn other_limits_are_counted_anew_when_the_store_is_opened() {
    let mut desk = Desk::new();
    for n in 1..40 {
        desk.with(n, n % 5 == 0);
    }
    let path = desk.path();
    let old = desk.store;
    let store = Store::open(&path).unwrap().under(&amended()).unwrap();
    compare(&store, &amended());
    drop(store);
    // A session that still counts by the old ones says so, and the next one mends it.
    let case = CaseId::typed("CM25-0000001");
    let mut old = old;
    let change = Change::RecordsComplete {
        date: Some(date(2025, 12, 20)),
    };
    old.apply(&case, &change, "lee", at(90)).unwrap();
    drop(old);
    let store = Store::open(&path).unwrap().under(&amended()).unwrap();
    compare(&store, &amended());
    drop(store);
    let store = Store::open(&path).unwrap().under(&Limits::built_in());
    compare(&store.unwrap(), &Limits::built_in());
}

#[test]
fn the_same_limits_write_nothing() {
    let mut desk = Desk::new();
    desk.with(1, false);
    let version = |path: &Path| -> i64 {
        let raw = Connection::open(path).unwrap();
        raw.query_row("SELECT total_changes()", [], |row| row.get(0))
            .unwrap()
    };
    let reader = Connection::open(desk.path()).unwrap();
    let seen = |on: &Connection| -> i64 {
        on.query_row("PRAGMA data_version", [], |row| row.get(0))
            .unwrap()
    };
    assert_eq!(version(&desk.path()), 0);
    let before = seen(&reader);
    let store = Store::open(&desk.path()).unwrap();
    drop(store.under(&Limits::built_in()).unwrap());
    assert_eq!(seen(&reader), before);
}

/// A store as the first version laid it, with the rows of this one.
fn first_version(new: &Path, old: &Path) {
    let raw = Connection::open(old).unwrap();
    let sql = include_str!("../src/store/migrations/01-first.sql");
    raw.execute_batch(sql).unwrap();
    raw.execute("ATTACH ?1 AS new", [new.to_str().unwrap()])
        .unwrap();
    let id: i64 = raw
        .query_row("PRAGMA new.application_id", [], |row| row.get(0))
        .unwrap();
    // The figures are made by the triggers.
    let tables = [
        "meta",
        "files",
        "cases",
        "items",
        "published",
        "findings",
        "records",
        "record_pages",
        "drafts",
        "citations_used",
        "undo_trails",
        "events",
        "determinations",
        "queue",
    ];
    for table in tables {
        let mut query = raw
            .prepare(&format!(
                "SELECT name FROM pragma_table_info('{table}', 'main')"
            ))
            .unwrap();
        let columns: Vec<String> = query
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let columns = columns.join(", ");
        let copy =
            format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}");
        raw.execute(&copy, []).unwrap();
    }
    raw.execute_batch(&format!(
        "DETACH new; PRAGMA application_id = {id}; PRAGMA user_version = 1;"
    ))
    .unwrap();
}

#[test]
fn a_store_of_the_first_version_opens_with_all_it_holds() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    desk.complete(&case);
    desk.sign(&case, 300);
    desk.with(2, false);
    desk.with(5, true);
    let before = desk.store.case(&case).unwrap();
    let path = desk.folder.path().join("data/old.db");
    std::fs::File::create(&path).unwrap();
    first_version(&desk.path(), &path);
    let store = Store::open(&path).unwrap().under(&amended()).unwrap();
    assert_eq!(store.case(&case).unwrap(), before);
    compare(&store, &amended());
}

#[test]
fn a_determination_is_served_after_it_was_signed_and_nothing_else_changes_then() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    desk.complete(&case);
    desk.sign(&case, 300);
    let served = Change::Dated {
        day: CaseDay::Served,
        date: Some(date(2026, 1, 1)),
    };
    desk.apply(&case, served);
    let file = desk.store.case(&case).unwrap().unwrap();
    assert_eq!(file.stage, Stage::Signed);
    let appeal = clock::all(&file, &Limits::built_in(), at(400)).remove(3);
    assert_eq!(clock::today(appeal.due.unwrap()), date(2026, 1, 31));
    let notice = Change::Dated {
        day: CaseDay::Notice,
        date: Some(date(2026, 1, 1)),
    };
    assert!(desk.store.apply(&case, &notice, "lee", at(500)).is_err());
    assert_eq!(desk.store.verify(None).problems, Vec::<String>::new());
}

#[test]
fn a_recused_reviewer_signs_nothing_even_if_the_case_is_opened_again() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    desk.complete(&case);
    let recusal = Recusal {
        who: "lee".into(),
        on: date(2026, 1, 1),
        reason: "My brother works there".into(),
    };
    let said = desk.apply(&case, Change::Recused { recusal });
    assert_eq!(said.entry.what, "Recused; returned: My brother works there");
    let stage = |desk: &Desk| desk.store.case(&case).unwrap().unwrap().stage;
    assert_eq!(stage(&desk), Stage::Returned);
    let open = QueueQuery {
        len: 10,
        ..QueueQuery::default()
    };
    assert_eq!(desk.store.queue(&open, at(70)).unwrap().total, 0);
    let reason = "by mistake".to_owned();
    desk.apply(&case, Change::Reopened { reason });
    let refused = desk.try_to_sign(&case, 300).unwrap_err();
    assert!(
        refused.to_string().contains("You recused yourself"),
        "{refused}"
    );
    let who = "lee".to_owned();
    desk.apply(&case, Change::RecusalTakenBack { who });
    desk.sign(&case, 300);
}

#[test]
fn names_of_parties_stand_in_no_event() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    let party = Party {
        role: Role::Insurer,
        name: "Zyxacme Indemnity".into(),
    };
    desk.apply(&case, Change::PartyAdded { party });
    desk.apply(&case, Change::PartyDropped { index: 0 });
    let raw = Connection::open(desk.path()).unwrap();
    let mut query = raw.prepare("SELECT body FROM events").unwrap();
    let bodies = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
    assert!(
        bodies
            .into_iter()
            .all(|body| !body.unwrap().contains("Zyxacme"))
    );
}

#[test]
fn a_signature_tells_of_which_parties_it_attests() {
    let mut desk = Desk::new();
    let case = desk.with(1, false);
    let party = Party {
        role: Role::Insurer,
        name: "Acme Indemnity".into(),
    };
    desk.apply(&case, Change::PartyAdded { party });
    desk.complete(&case);
    let mut tied = signing();
    tied.reviewer.profile.affiliations = vec!["ACME Indemnity, Inc.".into()];
    let refused = desk.store.sign_as_read(&case, &tied, at(300), |_| true);
    let why = refused.unwrap_err().to_string();
    assert!(
        why.contains("insurer \"Acme Indemnity\" looks like your affiliation"),
        "{why}"
    );
    let stated = NoConflict {
        who: "lee".into(),
        on: date(2026, 1, 1),
        parties: desk
            .store
            .case(&case)
            .unwrap()
            .unwrap()
            .case
            .interests
            .fingerprint(),
        reason: "Another Acme".into(),
    };
    desk.apply(&case, Change::NoConflictStated { stated });
    desk.store
        .sign_as_read(&case, &tied, at(300), |_| true)
        .unwrap();
    assert_eq!(desk.store.verify(None).problems, Vec::<String>::new());
}

#[test]
fn agreement_is_counted_of_what_is_decided_and_of_nothing_else() {
    let mut desk = Desk::new();
    let published = desk.with(5, true);
    desk.with(6, true);
    let decided = |item, decision| Change::Decided { item, decision };
    desk.apply(&published, decided(0, Decision::Upheld));
    desk.apply(&published, decided(0, Decision::Overturned));
    desk.apply(&published, decided(1, Decision::Upheld));
    let items = desk.store.reviewed().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(items[0].published, Some(Decision::Overturned));
    assert_eq!(items[0].is_agreed(), Some(false));
    assert!(items[0].is_changed_after_reveal() && !items[1].is_changed_after_reveal());
    assert_eq!(items[0].category, "diagnostic testing");
    // What is undecided again is hidden again.
    desk.apply(&published, Change::Undecided { item: 0 });
    assert_eq!(desk.store.reviewed().unwrap().len(), 1);
}

// --- the command line ---------------------------------------------------------------------------

fn practice() -> Room {
    let room = Room::new();
    let path = room.path("store.db");
    drop(imr::store::Store::create(&path, imr::store::Kind::Test).unwrap());
    let mut store = Store::open(&path).unwrap();
    let mut case = new_case(1, false);
    case.case.header.records_complete_date = None;
    store.import(&case, "lee", at(0)).unwrap();
    room
}

fn run(room: &Room, arguments: &[&str]) -> room::Said {
    let store = room.path("store.db");
    let fixed = [
        "--store",
        store.to_str().unwrap(),
        "--now",
        "2026-01-15T17:00:00Z",
    ];
    room.run(&[&fixed[..], arguments].concat())
}

const CASE: &str = "CM25-0000001";

#[test]
fn days_are_entered_and_counted() {
    let room = practice();
    run(&room, &["dates", CASE])
        .ok()
        .prints("determination          no start");
    run(
        &room,
        &[
            "dates",
            CASE,
            "--records-complete",
            "1/5/2026",
            "--formulary",
            "yes",
        ],
    )
    .ok()
    .complains("Records complete on 01/05/2026")
    .complains("In dispute are drugs of the formulary alone");
    run(&room, &["dates", CASE])
        .ok()
        .prints("due 01/12/2026: 5 working days from records complete, LC 4610.6(d)(1)(A)")
        .prints("3 d overdue");
    run(&room, &["list", "--query", "due:overdue"])
        .ok()
        .prints(CASE);
    run(&room, &["dates", CASE, "--notice", "2/1/2026"])
        .code(1)
        .complains("The notice of assignment: That day has not come yet.");
    run(
        &room,
        &["dates", CASE, "--extension", "4", "--approved", "1/10/2026"],
    )
    .code(1)
    .complains("An extension is of 1 to 3 days");
    run(
        &room,
        &["dates", CASE, "--extension", "2", "--approved", "1/10/2026"],
    )
    .ok();
    run(&room, &["dates", CASE]).ok().prints("due 01/14/2026");
    run(&room, &["dates", CASE, "--records-complete", "none"]).ok();
    let clocks = run(&room, &["show", CASE, "--json"]).ok().json()["clocks"].clone();
    assert_eq!(clocks[0]["state"], "no_start");
    assert_eq!(clocks.as_array().unwrap().len(), 4);
}

#[test]
fn a_rules_file_is_checked_and_counted_by() {
    let room = practice();
    run(&room, &["dates", CASE, "--records-complete", "1/5/2026"]).ok();
    run(&room, &["dates", CASE]).ok().prints("due 02/04/2026");
    room.write(
        "config/rules.toml",
        "[[limit]]\nof = \"standard\"\namount = 10\nunit = \"working days\"\n",
    );
    run(&room, &["dates", CASE]).ok().prints("due 01/20/2026");
    run(&room, &["list", "--json"])
        .ok()
        .prints("2026-01-21T07:59:59Z");
    run(&room, &["verify"]).ok();
    room.write(
        "config/rules.toml",
        "[severity]\nL99 = \"note\"\nL02 = \"note\"\nrole = 1\n",
    );
    let said = room.run(&["config", "check"]).code(1).out;
    for line in [
        "rules.toml:2:1: unknown lint \"L99\"",
        "rules.toml:3:7: L02 blocks by law and cannot weigh less",
    ] {
        assert!(said.contains(line), "{line}\nnot in\n{said}");
    }
    run(&room, &["dates", CASE]).ok().prints("due 02/04/2026");
}

#[test]
fn a_conflict_is_found_explained_or_ends_in_recusal() {
    let room = practice();
    room.write(
        "config/config.toml",
        "[reviewer]\nname = \"lee\"\nlicensed_in = [\"California\"]\ncertifications = [\"Neurology\"]\n\
         affiliations = [\"Acme Indemnity LLC\"]\n",
    );
    run(
        &room,
        &[
            "parties",
            CASE,
            "--add",
            "insurer=Acme Indemnity, Inc.",
            "--add",
            "employer=Beta",
        ],
    )
    .ok()
    .prints("insurer                Acme Indemnity, Inc.")
    .complains(
        "looks like your affiliation \"Acme Indemnity LLC\" (the same name but for its legal form)",
    );
    run(&room, &["parties", CASE, "--add", "insuror=X"])
        .code(2)
        .complains("did you mean \"insurer\"?");
    run(&room, &["sign", CASE, "--dry-run"])
        .code(1)
        .complains("L08 The insurer");
    run(&room, &["attest", CASE])
        .code(1)
        .complains("--reason TEXT");
    run(
        &room,
        &["attest", CASE, "--reason", "Another Acme, of Ohio"],
    )
    .ok();
    let blocked = run(&room, &["sign", CASE, "--dry-run"]).code(1);
    assert!(!blocked.err.contains("L08"), "{}", blocked.err);
    run(
        &room,
        &["recuse", CASE, "--reason", "It is the same Acme after all"],
    )
    .ok();
    run(&room, &["list"]).code(1);
    run(&room, &["show", CASE, "--json"])
        .ok()
        .prints("\"stage\": \"returned\"");
    run(&room, &["recuse", CASE, "--take-back"])
        .ok()
        .complains("open again");
    run(&room, &["recuse", CASE, "--take-back"])
        .code(1)
        .complains("is not recused");
}

#[test]
fn statistics_are_printed_and_exported() {
    let room = practice();
    run(&room, &["stats"]).code(1);
    let mut store = Store::open(&room.path("store.db")).unwrap();
    store.import(&new_case(5, true), "lee", at(0)).unwrap();
    let id = CaseId::typed("CM25-0000005");
    for (item, decision) in [(0, Decision::Overturned), (1, Decision::Overturned)] {
        let change = Change::Decided { item, decision };
        store.apply(&id, &change, "lee", at(60)).unwrap();
    }
    drop(store);
    run(&room, &["stats"])
        .ok()
        .prints("1 of 2 agree with the published decision: 50 %")
        .prints("rehabilitation");
    let json = run(&room, &["stats", "--json"]).ok().json();
    assert_eq!(json["all"]["agreement"]["compared"], 2);
    let file = room.path("items.csv");
    run(&room, &["stats", "--csv", file.to_str().unwrap()]).ok();
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text.lines().count(), 3, "{text}");
    let printed = run(&room, &["stats", "--csv", "-"]).ok().out;
    assert_eq!(printed, text);
}
