//! `imr themes`: the themes, each with a sample of every role.

use super::desk::Desk;
use super::outcome::{Outcome, Run};
use super::{ansi, user_theme};
use crate::settings::paint::Paint;
use crate::settings::theme::{Borders, Role, Theme};
use crate::terminal;
use unicode_width::UnicodeWidthStr;

/// Columns before a sample.
const MARGIN: usize = 2;

/// Arguments of `imr themes`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Codes and text of a piece of a line.
type Piece = (String, String);

impl Args {
    /// Prints each theme: its name, and every role as it looks on this terminal, on the page and
    /// in the selected row. Without a terminal the names of the roles are there all the same.
    ///
    /// # Errors
    /// `--theme` names no theme; standard output is closed or full.
    pub fn run(&self, desk: &Desk) -> Run {
        let (chosen, _) = user_theme::choose(desk)?;
        let depth = terminal::sense();
        let columns = desk.out.columns();
        for (n, (theme, problems)) in user_theme::all(desk).into_iter().enumerate() {
            if n > 0 {
                desk.out.line("")?;
            }
            let from = match user_theme::has_file(desk, &theme.name) {
                true => "yours",
                false => "built in",
            };
            let in_force = if theme.name == chosen.name {
                ", in use"
            } else {
                ""
            };
            let borders = borders(theme.borders);
            let heading = format!("{} ({from}, {borders}{in_force})", theme.name);
            desk.out.heading(&heading)?;
            for line in sample(&theme.fitted(depth), columns) {
                desk.out.styled(&line)?;
            }
            problems.iter().for_each(|p| super::out::note(p));
        }
        Ok(Outcome::Done)
    }
}

fn borders(borders: Borders) -> String {
    let name = Borders::NAMES.iter().find(|(_, b)| *b == borders);
    format!("borders {}", name.map_or("", |(name, _)| name))
}

/// Every role by its own name, in the role's paint; then the same in the selected row.
fn sample(theme: &Theme, columns: usize) -> Vec<Vec<Piece>> {
    let page = rows(columns, theme.on_page(Role::Text), |role| {
        theme.on_page(role)
    });
    let ground = theme.on_selected(Role::Text);
    let selected = rows(columns, ground, |role| theme.on_selected(role));
    page.into_iter().chain(selected).collect()
}

fn rows(columns: usize, ground: Paint, paint: impl Fn(Role) -> Paint) -> Vec<Vec<Piece>> {
    let piece = |text: &str| (ansi::codes(ground), text.to_owned());
    let start = || vec![(String::new(), " ".repeat(MARGIN)), piece(" ")];
    let mut rows = vec![start()];
    let mut used = MARGIN + 1;
    for role in Role::ALL {
        let wide = role.name().width() + 1;
        if used + wide > columns {
            rows.push(start());
            used = MARGIN + 1;
        }
        used += wide;
        if let Some(row) = rows.last_mut() {
            row.push((ansi::codes(paint(*role)), role.name().to_owned()));
            row.push(piece(" "));
        }
    }
    rows
}
