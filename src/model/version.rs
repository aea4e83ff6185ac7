//! What a rationale read like before: kept at the end of each spell of writing and before many words
//! go at once.

use jiff::Timestamp;

/// One earlier text of a rationale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Number of the event that wrote it.
    pub seq: i64,
    /// When it was last saved so; for a signed one, when it was signed.
    pub at: Timestamp,
    /// Who wrote it.
    pub who: String,
    /// The whole text.
    pub text: String,
    /// Was it signed?
    pub is_signed: bool,
}

impl Version {
    /// How many words it has.
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }
}
