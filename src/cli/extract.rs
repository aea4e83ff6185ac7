//! `imr __extract`: the child process that reads PDF files for `imr import`.

use super::desk::Desk;
use super::outcome::{Outcome, Run};
use crate::intake::pdf;

/// Arguments of `imr __extract`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Tell the type size of each line
    #[arg(long)]
    sizes: bool,
}

impl Args {
    /// Serves until standard input is closed.
    ///
    /// # Errors
    /// The pipes broke, or the limits could not be set.
    pub fn run(&self, _: &Desk) -> Run {
        pdf::serve(self.sizes)?;
        Ok(Outcome::Done)
    }
}
