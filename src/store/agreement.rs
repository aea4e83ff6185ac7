//! How often the reviewer and the published determination agree.

use super::{Store, StoreError};

/// Agreement over all items of published determinations that were decided here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Agreement {
    /// Items decided here that have a published decision.
    pub compared: usize,
    /// Of them, where the decision made before the reveal was the published one.
    pub agreed: usize,
    /// Of them, changed or taken back after the published one was shown. They count above with
    /// their first decision.
    pub changed_after_reveal: usize,
}

impl Store {
    /// Counts the decisions made before the reveal against the published ones.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn agreement(&self) -> Result<Agreement, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT count(*), coalesce(sum(d.first_decision = p.decision), 0),
                    coalesce(sum(d.decision IS NOT d.first_decision), 0)
             FROM drafts d JOIN published p USING (case_id, item)
             WHERE d.first_decision IS NOT NULL",
        )?;
        Ok(query.query_row([], |row| {
            let figure = |at| {
                row.get::<_, i64>(at)
                    .map(|n| usize::try_from(n).unwrap_or(0))
            };
            Ok(Agreement {
                compared: figure(0)?,
                agreed: figure(1)?,
                changed_after_reveal: figure(2)?,
            })
        })?)
    }
}
