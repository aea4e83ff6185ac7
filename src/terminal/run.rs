//! From the first byte to the last: enter, run, save, leave.

use super::error::TerminalError;
use super::outside::Outside;
use super::program::{Program, Worker};
use super::session::{Session, is_conflict, is_refusal};
use super::wake::Wake;
use super::{keeper, panic, screen, signals, watchdog};
use crate::app::{Effect, Event};
use jiff::Timestamp;
use signal_hook::consts::SIGHUP;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::time::Duration;

/// How the program is run.
pub struct Options {
    /// Effects to perform before anything is heard, such as the first look at the queue.
    pub first: Vec<Effect>,
    /// Synchronized updates; `None` tells from the environment where they are safe.
    pub sync: Option<bool>,
    /// The clock that events carry.
    pub clock: Box<dyn Fn() -> Timestamp>,
    /// A program that runs [`super::keep`] as its command [`super::KEEPER_COMMAND`]: it gives the
    /// terminal back should this process be killed.
    pub keeper: Option<PathBuf>,
    /// The reviewer's own editor.
    pub outside: Outside,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            first: Vec::new(),
            sync: None,
            clock: Box::new(Timestamp::now),
            keeper: None,
            outside: Outside::default(),
        }
    }
}

/// Why it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The user left.
    Quit,
    /// This signal came.
    Signal(i32),
    /// The terminal is gone.
    Lost,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Why.
    pub cause: Cause,
    /// Is everything durable that was to be saved?
    pub is_saved: bool,
}

impl Ended {
    /// 0 after leaving, 2 when something could not be saved, 128 and the signal's number else (a
    /// lost terminal counts as SIGHUP).
    pub fn exit_code(self) -> i32 {
        match self.cause {
            Cause::Quit if self.is_saved => 0,
            Cause::Quit => 2,
            Cause::Signal(signal) => signals::exit_code(signal),
            Cause::Lost => signals::exit_code(SIGHUP),
        }
    }
}

/// Saves asked for when a line drops have this long; the watchdog ends the process soon after.
const LEAVE_PATIENCE: Duration = Duration::from_millis(1000);

/// Can [`run`] run here?
///
/// # Errors
/// No terminal, or one that only prints lines: a sentence that names the plain commands.
pub fn check() -> Result<(), TerminalError> {
    screen::check()
}

/// Runs the program on the terminal until the user leaves, a signal comes or the terminal is
/// gone. What was typed is handed to the worker and waited for on every one of these ways, a panic
/// included, and the terminal is given back. `wake` is what the worker's answers wake.
///
/// # Errors
/// As [`check`]; and what the system refuses before the screen is entered.
///
/// # Panics
/// Goes on with a panic of the program after having saved and restored.
pub fn run<P: Program, W: Worker>(
    mut program: P,
    mut worker: W,
    wake: Wake,
    mut options: Options,
) -> Result<Ended, TerminalError> {
    check()?;
    let _guard = panic::guard();
    // What is to be shown first is read while the screen is made ready.
    let first = std::mem::take(&mut options.first).into_iter();
    let (own, asked): (Vec<_>, Vec<_>) = first.partition(Effect::is_terminals);
    options.first = own;
    asked.into_iter().for_each(|wish| worker.perform(wish));
    let mut session = Session::enter(wake, options)?;
    let outcome = catch_unwind(AssertUnwindSafe(|| session.run(&mut program, &mut worker)));
    let cause = match outcome {
        Ok(Ok(cause)) => cause,
        Ok(Err(error)) => {
            save_last(&mut program, &mut worker, session.now());
            session.leave();
            return Err(error);
        }
        Err(payload) => {
            // The screen was given back by the hook.
            watchdog::arm(101);
            save_last(&mut program, &mut worker, session.now());
            keeper::dismiss();
            resume_unwind(payload);
        }
    };
    let is_saved = cause == Cause::Quit || save_last(&mut program, &mut worker, session.now());
    let is_saved = is_saved && session.is_saved();
    session.leave();
    Ok(Ended { cause, is_saved })
}

/// Saves what the program still holds; was all of it durable in time?
fn save_last<P: Program, W: Worker>(program: &mut P, worker: &mut W, now: Timestamp) -> bool {
    let saving = AssertUnwindSafe(|| {
        let mut heard = vec![Event::HangUp];
        // A conflict is cured by saving both texts; another one meanwhile is hardly to be met.
        for _ in 0..3 {
            let wishes = heard.drain(..).flat_map(|event| program.hear(event, now));
            let wishes: Vec<_> = wishes.collect();
            wishes.into_iter().for_each(|wish| worker.perform(wish));
            let is_drained = worker.drain(LEAVE_PATIENCE);
            let answers: Vec<Event> = std::iter::from_fn(|| worker.answer()).collect();
            let is_saved = !answers.iter().any(is_refusal);
            heard.extend(answers.into_iter().filter(is_conflict));
            if !is_drained || heard.is_empty() {
                return is_drained && is_saved;
            }
        }
        false
    });
    catch_unwind(saving).unwrap_or(false)
}
