//! How the user has divided the screen: borders moved, one pane zoomed.

/// A border that can be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// Between the queue and the case beside it.
    Queue,
    /// Between the case and the passage beside it.
    Passage,
    /// Between the queue and the preview below it.
    Preview,
    /// Between an item and its rationale, side by side.
    Card,
    /// Between an item and its rationale, one above the other.
    CardAbove,
    /// Between the list of records and the page, side by side.
    Records,
    /// Between the list of records and the page, one above the other.
    RecordsAbove,
}

impl Split {
    const COUNT: usize = 7;

    /// Cells by which one key moves it: columns are narrower than rows are high.
    pub fn step(self) -> i16 {
        match self {
            Self::Preview | Self::CardAbove | Self::RecordsAbove => 1,
            _ => 4,
        }
    }
}

/// The borders, as the user moved them, and whether one pane has the whole screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    /// By how many cells each border stands further right or down than at first.
    pub shifts: [i16; Split::COUNT],
    /// Does the pane with the focus have the whole screen?
    pub is_zoomed: bool,
}

impl Panes {
    /// Cells of the first part, where at first it has `usual` of `total` and neither part may have
    /// fewer than `least`.
    pub fn part(&self, split: Split, total: u16, usual: u16, least: u16) -> u16 {
        let shift = self.shifts.get(split as usize).copied().unwrap_or(0);
        let wanted = usual.saturating_add_signed(shift);
        let most = total.saturating_sub(least).max(usual.min(total));
        wanted.clamp(least.min(usual).min(most), most)
    }

    /// As they were left.
    pub(super) fn restored(shifts: &[i16], is_zoomed: bool) -> Self {
        let mut panes = Self {
            is_zoomed,
            ..Self::default()
        };
        for (shift, left) in panes.shifts.iter_mut().zip(shifts) {
            *shift = *left;
        }
        panes
    }

    /// Moves a border.
    pub(super) fn shift(&mut self, split: Split, by: i16) {
        if let Some(shift) = self.shifts.get_mut(split as usize) {
            *shift = shift.saturating_add(by);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_part_is_squeezed_out() {
        let mut panes = Panes::default();
        assert_eq!(panes.part(Split::Card, 100, 45, 20), 45);
        panes.shift(Split::Card, 500);
        assert_eq!(panes.part(Split::Card, 100, 45, 20), 80);
        panes.shift(Split::Card, -1000);
        assert_eq!(panes.part(Split::Card, 100, 45, 20), 20);
        assert_eq!(panes.part(Split::Card, 10, 4, 20), 4, "no room to move");
        assert_eq!(panes.part(Split::Queue, 100, 45, 20), 45);
    }
}
