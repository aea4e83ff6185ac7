//! What the program hears.

use super::key::Key;
use crate::model::leftover::Leftover;
use crate::model::{
    Bookmark, CaseFile, CaseId, Change, HistoryEntry, Hit, Published, QueuePage, SealedInfo,
};
use crate::rules::stats::Stats;

/// One thing that happened outside the pure part.
#[derive(Debug, Clone)]
pub enum Event {
    /// Keys, all that waited, in order.
    Keys(Vec<Key>),
    /// Pasted text, raw: `update` caps and cleans it.
    Paste(String),
    /// The terminal has this size.
    Resize {
        /// Columns.
        cols: u16,
        /// Rows.
        rows: u16,
    },
    /// The instant of `Model::deadline` has come.
    Elapsed,
    /// The signal or hang-up thread asks to leave: save what is typed.
    HangUp,
    /// A signal asks to stop for a while: save what is typed, then suspend.
    Stopping,
    /// Back from suspension.
    Resumed,
    /// The reviewer's own editor has ended.
    Edited {
        /// Which case.
        case: CaseId,
        /// Item, from 0.
        item: usize,
        /// The text that was handed out.
        base: String,
        /// The text that came back, raw, or why none did: a sentence.
        result: Result<String, String>,
    },
    /// What own editors had saved that were ended before they were done.
    Left(Vec<Leftover>),
    /// Answer to `Effect::Unlock`: is it the passphrase?
    Unlocked(bool),
    /// Answer to `Effect::LoadQueue` of that generation.
    Queue {
        /// Which request.
        generation: u64,
        /// The rows.
        page: QueuePage,
    },
    /// `Effect::LoadQueue` or `Effect::Resume` of that generation brought nothing.
    NoQueue {
        /// Which request.
        generation: u64,
        /// A sentence for the user.
        reason: String,
    },
    /// Answer to `Effect::ListCases` of that generation.
    Listed {
        /// Which request.
        generation: u64,
        /// In order.
        cases: Vec<CaseId>,
    },
    /// Answer to `Effect::Resume` of that generation, where there is a bookmark.
    Restored {
        /// Which request.
        generation: u64,
        /// Where the reviewer was.
        bookmark: Box<Bookmark>,
        /// The rows that its query asks for.
        page: QueuePage,
        /// Its case, if it has one and that can be read.
        file: Option<Box<CaseFile>>,
    },
    /// Answer to `Effect::OpenCase`.
    Opened(Box<CaseFile>),
    /// Answer to `Effect::Search` of that generation.
    Found {
        /// Which request.
        generation: u64,
        /// Best first.
        hits: Vec<Hit>,
    },
    /// Answer to `Effect::CountStats`.
    Counted(Box<Stats>),
    /// The change with this ticket is durable.
    Saved {
        /// Which change.
        ticket: u64,
        /// Its line in the event log.
        entry: HistoryEntry,
        /// The published decision that this change uncovered: item (from 0) and decision.
        revealed: Option<(usize, Published)>,
    },
    /// The changes with this ticket are durable, but for those that were refused.
    SavedAll {
        /// Which changes.
        ticket: u64,
        /// Which cases were changed, and what takes each change back.
        done: Vec<(CaseId, Option<Change>)>,
        /// Which were not, and why: half a sentence each.
        refused: Vec<(CaseId, String)>,
    },
    /// The change with this ticket was not saved.
    NotSaved {
        /// Which change.
        ticket: u64,
        /// A sentence for the user.
        reason: String,
    },
    /// The change with this ticket was not saved: another session had changed the item.
    Conflict {
        /// Which change.
        ticket: u64,
        /// The case as the store has it now.
        file: Box<CaseFile>,
    },
    /// The determination is sealed and durable.
    Sealed {
        /// Which case.
        case: CaseId,
        /// What was sealed.
        info: SealedInfo,
        /// The next open case by due date, if there is one.
        next: Option<CaseId>,
    },
    /// Sealing was refused: sentences on what blocks.
    NotSealed {
        /// Which case.
        case: CaseId,
        /// Each a sentence.
        reasons: Vec<String>,
    },
    /// Something else failed; a sentence for the user.
    Failed(String),
}
