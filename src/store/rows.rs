//! A case and its draft as rows, and back.

use super::StoreError;
use super::table::{
    CASES, CITATIONS_USED, DRAFTS, FINDINGS, Groups, ITEMS, PUBLISHED, RECORD_PAGES, RECORDS, Row,
    group,
};
use crate::model::{Case, CaseFile, Citation, Date, Finding, ItemDraft, Record, UrAction};
use rusqlite::types::Value;
use serde::Serialize;

/// What the store knows of a case beside the case itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    pub case_id: i64,
    /// Digest of the file it came from.
    pub file: String,
    /// Hash of the content as it came in.
    pub imported: String,
    pub is_precedent: bool,
}

/// Rows that a change can touch: the case, its findings and the draft.
pub(super) fn of_work(anchor: &Anchor, file: &CaseFile) -> Result<Groups, StoreError> {
    let mut groups = Groups::new();
    for part in &PARTS {
        (part.rows)(&mut groups, anchor, file)?;
    }
    Ok(groups)
}

/// The same before and after a change, without the parts in which the two states are equal: no
/// work is done for what a change left alone.
pub(super) fn of_difference(
    anchor: &Anchor,
    before: &CaseFile,
    after: &CaseFile,
) -> Result<(Groups, Groups), StoreError> {
    let (mut old, mut new) = (Groups::new(), Groups::new());
    for part in PARTS.iter().filter(|part| !(part.is_equal)(before, after)) {
        (part.rows)(&mut old, anchor, before)?;
        (part.rows)(&mut new, anchor, after)?;
    }
    Ok((old, new))
}

/// A part of a case that a change can touch.
struct Part {
    is_equal: fn(&CaseFile, &CaseFile) -> bool,
    rows: fn(&mut Groups, &Anchor, &CaseFile) -> Result<(), StoreError>,
}

static PARTS: [Part; 3] = [
    Part {
        // The row of the case holds many things of it; to compare rows is no more than making them.
        is_equal: |_, _| false,
        rows: |groups, anchor, file| {
            group(groups, &CASES, vec![case_row(anchor, file)?]);
            Ok(())
        },
    },
    Part {
        is_equal: |before, after| before.case.findings == after.case.findings,
        rows: |groups, anchor, file| {
            let row = |n, finding: &Finding| finding_row(anchor.case_id, n, finding);
            group(groups, &FINDINGS, numbered(&file.case.findings, row));
            Ok(())
        },
    },
    Part {
        is_equal: |before, after| before.draft.items == after.draft.items,
        rows: drafts,
    },
];

fn drafts(groups: &mut Groups, anchor: &Anchor, file: &CaseFile) -> Result<(), StoreError> {
    let id = anchor.case_id;
    let row = |n, draft: &ItemDraft| draft_row(id, n, draft);
    group(groups, &DRAFTS, numbered(&file.draft.items, row));
    for (n, draft) in (1..).zip(&file.draft.items) {
        let rows = citation_rows(id, n, &draft.citations)?;
        group(groups, &CITATIONS_USED, rows);
    }
    Ok(())
}

/// Rows that never change after import.
pub(super) fn of_import(case_id: i64, case: &Case) -> Result<Groups, StoreError> {
    let mut groups = Groups::new();
    for (n, item) in (1..).zip(&case.items) {
        group(&mut groups, &ITEMS, vec![item_row(case_id, n, item)?]);
        if let Some(published) = &item.published {
            let row = vec![
                int(case_id),
                int(n),
                text(published.decision.word()),
                text(&published.text),
                text(&serde_json::to_string(&published.citations)?),
                text(&published.rationale),
            ];
            group(&mut groups, &PUBLISHED, vec![row]);
        }
    }
    group(
        &mut groups,
        &RECORDS,
        numbered(&case.records, |n, r| record_row(case_id, n, r)),
    );
    for (n, record) in (1..).zip(&case.records) {
        let pages = numbered(&record.pages, |p, page| {
            vec![int(case_id), int(n), int(p), text(page)]
        });
        group(&mut groups, &RECORD_PAGES, pages);
    }
    Ok(groups)
}

fn numbered<T>(things: &[T], row: impl Fn(i64, &T) -> Row) -> Vec<Row> {
    (1..).zip(things).map(|(n, thing)| row(n, thing)).collect()
}

fn case_row(anchor: &Anchor, file: &CaseFile) -> Result<Row, StoreError> {
    let (case, header) = (&file.case, &file.case.header);
    Ok(vec![
        int(anchor.case_id),
        text(&anchor.file),
        text(&anchor.imported),
        int(i64::from(anchor.is_precedent)),
        text(case.id.as_str()),
        int(i64::from(case.is_published)),
        maybe(header.number.as_ref().map(ToString::to_string)),
        maybe(header.priority.map(|p| p.word().to_owned())),
        day(header.injury_date),
        day(header.ur_denial_date),
        day(header.application_received_date),
        day(header.assigned_date),
        day(header.decided_date),
        day(header.records_complete_date),
        case.patient.age.map_or(Value::Null, |a| int(i64::from(a))),
        maybe(case.patient.sex.map(|s| s.word().to_owned())),
        text(&serde_json::to_string(&case.credentials.licensed_in)?),
        text(&serde_json::to_string(&case.credentials.certifications)?),
        text(&case.summary),
        maybe(file.draft.records_reason.clone()),
        day(file.draft.snoozed_until),
        known(&case.dates)?,
        known(&case.interests)?,
    ])
}

fn item_row(case_id: i64, n: i64, item: &crate::model::Item) -> Result<Row, StoreError> {
    let action = match item.ur.action {
        UrAction::Denied => "denied",
        UrAction::Modified => "modified",
    };
    Ok(vec![
        int(case_id),
        int(n),
        text(&item.request),
        text(action),
        maybe(item.ur.approved_part.clone()),
        maybe(item.ur.text.clone()),
        text(&serde_json::to_string(&item.ur.citations)?),
    ])
}

fn finding_row(case_id: i64, n: i64, finding: &Finding) -> Row {
    let source = finding.source.as_ref();
    vec![
        int(case_id),
        int(n),
        day(finding.date),
        text(finding.kind.word()),
        text(&finding.text),
        maybe(source.map(|s| s.record.clone())),
        source
            .and_then(|s| s.page)
            .map_or(Value::Null, |p| int(i64::from(p))),
        source.map_or(Value::Null, |s| int(i64::from(s.line))),
    ]
}

fn record_row(case_id: i64, n: i64, record: &Record) -> Row {
    vec![
        int(case_id),
        int(n),
        text(&record.title),
        text(&record.kind),
        day(record.date),
    ]
}

fn draft_row(case_id: i64, n: i64, draft: &ItemDraft) -> Row {
    vec![
        int(case_id),
        int(n),
        maybe(draft.decision.map(|d| d.word().to_owned())),
        maybe(draft.first_decision.map(|d| d.word().to_owned())),
        text(&draft.rationale),
    ]
}

fn citation_rows(case_id: i64, item: i64, citations: &[Citation]) -> Result<Vec<Row>, StoreError> {
    let row = |(n, citation): (i64, &Citation)| -> Result<Row, StoreError> {
        Ok(vec![
            int(case_id),
            int(item),
            int(n),
            text(&citation.label()),
            text(&serde_json::to_string(citation)?),
        ])
    };
    (1..).zip(citations).map(row).collect()
}

fn int(n: i64) -> Value {
    Value::Integer(n)
}

fn text(t: &str) -> Value {
    Value::Text(t.to_owned())
}

fn maybe(t: Option<String>) -> Value {
    t.map_or(Value::Null, Value::Text)
}

/// JSON; nothing where nothing is known, which is no part of the row's hash.
fn known<T: Serialize + Default + PartialEq>(thing: &T) -> Result<Value, StoreError> {
    match *thing == T::default() {
        true => Ok(Value::Null),
        false => Ok(Value::Text(serde_json::to_string(thing)?)),
    }
}

fn day(date: Option<Date>) -> Value {
    maybe(date.map(|d| d.to_string()))
}
