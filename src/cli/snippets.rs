//! `imr snippets`: the snippets there are, the reviewer's own first.

use super::desk::Desk;
use super::outcome::{Outcome, Run};
use super::table;
use crate::model::snippet;
use crate::model::snippet_fields::{FIELDS, FINDING};
use crate::model::{FindingKind, Snippet};
use crate::settings::snippets;
use serde::Serialize;

/// Arguments of `imr snippets`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print the fields that a snippet can have instead
    #[arg(long, conflicts_with = "json")]
    fields: bool,
    /// Print one JSON object a line, with the text
    #[arg(long)]
    json: bool,
}

/// A snippet as a script reads it.
#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    own: bool,
    categories: Vec<&'static str>,
    fields: Vec<&'a str>,
    text: &'a str,
}

impl Args {
    /// Prints what there is.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn run(&self, desk: &Desk) -> Run {
        if self.fields {
            return fields(desk);
        }
        let all = snippets::with_own(&desk.settings().snippets);
        if self.json {
            all.iter()
                .try_for_each(|one| desk.out.json_line(&listed(one)))?;
            return Ok(Outcome::Done);
        }
        let rows: Vec<Vec<String>> = all.iter().map(row).collect();
        let lines = table::lines(&rows, None);
        lines.iter().try_for_each(|line| desk.out.line(line))?;
        Ok(Outcome::Done)
    }
}

fn listed(one: &Snippet) -> Listed<'_> {
    let mut fields: Vec<&str> = Vec::new();
    for (_, name) in snippet::fields(&one.text) {
        if !fields.contains(&name) {
            fields.push(name);
        }
    }
    Listed {
        name: &one.name,
        own: one.is_own,
        categories: one.categories.iter().map(|c| c.name()).collect(),
        fields,
        text: &one.text,
    }
}

fn row(one: &Snippet) -> Vec<String> {
    let whose = if one.is_own { "own" } else { "built in" };
    vec![one.name.clone(), whose.to_owned(), one.made_for()]
}

fn fields(desk: &Desk) -> Run {
    let plain = FIELDS
        .iter()
        .map(|field| vec![format!("{{{}}}", field.name), field.doc.to_owned()]);
    let findings = FindingKind::ALL.iter().map(|kind| {
        let doc = format!(
            "Newest {} finding, of the request's body part if there is one.",
            kind.word()
        );
        vec![format!("{{{FINDING}{}}}", kind.word()), doc]
    });
    let rows: Vec<Vec<String>> = plain.chain(findings).collect();
    let lines = table::lines(&rows, None);
    lines.iter().try_for_each(|line| desk.out.line(line))?;
    Ok(Outcome::Done)
}
