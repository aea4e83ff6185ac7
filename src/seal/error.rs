//! What can be wrong with sealed bytes.

/// Why bytes are no sealed determination that this program can vouch for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not JSON, not all the fields, or something after the end.
    #[error("the sealed determination cannot be read as JSON of the known shape")]
    Unreadable,
    /// Made by another version of this program.
    #[error(
        "the sealed determination has format {0}, this program knows format 1: use a newer version"
    )]
    UnknownFormat(u64),
    /// The same content has one text only, and this is another.
    #[error("the sealed determination is not in canonical form: its bytes were changed")]
    NotCanonical,
    /// Cannot happen for the types of `model`; kept so that nothing is ever sealed half.
    #[error("the content cannot be written as canonical JSON")]
    Unwritable,
}
