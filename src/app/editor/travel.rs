//! The editor's cursor: movement, selection, search.

use super::graphemes::{self, after, before, cluster, columns, is_blank, slice, snap_back};
use super::history::Caret;
use super::wrap::Wrap;
use super::{Editor, Motion, Outcome, find};
use std::ops::Range;

impl Editor {
    pub(super) fn travel(&mut self, to: Motion, extend: bool, width: u16) -> Outcome {
        let at = self.caret.at;
        let selection = self.selection().filter(|_| !extend);
        let page = self.window.get().height.saturating_sub(1).max(1);
        self.goal = match to {
            Motion::Up | Motion::Down | Motion::PageUp | Motion::PageDown => {
                Some(self.goal.unwrap_or_else(|| self.own_column(width)))
            }
            _ => None,
        };
        let target = match (to, selection) {
            (Motion::Left, Some(range)) => range.start,
            (Motion::Right, Some(range)) => range.end,
            (Motion::Left, None) => before(&self.text, at).unwrap_or(0),
            (Motion::Right, None) => after(&self.text, at).unwrap_or(at),
            (Motion::WordLeft, _) => graphemes::word_left(&self.text, at),
            (Motion::WordRight, _) => graphemes::word_right(&self.text, at),
            (Motion::Up, _) => self.row_up(1, width),
            (Motion::Down, _) => self.row_down(1, width),
            (Motion::PageUp, _) => self.row_up(page, width),
            (Motion::PageDown, _) => self.row_down(page, width),
            (Motion::LineStart, _) => self.own_row(width).start,
            (Motion::LineEnd, _) => self.own_row(width).end,
            (Motion::ParagraphUp, _) => self.paragraph_up(),
            (Motion::ParagraphDown, _) => self.paragraph_down(),
            (Motion::TextStart, _) => 0,
            (Motion::TextEnd, _) => self.text.len(),
        };
        self.settle(target, extend)
    }

    /// Moves the cursor by command and says whether anything changed.
    pub(super) fn settle(&mut self, at: usize, extend: bool) -> Outcome {
        self.history.pause();
        let old = self.caret;
        self.place(at, extend);
        if self.caret == old {
            Outcome::Unchanged
        } else {
            Outcome::Moved
        }
    }

    pub(super) fn place(&mut self, at: usize, extend: bool) {
        let anchor = self.caret.anchor.unwrap_or(self.caret.at);
        self.caret = Caret {
            at,
            anchor: extend.then_some(anchor),
        };
    }

    /// Selects a range, the cursor at its end; both ends are put on character borders.
    pub fn select(&mut self, range: Range<usize>) -> Outcome {
        self.history.pause();
        self.goal = None;
        let selected = Caret {
            at: snap_back(&self.text, range.end),
            anchor: Some(snap_back(&self.text, range.start)),
        };
        if std::mem::replace(&mut self.caret, selected) == selected {
            Outcome::Unchanged
        } else {
            Outcome::Moved
        }
    }

    fn own_column(&self, width: u16) -> usize {
        self.columns_between(self.own_row(width).start, self.caret.at)
    }

    /// From the first to the last place that the cursor can take in its row.
    fn own_row(&self, width: u16) -> Range<usize> {
        let wrap = &*self.wrapped(width);
        self.places_in(wrap, wrap.row_of(self.caret.at))
    }

    /// From the first to the last place that the cursor can take in a row: in a row that goes on
    /// in the next one, that is before the blanks at its end, or else before its last character.
    fn places_in(&self, wrap: &Wrap, row: usize) -> Range<usize> {
        let range = wrap.row(&self.text, row);
        let goes_on = row + 1 < wrap.len() && wrap.whole(&self.text, row).end == range.end;
        if !goes_on {
            return range;
        }
        let mut end = range.end;
        let mut is_first = true;
        while let Some(start) = before(&self.text, end).filter(|start| *start >= range.start) {
            let blank = is_blank(slice(&self.text, start..end));
            if !is_first && !blank {
                break;
            }
            end = start;
            if !blank {
                break;
            }
            is_first = false;
        }
        range.start..end
    }

    fn row_up(&self, rows: usize, width: u16) -> usize {
        let wrap = &*self.wrapped(width);
        let row = wrap.row_of(self.caret.at);
        if row == 0 {
            return 0;
        }
        self.at_goal(wrap, row.saturating_sub(rows))
    }

    fn row_down(&self, rows: usize, width: u16) -> usize {
        let wrap = &*self.wrapped(width);
        let row = wrap.row_of(self.caret.at);
        if row + 1 == wrap.len() {
            return self.text.len();
        }
        self.at_goal(wrap, (row + rows).min(wrap.len().saturating_sub(1)))
    }

    /// The place in a row that is nearest to the goal column, not beyond it.
    fn at_goal(&self, wrap: &Wrap, row: usize) -> usize {
        let goal = self.goal.unwrap_or(0);
        let places = self.places_in(wrap, row);
        let mut at = places.start;
        let mut column = 0;
        while at < places.end {
            let here = cluster(&self.text, at);
            column += columns(here);
            if column > goal || here.is_empty() {
                break;
            }
            at += here.len();
        }
        at
    }

    fn paragraph_up(&self) -> usize {
        let line_end_before =
            |end: usize| slice(&self.text, 0..end).rfind('\n').map_or(0, |i| i + 1);
        let start = line_end_before(self.caret.at);
        if start < self.caret.at {
            start
        } else {
            line_end_before(start.saturating_sub(1))
        }
    }

    fn paragraph_down(&self) -> usize {
        let rest = slice(&self.text, self.caret.at..self.text.len());
        rest.find('\n')
            .map_or(self.text.len(), |i| self.caret.at + i + 1)
    }

    pub(super) fn find(&mut self, forward: bool) -> Outcome {
        let places = find::places(&self.text, &self.search);
        let here = self.selection().map_or(self.caret.at, |range| range.start);
        let is_on_one = self.selection().is_some_and(|s| places.contains(&s));
        let next = if forward {
            let beyond = |p: &&Range<usize>| p.start > here || (p.start == here && !is_on_one);
            places.iter().find(beyond).or(places.first())
        } else {
            places
                .iter()
                .rev()
                .find(|p| p.start < here)
                .or(places.last())
        };
        match next {
            Some(place) => self.select(place.clone()),
            None => Outcome::NotFound,
        }
    }
}
