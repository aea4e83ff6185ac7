//! Rank 1: bytes -> model. One file a format.

mod finding_words;
pub mod findings;
pub mod letter;
pub mod pdf;
