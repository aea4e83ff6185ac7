//! Rank 1: bytes -> model. One file a format.

pub mod letter;
pub mod pdf;
