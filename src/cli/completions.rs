//! `imr completions SHELL`.

use super::args::Cli;
use super::desk::Desk;
use super::outcome::{Outcome, Run};
use clap::CommandFactory;
use clap_complete::Shell;

/// Arguments of `imr completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which shell
    shell: Shell,
}

impl Args {
    /// Prints the script.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn run(&self, desk: &Desk) -> Run {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "imr", &mut script);
        desk.out.raw(&script)?;
        Ok(Outcome::Done)
    }
}
