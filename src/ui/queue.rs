//! The queue: figures, what is asked for, the cases, the selected one.

use super::canvas::Canvas;
use super::text::{column, column_right, fit};
use super::{desk, preview};
use crate::app::Model;
use crate::app::action::Action;
use crate::app::doc::{self, Span, span};
use crate::app::layout::{Area, QueueAreas};
use crate::app::model::Place;
use crate::model::{Clock, ClockState, Priority, QueueRow, Stage, View, date};
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

/// A list of fewer columns stands beside a case.
const SLIM: u16 = 80;

/// Widths of the columns; one of none is left out; what is left goes to the request.
struct Columns {
    due: usize,
    case: usize,
    priority: usize,
    patient: usize,
    injury: usize,
    items: usize,
    state: usize,
    gap: usize,
}

impl Columns {
    /// Stable for a screen and a view: nothing moves when the rows change.
    fn of(width: u16, view: View, is_beside: bool) -> Self {
        let is_wide = width >= 100;
        // Beside a case: which one, how urgent, and what is asked.
        let is_slim = is_beside && width < SLIM;
        let unless_slim = |columns| if is_slim { 0 } else { columns };
        Self {
            due: 12,
            case: if is_wide { 14 } else { 13 },
            priority: 3,
            patient: unless_slim(if is_wide { 7 } else { 5 }),
            injury: if is_wide { 8 } else { 0 },
            items: unless_slim(5),
            // Open cases are new or draft; the other words need more room.
            state: unless_slim(if matches!(view, View::Closed | View::All) {
                10
            } else {
                6
            }),
            gap: if is_wide { 2 } else { 1 },
        }
    }

    fn request(&self, width: u16) -> usize {
        let fixed = [
            self.due,
            self.case,
            self.priority,
            self.patient,
            self.injury,
            self.items,
            self.state,
        ];
        let gaps = fixed.iter().filter(|w| **w > 0).count() * self.gap;
        usize::from(width).saturating_sub(fixed.iter().sum::<usize>() + gaps + 3 + 1)
    }
}

pub fn draw(canvas: &mut Canvas, model: &Model) {
    let areas = model.queue_areas();
    title(canvas, model, areas.title);
    match areas.desk {
        Some(desk) => desk::beside_queue(canvas, model, &desk),
        None => preview::draw(canvas, model, areas.rule, areas.preview),
    }
    list(canvas, model, &areas);
}

/// The cases, with what is asked for above them; beside an open case too.
pub fn list(canvas: &mut Canvas, model: &Model, areas: &QueueAreas) {
    asked(canvas, model, areas.asked);
    let queue = &model.queue;
    if queue.page.total == 0 {
        empty(canvas, model, areas.rows);
    } else {
        let columns = Columns::of(areas.rows.width, queue.query.view, areas.desk.is_some());
        header(canvas, areas.header, &columns);
        rows(canvas, model, areas.rows, &columns);
    }
}

/// Behind the program's name.
const SCREEN: &str = " · Queue";

fn title(canvas: &mut Canvas, model: &Model, area: Area) {
    let col = canvas.text(area, 0, 1, Role::Accent, "imr");
    canvas.text(area, 0, col, Role::Title, SCREEN);
    let counts = model.queue.page.counts;
    let overdue = if counts.overdue > 0 {
        Role::Overdue
    } else {
        Role::Dim
    };
    let expedited = if counts.expedited > 0 {
        Role::Expedited
    } else {
        Role::Dim
    };
    let who = if model.reviewer.name.is_empty() {
        "no reviewer (imr config init)".to_owned()
    } else {
        fit(&model.reviewer.name, usize::from(area.width / 5))
    };
    let mut spans = [
        span(Role::Text, format!("{} open", counts.open)),
        span(Role::Dim, " · "),
        span(overdue, format!("{} overdue", counts.overdue)),
        span(Role::Dim, " · "),
        span(expedited, format!("{} expedited", counts.expedited)),
        span(
            Role::Dim,
            if area.width >= 100 {
                "      reviewer: "
            } else {
                "   "
            },
        ),
        span(Role::Text, format!("{who} ")),
    ];
    let wide = |spans: &[Span]| spans.iter().map(|s| s.text.width()).sum::<usize>();
    let is_full = wide(&spans) + usize::from(col) + SCREEN.width() > usize::from(area.width);
    if let Some(who) = spans
        .last_mut()
        .filter(|_| is_full && model.reviewer.name.is_empty())
    {
        // How to name one does not fit; the figures come first.
        who.text = "no reviewer ".to_owned();
    }
    let wide = wide(&spans);
    let start = usize::from(area.width).saturating_sub(wide);
    canvas.spans(area, 0, u16::try_from(start).unwrap_or(0), &spans);
}

fn asked(canvas: &mut Canvas, model: &Model, area: Area) {
    let queue = &model.queue;
    let row = area.height.saturating_sub(1).min(1);
    let mut col = canvas.text(area, row, 1, Role::Label, "view ");
    col = canvas.text(area, row, col, Role::Text, queue.query.view.title());
    col = canvas.text(area, row, col, Role::Label, "   sort ");
    col = canvas.text(area, row, col, Role::Text, queue.query.sort.word());
    if let Some((field, _)) = &queue.typing {
        col = canvas.text(area, row, col, Role::Label, "   filter ");
        let room = Area {
            width: area.width.saturating_sub(16),
            ..area
        };
        canvas.field(room, row, col, field, true);
    } else if !queue.query.filter.is_empty() {
        col = canvas.text(area, row, col, Role::Label, "   filter ");
        canvas.text(area, row, col, Role::Match, &queue.query.filter);
    }
    if queue.page.total > 0 {
        let place = format!(" {} of {} ", queue.list.selected + 1, queue.page.total);
        canvas.right(area, row, Role::Dim, &place);
    }
}

fn header(canvas: &mut Canvas, area: Area, c: &Columns) {
    let gap = " ".repeat(c.gap);
    let patient = if c.patient >= 7 { "Patient" } else { "Age" };
    let mut cells = vec![
        column("Due", c.due),
        column("Case", c.case),
        column("Pri", c.priority),
        column(patient, c.patient),
    ];
    if c.injury > 0 {
        cells.push(column("Injury", c.injury));
    }
    cells.push(column_right("Items", c.items));
    cells.push(column("Request", c.request(area.width)));
    cells.push(column("State", c.state));
    cells.retain(|cell| !cell.is_empty());
    canvas.text(area, 0, 3, Role::Label, &cells.join(&gap));
}

fn rows(canvas: &mut Canvas, model: &Model, area: Area, c: &Columns) {
    let list = model.queue.list;
    for line in 0..area.height {
        let at = list.top + usize::from(line);
        if at >= model.queue.page.total {
            break;
        }
        match model.queue.row(at) {
            Some(row) => one(canvas, model, area, line, row, c),
            None => {
                canvas.text(area, line, 3, Role::Dim, "...");
            }
        }
        if at == list.selected {
            choose(canvas, model, area, line);
        }
    }
}

/// The selected row: a bar while the list has the focus, a mark beside an open case.
fn choose(canvas: &mut Canvas, model: &Model, area: Area, line: u16) {
    if model.open.is_some() {
        return canvas.mark(area, line);
    }
    canvas.bar(area, line);
    if model.overlays.is_empty() && model.queue.typing.is_none() {
        canvas.cursor(area, line, 0);
    }
}

/// The clock of a row, as `rules` would have it: the due instant stands in the row already.
fn clock(row: &QueueRow, model: &Model) -> Clock {
    let state = match row.due {
        _ if row.is_published || !row.stage.is_open() => ClockState::Stopped,
        None => ClockState::NoStart,
        Some(due) if due < model.now => ClockState::Overdue,
        Some(_) => ClockState::Running,
    };
    Clock {
        name: String::new(),
        starts: None,
        due: row.due,
        state,
    }
}

fn one(canvas: &mut Canvas, model: &Model, area: Area, line: u16, row: &QueueRow, c: &Columns) {
    let clock = clock(row, model);
    let due = doc::left(&clock, row.is_published, row.stage.is_open(), model.now);
    let (priority, priority_role) = match row.priority {
        Priority::Expedited => ("exp", Role::Expedited),
        Priority::Standard => ("std", Role::Dim),
    };
    let state = if row.stage == Stage::New {
        Role::Dim
    } else {
        Role::Text
    };
    let mut cells = vec![
        (doc::clock_role(&clock, model.now), column(&due, c.due)),
        (Role::Text, column(row.id.as_str(), c.case)),
        (priority_role, column(priority, c.priority)),
        (Role::Text, column(&row.patient.short(), c.patient)),
    ];
    if c.injury > 0 {
        let injury = row.injury_date.map_or_else(|| "-".to_owned(), date::short);
        cells.push((Role::Text, column(&injury, c.injury)));
    }
    cells.push((Role::Text, column_right(&row.items.to_string(), c.items)));
    cells.push((Role::Text, column(&row.request, c.request(area.width))));
    cells.push((state, column(row.stage.word(), c.state)));
    cells.retain(|(_, text)| !text.is_empty());
    let mut col = 3;
    for (role, text) in cells {
        // Blanks that fill a column carry no underline.
        canvas.text(area, line, col, role, text.trim_end());
        col += u16::try_from(text.width() + c.gap).unwrap_or(1);
    }
}

/// Nothing to show: what to do about it.
fn empty(canvas: &mut Canvas, model: &Model, area: Area) {
    let queue = &model.queue;
    let key = |action| model.keymap.key(action, Place::Queue.contexts());
    let lines = if !queue.is_loaded {
        vec!["Reading the store...".to_owned()]
    } else if !queue.query.filter.is_empty() && queue.page.counts.all > 0 {
        vec![
            format!("No case has the words \"{}\".", queue.query.filter),
            "Esc shows all of them again.".to_owned(),
        ]
    } else if queue.page.counts.all == 0 {
        vec![
            "No cases yet.".to_owned(),
            String::new(),
            format!(
                "Quit with {} and run:   imr import FOLDER",
                key(Action::Quit)
            ),
            "or try it first with:  imr demo".to_owned(),
        ]
    } else {
        vec![
            format!("No case in the view \"{}\".", queue.query.view.title()),
            format!("{} shows the next view.", key(Action::NextView)),
        ]
    };
    for (row, line) in lines.iter().enumerate() {
        let role = if row == 0 { Role::Strong } else { Role::Text };
        canvas.text(area, u16::try_from(row + 1).unwrap_or(0), 3, role, line);
    }
    if queue.typing.is_none() && model.overlays.is_empty() {
        canvas.cursor(area, 1, 3);
    }
}
