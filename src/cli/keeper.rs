//! `imr __keeper`: the process that gives the terminal back when the one that draws on it was
//! killed.

use super::desk::Desk;
use super::outcome::{Outcome, Run};
use crate::terminal;

/// Arguments of `imr __keeper`: none.
#[derive(Debug, clap::Args)]
pub struct Args {}

impl Args {
    /// Waits until the other process is gone.
    ///
    /// # Errors
    /// The pipe broke.
    pub fn run(&self, _: &Desk) -> Run {
        terminal::keep()?;
        Ok(Outcome::Done)
    }
}
