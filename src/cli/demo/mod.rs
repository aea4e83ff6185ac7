//! `imr demo`: the program on a throw-away store of practice cases.
//!
//! The cases are of our own writing; no real patient, no published letter. They know which day it
//! is, so the clock starts on their day and runs from there.

mod cases;

use super::clock::Clock;
use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run};
use super::{import, open};
use crate::model::{Credentials, Reviewer};
use crate::store::{Kind, Store};
use crate::terminal;
use anyhow::{Context, bail};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// 9 in the morning in California.
const MORNING: &str = "2026-01-15T09:00:00-08:00";
/// Whose letters the practice letters are.
const ORGANISATION: &str = "Practice Review Organisation";
/// Name of the store in its folder.
const STORE_FILE: &str = "practice.db";

/// Arguments of `imr demo`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Make the practice store here, keep it, and exit; `--store FILE` then works on it
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
}

impl Args {
    /// Opens the queue on the practice cases. What is done there is gone afterwards.
    ///
    /// # Errors
    /// No terminal, or no room for the store.
    pub fn run(&self, desk: &Desk) -> Run {
        if let Some(path) = &self.keep {
            fill(path, MORNING.parse()?)?;
            let path = path.display();
            note(&format!(
                "Made {path}. Its day is 2026-01-15: imr --store {path} --now {MORNING} list"
            ));
            return Ok(Outcome::Done);
        }
        if let Err(error) = terminal::check() {
            bail!(
                "{error}\nWithout a terminal, these show the practice cases:\n  \
                 imr screen --demo --keys \"<enter>3\"      a screen as text\n  \
                 imr demo --keep practice.db              the store, for list, show, decide, sign"
            );
        }
        let practice = Practice::new(desk)?;
        open::run(&practice.desk, true)
    }
}

/// A practice store and the desk for it; both are gone with this value.
pub struct Practice {
    /// The desk of the practice reviewer.
    pub desk: Desk,
    /// When the clock starts: on the day of the cases, or when `--now` says.
    pub morning: Timestamp,
    _folder: TempDir,
}

impl Practice {
    /// Makes and fills the store. Its clock is the day of the cases, unless `--now` says another.
    ///
    /// # Errors
    /// No room for it.
    pub fn new(desk: &Desk) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("imr-demo-").tempdir();
        let folder = folder.context("cannot make a folder for the practice cases")?;
        let store = folder.path().join(STORE_FILE);
        let morning: Timestamp = MORNING.parse()?;
        fill(&store, morning)?;
        let (morning, clock) = match desk.clock {
            Clock::Fixed(instant) => (instant, desk.clock),
            _ => (morning, Clock::starting_at(morning)),
        };
        Ok(Self {
            desk: desk
                .moved_to(store, reviewer(), clock)
                .for_organisation(ORGANISATION),
            morning,
            _folder: folder,
        })
    }
}

/// Who practises.
fn reviewer() -> Reviewer {
    Reviewer {
        name: "lee".to_owned(),
        credentials: Credentials {
            licensed_in: vec!["California".to_owned()],
            certifications: vec!["Physical Medicine and Rehabilitation".to_owned()],
        },
        profile: Default::default(),
    }
}

fn fill(path: &Path, now: Timestamp) -> anyhow::Result<()> {
    let mut store = Store::create(path, Kind::Demonstration)?;
    let cases: anyhow::Result<Vec<_>> = cases::ALL
        .iter()
        .map(|(name, text)| import::built_in(name, text))
        .collect();
    store.import_all(&cases?, &reviewer().name, now)?;
    Ok(())
}
