//! Where things stand on the screen. `update` needs it to scroll by what is in view, `draw` to
//! paint there; both ask here, so that they cannot differ.

use super::panes::{Panes, Split};

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
/// From this width on there is room for three.
const ROOMY: u16 = 160;
/// Columns of a short list.
const MENU: u16 = 60;
/// The case between queue and passage has at least these columns, and at most those.
const CASE: (u16, u16) = (78, 100);
/// Columns that queue and passage keep beside the case.
const BESIDE: u16 = 30;
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

/// Queue, case and passage side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Desk {
    /// The cases.
    pub queue: Area,
    /// The open or the selected case.
    pub case: Area,
    /// What is cited there, and what could be.
    pub passage: Area,
}

impl Desk {
    /// Tabs or heading of the case, and what is below; frames there keep off the borders.
    pub fn parts_of_case(&self) -> (Area, Area) {
        let (tabs, body) = self.case.split_top(2);
        (tabs, body.inset(1, 0))
    }
}

/// Are queue, case and passage side by side?
pub fn is_desk(size: (u16, u16), panes: &Panes) -> bool {
    size.0 >= ROOMY && !panes.is_zoomed
}

/// Has the pane with the focus the whole of it? Where three stand side by side zooming leaves one
/// of them, which has room for its own parts.
fn is_alone(area: Area, panes: &Panes) -> bool {
    panes.is_zoomed && area.width < ROOMY
}

/// Where the three stand; a column between them belongs to the border.
fn desk(body: Area, panes: &Panes) -> Desk {
    let columns = body.width.saturating_sub(2);
    let case = (columns * 21 / 50).clamp(CASE.0, CASE.1);
    let queue = (columns - case) * 5 / 8;
    let queue = panes.part(Split::Queue, columns - BESIDE, queue, BESIDE + 4);
    let (queue, rest) = body.split_left(queue);
    let (_, rest) = rest.split_left(1);
    let usual = case.min(rest.width.saturating_sub(BESIDE + 1));
    let case = panes.part(Split::Passage, rest.width.saturating_sub(1), usual, BESIDE);
    let (case, rest) = rest.split_left(case);
    let (_, passage) = rest.split_left(1);
    Desk {
        queue,
        case,
        passage,
    }
}

/// The queue, from top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// The selected case and what could be cited, beside the cases, where there is room.
    pub desk: Option<Desk>,
    /// Message line.
    pub message: Area,
    /// Hint line.
    pub hints: Area,
}

/// Where the queue stands.
pub fn queue(size: (u16, u16), panes: &Panes) -> QueueAreas {
    let (title, rest) = Area::screen(size).split_top(1);
    let (rest, foot) = rest.split_bottom(2);
    let (message, hints) = foot.split_top(1);
    let desk = is_desk(size, panes).then(|| desk(rest, panes));
    let list = desk.map_or(rest, |desk| desk.queue);
    // Beside a case the first line is its heading's neighbour.
    let is_airy = size.1 >= 30 && desk.is_none();
    let (asked, rest) = list.split_top(if is_airy { 2 } else { 1 });
    let (header, rest) = rest.split_top(1);
    let below = if desk.is_some() || is_alone(rest, panes) {
        0
    } else {
        let rows = rest.height - (rest.height / 3 + 1).min(rest.height);
        rest.height - panes.part(Split::Preview, rest.height, rows, 3)
    };
    let (rows, lower) = rest.split_bottom(below);
    let (rule, preview) = lower.split_top(1);
    QueueAreas {
        desk,
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

/// The preview of the selected case: its summary and, where there is room, its items beside it.
pub fn preview(area: Area) -> (Area, Option<Area>) {
    let inner = area.inset(3, 0);
    if area.width < ROOMY {
        return (inner.at_most(READABLE + 10), None);
    }
    let (left, right) = inner.split_left(READABLE + 2);
    (left.at_most(READABLE), Some(right.at_most(READABLE + 16)))
}

/// A case, from top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseAreas {
    /// Case, patient, clock, draft.
    pub title: Area,
    /// The six tabs.
    pub tabs: Area,
    /// What the tab shows.
    pub body: Area,
    /// The cases and what is cited, beside this one, where there is room.
    pub desk: Option<Desk>,
    /// Message line.
    pub message: Area,
    /// Hint line.
    pub hints: Area,
}

/// Where a case stands.
pub fn case(size: (u16, u16), panes: &Panes) -> CaseAreas {
    let (title, rest) = Area::screen(size).split_top(1);
    let (rest, foot) = rest.split_bottom(2);
    let (message, hints) = foot.split_top(1);
    let desk = is_desk(size, panes).then(|| desk(rest, panes));
    let (tabs, body) = match desk {
        Some(desk) => desk.parts_of_case(),
        // The tabs bring a rule below them.
        None => rest.split_top(2),
    };
    CaseAreas {
        desk,
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
    (page(left), Some(right.split_left(2).1))
}

/// The findings: table, and the selected one in full.
pub fn findings(body: Area) -> (Area, Area, Area) {
    let (table, detail) = body.split_bottom(if body.height >= 24 { 7 } else { 4 });
    let (header, rows) = table.split_top(1);
    (header, rows, detail)
}

/// The items tab: list of items, the current one, its rationale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemAreas {
    /// One line an item; empty for a single one.
    pub list: Area,
    /// Frame of the current item.
    pub card: Area,
    /// Frame of the rationale.
    pub why: Area,
    /// Frame of the summary, where there is room to read it while writing.
    pub summary: Option<Area>,
}

/// Rows of the item's frame while its rationale is written on a narrow screen: what is asked and
/// one line more, for the room belongs to the writing.
const WRITING_CARD: u16 = 4;

/// Where the items tab stands: side by side where there is room, else one above the other, for
/// prose wants long lines.
pub fn items(body: Area, count: usize, is_writing: bool, panes: &Panes) -> ItemAreas {
    if is_alone(body, panes) {
        return one_of_items(body, is_writing);
    }
    let is_narrow_desk = is_writing && !body.is_wide();
    let listed = if count > 1 && !is_narrow_desk {
        u16::try_from(count).unwrap_or(u16::MAX)
    } else {
        0
    };
    if body.is_wide() {
        let is_roomy = body.width >= ROOMY;
        let (desk, side) = body.split_left(if is_roomy {
            body.width * 7 / 10
        } else {
            body.width
        });
        let usual = desk.width * 9 / 20;
        let (left, why) = desk.split_left(panes.part(Split::Card, desk.width, usual, 40));
        let (list, card) = left.split_top(listed.min(left.height / 3));
        let summary = is_roomy.then_some(side);
        return ItemAreas {
            list,
            card,
            why,
            summary,
        };
    }
    let (list, rest) = body.split_top(listed.min(4).min(body.height / 5));
    let card_rows = if is_writing { WRITING_CARD } else { 9 };
    let usual = (rest.height / 2).min(card_rows);
    let card_rows = if is_writing {
        usual
    } else {
        panes.part(Split::CardAbove, rest.height, usual, 4)
    };
    let (card, why) = rest.split_top(card_rows);
    ItemAreas {
        list,
        card,
        why,
        summary: None,
    }
}

/// What has the focus alone: the rationale while it is written, else the item.
fn one_of_items(body: Area, is_writing: bool) -> ItemAreas {
    let none = Area::default();
    // Prose keeps its readable width, in the middle of the screen.
    let prose = body.centred(READABLE + 6, body.height);
    let (card, why) = if is_writing {
        (none, prose)
    } else {
        (body, none)
    };
    ItemAreas {
        list: none,
        card,
        why,
        summary: None,
    }
}

/// The records tab: list of records, frame of the page.
pub fn records(body: Area, count: usize, panes: &Panes) -> (Area, Area) {
    if is_alone(body, panes) {
        return body.split_top(0);
    }
    if body.is_wide() {
        let usual = body.width * 9 / 20;
        return body.split_left(panes.part(Split::Records, body.width, usual, 30));
    }
    let most = (body.height / 4).max(5);
    let listed = u16::try_from(count).unwrap_or(u16::MAX).clamp(1, most);
    let usual = listed.min(body.height / 3);
    body.split_top(panes.part(Split::RecordsAbove, body.height, usual, 1))
}

/// Columns in which the determination tab tells what is missing.
pub fn gaps_width(body: Area) -> u16 {
    determination(body, 0).0.width.saturating_sub(2)
}

/// The determination tab: lines that tell what is missing, and the letter.
pub fn determination(body: Area, gaps: usize) -> (Area, Area) {
    let listed = u16::try_from(gaps).unwrap_or(u16::MAX / 2);
    if body.is_wide() {
        let (letter, side) = body.split_left((READABLE + 4).min(body.width * 2 / 3));
        return (side.inset(2, 0), page(letter));
    }
    // Two for the hash of a signed one; a blank line parts them from the letter.
    let rows = (listed.max(1) + 2).min(body.height / 2);
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
    /// What the precedents say in figures.
    pub figures: Area,
    /// Answers.
    pub hits: Area,
    /// The selected one.
    pub preview: Area,
}

/// Where the picker stands; the title bar stays in view. The figures of precedents have a line
/// above the hits.
pub fn picker((width, height): (u16, u16), has_figures: bool) -> PickerAreas {
    let whole = Area::screen((width, height));
    let (_, rest) = whole.split_top(1);
    let (frame, _) = rest.split_bottom(2);
    let inner = frame.inset(2, 1);
    let (query, rest) = inner.split_top(2);
    let (figures, rest) = rest.split_top(u16::from(has_figures));
    let (hits, preview) = if whole.is_wide() {
        let (hits, preview) = rest.split_left(rest.width * 11 / 20);
        (hits, preview.split_left(2).1)
    } else {
        rest.split_bottom(rest.height * 2 / 5)
    };
    PickerAreas {
        frame,
        query,
        figures,
        hits,
        preview,
    }
}

/// Where the selected answer of the picker is read.
pub fn picker_view(size: (u16, u16), has_figures: bool) -> Area {
    let preview = picker(size, has_figures).preview;
    match Area::screen(size).is_wide() {
        true => preview,
        // A rule stands between.
        false => preview.split_top(1).1,
    }
}

/// A dialogue: frame, what it is about, questions.
#[derive(Debug, Clone, Copy)]
pub struct DialogueAreas {
    /// Everything, frame included.
    pub frame: Area,
    /// What it is about; scrolls where it is too long.
    pub head: Area,
    /// Between the two: how much of the head is out of view.
    pub gap: Area,
    /// Questions and foot.
    pub rows: Area,
}

fn dialogue_room(size: (u16, u16)) -> Area {
    let (_, rest) = Area::screen(size).split_top(1);
    rest.split_bottom(2).0
}

/// Columns a dialogue has for its text.
pub fn dialogue_width(size: (u16, u16)) -> u16 {
    dialogue_frame(size).saturating_sub(6)
}

fn dialogue_frame(size: (u16, u16)) -> u16 {
    READABLE.min(dialogue_room(size).width.saturating_sub(4))
}

/// Where a dialogue of so many lines stands. The questions come first: what they leave is for the
/// head, but some lines of it always are in view.
pub fn dialogue(size: (u16, u16), head: usize, rows: usize) -> DialogueAreas {
    let room = dialogue_room(size);
    let small = |n: usize| u16::try_from(n).unwrap_or(u16::MAX / 4);
    let wanted = small(head).saturating_add(small(rows)).saturating_add(4);
    let frame = room.centred(dialogue_frame(size), wanted);
    let (_, inner) = frame
        .inset(3, 1)
        .split_top(u16::from(frame.height == wanted));
    let least = small(head).min(3);
    let rows = small(rows).min(inner.height.saturating_sub(least + 1));
    let (upper, rows) = inner.split_bottom(rows);
    let (head, gap) = upper.split_bottom(1);
    DialogueAreas {
        frame,
        head,
        gap,
        rows,
    }
}

/// Help, messages: a frame over everything but the foot; and the page within.
pub fn reader(size: (u16, u16)) -> (Area, Area) {
    let (frame, _) = Area::screen(size).split_bottom(2);
    (frame, frame.inset(2, 1))
}

/// A short list over the queue: frame and lines.
pub fn menu(size: (u16, u16), lines: usize) -> (Area, Area) {
    let (_, rest) = Area::screen(size).split_top(2);
    let (room, _) = rest.split_bottom(2);
    let wanted = u16::try_from(lines)
        .unwrap_or(u16::MAX - 2)
        .saturating_add(2);
    let (frame, _) = room.at_most(MENU).split_top(wanted);
    (frame, frame.inset(2, 1))
}

/// A box of so many columns and rows inside its frame, at the left above message and hints.
pub fn box_above_foot(size: (u16, u16), columns: usize, rows: usize) -> Area {
    let small = |n: usize| u16::try_from(n).unwrap_or(u16::MAX / 4);
    let (room, _) = Area::screen(size).split_bottom(2);
    let (_, low) = room.split_bottom(small(rows) + 2);
    low.inset(1, 0).at_most(small(columns) + 4)
}

/// The palette: frame, query line, names.
pub fn palette(size: (u16, u16)) -> (Area, Area, Area) {
    let screen = Area::screen(size);
    let columns = size.0.saturating_sub(8).clamp(72, 104);
    let frame = screen.centred(columns, (size.1 * 2 / 3).max(12));
    let (query, names) = frame.inset(2, 1).split_top(2);
    (frame, query, names)
}

/// What can be inserted: frame, query line, list, and the selected line in full.
pub fn excerpts(size: (u16, u16)) -> (Area, Area, Area, Area) {
    let (frame, query, rest) = palette(size);
    let (list, full) = rest.split_bottom(4);
    (frame, query, list, full)
}

/// Where the earlier texts of a rationale stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VersionAreas {
    /// The frame around all.
    pub frame: Area,
    /// One line a text.
    pub list: Area,
    /// Rule above the differences.
    pub rule: Area,
    /// What changed since the selected one.
    pub changes: Area,
}

/// The earlier texts of a rationale, over the case.
pub fn versions(size: (u16, u16)) -> VersionAreas {
    let columns = size.0.saturating_sub(6).min(READABLE + 8);
    let frame = Area::screen(size).centred(columns, size.1.saturating_sub(4));
    let inner = frame.inset(2, 1);
    let (list, rest) = inner.split_top((inner.height / 3).max(3));
    let (rule, changes) = rest.split_top(1);
    VersionAreas {
        frame,
        list,
        rule,
        changes,
    }
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
        fn nothing_stands_outside_the_screen(
            w in 0u16..400, h in 0u16..200, n in 0usize..40,
            shifts in proptest::array::uniform7(-500i16..500), is_zoomed: bool, is_writing: bool,
        ) {
            let panes = Panes { shifts, is_zoomed };
            let screen = Area::screen((w, h));
            let q = queue((w, h), &panes);
            let c = case((w, h), &panes);
            let i = items(c.body, n, is_writing, &panes);
            let p = picker((w, h), h % 2 == 0);
            let (a, b) = records(c.body, n, &panes);
            let (d, e) = determination(c.body, n);
            let (f, g, k) = findings(c.body);
            let d2 = dialogue((w, h), n, n / 2);
            let (x, y, l, z) = excerpts((w, h));
            let v = versions((w, h));
            for area in [v.frame, v.list, v.rule, v.changes, x, y, l, z, q.title, q.asked, q.rows, q.preview, q.hints, c.tabs, c.body, c.message,
                i.list, i.card, i.why, p.frame, p.hits, p.preview, a, b, d, e, f, g, k,
                d2.frame, d2.head, d2.gap, d2.rows] {
                prop_assert!(inside(screen, area), "{area:?}");
            }
            for desk in q.desk.into_iter().chain(c.desk) {
                for area in [desk.queue, desk.case, desk.passage] {
                    prop_assert!(inside(screen, area) && area.width >= BESIDE, "{area:?}");
                }
                prop_assert!(desk.queue.width + desk.case.width + desk.passage.width + 2 == w);
            }
        }
    }
}
