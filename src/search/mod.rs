//! Rank 1: fuzzy matching and ranking. Pure; the only room that knows `fuzzy-matcher`.
//!
//! `fuzzy` is the one seam over that crate; `shelf` ranks what can be cited with it.

mod find;
pub(crate) mod fold;
pub mod fuzzy;
mod needle;
pub mod precedent;
mod query;
mod row;
pub mod shelf;
mod terms;
mod typo;
