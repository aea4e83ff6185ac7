//! What the program wants done: `update` returns it, `jobs` performs it.

use crate::model::secret::Secret;
use crate::model::{Attestation, Bookmark, CaseId, Change, Content, QueueQuery, Trail};
use std::collections::BTreeSet;

/// One wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Read a window of the queue; only the newest generation is wanted.
    LoadQueue {
        /// Number of the request.
        generation: u64,
        /// What.
        query: QueueQuery,
    },
    /// Name every case that passes, as far as the query goes; only the newest generation is wanted.
    ListCases {
        /// Number of the request.
        generation: u64,
        /// Which.
        query: QueueQuery,
    },
    /// Read where the reviewer was, and what is shown there; without a bookmark, the queue as
    /// [`Effect::LoadQueue`] does.
    Resume {
        /// Number of the request.
        generation: u64,
        /// What to read where there is no bookmark.
        query: QueueQuery,
    },
    /// Keep where the reviewer is. Nobody waits for it, and nobody is told if it fails.
    Note(Box<Bookmark>),
    /// Read a case.
    OpenCase(CaseId),
    /// Search the shelf; only the newest generation is wanted.
    Search {
        /// Number of the request.
        generation: u64,
        /// As typed.
        query: String,
        /// What the current item asks for: ranks an empty query.
        context: String,
        /// How many answers.
        limit: usize,
    },
    /// Make a change durable; first in, first out, never dropped.
    Save {
        /// Number of the change.
        ticket: u64,
        /// Which case.
        case: CaseId,
        /// What.
        change: Change,
        /// Number of the last event of the case that this session knows to have touched the item:
        /// the store refuses the change where another session has touched it since.
        expected: Option<i64>,
        /// How a written rationale came to read so; kept with it, or not at all.
        trail: Option<Box<Trail>>,
    },
    /// Make changes of many cases durable, all at once; never dropped. Cases that do not take
    /// their change are left as they are.
    SaveAll {
        /// Number of the change.
        ticket: u64,
        /// Case and change.
        changes: Vec<(CaseId, Change)>,
    },
    /// Seal the determination of this case.
    Seal {
        /// Which case.
        case: CaseId,
        /// Agreed in the dialogue.
        attested: BTreeSet<Attestation>,
        /// What was shown when it was agreed to: this is sealed, or nothing is.
        shown: Box<Content>,
    },
    /// Lend the terminal to the reviewer's own editor on this rationale; comes back as
    /// [`super::Event::Edited`].
    EditOutside {
        /// Which case.
        case: CaseId,
        /// Item, from 0.
        item: usize,
        /// Its rationale.
        text: String,
    },
    /// Remove what an own editor had left under this name: it was taken, or is not wanted.
    Discard(String),
    /// Count agreement, words and turnaround over every item decided.
    CountStats,
    /// Check the passphrase, and note the try.
    Unlock {
        /// Argon2id, as it was set.
        hash: String,
        /// As typed.
        secret: Secret,
    },
    /// Put this on the terminal's clipboard.
    Clip(String),
    /// Give the terminal back and stop (SIGTSTP); the terminal room comes back with `Resumed`.
    Suspend,
    /// Assert raw mode, alternate screen and size again, and draw everything.
    Redraw,
    /// Drain the saves and leave.
    Quit,
}

impl Effect {
    /// Is it done by the terminal, rather than by a worker?
    pub fn is_terminals(&self) -> bool {
        matches!(
            self,
            Self::Suspend
                | Self::Redraw
                | Self::Quit
                | Self::Clip(_)
                | Self::EditOutside { .. }
                | Self::Discard(_)
        )
    }
}
