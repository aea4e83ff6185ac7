//! `imr snooze CASE...`: cases put off until a day, or taken up again.

use super::close::tell;
use super::desk::Desk;
use super::outcome::{Run, refuse};
use crate::app;
use crate::model::{CaseId, Change, date};
use crate::rules::clock;

/// Arguments of `imr snooze`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case numbers
    #[arg(required = true, value_name = "CASE")]
    cases: Vec<String>,
    /// Until this day: 3d, 2w, tomorrow or a date; clocks run on all the same
    #[arg(long, value_name = "DATE", required_unless_present = "wake")]
    until: Option<String>,
    /// Take them up again now
    #[arg(long, conflicts_with = "until")]
    wake: bool,
}

impl Args {
    /// Puts the cases off, all at once.
    ///
    /// # Errors
    /// A day that is none to come (refused). Cases that are unknown or not open are told.
    pub fn run(&self, desk: &Desk) -> Run {
        let today = clock::today(desk.now());
        let until = match &self.until {
            Some(typed) => match app::day_to_come(typed.trim(), today) {
                Ok(day) => Some(day),
                Err(why) => return refuse(why),
            },
            None => None,
        };
        let mut store = desk.store_to_write()?;
        let cases = self.cases.iter().map(|typed| CaseId::typed(typed));
        let changes: Vec<_> = cases
            .map(|case| (case, Change::Snoozed { until }))
            .collect();
        let bulk = store.apply_all(&changes, &desk.who(), desk.now())?;
        let what = match until {
            Some(day) => format!("is snoozed until {}", date::long(day)),
            None => "is taken up again".to_owned(),
        };
        tell(&bulk, &what)
    }
}
