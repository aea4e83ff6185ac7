//! The case at hand: as the last look or change through this handle left it. The next change to it
//! need not read it again, and a signature waits for the disk alone.
//!
//! It stands for the database only as long as nobody has written since: `PRAGMA data_version` tells
//! of others, the number of our own writes of ourselves. Both are asked inside the transaction.

use super::load::{self, Depth};
use super::rows::Anchor;
use super::{Store, StoreError};
use crate::model::{Case, CaseFile, CaseId, Record};
use rusqlite::Connection;

/// A case and the content of the database it belongs to.
#[derive(Debug)]
pub(super) struct AtHand {
    version: i64,
    writes: u64,
    anchor: Anchor,
    file: CaseFile,
}

/// What a transaction works with: the case before it, and what it leaves.
#[derive(Debug)]
pub(super) struct Hand {
    kept: Option<AtHand>,
    writes: u64,
}

impl Hand {
    /// The case as it stands in the database, for work.
    pub(super) fn take(
        &mut self,
        tx: &Connection,
        case: &CaseId,
    ) -> Result<(Anchor, CaseFile), StoreError> {
        let version = version(tx)?;
        let kept = self.kept.take().filter(|kept| {
            (kept.version, kept.writes, &kept.file.case.id) == (version, self.writes, case)
        });
        let Some(kept) = kept else {
            return load::case_file(tx, load::known(tx, case)?, Depth::Work);
        };
        let found = (kept.anchor, kept.file);
        debug_assert_eq!(
            found,
            load::case_file(tx, load::known(tx, case)?, Depth::Work)?
        );
        Ok(found)
    }

    /// The case as this transaction leaves it.
    pub(super) fn leave(
        &mut self,
        tx: &Connection,
        anchor: Anchor,
        file: CaseFile,
    ) -> Result<(), StoreError> {
        self.kept = Some(AtHand {
            version: version(tx)?,
            writes: self.writes + 1,
            anchor,
            file,
        });
        Ok(())
    }
}

fn version(on: &Connection) -> Result<i64, StoreError> {
    let mut query = on.prepare_cached("PRAGMA data_version")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

impl Store {
    /// Runs a write with the case at hand. What a failed one left is forgotten.
    pub(super) fn write_in_hand<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&Connection, &mut Hand) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut hand = Hand {
            kept: self.at_hand.get_mut().take(),
            writes: self.writes.get(),
        };
        let done = self.write(|tx| work(tx, &mut hand));
        if done.is_ok() {
            *self.at_hand.get_mut() = hand.kept;
        }
        done
    }

    /// A case that was just read to be shown is the likeliest to be changed next.
    pub(super) fn read_in_hand(
        &self,
        read: &Connection,
        anchor: Anchor,
        shown: &CaseFile,
    ) -> Result<(), StoreError> {
        *self.at_hand.borrow_mut() = Some(AtHand {
            version: version(read)?,
            writes: self.writes.get(),
            anchor,
            file: for_work(shown),
        });
        Ok(())
    }
}

/// What [`Depth::Work`] reads of a case: no page texts, no history, nothing published.
fn for_work(shown: &CaseFile) -> CaseFile {
    let case = &shown.case;
    let mut items = case.items.clone();
    items.iter_mut().for_each(|item| item.published = None);
    CaseFile {
        case: Case {
            id: case.id.clone(),
            header: case.header.clone(),
            patient: case.patient,
            credentials: case.credentials.clone(),
            summary: case.summary.clone(),
            findings: case.findings.clone(),
            items,
            records: case.records.iter().map(without_pages).collect(),
            is_published: case.is_published,
        },
        draft: shown.draft.clone(),
        stage: shown.stage,
        history: Vec::new(),
        sealed: shown.sealed.clone(),
    }
}

/// A case can have 2,000 pages; a change needs their number.
fn without_pages(record: &Record) -> Record {
    Record {
        title: record.title.clone(),
        kind: record.kind.clone(),
        date: record.date,
        pages: vec![String::new(); record.pages.len()],
    }
}
