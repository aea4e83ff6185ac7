//! A small world in memory: it answers the Effects of `update` as jobs and store would, at once.

#![allow(dead_code, reason = "each test binary uses its own part of the world")]

pub mod cases;
pub mod fuzz;

use imr::app::keymap::Keymap;
use imr::app::{self, Effect, Event, Key, Model, Setup};
use imr::model::*;
use imr::rules::{clock, gate};
use imr::search::{fuzzy::Matcher, shelf};
use imr::ui::{self, Look};
use jiff::{SignedDuration, Timestamp};
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer};
use std::collections::{HashMap, VecDeque};

/// The instant at which every test starts.
pub const NOW: &str = "2026-01-15T17:00:00Z";

/// The program, its world, and what was asked of the world.
pub struct World {
    pub model: Model,
    pub now: Timestamp,
    pub cases: Vec<CaseFile>,
    pub shelf: Vec<ShelfEntry>,
    /// Every change handed over to be saved.
    pub changes: Vec<(CaseId, Change)>,
    /// Every other wish.
    pub effects: Vec<Effect>,
    /// Answer saves with this reason instead of saving.
    pub refuse: Option<String>,
    /// Leave answers out until `answer_all`.
    pub is_slow: bool,
    waiting: VecDeque<Event>,
    published: HashMap<(CaseId, usize), Published>,
    seq: i64,
}

impl World {
    pub fn new(size: (u16, u16)) -> Self {
        Self::with(size, cases::all())
    }

    /// A world of these cases; their published decisions are hidden until decided.
    pub fn with(size: (u16, u16), mut cases: Vec<CaseFile>) -> Self {
        let now: Timestamp = NOW.parse().unwrap();
        let mut published = HashMap::new();
        for file in &mut cases {
            let id = file.case.id.clone();
            for (i, item) in file.case.items.iter_mut().enumerate() {
                if let Some(p) = item.published.take() {
                    published.insert((id.clone(), i), p);
                }
            }
        }
        let setup = Setup {
            reviewer: cases::reviewer(),
            organisation: "Independent Review Partners".into(),
            keymap: Keymap::default(),
            size,
            now,
            problems: vec![],
        };
        let mut world = Self {
            model: Model::new(setup),
            now,
            cases,
            shelf: cases::shelf(),
            changes: vec![],
            effects: vec![],
            refuse: None,
            is_slow: false,
            waiting: VecDeque::new(),
            published,
            seq: 0,
        };
        let effects = app::start(&mut world.model);
        world.perform(effects);
        world
    }

    /// Presses keys one after the other, each its own event.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in Key::parse_string(keys).unwrap() {
            self.event(Event::Keys(vec![key]));
        }
        self
    }

    /// Presses keys that all arrive at once.
    pub fn batch(&mut self, keys: &str) -> &mut Self {
        self.event(Event::Keys(Key::parse_string(keys).unwrap()));
        self
    }

    pub fn event(&mut self, event: Event) {
        let effects = app::update(&mut self.model, event, self.now);
        self.perform(effects);
    }

    /// Time passes; the program is told when its deadline comes.
    pub fn pass(&mut self, millis: i64) {
        let end = self.now + SignedDuration::from_millis(millis);
        while let Some(due) = self.model.deadline().filter(|d| *d <= end) {
            self.now = self.now.max(due);
            self.event(Event::Elapsed);
        }
        self.now = end;
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let answer = self.answer(effect);
            self.waiting.extend(answer);
        }
        if !self.is_slow {
            self.answer_all();
        }
    }

    pub fn answer_all(&mut self) {
        while let Some(event) = self.waiting.pop_front() {
            let effects = app::update(&mut self.model, event, self.now);
            for effect in effects {
                let answer = self.answer(effect);
                self.waiting.extend(answer);
            }
        }
    }

    fn answer(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::LoadQueue { generation, query } => Some(Event::Queue {
                generation,
                page: self.queue(&query),
            }),
            Effect::OpenCase(id) => {
                let file = self.cases.iter().find(|f| f.case.id == id)?;
                Some(Event::Opened(Box::new(file.clone())))
            }
            Effect::Search {
                generation,
                query,
                context,
                limit,
            } => {
                let cited = HashMap::from([(self.shelf[0].citation.label(), 3)]);
                let hits = shelf::rank(&self.shelf, &cited, &query, &context, limit);
                Some(Event::Found { generation, hits })
            }
            Effect::Save {
                ticket,
                case,
                change,
                ..
            } => Some(self.save(ticket, case, change)),
            Effect::Seal { case, attested } => {
                self.effects.push(Effect::Seal {
                    case: case.clone(),
                    attested: attested.clone(),
                });
                Some(self.seal(case, &attested))
            }
            other => {
                self.effects.push(other);
                None
            }
        }
    }

    fn save(&mut self, ticket: u64, case: CaseId, change: Change) -> Event {
        if let Some(reason) = self.refuse.clone() {
            return Event::NotSaved { ticket, reason };
        }
        self.changes.push((case.clone(), change.clone()));
        let entry = self.entry(&case, &change);
        let file = self.cases.iter_mut().find(|f| f.case.id == case).unwrap();
        file.apply(&change).unwrap();
        file.history.push(entry.clone());
        let mut revealed = None;
        if let Change::Decided { item, .. } = change
            && let Some(p) = self.published.get(&(case, item))
        {
            file.case.items[item].published = Some(p.clone());
            revealed = Some((item, p.clone()));
        }
        Event::Saved {
            ticket,
            entry,
            revealed,
        }
    }

    fn entry(&mut self, case: &CaseId, change: &Change) -> HistoryEntry {
        self.seq += 1;
        let kind = serde_json::to_value(change).unwrap()["kind"]
            .as_str()
            .unwrap()
            .to_owned();
        HistoryEntry {
            seq: self.seq,
            case: case.clone(),
            at: self.now,
            who: "lee".into(),
            what: kind.replace('_', " "),
        }
    }

    fn seal(&mut self, case: CaseId, attested: &std::collections::BTreeSet<Attestation>) -> Event {
        let file = self.cases.iter_mut().find(|f| f.case.id == case).unwrap();
        let blockers = gate::blockers(file, &cases::reviewer(), attested);
        if !blockers.is_empty() {
            let reasons = blockers.into_iter().map(|b| b.message).collect();
            return Event::NotSealed { case, reasons };
        }
        let day = clock::today(self.now);
        let content =
            Content::of(file, &cases::reviewer(), "Independent Review Partners", day).unwrap();
        let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned();
        let info = SealedInfo {
            hash,
            at: self.now,
            replaces: None,
            content: Box::new(content),
        };
        file.stage = Stage::Signed;
        file.sealed.push(info.clone());
        let query = QueueQuery {
            len: 1,
            ..QueueQuery::default()
        };
        let next = self.queue(&query).rows.first().map(|r| r.id.clone());
        Event::Sealed { case, info, next }
    }

    fn queue(&self, query: &QueueQuery) -> QueuePage {
        let matcher = Matcher::new(&query.filter);
        let mut rows: Vec<QueueRow> = self.cases.iter().map(row).collect();
        let counts = QueueCounts {
            open: rows.iter().filter(|r| r.stage.is_open()).count(),
            overdue: rows.iter().filter(|r| overdue(r, self.now)).count(),
            expedited: rows
                .iter()
                .filter(|r| r.stage.is_open() && r.priority == Priority::Expedited)
                .count(),
            all: rows.len(),
        };
        rows.retain(|r| self.is_in(query.view, r));
        rows.retain(|r| {
            let line = format!(
                "{} {} {} {}",
                r.id,
                r.patient.short(),
                r.request,
                r.summary_start
            );
            query.filter.is_empty() || matcher.score(&line).is_some()
        });
        rows.sort_by_key(|r| sort_key(query.sort, r));
        let total = rows.len();
        let rows = rows.into_iter().skip(query.start).take(query.len).collect();
        QueuePage {
            start: query.start,
            rows,
            total,
            elsewhere: 0,
            counts,
        }
    }

    fn is_in(&self, view: View, r: &QueueRow) -> bool {
        match view {
            View::Open => r.stage.is_open(),
            View::Overdue => overdue(r, self.now),
            View::Expedited => r.stage.is_open() && r.priority == Priority::Expedited,
            View::Signed => r.stage == Stage::Signed,
            View::Closed => !r.stage.is_open() && r.stage != Stage::Signed,
            View::All => true,
        }
    }

    pub fn case(&self, number: &str) -> &CaseFile {
        self.cases
            .iter()
            .find(|f| f.case.id.as_str() == number)
            .unwrap()
    }

    /// The screen as it is drawn, and where the cursor stands.
    pub fn draw(&self, look: &Look) -> (Buffer, (u16, u16)) {
        let (cols, rows) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(cols, rows)).unwrap();
        terminal
            .draw(|frame| ui::draw(&self.model, look, frame))
            .unwrap();
        let position = terminal.get_cursor_position().unwrap();
        (
            terminal.backend().buffer().clone(),
            (position.x, position.y),
        )
    }

    /// The text of the screen.
    pub fn screen(&self) -> String {
        lines(&self.draw(&Look::builtin("mono")).0).join("\n")
    }

    pub fn sees(&self, text: &str) -> bool {
        self.screen().contains(text)
    }
}

/// The rows of a screen, blanks at their ends cut.
pub fn lines(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    let line = |y: u16| {
        let mut line = String::new();
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += u16::try_from(unicode_width::UnicodeWidthStr::width(symbol).max(1)).unwrap();
        }
        line.trim_end().to_owned()
    };
    (0..area.height).map(line).collect()
}

fn overdue(r: &QueueRow, now: Timestamp) -> bool {
    r.stage.is_open() && r.due.is_some_and(|due| due < now)
}

fn sort_key(sort: Sort, r: &QueueRow) -> (String, String) {
    let due = r.due.map_or_else(|| "~".to_owned(), |d| d.to_string());
    let key = match sort {
        Sort::Due => due,
        Sort::Number => String::new(),
        Sort::Injury => r
            .injury_date
            .map_or_else(|| "~".to_owned(), |d| d.to_string()),
        Sort::State => r.stage.word().to_owned(),
    };
    (key, r.id.to_string())
}

fn row(file: &CaseFile) -> QueueRow {
    let case = &file.case;
    let requests: Vec<&str> = case.items.iter().map(Item::in_dispute).collect();
    QueueRow {
        id: case.id.clone(),
        priority: case.priority(),
        patient: case.patient,
        injury_date: case.header.injury_date,
        items: u32::try_from(case.items.len()).unwrap(),
        request: requests.join("; "),
        summary_start: case.summary.chars().take(400).collect(),
        due: clock::due_instant(&case.header, case.is_published),
        is_published: case.is_published,
        stage: file.stage,
        each: each(file),
    }
}

fn each(file: &CaseFile) -> Vec<QueueItem> {
    let pairs = file.case.items.iter().zip(&file.draft.items);
    let item = |(item, draft): (&Item, &ItemDraft)| QueueItem {
        request: item.in_dispute().to_owned(),
        ur: item.ur.action,
        decision: draft.decision,
    };
    pairs.map(item).collect()
}
