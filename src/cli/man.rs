//! `imr man`: the manual page, commands, files and exit status included.

use super::args::Cli;
use super::desk::Desk;
use super::outcome::{Outcome, Run};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use std::io;

/// What clap does not know.
const FILES: &str = r#".SH FILES
.TP
\fIconfig.toml\fR, \fIkeymap.toml\fR, \fIthemes/*.toml\fR
Settings, in the folder that \fBimr config path\fR names.
.TP
\fIstore.db\fR
Every case, draft, event and sealed determination, in the user's data folder.
.SH "EXIT STATUS"
.TP
\fB0\fR
Done.
.TP
\fB1\fR
Refused, or nothing found.
.TP
\fB2\fR
Failure, wrong usage, or a file of an import unread.
"#;

/// Arguments of `imr man`.
#[derive(Debug, clap::Args)]
pub struct Args {}

impl Args {
    /// Prints the page as roff; `imr man | man -l -` shows it.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn run(&self, desk: &Desk) -> Run {
        desk.out.raw(&page()?)?;
        Ok(Outcome::Done)
    }
}

fn page() -> io::Result<Vec<u8>> {
    let mut root = Cli::command();
    root.build();
    let man = Man::new(root.clone()).source(format!("imr {}", env!("CARGO_PKG_VERSION")));
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    page.extend_from_slice(b".SH COMMANDS\n");
    for command in root.get_subcommands().filter(|c| is_for_people(c)) {
        section(command, "imr", &mut page)?;
    }
    page.extend_from_slice(FILES.as_bytes());
    Ok(page)
}

fn is_for_people(command: &Command) -> bool {
    !command.is_hide_set() && command.get_name() != "help"
}

/// One command within the page: usage, what it does, its own options.
fn section(command: &Command, parent: &str, page: &mut Vec<u8>) -> io::Result<()> {
    let name = format!("{parent} {}", command.get_name());
    let mut usage = command.clone();
    let usage = usage.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let about = command.get_about().map(ToString::to_string);
    let heading = format!(
        ".SS \"{name}\"\n{}\n.PP\n{}\n",
        roff(usage),
        roff(&about.unwrap_or_default())
    );
    page.extend_from_slice(heading.as_bytes());
    for arg in command.get_arguments().filter(|a| !a.is_global_set()) {
        if matches!(arg.get_id().as_str(), "help" | "version") {
            continue;
        }
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let line = format!(".TP\n\\fB{}\\fR\n{}\n", roff(&arg.to_string()), roff(&help));
        page.extend_from_slice(line.as_bytes());
    }
    for inner in command.get_subcommands().filter(|c| is_for_people(c)) {
        section(inner, &name, page)?;
    }
    Ok(())
}

fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    let guarded = text.lines().map(|line| match line.chars().next() {
        Some('.' | '\'') => format!("\\&{line}"),
        _ => line.to_owned(),
    });
    guarded.collect::<Vec<_>>().join("\n")
}
