//! The command line as a script or a screen reader uses it: the real binary, its exit codes and
//! its words.

#[path = "cli/blind.rs"]
mod blind;
#[path = "cli/craft.rs"]
mod craft;
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/importing.rs"]
mod importing;
#[path = "cli/journey.rs"]
mod journey;
#[path = "cli/lint.rs"]
mod lint;
#[path = "cli/pictures.rs"]
mod pictures;
#[path = "cli/plain.rs"]
mod plain;
#[path = "cli/precedents.rs"]
mod precedents;
#[path = "cli/queue.rs"]
mod queue;
#[path = "cli/refusals.rs"]
mod refusals;
#[path = "cli/room.rs"]
mod room;
#[path = "cli/terminal.rs"]
mod terminal;
#[path = "cli/usage.rs"]
mod usage;
