//! Watched tables: rows as they are bound, read and hashed, with one piece of code for all.
//!
//! Every event carries the hashes of the row groups it changed. So the event log, itself chained,
//! vouches for every row of these tables, and `verify` can name the one that differs.

use super::StoreError;
use crate::seal;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeMap;
use std::fmt::Write;

/// One watched table. The first column is always `case_id`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
    /// Are rows hashed by their second column (item, record) or all rows of the case as one group?
    pub by_second: bool,
    /// How rows are ordered.
    pub order: &'static str,
}

/// Values in the order of [`Table::columns`].
pub(super) type Row = Vec<Value>;

/// Rows that are hashed together: table, and item or record from 1 (0: the whole case).
pub(super) type Groups = BTreeMap<(&'static Table, i64), Vec<Row>>;

/// Which groups an event changed, and their hashes now: `drafts/1` -> hex, or `None` for gone.
pub(super) type Hashes = BTreeMap<String, Option<String>>;

pub(super) static CASES: Table = Table {
    name: "cases",
    columns: &[
        "case_id",
        "file",
        "imported",
        "is_precedent",
        "key",
        "is_published",
        "number",
        "priority",
        "injury_date",
        "ur_denial_date",
        "application_received_date",
        "assigned_date",
        "decided_date",
        "records_complete_date",
        "age",
        "sex",
        "licensed_in",
        "certifications",
        "summary",
        "records_reason",
        "snoozed_until",
        "dates",
        "interests",
    ],
    by_second: false,
    order: "case_id",
};
pub(super) static ITEMS: Table = Table {
    name: "items",
    columns: &[
        "case_id",
        "item",
        "request",
        "ur_action",
        "ur_approved_part",
        "ur_text",
        "ur_citations",
    ],
    by_second: true,
    order: "item",
};
pub(super) static PUBLISHED: Table = Table {
    name: "published",
    columns: &[
        "case_id",
        "item",
        "decision",
        "text",
        "citations",
        "rationale",
    ],
    by_second: true,
    order: "item",
};
pub(super) static FINDINGS: Table = Table {
    name: "findings",
    columns: &[
        "case_id",
        "position",
        "date",
        "kind",
        "text",
        "source_record",
        "source_page",
        "source_line",
    ],
    by_second: false,
    order: "position",
};
pub(super) static RECORDS: Table = Table {
    name: "records",
    columns: &["case_id", "record", "title", "kind", "date"],
    by_second: false,
    order: "record",
};
pub(super) static RECORD_PAGES: Table = Table {
    name: "record_pages",
    columns: &["case_id", "record", "page", "text"],
    by_second: true,
    order: "record, page",
};
pub(super) static DRAFTS: Table = Table {
    name: "drafts",
    columns: &["case_id", "item", "decision", "first_decision", "rationale"],
    by_second: true,
    order: "item",
};
pub(super) static CITATIONS_USED: Table = Table {
    name: "citations_used",
    columns: &["case_id", "item", "position", "label", "citation"],
    by_second: true,
    order: "item, position",
};
/// The one column of the queue that is not derived. `queue_row` writes it; here it is read and
/// hashed.
pub(super) static STAGE: Table = Table {
    name: "queue",
    columns: &["case_id", "stage"],
    by_second: false,
    order: "case_id",
};

/// In the order rows can be inserted (a referenced table first).
pub(super) static WATCHED: [&Table; 8] = [
    &CASES,
    &ITEMS,
    &PUBLISHED,
    &FINDINGS,
    &RECORDS,
    &RECORD_PAGES,
    &DRAFTS,
    &CITATIONS_USED,
];

impl Table {
    /// The rows of one case.
    pub(super) fn rows(&self, on: &Connection, case_id: i64) -> Result<Vec<Row>, StoreError> {
        let mut sql = String::new();
        let columns = self.columns.join(", ");
        let _ = write!(
            sql,
            "SELECT {columns} FROM {} WHERE case_id = ?1 ORDER BY {}",
            self.name, self.order
        );
        let mut query = on.prepare_cached(&sql)?;
        let rows = query.query_map([case_id], |row| {
            (0..self.columns.len()).map(|i| row.get(i)).collect()
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn insert(&self, on: &Connection, row: &Row) -> Result<(), StoreError> {
        let columns = self.columns.join(", ");
        let marks = vec!["?"; self.columns.len()].join(", ");
        let sql = format!("INSERT INTO {} ({columns}) VALUES ({marks})", self.name);
        on.prepare_cached(&sql)?.execute(params_from_iter(row))?;
        Ok(())
    }

    /// Keeps the row's place where other rows refer to it. A column that stays is not named: for
    /// each one SQLite would look through its indexes and the tables that refer to it.
    fn update(&self, on: &Connection, old: &Row, new: &Row) -> Result<(), StoreError> {
        let pairs = self.columns.iter().zip(old.iter().zip(new));
        let moved: Vec<_> = pairs.filter(|(_, (old, new))| old != new).collect();
        let sets: Vec<String> = moved.iter().map(|(c, _)| format!("{c} = ?")).collect();
        let sql = format!(
            "UPDATE {} SET {} WHERE case_id = ?",
            self.name,
            sets.join(", ")
        );
        let values = moved.iter().map(|(_, (_, new))| *new);
        on.prepare_cached(&sql)?
            .execute(params_from_iter(values.chain(old.first())))?;
        Ok(())
    }

    fn clear(&self, on: &Connection, case_id: i64, second: i64) -> Result<(), StoreError> {
        let and = match (self.by_second, self.columns.get(1)) {
            (true, Some(column)) => format!("{column} = ?2"),
            _ => "?2 = 0".to_owned(),
        };
        let sql = format!("DELETE FROM {} WHERE case_id = ?1 AND {and}", self.name);
        on.prepare_cached(&sql)?.execute([case_id, second])?;
        Ok(())
    }

    /// What a group is called in events and in the report of `verify`.
    pub(super) fn group_name(&self, second: i64) -> String {
        match self.by_second {
            true => format!("{}/{second}", self.name),
            false => self.name.to_owned(),
        }
    }
}

/// Sorts rows of one table into their groups.
pub(super) fn group(into: &mut Groups, table: &'static Table, rows: Vec<Row>) {
    for row in rows {
        let second = match (table.by_second, row.get(1)) {
            (true, Some(Value::Integer(n))) => *n,
            _ => 0,
        };
        into.entry((table, second)).or_default().push(row);
    }
}

/// Every watched row of a case as it stands in the database.
pub(super) fn groups_of(on: &Connection, case_id: i64) -> Result<Groups, StoreError> {
    let mut groups = Groups::new();
    for table in WATCHED {
        group(&mut groups, table, table.rows(on, case_id)?);
    }
    Ok(groups)
}

/// Writes the groups of a new case.
pub(super) fn insert_all(on: &Connection, groups: &Groups) -> Result<Hashes, StoreError> {
    for table in WATCHED {
        let of_table = groups.iter().filter(|((t, _), _)| t.name == table.name);
        for row in of_table.flat_map(|(_, rows)| rows) {
            table.insert(on, row)?;
        }
    }
    Ok(groups.iter().map(name_and_hash).collect())
}

fn name_and_hash((key, rows): (&(&'static Table, i64), &Vec<Row>)) -> (String, Option<String>) {
    (key.0.group_name(key.1), Some(hash(key.0, rows)))
}

/// Writes the groups that differ, and says which and what they are now.
pub(super) fn write_difference(
    on: &Connection,
    case_id: i64,
    before: &Groups,
    after: &Groups,
) -> Result<Hashes, StoreError> {
    let mut hashes = Hashes::new();
    for (key, rows) in after
        .iter()
        .filter(|(key, rows)| before.get(key) != Some(rows))
    {
        replace(on, case_id, *key, before.get(key), rows)?;
        hashes.extend([name_and_hash((key, rows))]);
    }
    for (table, second) in before.keys().filter(|key| !after.contains_key(key)) {
        table.clear(on, case_id, *second)?;
        hashes.insert(table.group_name(*second), None);
    }
    Ok(hashes)
}

fn replace(
    on: &Connection,
    case_id: i64,
    (table, second): (&'static Table, i64),
    before: Option<&Vec<Row>>,
    rows: &[Row],
) -> Result<(), StoreError> {
    if let (true, Some(before)) = (table.name == CASES.name, before) {
        let mut pairs = before.iter().zip(rows);
        return pairs.try_for_each(|(old, new)| table.update(on, old, new));
    }
    if before.is_some() {
        table.clear(on, case_id, second)?;
    }
    rows.iter().try_for_each(|row| table.insert(on, row))
}

/// Hex SHA-256 over the rows of a group: for each value that is not NULL the column's name and
/// the value, each with its length before it, so that no two groups spell the same bytes.
pub(super) fn hash(table: &Table, rows: &[Row]) -> String {
    let mut spelled = Vec::new();
    for row in rows {
        spelled.extend_from_slice(b"row");
        for (column, value) in table.columns.iter().zip(row) {
            spell(&mut spelled, column, value);
        }
    }
    seal::hash(&spelled)
}

fn spell(into: &mut Vec<u8>, column: &str, value: &Value) {
    let number;
    let (kind, bytes) = match value {
        Value::Null => return,
        Value::Integer(n) => {
            number = n.to_string();
            ('i', number.as_bytes())
        }
        Value::Real(x) => {
            number = x.to_bits().to_string();
            ('r', number.as_bytes())
        }
        Value::Text(text) => ('t', text.as_bytes()),
        Value::Blob(blob) => ('b', blob.as_slice()),
    };
    let head = format!("{}:{column}{kind}{}:", column.len(), bytes.len());
    into.extend_from_slice(head.as_bytes());
    into.extend_from_slice(bytes);
}
