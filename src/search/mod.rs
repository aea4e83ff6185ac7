//! Rank 1: fuzzy matching and ranking. Pure; the only room that knows `fuzzy-matcher`.

mod fold;
pub mod fuzzy;
pub mod shelf;
