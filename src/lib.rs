//! `imr`: decide medical-necessity disputes from a terminal.
//!
//! The house. A room imports only rooms of lower rank; siblings do not import each other; there
//! are no cycles. `tests/house.rs` reads the imports and fails on any other arrow.
//!
//! ```text
//! rank 0  model/      what a case, item, finding, citation, decision, clock are; pure
//! rank 1  intake/     bytes -> model: letters (text, PDF), case files (TOML, JSON)
//!         search/     fuzzy matching (fuzzy-matcher) and ranking; pure
//!         rules/      clocks and the checks before signing: pure functions over a case
//!         prose/      spelling, readability and abbreviations of a written text; pure
//!         letter/     content -> text, Markdown, JSON
//!         seal/       content -> sealed determination: canonical bytes, hash chain
//!         settings/   config, keymap and theme files, read into names with file and line
//! rank 2  store/      the one SQLite database and every table in it; migrations
//! rank 3  library/    guideline shelves over the store: look-up of what can be cited
//!         app/        Model, the Action table, Keymap, update(Model, Event) -> Effects; pure
//! rank 4  ui/         draw(&Model, &Look, &mut Frame); pure; one file a screen
//!         jobs/       performs Effects on worker threads
//! rank 5  terminal/   enter, leave, input, signals, one write a frame
//! rank 6  cli/        commands; plain-text twins of every journey; starts the terminal
//!         main.rs     exit code
//! ```
//!
//! Closer rules, kept by the same test: `app` and `ui` import neither `store` nor `library`;
//! `crossterm` appears in `terminal` alone, `rusqlite` in `store` and `library` alone,
//! `fuzzy-matcher` in `search` alone.
//!
//! One key press: the terminal reads a batch -> [`app::Event::Keys`] -> the keymap resolves it to
//! an action -> `update` changes the Model and returns [`app::Effect`]s -> `jobs` performs them ->
//! one draw if anything changed -> one write.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::todo,
    clippy::unimplemented,
    clippy::dbg_macro,
    clippy::print_stdout,
    clippy::print_stderr
)]

pub mod app;
pub mod cli;
pub mod intake;
pub mod jobs;
pub mod letter;
pub mod library;
pub mod model;
pub mod prose;
pub mod rules;
pub mod seal;
pub mod search;
pub mod settings;
pub mod store;
pub mod terminal;
pub mod ui;
