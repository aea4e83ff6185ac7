//! One case: its rows against the events that wrote them, its draft against what was sealed, its
//! line in the queue against the rules.

use super::load::{self, Depth};
use super::table::{self, Hashes, STAGE};
use super::verify::VerifyReport;
use super::{StoreError, determinations, events, import, queue_row};
use crate::model::{CaseFile, CaseId, Content, Limits, Stage};
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;

/// Checks everything about one case.
pub(super) fn check(
    on: &Connection,
    (case_id, case): (i64, &CaseId),
    limits: &Limits,
    report: &mut VerifyReport,
) {
    report.checked += 1;
    let done = derived(on, (case_id, case), limits, report);
    report.note(&format!("case {case}"), done);
    let checks = [watched, sealed, trails];
    for check in checks {
        let done = check(on, case_id, case, report);
        report.note(&format!("case {case}"), done);
    }
}

/// The newest hash of each group of rows, and which event wrote it.
type Told = BTreeMap<String, (Option<String>, i64)>;

/// Rows against events.
fn watched(
    on: &Connection,
    case_id: i64,
    case: &CaseId,
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    let told = told(on, case, report)?;
    let found = found(on, case_id)?;
    for (group, (hash, seq)) in &told {
        let is_right = found.get(group).cloned().flatten() == *hash;
        if !is_right {
            report.problem(format!(
                "table {group} of {case}: differs from what event {seq} wrote"
            ));
        }
    }
    for group in found.keys().filter(|group| !told.contains_key(*group)) {
        report.problem(format!("table {group} of {case}: no event wrote it"));
    }
    Ok(())
}

fn told(on: &Connection, case: &CaseId, report: &mut VerifyReport) -> Result<Told, StoreError> {
    let mut told = Told::new();
    let events = events::of_case(on, case)?;
    if events.first().is_none_or(|first| first.kind != "imported") {
        report.problem(format!("table events: no event tells how {case} came in"));
    }
    for event in events {
        let rows = event.body().map(|mut body| body["rows"].take());
        let rows: Hashes = rows
            .and_then(|rows| serde_json::from_value(rows).ok())
            .unwrap_or_default();
        told.extend(
            rows.into_iter()
                .map(|(group, hash)| (group, (hash, event.seq))),
        );
    }
    Ok(told)
}

fn found(on: &Connection, case_id: i64) -> Result<Hashes, StoreError> {
    let mut groups = table::groups_of(on, case_id)?;
    table::group(&mut groups, &STAGE, STAGE.rows(on, case_id)?);
    let mut found: Hashes = groups
        .iter()
        .map(|((table, second), rows)| (table.group_name(*second), Some(table::hash(table, rows))))
        .collect();
    let mut query = on.prepare_cached(
        "SELECT digest, source_text FROM files JOIN cases ON cases.file = files.digest
         WHERE case_id = ?1",
    )?;
    let file: Option<(String, String)> = query
        .query_row([case_id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found.extend(
        file.map(|(digest, text)| import::hash_of_file(&digest, &text))
            .unwrap_or_default(),
    );
    Ok(found)
}

/// The line in the queue against what the rules make of the case now.
fn derived(
    on: &Connection,
    (case_id, case): (i64, &CaseId),
    limits: &Limits,
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    let (anchor, file) = load::case_file(on, case_id, Depth::Work)?;
    if queue_row::stored(on, case_id)? != queue_row::derive(&anchor, &file, limits) {
        report.problem(format!(
            "table queue, {case}: differs from the case and the rules"
        ));
    }
    Ok(())
}

/// Words taken back do not outlive the signature: what is signed or closed has no undo trail.
fn trails(
    on: &Connection,
    case_id: i64,
    case: &CaseId,
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    let mut query = on.prepare_cached(
        "SELECT item FROM undo_trails JOIN queue USING (case_id)
         WHERE case_id = ?1 AND part <> 0 ORDER BY item",
    )?;
    let items = query.query_map([case_id], |row| row.get::<_, i64>(0))?;
    for item in items {
        report.problem(format!(
            "table undo_trails/{} of {case}: keeps words taken back of a case that is not open",
            item?
        ));
    }
    Ok(())
}

/// The draft of a signed case against the determination that counts; each amendment against the
/// one it replaces.
fn sealed(
    on: &Connection,
    case_id: i64,
    case: &CaseId,
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    let all = determinations::of_case(on, case)?;
    let mut before: Option<&str> = None;
    for sealed in &all {
        if sealed.content().replaces.as_deref() != before {
            report.problem(format!(
                "table determinations, {case}: one does not name the one it replaces"
            ));
        }
        before = Some(sealed.hash());
    }
    let (_, file) = load::case_file(on, case_id, Depth::Work)?;
    match (all.last(), file.stage) {
        (None, Stage::Signed) => report.problem(format!(
            "table queue, {case}: is signed, but has no determination"
        )),
        (Some(last), Stage::Signed) => {
            for table in differing(last.content(), &file) {
                report.problem(format!(
                    "table {table}, {case}: differs from what was signed"
                ));
            }
        }
        _ => {}
    }
    Ok(())
}

/// The tables in which a signed case no longer says what was signed.
fn differing(content: &Content, file: &CaseFile) -> Vec<String> {
    let mut tables = Vec::new();
    if (content.items.len(), content.items.len()) != (file.case.items.len(), file.draft.items.len())
    {
        tables.push("items".to_owned());
    }
    let rows = file.case.items.iter().zip(&file.draft.items);
    for (n, (signed, (item, draft))) in (1..).zip(content.items.iter().zip(rows)) {
        let asked = (&signed.request, &signed.ur_text, &signed.ur_approved_part);
        let checks = [
            (
                "items",
                asked == (&item.request, &item.ur.text, &item.ur.approved_part),
            ),
            (
                "drafts",
                Some(signed.decision) == draft.decision && signed.rationale == draft.rationale,
            ),
            ("citations_used", signed.citations == draft.citations),
        ];
        let wrong = checks.iter().filter(|(_, is_right)| !is_right);
        tables.extend(wrong.map(|(table, _)| format!("{table}/{n}")));
    }
    let mut header = file.case.header.clone();
    header.decided_date = content.header.decided_date;
    if (&content.header, &content.summary) != (&header, &file.case.summary) {
        tables.push("cases".to_owned());
    }
    tables
}
