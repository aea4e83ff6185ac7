//! Rank 5: enter, leave, input, signals, one write a frame. The only room that knows `crossterm`.
//!
//! Who does what, and why nothing here can spin or stall:
//!
//! ```text
//! main      poll(terminal, wake pipe) without time-out unless a deadline stands; takes all that
//!           waits, tells the Program, hands its effects to the worker, draws once
//! writer    writes what the terminal did not take at once; no frame is drawn while the last one
//!           has not gone out
//! signals   turns signals into messages and wakes main
//! watch     sleeps until the terminal hangs up; then the watchdog ends the process in time even
//!           if main is stuck
//! keeper    another process: gives the terminal back if this one is killed
//! ```
//!
//! Input is read and decoded here (`decode`), not by `crossterm::event`, whose reader was seen to
//! stall after 1,024 waiting bytes, to block inside an unfinished sequence or paste (so that no
//! draft is saved meanwhile) and to spin for ever on a lost terminal. The terminal is never asked
//! anything: no cursor position, no attributes, no colours.

mod alarm;
#[cfg(test)]
mod bytes;
mod canvas;
mod charset;
mod clipboard;
mod colour;
mod decode;
mod error;
mod ink;
mod keeper;
mod keyboard;
mod modes;
mod outside;
mod painter;
mod panic;
mod program;
mod run;
mod screen;
mod scroll;
mod sequence;
mod session;
mod sheet;
mod signals;
mod suspend;
mod wake;
mod watchdog;
mod writer;

pub use charset::charset_problem;
pub use colour::{ColourDepth, sense};
pub use error::TerminalError;
pub use keeper::{COMMAND as KEEPER_COMMAND, keep};
pub use outside::Outside;
pub use program::{Program, Worker};
pub use ratatui::Frame;
pub use run::{Cause, Ended, Options, check, run};
pub use wake::{Wake, Waker};
