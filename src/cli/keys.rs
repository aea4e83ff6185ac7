//! `imr keys`: every action and its keys, from the one table of actions.

use super::desk::Desk;
use super::outcome::{Outcome, Run};
use super::{table, user_keys};
use crate::app::action::{self, ACTIONS, Section};

/// Arguments of `imr keys`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print the built-in keys as Markdown, as README has them
    #[arg(long)]
    markdown: bool,
}

impl Args {
    /// Prints the keys in force, the user's keymap included.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn run(&self, desk: &Desk) -> Run {
        if self.markdown {
            desk.out.text(&action::table_markdown())?;
            return Ok(Outcome::Done);
        }
        let (keymap, problems) = user_keys::read(desk);
        problems.iter().for_each(|p| super::out::note(p));
        for (at, section) in Section::ALL.into_iter().enumerate() {
            if at > 0 {
                desk.out.line("")?;
            }
            desk.out.heading(section.title())?;
            let actions = ACTIONS.iter().filter(|a| a.section == section);
            let rows: Vec<Vec<String>> = actions
                .map(|a| {
                    let keys = keymap.keys(a.id, a.contexts).join(", ");
                    vec![format!("  {keys}"), a.name.to_owned(), a.doc.to_owned()]
                })
                .collect();
            let lines = table::lines(&rows, None);
            lines.iter().try_for_each(|line| desk.out.line(line))?;
        }
        Ok(Outcome::Done)
    }
}
