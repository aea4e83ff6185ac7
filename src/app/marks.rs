//! What the checks say of the open case, kept at the very words it is about. The checks run on a
//! worker once the keys rest; until their answer is here, marks move along with what is typed.

use super::effect::Effect;
use super::model::Model;
use super::open_case::{OpenCase, Tab};
use crate::model::lint::{Lint, Place, Severity};
use crate::model::{CaseFile, CaseId};
use jiff::{SignedDuration, Timestamp};
use std::ops::Range;

/// After the last key the checks wait so long: who types is not to be disturbed.
const REST: SignedDuration = SignedDuration::from_millis(150);

/// What is to be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checking {
    /// Number of the request; only the newest is wanted.
    pub generation: u64,
    /// The case as it reads now, what is typed and not saved included.
    pub file: CaseFile,
    /// Are spelling and plain language looked at too?
    pub with_words: bool,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Which request.
    pub generation: u64,
    /// Of which case.
    pub case: CaseId,
    /// The rationales that were looked at, by item: the spans of the lints are bytes in them.
    pub texts: Vec<String>,
    /// Everything found that nobody has answered.
    pub lints: Vec<Lint>,
    /// By item, the year of school whose reader follows its rationale; `None` for a short one.
    pub grades: Vec<Option<u8>>,
}

/// On what state of which case the checks were run, or are to be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    case: CaseId,
    changes: u64,
    revisions: Vec<u64>,
}

impl Stamp {
    fn of(open: &OpenCase) -> Self {
        Self {
            case: open.id().clone(),
            changes: open.changes,
            revisions: open.editors.iter().map(|e| e.revision()).collect(),
        }
    }
}

/// Where a lint stands, in the order one walks them: item (the case last), text, byte.
pub type Spot = (usize, u8, usize);

/// The marks of the open case.
#[derive(Debug)]
pub struct Marks {
    /// Are marks wanted while writing?
    pub is_on: bool,
    generation: u64,
    /// What the newest request is about.
    asked: Option<Stamp>,
    /// What the newest answer is about.
    known: Option<Stamp>,
    /// The state that waits for the keys to rest, and since when.
    waits: Option<(Stamp, Timestamp)>,
    found: Option<Checked>,
    /// Where the last walk among them ended.
    pub(super) here: Option<Spot>,
}

impl Default for Marks {
    fn default() -> Self {
        Self {
            is_on: true,
            generation: 0,
            asked: None,
            known: None,
            waits: None,
            found: None,
            here: None,
        }
    }
}

impl Marks {
    /// When the keys have rested long enough, if something waits for that.
    pub(super) fn due(&self) -> Option<Timestamp> {
        self.waits
            .as_ref()
            .and_then(|(_, since)| since.checked_add(REST).ok())
    }

    /// Is the newest request not answered yet?
    pub(super) fn is_awaited(&self) -> bool {
        self.asked.is_some() && self.asked != self.known
    }

    /// What is known of this case, however old.
    fn of(&self, open: &OpenCase) -> Option<&Checked> {
        self.found.as_ref().filter(|found| found.case == *open.id())
    }

    /// The lints of this case, in the order one walks them.
    pub fn lints(&self, open: &OpenCase) -> Vec<&Lint> {
        let mut all: Vec<&Lint> = self
            .of(open)
            .map(|f| f.lints.iter().collect())
            .unwrap_or_default();
        all.sort_by_key(|lint| spot(lint));
        all
    }

    /// Is nothing known to be marked?
    pub fn is_empty(&self, open: &OpenCase) -> bool {
        self.of(open).is_none_or(|found| found.lints.is_empty())
    }

    /// Those that want an answer or an end before the signature.
    pub fn weighty(&self, open: &OpenCase) -> Vec<&Lint> {
        let mut all = self.lints(open);
        all.retain(|lint| lint.severity != Severity::Note);
        all.sort_by_key(|lint| lint.severity);
        all
    }

    /// How many of them are about an item.
    pub fn count(&self, open: &OpenCase) -> usize {
        let is_weighty = |lint: &&Lint| lint.severity != Severity::Note && lint.item.is_some();
        self.of(open)
            .map_or(0, |f| f.lints.iter().filter(is_weighty).count())
    }

    /// The marks in the rationale of an item as it reads now, by their bytes in it. What was typed
    /// over has none until it has been looked at.
    pub fn in_rationale(&self, open: &OpenCase, item: usize) -> Vec<(Range<usize>, &Lint)> {
        let text = open.editors.get(item).map(|editor| editor.text());
        let Some((found, text)) = self.of(open).zip(text) else {
            return Vec::new();
        };
        let Some(checked) = found.texts.get(item) else {
            return Vec::new();
        };
        let shift = Shift::between(checked, text);
        let own = found
            .lints
            .iter()
            .filter(|l| l.place == Place::Rationale(item));
        let placed = own.filter_map(|lint| Some((shift.apply(lint.span.as_ref()?)?, lint)));
        placed
            .filter(|(range, _)| text.get(range.clone()).is_some())
            .collect()
    }

    /// The marks of some words of the rationale: what is said of it as a whole marks none, save
    /// where it blocks.
    pub fn at_words(&self, open: &OpenCase, item: usize) -> Vec<(Range<usize>, &Lint)> {
        let mut marks = self.in_rationale(open, item);
        let text = open.editors.get(item).map_or("", |editor| editor.text());
        let whole = text.trim().len();
        marks.retain(|(range, lint)| lint.severity == Severity::Blocking || range.len() < whole);
        marks
    }

    /// The grade of an item's rationale, as it was last looked at.
    pub fn grade(&self, open: &OpenCase, item: usize) -> Option<u8> {
        self.of(open)?.grades.get(item).copied().flatten()
    }
}

/// Where a lint stands.
pub fn spot(lint: &Lint) -> Spot {
    let start = lint.span.as_ref().map_or(0, |span| span.start);
    let text = match lint.place {
        Place::Request(_) => 0,
        Place::Citation(..) => 1,
        Place::Rationale(_) => 2,
        Place::Summary => 3,
        Place::Case => 4,
    };
    (lint.item.unwrap_or(usize::MAX), text, start)
}

/// Bytes that are compared at a time: a rationale is looked at with every key.
const BLOCK: usize = 64;

/// How many bytes are alike, block by block; `within` counts those of the first block that is not.
fn alike<'t>(
    blocks: impl Iterator<Item = (&'t [u8], &'t [u8])>,
    within: impl Fn((&[u8], &[u8])) -> usize,
) -> usize {
    let mut count = 0;
    for (x, y) in blocks {
        if x == y {
            count += x.len();
        } else {
            return count + within((x, y));
        }
    }
    count
}

/// How places moved from one text to another: what both begin with stays, what both end with
/// moves along.
struct Shift {
    front: usize,
    back: usize,
    old: usize,
    new: usize,
}

impl Shift {
    fn between(old: &str, new: &str) -> Self {
        let (a, b) = (old.as_bytes(), new.as_bytes());
        let front = alike(a.chunks(BLOCK).zip(b.chunks(BLOCK)), |(x, y)| {
            x.iter().zip(y).take_while(|(x, y)| x == y).count()
        });
        let room = a.len().min(b.len()) - front;
        let (a, b) = (a.rchunks(BLOCK), b.rchunks(BLOCK));
        let back = alike(a.zip(b), |(x, y)| {
            let pairs = x.iter().rev().zip(y.iter().rev());
            pairs.take_while(|(x, y)| x == y).count()
        });
        let back = back.min(room);
        Self {
            front,
            back,
            old: old.len(),
            new: new.len(),
        }
    }

    fn apply(&self, range: &Range<usize>) -> Option<Range<usize>> {
        if self.old == self.new && self.front == self.old || range.end <= self.front {
            return Some(range.clone());
        }
        // What follows the change keeps its distance from the end.
        let is_behind = range.start >= self.old - self.back && range.end <= self.old;
        is_behind.then(|| self.new - (self.old - range.start)..self.new - (self.old - range.end))
    }
}

/// After every event: does the case read otherwise than when it was last looked at?
pub(super) fn follow(model: &mut Model) {
    let Some(open) = model.open.as_ref().filter(|open| open.is_open()) else {
        model.marks.waits = None;
        return;
    };
    if !model.marks.is_on {
        return;
    }
    let stamp = Stamp::of(open);
    let marks = &mut model.marks;
    if marks.asked.as_ref() == Some(&stamp) {
        marks.waits = None;
    } else if marks
        .waits
        .as_ref()
        .is_none_or(|(waits, _)| *waits != stamp)
    {
        marks.waits = Some((stamp, model.now));
    }
}

/// The keys have rested.
pub(super) fn elapsed(model: &mut Model) {
    if model.marks.due().is_some_and(|due| due <= model.now) {
        ask(model);
    }
}

/// Has the case to be looked at before it can be signed? Asks for that, if nobody did.
pub(super) fn is_behind(model: &mut Model) -> bool {
    let Some(open) = model.open.as_ref() else {
        return false;
    };
    let stamp = Stamp::of(open);
    if model.marks.known.as_ref() == Some(&stamp) {
        return false;
    }
    if model.marks.asked.as_ref() != Some(&stamp) {
        ask(model);
    }
    true
}

/// What was found counts no more: a word was learnt.
pub(super) fn renew(model: &mut Model) {
    model.marks.asked = None;
    model.marks.known = None;
    ask(model);
}

fn ask(model: &mut Model) {
    model.marks.waits = None;
    let Some(open) = model.open.as_ref().filter(|open| open.is_open()) else {
        return;
    };
    let mut file = open.file.clone();
    for (draft, editor) in file.draft.items.iter_mut().zip(&open.editors) {
        editor.text().clone_into(&mut draft.rationale);
    }
    let stamp = Stamp::of(open);
    let marks = &mut model.marks;
    marks.generation += 1;
    marks.asked = Some(stamp);
    let (generation, with_words) = (marks.generation, marks.is_on);
    let checking = Checking {
        generation,
        file,
        with_words,
    };
    model.effects.push(Effect::Check(Box::new(checking)));
}

/// The answer to the newest request.
pub(super) fn take(model: &mut Model, checked: Checked) {
    if checked.generation != model.marks.generation {
        return;
    }
    model.marks.known.clone_from(&model.marks.asked);
    let is_news = model.marks.found.as_ref().map_or_else(
        || !checked.lints.is_empty() || checked.grades.iter().any(Option::is_some),
        |old| {
            (&old.case, &old.lints, &old.grades) != (&checked.case, &checked.lints, &checked.grades)
        },
    );
    model.marks.found = Some(checked);
    model.touch_if(is_news);
}

/// The checks failed: what waits for them is told so, and the next look asks again.
pub(super) fn give_up(model: &mut Model) {
    model.marks.asked.clone_from(&model.marks.known);
}

impl Model {
    /// The mark under the cursor of the current rationale, that of the fewest words first, and its
    /// bytes there.
    pub fn mark_here(&self) -> Option<(Range<usize>, &Lint)> {
        let open = self.open.as_ref()?;
        let at = open.editor()?.cursor();
        let all = self.marks.at_words(open, open.item);
        let under = all
            .into_iter()
            .filter(|(range, _)| range.contains(&at) || range.end == at);
        under.min_by_key(|(range, lint)| (range.len(), lint.severity))
    }

    /// Where the eye is among the lints.
    pub(super) fn spot(&self) -> Option<Spot> {
        let open = self.open.as_ref()?;
        let at = open.editor().map_or(0, |editor| editor.cursor());
        let here = self.marks.here.filter(|_| !open.is_editing);
        match open.tab {
            Tab::Items => {
                let is_here = |spot: &Spot| spot.0 == open.item;
                here.filter(is_here)
                    .or(open.is_editing.then_some((open.item, 2, at)))
            }
            _ => here,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_move_with_what_is_typed_and_end_where_it_is_typed_over() {
        let old = "The pain of teh knee is knwon.";
        let spans = [12..15, 24..29];
        let after = |new: &str| -> Vec<Option<String>> {
            let shift = Shift::between(old, new);
            let moved = spans.iter().map(|span| shift.apply(span));
            moved
                .map(|range| range.map(|r| new[r].to_owned()))
                .collect()
        };
        let both = [Some("teh".to_owned()), Some("knwon".to_owned())];
        assert_eq!(after(old), both);
        assert_eq!(after("The chronic pain of teh knee is knwon."), both);
        assert_eq!(after("The pain of teh knee is knwon. More."), both);
        assert_eq!(after("The pain of the knee is knwon.")[1], both[1]);
        assert_eq!(after("The pain of the knee is knwon.")[0], None);
        assert_eq!(after(""), [None, None]);
    }
}
