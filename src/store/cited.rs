//! How often this store cites what: "cited N times".

use super::{Store, StoreError};
use std::collections::HashMap;

/// Counts for one content of the database.
pub(super) type Cache = Option<((i64, u64), HashMap<String, u32>)>;

/// An open case counts with its draft, a signed one with the determination that counts; one closed
/// without a decision does not. (`part`: see the schema.)
const COUNTS: &str = "
    SELECT label, count(*) FROM citations_used JOIN queue USING (case_id)
    WHERE part IN (0, 1) GROUP BY label";

impl Store {
    /// How often each citation stands in drafts and determinations, by label. Published answers
    /// do not count: they would show through.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn cited_counts(&self) -> Result<HashMap<String, u32>, StoreError> {
        let stamp = self.stamp()?;
        if let Some((at, counts)) = self.cited_cache.borrow().as_ref()
            && *at == stamp
        {
            return Ok(counts.clone());
        }
        let mut query = self.connection.prepare_cached(COUNTS)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let counts: HashMap<String, u32> = rows.collect::<Result<_, _>>()?;
        *self.cited_cache.borrow_mut() = Some((stamp, counts.clone()));
        Ok(counts)
    }
}
