//! Rank 1: fuzzy matching and ranking. Pure; the only room that knows `fuzzy-matcher`.
//!
//! `fuzzy` is the one seam over that crate; `engine` finds the best of very many lines with it,
//! `shelf` ranks what can be cited. `passage_query` reads what is typed to find a passage,
//! `passage_rank` orders what was found.

pub mod case_file;
pub mod engine;
mod find;
pub(crate) mod fold;
pub mod fuzzy;
pub mod grammar;
mod needle;
pub mod passage_query;
pub mod passage_rank;
mod passage_text;
pub mod precedent;
mod query;
mod row;
pub mod shelf;
mod terms;
pub mod typo;
pub mod words;
