//! Rank 1: config, keymap and theme files, read into names with file and line.
//!
//! Beside them lies the hash of the lock's passphrase (`passphrase`).
//!
//! A wrong file never stops the program: its good parts count, and what is wrong is collected as
//! [`Problem`]s and shown together. Files patch the built-in settings, they never replace them;
//! no field is required. Names of actions, keys and themes are only read here; who knows them
//! (`app`, `ui`) checks them.

pub mod config;
pub mod contrast;
pub mod fit;
pub mod hue;
pub mod keymap;
pub mod paint;
pub mod passphrase;
pub mod problem;
mod profile;
pub mod rules_file;
pub mod source;
pub mod theme;
pub mod theme_file;
pub mod views;

pub use crate::model::nearest;
pub use config::{Config, SyncOutput};
pub use keymap::Binding;
pub use problem::Problem;

use crate::model::Limits;
use source::Source;
use std::path::Path;

/// Name of the config file in the config folder.
pub const CONFIG_FILE: &str = "config.toml";
/// Name of the keymap file in the config folder.
pub const KEYMAP_FILE: &str = "keymap.toml";
/// Name of the rules file in the config folder.
pub const RULES_FILE: &str = "rules.toml";
/// Name of the folder of themes in the config folder.
pub const THEMES_FOLDER: &str = "themes";

/// What the config folder says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// `config.toml`, over the defaults.
    pub config: Config,
    /// `keymap.toml`: a patch of the built-in keys, in the order of the file.
    pub bindings: Vec<Binding>,
    /// `rules.toml`, over what is built in.
    pub limits: Limits,
}

/// Reads the config folder. Files that are not there change nothing.
pub fn load(dir: &Path) -> (Settings, Vec<Problem>) {
    let mut settings = Settings::default();
    let mut problems = Vec::new();
    if let Some(source) = open(&dir.join(CONFIG_FILE), CONFIG_FILE, &mut problems) {
        settings.config = config::read(&source, &mut problems);
        settings.config.anchor_store(dir);
    }
    if let Some(source) = open(&dir.join(KEYMAP_FILE), KEYMAP_FILE, &mut problems) {
        settings.bindings = keymap::read(&source, &mut problems);
    }
    if let Some(source) = open(&dir.join(RULES_FILE), RULES_FILE, &mut problems) {
        settings.limits = rules_file::read(&source, &mut problems);
    }
    problems.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    (settings, problems)
}

fn open(path: &Path, name: &str, problems: &mut Vec<Problem>) -> Option<Source> {
    source::open(path, name).unwrap_or_else(|problem| {
        problems.push(problem);
        None
    })
}
