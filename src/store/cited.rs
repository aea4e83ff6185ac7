//! How often this store cites what: "cited N times"; and what it cites often and of late.

use super::{Store, StoreError};
use std::collections::HashMap;
use std::rc::Rc;

/// Counts for one content of the database.
pub(super) type Cache = Option<((i64, u64), Rc<Cited>)>;

/// So many events on, a citation counts half.
const HALF: f64 = 500.0;

/// An open case counts with its draft, a signed one with the determination that counts; one closed
/// without a decision does not. (`part`: see the schema.) The event is the last by which the case
/// cited anything: the index of the events holds it.
const USES: &str = "
    SELECT label, (SELECT seq FROM events WHERE case_key = queue.key AND kind = 'cited'
                   ORDER BY seq DESC LIMIT 1)
    FROM citations_used JOIN queue USING (case_id)
    WHERE part IN (0, 1)";

/// What is cited, by label.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cited {
    /// How often.
    pub times: HashMap<String, u32>,
    /// Its place in the order of what is cited often and of late: from 1, the last is cited most.
    pub order: HashMap<String, u32>,
}

impl Cited {
    fn of(uses: Vec<(String, f64)>) -> Self {
        let newest = uses.iter().map(|(_, seq)| *seq).fold(0.0, f64::max);
        let mut sums: HashMap<String, (u32, f64)> = HashMap::new();
        for (label, seq) in uses {
            let (times, weight) = sums.entry(label).or_default();
            *times = times.saturating_add(1);
            *weight += ((seq - newest) / HALF).exp2();
        }
        let mut ordered: Vec<(&String, f64)> = sums.iter().map(|(l, (_, w))| (l, *w)).collect();
        ordered.sort_by(|(a, x), (b, y)| x.total_cmp(y).then_with(|| b.cmp(a)));
        let ordered = ordered.into_iter().map(|(label, _)| label.clone());
        Self {
            order: ordered.zip(1..).collect(),
            times: sums.into_iter().map(|(l, (times, _))| (l, times)).collect(),
        }
    }
}

impl Store {
    /// How often each citation stands in drafts and determinations, by label. Published answers
    /// do not count: they would show through.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn cited_counts(&self) -> Result<HashMap<String, u32>, StoreError> {
        Ok(self.cited()?.times.clone())
    }

    /// The same, with the order of what is cited often and of late.
    ///
    /// # Errors
    /// What the disk gives.
    pub fn cited(&self) -> Result<Rc<Cited>, StoreError> {
        let stamp = self.stamp()?;
        if let Some((at, cited)) = self.cited_cache.borrow().as_ref()
            && *at == stamp
        {
            return Ok(Rc::clone(cited));
        }
        let mut query = self.connection.prepare_cached(USES)?;
        let rows = query.query_map([], |row| {
            let seq: Option<i64> = row.get(1)?;
            let seq = u32::try_from(seq.unwrap_or_default()).unwrap_or(u32::MAX);
            Ok((row.get(0)?, f64::from(seq)))
        })?;
        let cited = Rc::new(Cited::of(rows.collect::<Result<_, _>>()?));
        *self.cited_cache.borrow_mut() = Some((stamp, Rc::clone(&cited)));
        Ok(cited)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_equals_the_last_cited_comes_first_and_often_beats_once() {
        let uses = [
            ("old", 1),
            ("new", 9),
            ("often", 2),
            ("often", 3),
            ("long ago", 1),
        ];
        let mut uses: Vec<(String, f64)> = uses.map(|(l, n)| (l.into(), f64::from(n))).into();
        let order = |cited: &Cited, label: &str| cited.order[label];
        let cited = Cited::of(uses.clone());
        assert!(order(&cited, "often") > order(&cited, "new"));
        assert!(order(&cited, "new") > order(&cited, "old"));
        assert_eq!(cited.times["often"], 2);
        uses.push(("just now".into(), 5_000.0));
        let cited = Cited::of(uses);
        assert!(
            order(&cited, "just now") > order(&cited, "often"),
            "twice, long ago"
        );
    }
}
