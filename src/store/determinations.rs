//! The table of sealed determinations: bytes verbatim, chained, append-only.

use super::StoreError;
use crate::model::{CaseId, SealedInfo};
use crate::seal::{self, Sealed};
use rusqlite::{Connection, OptionalExtension};

/// The end of the chain: the hash of the determination sealed last.
pub(super) fn last(on: &Connection) -> Result<Option<String>, StoreError> {
    let mut query =
        on.prepare_cached("SELECT hash FROM determinations ORDER BY seq DESC LIMIT 1")?;
    Ok(query.query_row([], |row| row.get(0)).optional()?)
}

/// Appends a determination under the number of its event.
pub(super) fn append(on: &Connection, seq: i64, sealed: &Sealed) -> Result<(), StoreError> {
    on.prepare_cached(
        "INSERT INTO determinations (seq, case_key, sealed, hash, previous)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((
        seq,
        sealed.case().as_str(),
        sealed.bytes(),
        sealed.hash(),
        sealed.previous(),
    ))?;
    Ok(())
}

/// Does the database give back what was written to it, byte for byte and in meaning?
pub(super) fn is_stored(on: &Connection, seq: i64, sealed: &Sealed) -> Result<bool, StoreError> {
    let mut query =
        on.prepare_cached("SELECT sealed FROM determinations WHERE seq = ?1 AND case_key = ?2")?;
    let mut rows = query.query((seq, sealed.case().as_str()))?;
    let row = rows.next()?;
    let bytes = row.map(|row| row.get_ref(0)).transpose()?;
    Ok(bytes.is_some_and(|bytes| bytes.as_blob().is_ok_and(|b| sealed.reads_back(b))))
}

/// The sealed bytes of one case, oldest first.
pub(super) fn of_case(on: &Connection, case: &CaseId) -> Result<Vec<Sealed>, StoreError> {
    let mut query = on.prepare_cached(
        "SELECT sealed FROM events e JOIN determinations d USING (seq)
         WHERE e.case_key = ?1 AND e.kind = 'signed' ORDER BY seq",
    )?;
    let blobs = query.query_map([case.as_str()], |row| row.get::<_, Vec<u8>>(0))?;
    blobs.map(|bytes| Ok(seal::read(&bytes?)?)).collect()
}

/// The determinations of one case by name, oldest first.
pub(super) fn infos(on: &Connection, case: &CaseId) -> Result<Vec<SealedInfo>, StoreError> {
    Ok(of_case(on, case)?.iter().map(info).collect())
}

/// Names a determination.
pub(super) fn info(sealed: &Sealed) -> SealedInfo {
    SealedInfo {
        hash: sealed.hash().to_owned(),
        at: sealed.sealed_at(),
        replaces: sealed.content().replaces.clone(),
        content: Box::new(sealed.content().clone()),
    }
}
