//! What a rationale read like before.
//!
//! Saves come every second while one types; to keep each would drown what one looks for, and slow
//! the saves. So a text is kept when the next one comes after a rest, when long writing goes on, and
//! when many words go at once.

use super::change::from_one;
use super::{Store, StoreError, events, load};
use crate::model::{CaseId, Version};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

/// A rest this long ends a spell of writing; in one that goes on, a text is kept as often.
const SPELL: SignedDuration = SignedDuration::from_mins(10);
/// So many bytes gone at once are a loss that one may want back.
const LOSS: usize = 120;
/// So many texts of an item are kept, the newest.
const MOST: i64 = 40;

/// Keeps the text that `after` takes the place of, if it is worth it. Called before the event of
/// the change is written.
pub(super) fn keep(
    tx: &Connection,
    case_id: i64,
    (case, item): (&CaseId, usize),
    (before, after): (&str, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    if before.trim().is_empty() || before == after {
        return Ok(());
    }
    let number = from_one(item);
    let Some(last) = events::last_written(tx, case, number)? else {
        return Ok(());
    };
    let kept = newest(tx, case_id, number)?;
    if kept >= last.seq {
        return Ok(());
    }
    // The first save that none of the kept texts holds: from there on the spell counts.
    let since = events::written_after(tx, case, number, kept)?.unwrap_or(last.at);
    let is_due = has_passed(last.at, now) || has_passed(since, now);
    if !(is_due || gone(before, after) >= LOSS) {
        return Ok(());
    }
    tx.prepare_cached("INSERT OR REPLACE INTO versions VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![
            case_id,
            number,
            last.seq,
            last.at.to_string(),
            last.who,
            before
        ])?;
    tx.prepare_cached(
        "DELETE FROM versions WHERE case_id = ?1 AND item = ?2 AND seq NOT IN
           (SELECT seq FROM versions WHERE case_id = ?1 AND item = ?2 ORDER BY seq DESC LIMIT ?3)",
    )?
    .execute(params![case_id, number, MOST])?;
    Ok(())
}

fn has_passed(since: Timestamp, now: Timestamp) -> bool {
    since.checked_add(SPELL).is_ok_and(|due| due <= now)
}

/// Bytes of `before` between what both begin and end with.
fn gone(before: &str, after: &str) -> usize {
    let shorter = before.len().min(after.len());
    let (a, b) = (before.bytes(), after.bytes());
    let head = a.zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (before.bytes().rev(), after.bytes().rev());
    let tail = a
        .zip(b)
        .take(shorter - head)
        .take_while(|(a, b)| a == b)
        .count();
    before.len() - head - tail
}

/// Number of the event whose text was kept last; 0 where none is.
fn newest(on: &Connection, case_id: i64, number: i64) -> Result<i64, StoreError> {
    let mut query = on.prepare_cached(
        "SELECT coalesce(max(seq), 0) FROM versions WHERE case_id = ?1 AND item = ?2",
    )?;
    Ok(query.query_row([case_id, number], |row| row.get(0))?)
}

fn instant(text: &str) -> Result<Timestamp, StoreError> {
    text.parse().map_err(|_| StoreError::Damaged {
        table: "versions",
        what: "an instant is none",
    })
}

impl Store {
    /// What the rationale of an item (from 0) read like before, oldest first; what was signed of it
    /// is among them.
    ///
    /// # Errors
    /// An unknown case, or what the disk gives.
    pub fn versions(&self, case: &CaseId, item: usize) -> Result<Vec<Version>, StoreError> {
        let case_id = load::known(&self.connection, case)?;
        let mut all = kept(&self.connection, case_id, from_one(item))?;
        for sealed in self.sealed(case)? {
            let signed = sealed.content().items.get(item).map(|item| Version {
                seq: i64::MAX,
                at: sealed.sealed_at(),
                who: String::new(),
                text: item.rationale.clone(),
                is_signed: true,
            });
            all.extend(signed);
        }
        all.sort_by_key(|version| version.at);
        Ok(all)
    }
}

fn kept(on: &Connection, case_id: i64, number: i64) -> Result<Vec<Version>, StoreError> {
    let mut query = on.prepare_cached(
        "SELECT seq, at, who, text FROM versions WHERE case_id = ?1 AND item = ?2 ORDER BY seq",
    )?;
    let rows = query.query_map([case_id, number], |row| {
        let version = Version {
            seq: row.get(0)?,
            at: Timestamp::UNIX_EPOCH,
            who: row.get(2)?,
            text: row.get(3)?,
            is_signed: false,
        };
        Ok((version, row.get::<_, String>(1)?))
    })?;
    rows.map(|row| {
        let (version, at) = row?;
        Ok(Version {
            at: instant(&at)?,
            ..version
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_is_measured_between_what_is_the_same() {
        assert_eq!(gone("one two three", "one three"), "two ".len());
        assert_eq!(gone("one", "one two"), 0);
        assert_eq!(gone("aaa", "aa"), 1);
        assert_eq!(gone("abc", "xyz"), 3);
        assert_eq!(gone("abc", ""), 3);
    }
}
