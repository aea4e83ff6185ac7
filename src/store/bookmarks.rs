//! Bookmarks: where each reviewer was.

use super::{Store, StoreError};
use crate::model::Bookmark;
use rusqlite::OptionalExtension;

impl Store {
    /// Where the reviewer was; nothing where none was noted, or where it says nothing to us.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn bookmark(&self, who: &str) -> Result<Option<Bookmark>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT place FROM bookmarks WHERE who = ?1")?;
        let place: Option<String> = query.query_row([who], |row| row.get(0)).optional()?;
        Ok(place.and_then(|place| serde_json::from_str(&place).ok()))
    }

    /// Notes where the reviewer is.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn set_bookmark(&mut self, who: &str, bookmark: &Bookmark) -> Result<(), StoreError> {
        let place = serde_json::to_string(bookmark)?;
        self.write_aside(|tx| {
            tx.prepare_cached("INSERT OR REPLACE INTO bookmarks VALUES (?1, ?2)")?
                .execute([who, place.as_str()])?;
            Ok(())
        })
    }
}
