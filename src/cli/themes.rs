//! `imr themes`: the themes, each with a sample of every role.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run};
use super::{ansi, user_settings, user_theme};
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
    /// in the selected row. Where nothing is painted the roles are named once.
    ///
    /// # Errors
    /// `--theme` names no theme; standard output is closed or full.
    pub fn run(&self, desk: &Desk) -> Run {
        let (chosen, _) = user_theme::choose(desk)?;
        for (n, (theme, _)) in user_theme::all(desk).into_iter().enumerate() {
            if n > 0 {
                desk.out.line("")?;
            }
            let is_own = user_theme::has_file(desk, &theme.name);
            let is_chosen = theme.name == chosen.name;
            desk.out.heading(&heading(&theme, is_own, is_chosen))?;
            for line in sample(desk, &theme) {
                desk.out.styled(&line)?;
            }
        }
        let problems = user_settings::check(desk)?;
        problems.iter().for_each(|problem| note(problem));
        Ok(Outcome::Done)
    }
}

fn heading(theme: &Theme, is_own: bool, is_chosen: bool) -> String {
    let from = if is_own { "yours" } else { "built in" };
    let borders = Borders::NAMES.iter().find(|(_, b)| *b == theme.borders);
    let borders = borders.map_or("", |(name, _)| name);
    let in_use = if is_chosen { ", in use" } else { "" };
    format!("{} ({from}, borders {borders}{in_use})", theme.name)
}

/// Every role by its own name, in the role's paint; then the same in the selected row.
fn sample(desk: &Desk, theme: &Theme) -> Vec<Vec<Piece>> {
    let theme = theme.fitted(terminal::sense());
    let columns = desk.out.columns();
    let mut lines = rows(columns, |role| theme.on_page(role));
    if desk.out.has_colour() {
        lines.extend(rows(columns, |role| theme.on_selected(role)));
    } else {
        // No ground, no blanks that fill it.
        lines.iter_mut().for_each(|line| drop(line.pop()));
    }
    lines
}

/// The names of the roles, wrapped, on a ground that reaches the last column.
fn rows(columns: usize, paint: impl Fn(Role) -> Paint) -> Vec<Vec<Piece>> {
    let ground = ansi::codes(paint(Role::Text));
    let blank = |n: usize| (ground.clone(), " ".repeat(n));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    let mut used = columns;
    for role in Role::ALL {
        let wide = role.name().width() + 1;
        if used + wide > columns {
            rows.extend([vec![(String::new(), " ".repeat(MARGIN)), blank(1)]]);
            used = MARGIN + 1;
        }
        used += wide;
        let ends = is_last_of_row(*role, columns.saturating_sub(used));
        if let Some(row) = rows.last_mut() {
            row.push((ansi::codes(paint(*role)), role.name().to_owned()));
            row.push(blank(if ends {
                1 + columns.saturating_sub(used)
            } else {
                1
            }));
        }
    }
    rows
}

/// Does the row end after this role, because the next has no room or there is none?
fn is_last_of_row(role: Role, room: usize) -> bool {
    let mut rest = Role::ALL.iter().skip_while(|r| **r != role).skip(1);
    rest.next()
        .is_none_or(|next| next.name().width() + 1 > room)
}
