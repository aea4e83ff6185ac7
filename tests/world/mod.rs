//! A small world in memory: it answers the Effects of `update` as jobs and store would, at once.

#![allow(dead_code, reason = "each test binary uses its own part of the world")]

pub mod cases;
pub mod fuzz;
pub mod library;

use imr::app::keymap::Keymap;
use imr::app::marks::Checked;
use imr::app::{self, Effect, Event, Key, Model, Setup};
use imr::jobs::checks;
use imr::model::filter::{Facts, Part};
use imr::model::*;
use imr::prose::{Dictionary, suggest};
use imr::rules::lint::Context;
use imr::rules::{clock, gate, stats};
use imr::search::{case_file, fuzzy::Matcher, shelf, words::Words};
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
    pub passages: Vec<PassageHit>,
    pub precedents: Vec<Precedent>,
    /// Every change handed over to be saved.
    pub changes: Vec<(CaseId, Change)>,
    /// Every other wish.
    pub effects: Vec<Effect>,
    /// Answer saves with this reason instead of saving.
    pub refuse: Option<String>,
    /// Leave answers out until `answer_all`.
    pub is_slow: bool,
    waiting: VecDeque<Event>,
    /// Run the checks; else they find nothing, whatever is written.
    pub is_checked: bool,
    pub dictionary: Dictionary,
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
            limits: Default::default(),
            problems: vec![],
            views: vec![],
            snippets: vec![],
        };
        let mut world = Self {
            model: Model::new(setup),
            now,
            cases,
            shelf: cases::shelf(),
            passages: library::passages(),
            precedents: library::precedents(),
            changes: vec![],
            effects: vec![],
            refuse: None,
            is_slow: false,
            waiting: VecDeque::new(),
            is_checked: false,
            dictionary: Dictionary::default(),
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
        match self.is_slow {
            true => self.answer_checks(),
            false => self.answer_all(),
        }
    }

    /// However slow the disk is, the checks have a thread of their own.
    fn answer_checks(&mut self) {
        let is_check = |event: &Event| matches!(event, Event::Checked(_));
        while let Some(at) = self.waiting.iter().position(is_check) {
            let event = self.waiting.remove(at).unwrap();
            let effects = app::update(&mut self.model, event, self.now);
            self.perform(effects);
        }
    }

    pub fn answer_all(&mut self) {
        while self.answer_one() {}
    }

    /// Gives the next answer that waits; did one?
    pub fn answer_one(&mut self) -> bool {
        let Some(event) = self.waiting.pop_front() else {
            return false;
        };
        let effects = app::update(&mut self.model, event, self.now);
        for effect in effects {
            let answer = self.answer(effect);
            self.waiting.extend(answer);
        }
        true
    }

    fn answer(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::LoadQueue { generation, query } => Some(Event::Queue {
                generation,
                page: self.queue(&query),
            }),
            Effect::ListCases { generation, query } => Some(Event::Listed {
                generation,
                cases: self.queue(&query).rows.into_iter().map(|r| r.id).collect(),
            }),
            Effect::SaveAll { ticket, changes } => Some(self.save_all(ticket, changes)),
            Effect::LoadVersions { case, item } => {
                let all = self.versions(&case, item);
                Some(Event::Versions { case, item, all })
            }
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
            Effect::Pick { generation, ask } => Some(Event::Picked {
                generation,
                picks: self.pick(&ask),
            }),
            Effect::ReadAround { guideline, number } => {
                let near = |p: &&Passage| p.guideline == guideline && p.number.abs_diff(number) < 5;
                let passages = self.passages.iter().map(|hit| &hit.passage);
                let passages = passages.filter(near).cloned().collect();
                Some(Event::Around {
                    guideline,
                    passages,
                })
            }
            Effect::Save {
                ticket,
                case,
                change,
                ..
            } => Some(self.save(ticket, case, change)),
            Effect::Seal {
                case,
                attested,
                shown,
                answers,
            } => {
                self.effects.push(Effect::Seal {
                    case: case.clone(),
                    attested: attested.clone(),
                    shown: shown.clone(),
                    answers: answers.clone(),
                });
                for answer in answers {
                    self.save(0, case.clone(), Change::LintAnswered { answer });
                }
                Some(self.seal(case, &attested, &shown))
            }
            Effect::CountStats => {
                let counted = stats::of(cases::reviewed(), self.now);
                Some(Event::Counted(Box::new(counted)))
            }
            Effect::Check(checking) => {
                if !self.is_checked {
                    let texts = checking.file.draft.items.len();
                    return Some(Event::Checked(Box::new(Checked {
                        generation: checking.generation,
                        case: checking.file.case.id.clone(),
                        texts: vec![String::new(); texts],
                        lints: vec![],
                        grades: vec![],
                    })));
                }
                let (reviewer, words) = (cases::reviewer(), &self.dictionary);
                let known = imr::library::cited(None, &checking.file).unwrap();
                let by: (_, &dyn KnownGuidelines) = (&self.model.limits, &known);
                let checked = checks::run(&checking, &reviewer, by, self.now, words);
                Some(Event::Checked(Box::new(checked)))
            }
            Effect::Suggest(word) => {
                let words = suggest::suggest(&self.dictionary, &word, 6);
                Some(Event::Suggested { word, words })
            }
            Effect::Learn(word) => {
                self.dictionary.learn(&word);
                None
            }
            other => {
                self.effects.push(other);
                None
            }
        }
    }

    /// As `library::pick` does, over what this world has.
    fn pick(&self, ask: &PickAsk) -> Picks {
        let words = Words::new(&ask.query);
        let cited = HashMap::from([(self.shelf[0].citation.label(), 3)]);
        let hits = shelf::rank(&self.shelf, &cited, &ask.query, &ask.context, ask.limit);
        let citations = hits.into_iter().map(|hit| Pick::Citation(Box::new(hit)));
        let has = |text: &str| words.are_in(&text.to_lowercase());
        let passages = self.passages.iter().filter(|hit| has(&hit.passage.text));
        let passages = passages.map(|hit| Pick::Passage(Box::new(hit.clone())));
        let precedents = self.precedents.iter().filter(|one| has(&one.request));
        let precedents = precedents.map(|one| Pick::Precedent(Box::new(one.clone())));
        let case = ask
            .item
            .as_ref()
            .and_then(|(id, _)| self.cases.iter().find(|f| f.case.id == *id));
        let is_idle = ask.source == PickSource::All && ask.query.is_empty();
        let case = case.filter(|_| !is_idle);
        let spots = case.map(|file| case_file::find(&file.case, &ask.query, ask.limit));
        let all = [
            (PickSource::Citations, citations.collect()),
            (PickSource::Passages, passages.collect()),
            (PickSource::Precedents, precedents.collect()),
            (PickSource::Case, spots.unwrap_or_default()),
        ];
        let asked = all
            .into_iter()
            .filter(|(source, _)| ask.source.has(*source) && ask.part.has(*source));
        let mut figures = Figures::default();
        for one in self.precedents.iter().filter(|one| one.is_alike) {
            match one.decision {
                Decision::Upheld => figures.upheld += 1,
                Decision::Overturned => figures.overturned += 1,
            }
        }
        if let Some(label) = self
            .precedents
            .first()
            .and_then(|one| one.citations.first())
        {
            figures.cited = vec![(label.label(), 1)];
        }
        Picks {
            list: Picks::merge(asked.map(|(_, picks)| picks).collect()),
            figures,
            part: ask.part,
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

    /// What was handed over to be saved, each text: the store keeps fewer.
    fn versions(&self, case: &CaseId, item: usize) -> Vec<Version> {
        let written = self.changes.iter().filter_map(|(c, change)| match change {
            Change::Written { item: i, text } if c == case && *i == item => Some(text),
            _ => None,
        });
        let version = |(seq, text): (i64, &String)| Version {
            seq,
            at: self.now,
            who: "lee".into(),
            text: text.clone(),
            is_signed: false,
        };
        (1..).zip(written).map(version).collect()
    }

    fn save_all(&mut self, ticket: u64, changes: Vec<(CaseId, Change)>) -> Event {
        if let Some(reason) = self.refuse.clone() {
            return Event::NotSaved { ticket, reason };
        }
        let (mut done, mut refused) = (vec![], vec![]);
        for (case, change) in changes {
            let file = self.cases.iter_mut().find(|f| f.case.id == case).unwrap();
            let (stage, until) = (file.stage, file.draft.snoozed_until);
            let last = file.history.last().map(|entry| entry.seq);
            let applied = match &change {
                Change::ClosingTakenBack { closing, .. }
                    if Some(*closing) != last && Stage::CLOSINGS.contains(&stage) =>
                {
                    Err(ChangeRefused::DoneSince)
                }
                change => file.apply(change),
            };
            if let Err(why) = applied {
                refused.push((case, why.to_string()));
                continue;
            }
            let entry = self.entry(&case, &change);
            let inverse = match change {
                Change::Snoozed { .. } => Some(Change::Snoozed { until }),
                Change::Closed { .. } => Some(Change::ClosingTakenBack {
                    closing: entry.seq,
                    stage,
                    snoozed_until: until,
                }),
                _ => None,
            };
            let file = self.cases.iter_mut().find(|f| f.case.id == case).unwrap();
            file.history.push(entry);
            self.changes.push((case.clone(), change));
            done.push((case, inverse));
        }
        Event::SavedAll {
            ticket,
            done,
            refused,
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

    fn seal(
        &mut self,
        case: CaseId,
        attested: &std::collections::BTreeSet<Attestation>,
        shown: &Content,
    ) -> Event {
        let file = self.cases.iter_mut().find(|f| f.case.id == case).unwrap();
        let context = Context {
            limits: &self.model.limits,
            ..Context::plain(clock::today(self.now))
        };
        let blockers = gate::blockers(file, &cases::reviewer(), attested, &context);
        if !blockers.is_empty() {
            let reasons = blockers.into_iter().map(|b| b.message).collect();
            return Event::NotSealed { case, reasons };
        }
        let day = clock::today(self.now);
        let content =
            Content::of(file, &cases::reviewer(), "Independent Review Partners", day).unwrap();
        if !content.says_the_same(shown) {
            let reasons = vec!["The case was changed meanwhile.".to_owned()];
            return Event::NotSealed { case, reasons };
        }
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
        let at = clock::moment(self.now);
        let within = Filter::parse(&query.within).unwrap();
        let filter = Filter::parse(&query.filter).unwrap();
        let all: Vec<(Facts, QueueRow)> = self.cases.iter().map(|f| (facts(f), row(f))).collect();
        let count = |view: View| all.iter().filter(|(f, _)| view.has(f, &at)).count();
        let snoozed = all.iter().filter(|(f, _)| f.is_snoozed(at.today)).count();
        let counts = QueueCounts {
            open: count(View::Open),
            overdue: count(View::Overdue),
            expedited: count(View::Expedited),
            snoozed,
            all: all.len(),
        };
        let both = within.and(&filter);
        let is_in = |f: &Facts| match query.view {
            View::Open if both.wants_snoozed() => f.stage.is_open(),
            view => view.has(f, &at),
        };
        let passes = |filter: &Filter, f: &Facts, r: &QueueRow| {
            let texts: Vec<bool> = filter
                .texts()
                .map(|(part, t, _)| stands(part, t, r))
                .collect();
            filter.at(at).passes(f, |n| texts[n])
        };
        let mut rows: Vec<&(Facts, QueueRow)> = all
            .iter()
            .filter(|(f, r)| is_in(f) && passes(&both, f, r))
            .collect();
        rows.sort_by_key(|(_, r)| sort_key(query.sort, r));
        if query.descending {
            rows.reverse();
        }
        let total = rows.len();
        let elsewhere = match total {
            0 => all.iter().filter(|(f, r)| passes(&filter, f, r)).count(),
            _ => 0,
        };
        let window = rows.into_iter().skip(query.start).take(query.len);
        QueuePage {
            start: query.start,
            rows: window.map(|(_, r)| r.clone()).collect(),
            total,
            elsewhere,
            counts,
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

fn stands(part: Part, text: &str, r: &QueueRow) -> bool {
    let line = match part {
        Part::Number => r.id.to_string(),
        Part::Request => r.request.clone(),
        Part::Anywhere | Part::Diagnosis => format!(
            "{} {} {} {}",
            r.id,
            r.patient.short(),
            r.request,
            r.summary_start
        ),
    };
    Matcher::new(text).score(&line).is_some()
}

fn facts(file: &CaseFile) -> Facts {
    let (case, draft) = (&file.case, &file.draft);
    let decided = draft.items.iter().filter(|d| d.decision.is_some()).count();
    Facts {
        due: clock::due_instant(case, &imr::model::Limits::built_in()).map(|due| due.as_second()),
        is_published: case.is_published,
        priority: case.priority(),
        stage: file.stage,
        items: u32::try_from(case.items.len()).unwrap(),
        undecided: u32::try_from(case.items.len() - decided).unwrap(),
        age: case.patient.age,
        sex: case.patient.sex,
        injury: case.header.injury_date,
        snoozed_until: draft.snoozed_until,
    }
}

fn sort_key(sort: Sort, r: &QueueRow) -> (String, String, String) {
    let due = r.due.map_or_else(|| "~".to_owned(), |d| d.to_string());
    let injury = r.injury_date.map(|d| d.to_string());
    let key = match sort {
        Sort::Due | Sort::Number => String::new(),
        Sort::Priority => r.priority.word().to_owned(),
        Sort::Patient => r.patient.short(),
        Sort::Injury => injury.unwrap_or_else(|| "~".to_owned()),
        Sort::Items => r.items.to_string(),
        Sort::Request => r.request.clone(),
        Sort::State => r.stage.word().to_owned(),
    };
    let due = if sort == Sort::Number {
        String::new()
    } else {
        due
    };
    (key, due, r.id.to_string())
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
        due: clock::due_instant(case, &imr::model::Limits::built_in()),
        is_published: case.is_published,
        stage: file.stage,
        snoozed_until: file.draft.snoozed_until,
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
