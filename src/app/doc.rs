//! What the reading pages say, in lines of meaning; `ui` paints them. `update` counts them, so
//! that nothing scrolls past its end.

use super::action::{ACTIONS, Action, ActionSpec, Section};
use super::keymap::Context;
use super::layout::{self, Area};
use super::messages::Level;
use super::model::{Model, Overlay};
use super::open_case::{OpenCase, Tab};
use super::{sentences, wrap};
use crate::letter::{self, Paragraph, ParagraphKind};
use crate::model::{Clock, ClockState, Date, Decision, Stage, date};
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
        Tab::Determination => layout::determination(body, gap_lines(model, body).len()).1,
        _ => body.inset(2, 0),
    }
}

/// What is missing before the signature, in lines of the determination tab: which gap, and words.
pub fn gap_lines(model: &Model, body: Area) -> Vec<(usize, String)> {
    if !model.open.as_ref().is_some_and(OpenCase::is_open) {
        return Vec::new();
    }
    let width = usize::from(layout::gaps_width(body));
    let gaps = model.work_gaps().into_iter().enumerate();
    gaps.flat_map(|(n, gap)| {
        wrap::lines(&gap.text, width)
            .into_iter()
            .map(move |line| (n, line))
    })
    .collect()
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
    reader_at(model, usize::from(layout::reader(model.size).1.width))
}

/// The same in lines of so many columns.
pub fn reader_at(model: &Model, width: usize) -> Vec<Line> {
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
pub fn prose(summary: &str, marked: Option<usize>, width: usize) -> Vec<Line> {
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
    lines.push(Vec::new());
    lines.extend(in_dispute(model, open, width));
    lines
}

/// Items that the facts name where the summary has to fit below them.
const FEW: usize = 3;

/// What is asked, each item on at most two lines, and the decision where there is one.
fn in_dispute(model: &Model, open: &OpenCase, width: usize) -> Vec<Line> {
    let pairs = open.file.case.items.iter().zip(&open.file.draft.items);
    let count = open.file.case.items.len();
    let is_wide = layout::summary(layout::case(model.size).body).1.is_some();
    let shown = if is_wide || count <= FEW + 1 {
        count
    } else {
        FEW
    };
    let mut lines = Vec::new();
    for (n, (item, draft)) in pairs.enumerate().take(shown) {
        let word = draft.decision.map(|d| format!("  {}", d.word()));
        let word = word.unwrap_or_default();
        let room = width.saturating_sub(4 + word.width()).max(10);
        let all = wrap::lines(&item.in_dispute().replace('\n', " "), room);
        let is_cut = all.len() > 2;
        for (i, mut text) in all.into_iter().take(2).enumerate() {
            if is_cut && i == 1 {
                text.push_str(" ...");
            }
            let number = if i == 0 {
                format!("{:>2}  ", n + 1)
            } else {
                "    ".to_owned()
            };
            lines.push(vec![span(Role::Label, number), span(Role::Text, text)]);
        }
        if let Some(line) = lines.last_mut().filter(|_| !word.is_empty()) {
            line.push(span(decision_role(draft.decision), word));
        }
    }
    if shown < count {
        let key = model.keymap.key(Action::TabItems, &[Context::Case]);
        let text = format!("    and {} more; {key} shows them", count - shown);
        lines.push(vec![span(Role::Dim, text)]);
    }
    lines
}

/// How a decision looks.
pub fn decision_role(decision: Option<Decision>) -> Role {
    match decision {
        None => Role::Undecided,
        Some(Decision::Upheld) => Role::Upheld,
        Some(Decision::Overturned) => Role::Overturned,
    }
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

/// What was sealed, for a signed case; else the letter as it would read today, live: what is
/// typed and not saved yet is part of it.
fn letter_of(model: &Model, open: &OpenCase) -> Vec<Paragraph> {
    let is_signed = open.file.stage == Stage::Signed;
    if let Some(sealed) = open.file.sealed.last().filter(|_| is_signed) {
        return letter::sealed_paragraphs(sealed);
    }
    let mut file = open.file.clone();
    for (item, text) in open.unsaved() {
        if let Some(draft) = file.draft.items.get_mut(item) {
            draft.rationale = text;
        }
    }
    let (reviewer, organisation) = (&model.reviewer, &model.organisation);
    letter::preview_paragraphs(&file, reviewer, organisation, model.today())
}

fn determination(model: &Model, open: &OpenCase, width: usize) -> Vec<Line> {
    let letter = letter_of(model, open);
    let mut lines = Vec::new();
    for paragraph in &letter {
        if !lines.is_empty() && !paragraph.is_joined {
            lines.push(Vec::new());
        }
        lines.extend(letter_lines(paragraph, width));
    }
    lines
}

/// A paragraph of the letter, broken to the width of the page; gaps stand out.
fn letter_lines(paragraph: &Paragraph, width: usize) -> Vec<Line> {
    let role = match paragraph.kind {
        ParagraphKind::Heading => Role::Heading,
        ParagraphKind::Item => Role::Strong,
        ParagraphKind::Field | ParagraphKind::Entry | ParagraphKind::Body => Role::Text,
    };
    let parts = with_gaps(&paragraph.text, role);
    let words = parts
        .into_iter()
        .flat_map(|(role, text)| text.split_whitespace().map(move |word| (role, word)));
    let indent = paragraph.indent();
    let mut lines = wrap::marked(words, width.saturating_sub(indent.width()))
        .into_iter()
        .map(|pieces| pieces.into_iter().map(|(role, text)| span(role, text)))
        .map(Iterator::collect::<Line>);
    let first = lines.next();
    let hanging = lines.map(|line| std::iter::once(span(role, indent)).chain(line).collect());
    first.into_iter().chain(hanging).collect()
}

/// A text cut where it stands for something missing.
fn with_gaps(text: &str, role: Role) -> Vec<(Role, &str)> {
    let found = letter::GAPS
        .iter()
        .find_map(|gap| text.split_once(gap).map(|cut| (gap, cut)));
    match found {
        Some((gap, (before, after))) => {
            vec![(role, before), (Role::Undecided, *gap), (role, after)]
        }
        None => vec![(role, text)],
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
    lines.extend(agreement(open));
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

/// Where the published decisions stand beside the reviewer's first ones.
fn agreement(open: &OpenCase) -> Vec<Line> {
    let pairs = open.file.case.items.iter().zip(&open.file.draft.items);
    let told = pairs.enumerate().filter_map(|(n, (item, draft))| {
        let published = item.published.as_ref()?;
        let lead = format!("Item {:<3} published {}", n + 1, published.decision);
        let verdict = published.verdict(draft);
        Some(vec![span(Role::Label, lead), span(Role::Text, verdict)])
    });
    let mut lines: Vec<Line> = told.collect();
    if !lines.is_empty() {
        lines.insert(
            0,
            vec![span(Role::Heading, "Agreement with the published letter")],
        );
        lines.insert(0, Vec::new());
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
