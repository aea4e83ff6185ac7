//! A list with one selected row, seen through a window.

/// What movement keys ask for, whatever they move in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// That many lines, down if positive.
    Lines(isize),
    /// That many windows.
    Pages(isize),
    /// To the first line.
    Start,
    /// To the last line.
    End,
    /// To that line, from 0.
    To(usize),
}

impl Motion {
    /// With a number before the key: so many times, or to the line of that number.
    pub fn times(self, count: usize) -> Self {
        let by = |n: isize| n.saturating_mul(isize::try_from(count).unwrap_or(isize::MAX));
        match self {
            Self::Lines(n) => Self::Lines(by(n)),
            Self::Pages(n) => Self::Pages(by(n)),
            Self::Start | Self::End | Self::To(_) => Self::To(count.saturating_sub(1)),
        }
    }

    /// Where it leads from `at` among `total` lines seen `height` at a time.
    pub fn target(self, at: usize, total: usize, height: usize) -> usize {
        let last = total.saturating_sub(1);
        // One line of the old window stays in view, so that the eye keeps its place.
        let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
        let to = match self {
            Self::Lines(n) => at.saturating_add_signed(n),
            Self::Pages(n) => at.saturating_add_signed(n.saturating_mul(page)),
            Self::Start => 0,
            Self::End => last,
            Self::To(line) => line,
        };
        to.min(last)
    }
}

/// Selection and window of a list; both count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct List {
    /// The selected row.
    pub selected: usize,
    /// The first row in view.
    pub top: usize,
}

impl List {
    /// Moves the selection; says whether anything changed.
    pub fn go(&mut self, motion: Motion, total: usize, height: usize) -> bool {
        self.select(motion.target(self.selected, total, height), total, height)
    }

    /// Selects a row, brings it into view, and says whether anything changed.
    pub fn select(&mut self, row: usize, total: usize, height: usize) -> bool {
        let before = *self;
        let height = height.max(1);
        self.selected = row.min(total.saturating_sub(1));
        self.top = self
            .top
            .min(self.selected)
            .max((self.selected + 1).saturating_sub(height))
            .min(total.saturating_sub(height));
        *self != before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_stays_in_view_and_within() {
        let mut list = List::default();
        assert!(list.go(Motion::Lines(3), 10, 4));
        assert_eq!((list.selected, list.top), (3, 0));
        list.go(Motion::Lines(1), 10, 4);
        assert_eq!((list.selected, list.top), (4, 1));
        list.go(Motion::End, 10, 4);
        assert_eq!((list.selected, list.top), (9, 6));
        assert!(!list.go(Motion::Lines(1), 10, 4), "nothing moved");
        list.go(Motion::Pages(-1), 10, 4);
        assert_eq!((list.selected, list.top), (6, 6));
        list.select(7, 3, 4);
        assert_eq!((list.selected, list.top), (2, 0), "fewer rows than before");
        list.select(0, 0, 0);
        assert_eq!((list.selected, list.top), (0, 0));
    }
}
