//! The program over a real store with its real threads, and no terminal: every wish is answered
//! before the next is performed. Dropped, it ends as a crash ends it, with no goodbye.

#![allow(dead_code, reason = "each test binary uses its own part of it")]

use crate::store_support::{self, Desk, at};
use imr::app::keymap::Keymap;
use imr::app::{self, Effect, Event, Key, Model, Setup};
use imr::jobs::{Jobs, Performer};
use imr::model::OwnView;
use imr::ui::{Look, picture};
use jiff::{SignedDuration, Timestamp};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A session.
pub struct Sitting {
    pub model: Model,
    pub jobs: Jobs,
    pub now: Timestamp,
}

impl Sitting {
    /// By the reviewer "lee", where they were last time or, fresh, at the queue.
    pub fn of(desk: &Desk, is_fresh: bool) -> Self {
        Self::called("lee", desk, is_fresh)
    }

    pub fn called(who: &str, desk: &Desk, is_fresh: bool) -> Self {
        let mut sitting = Self::unstarted(who, &desk.path(), (80, 24));
        let effects = app::resume(&mut sitting.model, is_fresh);
        sitting.perform(effects);
        sitting
    }

    /// One of several windows: it keeps no place.
    pub fn window(store: &Path) -> Self {
        let mut sitting = Self::unstarted("lee", store, (100, 30));
        let effects = app::start(&mut sitting.model);
        sitting.perform(effects);
        sitting
    }

    /// Nothing is answered.
    pub fn silent(desk: &Desk) -> Self {
        let mut sitting = Self::unstarted("lee", &desk.path(), (80, 24));
        app::resume(&mut sitting.model, false);
        sitting
    }

    fn unstarted(who: &str, store: &Path, size: (u16, u16)) -> Self {
        let reviewer = store_support::signing().reviewer;
        let performer = Performer {
            store: store.to_owned(),
            who: who.into(),
            reviewer: reviewer.clone(),
            organisation: "Example Review".into(),
            limits: Default::default(),
            words: None,
            clock: Arc::new(|| at(60)),
        };
        let views = vec![OwnView {
            name: "Necks".into(),
            query: "req:cervical".into(),
            ..OwnView::default()
        }];
        let setup = Setup {
            reviewer,
            organisation: "Example Review".into(),
            keymap: Keymap::default(),
            size,
            now: at(60),
            limits: Default::default(),
            snippets: vec![],
            problems: vec![],
            views,
        };
        let mut model = Model::new(setup);
        // Nobody looks at marks here; before the signature the checks run all the same.
        model.marks.is_on = false;
        Self {
            model,
            jobs: Jobs::start(performer, || {}).unwrap(),
            now: at(60),
        }
    }

    pub fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let is_answered = !matches!(effect, Effect::Note(_)) && !effect.is_terminals();
            self.jobs.perform(effect);
            if is_answered {
                let answer = self.answer();
                self.hear(answer);
            } else {
                assert!(self.jobs.drain(PATIENCE));
            }
        }
    }

    fn answer(&self) -> Event {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(answer) = self.jobs.answer() {
                return answer;
            }
            assert!(Instant::now() < end, "no answer");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    pub fn hear(&mut self, event: Event) {
        let effects = app::update(&mut self.model, event, self.now);
        self.perform(effects);
    }

    /// One key after the other.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in Key::parse_string(keys).unwrap() {
            self.now += SignedDuration::from_millis(20);
            self.hear(Event::Keys(vec![key]));
        }
        self
    }

    /// Until nothing is due any more.
    pub fn rest(&mut self) -> &mut Self {
        while let Some(due) = self.model.deadline() {
            self.now = due;
            self.hear(Event::Elapsed);
        }
        self
    }

    /// Types text and lets the pause pass after which it is saved.
    pub fn types(&mut self, text: &str) -> &mut Self {
        self.hear(Event::Paste(text.into()));
        self.rest()
    }

    /// Where two texts are shown and it is asked which stays, both do.
    pub fn keeps_both(&mut self) -> &mut Self {
        if self.model.dialogue().is_some() {
            self.keys("<esc>");
        }
        self
    }

    /// Into the first rationale of the selected case.
    pub fn writes(&mut self) -> &mut Self {
        self.keys("<enter>3e")
    }

    pub fn screen(&self) -> String {
        picture::text(&self.model, &Look::builtin("mono")).join("\n")
    }

    /// The first rationale.
    pub fn text(&self) -> &str {
        self.model.open.as_ref().unwrap().editors[0].text()
    }

    /// Everything that was said.
    pub fn said(&self) -> String {
        let all = self.model.messages.all();
        all.into_iter().map(|m| format!("{}\n", m.text)).collect()
    }
}
