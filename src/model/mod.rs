//! Rank 0: what a case, item, finding, citation, decision and clock are. Pure: no files, no clock
//! of the machine, no terminal.

pub mod bookmark;
pub mod case;
pub mod case_file;
pub mod case_json;
pub mod change;
pub mod citation;
mod citation_parts;
pub mod citation_text;
pub mod clock;
pub mod date;
pub mod decision;
pub mod determination;
pub mod draft;
pub mod filter;
pub mod finding;
pub mod leftover;
pub mod merge;
pub mod nearest;
pub mod number;
pub mod pages;
pub mod place;
pub mod queue;
pub mod quoting;
pub mod record;
pub mod refusals;
pub mod request;
pub mod reviewer;
pub mod secret;
pub mod sentences;
pub mod shelf;
mod span;
pub mod text;
pub mod trail;

pub use bookmark::Bookmark;
pub use case::{
    Case, Credentials, Header, Item, Patient, Priority, Published, Sex, Stage, Ur, UrAction,
};
pub use case_file::{CaseFile, ChangeRefused, SealedInfo};
pub use change::{Change, HistoryEntry};
pub use citation::{Citation, Rank, Source};
pub use clock::{Clock, ClockState};
pub use date::Date;
pub use decision::Decision;
pub use determination::{Content, DecidedItem, Incomplete, Lack, ListedRecord};
pub use draft::{Draft, ItemDraft};
pub use filter::{Filter, FilterError};
pub use finding::{Finding, FindingKind, FindingSource};
pub use number::{CaseId, CaseNumber};
pub use pages::PageRange;
pub use queue::{OwnView, QueueCounts, QueueItem, QueuePage, QueueQuery, QueueRow, Sort, View};
pub use record::Record;
pub use request::Request;
pub use reviewer::{Attestation, Reviewer};
pub use shelf::{Hit, ShelfEntry};
pub use trail::Trail;
