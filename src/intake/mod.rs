//! Rank 1: bytes -> model. One file a format.
//!
//! ```text
//! files      paths -> files (no links out of folders, no pipes, capped)
//! format     bytes -> which format, decoded text
//! pdf        PDF -> text of pages, in a child process with limits
//! letter/    text of a determination letter -> what it says
//! case_file  TOML, JSON -> case
//! decision_table  CSV of published decisions -> precedents, line by line
//! csv_lines  CSV -> records with their lines and their text, capped
//! findings   summary -> dated facts
//! ledger     findings -> treatment had before
//! import     one file -> its case or cases
//! guideline/ one file -> a guideline's passages
//! citation_list  one file -> what can be cited by name
//! request/   text of a request -> its fields
//! many       many files on two workers, results in order
//! ```
//!
//! Everything that leaves this room has passed [`crate::model::text`]: no control characters, no
//! invisible ones.

pub mod case_file;
pub mod citation_list;
mod csv_lines;
pub mod decision_table;
pub mod files;
mod finding_context;
mod finding_dates;
mod finding_words;
pub mod findings;
pub mod format;
pub mod guideline;
pub mod import;
pub mod ledger;
pub mod letter;
pub mod many;
pub mod pdf;
mod pdf_lines;
pub mod request;

pub use files::{Collected, Found, PathError, collect, load};
pub use format::{Format, NotRead};
pub use import::{Imported, IntakeError, Reason, read, read_all};
pub use many::{FileResult, read_files};
