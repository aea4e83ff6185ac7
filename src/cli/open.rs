//! `imr` without a command: the queue in the terminal.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run};
use super::user_settings::{self, Chosen};
use crate::app::{self, Effect, Event, Model, Setup};
use crate::jobs::{Jobs, Performer};
use crate::settings::SyncOutput;
use crate::settings::passphrase;
use crate::settings::theme::Theme;
use crate::terminal::{self, ColourDepth, Frame, Options, Outside, Program, Wake};
use crate::ui::{self, Look};
use anyhow::Context;
use directories::ProjectDirs;
use jiff::Timestamp;

/// Size before the terminal has told its own.
const SIZE: (u16, u16) = (80, 24);

/// Opens the program where the reviewer was, or with `is_fresh` at the queue.
///
/// # Errors
/// No terminal, no store, or a system that refuses threads.
pub fn run(desk: &Desk, is_fresh: bool) -> Run {
    terminal::check()?;
    let mut chosen = user_settings::choose(desk)?;
    chosen.problems.extend(terminal::charset_problem());
    ready_store(desk)?;
    let wake = Wake::new().context("cannot make a pipe")?;
    let waker = wake.waker();
    let jobs = Jobs::start(performer(desk)?, move || waker.wake());
    let jobs = jobs.context("cannot start a thread")?;
    let look = look(desk, &chosen, terminal::sense());
    let problems = chosen.problems.clone();
    let mut model = model(desk, chosen, SIZE);
    model.clips = desk.config().clipboard;
    if let Some(hash) = passphrase::read(&desk.config_dir()?)? {
        // A store that cannot be read shows no case either.
        let store = desk.store();
        let refused = store.and_then(|store| Ok(store.refused_accesses(&desk.who())?));
        model.guard(hash, desk.config().lock_after, refused.unwrap_or_default());
    }
    let clock = desk.clock;
    let outside = outside(desk);
    model.wait_with(outside.left_over());
    let options = Options {
        first: app::resume(&mut model, is_fresh),
        sync: sync(desk),
        clock: Box::new(move || clock.now()),
        keeper: std::env::current_exe().ok(),
        outside,
    };
    let ended = terminal::run(Screens { model, look }, jobs, wake, options)?;
    // They were shown on the screen; here they stay readable after it is gone.
    problems.iter().for_each(|problem| note(problem));
    if !ended.is_saved {
        note("imr: not everything that was typed could be saved.");
    }
    Ok(Outcome::Ended(u8::try_from(ended.exit_code()).unwrap_or(2)))
}

/// The first start makes the store. Later ones leave opening it to the worker, which does so while
/// the terminal is entered; only a fixed clock has to know first what kind of store it is.
fn ready_store(desk: &Desk) -> anyhow::Result<()> {
    if desk.clock.is_set() || !desk.store_path()?.exists() {
        desk.store_to_fill()?;
    }
    Ok(())
}

/// The reviewer's own editor; its files lie in the state folder, or beside the data where the
/// platform has none.
fn outside(desk: &Desk) -> Outside {
    let named = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let folder = |dirs: ProjectDirs| {
        let state = dirs.state_dir().unwrap_or(dirs.data_local_dir());
        state.join("edit")
    };
    Outside {
        command: named("VISUAL").or_else(|| named("EDITOR")),
        folder: ProjectDirs::from("", "", "imr").map(folder),
        store: desk
            .store_path()
            .and_then(|path| Ok(path.canonicalize()?))
            .ok(),
    }
}

/// What performs effects for this reviewer on this store.
///
/// # Errors
/// No place for a store.
pub fn performer(desk: &Desk) -> anyhow::Result<Performer> {
    let clock = desk.clock;
    Ok(Performer {
        store: desk.store_path()?,
        who: desk.who(),
        reviewer: desk.config().reviewer.clone(),
        organisation: desk.config().organisation.clone(),
        limits: desk.settings().limits.clone(),
        clock: std::sync::Arc::new(move || clock.now()),
    })
}

/// The program before its first event.
pub fn model(desk: &Desk, chosen: Chosen, size: (u16, u16)) -> Model {
    Model::new(Setup {
        reviewer: desk.config().reviewer.clone(),
        organisation: desk.config().organisation.clone(),
        keymap: chosen.keymap,
        size,
        now: desk.now(),
        views: desk.config().views.clone(),
        limits: desk.settings().limits.clone(),
        problems: chosen.problems,
    })
}

/// The looks of the screens, in colours that the terminal takes. Where it takes none, the theme
/// made for that is used, unless `--theme` insists on another's attributes.
pub fn look(desk: &Desk, chosen: &Chosen, depth: ColourDepth) -> Look {
    let mut theme = chosen.theme.fitted(depth);
    if depth == ColourDepth::Mono && desk.theme.is_none() {
        theme = Theme::builtin("mono").unwrap_or(theme);
    }
    if let Some(borders) = desk.config().borders {
        theme.borders = borders;
    }
    Look::new(&theme)
}

fn sync(desk: &Desk) -> Option<bool> {
    match desk.config().sync {
        SyncOutput::Auto => None,
        SyncOutput::On => Some(true),
        SyncOutput::Off => Some(false),
    }
}

/// The pure part with its looks.
struct Screens {
    model: Model,
    look: Look,
}

impl Program for Screens {
    fn hear(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        app::update(&mut self.model, event, now)
    }

    fn deadline(&self) -> Option<Timestamp> {
        self.model.deadline()
    }

    fn take_dirty(&mut self) -> bool {
        self.model.take_dirty()
    }

    fn draw(&self, frame: &mut Frame) {
        ui::draw(&self.model, &self.look, frame);
    }
}
