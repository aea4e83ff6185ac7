//! When editions are in force (`editions.toml`): a fact of an edition, not of each of its entries.

use crate::model::Effective;
use serde::Deserialize;
use std::sync::{Arc, LazyLock};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Editions {
    span: Vec<Span>,
}

/// One `[[span]]` as written; the head of the file says what its fields mean.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    #[serde(default)]
    titles: Vec<String>,
    year: Option<i16>,
    mtus: bool,
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    unverified: bool,
}

/// Spans with what they say, made once: many entries share one. A test keeps a table that does not
/// read from being built.
static SPANS: LazyLock<Vec<(Span, Arc<Effective>)>> = LazyLock::new(|| {
    let read: Result<Editions, _> = toml::from_str(include_str!("editions.toml"));
    let spans = read.map(|file| file.span).unwrap_or_default();
    spans.into_iter().map(said).collect()
});

fn said(mut span: Span) -> (Span, Arc<Effective>) {
    let effective = Effective {
        from: span.from.take(),
        to: span.to.take(),
        is_unverified: span.unverified,
    };
    (span, Arc::new(effective))
}

/// When the edition of an entry is in force; nothing where the table does not say.
pub(super) fn effective(mtus: bool, title: &str, year: Option<i16>) -> Option<Arc<Effective>> {
    let fits = |span: &Span| {
        let is_titled = span.titles.is_empty() && year.is_some();
        span.mtus == mtus
            && span.year == year
            && (is_titled || span.titles.iter().any(|known| known == title))
    };
    let found = SPANS.iter().find(|(span, _)| fits(span));
    found.map(|(_, effective)| Arc::clone(effective))
}

#[cfg(test)]
mod tests {
    use super::super::builtin;
    use super::*;
    use crate::model::Date;

    /// First and last day of what is written, to compare.
    fn day(written: &str, end: &str) -> Date {
        let whole = match written.len() {
            4 => format!("{written}{end}"),
            _ => written.to_owned(),
        };
        whole.parse().unwrap()
    }

    #[test]
    fn the_table_reads_and_its_spans_are_in_order() {
        let file: Editions = toml::from_str(include_str!("editions.toml")).unwrap();
        assert_eq!(file.span.len(), SPANS.len());
        for (_, effective) in SPANS.iter() {
            let from = effective.from.as_deref().map(|from| day(from, "-01-01"));
            let to = effective.to.as_deref().map(|to| day(to, "-12-31"));
            assert!(from.is_some() || to.is_some());
            assert!(from.zip(to).is_none_or(|(from, to)| from < to));
        }
    }

    /// A title or a year that no entry has is a slip of the pen, here or there.
    #[test]
    fn every_span_is_of_an_entry_and_every_dated_edition_of_the_mtus_has_one() {
        let shelf = builtin().unwrap();
        for (span, effective) in SPANS.iter() {
            let has = |e: &&Arc<Effective>| Arc::ptr_eq(e, effective);
            let used = shelf.iter().filter_map(|e| e.effective.as_ref());
            assert!(
                used.into_iter().any(|e| has(&e)),
                "{:?} {:?}",
                span.titles,
                span.year
            );
        }
        for entry in shelf
            .iter()
            .filter(|e| e.citation.mtus && e.citation.year.is_some())
        {
            assert!(entry.effective.is_some(), "{}", entry.key);
        }
    }

    #[test]
    fn an_edition_says_when_it_is_in_force() {
        let of = |title, year| effective(true, title, year).map(|e| e.to_string());
        let neck = of("Neck and Upper Back Complaints", Some(2004));
        assert_eq!(
            neck.as_deref(),
            Some("2007-06-15 to 2017-11-30 (unverified)")
        );
        assert_eq!(
            of("Postsurgical Treatment", Some(2009)).as_deref(),
            Some("from 2009-07-18 (unverified)")
        );
        assert_eq!(of("Neck and Upper Back Complaints", None), None);
        assert_eq!(effective(false, "Low Back", None), None);
    }
}
