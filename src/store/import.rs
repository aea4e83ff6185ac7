//! Cases coming in. Whole or not at all, and the same letter only once.

use super::load::{self, Depth};
use super::rows::{self, Anchor};
use super::table::{self, Hashes};
use super::{Store, StoreError, continues, events, limits, queue_row, sentence};
use crate::model::{Case, CaseFile, CaseId, Change, Draft, Limits, Stage};
use crate::seal;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use std::fmt::Write;
use std::sync::Arc;

/// A case read from a file, not yet in the store.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// The case, published answers filled in.
    pub case: Case,
    /// Hex SHA-256 of the file.
    pub digest: String,
    /// The text of the file, kept for reading it again; never shown.
    pub source_text: String,
    /// To be searched, not to be decided?
    pub as_precedent: bool,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imported {
    /// It is in the store now.
    New(CaseId),
    /// The store has it: from the same file, or from the same letter in another form.
    Unchanged(CaseId),
    /// The store has another content under this number; nothing was changed.
    Differs(CaseId),
    /// The store had the beginning of this letter, nobody had worked on it, and now it has all.
    Completed(CaseId),
    /// It was there as a precedent, and is a case to decide now.
    Adopted(CaseId),
    /// It is there as a case to decide, and stays one: a precedent shows its published answers.
    StaysCase(CaseId),
}

impl Store {
    /// Takes one case in.
    ///
    /// # Errors
    /// What the disk gives; nothing is stored then.
    pub fn import(
        &mut self,
        new: &NewCase,
        who: &str,
        now: Timestamp,
    ) -> Result<Imported, StoreError> {
        let limits = Arc::clone(&self.limits);
        self.write(|tx| {
            limits::note_counted(tx, &limits)?;
            import_one(tx, new, &limits, who, now)
        })
    }

    /// Takes many cases in, in one transaction: one flush for all, and all or none.
    ///
    /// # Errors
    /// As [`Store::import`].
    pub fn import_all(
        &mut self,
        new: &[NewCase],
        who: &str,
        now: Timestamp,
    ) -> Result<Vec<Imported>, StoreError> {
        let limits = Arc::clone(&self.limits);
        self.write(|tx| {
            limits::note_counted(tx, &limits)?;
            let one = |new| import_one(tx, new, &limits, who, now);
            new.iter().map(one).collect()
        })
    }

    /// The text of the file a case came from, for reading it again with a better reader. It holds
    /// the published answers: no screen and no command may show it.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn source_text_for_reimport(&self, case: &CaseId) -> Result<Option<String>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT source_text FROM files JOIN cases ON cases.file = files.digest WHERE key = ?1",
        )?;
        Ok(query
            .query_row([case.as_str()], |row| row.get(0))
            .optional()?)
    }
}

fn import_one(
    tx: &Connection,
    new: &NewCase,
    limits: &Limits,
    who: &str,
    now: Timestamp,
) -> Result<Imported, StoreError> {
    let imported = fingerprint(&new.case)?;
    if let Some(known) = known(tx, new, &imported)? {
        return known.take(tx, (new, imported), limits, who, now);
    }
    insert(tx, (new, imported), limits, who, now)?;
    Ok(Imported::New(new.case.id.clone()))
}

/// A case that the store has.
struct Known {
    id: CaseId,
    is_same: bool,
}

impl Known {
    fn take(
        self,
        tx: &Connection,
        (new, imported): (&NewCase, String),
        limits: &Limits,
        who: &str,
        now: Timestamp,
    ) -> Result<Imported, StoreError> {
        let (stored, file) = load::case_file(tx, load::known(tx, &self.id)?, Depth::Work)?;
        let anchor = Anchor {
            file: new.digest.clone(),
            imported,
            is_precedent: stored.is_precedent && new.as_precedent,
            ..stored
        };
        let id = self.id.clone();
        let outcome = match (stored.is_precedent, new.as_precedent, self.is_same) {
            (true, false, true) => Imported::Adopted(id),
            (false, true, true) => return Ok(Imported::StaysCase(id)),
            (_, _, true) => return Ok(Imported::Unchanged(id)),
            _ if continues::is_continued(tx, &file, anchor.case_id, &new.case)? => {
                Imported::Completed(id)
            }
            _ => return Ok(Imported::Differs(id)),
        };
        continues::rewrite(tx, &anchor, (&self.id, new), limits, who, now)?;
        Ok(outcome)
    }
}

/// Is it in the store already, under its number, from this file, or (without a number) as the
/// same content?
fn known(tx: &Connection, new: &NewCase, imported: &str) -> Result<Option<Known>, StoreError> {
    const BY: [&str; 3] = ["key = ?1", "file = ?2", "imported = ?3 AND number IS NULL"];
    for by in BY {
        let sql = format!(
            "SELECT key, file = ?2 OR imported = ?3 FROM cases WHERE {by} AND ?1 IS NOT NULL LIMIT 1"
        );
        let mut query = tx.prepare_cached(&sql)?;
        let found: Option<(String, bool)> = query
            .query_row((new.case.id.as_str(), &new.digest, imported), |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        if let Some((key, is_same)) = found {
            return Ok(Some(Known {
                id: CaseId::typed(&key),
                is_same,
            }));
        }
    }
    Ok(None)
}

fn insert(
    tx: &Connection,
    (new, imported): (&NewCase, String),
    limits: &Limits,
    who: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    insert_file(tx, new)?;
    let next = "SELECT coalesce(max(case_id), 0) + 1 FROM cases";
    let anchor = Anchor {
        case_id: tx.prepare_cached(next)?.query_row([], |row| row.get(0))?,
        file: new.digest.clone(),
        imported,
        is_precedent: new.as_precedent,
    };
    let file = untouched(&new.case);
    let mut groups = rows::of_work(&anchor, &file)?;
    groups.extend(rows::of_import(anchor.case_id, &new.case)?);
    let mut rows = table::insert_all(tx, &groups)?;
    rows.extend(hash_of_file(&new.digest, &new.source_text));
    if let Some(line) = queue_row::derive(&anchor, &file, limits) {
        queue_row::insert(tx, &line)?;
        rows.extend(queue_row::told(&line));
    }
    let change = Change::Imported {
        file: new.digest.clone(),
    };
    let news = events::News {
        case: &new.case.id,
        kind: sentence::kind(&change),
        change: sentence::redacted(&change, false, &file),
        rows,
    };
    events::append(tx, news, who, now)?;
    Ok(())
}

pub(super) fn insert_file(tx: &Connection, new: &NewCase) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT OR IGNORE INTO files (digest, source_text) VALUES (?1, ?2)")?
        .execute([&new.digest, &new.source_text])?;
    Ok(())
}

/// The case with an empty draft; `load::case_file` would give the same.
pub(super) fn untouched(case: &Case) -> CaseFile {
    CaseFile {
        draft: Draft::empty(case.items.len()),
        case: case.clone(),
        stage: Stage::New,
        history: Vec::new(),
        sealed: Vec::new(),
    }
}

/// `files` is no table of one case, so its hash is its own: over digest and text.
pub(super) fn hash_of_file(digest: &str, source_text: &str) -> Hashes {
    let hash = seal::hash(format!("{digest}\n{source_text}").as_bytes());
    Hashes::from([("files".to_owned(), Some(hash))])
}

/// Does this character count when two forms of a letter are compared?
pub(super) fn is_said(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Hash of what a letter says, blind to how its lines are broken: the same letter as PDF and as
/// text is the same. White space and hyphens do not count (a break can add or eat both).
fn fingerprint(case: &Case) -> Result<String, StoreError> {
    let mut says = serde_json::to_string(&(&case.header, case.patient, &case.credentials))?;
    says.push_str(&case.summary);
    for item in &case.items {
        let ur = &item.ur;
        let _ = write!(says, "\u{1}{}\u{2}{:?}", item.request, ur.action);
        for part in [&ur.approved_part, &ur.text] {
            let _ = write!(says, "\u{2}{}", part.as_deref().unwrap_or_default());
        }
        if let Some(p) = &item.published {
            let _ = write!(
                says,
                "\u{3}{}\u{2}{}\u{2}{}",
                p.decision, p.text, p.rationale
            );
        }
    }
    for record in &case.records {
        let _ = write!(
            says,
            "\u{4}{}\u{2}{}\u{2}{:?}",
            record.title, record.kind, record.date
        );
        record.pages.iter().for_each(|page| says.push_str(page));
    }
    says.retain(is_said);
    Ok(seal::hash(says.as_bytes()))
}
