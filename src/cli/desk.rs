//! What a command has at hand: settings, clock, store and output.

use super::args::Globals;
use super::clock::Clock;
use super::out::Out;
use super::outcome::refuse;
use crate::model::text::clean_line;
use crate::model::{CaseFile, CaseId, Reviewer};
use crate::settings::{self, Config, Problem, Settings};
use crate::store::{Kind, Store};
use anyhow::{Context, anyhow};
use directories::ProjectDirs;
use jiff::Timestamp;
use std::path::PathBuf;

/// Name of the store in the data folder.
const STORE_FILE: &str = "store.db";

/// What a command has at hand.
#[derive(Debug)]
pub struct Desk {
    /// Standard output.
    pub out: Out,
    /// Which time it is.
    pub clock: Clock,
    /// `--theme`, where given: it wins over the config file.
    pub theme: Option<String>,
    store: Option<PathBuf>,
    config_dir: Option<PathBuf>,
    settings: Settings,
    problems: Vec<Problem>,
}

impl Desk {
    /// Reads the settings; what is wrong in them is kept for who shows it.
    pub fn new(globals: &Globals) -> Self {
        let config_dir = globals
            .config
            .clone()
            .or_else(|| named_by("IMR_CONFIG"))
            .or_else(|| Some(project_dirs()?.config_dir().to_owned()));
        let (settings, problems) = match &config_dir {
            Some(dir) => settings::load(dir),
            None => Default::default(),
        };
        Self {
            out: Out::new(),
            clock: globals.now.map_or(Clock::Machine, Clock::Fixed),
            theme: globals.theme.clone(),
            store: globals.store.clone().or_else(|| named_by("IMR_STORE")),
            config_dir,
            settings,
            problems,
        }
    }

    /// The same desk, and letters are those of this organisation.
    pub fn for_organisation(mut self, name: &str) -> Self {
        self.settings.config.organisation = name.to_owned();
        self
    }

    /// The same desk for a store of practice cases: another store, reviewer and clock.
    pub fn moved_to(&self, store: PathBuf, reviewer: Reviewer, clock: Clock) -> Self {
        let mut settings = self.settings.clone();
        settings.config.reviewer = reviewer;
        Self {
            out: Out::new(),
            clock,
            theme: self.theme.clone(),
            store: Some(store),
            config_dir: self.config_dir.clone(),
            settings,
            problems: self.problems.clone(),
        }
    }

    /// What `config.toml` says.
    pub fn config(&self) -> &Config {
        &self.settings.config
    }

    /// What config and keymap say.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What is wrong in config and keymap as files.
    pub fn file_problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The folder of the settings files, whether it is there or not.
    ///
    /// # Errors
    /// The user has no home folder and named no other.
    pub fn config_dir(&self) -> anyhow::Result<PathBuf> {
        let dir = self.config_dir.clone();
        dir.ok_or_else(|| anyhow!("there is no home folder: name one with --config DIR"))
    }

    /// The store named on the command line, in the config file, or the usual one.
    ///
    /// # Errors
    /// The user has no home folder and named no store.
    pub fn store_path(&self) -> anyhow::Result<PathBuf> {
        let named = self.store.clone().or_else(|| self.config().store.clone());
        let usual = || Some(project_dirs()?.data_dir().join(STORE_FILE));
        named
            .or_else(usual)
            .context("there is no home folder: name a store with --store FILE")
    }

    /// The instant now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Who works: the reviewer of the config file, by login name until there is one.
    pub fn reviewer(&self) -> Reviewer {
        let mut reviewer = self.config().reviewer.clone();
        if reviewer.name.is_empty() {
            let login = std::env::var("LOGNAME").or_else(|_| std::env::var("USER"));
            reviewer.name = clean_line(&login.unwrap_or_else(|_| "unknown".to_owned()));
        }
        reviewer
    }

    /// The reviewer's short name, for the log.
    pub fn who(&self) -> String {
        self.reviewer().name
    }

    /// The store, to read it.
    ///
    /// # Errors
    /// There is none yet, or it cannot be opened.
    pub fn store(&self) -> anyhow::Result<Store> {
        Ok(Store::open(&self.store_path()?)?.under(&self.settings.limits)?)
    }

    /// The store, to change it.
    ///
    /// # Errors
    /// As [`Desk::store`]; and a fixed clock on a store of real cases (refused).
    pub fn store_to_write(&self) -> anyhow::Result<Store> {
        let store = self.store()?;
        self.allow_writing(&store)?;
        Ok(store)
    }

    /// The store, to bring cases in; made where there is none.
    ///
    /// # Errors
    /// As [`Desk::store_to_write`].
    pub fn store_to_fill(&self) -> anyhow::Result<Store> {
        let path = self.store_path()?;
        if self.clock.is_set() && !path.exists() {
            return refuse(CLOCK_IS_FIXED);
        }
        let store = Store::open_or_create(&path)?.under(&self.settings.limits)?;
        self.allow_writing(&store)?;
        Ok(store)
    }

    fn allow_writing(&self, store: &Store) -> anyhow::Result<()> {
        match store.kind() {
            Kind::Normal if self.clock.is_set() => refuse(CLOCK_IS_FIXED),
            _ => Ok(()),
        }
    }

    /// A case named on the command line.
    ///
    /// # Errors
    /// The store has no such case (refused).
    pub fn case(&self, store: &Store, typed: &str) -> anyhow::Result<CaseFile> {
        let id = CaseId::typed(typed);
        match store.case(&id)? {
            Some(file) => Ok(file),
            None => refuse(format!(
                "There is no case {id} in the store: `imr list --view all` names them."
            )),
        }
    }
}

const CLOCK_IS_FIXED: &str = "--now fixes the clock: dates of real work are never made up, so \
nothing is written except to a demonstration or test store.";

/// The path in an environment variable; an empty one counts as not set.
fn named_by(variable: &str) -> Option<PathBuf> {
    let value = std::env::var_os(variable)?;
    (!value.is_empty()).then(|| value.into())
}

fn project_dirs() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "imr")
}
