//! Where a rationale says the request again: `the request for MRI of the left knee is ...`.

use super::desk::Text;
use super::facts::pattern;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static BEGIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\brequest(?:s?(?: for(?: authorization (?:of|for))?| in question for|,| of|: )|ed| that)",
    )
});

static END: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\b(?:is|are|was|were|has|have|had|exceeds?|cannot|could|does|do|would|will|should|appears?|seems?|at this time)\b|[.;](?: |$)",
    )
});

/// The request said again has at least so many bytes ...
const SHORTEST: usize = 3;
/// ... and at most so many.
const LONGEST: usize = 240;

/// From the word `request` on to the verb or the stop behind it.
fn again(small: &str) -> Vec<Range<usize>> {
    let (Some(begin), Some(end)) = (BEGIN.as_ref(), END.as_ref()) else {
        return Vec::new();
    };
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(found) = begin.find_at(small, from) {
        from = found.end();
        let behind = small.get(from..).unwrap_or_default();
        let mut most = behind.len().min(LONGEST);
        while !behind.is_char_boundary(most) {
            most -= 1;
        }
        let mut least = SHORTEST.min(most);
        while !behind.is_char_boundary(least) {
            least += 1;
        }
        // Whole words: the verb may stand across the farthest byte.
        let stop = end.find_at(behind, least).map(|stop| stop.start());
        let length = match stop {
            Some(length) if length <= most => length,
            None if behind.len() <= LONGEST => behind.len(),
            _ => continue,
        };
        let is_one = behind.get(..length).is_some_and(|what| !what.contains(';'));
        if length >= SHORTEST && is_one {
            spans.push(from..from + length);
            from += length;
        }
    }
    spans
}

/// A whole conclusion names what is asked for as its subject: `MRI of the knee is not ...`.
static SUBJECT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:^|[,;:] )(?P<what>[^,;:]{3,200}?)\b(?:is|are|was|were)\b(?: \w+){0,3} (?:not[- ])?medically",
    )
});

/// The words that stand for the request, in their order; read by [`Text::restated`].
pub(super) fn spans(text: &Text) -> Vec<Range<usize>> {
    let mut spans = again(&text.small);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_goes_on_to_the_verb_or_the_stop() {
        let all = |text: &str| -> Vec<String> {
            let spans = again(text).into_iter();
            spans.map(|span| text[span].to_owned()).collect()
        };
        assert_eq!(
            all("the request for mri of the left knee is denied. a request for x-ray. requests of"),
            [" mri of the left knee ", " x-ray"]
        );
        assert_eq!(all("the provider requested an mri"), [" an mri"]);
        assert!(all("the request for one;two is").is_empty());
        assert!(all(&format!("request for {}", "word ".repeat(60))).is_empty());
        assert!(all("request for \u{e9}").len() <= 1);
    }
}
