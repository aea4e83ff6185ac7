//! `imr`: the exit code.

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
