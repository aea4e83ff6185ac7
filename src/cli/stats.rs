//! `imr stats`: agreement with published letters, own words and turnaround, by category.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run};
use super::table;
use crate::app::stats::{figure, hundredths, percent, said};
use crate::model::{Reviewed, date};
use crate::rules::stats::{self, Group, Stats};
use anyhow::Context;
use std::io;
use std::path::{Path, PathBuf};

/// Arguments of `imr stats`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// As JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Write every item decided as a line of CSV into this file; - is standard output
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

impl Args {
    /// Counts and prints.
    ///
    /// # Errors
    /// The store cannot be read, the file cannot be written.
    pub fn run(&self, desk: &Desk) -> Run {
        let items = desk.store()?.reviewed()?;
        let counted = stats::of(items, desk.now());
        match &self.csv {
            _ if self.json => desk.out.json(&counted)?,
            None => print(desk, &counted)?,
            Some(path) if path == Path::new("-") => {
                desk.out.raw(&lines(&counted.items)?)?;
            }
            Some(path) => {
                std::fs::write(path, lines(&counted.items)?)
                    .with_context(|| format!("cannot write {}", path.display()))?;
                note(&format!("Wrote {}.", path.display()));
            }
        }
        match counted.items.is_empty() {
            true => Ok(Outcome::Refused),
            false => Ok(Outcome::Done),
        }
    }
}

fn print(desk: &Desk, counted: &Stats) -> io::Result<()> {
    for sentence in said(counted) {
        desk.out.line(&sentence)?;
    }
    desk.out.line("")?;
    let heads = [
        "Category",
        "Items",
        "Overturned",
        "Agreed",
        "95 % interval",
        "Kappa",
        "Words",
        "Days",
    ];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    rows.extend(counted.categories.iter().map(cells));
    let mut lines = table::lines(&rows, None).into_iter();
    desk.out.heading(&lines.next().unwrap_or_default())?;
    lines.try_for_each(|line| desk.out.line(&line))?;
    let weeks = counted.weeks.iter().filter(|week| week.signed > 0);
    for (n, week) in weeks.enumerate() {
        if n == 0 {
            desk.out.line("")?;
            desk.out.heading("Items signed, week of")?;
        }
        let line = format!("{}  {:>4}", date::long(week.monday), week.signed);
        desk.out.line(&line)?;
    }
    Ok(())
}

fn cells(group: &Group) -> Vec<String> {
    let share = group.agreement.share;
    let interval = share.map(|s| format!("{} to {}", percent(s.low), percent(s.high)));
    let dash = || "-".to_owned();
    vec![
        group.category.clone(),
        group.items.to_string(),
        group.overturned.to_string(),
        share.map_or_else(dash, |share| percent(share.value)),
        interval.unwrap_or_else(dash),
        group
            .agreement
            .kappa
            .map_or_else(dash, |k| hundredths(k.value)),
        figure(group.words, 0),
        figure(group.days, 1),
    ]
}

const HEADS: [&str; 11] = [
    "case",
    "item",
    "request",
    "category",
    "first_decision",
    "decision",
    "published",
    "agreed",
    "changed",
    "words",
    "days",
];

/// Every item, a line each. What begins like a formula is not one: a text of a request is kept from
/// a spreadsheet's hands by an apostrophe.
fn lines(items: &[Reviewed]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADS)?;
    for item in items {
        let days = item.signed.map(|signed| {
            let seconds = signed.as_second() - item.came.as_second();
            format!("{:.2}", seconds.max(0) as f64 / 86_400.0)
        });
        let agreed = item.is_agreed().map(|yes| if yes { "yes" } else { "no" });
        let changed = if item.is_changed_after_reveal() {
            "after reveal"
        } else {
            ""
        };
        writer.write_record([
            item.case.as_str(),
            &item.item.to_string(),
            &plain(&item.request),
            item.category,
            item.first.word(),
            item.decision.word(),
            item.published.map_or("", |p| p.word()),
            agreed.unwrap_or(""),
            changed,
            &item.words.to_string(),
            &days.unwrap_or_default(),
        ])?;
    }
    writer.flush().context("writing CSV")?;
    writer.into_inner().context("writing CSV")
}

fn plain(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CaseId, Decision};

    #[test]
    fn a_line_an_item_and_no_formula() {
        let at = |text: &str| text.parse().unwrap();
        let item = Reviewed {
            case: CaseId::typed("CM16-0000001"),
            item: 2,
            request: "=MRI, \"left\" knee".into(),
            category: "diagnostic testing",
            first: Decision::Upheld,
            decision: Decision::Overturned,
            published: Some(Decision::Overturned),
            words: 120,
            came: at("2026-01-05T17:00:00Z"),
            signed: Some(at("2026-01-07T05:00:00Z")),
        };
        let text = String::from_utf8(lines(&[item]).unwrap()).unwrap();
        assert_eq!(
            text.lines().nth(1),
            Some(
                "CM16-0000001,2,\"'=MRI, \"\"left\"\" knee\",diagnostic testing,Upheld,Overturned,\
                 Overturned,no,after reveal,120,1.50"
            )
        );
    }
}
