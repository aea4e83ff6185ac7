//! How a command ends: done, refused, or failed; and which exit code that is.

use crate::store::{SignRefused, StoreError};
use std::io;

/// How a command that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Done,
    /// Exit code 1: refused, or nothing found. What was refused has been said already.
    Refused,
    /// Exit code 2: part of the work failed, such as one unread file of many.
    Partial,
    /// What the terminal room says: 128 and more for a signal.
    Ended(u8),
}

/// What a command gives back.
pub type Run = anyhow::Result<Outcome>;

/// The reviewer's wish was understood and is not granted: exit code 1, and this sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// Ends a command with a refusal.
///
/// # Errors
/// Always: that is what it is for.
pub fn refuse<T>(sentence: impl Into<String>) -> anyhow::Result<T> {
    Err(Refused(sentence.into()).into())
}

impl Outcome {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Refused => 1,
            Self::Partial => 2,
            Self::Ended(code) => code,
        }
    }
}

/// The exit code of an error, and the sentence for standard error, where one is due.
pub fn of_error(error: &anyhow::Error) -> (u8, Option<String>) {
    // `imr list | head` ends the pipe on purpose: nobody is left to read a complaint.
    let is_broken_pipe = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe);
    match (is_broken_pipe, is_refusal(error)) {
        (true, _) => (0, None),
        (_, true) => (1, Some(error.to_string())),
        _ => (2, Some(format!("{error:#}"))),
    }
}

/// Some errors of the store are answers rather than failures.
fn is_refusal(error: &anyhow::Error) -> bool {
    use StoreError as E;
    let refuses = |error: &E| {
        matches!(
            error,
            E::Missing(_)
                | E::Exists(_)
                | E::NoCase(_)
                | E::Precedent(_)
                | E::Refused(_)
                | E::ChangedElsewhere { .. }
        )
    };
    let signing = error.downcast_ref::<SignRefused>();
    error.is::<Refused>()
        || error.downcast_ref::<StoreError>().is_some_and(refuses)
        || signing.is_some_and(|refused| !matches!(refused, SignRefused::Store(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn codes() {
        let refused = refuse::<()>("no").unwrap_err();
        assert_eq!(of_error(&refused), (1, Some("no".into())));
        let pipe: io::Result<()> = Err(io::ErrorKind::BrokenPipe.into());
        let pipe = pipe.context("writing").unwrap_err();
        assert_eq!(of_error(&pipe), (0, None));
        let other = anyhow::anyhow!("cause").context("what");
        assert_eq!(of_error(&other), (2, Some("what: cause".into())));
    }
}
