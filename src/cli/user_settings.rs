//! The user's settings as names that are known: keys, theme, and everything wrong with the files,
//! said together.

use super::desk::Desk;
use super::{user_keys, user_theme};
use crate::app::Keymap;
use crate::settings::theme::Theme;

/// What the screens start with.
pub struct Chosen {
    /// The keys in force.
    pub keymap: Keymap,
    /// The theme in force.
    pub theme: Theme,
    /// What is wrong, one sentence each, with file and line.
    pub problems: Vec<String>,
}

/// Settings, keymap and the chosen theme. Themes nobody chose are not read: the start is short.
///
/// # Errors
/// `--theme` names no theme.
pub fn choose(desk: &Desk) -> anyhow::Result<Chosen> {
    let (keymap, wrong_keys) = user_keys::read(desk);
    let (theme, wrong_theme) = user_theme::choose(desk)?;
    let files = desk.file_problems().iter().map(ToString::to_string);
    let problems = files.chain(wrong_keys).chain(wrong_theme).collect();
    Ok(Chosen {
        keymap,
        theme,
        problems,
    })
}

/// Everything wrong with every file, the themes nobody chose included.
///
/// # Errors
/// `--theme` names no theme.
pub fn check(desk: &Desk) -> anyhow::Result<Vec<String>> {
    let mut problems = choose(desk)?.problems;
    for problem in user_theme::all(desk).into_iter().flat_map(|(_, said)| said) {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    Ok(problems)
}
