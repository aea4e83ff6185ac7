//! What can be typed: the commands and the options they share. Each command reads its own
//! arguments in its own file.

use super::desk::Desk;
use super::out::note;
use super::outcome::Run;
use super::{
    amend, answer, attest, cite, close, completions, config, criteria, dates, decide, demo, drafts,
    extract, import, keeper, keys, letter, library, lint, list, lock, man, note as note_facts,
    open, parties, precedents, recuse, screen, show, sign, snippets, snooze, stats, themes,
    user_settings, verify,
};
use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use std::path::PathBuf;

/// Decide medical-necessity disputes (Independent Medical Review) from a terminal.
///
/// Without a command: open the queue.
#[derive(Debug, Parser)]
#[command(name = "imr", version, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Cli {
    /// Options every command takes.
    #[command(flatten)]
    pub globals: Globals,
    /// Without a command: open the queue, not where you were last
    #[arg(long)]
    pub fresh: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER_HELP: &str = "Exit status: 0 done; 1 refused or nothing found; 2 failure, wrong usage, \
or a file of an import unread.\nResults go to standard output, everything else to standard error.";

/// Options every command takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Globals {
    /// The store file, in place of the usual one (or set IMR_STORE)
    #[arg(long, global = true, value_name = "FILE")]
    pub store: Option<PathBuf>,
    /// The folder of config.toml, keymap.toml and themes/ (or set IMR_CONFIG)
    #[arg(long, global = true, value_name = "DIR")]
    pub config: Option<PathBuf>,
    /// Theme of the screens; `imr themes` lists them
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// Fix the clock; what writes then takes a demonstration or test store only
    #[arg(long, global = true, value_name = "RFC3339")]
    pub now: Option<Timestamp>,
}

/// The commands. Order is that of a reviewer's day, and of `imr --help`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The program on a throw-away store of built-in practice cases
    Demo(demo::Args),
    /// Bring cases in: files and folders of letters (text, PDF) and case files (TOML, JSON)
    Import(import::Args),
    /// The queue
    List(list::Args),
    /// One case; published decisions stay hidden until you have decided
    Show(show::Args),
    /// Search the guideline shelf and the passages of your own guidelines
    Cite(cite::Args),
    /// Earlier determinations on items like this one: outcomes, citations, rationales
    Precedents(precedents::Args),
    /// Guidelines of your own: bring them in, list, read and take them out
    Library(library::Args),
    /// Decide one item of a case, cite for it, write its rationale
    Decide(decide::Args),
    /// The days that a case's clocks start on: show them, enter them
    Dates(dates::Args),
    /// Who has a stake in a case, and what looks like a conflict with you
    Parties(parties::Args),
    /// State that you have no conflict with the parties of a case
    Attest(attest::Args),
    /// Return a case that is not for you to decide
    Recuse(recuse::Args),
    /// Mark the criteria of a guideline for one item, and draft a rationale from the marks
    Criteria(criteria::Args),
    /// Note of an item what its request leaves open: formulary status, units a day, visits before
    Note(note_facts::Args),
    /// What a rationale read like before; compare, or take a text back
    Drafts(drafts::Args),
    /// Put cases off until a day, or take them up again
    Snooze(snooze::Args),
    /// Close cases without a decision
    Close(close::Args),
    /// What a hostile reader would find in a case or a letter, before the signature
    Lint(lint::Args),
    /// Check, attest and seal the determination of a case
    Sign(sign::Args),
    /// Open a signed case again; its next signature is an amendment
    Amend(amend::Args),
    /// Say why a lint may stand; the reason is kept with the case
    Answer(answer::Args),
    /// Print the letter of a signed case
    Letter(letter::Args),
    /// Agreement with published letters, own words and turnaround, by category
    Stats(stats::Args),
    /// Recompute the seals and the chain of events; name what differs
    Verify(verify::Args),
    /// Every action and its keys
    Keys(keys::Args),
    /// The themes, each with a sample of every role
    Themes(themes::Args),
    /// The snippets that can be inserted into a rationale: your own and the built-in ones
    Snippets(snippets::Args),
    /// The settings files
    Config(config::Args),
    /// The passphrase that opens a locked screen
    Lock(lock::Args),
    /// Print the screen after these keys, and exit; nothing is written
    Screen(screen::Args),
    /// A completion script for a shell
    Completions(completions::Args),
    /// The manual page
    Man(man::Args),
    #[command(name = "__extract", hide = true)]
    /// Text of one PDF, in a process of its own (started by `imr import`)
    Extract(extract::Args),
    #[command(name = crate::terminal::KEEPER_COMMAND, hide = true)]
    /// Gives the terminal back if imr is killed (started by `imr`)
    Keeper(keeper::Args),
}

impl Command {
    /// Does it show what is wrong in the settings itself, or not use them?
    fn tells_of_settings(&self) -> bool {
        matches!(
            self,
            Self::Demo(_)
                | Self::Themes(_)
                | Self::Config(_)
                | Self::Screen(_)
                | Self::Completions(_)
                | Self::Man(_)
                | Self::Extract(_)
                | Self::Keeper(_)
        )
    }

    /// Does what was asked.
    ///
    /// # Errors
    /// Refusals (exit code 1) and failures (exit code 2), as sentences.
    pub fn run(command: Option<Self>, is_fresh: bool, desk: &Desk) -> Run {
        let Some(command) = command else {
            return open::run(desk, is_fresh);
        };
        if !command.tells_of_settings() {
            let problems = user_settings::choose(desk)?.problems;
            problems.iter().for_each(|problem| note(problem));
        }
        match command {
            Self::Demo(args) => args.run(desk),
            Self::Import(args) => args.run(desk),
            Self::List(args) => args.run(desk),
            Self::Show(args) => args.run(desk),
            Self::Cite(args) => args.run(desk),
            Self::Precedents(args) => args.run(desk),
            Self::Library(args) => args.run(desk),
            Self::Decide(args) => args.run(desk),
            Self::Dates(args) => args.run(desk),
            Self::Parties(args) => args.run(desk),
            Self::Attest(args) => args.run(desk),
            Self::Recuse(args) => args.run(desk),
            Self::Criteria(args) => args.run(desk),
            Self::Note(args) => args.run(desk),
            Self::Drafts(args) => args.run(desk),
            Self::Snooze(args) => args.run(desk),
            Self::Close(args) => args.run(desk),
            Self::Lint(args) => args.run(desk),
            Self::Sign(args) => args.run(desk),
            Self::Amend(args) => args.run(desk),
            Self::Answer(args) => args.run(desk),
            Self::Letter(args) => args.run(desk),
            Self::Stats(args) => args.run(desk),
            Self::Verify(args) => args.run(desk),
            Self::Keys(args) => args.run(desk),
            Self::Themes(args) => args.run(desk),
            Self::Snippets(args) => args.run(desk),
            Self::Config(args) => args.run(desk),
            Self::Lock(args) => args.run(desk),
            Self::Screen(args) => args.run(desk),
            Self::Completions(args) => args.run(desk),
            Self::Man(args) => args.run(desk),
            Self::Extract(args) => args.run(desk),
            Self::Keeper(args) => args.run(desk),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_option_is_explained() {
        let root = Cli::command();
        for command in root.get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for arg in command.get_arguments() {
                let what = format!("{} {}", command.get_name(), arg.get_id());
                assert!(arg.get_help().is_some(), "{what}");
            }
        }
    }
}
