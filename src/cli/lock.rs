//! `imr lock`: the passphrase of the idle lock.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use crate::model::secret::Secret;
use crate::settings::passphrase::{self, PassphraseError};
use anyhow::Context;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use std::io::{self, IsTerminal, Read};

/// Longest line that is read for a passphrase, in bytes.
const LONGEST: u64 = 1024;
/// Ctrl-C, read as a character while the terminal makes no signal of it.
const INTERRUPT: char = '\u{3}';

/// Arguments of `imr lock`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Set a passphrase: asked for twice without echo, or read as one line from a pipe
    #[arg(long, conflicts_with = "remove")]
    set: bool,
    /// Remove it, once it was typed: nothing is locked any more
    #[arg(long)]
    remove: bool,
}

impl Args {
    /// Sets or removes the passphrase, or says whether one is set.
    ///
    /// # Errors
    /// A passphrase too short or not typed the same twice (refused), or a folder that cannot be
    /// written.
    pub fn run(&self, desk: &Desk) -> Run {
        match (self.set, self.remove) {
            (true, _) => set(desk),
            (_, true) => remove(desk),
            _ => tell(desk),
        }
    }
}

fn set(desk: &Desk) -> Run {
    match passphrase::set(&desk.config_dir()?, &asked()?) {
        Err(PassphraseError::Short) => refuse(PassphraseError::Short.to_string()),
        done => {
            done?;
            note("The passphrase is set. `imr` asks for it from its next start on.");
            Ok(Outcome::Done)
        }
    }
}

/// Who does not know it must not end the lock: it is asked for, and wrong ones are counted.
fn remove(desk: &Desk) -> Run {
    let folder = desk.config_dir()?;
    let Some(hash) = passphrase::read(&folder)? else {
        return refuse("No passphrase is set.");
    };
    let fits = passphrase::fits(&hash, &asked_once()?);
    if let Ok(mut store) = desk.store_to_write() {
        store.note_access(&desk.who(), fits, desk.now())?;
    }
    if !fits {
        return refuse("That is not the passphrase; nothing was removed.");
    }
    passphrase::remove(&folder)?;
    note("The passphrase is removed: nothing is locked from the next start on.");
    Ok(Outcome::Done)
}

fn tell(desk: &Desk) -> Run {
    if passphrase::read(&desk.config_dir()?)?.is_none() {
        return refuse("No passphrase is set, so nothing is locked: `imr lock --set` sets one.");
    }
    let after = desk.config().lock_after;
    desk.out.line(&match after {
        Some(after) => format!("A passphrase is set; idle screens lock after {after:#}."),
        None => "A passphrase is set; screens lock on request only.".to_owned(),
    })?;
    let refused = desk
        .store()
        .and_then(|store| Ok(store.refused_accesses(&desk.who())?));
    if let Some(refused) = refused.ok().map(|r| r.count).filter(|count| *count > 0) {
        desk.out.line(&format!(
            "Wrong passphrases since it was last opened: {refused}."
        ))?;
    }
    Ok(Outcome::Done)
}

/// From the terminal twice and without echo, or a line from a pipe.
fn asked() -> anyhow::Result<Secret> {
    if !io::stdin().is_terminal() {
        return line();
    }
    let hidden = Hidden::enter().context("cannot turn the echo off")?;
    note("Passphrase (not shown):");
    let first = line()?;
    note("Once more:");
    let second = line()?;
    drop(hidden);
    if first != second {
        return refuse("The two are not the same; nothing was set.");
    }
    Ok(first)
}

/// From the terminal without echo, or a line from a pipe.
fn asked_once() -> anyhow::Result<Secret> {
    if !io::stdin().is_terminal() {
        return line();
    }
    let _hidden = Hidden::enter().context("cannot turn the echo off")?;
    note("Passphrase (not shown):");
    line()
}

/// Byte by byte: what is read ahead of the line would stay in a buffer.
fn line() -> anyhow::Result<Secret> {
    let mut bytes = Vec::new();
    for byte in io::stdin().lock().take(LONGEST).bytes() {
        match byte? {
            b'\n' => break,
            byte => bytes.push(byte),
        }
    }
    let text = String::from_utf8(bytes).ok();
    let text = text.context("a passphrase is UTF-8 text")?;
    if text.contains(INTERRUPT) {
        return refuse("Nothing was set.");
    }
    Ok(Secret::new(text))
}

/// The terminal without echo, until dropped.
struct Hidden(Termios);

impl Hidden {
    fn enter() -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut modes = before.clone();
        // No signals either: one would leave the terminal without its echo.
        modes.local_modes -= LocalModes::ECHO | LocalModes::ISIG;
        tcsetattr(io::stdin(), OptionalActions::Flush, &modes)?;
        Ok(Self(before))
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.0);
    }
}
