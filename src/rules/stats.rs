//! How often the reviewer and published determinations agree, and the reviewer's own words and
//! turnaround. Pure: items in, figures out.
//!
//! Agreement counts the decision made before the published one was shown; what was changed later is
//! counted apart. The interval of a share is Wilson's; kappa is Cohen's, its interval by the usual
//! large-sample error, both at 95 %.

use super::clock;
use crate::model::{Date, Decision, Reviewed};
use jiff::civil::Weekday;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use std::collections::BTreeMap;

/// Standard errors to either side that hold 95 %.
const Z: f64 = 1.959_963_984_540_054;
/// Weeks that are told one by one, this one included.
pub const WEEKS: usize = 26;

/// A value and between which two it lies with 95 % confidence.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Not below.
    pub low: f64,
    /// Not above.
    pub high: f64,
}

/// Agreement over some items.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Agreement {
    /// Items that have a published decision.
    pub compared: usize,
    /// Of them, where the first decision was the published one.
    pub agreed: usize,
    /// Of them, changed after the published one was shown; they count above with the first.
    pub changed_after_reveal: usize,
    /// Share agreed, 0 to 1; none where nothing was compared.
    pub share: Option<Estimate>,
    /// Cohen's kappa; none where both always say the same one thing, for then it says nothing.
    pub kappa: Option<Estimate>,
}

/// Figures of one category, or of all items.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Group {
    /// Category, or `all`.
    pub category: String,
    /// Items decided.
    pub items: usize,
    /// Of them, overturned.
    pub overturned: usize,
    /// With published letters.
    pub agreement: Agreement,
    /// Median of the words of a rationale, of those that have any.
    pub words: Option<f64>,
    /// Median of the days from when a case came in to its first signature.
    pub days: Option<f64>,
}

/// One week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// Items signed in it.
    pub signed: usize,
}

/// Everything.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Stats {
    /// Over all items.
    pub all: Group,
    /// By category, the largest first.
    pub categories: Vec<Group>,
    /// The last [`WEEKS`] weeks, oldest first.
    pub weeks: Vec<Week>,
    /// Every item.
    pub items: Vec<Reviewed>,
}

/// The figures over these items, as they are at that instant.
pub fn of(items: Vec<Reviewed>, now: Timestamp) -> Stats {
    let mut by: BTreeMap<&str, Vec<&Reviewed>> = BTreeMap::new();
    for item in &items {
        by.entry(item.category).or_default().push(item);
    }
    let mut categories: Vec<Group> = by.iter().map(|(name, of)| group(name, of)).collect();
    categories.sort_by_key(|group| std::cmp::Reverse(group.items));
    let all: Vec<&Reviewed> = items.iter().collect();
    Stats {
        all: group("all", &all),
        categories,
        weeks: weeks(&items, clock::today(now)),
        items,
    }
}

fn group(category: &str, items: &[&Reviewed]) -> Group {
    let words = items.iter().filter(|item| item.words > 0);
    let days = items.iter().filter_map(|item| {
        let seconds = item.signed?.as_second() - item.came.as_second();
        Some(seconds.max(0) as f64 / 86_400.0)
    });
    let overturned = |item: &&&Reviewed| item.decision == Decision::Overturned;
    Group {
        category: category.to_owned(),
        items: items.len(),
        overturned: items.iter().filter(overturned).count(),
        agreement: agreement(items),
        words: median(words.map(|item| item.words as f64).collect()),
        days: median(days.collect()),
    }
}

fn agreement(items: &[&Reviewed]) -> Agreement {
    let pairs: Vec<(Decision, Decision)> = items
        .iter()
        .filter_map(|item| Some((item.first, item.published?)))
        .collect();
    let agreed = pairs.iter().filter(|(own, other)| own == other).count();
    let changed = items.iter().filter(|item| item.is_changed_after_reveal());
    Agreement {
        compared: pairs.len(),
        agreed,
        changed_after_reveal: changed.count(),
        share: wilson(agreed, pairs.len()),
        kappa: kappa(&pairs),
    }
}

/// Wilson's interval of a share: it stays between 0 and 1, and holds for few items too.
pub fn wilson(hits: usize, of: usize) -> Option<Estimate> {
    if of == 0 {
        return None;
    }
    let (hits, n) = (hits as f64, of as f64);
    let share = hits / n;
    let squared = Z * Z;
    let middle = (share + squared / (2.0 * n)) / (1.0 + squared / n);
    let spread = (share * (1.0 - share) / n + squared / (4.0 * n * n)).sqrt();
    let half = Z * spread / (1.0 + squared / n);
    Some(Estimate {
        value: share,
        low: (middle - half).max(0.0),
        high: (middle + half).min(1.0),
    })
}

/// Cohen's kappa of two who decide: agreement beyond what their shares alone would give.
pub fn kappa(pairs: &[(Decision, Decision)]) -> Option<Estimate> {
    if pairs.is_empty() {
        return None;
    }
    let n = pairs.len() as f64;
    let share = |is: &dyn Fn(&(Decision, Decision)) -> bool| {
        pairs.iter().filter(|pair| is(pair)).count() as f64 / n
    };
    let observed = share(&|(own, other)| own == other);
    let own = share(&|(own, _)| *own == Decision::Upheld);
    let other = share(&|(_, other)| *other == Decision::Upheld);
    let expected = own * other + (1.0 - own) * (1.0 - other);
    if 1.0 - expected < f64::EPSILON {
        return None;
    }
    let value = (observed - expected) / (1.0 - expected);
    let error = (observed * (1.0 - observed) / n).sqrt() / (1.0 - expected);
    Some(Estimate {
        value,
        low: (value - Z * error).max(-1.0),
        high: (value + Z * error).min(1.0),
    })
}

/// The middle one; of an even number the middle of the middle two.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    let upper = values.get(half).copied()?;
    match values.len() % 2 {
        0 => Some(f64::midpoint(values.get(half - 1).copied()?, upper)),
        _ => Some(upper),
    }
}

fn weeks(items: &[Reviewed], today: Date) -> Vec<Week> {
    let mut signed: BTreeMap<Date, usize> = BTreeMap::new();
    for at in items.iter().filter_map(|item| item.signed) {
        if let Some(monday) = monday(clock::today(at)) {
            *signed.entry(monday).or_default() += 1;
        }
    }
    let Some(last) = monday(today) else {
        return Vec::new();
    };
    let ago = (0..WEEKS).rev().filter_map(|n| i32::try_from(n).ok());
    let mondays = ago.filter_map(|n| last.checked_sub((7 * n).days()).ok());
    let week = |monday| Week {
        monday,
        signed: signed.get(&monday).copied().unwrap_or(0),
    };
    mondays.map(week).collect()
}

fn monday(day: Date) -> Option<Date> {
    let since = day.weekday().since(Weekday::Monday);
    day.checked_sub(i32::from(since).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CaseId;
    use Decision::{Overturned as O, Upheld as U};

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-4, "{found}, not {expected}");
    }

    /// So many of each pair: own decision, published one.
    fn pairs(counts: [(Decision, Decision, usize); 4]) -> Vec<(Decision, Decision)> {
        let each = counts.iter().map(|(a, b, n)| vec![(*a, *b); *n]);
        each.flatten().collect()
    }

    #[test]
    fn kappa_by_hand() {
        let of = |uu, uo, ou, oo| {
            kappa(&pairs([(U, U, uu), (U, O, uo), (O, U, ou), (O, O, oo)])).map(|k| k.value)
        };
        near(of(10, 0, 0, 10).unwrap(), 1.0);
        // Each of the four as often: what chance gives.
        near(of(5, 5, 5, 5).unwrap(), 0.0);
        // Never the same.
        near(of(0, 10, 10, 0).unwrap(), -1.0);
        // The textbook example: 20 and 15 alike, 5 and 10 not: 0.7 against 0.5.
        near(of(20, 5, 10, 15).unwrap(), 0.4);
        assert_eq!(of(7, 0, 0, 0), None, "both always upheld: nothing is said");
        assert_eq!(of(0, 0, 0, 0), None);
    }

    #[test]
    fn the_interval_of_kappa_by_hand() {
        let found = kappa(&pairs([(U, U, 20), (U, O, 5), (O, U, 10), (O, O, 15)])).unwrap();
        // sqrt(0.7 x 0.3 / 50) / 0.5 = 0.12961; 1.96 of it is 0.25404.
        near(found.low, 0.14596);
        near(found.high, 0.65404);
    }

    #[test]
    fn wilson_by_hand() {
        // 8 of 10: 0.4902 to 0.9433.
        let found = wilson(8, 10).unwrap();
        near(found.value, 0.8);
        near(found.low, 0.4902);
        near(found.high, 0.9433);
        // All of 10 is not certainty: 0.7225 and up.
        let all = wilson(10, 10).unwrap();
        near(all.low, 0.7225);
        near(all.high, 1.0);
        let none = wilson(0, 10).unwrap();
        near(none.low, 0.0);
        near(none.high, 0.2775);
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn the_middle_one() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(vec![]), None);
    }

    fn item(category: &'static str, first: Decision, now: Decision) -> Reviewed {
        Reviewed {
            case: CaseId::typed("CM16-0000001"),
            item: 1,
            request: "MRI".into(),
            category,
            first,
            decision: now,
            published: Some(U),
            words: 100,
            came: "2026-01-05T17:00:00Z".parse().unwrap(),
            signed: Some("2026-01-07T05:00:00Z".parse().unwrap()),
        }
    }

    #[test]
    fn agreement_counts_the_first_decision_and_tells_of_later_ones() {
        let items = vec![
            item("surgery", U, U),
            item("injection", O, U),
            item("injection", U, O),
        ];
        let now = "2026-01-15T17:00:00Z".parse().unwrap();
        let stats = of(items, now);
        let all = stats.all.agreement;
        assert_eq!((all.compared, all.agreed), (3, 2));
        assert_eq!(all.changed_after_reveal, 2);
        let names: Vec<_> = stats
            .categories
            .iter()
            .map(|g| g.category.as_str())
            .collect();
        assert_eq!(names, ["injection", "surgery"]);
        assert_eq!(stats.categories[0].agreement.agreed, 1);
        assert_eq!((stats.all.words, stats.all.days), (Some(100.0), Some(1.5)));
        assert_eq!(stats.weeks.len(), WEEKS);
        let last: Vec<usize> = stats.weeks.iter().rev().take(3).map(|w| w.signed).collect();
        assert_eq!(last, [0, 3, 0]);
        assert_eq!(stats.weeks[24].monday, jiff::civil::date(2026, 1, 5));
    }

    #[test]
    fn own_cases_are_counted_but_not_compared() {
        let mut own = item("surgery", O, O);
        own.published = None;
        own.signed = None;
        own.words = 0;
        let stats = of(vec![own], "2026-01-15T17:00:00Z".parse().unwrap());
        assert_eq!((stats.all.items, stats.all.agreement.compared), (1, 0));
        assert_eq!((stats.all.words, stats.all.days), (None, None));
        assert_eq!(stats.all.agreement.share, None);
    }
}
