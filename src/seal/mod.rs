//! Rank 1: content -> sealed determination: canonical bytes, hash chain, verification.
//!
//! A sealed determination is RFC 8785 JSON: one text for one content, so that the same
//! determination always has the same hash. It is made here only, and nothing can change one.

mod canonical;
mod chain;
mod error;
mod sealed;

pub use canonical::canonical;
pub use chain::{event_hash, hash};
pub use error::SealError;
pub use sealed::{FORMAT, Sealed, read, seal};
