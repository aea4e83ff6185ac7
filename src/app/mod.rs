//! Rank 3: the program as a pure function. `update(&mut Model, Event, now) -> Vec<Effect>`.

pub mod editor;
pub mod effect;
pub mod event;
pub mod key;

pub use effect::Effect;
pub use event::Event;
pub use key::{Key, KeyCode};
