//! Why the terminal could not be used.

use std::io;

/// Each a sentence for the user.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Standard input or output is a file, a pipe or closed.
    #[error(
        "imr draws on a terminal, and standard input and output are not both one. \
         The plain commands do the same work: imr import PATH, imr list, imr show CASE, \
         imr cite WORDS, imr decide CASE ITEM, imr sign CASE, imr letter CASE; imr screen --linear \
         says a screen in words; imr help lists them all."
    )]
    NotATerminal,
    /// `TERM=dumb`.
    #[error(
        "This terminal says it can only print lines (TERM=dumb). \
         The plain commands do the same work: imr import PATH, imr list, imr show CASE, \
         imr cite WORDS, imr decide CASE ITEM, imr sign CASE, imr letter CASE; imr screen --linear \
         says a screen in words; imr help lists them all."
    )]
    Dumb,
    /// The operating system refused something.
    #[error("The terminal could not be {doing}: {source}.")]
    System {
        /// What was tried, as a participle.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

impl TerminalError {
    /// For `map_err`.
    pub(super) fn while_being<E: Into<io::Error>>(doing: &'static str) -> impl FnOnce(E) -> Self {
        move |source| Self::System {
            doing,
            source: source.into(),
        }
    }
}
