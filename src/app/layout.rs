//! Where things stand on the screen. `update` needs it to scroll by what is in view, `draw` to
//! paint there; both ask here, so that they cannot differ.

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// Columns from the left.
    pub x: u16,
    /// Rows from the top.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// Below this the screen says so and nothing else.
pub const SMALLEST: (u16, u16) = (60, 16);
/// From this width on there is room for two panes side by side.
const WIDE: u16 = 100;
/// Longer lines than this are hard to read.
pub const READABLE: u16 = 84;

impl Area {
    /// The whole screen.
    pub fn screen((width, height): (u16, u16)) -> Self {
        Self {
            x: 0,
            y: 0,
            width,
            height,
        }
    }

    /// The first `rows` rows, and the rest.
    pub fn split_top(self, rows: u16) -> (Self, Self) {
        let rows = rows.min(self.height);
        let top = Self {
            height: rows,
            ..self
        };
        let rest = Self {
            y: self.y + rows,
            height: self.height - rows,
            ..self
        };
        (top, rest)
    }

    /// The rest, and the last `rows` rows.
    pub fn split_bottom(self, rows: u16) -> (Self, Self) {
        self.split_top(self.height.saturating_sub(rows))
    }

    /// The first `columns` columns, and the rest.
    pub fn split_left(self, columns: u16) -> (Self, Self) {
        let columns = columns.min(self.width);
        let left = Self {
            width: columns,
            ..self
        };
        let rest = Self {
            x: self.x + columns,
            width: self.width - columns,
            ..self
        };
        (left, rest)
    }

    /// Smaller by so many columns and rows on each side.
    pub fn inset(self, columns: u16, rows: u16) -> Self {
        Self {
            x: self.x + columns.min(self.width),
            y: self.y + rows.min(self.height),
            width: self.width.saturating_sub(2 * columns),
            height: self.height.saturating_sub(2 * rows),
        }
    }

    /// A box of that size in the middle, cut to what is there.
    pub fn centred(self, width: u16, height: u16) -> Self {
        let (width, height) = (width.min(self.width), height.min(self.height));
        Self {
            x: self.x + (self.width - width) / 2,
            y: self.y + (self.height - height) / 2,
            width,
            height,
        }
    }

    /// At most so many columns, from the left.
    pub fn at_most(self, columns: u16) -> Self {
        Self {
            width: self.width.min(columns),
            ..self
        }
    }

    /// Is there room for two panes side by side?
    pub fn is_wide(self) -> bool {
        self.width >= WIDE
    }
}

/// The queue, from top to bottom.
#[derive(Debug, Clone, Copy)]
pub struct QueueAreas {
    /// Program, figures, reviewer.
    pub title: Area,
    /// View, sort, filter.
    pub asked: Area,
    /// Names of the columns.
    pub header: Area,
    /// The cases.
    pub rows: Area,
    /// Rule above the preview, with the case number.
    pub rule: Area,
    /// The selected case.
    pub preview: Area,
    /// Message line.
    pub message: Area,
    /// Hint line.
    pub hints: Area,
}

/// Where the queue stands.
pub fn queue(size: (u16, u16)) -> QueueAreas {
    let (title, rest) = Area::screen(size).split_top(1);
    let (rest, foot) = rest.split_bottom(2);
    let (message, hints) = foot.split_top(1);
    let (asked, rest) = rest.split_top(if size.1 >= 30 { 2 } else { 1 });
    let (header, rest) = rest.split_top(1);
    let (rows, lower) = rest.split_bottom(rest.height / 3 + 1);
    let (rule, preview) = lower.split_top(1);
    QueueAreas {
        title,
        asked,
        header,
        rows,
        rule,
        preview,
        message,
        hints,
    }
}

/// A case, from top to bottom.
#[derive(Debug, Clone, Copy)]
pub struct CaseAreas {
    /// Case, patient, clock, draft.
    pub title: Area,
    /// The six tabs.
    pub tabs: Area,
    /// What the tab shows.
    pub body: Area,
    /// Message line.
    pub message: Area,
    /// Hint line.
    pub hints: Area,
}

/// Where a case stands.
pub fn case(size: (u16, u16)) -> CaseAreas {
    let (title, rest) = Area::screen(size).split_top(1);
    let (rest, foot) = rest.split_bottom(2);
    let (message, hints) = foot.split_top(1);
    // The tabs bring a rule below them.
    let (tabs, body) = rest.split_top(2);
    CaseAreas {
        title,
        tabs,
        body,
        message,
        hints,
    }
}

/// A page of text within `body`: a margin left, lines no longer than the eye likes.
pub fn page(body: Area) -> Area {
    body.inset(2, 0).at_most(READABLE)
}

/// The summary: text left and facts right where there is room.
pub fn summary(body: Area) -> (Area, Option<Area>) {
    if !body.is_wide() {
        return (page(body), None);
    }
    let (left, right) = body.split_left((body.width * 2 / 3).min(READABLE + 4));
    (page(left), Some(right.inset(2, 0)))
}

/// The findings: table, and the selected one in full.
pub fn findings(body: Area) -> (Area, Area, Area) {
    let (table, detail) = body.split_bottom(if body.height >= 24 { 7 } else { 4 });
    let (header, rows) = table.split_top(1);
    (header, rows, detail)
}

/// The items tab: list of items, the current one, its rationale.
#[derive(Debug, Clone, Copy)]
pub struct ItemAreas {
    /// One line an item; empty for a single one.
    pub list: Area,
    /// Frame of the current item.
    pub card: Area,
    /// Frame of the rationale.
    pub why: Area,
}

/// Where the items tab stands: side by side where there is room, else one above the other, for
/// prose wants long lines.
pub fn items(body: Area, count: usize) -> ItemAreas {
    let listed = if count > 1 {
        u16::try_from(count).unwrap_or(u16::MAX)
    } else {
        0
    };
    if body.is_wide() {
        let (left, why) = body.split_left(body.width / 2);
        let (list, card) = left.split_top(listed.min(left.height / 3));
        return ItemAreas { list, card, why };
    }
    let (list, rest) = body.split_top(listed.min(4).min(body.height / 5));
    let (card, why) = rest.split_top((rest.height / 2).min(9));
    ItemAreas { list, card, why }
}

/// The records tab: list of records, frame of the page.
pub fn records(body: Area, count: usize) -> (Area, Area) {
    if body.is_wide() {
        return body.split_left(body.width / 3);
    }
    let listed = u16::try_from(count).unwrap_or(u16::MAX).clamp(1, 5);
    body.split_top(listed.min(body.height / 3))
}

/// The determination tab: what blocks, and the letter.
pub fn determination(body: Area, blockers: usize) -> (Area, Area) {
    let listed = u16::try_from(blockers).unwrap_or(u16::MAX);
    if body.is_wide() {
        let (letter, side) = body.split_left((READABLE + 4).min(body.width * 2 / 3));
        return (side.inset(2, 0), page(letter));
    }
    let rows = if listed == 0 {
        1
    } else {
        (listed + 2).min(body.height / 2)
    };
    let (top, letter) = body.split_top(rows);
    (top.inset(2, 0), page(letter))
}

/// The picker: frame, query line, hits, preview.
#[derive(Debug, Clone, Copy)]
pub struct PickerAreas {
    /// Everything, frame included.
    pub frame: Area,
    /// What is typed.
    pub query: Area,
    /// Answers.
    pub hits: Area,
    /// The selected one.
    pub preview: Area,
}

/// Where the picker stands; the title bar stays in view.
pub fn picker((width, height): (u16, u16)) -> PickerAreas {
    let whole = Area::screen((width, height));
    let (_, rest) = whole.split_top(1);
    let (frame, _) = rest.split_bottom(2);
    let inner = frame.inset(2, 1);
    let (query, rest) = inner.split_top(2);
    let (hits, preview) = if whole.is_wide() {
        let (hits, preview) = rest.split_left(rest.width * 3 / 5);
        (hits, preview.split_left(2).1)
    } else {
        rest.split_bottom(rest.height * 2 / 5)
    };
    PickerAreas {
        frame,
        query,
        hits,
        preview,
    }
}

/// Help, messages: a frame over everything but the foot; and the page within.
pub fn reader(size: (u16, u16)) -> (Area, Area) {
    let (frame, _) = Area::screen(size).split_bottom(2);
    (frame, frame.inset(2, 1))
}

/// The palette: frame, query line, names.
pub fn palette(size: (u16, u16)) -> (Area, Area, Area) {
    let screen = Area::screen(size);
    let frame = screen.centred(72, (size.1 * 2 / 3).max(12));
    let (query, names) = frame.inset(2, 1).split_top(2);
    (frame, query, names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn inside(outer: Area, inner: Area) -> bool {
        inner.x + inner.width <= outer.x + outer.width
            && inner.y + inner.height <= outer.y + outer.height
    }

    proptest! {
        #[test]
        fn nothing_stands_outside_the_screen(w in 0u16..400, h in 0u16..200, n in 0usize..40) {
            let screen = Area::screen((w, h));
            let q = queue((w, h));
            let c = case((w, h));
            let i = items(c.body, n);
            let p = picker((w, h));
            let (a, b) = records(c.body, n);
            let (d, e) = determination(c.body, n);
            let (f, g, k) = findings(c.body);
            for area in [q.title, q.asked, q.rows, q.preview, q.hints, c.tabs, c.body, c.message,
                i.list, i.card, i.why, p.frame, p.hits, p.preview, a, b, d, e, f, g, k] {
                prop_assert!(inside(screen, area), "{area:?}");
            }
        }
    }
}
