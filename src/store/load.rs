//! Rows back into a case: what the store hands out.

use super::cells::Cells;
use super::rows::Anchor;
use super::table::{
    CASES, CITATIONS_USED, DRAFTS, FINDINGS, ITEMS, PUBLISHED, RECORD_PAGES, RECORDS, Row, Table,
};
use super::{StoreError, determinations, events, queue_row};
use crate::model::{
    Case, CaseFile, CaseId, Credentials, Decision, Draft, Finding, FindingKind, FindingSource,
    Header, Item, ItemDraft, Patient, Priority, Published, Record, Sex, Stage, Ur, UrAction,
};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;

/// How much of a case is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// What a change can touch and a signature needs: no page texts, no history, nothing published.
    Work,
    /// All that may be shown.
    Shown,
    /// What stands in the row of the case: enough to count its clocks.
    Head,
}

/// The row id of a case.
pub(super) fn case_id(on: &Connection, case: &CaseId) -> Result<Option<i64>, StoreError> {
    let mut query = on.prepare_cached("SELECT case_id FROM cases WHERE key = ?1")?;
    Ok(query
        .query_row([case.as_str()], |row| row.get(0))
        .optional()?)
}

/// The row id of a case that must be there.
pub(super) fn known(on: &Connection, case: &CaseId) -> Result<i64, StoreError> {
    case_id(on, case)?.ok_or_else(|| StoreError::NoCase(case.clone()))
}

/// Reads a case. Published answers of items not yet decided are left in the database.
pub(super) fn case_file(
    on: &Connection,
    case_id: i64,
    depth: Depth,
) -> Result<(Anchor, CaseFile), StoreError> {
    let row = CASES.rows(on, case_id)?.pop().unwrap_or_default();
    let mut head = Cells::new(&CASES, row);
    let anchor = anchor(&mut head)?;
    let mut file = head_of(&mut head)?;
    file.stage = queue_row::stage(on, case_id)?;
    if depth == Depth::Head {
        return Ok((anchor, file));
    }
    file.draft = Draft {
        snoozed_until: file.draft.snoozed_until,
        ..draft(on, case_id, file.draft.records_reason.take())?
    };
    file.case.items = items(on, case_id)?;
    file.case.findings = findings(on, case_id)?;
    file.case.records = records(on, case_id, depth)?;
    file.sealed = determinations::infos(on, &file.case.id)?;
    if depth == Depth::Shown {
        file.history = events::history(on, &file.case.id)?;
        reveal(on, &anchor, &mut file)?;
    }
    Ok((anchor, file))
}

fn anchor(head: &mut Cells) -> Result<Anchor, StoreError> {
    Ok(Anchor {
        case_id: head.int()?,
        file: head.text()?,
        imported: head.text()?,
        is_precedent: head.int::<i64>()? == 1,
    })
}

/// What stands in the row of `cases` itself, after the anchor.
fn head_of(head: &mut Cells) -> Result<CaseFile, StoreError> {
    let id = CaseId::typed(&head.text()?);
    let is_published = head.int::<i64>()? == 1;
    let header = header(head)?;
    let patient = Patient {
        age: head.maybe_int()?,
        sex: head.maybe_word(|w| [Sex::Female, Sex::Male].into_iter().find(|s| s.word() == w))?,
    };
    let credentials = Credentials {
        licensed_in: head.json()?,
        certifications: head.json()?,
    };
    let summary = head.text()?;
    let draft = Draft {
        records_reason: head.maybe_text()?,
        snoozed_until: head.day()?,
        ..Draft::default()
    };
    let (dates, interests) = (head.maybe_json()?, head.maybe_json()?);
    let case = Case {
        id,
        header,
        patient,
        credentials,
        summary,
        findings: Vec::new(),
        items: Vec::new(),
        records: Vec::new(),
        is_published,
        dates,
        interests,
    };
    Ok(CaseFile {
        case,
        draft,
        stage: Stage::New,
        history: Vec::new(),
        sealed: Vec::new(),
    })
}

fn header(head: &mut Cells) -> Result<Header, StoreError> {
    Ok(Header {
        number: head.maybe_word(|n| n.parse().ok())?,
        priority: head.maybe_word(Priority::parse)?,
        injury_date: head.day()?,
        ur_denial_date: head.day()?,
        application_received_date: head.day()?,
        assigned_date: head.day()?,
        decided_date: head.day()?,
        records_complete_date: head.day()?,
    })
}

/// Each row of a table through `read`, which starts after `case_id`.
fn read_all<T>(
    on: &Connection,
    table: &'static Table,
    case_id: i64,
    read: impl Fn(&mut Cells) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let rows = table.rows(on, case_id)?.into_iter();
    rows.map(|row| read(&mut Cells::new(table, row).skip(1)))
        .collect()
}

fn items(on: &Connection, case_id: i64) -> Result<Vec<Item>, StoreError> {
    read_all(on, &ITEMS, case_id, |cells| {
        let _number: i64 = cells.int()?;
        Ok(Item {
            request: cells.text()?,
            ur: Ur {
                action: cells.word(|w| match w {
                    "denied" => Some(UrAction::Denied),
                    "modified" => Some(UrAction::Modified),
                    _ => None,
                })?,
                approved_part: cells.maybe_text()?,
                text: cells.maybe_text()?,
                citations: cells.json()?,
            },
            published: None,
        })
    })
}

fn findings(on: &Connection, case_id: i64) -> Result<Vec<Finding>, StoreError> {
    read_all(on, &FINDINGS, case_id, |cells| {
        let _position: i64 = cells.int()?;
        let (date, kind, text) = (cells.day()?, cells.word(FindingKind::parse)?, cells.text()?);
        let (record, page, line) = (cells.maybe_text()?, cells.maybe_int()?, cells.maybe_int()?);
        let source = record
            .zip(line)
            .map(|(record, line)| FindingSource { record, page, line });
        Ok(Finding {
            date,
            kind,
            text,
            source,
        })
    })
}

fn records(on: &Connection, case_id: i64, depth: Depth) -> Result<Vec<Record>, StoreError> {
    let mut records = read_all(on, &RECORDS, case_id, |cells| {
        let _record: i64 = cells.int()?;
        Ok(Record {
            title: cells.text()?,
            kind: cells.text()?,
            date: cells.day()?,
            pages: Vec::new(),
        })
    })?;
    match depth {
        Depth::Shown => fill_pages(on, case_id, &mut records)?,
        Depth::Work | Depth::Head => count_pages(on, case_id, &mut records)?,
    }
    Ok(records)
}

fn fill_pages(on: &Connection, case_id: i64, records: &mut [Record]) -> Result<(), StoreError> {
    let pages = read_all(on, &RECORD_PAGES, case_id, |cells| {
        let (record, _page) = (cells.int::<i64>()?, cells.int::<i64>()?);
        Ok((record, cells.text()?))
    })?;
    for (record, text) in pages {
        place(records, record)?.pages.push(text);
    }
    Ok(())
}

/// A change needs no page text and a signature their number only: a case can have 2,000 pages.
fn count_pages(on: &Connection, case_id: i64, records: &mut [Record]) -> Result<(), StoreError> {
    let mut query = on.prepare_cached(
        "SELECT record, count(*) FROM record_pages WHERE case_id = ?1 GROUP BY record",
    )?;
    let counts = query.query_map([case_id], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
    for count in counts {
        let (record, pages) = count?;
        let pages = usize::try_from(pages).unwrap_or_default();
        place(records, record)?.pages = vec![String::new(); pages];
    }
    Ok(())
}

/// The element numbered `n` from 1.
fn place<T>(things: &mut [T], n: i64) -> Result<&mut T, StoreError> {
    let index = usize::try_from(n).ok().and_then(|n| n.checked_sub(1));
    index
        .and_then(|i| things.get_mut(i))
        .ok_or(StoreError::Damaged {
            table: "items and records",
            what: "a number out of line",
        })
}

fn draft(
    on: &Connection,
    case_id: i64,
    records_reason: Option<String>,
) -> Result<Draft, StoreError> {
    let mut items = read_all(on, &DRAFTS, case_id, |cells| {
        let _item: i64 = cells.int()?;
        Ok(ItemDraft {
            decision: cells.maybe_word(Decision::parse)?,
            first_decision: cells.maybe_word(Decision::parse)?,
            citations: Vec::new(),
            rationale: cells.text()?,
        })
    })?;
    let citations = read_all(on, &CITATIONS_USED, case_id, |cells| {
        let (item, _position) = (cells.int::<i64>()?, cells.int::<i64>()?);
        let _label = cells.text()?;
        Ok((item, cells.json()?))
    })?;
    for (item, citation) in citations {
        place(&mut items, item)?.citations.push(citation);
    }
    Ok(Draft {
        trails: BTreeMap::new(),
        items,
        records_reason,
        ..Draft::default()
    })
}

/// The one way a published answer leaves the store: for an item once decided, and for precedents.
fn reveal(on: &Connection, anchor: &Anchor, file: &mut CaseFile) -> Result<(), StoreError> {
    for (n, item) in (1..).zip(&mut file.case.items) {
        item.published = published(on, anchor, n)?;
    }
    Ok(())
}

/// The published answer of an item (from 1), if it may be shown. Blindness is in the query: what
/// may not be shown is not read.
pub(super) fn published(
    on: &Connection,
    anchor: &Anchor,
    item: i64,
) -> Result<Option<Published>, StoreError> {
    let columns = PUBLISHED.columns.join(", p.");
    let mut query = on.prepare_cached(&format!(
        "SELECT p.{columns} FROM published p JOIN drafts d USING (case_id, item)
         WHERE case_id = ?1 AND item = ?2 AND (d.decision IS NOT NULL OR ?3)"
    ))?;
    let row: Option<Row> = query
        .query_row((anchor.case_id, item, anchor.is_precedent), |row| {
            (0..PUBLISHED.columns.len())
                .map(|i| row.get::<_, Value>(i))
                .collect()
        })
        .optional()?;
    row.map(|row| published_of(&mut Cells::new(&PUBLISHED, row).skip(2)))
        .transpose()
}

/// Has this item (from 1) a published answer, shown or hidden?
pub(super) fn has_published(
    on: &Connection,
    anchor: &Anchor,
    item: i64,
) -> Result<bool, StoreError> {
    let mut query =
        on.prepare_cached("SELECT 1 FROM published WHERE case_id = ?1 AND item = ?2")?;
    Ok(query.exists((anchor.case_id, item))?)
}

fn published_of(cells: &mut Cells) -> Result<Published, StoreError> {
    Ok(Published {
        decision: cells.word(Decision::parse)?,
        text: cells.text()?,
        citations: cells.json()?,
        rationale: cells.text()?,
    })
}
