//! `imr sign CASE`: check, attest, seal. The same gate as the dialogue's.

use super::desk::Desk;
use super::out::{Out, note};
use super::outcome::{Outcome, Run, refuse};
use super::statement;
use crate::app::wrap;
use crate::jobs::checks;
use crate::library::{self, LookedUp};
use crate::model::lint::{Lint, Severity};
use crate::model::text::clean_line;
use crate::model::{Attestation, CaseFile, Change, Content, KnownGuidelines};
use crate::rules::lint::Context;
use crate::rules::{clock, gate};
use crate::store::{Signing, Store};
use anyhow::Context as _;
use std::collections::BTreeSet;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// Arguments of `imr sign`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case number
    case: String,
    /// Check only: print what an attestation file has to carry, and seal nothing
    #[arg(long, conflicts_with = "attest")]
    dry_run: bool,
    /// Sign without a terminal: a file with the hash of `--dry-run` and every statement true
    #[arg(long, value_name = "FILE")]
    attest: Option<PathBuf>,
    /// Why no records are listed, where the case has none
    #[arg(long, value_name = "TEXT")]
    records_reason: Option<String>,
    /// Why the warnings that are left may stand; kept for each of them
    #[arg(long, value_name = "TEXT")]
    lint_reason: Option<String>,
}

impl Args {
    /// Seals the determination.
    ///
    /// # Errors
    /// Anything that blocks, a statement not made, or no terminal to ask at (refused).
    pub fn run(&self, desk: &Desk) -> Run {
        let mut store = if self.dry_run {
            desk.store()?
        } else {
            desk.store_to_write()?
        };
        let mut file = desk.case(&store, &self.case)?;
        let explained = self.explained();
        if let Some(change) = &explained {
            file.apply(change)
                .or_else(|why| refuse(format!("{why}.")))?;
        }
        let known = Arc::new(library::cited(Some(&store), &file)?);
        store.set_known(Arc::<LookedUp>::clone(&known));
        let lints = open_lints(desk, &file, &known);
        let hash = to_be_signed(desk, &file)?;
        let left = warnings(&file, lints)?;
        if self.dry_run {
            desk.out.text(&statement::template(&file.case.id, &hash))?;
            return Ok(Outcome::Done);
        }
        let answers = self.answers(desk, &file, &left)?;
        let attested = self.attested(&desk.out, &file, &hash)?;
        if let Some(change) = &explained {
            store.apply(&file.case.id, change, &desk.who(), desk.now())?;
        }
        for change in &answers {
            store.apply(&file.case.id, change, &desk.who(), desk.now())?;
        }
        seal(desk, &mut store, &file, (attested, &hash))
    }

    /// One reason for every warning that is left: given, or asked for at the terminal.
    fn answers(&self, desk: &Desk, file: &CaseFile, left: &[Lint]) -> anyhow::Result<Vec<Change>> {
        let has_terminal = io::stdin().is_terminal() && desk.out.is_terminal();
        let given = self.lint_reason.as_deref().map(clean_line);
        let reason = match given {
            _ if left.is_empty() => return Ok(Vec::new()),
            Some(reason) => reason,
            None if self.attest.is_some() => String::new(),
            None if has_terminal => typed("Why may they stand? ")?,
            // Without a terminal nothing is attested: that is said first.
            None => return Ok(Vec::new()),
        };
        if reason.is_empty() {
            let count = wrap::count(left.len(), "warning");
            return refuse(format!(
                "{} has {count} that nobody answered: mend them, or say why they may stand with \
                 --lint-reason TEXT.",
                file.case.id
            ));
        }
        let answer = |lint: &Lint| Change::LintAnswered {
            answer: lint.answer(&reason),
        };
        Ok(left.iter().map(answer).collect())
    }

    fn explained(&self) -> Option<Change> {
        let reason = clean_line(self.records_reason.as_deref()?);
        Some(Change::RecordsExplained { reason })
    }

    fn attested(
        &self,
        out: &Out,
        file: &CaseFile,
        hash: &str,
    ) -> anyhow::Result<BTreeSet<Attestation>> {
        match &self.attest {
            Some(path) => statement::read(path)?.check(hash),
            None if io::stdin().is_terminal() && out.is_terminal() => ask(out, file),
            None => refuse(
                "There is no terminal to attest at. `imr sign CASE --dry-run` prints what \
                 `--attest FILE` has to carry.",
            ),
        }
    }
}

/// What blocks besides the attestations is said first; else the hash of what would be signed.
fn to_be_signed(desk: &Desk, file: &CaseFile) -> anyhow::Result<String> {
    let config = desk.config();
    let every = BTreeSet::from(Attestation::ALL);
    let day = clock::today(desk.now());
    // What rules.toml has made blocking is told with the warnings, and asked of the store again.
    let blockers = gate::blockers(file, &config.reviewer, &every, &Context::plain(day));
    if !blockers.is_empty() {
        for blocker in &blockers {
            note(&format!("{} {}", blocker.id, blocker.message));
        }
        return refuse(format!("{} cannot be signed yet.", file.case.id));
    }
    match Content::of(file, &config.reviewer, &config.organisation, day) {
        Ok(content) => statement::hash(&content),
        Err(why) => refuse(format!("{} cannot be signed yet: {why}.", file.case.id)),
    }
}

fn open_lints(desk: &Desk, file: &CaseFile, known: &LookedUp) -> Vec<Lint> {
    let by: (_, &dyn KnownGuidelines) = (&desk.settings().limits, known);
    checks::open_lints(file, &desk.config().reviewer, by, desk.now())
}

/// What blocks by itself is refused; the warnings that nobody answered are said and handed on.
fn warnings(file: &CaseFile, lints: Vec<Lint>) -> anyhow::Result<Vec<Lint>> {
    let weighty = lints
        .into_iter()
        .filter(|lint| lint.severity != Severity::Note);
    let weighty: Vec<Lint> = weighty.collect();
    for lint in &weighty {
        let of = lint
            .item
            .map_or_else(String::new, |n| format!(" item {}:", n + 1));
        note(&format!("{}{of} {} {}", lint.id, lint.message, lint.remedy));
    }
    match weighty
        .iter()
        .any(|lint| lint.severity == Severity::Blocking)
    {
        true => refuse(format!("{} cannot be signed yet.", file.case.id)),
        false => Ok(weighty),
    }
}

fn seal(
    desk: &Desk,
    store: &mut Store,
    file: &CaseFile,
    (attested, hash): (BTreeSet<Attestation>, &str),
) -> Run {
    let config = desk.config();
    let signing = Signing {
        reviewer: config.reviewer.clone(),
        organisation: config.organisation.clone(),
        attested,
    };
    let is_as_read = |content: &Content| statement::hash(content).is_ok_and(|is| is == hash);
    let sealed = store.sign_as_read(&file.case.id, &signing, desk.now(), is_as_read)?;
    desk.out.line(&sealed.hash)?;
    let what = match sealed.replaces {
        Some(_) => "Signed and sealed the amendment of",
        None => "Signed and sealed",
    };
    note(&format!("{what} {}.", file.case.id));
    if let Some(next) = store.next_open(&file.case.id, desk.now())? {
        note(&format!("Next open case: {next}."));
    }
    Ok(Outcome::Done)
}

/// Decisions are read out, each statement is asked for, and the case number is typed: a held
/// Enter key signs nothing.
fn ask(out: &Out, file: &CaseFile) -> anyhow::Result<BTreeSet<Attestation>> {
    out.heading(&format!("Determination of {}", file.case.id))?;
    for (at, item) in file.case.items.iter().enumerate() {
        let decision = file.draft.items.get(at).and_then(|d| d.decision);
        let sentence = decision.map_or("not decided", |d| d.sentence_for(item.ur.action));
        out.line(&format!("{}. {}\n   {sentence}", at + 1, item.request))?;
    }
    let mut attested = BTreeSet::new();
    for attestation in Attestation::ALL {
        if !matches!(
            answer(&format!("{} [y/N] ", attestation.sentence()))?.as_str(),
            "y" | "yes"
        ) {
            return refuse("Not attested; nothing was signed.");
        }
        attested.insert(attestation);
    }
    let typed = answer("Type the case number to sign: ")?;
    if typed != file.case.id.as_str().to_lowercase() {
        return refuse("That is not the case number; nothing was signed.");
    }
    Ok(attested)
}

fn answer(question: &str) -> anyhow::Result<String> {
    Ok(typed(question)?.to_lowercase())
}

/// A line from the terminal.
fn typed(question: &str) -> anyhow::Result<String> {
    let mut error = io::stderr().lock();
    write!(error, "{question}")
        .and_then(|()| error.flush())
        .context("asking")?;
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .context("reading the answer")?;
    Ok(clean_line(&line))
}
