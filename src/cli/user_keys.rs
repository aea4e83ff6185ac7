//! The keymap in force: the table of actions, and the user's file over it.

use super::desk::Desk;
use crate::app::keymap::{Keymap, Patch};
use crate::settings::{Binding, KEYMAP_FILE};

/// The keymap, and everything wrong with the user's file as sentences with file and line.
pub fn read(desk: &Desk) -> (Keymap, Vec<String>) {
    let patches: Vec<Patch> = desk.settings().bindings.iter().map(patch).collect();
    Keymap::patched(&patches)
}

fn patch(binding: &Binding) -> Patch {
    Patch {
        place: format!("{KEYMAP_FILE}:{}", binding.line),
        context: binding.context.clone(),
        action: binding.action.clone(),
        keys: binding.sequences.clone(),
    }
}
