//! `imr themes`: the themes, each with a sample line.

use super::desk::Desk;
use super::outcome::{Outcome, Run};
use super::{ansi, user_theme};
use crate::settings::theme::{Role, Theme};

/// Roles of the sample, with a word that could stand there.
const SAMPLE: [(Role, &str); 9] = [
    (Role::Title, "imr"),
    (Role::Overdue, "2 d overdue"),
    (Role::Expedited, "exp"),
    (Role::Selected, "CM25-0200101"),
    (Role::Match, "cervical"),
    (Role::Upheld, "Upheld"),
    (Role::Overturned, "Overturned"),
    (Role::Problem, "L01"),
    (Role::Key, "Ctrl-g"),
];

/// Arguments of `imr themes`.
#[derive(Debug, clap::Args)]
pub struct Args {}

impl Args {
    /// Prints one line a theme: its name, and a sample where colours can be seen.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn run(&self, desk: &Desk) -> Run {
        for (theme, problems) in user_theme::all(desk) {
            desk.out.styled(&line(&theme))?;
            problems.iter().for_each(|p| super::out::note(p));
        }
        Ok(Outcome::Done)
    }
}

fn line(theme: &Theme) -> Vec<(String, String)> {
    let mut line = vec![(String::new(), format!("{:<12}", theme.name))];
    for (role, word) in SAMPLE {
        line.push((String::new(), " ".to_owned()));
        line.push((ansi::codes(theme.paint(role)), word.to_owned()));
    }
    line
}
