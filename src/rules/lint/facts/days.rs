//! Days, and what happened on them.

use super::pattern;
use crate::model::{Date, date};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A day told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// What the words around it say happened.
    pub event: Event,
    /// Its words.
    pub span: Range<usize>,
}

/// What a day is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The injury.
    Injury,
    /// The answer of utilization review.
    Review,
    /// The request for authorization.
    Request,
    /// Imaging, nerve studies, laboratory.
    Study,
    /// An operation.
    Surgery,
    /// A visit, report or note.
    Visit,
    /// An edition or an access date of a guideline: no day of the case.
    Edition,
    /// Not told.
    Unknown,
}

static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|",
        r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|",
        r"nov(?:ember)?|dec(?:ember)?)\.? \d{1,2},? \d{4})\b"
    ))
});

/// Words and what they tell; of those around a day the nearest counts.
const EVENTS: [(Event, &str); 7] = [
    (
        Event::Edition,
        r"guidelines?|edition|updated?|accessed|version|effective|revised|mtus|acoem|odg|published",
    ),
    (Event::Injury, r"injur(?:y|ed|ies)|doi|accident"),
    (
        Event::Review,
        r"utilization|ur\b|non-?certif\w*|denied|denial|claims administrator|modified",
    ),
    (
        Event::Request,
        r"rfa|request for authorization|requested|request was",
    ),
    (
        Event::Study,
        r"mri|x-?rays?|ct|emg|ncs|ncv|imaging|stud(?:y|ies)|electrodiagnostic|radiographs?|ultrasound|labs?",
    ),
    (
        Event::Surgery,
        r"surgery|surgical|underwent|operat\w+|arthroscop\w+|pinning|fusion|repair",
    ),
    (
        Event::Visit,
        r"visits?|reports?|notes?|presented|seen|evaluat\w+|exam\w*|consult\w*|progress|records?|documented|follow-?up|office|appointment|reported|complain\w*",
    ),
];

static EVENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let groups: Vec<String> = EVENTS
        .iter()
        .enumerate()
        .map(|(n, (_, words))| format!(r"(?P<e{n}>\b(?:{words})\b)"))
        .collect();
    pattern(&groups.join("|"))
});

/// How far around a day its event is looked for, in bytes.
const AROUND: usize = 48;

/// Every day told, in small letters.
pub fn read(small: &str) -> Vec<Day> {
    let Some(day) = DAY.as_ref() else {
        return Vec::new();
    };
    let found = day.find_iter(small).filter_map(|found| {
        Some(Day {
            date: date::parse(found.as_str())?,
            event: event(small, &found.range()),
            span: found.range(),
        })
    });
    found.collect()
}

/// The event nearest to a day: before it, else behind it, within its sentence.
fn event(small: &str, span: &Range<usize>) -> Event {
    let floor = |mut at: usize| {
        while !small.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start.saturating_sub(AROUND));
    let end = floor((span.end + AROUND).min(small.len()));
    let before = small.get(start..span.start).unwrap_or_default();
    let after = small.get(span.end..end).unwrap_or_default();
    let before = before.rsplit(". ").next().unwrap_or_default();
    let after = after.split(['.', ';']).next().unwrap_or_default();
    let of = |text: &str, is_last: bool| {
        let found = EVENT.as_ref()?.captures_iter(text);
        let found = if is_last {
            found.last()
        } else {
            found.into_iter().next()
        }?;
        let row = EVENTS
            .iter()
            .enumerate()
            .find(|(n, _)| found.name(&format!("e{n}")).is_some());
        row.map(|(_, (event, _))| *event)
    };
    of(before, true)
        .or_else(|| of(after, false))
        .unwrap_or(Event::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_their_events() {
        let all = |text: &str| read(text).into_iter().map(|d| d.event).collect::<Vec<_>>();
        assert_eq!(
            all("an injury of october 10, 2015. on 11-8-16 office visit"),
            [Event::Injury, Event::Visit]
        );
        assert_eq!(all("the mtus guidelines (july 28, 2016)"), [Event::Edition]);
        assert_eq!(all("on 2/30/2016 and on 1/2/16"), [Event::Unknown]);
    }
}
