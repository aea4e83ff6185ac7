//! What actions do: one file a place, one small function an action.

pub mod bulk;
pub mod case;
pub mod dialogues;
pub mod editing;
pub mod fields;
pub mod findings;
pub mod inserting;
pub mod items;
pub mod looking_up;
pub mod moving;
pub mod panes;
pub mod program;
pub mod queue;
pub mod reading;
pub mod records;
pub mod standing;
pub mod stats;
