//! The reviewer's own editor on a private file: `$VISUAL` or `$EDITOR`.
//!
//! The text lies in a folder that is ours alone (`sheet`), never in `/tmp`; editors that we know
//! are told to leave no copies elsewhere (`known`). What comes back counts only if the editor ended
//! well and left a plain file of text. What it had saved when it was ended before it was done stays,
//! and is offered: `E` on that item.

mod known;
mod sheet;

use crate::model::CaseId;
use crate::model::leftover::Leftover;
use sheet::{Sheet, Slip};
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
    /// The store that the texts belong to.
    pub store: Option<PathBuf>,
}

/// What is left as it was, in the end of every refusal.
const KEPT: &str = "The rationale is as it was.";

/// An editor about to be started, with its file. The file goes with this value.
pub(super) struct Errand {
    sheet: Sheet,
    base: String,
    command: Command,
    name: String,
}

impl Outside {
    /// Lays the text out for the editor.
    ///
    /// # Errors
    /// A sentence: no editor is set, or there is no room for the file.
    pub(super) fn prepare(&self, case: &CaseId, item: usize, text: &str) -> Result<Errand, String> {
        let line = self.command.as_ref().map(|line| line.to_string_lossy());
        let words = known::words(line.as_deref().unwrap_or_default());
        let Some((program, own)) = words.split_first() else {
            return Err("No editor is set: VISUAL or EDITOR names one.".to_owned());
        };
        let folder = self.folder.as_ref();
        let folder = folder.ok_or("There is no home folder for the editor's file.")?;
        let slip = Slip {
            store: self.store.clone(),
            case: case.clone(),
            item,
            base: text.to_owned(),
        };
        let sheet = Sheet::lay(folder, &slip)
            .map_err(|error| format!("The file for the editor cannot be made: {error}. {KEPT}"))?;
        let mut command = Command::new(program);
        command.args(own).args(known::options(program));
        command.arg(sheet.path()).env("TMPDIR", sheet.folder());
        Ok(Errand {
            sheet,
            base: slip.base,
            command,
            name: program.clone(),
        })
    }

    /// What editors had saved that were ended before they were done. Removes what else is left of
    /// sessions that are gone.
    pub fn left_over(&self) -> Vec<Leftover> {
        let folder = self.folder.as_deref();
        folder.map_or_else(Vec::new, |folder| {
            sheet::left_over(folder, self.store.as_deref())
        })
    }

    /// Removes what was taken, or is not wanted.
    pub(super) fn discard(&self, name: &str) {
        if let Some(folder) = &self.folder {
            sheet::discard(folder, name);
        }
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

    /// What the editor left, if it ended well and was not cut short by us. What it had saved when
    /// it was ended by a signal stays where it is.
    ///
    /// # Errors
    /// A sentence.
    pub(super) fn outcome(
        self,
        ended: io::Result<ExitStatus>,
        is_cut_short: bool,
    ) -> Result<String, String> {
        let name = self.name;
        match ended.map(|status| status.code()) {
            Ok(Some(0)) if !is_cut_short => {
                self.sheet.read().map_err(|why| format!("{why} {KEPT}"))
            }
            Ok(Some(code)) if !is_cut_short => {
                Err(format!("{name} ended with code {code}. {KEPT}"))
            }
            Ok(_) => {
                self.sheet.keep(&self.base);
                Err(format!("{name} was ended by a signal. {KEPT}"))
            }
            Err(error) => {
                self.sheet.keep(&self.base);
                Err(format!("{name} was lost sight of: {error}. {KEPT}"))
            }
        }
    }
}
