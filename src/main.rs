//! `imr`: the exit code.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::todo,
    clippy::unimplemented,
    clippy::dbg_macro,
    clippy::print_stdout,
    clippy::print_stderr
)]

use std::process::ExitCode;

fn main() -> ExitCode {
    // Before anything else: no file of this process is ever open to others.
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    ExitCode::from(imr::cli::run(std::env::args_os()))
}
