//! `imr screen`: the program pictures itself. Keys run through the same `update` and `draw` as in
//! a terminal, on a copy of the store that is thrown away: nothing is ever written by it.

use super::clock::Clock;
use super::demo::Practice;
use super::desk::Desk;
use super::outcome::{Outcome, Run};
use super::{open, user_settings};
use crate::app::model::Place;
use crate::app::{self, Effect, Event, Key, Model};
use crate::jobs::Jobs;
use crate::store::{Kind, Store, StoreError};
use crate::terminal::ColourDepth;
use crate::ui::recording::{self, Shot};
use crate::ui::{Look, linear, picture};
use anyhow::{Context, anyhow};
use jiff::{SignedDuration, Timestamp};
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// One effect takes no longer than this; a longer one is a fault.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a recorded screen stands, in milliseconds: while letters are typed, after a key that
/// does something, at the start and at the end.
const TYPING: u32 = 300;
const LOOKING: u32 = 900;
const READING: u32 = 3_000;
/// Letters typed between two recorded screens.
const LETTERS: usize = 5;

/// Arguments of `imr screen`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Keys to press, names in <>: `jj<enter>3`, `<ctrl-g>crvcl ct`
    #[arg(long, value_name = "KEYS", default_value = "", value_parser = keys)]
    keys: Keys,
    /// Columns and rows
    #[arg(long, value_name = "CxR", default_value = "80x24", value_parser = size)]
    size: Size,
    /// Draw without colours
    #[arg(long)]
    mono: bool,
    /// Print an SVG picture in place of text
    #[arg(long)]
    svg: bool,
    /// Print the screen in words, for a screen reader: what has the focus, then part by part
    #[arg(long, conflicts_with_all = ["svg", "mono"])]
    linear: bool,
    /// With --svg: a moving picture, key by key
    #[arg(long, requires = "svg")]
    record: bool,
    /// With --svg: what a screen reader says of the picture
    #[arg(long, value_name = "TEXT", default_value = "imr", requires = "svg")]
    title: String,
    /// Use the practice cases in place of the store
    #[arg(long)]
    demo: bool,
}

#[derive(Debug, Clone)]
struct Keys(Vec<Key>);

#[derive(Debug, Clone, Copy)]
struct Size {
    columns: u16,
    rows: u16,
}

fn keys(text: &str) -> Result<Keys, app::key::BadKey> {
    Key::parse_string(text).map(Keys)
}

fn size(text: &str) -> Result<Size, &'static str> {
    let number = |text: &str| text.parse().ok().filter(|n| (1..=500).contains(n));
    let (columns, rows) = text
        .split_once('x')
        .ok_or("expected a size such as 100x30")?;
    match (number(columns), number(rows)) {
        (Some(columns), Some(rows)) => Ok(Size { columns, rows }),
        _ => Err("expected two numbers from 1 to 500, such as 100x30"),
    }
}

impl Args {
    /// Prints the screen.
    ///
    /// # Errors
    /// The store cannot be read or copied.
    pub fn run(&self, desk: &Desk) -> Run {
        if self.demo {
            let mut practice = Practice::new(desk)?;
            // A picture taken twice is the same picture.
            practice.desk.clock = Clock::Fixed(practice.morning);
            return self.print(&practice.desk);
        }
        let folder = tempfile::tempdir().context("cannot make a folder for a copy")?;
        let copy = folder.path().join("copy.db");
        match Store::open(&desk.store_path()?) {
            Ok(store) => store.backup(&copy)?,
            Err(StoreError::Missing(_)) => drop(Store::create(&copy, Kind::Test)?),
            Err(error) => return Err(error.into()),
        }
        self.print(&desk.moved_to(copy, desk.config().reviewer.clone(), desk.clock))
    }

    fn print(&self, desk: &Desk) -> Run {
        let chosen = user_settings::choose(desk)?;
        let depth = if self.mono {
            ColourDepth::Mono
        } else {
            // A picture shows every colour.
            ColourDepth::True
        };
        let look = open::look(desk, &chosen, depth);
        let size = (self.size.columns, self.size.rows);
        let mut player = Player::new(desk, open::model(desk, chosen, size))?;
        if self.record {
            let shots = player.record(&self.keys.0, &look)?;
            desk.out.text(&recording::write(&shots, &self.title))?;
            return Ok(Outcome::Done);
        }
        for key in &self.keys.0 {
            player.hear(Event::Keys(vec![*key]))?;
        }
        player.settle()?;
        if self.svg {
            desk.out
                .text(&picture::svg(&player.model, &look, &self.title))?;
        } else {
            let lines = match self.linear {
                true => linear::lines(&player.model),
                false => picture::text(&player.model, &look),
            };
            lines.iter().try_for_each(|line| desk.out.line(line))?;
        }
        Ok(Outcome::Done)
    }
}

/// The program with its effects performed one after the other, each answered before the next.
struct Player {
    model: Model,
    jobs: Jobs,
    answered: Receiver<()>,
    now: Timestamp,
}

impl Player {
    fn new(desk: &Desk, model: Model) -> anyhow::Result<Self> {
        let (sender, answered) = channel();
        let wake = move || {
            let _ = sender.send(());
        };
        let jobs = Jobs::start(open::performer(desk)?, wake).context("cannot start a thread")?;
        let mut player = Self {
            now: model.now,
            model,
            jobs,
            answered,
        };
        let first = app::start(&mut player.model);
        player.perform(first)?;
        Ok(player)
    }

    fn hear(&mut self, event: Event) -> anyhow::Result<()> {
        let effects = app::update(&mut self.model, event, self.now);
        self.perform(effects)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> anyhow::Result<()> {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            let answer = match effect {
                Effect::EditOutside { case, item, text } => Event::Edited {
                    case,
                    item,
                    base: text,
                    result: Err("A picture of the screen has no terminal to lend.".to_owned()),
                },
                // The terminal's other effects have nothing to do here.
                effect if effect.is_terminals() => continue,
                effect => {
                    self.jobs.perform(effect);
                    self.answer()?
                }
            };
            waiting.extend(app::update(&mut self.model, answer, self.now));
        }
        Ok(())
    }

    fn answer(&self) -> anyhow::Result<Event> {
        loop {
            if let Some(event) = self.jobs.answer() {
                return Ok(event);
            }
            let woken = self.answered.recv_timeout(PATIENCE);
            woken.map_err(|_| anyhow!("the store did not answer"))?;
        }
    }

    /// A shot after every key, or after some letters where letters are typed.
    fn record(&mut self, keys: &[Key], look: &Look) -> anyhow::Result<Vec<Shot>> {
        let mut shots = vec![self.shot(look, READING)?];
        let mut letters = 0;
        for (n, key) in keys.iter().enumerate() {
            let is_letter = key.typed().is_some() && self.is_typing();
            self.hear(Event::Keys(vec![*key]))?;
            letters = if is_letter { letters + 1 } else { 0 };
            let goes_on = keys.get(n + 1).is_some_and(|next| next.typed().is_some());
            if is_letter && goes_on && letters % LETTERS != 0 {
                continue;
            }
            shots.push(self.shot(look, if is_letter { TYPING } else { LOOKING })?);
        }
        shots.push(self.shot(look, READING)?);
        Ok(shots)
    }

    fn is_typing(&self) -> bool {
        matches!(
            self.model.place(),
            Place::Editor | Place::Filter | Place::Picker | Place::Palette | Place::Question
        )
    }

    /// The screen as it will stand for so long.
    fn shot(&mut self, look: &Look, millis: u32) -> anyhow::Result<Shot> {
        let end = self.now + SignedDuration::from_millis(millis.into());
        while let Some(due) = self.model.deadline().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            self.hear(Event::Elapsed)?;
        }
        self.now = end;
        Ok(picture::shot(&self.model, look, millis))
    }

    /// Lets the time pass that the program still waits for, such as that before typing is saved.
    fn settle(&mut self) -> anyhow::Result<()> {
        while let Some(due) = self.model.deadline() {
            self.now = self.now.max(due);
            self.hear(Event::Elapsed)?;
        }
        Ok(())
    }
}
