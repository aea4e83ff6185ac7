//! Words that an own editor had saved when it was ended before it was done.

use super::number::CaseId;

/// Words that an own editor had saved when it was ended before it was done: by a signal, with the
/// line, or with the whole machine. They are no draft until the reviewer takes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// What their file goes by.
    pub name: String,
    /// Which case.
    pub case: CaseId,
    /// Item, from 0.
    pub item: usize,
    /// The text that was handed out.
    pub base: String,
    /// The text that was saved, raw.
    pub text: String,
}
