//! Rank 6: commands, the plain-text twins of every journey; starts the terminal.
//!
//! One file a command. Every command reads its own arguments and gives back an
//! [`outcome::Outcome`]; what goes wrong is a sentence on standard error and an exit code:
//! 0 done, 1 refused or nothing found, 2 failure.

mod amend;
mod ansi;
mod answer;
mod args;
mod attest;
mod cite;
mod clock;
mod close;
mod completions;
mod config;
mod criteria;
mod dates;
mod decide;
mod demo;
mod desk;
mod drafts;
mod extract;
mod import;
mod keeper;
mod keys;
mod letter;
mod library;
mod lint;
mod list;
mod lock;
mod man;
mod note;
mod open;
mod out;
mod outcome;
mod parties;
mod precedents;
mod progress;
mod recuse;
mod screen;
mod show;
mod sign;
mod snippets;
mod snooze;
mod statement;
mod stats;
mod table;
mod themes;
mod user_keys;
mod user_settings;
mod user_theme;
mod verify;
mod words;

use args::{Cli, Command};
use clap::Parser;
use desk::Desk;
use std::ffi::OsString;

/// Runs one command line; the answer is the exit code.
pub fn run(arguments: impl Iterator<Item = OsString>) -> u8 {
    match Cli::try_parse_from(arguments) {
        Ok(cli) => finish(Command::run(
            cli.command,
            cli.fresh,
            &Desk::new(&cli.globals),
        )),
        Err(error) => explain(&error),
    }
}

fn finish(run: outcome::Run) -> u8 {
    let error = match run {
        Ok(outcome) => return outcome.code(),
        Err(error) => error,
    };
    let (code, sentence) = outcome::of_error(&error);
    if let Some(sentence) = sentence {
        out::note(&format!("imr: {sentence}"));
    }
    code
}

/// Help and version go to standard output; complaints repeat what was typed, so they are cleaned
/// like everything else.
fn explain(error: &clap::Error) -> u8 {
    let text = error.render().to_string();
    if error.use_stderr() {
        out::note(text.trim_end());
        return 2;
    }
    finish(
        out::Out::new()
            .text(&text)
            .map(|()| outcome::Outcome::Done)
            .map_err(Into::into),
    )
}
