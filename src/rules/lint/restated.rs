//! Where a rationale says the request again: `the request for MRI of the left knee is ...`.

use super::desk::Text;
use super::facts::pattern;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static AGAIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:requests?(?: for(?: authorization (?:of|for))?| in question for|,| of|: )|requested|request that)",
        r"(?P<what>[^;]{3,240}?)",
        r"(?:\b(?:is|are|was|were|has|have|had|exceeds?|cannot|could|does|do|would|will|should|appears?|seems?|at this time)\b|[.;](?: |$)|$)",
    ))
});

/// A whole conclusion names what is asked for as its subject: `MRI of the knee is not ...`.
static SUBJECT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:^|[,;:] )(?P<what>[^,;:]{3,200}?)\b(?:is|are|was|were)\b(?: \w+){0,3} (?:not[- ])?medically",
    )
});

/// The words that stand for the request, in their order.
pub(super) fn spans(text: &Text) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    if let Some(again) = AGAIN.as_ref() {
        let found = again.captures_iter(&text.small);
        spans.extend(found.filter_map(|found| Some(found.name("what")?.range())));
    }
    let last = text.sentences().last().cloned();
    if let Some((range, subject)) = last.zip(SUBJECT.as_ref()) {
        let small = text.small.get(range.clone()).unwrap_or_default();
        let found = subject
            .captures(small)
            .and_then(|found| found.name("what").map(|m| m.range()));
        spans.extend(found.map(|found| range.start + found.start..range.start + found.end));
    }
    spans
}

/// Is the place within one of the spans?
pub(super) fn holds(spans: &[Range<usize>], at: usize) -> bool {
    spans.iter().any(|span| span.contains(&at))
}
