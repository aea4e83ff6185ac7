//! What the program has to say: one line at the foot of the screen, and all of it again under `m`.

use jiff::Timestamp;
use std::collections::VecDeque;

/// How many are kept to be read again.
const KEPT: usize = 200;

/// How grave a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// An answer; gone with the next key.
    Notice,
    /// Something failed; stays until it is put away.
    Problem,
}

/// One sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// When.
    pub at: Timestamp,
    /// How grave.
    pub level: Level,
    /// The sentence.
    pub text: String,
}

/// All messages of this session.
#[derive(Debug, Default)]
pub struct Messages {
    log: VecDeque<Message>,
    is_shown: bool,
}

impl Messages {
    /// Says something.
    pub fn say(&mut self, at: Timestamp, level: Level, text: String) {
        self.log.push_back(Message { at, level, text });
        while self.log.len() > KEPT {
            self.log.pop_front();
        }
        self.is_shown = true;
    }

    /// The one at the foot of the screen.
    pub fn current(&self) -> Option<&Message> {
        self.log.back().filter(|_| self.is_shown)
    }

    /// Everything said, newest first.
    pub fn all(&self) -> impl Iterator<Item = &Message> {
        self.log.iter().rev()
    }

    /// A key was pressed: an answer has been read, a problem stays. True if the line changed.
    pub fn key_pressed(&mut self) -> bool {
        let is_read = self.current().is_some_and(|m| m.level == Level::Notice);
        if is_read {
            self.is_shown = false;
        }
        is_read
    }

    /// Puts the current line away. True if there was one.
    pub fn put_away(&mut self) -> bool {
        let was_shown = self.current().is_some();
        self.is_shown = false;
        was_shown
    }
}
