//! The queue: figures, what is asked for, the cases, the selected one.

use super::canvas::Canvas;
use super::text::{column, column_right, fit};
use crate::app::Model;
use crate::app::action::Action;
use crate::app::doc::{self, Span, span};
use crate::app::layout::{self, Area};
use crate::app::model::Place;
use crate::app::wrap;
use crate::model::text::fold;
use crate::model::{Clock, ClockState, Decision, Priority, QueueItem, QueueRow, Stage, View, date};
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

/// Characters of a summary that a row holds at most.
const SUMMARY_START: usize = 400;

/// Widths of the columns; what is left goes to the request.
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
    fn of(width: u16, view: View) -> Self {
        let is_wide = width >= 100;
        Self {
            due: 12,
            case: if is_wide { 14 } else { 13 },
            priority: 3,
            patient: if is_wide { 7 } else { 5 },
            injury: if is_wide { 8 } else { 0 },
            items: 5,
            // Open cases are new or draft; the other words need more room.
            state: if matches!(view, View::Closed | View::All) {
                10
            } else {
                6
            },
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
    let areas = layout::queue(model.size);
    title(canvas, model, areas.title);
    asked(canvas, model, areas.asked);
    let queue = &model.queue;
    if queue.page.total == 0 {
        empty(canvas, model, areas.rows);
    } else {
        let columns = Columns::of(areas.rows.width, queue.query.view);
        header(canvas, areas.header, &columns);
        rows(canvas, model, areas.rows, &columns);
    }
    preview(canvas, model, areas.rule, areas.preview);
}

fn title(canvas: &mut Canvas, model: &Model, area: Area) {
    let col = canvas.text(area, 0, 1, Role::Accent, "imr");
    canvas.text(area, 0, col, Role::Title, " · Queue");
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
        "no reviewer".to_owned()
    } else {
        fit(&model.reviewer.name, usize::from(area.width / 5))
    };
    let spans = [
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
    let wide: usize = spans.iter().map(|s| s.text.width()).sum();
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
            canvas.bar(area, line);
            let is_focus = model.overlays.is_empty() && model.queue.typing.is_none();
            if is_focus {
                canvas.cursor(area, line, 0);
            }
        }
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

fn preview(canvas: &mut Canvas, model: &Model, rule: Area, area: Area) {
    let Some(row) = model.queue.preview.row() else {
        return canvas.rule(rule, 0, "");
    };
    let injury = row
        .injury_date
        .map_or_else(String::new, |d| format!(" · injured {}", date::short(d)));
    let heading = format!("{} · {}{injury}", row.id, row.patient.short());
    canvas.rule(rule, 0, &heading);
    let (left, right) = layout::preview(area);
    let width = usize::from(left.width);
    let height = usize::from(left.height);
    match right {
        Some(right) => {
            canvas.page(left, &summary_start(row, width, height));
            let room = (usize::from(right.width), usize::from(right.height));
            canvas.page(right, &items(row, room));
        }
        None => {
            // Two lines at least tell who it is about.
            let asked = items(row, (width, height.saturating_sub(2)));
            let mut page = summary_start(row, width, height.saturating_sub(asked.len()));
            page.extend(asked);
            canvas.page(left, &page);
        }
    }
}

/// What is asked, item by item: UR's answer and the reviewer's own beside it.
fn items(row: &QueueRow, (width, height): (usize, usize)) -> Vec<Vec<Span>> {
    let fits = row.each.len() <= height;
    let shown = if fits {
        row.each.len()
    } else {
        height.saturating_sub(1)
    };
    let each = row.each.iter().enumerate().take(shown);
    let mut lines: Vec<Vec<Span>> = each.map(|(n, item)| one_item(n, item, width)).collect();
    if !fits && height > 0 {
        let more = format!("    and {} more", row.each.len() - shown);
        lines.push(vec![span(Role::Dim, more)]);
    }
    lines
}

fn one_item(n: usize, item: &QueueItem, width: usize) -> Vec<Span> {
    let role = doc::decision_role(item.decision);
    let word = item.decision.map_or("undecided", Decision::short);
    let request = width.saturating_sub(4 + 14 + 2 + Decision::SHORT);
    vec![
        span(Role::Label, format!("{:>2}  ", n + 1)),
        span(Role::Strong, column(&item.request, request)),
        span(Role::Text, column(&format!("  UR {}", item.ur.word()), 14)),
        span(role, column(&format!("  {word}"), 2 + Decision::SHORT)),
    ]
}

/// The start of the summary, to the last whole word there is room for.
fn summary_start(row: &QueueRow, width: usize, room: usize) -> Vec<Vec<Span>> {
    let mut text = fold(&row.summary_start);
    if row.summary_start.chars().count() >= SUMMARY_START
        && let Some(at) = text.rfind(' ')
    {
        text.truncate(at);
        text.push('…');
    }
    let mut lines = wrap::lines(&text, width);
    if lines.len() > room {
        lines.truncate(room);
        if let Some(last) = lines.last_mut() {
            *last = format!("{}…", super::text::head(last, width.saturating_sub(1)));
        }
    }
    lines
        .into_iter()
        .map(|l| vec![span(Role::Text, l)])
        .collect()
}
