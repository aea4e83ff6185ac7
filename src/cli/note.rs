//! `imr note CASE ITEM`: what a request leaves open, and the reviewer knows.

use super::desk::Desk;
use super::out;
use super::outcome::{Outcome, Run, refuse};
use super::words;
use crate::model::{Change, Formulary, Units};

/// Arguments of `imr note`.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true)
    .args(["formulary", "units_a_day", "visits_before", "clear"]))]
pub struct Args {
    /// Case number
    case: String,
    /// Item, from 1
    item: usize,
    /// Status of its drug in the MTUS drug formulary
    #[arg(long, value_name = "STATUS", value_parser = words::one_of(&["Exempt", "Non-exempt", "Unlisted"], |word: &'static str| word))]
    formulary: Option<&'static str>,
    /// Units of its opioid taken a day, such as 4 or 1.5
    #[arg(long, value_name = "N")]
    units_a_day: Option<String>,
    /// Visits of its kind that the patient had before this request
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=2000))]
    visits_before: Option<u32>,
    /// Take everything noted of the item back first
    #[arg(long)]
    clear: bool,
}

impl Args {
    /// Notes it.
    ///
    /// # Errors
    /// No such case or item, a number that is none, a case that takes no change (refused).
    pub fn run(&self, desk: &Desk) -> Run {
        let mut store = desk.store_to_write()?;
        let file = desk.case(&store, &self.case)?;
        let id = &file.case.id;
        let draft = self
            .item
            .checked_sub(1)
            .and_then(|at| file.draft.items.get(at));
        let Some(draft) = draft else {
            return refuse(format!("{id} has no item {}.", self.item));
        };
        let mut noted = if self.clear {
            Default::default()
        } else {
            draft.noted
        };
        if let Some(status) = self.formulary {
            noted.formulary = Formulary::parse(status);
        }
        if let Some(typed) = &self.units_a_day {
            match Units::parse(typed) {
                Some(units) => noted.units_a_day = Some(units),
                None => return refuse(format!("\"{typed}\" is no number of units a day.")),
            }
        }
        noted.visits_before = self.visits_before.or(noted.visits_before);
        let item = self.item - 1;
        let change = Change::Noted { item, noted };
        if let Err(why) = file.clone().apply(&change) {
            return refuse(format!("{id}: {why}."));
        }
        let seen = file.history.last().map(|entry| entry.seq);
        let applied = store.apply_as_read(id, &change, seen, &desk.who(), desk.now())?;
        out::note(&format!("{id}: {}.", applied.entry.what));
        Ok(Outcome::Done)
    }
}
