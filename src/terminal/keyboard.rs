//! Standard input, read without ever waiting for it.

use super::decode::{Decoder, Input};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::time::Instant;

/// Reads at one go, at most 4 KiB each on Linux: then it is time for a frame.
const READS: usize = 256;

/// The terminal's input, with what is held of an unfinished sequence.
#[derive(Debug)]
pub(super) struct Keyboard {
    decoder: Decoder,
    last_read: Instant,
    is_lost: bool,
}

impl Keyboard {
    /// `erase` is the byte the terminal's Backspace sends.
    pub(super) fn new(erase: u8) -> Self {
        Self {
            decoder: Decoder::new(erase),
            last_read: Instant::now(),
            is_lost: false,
        }
    }

    /// Did a read say that the terminal is gone?
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Takes all that waits; call when `poll` says that something does, a hang-up included.
    pub(super) fn read(&mut self) -> Vec<Input> {
        let mut inputs = Vec::new();
        let mut taken = Vec::new();
        let mut buffer = [0; 4096];
        for _ in 0..READS {
            match rustix::io::read(rustix::stdio::stdin(), &mut buffer) {
                Ok(0) => self.is_lost = true,
                Ok(len) => {
                    self.last_read = Instant::now();
                    taken.extend_from_slice(buffer.get(..len).unwrap_or_default());
                }
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(_) => self.is_lost = true,
            }
            if self.is_lost || !more_waits() {
                break;
            }
        }
        // All at once: an end of a paste may stand in what was pasted.
        self.decoder.feed(&taken, &mut inputs);
        if self.is_lost {
            self.decoder.finish(&mut inputs);
        }
        inputs
    }

    /// When to call [`Self::settle`]; `None` when nothing is held.
    pub(super) fn settles_at(&self) -> Option<Instant> {
        self.decoder.patience().map(|wait| self.last_read + wait)
    }

    /// Gives up waiting for the rest of a sequence or paste whose time is over.
    pub(super) fn settle(&mut self) -> Vec<Input> {
        let mut inputs = Vec::new();
        if self.settles_at().is_some_and(|at| at <= Instant::now()) {
            self.decoder.expire(&mut inputs);
        }
        inputs
    }
}

fn more_waits() -> bool {
    let input = rustix::stdio::stdin();
    let mut fds = [PollFd::new(&input, PollFlags::IN)];
    let at_once = Timespec::default();
    matches!(poll(&mut fds, Some(&at_once)), Ok(ready) if ready > 0)
}
