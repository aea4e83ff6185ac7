//! Rank 3: the program as a pure function. `update(&mut Model, Event, now) -> Vec<Effect>`.

pub(crate) mod act;
pub mod action;
pub mod available;
mod conflict;
pub mod dialogue;
pub mod doc;
pub mod editor;
pub mod effect;
pub mod event;
pub mod field;
pub mod hints;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod list;
pub mod messages;
pub mod model;
pub mod open_case;
pub mod palette;
pub mod picker;
pub mod preview;
pub mod questions;
pub mod queue;
mod resume;
pub mod saves;
pub mod sentences;
mod update;
pub mod wrap;

pub use action::{ACTIONS, Action, ActionSpec};
pub use effect::Effect;
pub use event::Event;
pub use key::{Key, KeyCode};
pub use keymap::Keymap;
pub use model::{Model, Setup};
pub use resume::resume;
pub use update::{start, update};
