//! Wrong passphrases since the last right one.

use jiff::Timestamp;

/// Wrong passphrases since the last right one, whatever session they were typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Refusals {
    /// How many.
    pub count: u32,
    /// When the last of them was typed.
    pub last: Option<Timestamp>,
}
