//! What the reading pages say, in lines of meaning; `ui` paints them. `update` counts them, so
//! that nothing scrolls past its end.

use super::action::{ACTIONS, Action, ActionSpec, Section};
use super::keymap::Context;
use super::layout::{self, Area};
use super::messages::Level;
use super::model::{Model, Overlay};
use super::open_case::{OpenCase, Tab};
use super::{sentences, wrap};
use crate::letter;
use crate::model::{Clock, ClockState, Date, Stage, date};
use crate::rules::clock;
use crate::settings::theme::Role;
use jiff::{SignedDuration, Timestamp};
use unicode_width::UnicodeWidthStr;

/// A run of text with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What it means.
    pub role: Role,
    /// What it says.
    pub text: String,
}

/// One line.
pub type Line = Vec<Span>;

/// A run of text.
pub fn span(role: Role, text: impl Into<String>) -> Span {
    Span {
        role,
        text: text.into(),
    }
}

fn plain(text: String) -> Line {
    vec![span(Role::Text, text)]
}

/// Date and minute, as the day is counted in California.
pub fn minute(at: Timestamp) -> String {
    at.to_zoned(clock::zone())
        .strftime("%m/%d/%Y %H:%M")
        .to_string()
}

/// Lines of the open tab's page, and how many are in view; (0, 0) where the tab is a list.
pub(super) fn tab_len(model: &Model) -> (usize, usize) {
    let Some(open) = &model.open else {
        return (0, 0);
    };
    let area = page_area(model, open);
    let lines = match open.tab {
        Tab::Findings | Tab::Items => return (0, 0),
        _ => page(model, open, area.width).len(),
    };
    (lines, usize::from(area.height))
}

/// Where the page of the open tab stands.
pub fn page_area(model: &Model, open: &OpenCase) -> Area {
    let body = layout::case(model.size).body;
    match open.tab {
        Tab::Summary => layout::summary(body).0,
        Tab::Records => layout::records(body, open.file.case.records.len())
            .1
            .inset(2, 1),
        Tab::Determination => layout::determination(body, model.work_blockers().len()).1,
        _ => body.inset(2, 0),
    }
}

/// The page of the open tab; empty where the tab is a list.
pub fn page(model: &Model, open: &OpenCase, width: u16) -> Vec<Line> {
    let columns = usize::from(width);
    match open.tab {
        Tab::Summary => summary(model, open, columns),
        Tab::Records => record(open, columns),
        Tab::Determination => determination(model, open, columns),
        Tab::History => history(open, columns),
        Tab::Findings | Tab::Items => Vec::new(),
    }
}

/// Lines of help or messages, whichever is open.
pub(super) fn reader_len(model: &Model) -> usize {
    reader(model).len()
}

/// Help or messages, whichever is open.
pub fn reader(model: &Model) -> Vec<Line> {
    let width = usize::from(layout::reader(model.size).1.width);
    match model.overlays.last() {
        Some(Overlay::Help(_)) => help(model, width),
        Some(Overlay::Messages(_)) => messages(model, width),
        _ => Vec::new(),
    }
}

fn summary(model: &Model, open: &OpenCase, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let is_wide = layout::summary(layout::case(model.size).body).1.is_some();
    if !is_wide {
        lines.extend(facts(model, open, width));
        lines.push(Vec::new());
    }
    lines.push(vec![span(Role::Heading, "Clinical case summary")]);
    lines.push(Vec::new());
    if open.file.case.summary.trim().is_empty() {
        lines.push(vec![span(Role::Dim, "The file has no summary.")]);
    }
    lines.extend(prose(&open.file.case.summary, open.marked, width));
    lines
}

/// The summary, wrapped; the marked sentence carries its own role.
fn prose(summary: &str, marked: Option<usize>, width: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut number = 0;
    for paragraph in sentences::of(summary) {
        if !lines.is_empty() {
            lines.push(Vec::new());
        }
        let first = number;
        number += paragraph.len();
        let roles = paragraph.iter().enumerate().map(|(i, sentence)| {
            let is_marked = marked == Some(first + i);
            (if is_marked { Role::Mark } else { Role::Text }, sentence)
        });
        let words = roles.flat_map(|(role, s)| s.split(' ').map(move |word| (role, word)));
        let wrapped = wrap::marked(words, width);
        lines.extend(wrapped.into_iter().map(|pieces| {
            pieces
                .into_iter()
                .map(|(role, text)| span(role, text))
                .collect()
        }));
    }
    lines
}

/// The line of the summary page on which the marked sentence starts.
pub(super) fn line_of_mark(model: &Model) -> usize {
    let Some(open) = &model.open else {
        return 0;
    };
    let area = page_area(model, open);
    let lines = page(model, open, area.width);
    let is_marked = |line: &Line| line.iter().any(|s| s.role == Role::Mark);
    lines.iter().position(is_marked).unwrap_or(0)
}

/// Patient, header facts and clocks. Two columns where they fit, else one.
pub fn facts(model: &Model, open: &OpenCase, width: usize) -> Vec<Line> {
    let case = &open.file.case;
    let header = &case.header;
    let day = |d: Option<Date>| d.map_or_else(|| "not stated".to_owned(), date::long);
    let mut lines = vec![vec![span(Role::Strong, case.patient.long())], Vec::new()];
    let pairs = [
        ("Injury", day(header.injury_date)),
        ("Priority", case.priority().word().to_owned()),
        ("UR decision", day(header.ur_denial_date)),
        ("Assigned", day(header.assigned_date)),
        ("Application", day(header.application_received_date)),
        ("Records complete", day(header.records_complete_date)),
    ];
    lines.extend(columns(&pairs, if width >= 56 { 2 } else { 1 }));
    if let Some(decided) = header.decided_date {
        lines.extend(columns(&[("Published", date::long(decided))], 1));
    }
    lines.push(Vec::new());
    lines.extend(clocks(model, open, width));
    lines
}

/// Label and value, label and value.
fn columns(pairs: &[(&str, String)], across: usize) -> Vec<Line> {
    let cell = |(label, value): &(&str, String)| {
        let role = if value == "not stated" {
            Role::Dim
        } else {
            Role::Text
        };
        [
            span(Role::Label, format!("{label:<17}")),
            span(role, format!("{value:<16}")),
        ]
    };
    pairs
        .chunks(across)
        .map(|row| row.iter().flat_map(cell).collect())
        .collect()
}

/// A clock: what is left of it, and when it ends or why it does not run; on one line or two.
fn clocks(model: &Model, open: &OpenCase, width: usize) -> Vec<Line> {
    let case = &open.file.case;
    let all = clock::all(&case.header, case.is_published, open.file.stage, model.now);
    let mut lines = Vec::new();
    for clock in all {
        let left = left(&clock, case.is_published, open.is_open(), model.now);
        let mut line = vec![
            span(Role::Label, format!("{:<17}", capital(&clock.name))),
            span(clock_role(&clock, model.now), &left),
            span(Role::Text, " ".repeat(16usize.saturating_sub(left.width()))),
        ];
        let key = model
            .keymap
            .key(Action::RecordsComplete, &[Context::Summary]);
        let more = match (clock.state, clock.due) {
            (ClockState::NoStart, _) if open.is_open() => {
                format!("{key} enters the start")
            }
            (_, Some(due)) => format!("due {}", date::long(clock::today(due))),
            (_, None) => String::new(),
        };
        if width < 56 {
            lines.push(line);
            line = vec![span(Role::Label, " ".repeat(17))];
        }
        line.push(span(Role::Dim, more));
        lines.push(line);
    }
    lines
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |c| {
        format!("{}{}", c.to_uppercase(), chars.as_str())
    })
}

/// Lines below what is in view of the open tab's page, for the foot of the screen.
pub fn below(model: &Model) -> usize {
    let Some(open) = model.open.as_ref().filter(|o| o.tab != Tab::Records) else {
        return 0;
    };
    let (total, height) = tab_len(model);
    total.saturating_sub(open.scroll() + height)
}

/// What is left of a clock, in words also where it has stopped.
pub fn left(clock: &Clock, is_published: bool, is_open: bool, now: Timestamp) -> String {
    match (is_published, is_open) {
        (true, _) => "published".to_owned(),
        (false, false) => "stopped".to_owned(),
        (false, true) => clock::left(clock, now),
    }
}

/// Less than this is little.
const SOON: SignedDuration = SignedDuration::from_hours(72);

/// How urgent a clock looks.
pub fn clock_role(clock: &Clock, now: Timestamp) -> Role {
    let is_soon = clock.due.is_some_and(|due| due.duration_since(now) < SOON);
    match clock.state {
        ClockState::Overdue => Role::Overdue,
        ClockState::Running if is_soon => Role::Soon,
        ClockState::Running => Role::Text,
        ClockState::NoStart | ClockState::Stopped => Role::Dim,
    }
}

fn record(open: &OpenCase, width: usize) -> Vec<Line> {
    let Some(record) = open.file.case.records.get(open.record) else {
        return Vec::new();
    };
    match record.pages.get(open.page) {
        None => vec![vec![span(Role::Dim, "This record has no pages.")]],
        Some(text) if text.trim().is_empty() => {
            vec![vec![span(
                Role::Dim,
                "No text on this page; it may be a scan.",
            )]]
        }
        Some(text) => wrap::lines(text.trim_matches('\n'), width)
            .into_iter()
            .map(plain)
            .collect(),
    }
}

fn determination(model: &Model, open: &OpenCase, width: usize) -> Vec<Line> {
    let signed = open.file.sealed.last();
    if let Some(sealed) = signed.filter(|_| open.file.stage == Stage::Signed) {
        let text = letter::of_sealed(sealed);
        let lines = wrap::lines(&unwrapped(text.trim_end()), width);
        return lines.into_iter().map(plain).collect();
    }
    let mut file = open.file.clone();
    // Live: what is typed and not saved yet is part of the letter.
    for (item, text) in open.unsaved() {
        if let Some(draft) = file.draft.items.get_mut(item) {
            draft.rationale = text;
        }
    }
    let text = letter::preview(&file, &model.reviewer, &model.organisation, model.today());
    wrap::lines(&unwrapped(text.trim_end()), width)
        .into_iter()
        .map(letter_line)
        .collect()
}

/// Width to which `letter` wraps.
const LETTER: usize = 95;

/// The letter with every paragraph on one line: a line that was broken because the next word did
/// not fit is joined again.
fn unwrapped(text: &str) -> String {
    let mut out = String::new();
    let mut last = 0;
    for line in text.lines() {
        let word = line.split_whitespace().next().unwrap_or_default();
        let is_broken = last > 0 && !word.is_empty() && last + 1 + word.width() > LETTER;
        if !out.is_empty() {
            out.push(if is_broken { ' ' } else { '\n' });
        }
        out.push_str(line);
        last = line.width();
    }
    out
}

/// Gaps of the letter stand out.
fn letter_line(line: String) -> Line {
    let Some((before, rest)) = line.split_once('[') else {
        return plain(line);
    };
    match rest.split_once(']') {
        Some((gap, after)) if gap.contains("not yet") => vec![
            span(Role::Text, before),
            span(Role::Undecided, format!("[{gap}]")),
            span(Role::Text, after),
        ],
        _ => plain(line),
    }
}

fn history(open: &OpenCase, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for entry in &open.file.history {
        let lead = format!("{}  {:<10}  ", minute(entry.at), entry.who);
        let wrapped = wrap::lines(&entry.what, width.saturating_sub(lead.width()).max(10));
        for (n, text) in wrapped.into_iter().enumerate() {
            let lead = if n == 0 {
                lead.clone()
            } else {
                " ".repeat(lead.width())
            };
            lines.push(vec![span(Role::Label, lead), span(Role::Text, text)]);
        }
    }
    for sealed in &open.file.sealed {
        lines.push(Vec::new());
        lines.push(vec![span(
            Role::Label,
            format!("Signed {}  SHA-256", minute(sealed.at)),
        )]);
        lines.extend(wrap::lines(&sealed.hash, width).into_iter().map(plain));
        if let Some(old) = &sealed.replaces {
            lines.push(vec![span(Role::Label, "It replaces")]);
            lines.extend(wrap::lines(old, width).into_iter().map(plain));
        }
    }
    if lines.is_empty() {
        lines.push(vec![span(
            Role::Dim,
            "Nothing has happened to this case yet.",
        )]);
    }
    lines
}

fn messages(model: &Model, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for message in model.messages.all() {
        let role = if message.level == Level::Problem {
            Role::Problem
        } else {
            Role::Text
        };
        let lead = format!("{}  ", minute(message.at));
        let wrapped = wrap::lines(&message.text, width.saturating_sub(lead.width()).max(10));
        for (n, text) in wrapped.into_iter().enumerate() {
            let lead = if n == 0 {
                lead.clone()
            } else {
                " ".repeat(lead.width())
            };
            lines.push(vec![span(Role::Label, lead), span(role, text)]);
        }
    }
    if lines.is_empty() {
        lines.push(vec![span(Role::Dim, "Nothing has been said yet.")]);
    }
    lines
}

/// All keys: first what has a meaning here, the closest context first, then the rest by section.
fn help(model: &Model, width: usize) -> Vec<Line> {
    let under = model.contexts_under();
    let place = |s: &ActionSpec| under.iter().position(|c| s.contexts.contains(c));
    let mut here: Vec<&ActionSpec> = ACTIONS.iter().filter(|s| place(s).is_some()).collect();
    here.sort_by_key(|s| place(s));
    let mut lines = vec![vec![span(Role::Heading, "Here")], Vec::new()];
    lines.extend(
        here.into_iter()
            .flat_map(|s| help_lines(model, s, under, width)),
    );
    for section in Section::ALL {
        let in_section = ACTIONS.iter().filter(|s| s.section == section);
        let mut rest = in_section.filter(|s| place(s).is_none()).peekable();
        if rest.peek().is_none() {
            continue;
        }
        lines.extend([
            Vec::new(),
            vec![span(Role::Heading, section.title())],
            Vec::new(),
        ]);
        lines.extend(rest.flat_map(|s| help_lines(model, s, s.contexts, width)));
    }
    lines
}

/// Columns of the keys in help.
const KEYS: usize = 25;

/// Keys and what they do; dim, with the reason, where they would act here but do not apply.
fn help_lines(model: &Model, spec: &ActionSpec, contexts: &[Context], width: usize) -> Vec<Line> {
    let keys = model.keymap.keys(spec.id, contexts).join(", ");
    let keys = match (keys.is_empty(), model.keymap.is_bound(spec.id, contexts)) {
        (false, _) => keys,
        // Its keys mean something closer here: nothing to tell.
        (true, true) => return Vec::new(),
        (true, false) => "unbound".to_owned(),
    };
    let is_here = spec
        .contexts
        .iter()
        .any(|c| model.contexts_under().contains(c));
    let why_not = model.available_under(spec).err().filter(|_| is_here);
    let (key_role, role, text) = match why_not {
        Some(reason) => (Role::Dim, Role::Dim, format!("{} ({reason})", spec.doc)),
        None => (Role::Key, Role::Text, spec.doc.to_owned()),
    };
    let wrapped = wrap::lines(&text, width.saturating_sub(KEYS + 2).max(10));
    let line = |(n, text): (usize, String)| {
        let keys = if n == 0 { keys.as_str() } else { "" };
        vec![span(key_role, format!("{keys:<KEYS$}  ")), span(role, text)]
    };
    wrapped.into_iter().enumerate().map(line).collect()
}

impl Model {
    /// The contexts below help: those the reader asks about.
    fn contexts_under(&self) -> &'static [Context] {
        use super::model::Place;
        let place = match (self.overlays.iter().rev().nth(1), &self.open) {
            (Some(Overlay::Picker(_)), _) => Place::Picker,
            (Some(Overlay::Palette(_)), _) => Place::Palette,
            (Some(Overlay::Dialogue(dialogue)), _) => super::model::question_place(dialogue),
            (Some(Overlay::Help(_) | Overlay::Messages(_)), _) => Place::Reading,
            (None, Some(open)) if open.is_editing => Place::Editor,
            (None, Some(open)) => Place::Tab(open.tab),
            (None, None) if self.queue.typing.is_some() => Place::Filter,
            (None, None) => Place::Queue,
        };
        place.contexts()
    }

    /// Whether an action applies is asked of what lies below help, where that makes a difference.
    fn available_under(&self, spec: &ActionSpec) -> Result<(), &'static str> {
        if spec.contexts.contains(&Context::Picker) {
            return Ok(());
        }
        self.available(spec.id)
    }
}
