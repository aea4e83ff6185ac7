//! The theme in force: built in, or a file of the user's.

use super::desk::Desk;
use crate::settings::nearest::hint;
use crate::settings::theme::{BUILTIN, Theme};
use crate::settings::{CONFIG_FILE, THEMES_FOLDER, source};
use anyhow::bail;
use std::path::PathBuf;

/// The theme every other falls back to.
const DEFAULT: &str = BUILTIN[0].0;

/// A theme file that could not be read as a whole counts as no theme.
type Found = Option<(Theme, Vec<String>)>;

/// The theme to draw with, and what is wrong with it as sentences with file and line.
///
/// `--theme` beats config.toml. A wrong name in the file is a problem; on the command line it is
/// an error.
///
/// # Errors
/// `--theme` names no theme.
pub fn choose(desk: &Desk) -> anyhow::Result<(Theme, Vec<String>)> {
    if let Some(name) = &desk.theme {
        return match named(desk, name) {
            Some(found) => Ok(found),
            None => bail!("{}", unknown(desk, name)),
        };
    }
    let config = desk.config();
    Ok(named(desk, &config.theme).unwrap_or_else(|| {
        let line = config.theme_line.unwrap_or(1);
        let problem = format!("{CONFIG_FILE}:{line}: {}", unknown(desk, &config.theme));
        (Theme::builtin(DEFAULT).unwrap_or_default(), vec![problem])
    }))
}

/// Every theme with what is wrong with it: the built-in ones, then the user's by name.
pub fn all(desk: &Desk) -> Vec<(Theme, Vec<String>)> {
    let names = names(desk);
    names.iter().filter_map(|name| named(desk, name)).collect()
}

/// A user's file of that name wins over the built-in theme.
fn named(desk: &Desk, name: &str) -> Found {
    file(desk, name).or_else(|| Some((Theme::builtin(name)?, Vec::new())))
}

fn file(desk: &Desk, name: &str) -> Found {
    let is_plain = name
        .chars()
        .all(|c| c.is_alphanumeric() || "-_".contains(c));
    if !is_plain || name.is_empty() {
        return None;
    }
    let file = format!("{THEMES_FOLDER}/{name}.toml");
    match source::open(&folder(desk)?.join(format!("{name}.toml")), &file) {
        Ok(None) => None,
        Ok(Some(source)) => {
            let (theme, problems) = Theme::parse(name, &source.text);
            let sentences = problems
                .iter()
                .map(|p| format!("{file}:{}: {}", p.line, p.message));
            Some((theme, sentences.collect()))
        }
        Err(problem) => {
            let theme = Theme::builtin(name).or_else(|| Theme::builtin(DEFAULT));
            Some((theme.unwrap_or_default(), vec![problem.to_string()]))
        }
    }
}

fn folder(desk: &Desk) -> Option<PathBuf> {
    Some(desk.config_dir().ok()?.join(THEMES_FOLDER))
}

/// The names of all themes, each once.
pub fn names(desk: &Desk) -> Vec<String> {
    let mut names: Vec<String> = BUILTIN.iter().map(|(name, _)| (*name).to_owned()).collect();
    let files = folder(desk).and_then(|folder| std::fs::read_dir(folder).ok());
    let mut own: Vec<String> = files
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|file| Some(file.strip_suffix(".toml")?.to_owned()))
        .filter(|name| !names.contains(name))
        .collect();
    own.sort();
    names.extend(own);
    names
}

fn unknown(desk: &Desk, name: &str) -> String {
    let names = names(desk);
    let valid = names.iter().map(String::as_str);
    match hint(name, valid) {
        hint if hint.is_empty() => {
            format!("unknown theme \"{name}\"; valid: {}", names.join(", "))
        }
        hint => format!("unknown theme \"{name}\"{hint}"),
    }
}
