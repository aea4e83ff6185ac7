//! Rank 2: the one SQLite database and every table in it.
//!
//! One file, one schema (`migrations/`), one way to change a case: `change::apply` writes rows and
//! event in one transaction, for [`Store::apply`] and its like and for many cases at once
//! ([`Store::apply_all`]). Beside it a case comes in ([`Store::import`]) and is sealed
//! ([`Store::sign_as_read`]), each with its event too. Watched rows leave their hash in the event that changed them
//! (`table.rs`); events and determinations are chained; [`Store::verify`] recomputes all of it.
//! A published answer leaves the store only for an item that has been decided (`load.rs`).

mod accesses;
mod agreement;
mod at_hand;
mod backup;
mod bookmarks;
mod cells;
mod change;
mod cited;
mod connection;
mod continues;
mod determinations;
mod error;
mod events;
mod file;
mod guidelines;
mod import;
mod interrupt;
mod kind;
mod limits;
mod lists;
mod load;
mod passages;
mod precedent_rows;
mod precedents;
mod queue;
mod queue_bulk;
mod queue_roster;
mod queue_row;
mod queue_words;
mod reviewed;
mod rows;
mod schema;
mod sentence;
mod sign;
mod table;
mod trails;
mod verify;
mod verify_case;
mod verify_chain;
mod verify_schema;
mod versions;
mod write;

pub use agreement::Agreement;
pub use change::Applied;
pub use cited::Cited;
pub use error::StoreError;
pub use import::{Imported, NewCase};
pub use kind::Kind;
pub use lists::ListsStamp;
pub use precedents::Wanted;
pub use queue_bulk::{Bulk, Done};
pub use sign::{SignRefused, Signing};
pub use verify::VerifyReport;

use crate::model::{CaseFile, CaseId, KnownGuidelines, Limits, NoGuidelines};
use crate::seal::Sealed;
use load::Depth;
use rusqlite::Connection;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An open store. One handle serves one thread; several handles and processes may be open on one
/// file, and each sees what the others committed.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    identity: file::Identity,
    kind: Kind,
    /// Due dates are counted by these.
    limits: Arc<Limits>,
    /// What the gate asks of guidelines; the library has to tell it.
    known: Arc<dyn KnownGuidelines + Send + Sync>,
    /// Has a read or write failed in a way that leaves the connection in doubt?
    is_poisoned: Cell<bool>,
    /// Numbers of the events that this handle wrote: they are no news to its session.
    own_events: RefCell<BTreeSet<i64>>,
    /// Commits through this handle: `PRAGMA data_version` does not count our own.
    writes: Cell<u64>,
    at_hand: RefCell<Option<at_hand::AtHand>>,
    /// The queue in memory, once it was asked for what needs that.
    queue_cache: RefCell<Option<queue_roster::Roster>>,
    cited_cache: RefCell<cited::Cache>,
}

impl Store {
    /// Makes a new store and opens it. The file (mode 0600) gets its name only when it is whole.
    ///
    /// # Errors
    /// Anything that has the name already, and what the file system refuses.
    pub fn create(path: &Path, kind: Kind) -> Result<Self, StoreError> {
        if std::fs::symlink_metadata(path).is_ok() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        let draft = file::draft_of(path);
        file::create(&draft)?;
        let made = lay(&draft, kind).and_then(|()| file::publish(&draft, path));
        // The temporary name goes whether or not the store got its own.
        let _ = std::fs::remove_file(&draft);
        made?;
        Self::open(path)
    }

    /// Opens a store; never makes one. It counts by the limits that are built in: see
    /// [`Store::under`].
    ///
    /// # Errors
    /// No file, a file that is no store, a newer schema, a setting that does not take.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let identity = file::check(path)?;
        let mut connection = connection::open(path)?;
        schema::check(&connection, path)?;
        file::make_private(path)?;
        connection::settle(&connection, path)?;
        schema::migrate(&mut connection)?;
        Ok(Self {
            kind: schema::meta(&connection)?.kind,
            limits: Arc::default(),
            known: Arc::new(NoGuidelines),
            connection,
            path: path.to_owned(),
            identity,
            is_poisoned: Cell::new(false),
            own_events: RefCell::default(),
            writes: Cell::new(0),
            at_hand: RefCell::default(),
            queue_cache: RefCell::default(),
            cited_cache: RefCell::default(),
        })
    }

    /// Opens the store, or makes a normal one where there is nothing.
    ///
    /// # Errors
    /// As [`Store::open`] and [`Store::create`].
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        match Self::open(path) {
            Err(StoreError::Missing(_)) => match Self::create(path, Kind::Normal) {
                // Another process was faster.
                Err(StoreError::Exists(_)) => Self::open(path),
                made => made,
            },
            opened => opened,
        }
    }

    /// Tells the gate what is known of the guidelines that the next case to be signed cites. It asks
    /// where rules.toml has made a check of them blocking.
    pub fn set_known(&mut self, known: Arc<dyn KnownGuidelines + Send + Sync>) {
        self.known = known;
    }

    /// What the store was made for.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the user should know of where the store lies: sentences.
    pub fn warnings(&self) -> Vec<String> {
        let open = file::folder_is_open(&self.path).then_some(
            "the store's folder can be read by others on this machine: chmod 700 closes it",
        );
        let remote = file::is_remote(&self.path).then_some({
            "the store lies on a network file system: it is used without WAL, by one machine at a time"
        });
        open.into_iter().chain(remote).map(str::to_owned).collect()
    }

    /// A case as it may be shown: the published answer of an item only once it has been decided.
    ///
    /// # Errors
    /// What the disk or a damaged row gives.
    pub fn case(&self, case: &CaseId) -> Result<Option<CaseFile>, StoreError> {
        let read = self.connection.unchecked_transaction()?;
        let Some(case_id) = load::case_id(&read, case)? else {
            return Ok(None);
        };
        let (anchor, mut shown) = load::case_file(&read, case_id, Depth::Shown)?;
        self.read_in_hand(&read, anchor, &shown)?;
        shown.draft.trails = trails::of_case(&read, case_id, &shown.draft.items)?;
        Ok(Some(shown))
    }

    /// The sealed determinations of a case, oldest first; the last one counts.
    ///
    /// # Errors
    /// Bytes that are no sealed determination of a known format.
    pub fn sealed(&self, case: &CaseId) -> Result<Vec<Sealed>, StoreError> {
        determinations::of_case(&self.connection, case)
    }

    /// Stands for the content of the database: the same stamp, the same content.
    fn stamp(&self) -> Result<(i64, u64), StoreError> {
        let version = self
            .connection
            .pragma_query_value(None, "data_version", |row| row.get(0))?;
        Ok((version, self.writes.get()))
    }
}

fn lay(path: &Path, kind: Kind) -> Result<(), StoreError> {
    let mut connection = connection::open(path)?;
    // Still in rollback-journal mode: the file is whole without a `-wal` beside it.
    connection::settle_for_laying(&connection)?;
    schema::lay(&mut connection, kind)?;
    connection.close().map_err(|(_, e)| e.into())
}

impl Drop for Store {
    /// On a clean end the log is emptied into the file: deleted text must not linger in it.
    fn drop(&mut self) {
        if self.is_poisoned.get() {
            return;
        }
        // Nobody can be told of a failure here, and none loses anything: the log stays valid.
        let _ = self.connection.busy_timeout(std::time::Duration::ZERO);
        let _ = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }
}
