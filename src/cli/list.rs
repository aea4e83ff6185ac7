//! `imr list`: the queue in plain text.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run};
use super::{table, words};
use crate::model::text::clean_line;
use crate::model::{
    CaseId, CaseNumber, Clock, ClockState, Date, Filter, OwnView, Patient, Priority, QueuePage,
    QueueQuery, QueueRow, Sort, View, date,
};
use crate::rules::clock;
use crate::settings::problem;
use crate::store::Store;
use anyhow::anyhow;
use jiff::Timestamp;
use serde::Serialize;

/// The longest request in a pipe, columns: `--json` and `imr show` have it whole.
const REQUEST: usize = 120;
/// Rows read from the store at a time.
const WINDOW: usize = 1000;

/// Arguments of `imr list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which cases: open, overdue, expedited, undecided, signed, closed, all, or a view of
    /// config.toml
    #[arg(long, value_name = "NAME", default_value = "open")]
    view: String,
    /// A filter: words and such as due:<3d pri:exp req:"mri" state:draft -knee
    #[arg(long, value_name = "Q", default_value = "", allow_hyphen_values = true)]
    query: String,
    /// Order; cases without a value come last [default: due, or that of the view]
    #[arg(long, value_name = "KEY",
          value_parser = words::one_of(&Sort::ALL, Sort::word))]
    sort: Option<Sort>,
    /// The other way round
    #[arg(long)]
    descending: bool,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// A view by its name, built in or the reviewer's own.
fn view(name: &str, own: &[OwnView]) -> anyhow::Result<OwnView> {
    let small = name.to_lowercase();
    if let Some(of) = View::ALL.into_iter().find(|view| view.word() == small) {
        return Ok(OwnView {
            of,
            ..OwnView::default()
        });
    }
    let found = own.iter().find(|view| view.name.to_lowercase() == small);
    let built_in = View::ALL.into_iter().map(|view| view.word());
    let mut names: Vec<&str> = built_in.collect();
    names.extend(own.iter().map(|view| view.name.as_str()));
    found
        .cloned()
        .ok_or_else(|| anyhow!("--view: {}", problem::unknown_of("view", name, &names)))
}

fn read(store: &Store, query: &QueueQuery, now: Timestamp) -> anyhow::Result<QueuePage> {
    let mut all = QueuePage::default();
    loop {
        let query = QueueQuery {
            start: all.rows.len(),
            ..query.clone()
        };
        let page = store.queue(&query, now)?;
        let is_last = page.rows.len() < WINDOW;
        (all.total, all.counts) = (page.total, page.counts);
        all.rows.extend(page.rows);
        if is_last {
            return Ok(all);
        }
    }
}

/// One case of the queue, as scripts read it.
#[derive(Debug, Serialize)]
struct Line<'a> {
    id: &'a CaseId,
    number: Option<CaseNumber>,
    priority: Priority,
    patient: Patient,
    injury_date: Option<Date>,
    items: u32,
    request: &'a str,
    due: Option<Timestamp>,
    left: String,
    stage: &'static str,
    snoozed_until: Option<Date>,
    published: bool,
}

impl Args {
    /// Prints the queue.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn run(&self, desk: &Desk) -> Run {
        let query = self.asked(&desk.config().views)?;
        let (now, store) = (desk.now(), desk.store()?);
        let page = read(&store, &query, now)?;
        if self.json {
            let cases: Vec<Line> = page.rows.iter().map(|row| line(row, now)).collect();
            desk.out.json(&serde_json::json!({
                "cases": cases, "total": page.total, "counts": page.counts
            }))?;
        } else {
            self.print(desk, &page, now)?;
        }
        Ok(if page.rows.is_empty() {
            Outcome::Refused
        } else {
            Outcome::Done
        })
    }

    /// The first window.
    fn asked(&self, own: &[OwnView]) -> anyhow::Result<QueueQuery> {
        Filter::parse(&self.query).map_err(|why| anyhow!("--query: {why}"))?;
        let mut view = view(&self.view, own)?;
        if let Some(sort) = self.sort {
            (view.sort, view.descending) = (sort, false);
        }
        Ok(QueueQuery {
            view: view.of,
            within: view.query,
            sort: view.sort,
            descending: view.descending != self.descending,
            filter: self.query.clone(),
            start: 0,
            len: WINDOW,
        })
    }

    fn print(&self, desk: &Desk, page: &QueuePage, now: Timestamp) -> anyhow::Result<()> {
        let head = [
            "Due", "Case", "Pri", "Patient", "Injury", "Items", "State", "Request",
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        let columns = desk.out.is_terminal().then(|| desk.out.columns());
        let request = |row: &QueueRow| match columns {
            Some(_) => row.request.clone(),
            None => table::fit_words(&row.request, REQUEST),
        };
        rows.extend(page.rows.iter().map(|row| cells(row, request(row), now)));
        let mut lines = table::lines(&rows, columns).into_iter();
        if !page.rows.is_empty() {
            desk.out.heading(&lines.next().unwrap_or_default())?;
            lines.try_for_each(|line| desk.out.line(&line))?;
        }
        let counts = page.counts;
        note(&format!(
            "{} of {} cases shown ({}); {} open, {} overdue, {} expedited.",
            page.rows.len(),
            counts.all,
            clean_line(&self.view),
            counts.open,
            counts.overdue,
            counts.expedited
        ));
        Ok(())
    }
}

fn line(row: &QueueRow, now: Timestamp) -> Line<'_> {
    Line {
        id: &row.id,
        number: row.id.as_str().parse().ok(),
        priority: row.priority,
        patient: row.patient,
        injury_date: row.injury_date,
        items: row.items,
        request: &row.request,
        due: row.due,
        left: left(row, now),
        stage: row.stage.word(),
        snoozed_until: row.snoozed_until.filter(|_| row.stage.is_open()),
        published: row.is_published,
    }
}

fn left(row: &QueueRow, now: Timestamp) -> String {
    if row.is_published {
        return "published".to_owned();
    }
    let state = match row.due {
        _ if !row.stage.is_open() => ClockState::Stopped,
        None => ClockState::NoStart,
        Some(due) if due < now => ClockState::Overdue,
        Some(_) => ClockState::Running,
    };
    let clock = Clock {
        name: clock::DETERMINATION.to_owned(),
        starts: None,
        due: row.due,
        state,
        counts: String::new(),
    };
    clock::left(&clock, now)
}

fn cells(row: &QueueRow, request: String, now: Timestamp) -> Vec<String> {
    vec![
        left(row, now),
        row.id.to_string(),
        short(row.priority).to_owned(),
        row.patient.short(),
        row.injury_date.map_or_else(|| "-".to_owned(), date::short),
        row.items.to_string(),
        row.stage.word().to_owned(),
        request,
    ]
}

fn short(priority: Priority) -> &'static str {
    match priority {
        Priority::Standard => "std",
        Priority::Expedited => "exp",
    }
}
