//! Did rows move as a block? Then the terminal moves them itself, and only what is new is sent.

use super::sheet::Sheet;
use ratatui::buffer::Cell;
use std::ops::RangeInclusive;

/// Rows `top` to `bottom`, both included, moved by `by`; the rows left behind are blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scroll {
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) by: usize,
    pub(super) is_up: bool,
}

/// Cells that a scroll has to save: its commands and the cursor's moves cost about half of that.
const WORTH: usize = 60;
/// Rows that may differ between two that moved together: the selected one and its neighbour.
const GAP: usize = 2;

/// The scroll after which least is left to draw, if one is worth it.
pub(super) fn find(shown: &Sheet, next: &Sheet) -> Option<Scroll> {
    let changed = changed(shown, next)?;
    let span = changed.end() - changed.start();
    let moves = (1..span).flat_map(|by| [(by, true), (by, false)]);
    let scrolls = moves.filter_map(|(by, is_up)| candidate(shown, next, &changed, by, is_up));
    let (saved, scroll) = scrolls
        .map(|scroll| (saving(shown, next, scroll), scroll))
        .max_by_key(|(saved, _)| *saved)?;
    (saved >= WORTH).then_some(scroll)
}

/// First and last row that differ.
fn changed(shown: &Sheet, next: &Sheet) -> Option<RangeInclusive<usize>> {
    let pairs = shown.rows().iter().zip(next.rows());
    let mut differing = pairs.enumerate().filter(|(_, (a, b))| a != b);
    let (first, _) = differing.next()?;
    let (last, _) = differing.next_back()?;
    Some(first..=last)
}

/// The longest block of rows that moved by so much, and the region that moves it.
fn candidate(
    shown: &Sheet,
    next: &Sheet,
    changed: &RangeInclusive<usize>,
    by: usize,
    is_up: bool,
) -> Option<Scroll> {
    let moved = |upper: usize| {
        let (new, old) = if is_up {
            (upper, upper + by)
        } else {
            (upper + by, upper)
        };
        let (new, old) = (next.rows().get(new), shown.rows().get(old));
        new.is_some() && new == old
    };
    let (top, last) = longest(*changed.start()..=changed.end() - by, moved)?;
    Some(Scroll {
        top,
        bottom: last + by,
        by,
        is_up,
    })
}

/// First and last of the longest run, over gaps of at most [`GAP`].
fn longest(places: RangeInclusive<usize>, holds: impl Fn(usize) -> bool) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    let mut run: Option<(usize, usize)> = None;
    for at in places.filter(|at| holds(*at)) {
        let first = run.filter(|(_, last)| at - last <= GAP + 1);
        let first = first.map_or(at, |(first, _)| first);
        run = Some((first, at));
        if best.is_none_or(|(a, b)| b - a < at - first) {
            best = run;
        }
    }
    best
}

/// Cells that need not be drawn any more.
fn saving(shown: &Sheet, next: &Sheet, scroll: Scroll) -> usize {
    let region = scroll.top..=scroll.bottom;
    let blank = Vec::new();
    let now = |y: usize| shown.rows().get(y).unwrap_or(&blank);
    let then = |y: usize| {
        let from = if scroll.is_up {
            Some(y + scroll.by)
        } else {
            y.checked_sub(scroll.by)
        };
        let from = from.filter(|from| region.contains(from));
        from.map_or(&blank, now)
    };
    let cost = |row: &dyn Fn(usize) -> usize| region.clone().map(row).sum::<usize>();
    let wanted = |y: usize| next.rows().get(y).unwrap_or(&blank);
    let before = cost(&|y| differing(now(y), wanted(y)));
    let after = cost(&|y| differing(then(y), wanted(y)));
    before.saturating_sub(after)
}

/// Cells of `new` that differ; a row that is not there is blank.
fn differing(old: &[Cell], new: &[Cell]) -> usize {
    let old = old.iter().chain(std::iter::repeat(&Cell::EMPTY));
    old.zip(new).filter(|(old, new)| old != new).count()
}
