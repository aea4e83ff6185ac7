//! The reviewer's own editor on a private file: `$VISUAL` or `$EDITOR`.
//!
//! The text lies in a folder that is ours alone (`sheet`), never in `/tmp`; editors that we know
//! are told to leave no copies elsewhere (`known`). What comes back counts only if the editor ended
//! well and left a plain file of text.

mod known;
mod sheet;

pub use sheet::sweep;

use sheet::Sheet;
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};

/// Which editor, and where its files may lie.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    /// `$VISUAL` or `$EDITOR`: a program and its own options.
    pub command: Option<OsString>,
    /// The folder for private files; made when it is first needed.
    pub folder: Option<PathBuf>,
}

/// What is left as it was, in the end of every refusal.
const KEPT: &str = "The rationale is as it was.";

/// An editor about to be started, with its file. The file goes with this value.
pub(super) struct Errand {
    sheet: Sheet,
    command: Command,
    name: String,
}

impl Outside {
    /// Lays the text out for the editor.
    ///
    /// # Errors
    /// A sentence: no editor is set, or there is no room for the file.
    pub(super) fn prepare(&self, text: &str) -> Result<Errand, String> {
        let line = self.command.as_ref().map(|line| line.to_string_lossy());
        let words = known::words(line.as_deref().unwrap_or_default());
        let Some((program, own)) = words.split_first() else {
            return Err("No editor is set: VISUAL or EDITOR names one.".to_owned());
        };
        let folder = self.folder.as_ref();
        let folder = folder.ok_or("There is no home folder for the editor's file.")?;
        let sheet = Sheet::lay(folder, text)
            .map_err(|error| format!("The file for the editor cannot be made: {error}. {KEPT}"))?;
        let mut command = Command::new(program);
        command.args(own).args(known::options(program));
        command.arg(sheet.path()).env("TMPDIR", sheet.folder());
        Ok(Errand {
            sheet,
            command,
            name: program.clone(),
        })
    }
}

impl Errand {
    /// Starts the editor on the terminal.
    ///
    /// # Errors
    /// A sentence.
    pub(super) fn start(&mut self) -> Result<Child, String> {
        let started = self
            .command
            .stdin(Stdio::inherit())
            .stdout(Stdio::inherit())
            .stderr(Stdio::inherit())
            .spawn();
        started.map_err(|error| format!("{} cannot be started: {error}. {KEPT}", self.name))
    }

    /// What the editor left, if it ended well.
    ///
    /// # Errors
    /// A sentence.
    pub(super) fn outcome(self, ended: io::Result<ExitStatus>) -> Result<String, String> {
        let name = &self.name;
        let status = ended.map_err(|error| format!("{name} was lost sight of: {error}. {KEPT}"))?;
        match status.code() {
            Some(0) => self.sheet.read().map_err(|why| format!("{why} {KEPT}")),
            Some(code) => Err(format!("{name} ended with code {code}. {KEPT}")),
            None => Err(format!("{name} was ended by a signal. {KEPT}")),
        }
    }
}
