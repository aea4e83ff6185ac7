//! The theme in force: built in, or a file of the user's.

use super::desk::Desk;
use crate::settings::problem::unknown_of;
use crate::settings::source::Source;
use crate::settings::theme::{BUILTIN, Theme};
use crate::settings::theme_file::{OwnThemes, load};
use crate::settings::{CONFIG_FILE, Problem, THEMES_FOLDER, source};
use anyhow::bail;
use std::path::PathBuf;

/// The theme in force where none is chosen.
const DEFAULT: &str = BUILTIN[0].0;

/// A theme, and what is wrong with its files.
type Found = (Theme, Vec<String>);

/// The theme to draw with, and what is wrong with it as sentences with file and line.
///
/// `--theme` beats config.toml. A wrong name in the file is a problem; on the command line it is
/// an error.
///
/// # Errors
/// `--theme` names no theme.
pub fn choose(desk: &Desk) -> anyhow::Result<Found> {
    if let Some(name) = &desk.theme {
        return match named(desk, name) {
            Some(found) => Ok(found),
            None => bail!("{}", not_found(desk, name)),
        };
    }
    let config = desk.config();
    Ok(named(desk, &config.theme).unwrap_or_else(|| {
        let line = config.theme_line.unwrap_or(1);
        let problem = format!("{CONFIG_FILE}:{line}: {}", not_found(desk, &config.theme));
        (Theme::builtin(DEFAULT).unwrap_or_default(), vec![problem])
    }))
}

/// Every theme with what is wrong with it: the built-in ones, then the user's by name.
pub fn all(desk: &Desk) -> Vec<Found> {
    let names = names(desk);
    names.iter().filter_map(|name| named(desk, name)).collect()
}

/// The names of all themes, each once.
pub fn names(desk: &Desk) -> Vec<String> {
    with_own(desk, |own| own.all_names())
}

/// Is there a file of the user's for a theme?
pub fn has_file(desk: &Desk, name: &str) -> bool {
    files(desk).iter().any(|own| own == name)
}

fn named(desk: &Desk, name: &str) -> Option<Found> {
    let (theme, problems) = with_own(desk, |own| load(name, own))?;
    Some((theme, problems.iter().map(ToString::to_string).collect()))
}

fn with_own<T>(desk: &Desk, ask: impl FnOnce(&OwnThemes) -> T) -> T {
    ask(&OwnThemes {
        open: &|name| open(desk, name),
        names: &|| files(desk),
    })
}

/// No name leads out of the folder.
fn is_plain(name: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "-_".contains(c);
    !name.is_empty() && name.chars().all(is_plain)
}

fn open(desk: &Desk, name: &str) -> Result<Option<Source>, Problem> {
    let Some(folder) = folder(desk).filter(|_| is_plain(name)) else {
        return Ok(None);
    };
    let file = format!("{THEMES_FOLDER}/{name}.toml");
    source::open(&folder.join(format!("{name}.toml")), &file)
}

fn files(desk: &Desk) -> Vec<String> {
    let entries = folder(desk).and_then(|folder| std::fs::read_dir(folder).ok());
    let names = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|file| Some(file.strip_suffix(".toml")?.to_owned()));
    names.filter(|name| is_plain(name)).collect()
}

fn folder(desk: &Desk) -> Option<PathBuf> {
    Some(desk.config_dir().ok()?.join(THEMES_FOLDER))
}

fn not_found(desk: &Desk, name: &str) -> String {
    let names = names(desk);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    unknown_of("theme", name, &names)
}
