//! `imr dates CASE`: the days that a case's clocks start on.

use super::desk::Desk;
use super::out::{Out, note};
use super::outcome::{Outcome, Run, refuse};
use super::words;
use crate::model::{CaseFile, Date, Extension, Priority, Sent, date};
use crate::rules::clock;
use crate::rules::dates::{self, Wanted};
use jiff::Timestamp;
use std::io;

/// Arguments of `imr dates`. A day is typed like 1/31/2026 or 2026-01-31; `none` takes it back.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case number
    case: String,
    /// When the records were complete: the determination is counted from it
    #[arg(long, value_name = "DATE", value_parser = day)]
    records_complete: Option<Typed>,
    /// Notice of assignment: the records are due from it
    #[arg(long, value_name = "DATE", value_parser = day)]
    notice: Option<Typed>,
    /// How the notice was sent
    #[arg(long, value_name = "WAY", value_parser = words::one_of(&Sent::ALL, Sent::word))]
    sent: Option<Sent>,
    /// Service of the UR decision: the application is due from it
    #[arg(long, value_name = "DATE", value_parser = day)]
    ur_served: Option<Typed>,
    /// Certification of an imminent and serious threat
    #[arg(long, value_name = "DATE", value_parser = day)]
    certified: Option<Typed>,
    /// Standard or expedited review
    #[arg(long, value_name = "PRIORITY", value_parser = words::one_of(&PRIORITIES, key))]
    priority: Option<Priority>,
    /// Are drugs of the formulary all that is in dispute? yes or no
    #[arg(long, value_name = "YES|NO", value_parser = words::one_of(&[true, false], yes_or_no))]
    formulary: Option<bool>,
    /// By how many days the determination was extended; 0 takes it back
    #[arg(long, value_name = "DAYS")]
    extension: Option<u8>,
    /// When the extension was approved
    #[arg(long, value_name = "DATE", value_parser = day, requires = "extension")]
    approved: Option<Typed>,
    /// Service of the determination: a petition against it is due from it
    #[arg(long, value_name = "DATE", value_parser = day)]
    served: Option<Typed>,
}

const PRIORITIES: [Priority; 2] = [Priority::Standard, Priority::Expedited];

fn key(priority: Priority) -> &'static str {
    match priority {
        Priority::Standard => "standard",
        Priority::Expedited => "expedited",
    }
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// A day, or that there is none.
type Typed = Box<Option<Date>>;

fn day(text: &str) -> Result<Typed, String> {
    if text == "none" {
        return Ok(Box::new(None));
    }
    let day = date::parse(text);
    let day = day.ok_or("expected a date such as 1/31/2026 or 2026-01-31, or none")?;
    Ok(Box::new(Some(day)))
}

impl Args {
    /// Enters what was given, each as a change of its own; without any, prints what is known.
    ///
    /// # Errors
    /// An unknown case, a day that cannot be, a case that takes no change (refused).
    pub fn run(&self, desk: &Desk) -> Run {
        if !self.asks() {
            let store = desk.store()?;
            let file = desk.case(&store, &self.case)?;
            print(desk, &file, desk.now())?;
            return Ok(Outcome::Done);
        }
        let mut store = desk.store_to_write()?;
        let file = desk.case(&store, &self.case)?;
        let wanted = match self.wanted(&file) {
            Ok(wanted) => wanted,
            Err(why) => return refuse(why),
        };
        let limits = &desk.settings().limits;
        let today = clock::today(desk.now());
        let changes = match dates::changes(&file.case, &wanted, limits, today) {
            Ok(changes) => changes.into_iter().map(|(change, _)| change),
            Err(why) => return refuse(why),
        };
        let priority = self.priority.filter(|p| *p != file.case.priority());
        let priority = priority.map(|priority| crate::model::Change::Prioritised { priority });
        let id = &file.case.id;
        let changes: Vec<_> = priority.into_iter().chain(changes).collect();
        // All or none: the first that does not fit is told before anything is written.
        let mut after = file.clone();
        for change in &changes {
            if let Err(why) = after.apply(change) {
                return refuse(format!("{id}: {why}."));
            }
        }
        for change in &changes {
            let applied = store.apply(id, change, &desk.who(), desk.now())?;
            note(&format!("{id}: {}.", applied.entry.what));
        }
        if changes.is_empty() {
            note("Nothing was changed: those days are known.");
        }
        Ok(Outcome::Done)
    }

    fn asks(&self) -> bool {
        let days = [
            &self.records_complete,
            &self.notice,
            &self.ur_served,
            &self.certified,
            &self.served,
        ];
        days.iter().any(|day| day.is_some())
            || self.sent.is_some()
            || self.priority.is_some()
            || self.formulary.is_some()
            || self.extension.is_some()
    }

    fn wanted(&self, file: &CaseFile) -> Result<Wanted, String> {
        let mut wanted = Wanted::of(&file.case);
        let dates = &mut wanted.dates;
        let typed = [
            (&self.records_complete, &mut wanted.records_complete),
            (&self.notice, &mut dates.notice),
            (&self.ur_served, &mut dates.ur_served),
            (&self.certified, &mut dates.certified),
            (&self.served, &mut dates.served),
        ];
        for (typed, known) in typed {
            if let Some(day) = typed {
                *known = **day;
            }
        }
        dates.notice_sent = self.sent.or(dates.notice_sent);
        dates.is_formulary = self.formulary.unwrap_or(dates.is_formulary);
        dates.extension = match (self.extension, self.approved.as_deref().copied().flatten()) {
            (None, _) => dates.extension,
            (Some(0), _) => None,
            (Some(days), Some(approved)) => Some(Extension { days, approved }),
            (Some(_), None) => {
                return Err("Say when the extension was approved: --approved DATE.".to_owned());
            }
        };
        Ok(wanted)
    }
}

fn print(desk: &Desk, file: &CaseFile, now: Timestamp) -> io::Result<()> {
    let (out, case) = (&desk.out, &file.case);
    let dates = &case.dates;
    let day = |day: Option<Date>| day.map_or_else(|| "not known".to_owned(), date::long);
    let sent = dates.notice_sent.map_or("not known", Sent::word);
    let extension = dates.extension.map_or_else(
        || "none".to_owned(),
        |e| format!("{} d, approved {}", e.days, date::long(e.approved)),
    );
    let facts = [
        ("Priority", case.priority().word().to_owned()),
        (
            "Formulary drugs alone",
            yes_or_no(dates.is_formulary).to_owned(),
        ),
        ("UR decision served", day(dates.ur_served)),
        ("Expedited, certified", day(dates.certified)),
        ("Notice of assignment", day(dates.notice)),
        ("Notice was sent", sent.to_owned()),
        ("Records complete", day(case.header.records_complete_date)),
        ("Extension", extension),
        ("Determination served", day(dates.served)),
    ];
    for (name, value) in facts {
        out.line(&format!("{name:<22} {value}"))?;
    }
    out.line("")?;
    clocks(out, desk, file, now)
}

fn clocks(out: &Out, desk: &Desk, file: &CaseFile, now: Timestamp) -> io::Result<()> {
    for clock in clock::all(file, &desk.settings().limits, now) {
        let left = clock::left(&clock, now);
        let due = clock.due.map_or_else(String::new, |due| {
            format!("due {}: {}", date::long(clock::today(due)), clock.counts)
        });
        let line = format!("{:<22} {left:<14} {due}", clock.name);
        out.line(line.trim_end())?;
    }
    Ok(())
}
