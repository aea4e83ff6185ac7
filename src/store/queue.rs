//! A window over the queue. The first screen's is read straight from an index, so that the start
//! costs the same whatever the store holds; every other comes from the queue in memory
//! (`queue_roster.rs`), which is read once there is time for it.

use super::queue_roster::Window;
use super::queue_row::NO_DUE;
use super::{Store, StoreError};
use crate::model::filter::Moment;
use crate::model::{
    CaseId, Decision, Patient, Priority, QueueCounts, QueueItem, QueuePage, QueueQuery, QueueRow,
    Sex, Sort, Stage, UrAction, View, case::in_dispute, text::fold,
};
use crate::rules::clock;
use jiff::Timestamp;
use rusqlite::{CachedStatement, OptionalExtension, Row};

/// How much of a summary the preview shows (characters).
const SUMMARY_START: usize = 400;
/// A queue of more cases is read into memory only when it is asked for what needs that.
const READ_AHEAD: usize = 250_000;
/// What [`queue_counts`] has in place of a day for cases that are not open.
const NO_DAY: i64 = -1_000_000;
/// Seconds of a day of [`queue_counts`].
const DAY: i64 = 86_400;

impl Store {
    /// A window over the queue.
    ///
    /// # Errors
    /// A filter that does not read, and what the disk or a damaged row gives.
    pub fn queue(&self, query: &QueueQuery, now: Timestamp) -> Result<QueuePage, StoreError> {
        let _read = self.connection.unchecked_transaction()?;
        let at = clock::moment(now);
        let counts = self.counts(&at)?;
        let window = match plain(query) {
            Some(from) if !self.has_roster() => Window {
                ids: self.window(from, query, &at)?,
                total: total(query.view, &counts),
                elsewhere: 0,
            },
            _ => self.roster_window(query, at)?,
        };
        let mut row = self.connection.prepare_cached(&row_query())?;
        let mut items = self.connection.prepare_cached(ITEMS_QUERY)?;
        let rows = window.ids.iter().map(|id| line(&mut row, &mut items, *id));
        Ok(QueuePage {
            start: query.start,
            rows: rows.collect::<Result<_, _>>()?,
            total: window.total,
            elsewhere: window.elsewhere,
            counts,
        })
    }

    /// The cases that pass, in order, as far as `query.len` goes.
    ///
    /// # Errors
    /// As [`Store::queue`].
    pub fn queue_ids(
        &self,
        query: &QueueQuery,
        now: Timestamp,
    ) -> Result<(Vec<CaseId>, usize), StoreError> {
        let _read = self.connection.unchecked_transaction()?;
        let window = self.roster_window(query, clock::moment(now))?;
        let mut key = self
            .connection
            .prepare_cached("SELECT key FROM queue WHERE case_id = ?1")?;
        let ids = window.ids.iter().map(|id| {
            let key: String = key.query_row([id], |row| row.get(0))?;
            Ok(CaseId::typed(&key))
        });
        Ok((ids.collect::<Result<_, StoreError>>()?, window.total))
    }

    /// Reads ahead what the next filter will need; for when there is nothing else to do.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn read_queue_ahead(&self, now: Timestamp) -> Result<(), StoreError> {
        let _read = self.connection.unchecked_transaction()?;
        let is_small = self.counts(&clock::moment(now))?.all <= READ_AHEAD;
        match is_small || self.has_roster() {
            true => self.refresh_roster(),
            false => Ok(()),
        }
    }

    /// The next open case in order of due date after this one, else the first; never itself, and
    /// none that is snoozed.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn next_open(&self, after: &CaseId, now: Timestamp) -> Result<Option<CaseId>, StoreError> {
        const AFTER: &str = "SELECT n.key FROM queue q JOIN queue n
             ON n.part = 0 AND n.snoozed <= ?2 AND (n.due, n.key) > (q.due, q.key)
             WHERE q.key = ?1 ORDER BY n.due, n.key LIMIT 1";
        const FIRST: &str = "SELECT key FROM queue WHERE part = 0 AND snoozed <= ?2 AND key <> ?1
             ORDER BY due, key LIMIT 1";
        let today = clock::today(now).to_string();
        for sql in [AFTER, FIRST] {
            let mut query = self.connection.prepare_cached(sql)?;
            let found: Option<String> = query
                .query_row([after.as_str(), &today], |row| row.get(0))
                .optional()?;
            if let Some(key) = found {
                return Ok(Some(CaseId::typed(&key)));
            }
        }
        Ok(None)
    }

    fn window(&self, from: &str, query: &QueueQuery, at: &Moment) -> Result<Vec<i64>, StoreError> {
        let sql = format!("SELECT case_id FROM queue {from} LIMIT ?3 OFFSET ?4");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let window = (
            at.now.as_second(),
            at.today.to_string(),
            signed(query.len),
            signed(query.start),
        );
        let ids = statement.query_map(window, |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// The figures above the queue. None is counted line by line.
    fn counts(&self, at: &Moment) -> Result<QueueCounts, StoreError> {
        let snoozed = self.figure(
            "SELECT count(*) FROM queue WHERE part = 0 AND snoozed > '' AND snoozed > ?1",
            [at.today.to_string()],
        )?;
        let open = self.figure(
            "SELECT coalesce(sum(cases), 0) FROM queue_counts WHERE day <> ?1",
            [NO_DAY],
        )?;
        Ok(QueueCounts {
            open: open.saturating_sub(snoozed),
            overdue: self.overdue(at.now.as_second())?,
            expedited: self.figure(
                "SELECT coalesce(sum(cases), 0) FROM queue_counts
                 WHERE day <> ?1 AND expedited = 1",
                [NO_DAY],
            )?,
            snoozed,
            all: self.figure("SELECT coalesce(sum(cases), 0) FROM queue_counts", [])?,
        })
    }

    /// Whole days from the figures, and the last one from the index.
    fn overdue(&self, now: i64) -> Result<usize, StoreError> {
        let day = now.div_euclid(DAY);
        let before = self.figure(
            "SELECT coalesce(sum(cases), 0) FROM queue_counts WHERE day > ?1 AND day < ?2",
            [NO_DAY, day],
        )?;
        let that_day = self.figure(
            "SELECT count(*) FROM queue WHERE part = 0 AND due >= ?1 AND due < ?2",
            [day * DAY, now],
        )?;
        Ok(before + that_day)
    }

    fn figure(&self, sql: &str, asked: impl rusqlite::Params) -> Result<usize, StoreError> {
        let mut query = self.connection.prepare_cached(sql)?;
        Ok(query.query_row(asked, |row| Ok(unsigned(row.get(0)?)))?)
    }
}

fn stage_of(rank: i64) -> Stage {
    let stage = Stage::ALL.get(unsigned(rank)).copied();
    stage.unwrap_or(Stage::New)
}

fn unsigned(n: i64) -> usize {
    usize::try_from(n).unwrap_or_default()
}

fn signed(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// What an index answers at once: views by due date, unfiltered. Each names `?1` (now) and `?2`
/// (today), so that all take the same parameters.
const PLAIN: [(View, &str); 4] = [
    (
        View::Open,
        "WHERE part = 0 AND snoozed <= ?2 AND ?1 IS NOT NULL ORDER BY due, key",
    ),
    (
        View::Overdue,
        "WHERE part = 0 AND due < ?1 AND ?2 IS NOT NULL ORDER BY due, key",
    ),
    (
        View::Expedited,
        "WHERE part = 0 AND expedited = 1 AND ?1 IS NOT NULL AND ?2 IS NOT NULL ORDER BY due, key",
    ),
    (
        View::All,
        "WHERE ?1 IS NOT NULL AND ?2 IS NOT NULL ORDER BY due, key",
    ),
];

fn plain(query: &QueueQuery) -> Option<&'static str> {
    let is_plain = (query.sort, query.descending) == (Sort::Due, false)
        && query.filter.trim().is_empty()
        && query.within.trim().is_empty();
    let found = PLAIN.iter().find(|(view, _)| *view == query.view);
    found.filter(|_| is_plain).map(|(_, from)| *from)
}

/// How many lines a view of [`PLAIN`] has.
fn total(view: View, counts: &QueueCounts) -> usize {
    match view {
        View::Open => counts.open,
        View::Overdue => counts.overdue,
        View::Expedited => counts.expedited,
        _ => counts.all,
    }
}

/// One line of the queue, from the derived row and the case.
fn row_query() -> String {
    format!(
        "SELECT q.key, q.expedited, c.age, c.sex, c.injury_date, q.items, q.request,
                substr(c.summary, 1, {SUMMARY_START}), q.due, c.is_published, q.stage,
                q.snoozed
         FROM queue q JOIN cases c USING (case_id) WHERE q.case_id = ?1"
    )
}

/// One line with its items, by statements that serve the whole window.
fn line(
    row: &mut CachedStatement<'_>,
    items: &mut CachedStatement<'_>,
    case_id: i64,
) -> rusqlite::Result<QueueRow> {
    let mut line = row.query_row([case_id], queue_row)?;
    line.each = items
        .query_map([case_id], queue_item)?
        .collect::<Result<_, _>>()?;
    Ok(line)
}

/// The items of a line in view. The decisions are the reviewer's own: `published` is not read.
const ITEMS_QUERY: &str = "SELECT i.request, i.ur_action, d.decision
     FROM items i LEFT JOIN drafts d USING (case_id, item)
     WHERE i.case_id = ?1 ORDER BY item";

fn queue_item(row: &Row<'_>) -> rusqlite::Result<QueueItem> {
    let request: String = row.get(0)?;
    let action: String = row.get(1)?;
    let decision: Option<String> = row.get(2)?;
    Ok(QueueItem {
        request: fold(in_dispute(&request)),
        ur: UrAction::parse(&action).unwrap_or_default(),
        decision: decision.as_deref().and_then(Decision::parse),
    })
}

fn queue_row(row: &Row<'_>) -> rusqlite::Result<QueueRow> {
    let word = |at: usize| {
        row.get::<_, Option<String>>(at)
            .map(Option::unwrap_or_default)
    };
    let due: i64 = row.get(8)?;
    Ok(QueueRow {
        id: CaseId::typed(&row.get::<_, String>(0)?),
        priority: match row.get(1)? {
            true => Priority::Expedited,
            false => Priority::Standard,
        },
        patient: Patient {
            age: row.get(2)?,
            sex: match word(3)?.as_str() {
                "female" => Some(Sex::Female),
                "male" => Some(Sex::Male),
                _ => None,
            },
        },
        injury_date: word(4)?.parse().ok(),
        items: row.get(5)?,
        request: row.get(6)?,
        summary_start: row.get(7)?,
        due: (due != NO_DUE)
            .then(|| Timestamp::from_second(due).ok())
            .flatten(),
        is_published: row.get(9)?,
        stage: stage_of(row.get(10)?),
        snoozed_until: word(11)?.parse().ok(),
        each: Vec::new(),
    })
}
