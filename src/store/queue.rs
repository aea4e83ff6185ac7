//! A window over the queue. Without a filter it is read straight from an index; with one, the ids
//! that pass are kept until the store changes, so that paging costs what the page costs.

use super::queue_row::{NO_DUE, rank};
use super::{Store, StoreError};
use crate::model::{
    CaseId, Patient, Priority, QueueCounts, QueuePage, QueueQuery, QueueRow, Sex, Sort, Stage, View,
};
use crate::search::fuzzy::{self, Matcher};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

/// How much of a summary the preview shows (characters).
const SUMMARY_START: usize = 400;

/// The ids that pass the last filter, for one content of the database.
pub(super) type Cache = Option<Filtered>;

#[derive(Debug)]
pub(super) struct Filtered {
    stamp: (i64, u64),
    /// The overdue view also changes as time goes: with this figure.
    overdue: usize,
    view: View,
    sort: Sort,
    filter: String,
    ids: Vec<i64>,
}

impl Store {
    /// A window over the queue.
    ///
    /// # Errors
    /// What the disk or a damaged row gives.
    pub fn queue(&self, query: &QueueQuery, now: Timestamp) -> Result<QueuePage, StoreError> {
        let _read = self.connection.unchecked_transaction()?;
        let (counts, total) = self.counts(query.view, now)?;
        let (ids, total) = match query.filter.trim() {
            "" => (self.window(query, now)?, total),
            filter => self.filtered_window(query, filter, counts.overdue, now)?,
        };
        let elsewhere = match (total, query.filter.trim()) {
            (0, filter) if !filter.is_empty() => self.elsewhere(filter, now)?,
            _ => 0,
        };
        let rows = ids.iter().map(|id| row(&self.connection, *id));
        Ok(QueuePage {
            start: query.start,
            rows: rows.collect::<Result<_, _>>()?,
            total,
            elsewhere,
            counts,
        })
    }

    /// How many cases of any view pass the filter.
    fn elsewhere(&self, filter: &str, now: Timestamp) -> Result<usize, StoreError> {
        let all = QueueQuery {
            view: View::All,
            ..QueueQuery::default()
        };
        Ok(self.passing(&all, filter, now)?.len())
    }

    /// The next open case in order of due date after this one, else the first; never itself.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn next_open(&self, after: &CaseId, _now: Timestamp) -> Result<Option<CaseId>, StoreError> {
        const AFTER: &str = "SELECT n.key FROM queue q JOIN queue n
             ON n.part = 0 AND (n.due, n.key) > (q.due, q.key)
             WHERE q.key = ?1 ORDER BY n.due, n.key LIMIT 1";
        const FIRST: &str =
            "SELECT key FROM queue WHERE part = 0 AND key <> ?1 ORDER BY due, key LIMIT 1";
        for sql in [AFTER, FIRST] {
            let mut query = self.connection.prepare_cached(sql)?;
            let found: Option<String> = query
                .query_row([after.as_str()], |row| row.get(0))
                .optional()?;
            if let Some(key) = found {
                return Ok(Some(CaseId::typed(&key)));
            }
        }
        Ok(None)
    }

    fn window(&self, query: &QueueQuery, now: Timestamp) -> Result<Vec<i64>, StoreError> {
        let sql = format!(
            "{} LIMIT ?2 OFFSET ?3",
            select("case_id", query.view, query.sort)
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let window = (now.as_second(), signed(query.len), signed(query.start));
        let ids = statement.query_map(window, |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    fn filtered_window(
        &self,
        query: &QueueQuery,
        filter: &str,
        overdue: usize,
        now: Timestamp,
    ) -> Result<(Vec<i64>, usize), StoreError> {
        let stamp = self.stamp()?;
        let mut cache = self.queue_cache.borrow_mut();
        let is_fresh = cache.as_ref().is_some_and(|kept| {
            kept.stamp == stamp
                && (kept.view, kept.sort, kept.filter.as_str()) == (query.view, query.sort, filter)
                && (kept.view != View::Overdue || kept.overdue == overdue)
        });
        if !is_fresh {
            *cache = Some(Filtered {
                stamp,
                overdue,
                view: query.view,
                sort: query.sort,
                filter: filter.to_owned(),
                ids: self.passing(query, filter, now)?,
            });
        }
        let ids = cache.as_ref().map_or(&[][..], |kept| &kept.ids);
        let window = ids.iter().skip(query.start).take(query.len).copied();
        Ok((window.collect(), ids.len()))
    }

    fn passing(
        &self,
        query: &QueueQuery,
        filter: &str,
        now: Timestamp,
    ) -> Result<Vec<i64>, StoreError> {
        let sql = select("case_id, search", query.view, query.sort);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([now.as_second()])?;
        let filter = Filter::new(filter);
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            let search = row.get_ref(1)?.as_str().unwrap_or_default();
            if filter.passes(search) {
                ids.push(row.get(0)?);
            }
        }
        Ok(ids)
    }

    /// The figures above the queue, and how many lines the view has.
    fn counts(&self, view: View, now: Timestamp) -> Result<(QueueCounts, usize), StoreError> {
        let tallies = self.tallies()?;
        let sum = |belongs: &dyn Fn(Stage, bool) -> bool| {
            let fitting = tallies.iter().filter(|t| belongs(t.stage, t.expedited));
            fitting.map(|t| t.cases).sum()
        };
        let counts = QueueCounts {
            open: sum(&|stage, _| stage.is_open()),
            overdue: self.overdue(now)?,
            expedited: sum(&|stage, expedited| stage.is_open() && expedited),
            all: sum(&|_, _| true),
        };
        let total = match view {
            View::Open => counts.open,
            View::Overdue => counts.overdue,
            View::Expedited => counts.expedited,
            View::Signed => sum(&|stage, _| stage == Stage::Signed),
            View::Closed => sum(&|stage, _| Stage::CLOSINGS.contains(&stage)),
            View::All => counts.all,
        };
        Ok((counts, total))
    }

    fn tallies(&self) -> Result<Vec<Tally>, StoreError> {
        let sql = "SELECT stage, expedited, cases FROM queue_counts";
        let mut query = self.connection.prepare_cached(sql)?;
        let rows = query.query_map([], |row| {
            let stage = unsigned(row.get(0)?);
            Ok(Tally {
                stage: Stage::ALL.get(stage).copied().unwrap_or(Stage::New),
                expedited: row.get(1)?,
                cases: unsigned(row.get(2)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn overdue(&self, now: Timestamp) -> Result<usize, StoreError> {
        let sql = "SELECT count(*) FROM queue WHERE part = 0 AND due < ?1";
        let mut query = self.connection.prepare_cached(sql)?;
        Ok(query.query_row([now.as_second()], |row| Ok(unsigned(row.get(0)?)))?)
    }
}

/// How many lines of the queue have this stage and priority.
struct Tally {
    stage: Stage,
    expedited: bool,
    cases: usize,
}

/// The least part of its best score that a word must reach, in percent: the letters of `knee` are
/// somewhere, in order, in nearly every line of 500 characters.
const LEAST: i64 = 60;

/// The words of a filter. The search texts are folded already.
struct Filter(Vec<Word>);

struct Word {
    folded: String,
    /// `None` for a number, which is meant as typed: nearly every line has the digits somewhere.
    fuzzy: Option<(Matcher, i64)>,
}

impl Filter {
    fn new(filter: &str) -> Self {
        Self(fuzzy::words(filter).into_iter().map(Word::new).collect())
    }

    /// Is every word, in any order, in the line?
    fn passes(&self, line: &str) -> bool {
        self.0.iter().all(|word| word.is_in(line))
    }
}

impl Word {
    fn new(folded: String) -> Self {
        let matcher = Matcher::new(&folded);
        let best = matcher.score(&folded).unwrap_or_default();
        let is_number = folded.contains(|c: char| c.is_ascii_digit());
        Self {
            fuzzy: (!is_number).then_some((matcher, best * LEAST / 100)),
            folded,
        }
    }

    /// Literally, which is quick to see, or near enough.
    fn is_in(&self, line: &str) -> bool {
        line.contains(&self.folded)
            || self
                .fuzzy
                .as_ref()
                .is_some_and(|(matcher, least)| matcher.score(line) >= Some(*least))
    }
}

fn unsigned(n: i64) -> usize {
    usize::try_from(n).unwrap_or_default()
}

fn signed(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(super) fn select(columns: &str, view: View, sort: Sort) -> String {
    let order = match sort {
        Sort::Due => "due, key",
        Sort::Number => "key",
        Sort::Injury => "injury, key",
        Sort::State => "stage, key",
    };
    let clause = view_clause(view, sort);
    format!("SELECT {columns} FROM queue WHERE {clause} ORDER BY {order}")
}

/// Which rows belong to a view, said so that the index of the sort order can answer it. `?1` is
/// named in each, so that all take the same parameters.
fn view_clause(view: View, sort: Sort) -> String {
    let by_stage = sort == Sort::State;
    let clause = match view {
        View::Open if by_stage => format!("stage <= {}", rank(Stage::Draft)),
        View::Open => "part = 0".to_owned(),
        View::Overdue => "part = 0 AND due < ?1".to_owned(),
        View::Expedited => "part = 0 AND expedited = 1".to_owned(),
        View::Signed if by_stage => format!("stage = {}", rank(Stage::Signed)),
        View::Signed => "part = 1".to_owned(),
        View::Closed if by_stage => format!("stage > {}", rank(Stage::Signed)),
        View::Closed => "part = 2".to_owned(),
        View::All => "1".to_owned(),
    };
    match view {
        View::Overdue => clause,
        _ => format!("{clause} AND ?1 IS NOT NULL"),
    }
}

/// One line of the queue, from the derived row and the case.
fn row(on: &Connection, case_id: i64) -> Result<QueueRow, StoreError> {
    let mut query = on.prepare_cached(&format!(
        "SELECT q.key, q.expedited, c.age, c.sex, c.injury_date, q.items, q.request,
                substr(c.summary, 1, {SUMMARY_START}), q.due, c.is_published, c.stage
         FROM queue q JOIN cases c USING (case_id) WHERE q.case_id = ?1"
    ))?;
    Ok(query.query_row([case_id], queue_row)?)
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
        stage: Stage::parse(&word(10)?).unwrap_or(Stage::New),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_forgives_but_does_not_pass_everything() {
        let line = "cm25-0000077 59 f ct cervical spine without contrast; physical therapy, 12 \
                    visits diagnoses are cervical radiculopathy and neck strain";
        let passes = |filter: &str| Filter::new(filter).passes(line);
        for fits in [
            "cervical",
            "ct cerv",
            "crvcl ct",
            "therapy CM25-0000077",
            "0077",
            "59 f",
            "radiclpathy",
            "",
        ] {
            assert!(passes(fits), "{fits}");
        }
        for other in [
            "knee",
            "lumbar mri",
            "CM25-0000078",
            "cervical opioid",
            "zzz",
        ] {
            assert!(!passes(other), "{other}");
        }
    }
}
