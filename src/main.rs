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
    if std::env::args_os()
        .nth(1)
        .is_some_and(|word| word == imr::intake::pdf::CHILD_WORD)
    {
        return ExitCode::from(u8::from(imr::intake::pdf::serve().is_err()));
    }
    ExitCode::SUCCESS
}
