//! Where keys lead, in one place: when the keymap changes, the tests change here.

use super::Pty;

/// On screen once the queue can be used.
pub const QUEUE: &str = "Queue";

/// From the queue into the rationale editor of the first item of the case under the cursor.
pub fn open_editor(pty: &Pty) {
    pty.wait_for(QUEUE);
    pty.send("\r");
    pty.wait_for("3 Items");
    pty.send("3");
    pty.wait_for("Why");
    pty.send("e");
    pty.wait_for("Why (writing)");
}
