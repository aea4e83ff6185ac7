//! `imr config path|check|init`.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use super::user_settings;
use crate::settings::{CONFIG_FILE, config};
use anyhow::Context;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};

/// Arguments of `imr config`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    wish: Wish,
}

#[derive(Debug, clap::Subcommand)]
enum Wish {
    /// Print the path of config.toml; keymap.toml and themes/ lie beside it
    Path,
    /// Check config.toml, keymap.toml, snippets.toml and themes/*.toml; exit 1 if anything is wrong
    Check,
    /// Write a config.toml that explains every key; an existing one is left as it is
    Init,
}

impl Args {
    /// Does what was asked of the settings.
    ///
    /// # Errors
    /// A config.toml that is there already (refused), or files that cannot be written.
    pub fn run(&self, desk: &Desk) -> Run {
        match self.wish {
            Wish::Path => path(desk),
            Wish::Check => check(desk),
            Wish::Init => init(desk),
        }
    }
}

fn path(desk: &Desk) -> Run {
    let path = desk.config_dir()?.join(CONFIG_FILE);
    desk.out.line(&path.to_string_lossy())?;
    Ok(Outcome::Done)
}

fn check(desk: &Desk) -> Run {
    let problems = user_settings::check(desk)?;
    for problem in &problems {
        desk.out.line(problem)?;
    }
    if problems.is_empty() {
        note("The settings are in order.");
        return Ok(Outcome::Done);
    }
    Ok(Outcome::Refused)
}

fn init(desk: &Desk) -> Run {
    let dir = desk.config_dir()?;
    fs::create_dir_all(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
    let path = dir.join(CONFIG_FILE);
    let opened = OpenOptions::new().write(true).create_new(true).open(&path);
    let mut file = match opened {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return refuse(format!(
                "{} is there already; it was not changed.",
                path.display()
            ));
        }
        opened => opened.with_context(|| format!("cannot write {}", path.display()))?,
    };
    file.write_all(config::template().as_bytes())
        .and_then(|()| file.sync_all())
        .with_context(|| format!("cannot write {}", path.display()))?;
    note(&format!("Wrote {}.", path.display()));
    Ok(Outcome::Done)
}
