//! Rank 1: fuzzy matching and ranking. Pure; the only room that knows `fuzzy-matcher`.
//!
//! `fuzzy` is the one seam over that crate; `engine` finds the best of very many lines with it,
//! `shelf` ranks what can be cited.

pub mod engine;
mod find;
pub(crate) mod fold;
pub mod fuzzy;
mod needle;
mod query;
mod row;
pub mod shelf;
mod terms;
mod typo;
