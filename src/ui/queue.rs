//! The queue: figures, what is asked for, the cases, the selected one.

use super::canvas::Canvas;
use super::text::{column, column_right, fit};
use super::{desk, preview};
use crate::app::Model;
use crate::app::action::Action;
use crate::app::doc::{self, span};
use crate::app::layout::{Area, QueueAreas};
use crate::app::model::Place;
use crate::app::wrap;
use crate::model::{Clock, ClockState, Priority, QueueQuery, QueueRow, Sort, View, date};
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

/// One of the columns.
type Column = fn(&mut Columns) -> &mut usize;

impl Columns {
    /// Stable for a screen and a view: nothing moves when the rows change.
    fn of(width: u16, view: View, is_beside: bool) -> Self {
        let is_wide = width >= 100;
        let all = Self {
            due: 12,
            case: if is_wide { 14 } else { 13 },
            priority: 3,
            patient: if is_wide { 7 } else { 5 },
            injury: if is_wide { 8 } else { 0 },
            items: 5,
            // Open cases are new, draft or snoozed; the other words need more room.
            state: match view {
                View::Closed | View::All => 10,
                _ => 7,
            },
            gap: if is_wide { 2 } else { 1 },
        };
        match is_beside && width < SLIM {
            true => all.slim(width),
            false => all,
        }
    }

    /// Beside a case: which one, how urgent, how it stands and what is asked; what else there is, as
    /// far as it leaves room to read that.
    fn slim(self, width: u16) -> Self {
        let mut slim = Self {
            due: 11,
            case: 12,
            patient: 0,
            items: 0,
            state: 0,
            ..self
        };
        let wanted: [(Column, usize, usize); 3] = [
            (|c| &mut c.state, self.state, 8),
            (|c| &mut c.patient, self.patient, 18),
            (|c| &mut c.items, self.items, 18),
        ];
        for (column, columns, least) in wanted {
            *column(&mut slim) = columns;
            if slim.request(width) < least {
                *column(&mut slim) = 0;
            }
        }
        slim
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
        header(canvas, areas.header, &columns, &queue.query);
        rows(canvas, model, areas.rows, &columns);
    }
    if let Some(problem) = &queue.problem {
        wrong(canvas, areas, problem);
    }
}

/// What is wrong with the filter: right below it, where the eye is, and to the end of the sentence.
/// What it covers comes back with the next key.
fn wrong(canvas: &mut Canvas, areas: &QueueAreas, problem: &str) {
    let room = usize::from(areas.header.width.saturating_sub(6));
    let lines = wrap::lines(problem, room);
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let area = Area {
        height: rows.min(areas.rows.height.saturating_add(1)),
        ..areas.header
    };
    canvas.fill(area);
    canvas.text(area, 0, 3, Role::Problem, "!");
    for (row, line) in (0..area.height).zip(&lines) {
        canvas.text(area, row, 5, Role::Problem, line);
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
    let snoozed = match counts.snoozed {
        0 => String::new(),
        n => format!(" · {n} snoozed"),
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
        span(Role::Dim, snoozed),
        span(
            Role::Dim,
            if area.width >= 100 && !model.reviewer.name.is_empty() {
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
    let place = place(model);
    let room = Area {
        width: area
            .width
            .saturating_sub(u16::try_from(place.width()).unwrap_or(0) + 1),
        ..area
    };
    let view = fit(queue.view_name(), usize::from(area.width / 4));
    let [up, down] = canvas.look().lines().arrows;
    let arrow = if queue.query.descending { down } else { up };
    let sort = format!("{} {arrow}", queue.query.sort.word());
    let mut col = canvas.text(room, row, 1, Role::Label, "view ");
    col = canvas.text(room, row, col, Role::Text, &view);
    col = canvas.text(room, row, col, Role::Label, "   sort ");
    col = canvas.text(room, row, col, Role::Text, &sort);
    let is_filtered = queue.typing.is_some() || !queue.query.filter.is_empty();
    if is_filtered {
        col = canvas.text(room, row, col, Role::Label, "   filter ");
    }
    match &queue.typing {
        Some((field, _)) => {
            canvas.field(room, row, col, field, true);
            if field.text().is_empty() {
                canvas.text(room, row, col + 1, Role::Dim, FILTER_EXAMPLE);
            }
        }
        None => {
            canvas.text(room, row, col, Role::Match, &queue.query.filter);
        }
    }
    canvas.right(area, row, Role::Dim, &place);
}

/// What can be typed, shown while nothing is.
const FILTER_EXAMPLE: &str = "words due:<3d pri:exp -knee";

/// How many are marked, and where among how many the selection stands.
fn place(model: &Model) -> String {
    let queue = &model.queue;
    let marked = match queue.marks.len() {
        0 => String::new(),
        n => format!(" {n} marked ·"),
    };
    match queue.page.total {
        0 => marked.trim_end_matches('·').to_owned(),
        total => format!("{marked} {} of {total} ", queue.list.selected + 1),
    }
}

fn header(canvas: &mut Canvas, area: Area, c: &Columns, query: &QueueQuery) {
    let patient = if c.patient >= 7 { "Patient" } else { "Age" };
    let cells = [
        (Sort::Due, column("Due", c.due)),
        (Sort::Number, column("Case", c.case)),
        (Sort::Priority, column("Pri", c.priority)),
        (Sort::Patient, column(patient, c.patient)),
        (Sort::Injury, column("Injury", c.injury)),
        (Sort::Items, column_right("Items", c.items)),
        (Sort::Request, column("Request", c.request(area.width))),
        (Sort::State, column("State", c.state)),
    ];
    let mut col = 3;
    for (sort, cell) in cells.iter().filter(|(_, cell)| !cell.is_empty()) {
        let role = if *sort == query.sort {
            Role::Heading
        } else {
            Role::Label
        };
        canvas.text(area, 0, col, role, cell.trim_end());
        col += u16::try_from(cell.width() + c.gap).unwrap_or(1);
    }
}

fn rows(canvas: &mut Canvas, model: &Model, area: Area, c: &Columns) {
    let list = model.queue.list;
    for line in 0..area.height {
        let at = list.top + usize::from(line);
        if at >= model.queue.page.total {
            break;
        }
        match model.queue.row(at) {
            Some(row) => {
                one(canvas, model, area, line, row, c);
                if model.queue.marks.contains(&row.id) {
                    canvas.text(area, line, 1, Role::Accent, "*");
                }
            }
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
pub(super) fn clock(row: &QueueRow, model: &Model) -> Clock {
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
        counts: String::new(),
        is_hourly: row.priority == Priority::Expedited,
    }
}

pub(super) fn is_snoozed(row: &QueueRow, model: &Model) -> bool {
    let until = row.snoozed_until.filter(|_| row.stage.is_open());
    until.is_some_and(|day| day > model.today())
}

fn one(canvas: &mut Canvas, model: &Model, area: Area, line: u16, row: &QueueRow, c: &Columns) {
    let clock = clock(row, model);
    let due = doc::left(&clock, row.is_published, row.stage.is_open(), model.now);
    let (priority, priority_role) = match row.priority {
        Priority::Expedited => ("exp", Role::Expedited),
        Priority::Standard => ("std", Role::Dim),
    };
    let is_snoozed = is_snoozed(row, model);
    let (state, stage) = match row.stage {
        _ if is_snoozed => (Role::Dim, "snoozed"),
        other => (Role::Text, other.word()),
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
    cells.push((state, column(stage, c.state)));
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
    let lines = what_to_do(model);
    for (row, line) in lines.iter().enumerate() {
        let role = if row == 0 { Role::Strong } else { Role::Text };
        canvas.text(area, u16::try_from(row + 1).unwrap_or(0), 3, role, line);
    }
    if model.queue.typing.is_none() && model.overlays.is_empty() {
        canvas.cursor(area, 1, 3);
    }
}

pub(super) fn what_to_do(model: &Model) -> Vec<String> {
    let queue = &model.queue;
    let key = |action| model.keymap.key(action, Place::Queue.contexts());
    let views = key(Action::ChooseView);
    if !queue.is_loaded {
        return vec!["Reading the store...".to_owned()];
    }
    if queue.page.counts.all == 0 {
        return welcome(model, &key(Action::Quit));
    }
    let view = queue.view_name();
    if queue.query.filter.is_empty() {
        let mut lines = vec![
            format!("No case in the view \"{view}\"."),
            format!("{views} lists the views."),
        ];
        if queue.page.counts.snoozed > 0 {
            let filter = key(Action::Filter);
            let cases = wrap::count(queue.page.counts.snoozed, "case");
            lines.push(format!(
                "{filter}snoozed: shows {cases} put off until a day."
            ));
        }
        return lines;
    }
    // While it is typed, Esc goes back to the filter before.
    let clear = match queue.typing {
        Some(_) => "Ctrl-u takes the filter away.".to_owned(),
        None => format!("{} takes the filter away.", key(Action::ClearFilter)),
    };
    let elsewhere = match queue.page.elsewhere {
        0 => String::new(),
        1 => format!("1 case of another view does: {views} lists the views."),
        n => format!("{n} cases of other views do: {views} lists the views."),
    };
    vec![
        format!(
            "No case in the view \"{view}\" passes {}",
            queue.query.filter
        ),
        clear,
        elsewhere,
    ]
}

/// The first start.
fn welcome(model: &Model, quit: &str) -> Vec<String> {
    let mut lines = vec![
        "No cases yet.".to_owned(),
        String::new(),
        format!("Leave with {quit} and run:"),
        "   imr import FOLDER    letters (text, PDF) and case files".to_owned(),
        "   imr demo             to try it first on practice cases".to_owned(),
    ];
    if model.reviewer.name.is_empty() {
        lines.push("   imr config init      to enter your name, licence and boards".to_owned());
    }
    lines
}
