//! The queue in memory, as small as it can be: what every filter, view and order but the first
//! screen's is answered from. It follows the store by the log of events.

use super::queue_row::{NO_DUE, sex_of};
use super::queue_words::{Search, Start, Words};
use super::{Store, StoreError};
use crate::model::filter::{Facts, Moment, Question};
use crate::model::{Date, Filter, Priority, QueueQuery, Sex, Sort, Stage, View};
use rusqlite::{Connection, OptionalExtension, Row};
use std::cmp::Reverse;

/// After more changes than this the queue is read anew.
const FEW: usize = 2_000;

/// One case.
#[derive(Debug, Clone, Copy)]
struct Entry {
    case_id: i64,
    due: i64,
    key: u32,
    words: Start,
    injury: Option<Date>,
    snoozed: Option<Date>,
    items: u16,
    undecided: u16,
    key_len: u16,
    age: Option<u8>,
    sex: Option<Sex>,
    stage: Stage,
    priority: Priority,
    is_published: bool,
}

impl Entry {
    fn facts(&self) -> Facts {
        Facts {
            due: (self.due != NO_DUE).then_some(self.due),
            is_published: self.is_published,
            priority: self.priority,
            stage: self.stage,
            items: u32::from(self.items),
            undecided: u32::from(self.undecided),
            age: self.age,
            sex: self.sex,
            injury: self.injury,
            snoozed_until: self.snoozed,
        }
    }

    /// What a column sorts by; `None` comes last.
    fn sorts_by(&self, sort: Sort) -> Option<i64> {
        let day =
            |d: Date| i64::from(d.year()) * 512 + i64::from(d.month()) * 32 + i64::from(d.day());
        let sex = match self.sex {
            None => 0,
            Some(Sex::Female) => 1,
            Some(Sex::Male) => 2,
        };
        match sort {
            Sort::Due => Some(self.due).filter(|due| *due != NO_DUE),
            Sort::Priority => Some(i64::from(self.priority == Priority::Standard)),
            Sort::Patient => self.age.map(|age| i64::from(age) * 4 + sex),
            Sort::Injury => self.injury.map(day),
            Sort::Items => Some(i64::from(self.items)),
            Sort::State => Some(super::queue_row::rank(self.stage)),
            Sort::Number | Sort::Request => None,
        }
    }
}

/// Places in [`Roster::entries`].
type Places = Vec<u32>;

/// The queue in memory.
#[derive(Debug)]
pub(super) struct Roster {
    stamp: (i64, u64),
    /// The last event it knows of.
    seq: i64,
    /// By `case_id`.
    entries: Vec<Entry>,
    /// Every case number, in small letters.
    keys: String,
    words: Words,
    /// Those in the queue, by due instant and number.
    by_due: Places,
    /// Another order that was asked for last.
    other: Option<(Sort, bool, Places)>,
    passing: Option<Passing>,
}

/// What passed last.
#[derive(Debug)]
struct Passing {
    asked: QueueQuery,
    /// Clocks run: what passes is right for a minute at most.
    minute: i64,
    places: Places,
    elsewhere: usize,
}

/// A window of row ids, and how many pass.
#[derive(Debug, Default)]
pub(super) struct Window {
    pub ids: Vec<i64>,
    pub total: usize,
    pub elsewhere: usize,
}

impl Store {
    /// A window answered from memory; reads the queue into it, or what changed since.
    pub(super) fn roster_window(
        &self,
        query: &QueueQuery,
        at: Moment,
    ) -> Result<Window, StoreError> {
        let within = Filter::parse(&query.within)?;
        let filter = Filter::parse(&query.filter)?;
        self.refresh_roster()?;
        let mut kept = self.queue_cache.borrow_mut();
        match kept.as_mut() {
            Some(roster) => roster.window(&self.connection, query, (&within, &filter), at),
            None => Ok(Window::default()),
        }
    }

    /// Is the queue in memory?
    pub(super) fn has_roster(&self) -> bool {
        self.queue_cache.borrow().is_some()
    }

    /// Brings the queue in memory up to date, or into memory.
    pub(super) fn refresh_roster(&self) -> Result<(), StoreError> {
        let stamp = self.stamp()?;
        let kept = self.queue_cache.take();
        if kept.as_ref().is_some_and(|roster| roster.stamp == stamp) {
            self.queue_cache.replace(kept);
            return Ok(());
        }
        let followed = match kept {
            Some(roster) => roster.follow(&self.connection)?,
            None => None,
        };
        let roster = match followed {
            Some(roster) => roster,
            None => Roster::load(&self.connection)?,
        };
        self.queue_cache.replace(Some(Roster { stamp, ..roster }));
        Ok(())
    }
}

const COLUMNS: &str = "case_id, key, stage, expedited, due, undecided, snoozed, injury, items, \
                       published, age, sex, search";

fn last_seq(on: &Connection) -> Result<i64, StoreError> {
    let mut query = on.prepare_cached("SELECT coalesce(max(seq), 0) FROM events")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

impl Roster {
    fn load(on: &Connection) -> Result<Self, StoreError> {
        let mut roster = Self {
            stamp: (0, 0),
            seq: last_seq(on)?,
            entries: Vec::new(),
            keys: String::new(),
            words: Words::default(),
            by_due: Places::new(),
            other: None,
            passing: None,
        };
        let sql = format!("SELECT {COLUMNS} FROM queue ORDER BY case_id");
        let mut query = on.prepare_cached(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            roster.put(row)?;
        }
        roster.entries.shrink_to_fit();
        roster.keys.shrink_to_fit();
        roster.words.settle();
        roster.by_due = roster.ordered(on, "due, key")?;
        Ok(roster)
    }

    /// Takes in what changed since; `None` where that is too much.
    fn follow(mut self, on: &Connection) -> Result<Option<Self>, StoreError> {
        let seq = last_seq(on)?;
        let mut query = on.prepare_cached(
            "SELECT DISTINCT case_key FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?2",
        )?;
        let limit = i64::try_from(FEW).unwrap_or(i64::MAX).saturating_add(1);
        let keys = query.query_map([self.seq, limit], |row| row.get::<_, String>(0))?;
        let keys: Vec<String> = keys.collect::<Result<_, _>>()?;
        if keys.len() > FEW || seq < self.seq {
            return Ok(None);
        }
        let sql = format!("SELECT {COLUMNS} FROM queue WHERE key = ?1");
        let mut query = on.prepare_cached(&sql)?;
        for key in keys {
            query.query_row([&key], |row| self.renew(row)).optional()?;
        }
        self.seq = seq;
        self.other = None;
        self.passing = None;
        Ok(Some(self))
    }

    /// Puts a case at its place, and in its place of the order.
    fn renew(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let place = self.put(row)?;
        self.by_due.retain(|p| *p != place);
        let new = self.entry(place).map(|e| (e.due, self.key(e)));
        let at = self
            .by_due
            .partition_point(|p| self.entry(*p).map(|e| (e.due, self.key(e))) < new);
        self.by_due.insert(at, place);
        Ok(())
    }

    /// Takes a row in; says at which place.
    fn put(&mut self, row: &Row<'_>) -> rusqlite::Result<u32> {
        let mut entry = read(row)?;
        entry.words = self
            .words
            .add(row.get_ref(12)?.as_str().unwrap_or_default());
        let found = self
            .entries
            .binary_search_by_key(&entry.case_id, |e| e.case_id);
        if let Some(old) = found.ok().and_then(|at| self.entries.get_mut(at)) {
            (entry.key, entry.key_len) = (old.key, old.key_len);
            *old = entry;
            return Ok(narrow(found.unwrap_or_default()));
        }
        let key = row.get_ref(1)?.as_str().unwrap_or_default();
        (entry.key, entry.key_len) = (
            narrow(self.keys.len()),
            u16::try_from(key.len()).unwrap_or(0),
        );
        self.keys.push_str(&key.to_ascii_lowercase());
        // Row ids grow, but for a case that was a precedent before.
        let at = found.unwrap_or_else(|at| at);
        let is_last = at == self.entries.len();
        self.entries.insert(at, entry);
        if !is_last {
            self.by_due
                .iter_mut()
                .for_each(|p| *p += u32::from(*p >= narrow(at)));
        }
        Ok(narrow(at))
    }

    fn entry(&self, place: u32) -> Option<&Entry> {
        self.entries.get(place as usize)
    }

    fn key(&self, entry: &Entry) -> &str {
        let start = entry.key as usize;
        let end = start + usize::from(entry.key_len);
        self.keys.get(start..end).unwrap_or_default()
    }

    /// The places in an order that the store knows.
    fn ordered(&self, on: &Connection, order: &str) -> Result<Places, StoreError> {
        let mut query =
            on.prepare_cached(&format!("SELECT case_id FROM queue ORDER BY {order}"))?;
        let mut rows = query.query([])?;
        let mut places = Places::with_capacity(self.entries.len());
        while let Some(row) = rows.next()? {
            let case_id: i64 = row.get(0)?;
            let found = self.entries.binary_search_by_key(&case_id, |e| e.case_id);
            places.extend(found.map(narrow));
        }
        Ok(places)
    }

    fn window(
        &mut self,
        on: &Connection,
        query: &QueueQuery,
        filters: (&Filter, &Filter),
        at: Moment,
    ) -> Result<Window, StoreError> {
        let asked = QueueQuery {
            start: 0,
            len: 0,
            ..query.clone()
        };
        let minute = at.now.as_second() / 60;
        let is_right = |kept: &Passing| kept.asked == asked && kept.minute == minute;
        if !self.passing.as_ref().is_some_and(is_right) {
            let places = self.passing(on, query, filters, at)?;
            let elsewhere = match places.is_empty() && !filters.1.is_empty() {
                true => self.count_elsewhere(query, filters, at),
                false => 0,
            };
            self.passing = Some(Passing {
                asked,
                minute,
                places,
                elsewhere,
            });
        }
        let Some(kept) = &self.passing else {
            return Ok(Window::default());
        };
        let window = kept.places.iter().skip(query.start).take(query.len);
        Ok(Window {
            ids: window
                .filter_map(|p| self.entry(*p))
                .map(|e| e.case_id)
                .collect(),
            total: kept.places.len(),
            elsewhere: kept.elsewhere,
        })
    }

    fn passing(
        &mut self,
        on: &Connection,
        query: &QueueQuery,
        (within, filter): (&Filter, &Filter),
        at: Moment,
    ) -> Result<Places, StoreError> {
        let both = within.and(filter);
        let passes = self.sift(&both, at, |facts| is_in(query.view, &both, facts, &at));
        let passes = |p: &&u32| passes.get(**p as usize).copied().unwrap_or_default();
        let order = self.in_order(on, query.sort, query.descending)?;
        Ok(order.iter().filter(passes).copied().collect())
    }

    /// How many cases of other views pass, where none of this one does.
    fn count_elsewhere(
        &self,
        query: &QueueQuery,
        (within, filter): (&Filter, &Filter),
        at: Moment,
    ) -> usize {
        let both = within.and(filter);
        // A view without a query of its own has been looked through already.
        let is_new = |facts: &Facts| !within.is_empty() || !is_in(query.view, &both, facts, &at);
        let passes = self.sift(filter, at, is_new);
        passes.iter().filter(|passes| **passes).count()
    }

    /// Which entries pass. Near ones count only where no case holds every word as it was typed.
    fn sift(&self, filter: &Filter, at: Moment, is_in: impl Fn(&Facts) -> bool) -> Vec<bool> {
        let question = filter.at(at);
        let literal = self.pass(filter, &question, false, &is_in);
        let forgives = filter.texts().any(|(_, _, may_be_near)| may_be_near);
        match literal.contains(&true) || !forgives {
            true => literal,
            false => self.pass(filter, &question, true, &is_in),
        }
    }

    fn pass(
        &self,
        filter: &Filter,
        question: &Question,
        is_near: bool,
        is_in: impl Fn(&Facts) -> bool,
    ) -> Vec<bool> {
        let search = Search::new(filter.texts(), &self.words, &self.keys, is_near);
        if search.is_vain() {
            return vec![false; self.entries.len()];
        }
        let has_texts = filter.texts().next().is_some();
        let passes = |entry: &Entry| {
            let facts = entry.facts();
            if !is_in(&facts) {
                return false;
            }
            let found = match has_texts {
                true => search.look(&self.words, entry.words),
                false => 0,
            };
            let key = self.key(entry);
            question.passes(&facts, |n| {
                search.has(n, found, key, &self.words, entry.words)
            })
        };
        self.entries.iter().map(passes).collect()
    }

    /// Every place in that order.
    fn in_order(
        &mut self,
        on: &Connection,
        sort: Sort,
        descending: bool,
    ) -> Result<&Places, StoreError> {
        if (sort, descending) == (Sort::Due, false) {
            return Ok(&self.by_due);
        }
        let is_kept = |(s, d, _): &(Sort, bool, Places)| (*s, *d) == (sort, descending);
        if !self.other.as_ref().is_some_and(is_kept) {
            let way = if descending { " DESC" } else { "" };
            let places = match sort {
                Sort::Number => self.ordered(on, &format!("key{way}"))?,
                Sort::Request => {
                    self.ordered(on, &format!("request COLLATE NOCASE{way}, due, key"))?
                }
                other => self.sorted(other, descending),
            };
            self.other = Some((sort, descending, places));
        }
        Ok(self.other.as_ref().map_or(&self.by_due, |(_, _, p)| p))
    }

    /// Sorted by what stands in memory. Equals stay by due instant and number.
    fn sorted(&self, sort: Sort, descending: bool) -> Places {
        let mut places = self.by_due.clone();
        let value = |p: &u32| self.entry(*p).and_then(|e| e.sorts_by(sort));
        match descending {
            false => places.sort_by_cached_key(|p| (value(p).is_none(), value(p))),
            true => places.sort_by_cached_key(|p| (value(p).is_none(), Reverse(value(p)))),
        }
        places
    }
}

/// Is it in the view? Who asks for snoozed cases is shown them.
fn is_in(view: View, filter: &Filter, facts: &Facts, at: &Moment) -> bool {
    match view {
        View::Open if filter.wants_snoozed() => facts.stage.is_open(),
        view => view.has(facts, at),
    }
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A row of [`COLUMNS`], without its texts.
fn read(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let stage = usize::try_from(row.get::<_, i64>(2)?).unwrap_or_default();
    let day = |at: usize| -> rusqlite::Result<Option<Date>> {
        let text = row.get_ref(at)?.as_str().unwrap_or_default();
        // What is no day is told apart before the reader of days takes it to pieces.
        let is_day = text.starts_with(|c: char| c.is_ascii_digit());
        Ok(is_day.then(|| text.parse().ok()).flatten())
    };
    let small = |at: usize| -> rusqlite::Result<u16> {
        Ok(u16::try_from(row.get::<_, i64>(at)?).unwrap_or(u16::MAX))
    };
    Ok(Entry {
        case_id: row.get(0)?,
        due: row.get(4)?,
        key: 0,
        key_len: 0,
        words: 0,
        injury: day(7)?,
        snoozed: day(6)?,
        items: small(8)?,
        undecided: small(5)?,
        age: row.get(10)?,
        sex: row.get::<_, Option<i64>>(11)?.and_then(sex_of),
        stage: Stage::ALL.get(stage).copied().unwrap_or(Stage::New),
        priority: match row.get(3)? {
            true => Priority::Expedited,
            false => Priority::Standard,
        },
        is_published: row.get(9)?,
    })
}
