//! Items decided here, for statistics. Of an item that is not decided nothing published is read.

use super::{Store, StoreError};
use crate::intake::request;
use crate::model::{CaseId, Decision, Reviewed, case::in_dispute, text::fold};
use jiff::Timestamp;
use rusqlite::Row;

/// When a case came in and when it was signed first stand in the events of its key.
const DECIDED: &str = "
    SELECT c.key, d.item, i.request, d.first_decision, d.decision, p.decision, d.rationale,
           (SELECT at FROM events e WHERE e.case_key = c.key AND e.kind = 'imported'
            ORDER BY seq LIMIT 1),
           (SELECT at FROM events e WHERE e.case_key = c.key AND e.kind = 'signed'
            ORDER BY seq LIMIT 1)
    FROM drafts d
    JOIN cases c USING (case_id)
    JOIN items i USING (case_id, item)
    LEFT JOIN published p USING (case_id, item)
    WHERE d.decision IS NOT NULL AND NOT c.is_precedent
    ORDER BY c.key, d.item";

impl Store {
    /// Every item that is decided now, in the order of cases and items.
    ///
    /// # Errors
    /// What the disk or a damaged row gives.
    pub fn reviewed(&self) -> Result<Vec<Reviewed>, StoreError> {
        let mut query = self.connection.prepare_cached(DECIDED)?;
        let mut rows = query.query([])?;
        let mut items = Vec::new();
        while let Some(row) = rows.next()? {
            items.push(reviewed(row)?);
        }
        Ok(items)
    }
}

fn reviewed(row: &Row) -> Result<Reviewed, StoreError> {
    let (key, request, rationale): (String, String, String) =
        (row.get(0)?, row.get(2)?, row.get(6)?);
    let decision = |at| -> Result<Option<Decision>, StoreError> {
        let word: Option<String> = row.get(at)?;
        let read = word.map(|word| Decision::parse(&word).ok_or(damaged("a decision")));
        read.transpose()
    };
    let instant = |at| -> Result<Option<Timestamp>, StoreError> {
        let text: Option<String> = row.get(at)?;
        let read = text.map(|text| text.parse().map_err(|_| damaged("an instant")));
        read.transpose()
    };
    let item: i64 = row.get(1)?;
    Ok(Reviewed {
        case: CaseId::typed(&key),
        item: usize::try_from(item).unwrap_or_default(),
        category: request::parse(&request).category.group(),
        request: fold(in_dispute(&request)),
        first: decision(3)?.ok_or(damaged("a first decision"))?,
        decision: decision(4)?.ok_or(damaged("a decision"))?,
        published: decision(5)?,
        words: rationale.split_whitespace().count(),
        came: instant(7)?.ok_or(damaged("when a case came in"))?,
        signed: instant(8)?,
    })
}

fn damaged(what: &'static str) -> StoreError {
    StoreError::Damaged {
        table: "drafts and events",
        what,
    }
}
