//! A window over the queue. Without a filter it is read straight from an index; with one, the ids
//! that pass are kept until the store changes, so that paging costs what the page costs.

use super::queue_row::NO_DUE;
use super::{Store, StoreError};
use crate::model::{
    CaseId, Decision, Patient, Priority, QueueCounts, QueueItem, QueuePage, QueueQuery, QueueRow,
    Sex, Sort, Stage, UrAction, View, case::in_dispute, text::fold,
};
use crate::search::fuzzy;
use jiff::Timestamp;
use rusqlite::{CachedStatement, OptionalExtension, Row};

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
            "" => (self.window(query, total * RARE < counts.all, now)?, total),
            filter => self.filtered_window(query, filter, counts.overdue, now)?,
        };
        let elsewhere = match (total, query.filter.trim()) {
            (0, filter) if !filter.is_empty() => self.elsewhere(filter, now)?,
            _ => 0,
        };
        let mut row = self.connection.prepare_cached(&row_query())?;
        let mut items = self.connection.prepare_cached(ITEMS_QUERY)?;
        let rows = ids.iter().map(|id| line(&mut row, &mut items, *id));
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

    fn window(
        &self,
        query: &QueueQuery,
        is_rare: bool,
        now: Timestamp,
    ) -> Result<Vec<i64>, StoreError> {
        let sql = format!(
            "{} LIMIT ?2 OFFSET ?3",
            select("case_id", query.view, query.sort, is_rare)
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
        let sql = select("case_id, search", query.view, query.sort, false);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([now.as_second()])?;
        let filter = Filter::new(filter);
        // Near ones count only where no case holds every word as it was typed.
        let (mut literal, mut near) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let search = row.get_ref(1)?.as_str().unwrap_or_default();
            if filter.is_in(search) {
                literal.push(row.get(0)?);
            } else if literal.is_empty() && filter.is_near(search) {
                near.push(row.get(0)?);
            }
        }
        Ok(if literal.is_empty() { near } else { literal })
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
            let stage = stage_of(row.get(0)?);
            Ok(Tally {
                stage,
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

/// The words of a filter. The search texts are folded already.
struct Filter(Vec<String>);

impl Filter {
    fn new(filter: &str) -> Self {
        Self(fuzzy::words(filter))
    }

    /// Is every word, in any order, in the line as it was typed?
    fn is_in(&self, line: &str) -> bool {
        self.0.iter().all(|word| line.contains(word))
    }

    /// The same, with letters left out.
    fn is_near(&self, line: &str) -> bool {
        let is_near = |word: &String| line.contains(word) || is_near(word, line);
        self.0.iter().all(is_near)
    }
}

/// Are the letters of a word, in order, in one word of the line from its start? A number is meant
/// as typed.
///
/// Letters that may lie anywhere are in nearly every line of 500 characters, and those of `norco`
/// in `no records` already.
fn is_near(word: &str, line: &str) -> bool {
    let is_number = word.contains(|c: char| c.is_ascii_digit());
    let mut words = line.split(|c: char| !c.is_alphanumeric());
    !is_number && words.any(|other| begins(word, other))
}

/// The letters of `typed` in `word`, from its first on, within twice their number.
fn begins(typed: &str, word: &str) -> bool {
    let longest = typed.chars().count() * 2;
    let mut letters = word.chars().take(longest);
    typed.chars().next() == word.chars().next()
        && typed.chars().all(|wanted| letters.any(|c| c == wanted))
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

/// A view is rare with fewer than one line in so many: then it is quicker to take all its lines and
/// sort them than to pass over the others in the order of an index.
const RARE: usize = 8;

fn select(columns: &str, view: View, sort: Sort, is_rare: bool) -> String {
    let order = match sort {
        Sort::Due => "due, key",
        Sort::Number => "key",
        Sort::Injury => "injury, key",
        Sort::State => "stage, key",
    };
    let clause = view_clause(view, sort, is_rare);
    format!("SELECT {columns} FROM queue {clause} ORDER BY {order}")
}

/// Which rows belong to a view, said so that the right index answers it: the one of the sort order,
/// or that of the stages. (`+part` keeps SQLite from sorting what `queue_open` finds.) `?1` is named
/// in each, so that all take the same parameters.
fn view_clause(view: View, sort: Sort, is_rare: bool) -> String {
    let by_part = |part: u8| match sort {
        _ if part == 0 && (is_rare || sort == Sort::Due) => "part = 0".to_owned(),
        _ => format!("+part = {part}"),
    };
    let part = match view {
        View::Overdue => return "WHERE part = 0 AND due < ?1".to_owned(),
        View::Expedited => return "WHERE part = 0 AND expedited = 1 AND ?1 IS NOT NULL".to_owned(),
        View::All => return "WHERE ?1 IS NOT NULL".to_owned(),
        View::Open => 0,
        View::Signed => 1,
        View::Closed => 2,
    };
    format!("WHERE {} AND ?1 IS NOT NULL", by_part(part))
}

/// One line of the queue, from the derived row and the case.
fn row_query() -> String {
    format!(
        "SELECT q.key, q.expedited, c.age, c.sex, c.injury_date, q.items, q.request,
                substr(c.summary, 1, {SUMMARY_START}), q.due, c.is_published, q.stage
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
        each: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_forgives_but_does_not_pass_everything() {
        let line = "cm25-0000077 59 f ct cervical spine without contrast; physical therapy, 12 \
                    visits diagnoses are cervical radiculopathy and neck strain, no records of codeine, tramadol and later \
                    on naproxen or others";
        let passes = |filter: &str| Filter::new(filter).is_near(line);
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
            "norco",
            "tadala",
            "CM25-0000078",
            "cervical opioid",
            "zzz",
        ] {
            assert!(!passes(other), "{other}");
        }
    }
}
