//! The screen of statistics: where its parts stand, and what each line says. `ui` draws the charts.

use super::doc::{Line, span};
use super::layout::{self, Area};
use super::wrap;
use crate::model::{Decision, Reviewed, date};
use crate::rules::stats::{Agreement, Estimate, Group, Stats};
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

/// The open screen.
#[derive(Debug, Default)]
pub struct StatsPage {
    /// `None` until they are counted.
    pub stats: Option<Box<Stats>>,
    /// The first row of the table in view.
    pub top: usize,
}

/// Columns of the table: category, items, overturned, agreed, bar, kappa, words, days.
pub const CATEGORY: usize = 25;
const ITEMS: usize = 6;
const OVERTURNED: usize = 7;
const AGREED: usize = 7;
/// Columns of the bars.
pub const BAR: u16 = 12;
const KAPPA: usize = 7;
const WORDS: usize = 6;
const DAYS: usize = 6;
/// Rows of the chart by week.
const CHART: u16 = 3;

/// Where the parts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatsAreas {
    /// Around all of it.
    pub frame: Area,
    /// What is said of all items, and the heads of the columns.
    pub head: Area,
    /// The table, which scrolls.
    pub rows: Area,
    /// The bars in it.
    pub bars: Area,
    /// The name of the chart.
    pub label: Area,
    /// Items signed by week.
    pub chart: Area,
}

/// Where the parts stand at this size.
pub fn areas(size: (u16, u16), head: usize) -> StatsAreas {
    let (frame, inner) = layout::reader(size);
    let head = u16::try_from(head).unwrap_or(u16::MAX);
    let (head, rest) = inner.split_top(head);
    let (rest, foot) = rest.split_bottom(CHART + 2);
    let (_, foot) = foot.split_top(1);
    let (label, chart) = foot.split_top(1);
    let left = u16::try_from(CATEGORY + ITEMS + OVERTURNED + AGREED + 1).unwrap_or(0);
    let bars = Area {
        x: rest.x + left,
        width: BAR.min(rest.width.saturating_sub(left)),
        ..rest
    };
    StatsAreas {
        frame,
        head,
        rows: rest,
        bars,
        label,
        chart,
    }
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct StatsRow {
    /// What it says.
    pub line: Line,
    /// Percent of its bar, where it has one.
    pub bar: Option<u64>,
}

/// What is said above the table, in lines of so many columns.
pub fn head(stats: &Stats, width: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = said(stats)
        .iter()
        .flat_map(|text| wrap::lines(text, width))
        .map(|line| vec![span(Role::Text, line)])
        .collect();
    lines.push(Vec::new());
    let bar = usize::from(BAR);
    lines.push(vec![span(
        Role::Strong,
        format!(
            "{:<CATEGORY$}{:>ITEMS$}{:>OVERTURNED$}{:>AGREED$} {:<bar$}{:>KAPPA$}{:>WORDS$}{:>DAYS$}",
            "Category", "items", "overt.", "agreed", "", "kappa", "words", "days"
        ),
    )]);
    lines
}

/// What is said of all items: sentences.
pub fn said(stats: &Stats) -> Vec<String> {
    let all = &stats.all;
    let items = wrap::count(all.items, "item");
    let mut said = vec![format!(
        "{items} decided, {} overturned. Median rationale {} words, median case {} days.",
        all.overturned,
        figure(all.words, 0),
        figure(all.days, 1),
    )];
    let agreement = &all.agreement;
    said.push(match agreement.share {
        None => "None of them has a published decision to compare with.".to_owned(),
        Some(share) => format!(
            "{} of {} agree with the published decision: {} ({}).{}{}",
            agreement.agreed,
            agreement.compared,
            percent(share.value),
            between(share, percent),
            kappa_said(agreement),
            changed_said(agreement),
        ),
    });
    said
}

fn kappa_said(agreement: &Agreement) -> String {
    match agreement.kappa {
        Some(kappa) => format!(
            " Kappa {} ({}).",
            hundredths(kappa.value),
            between(kappa, hundredths)
        ),
        None => " Kappa says nothing: both always say the same.".to_owned(),
    }
}

fn changed_said(agreement: &Agreement) -> String {
    match agreement.changed_after_reveal {
        0 => String::new(),
        n => format!(" {n} changed after reveal, counted as first decided."),
    }
}

fn between(estimate: Estimate, word: fn(f64) -> String) -> String {
    let (low, high) = (word(estimate.low), word(estimate.high));
    format!("95 % interval {low} to {high}")
}

/// `72 %`.
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// `0.41`.
pub fn hundredths(value: f64) -> String {
    format!("{value:.2}")
}

/// A figure, or a dash where there is none.
pub fn figure(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.digits$}"))
}

/// The table: a row a category, then the items on which the two differ.
pub fn rows(stats: &Stats, width: usize) -> Vec<StatsRow> {
    let mut rows: Vec<StatsRow> = stats.categories.iter().map(category).collect();
    let differing = stats
        .items
        .iter()
        .filter(|item| item.is_agreed() == Some(false));
    let differing: Vec<StatsRow> = differing.map(|item| differs(item, width)).collect();
    if !differing.is_empty() {
        let title = format!("You differ on {}", wrap::count(differing.len(), "item"));
        rows.push(plain(Vec::new()));
        rows.push(plain(vec![span(Role::Strong, title)]));
        rows.extend(differing);
    }
    rows
}

fn plain(line: Line) -> StatsRow {
    StatsRow { line, bar: None }
}

fn category(group: &Group) -> StatsRow {
    let share = group.agreement.share;
    let bar = usize::from(BAR);
    let agreed = share.map_or_else(|| "-".to_owned(), |share| percent(share.value));
    let kappa = group.agreement.kappa.map(|kappa| kappa.value);
    let text = format!(
        "{:<CATEGORY$}{:>ITEMS$}{:>OVERTURNED$}{agreed:>AGREED$} {:<bar$}{:>KAPPA$}{:>WORDS$}{:>DAYS$}",
        group.category,
        group.items,
        group.overturned,
        "",
        figure(kappa, 2),
        figure(group.words, 0),
        figure(group.days, 1),
    );
    StatsRow {
        line: vec![span(Role::Text, text)],
        bar: share.map(|share| (share.value * 100.0).round() as u64),
    }
}

fn differs(item: &Reviewed, width: usize) -> StatsRow {
    let lead = format!("{} {}  ", item.case, item.item);
    let words = words(item);
    let room = width.saturating_sub(lead.width() + words.width() + 2);
    let request = wrap::lines(&item.request, room.max(10));
    let is_cut = request.len() > 1;
    let mut request = request.into_iter().next().unwrap_or_default();
    if is_cut {
        request.push('…');
    }
    plain(vec![
        span(Role::Label, lead),
        span(Role::Text, format!("{request}  ")),
        span(Role::Text, words),
    ])
}

/// `you Upheld, published Overturned, after reveal Overturned`.
pub fn words(item: &Reviewed) -> String {
    let short = Decision::word;
    let published = item.published.map_or("nothing", short);
    let first = short(item.first);
    match item.is_changed_after_reveal() {
        true => format!(
            "you {first}, published {published}, after reveal {}",
            short(item.decision)
        ),
        false => format!("you {first}, published {published}"),
    }
}

/// The name of the chart by week.
pub fn chart_label(stats: &Stats) -> String {
    let most = stats.weeks.iter().map(|week| week.signed).max();
    let first = stats.weeks.first().map(|week| date::short(week.monday));
    format!(
        "Items signed by week since {}; most in a week: {}",
        first.unwrap_or_default(),
        most.unwrap_or(0)
    )
}
