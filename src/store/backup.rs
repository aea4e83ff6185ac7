//! A copy of the store while it is in use. (Copying the file itself would miss the log.)

use super::{Store, StoreError, connection, file};
use rusqlite::backup::Backup;
use std::path::Path;
use std::time::Duration;

/// Pages copied between two looks at other writers.
const STEP: i32 = 1024;

impl Store {
    /// Writes a whole copy to a new file, mode 0600. The name appears only when it is complete.
    ///
    /// # Errors
    /// Anything that has the name already, and what the disk gives.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        if std::fs::symlink_metadata(to).is_ok() {
            return Err(StoreError::Exists(to.to_owned()));
        }
        let draft = file::draft_of(to);
        file::create(&draft)?;
        let made = self.copy(&draft).and_then(|()| file::publish(&draft, to));
        let _ = std::fs::remove_file(&draft);
        made
    }

    fn copy(&self, draft: &Path) -> Result<(), StoreError> {
        let mut copy = connection::open(draft)?;
        Backup::new(&self.connection, &mut copy)?.run_to_completion(STEP, Duration::ZERO, None)?;
        // The copy carries the mark of WAL; without a log beside it, one file must be the whole.
        connection::expect_set(&copy, "journal_mode", "delete")?;
        copy.close().map_err(|(_, e)| StoreError::from(e))?;
        std::fs::File::open(draft)
            .and_then(|f| f.sync_all())
            .map_err(|source| StoreError::File {
                path: draft.to_owned(),
                source,
            })
    }
}
