//! `imr show CASE`: one case in plain text, by tab. Blind like the screens: what is hidden there
//! is not in the `CaseFile` either.

use super::desk::Desk;
use super::out::Out;
use super::outcome::{Outcome, Run};
use super::words;
use crate::app::doc;
use crate::intake::{ledger, request};
use crate::letter;
use crate::model::case_json::CaseJson;
use crate::model::{
    CaseFile, Date, Finding, Item, ItemDraft, Published, Stage, UrAction, date, finding,
};
use crate::rules::{clock, moves, reckoning};
use jiff::Timestamp;
use std::io;
use textwrap::Options;
use unicode_width::UnicodeWidthStr;

/// What a tab prints.
type Print = fn(&View, &Out) -> io::Result<()>;

/// A tab, as `--tab` names it.
#[derive(Clone, Copy)]
struct Tab {
    name: &'static str,
    /// Printed without `--tab`: what fits on a page or two.
    is_usual: bool,
    print: Print,
}

/// Every tab, in the order of the screen.
const TABS: [Tab; 6] = [
    tab("summary", true, summary),
    tab("findings", true, findings),
    tab("items", true, items),
    tab("records", false, records),
    tab("determination", false, determination),
    tab("history", false, history),
];

const fn tab(name: &'static str, is_usual: bool, print: Print) -> Tab {
    Tab {
        name,
        is_usual,
        print,
    }
}

const NAMES: [&str; TABS.len()] = [
    TABS[0].name,
    TABS[1].name,
    TABS[2].name,
    TABS[3].name,
    TABS[4].name,
    TABS[5].name,
];

/// Arguments of `imr show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case number
    case: String,
    /// Print this tab alone; without it, summary, findings and items
    #[arg(long, value_name = "NAME", value_parser = words::one_of(&NAMES, |name: &'static str| name))]
    tab: Option<&'static str>,
    /// Print the whole case as one JSON document
    #[arg(long, conflicts_with = "tab")]
    json: bool,
}

/// The case and what is needed to print it.
struct View<'a> {
    file: &'a CaseFile,
    desk: &'a Desk,
    now: Timestamp,
}

impl Args {
    /// Prints the case.
    ///
    /// # Errors
    /// The store has no such case (refused) or cannot be read.
    pub fn run(&self, desk: &Desk) -> Run {
        let store = desk.store()?;
        let file = desk.case(&store, &self.case)?;
        let now = desk.now();
        if self.json {
            let clocks = clock::all(&file, &desk.settings().limits, now);
            let mut json = CaseJson::of(&file, clocks);
            request::fill(&mut json);
            desk.out.json(&json)?;
            return Ok(Outcome::Done);
        }
        let view = View {
            file: &file,
            desk,
            now,
        };
        let wanted = |tab: &&Tab| self.tab.map_or(tab.is_usual, |name| name == tab.name);
        for (at, tab) in TABS.iter().filter(wanted).enumerate() {
            if at > 0 {
                desk.out.line("")?;
            }
            (tab.print)(&view, &desk.out)?;
        }
        Ok(Outcome::Done)
    }
}

/// Prints text wrapped, every line behind `indent`.
fn wrapped(out: &Out, text: &str, indent: &str) -> io::Result<()> {
    let options = Options::new(out.columns())
        .initial_indent(indent)
        .subsequent_indent(indent);
    text.split('\n').try_for_each(|paragraph| {
        let lines = textwrap::wrap(paragraph, &options);
        lines.iter().try_for_each(|line| out.line(line.trim_end()))
    })
}

fn fact(out: &Out, name: &str, value: &str) -> io::Result<()> {
    out.line(&format!("{name:<22} {value}"))
}

fn day(day: Option<Date>) -> String {
    day.map_or_else(|| "not known".to_owned(), date::long)
}

fn summary(view: &View, out: &Out) -> io::Result<()> {
    let case = &view.file.case;
    let header = &case.header;
    out.heading(&format!("{} · {}", case.id, case.patient.long()))?;
    fact(out, "State", view.file.stage.word())?;
    fact(out, "Priority", case.priority().word())?;
    for (name, value) in [
        ("Injured", header.injury_date),
        ("UR decision", header.ur_denial_date),
        ("Application received", header.application_received_date),
        ("Assigned", header.assigned_date),
        ("Records complete", header.records_complete_date),
    ] {
        fact(out, name, &day(value))?;
    }
    for clock in clock::all(view.file, &view.desk.settings().limits, view.now) {
        fact(
            out,
            &format!("Due ({})", clock.name),
            &clock::left(&clock, view.now),
        )?;
    }
    out.line("")?;
    wrapped(out, &case.summary, "")
}

fn findings(view: &View, out: &Out) -> io::Result<()> {
    let findings = &view.file.case.findings;
    out.heading(&format!("Findings ({})", findings.len()))?;
    let timeline = finding::timeline(findings).into_iter().enumerate();
    for (row, at) in timeline {
        if let Some(finding) = findings.get(at) {
            line_of(row + 1, finding, out)?;
        }
    }
    out.line("")?;
    let prior = ledger::prior(findings);
    for line in doc::ledger_of(&view.file.case, &prior, out.columns()) {
        let text: String = line.iter().map(|span| span.text.as_str()).collect();
        out.line(text.trim_end())?;
    }
    Ok(())
}

fn line_of(number: usize, finding: &Finding, out: &Out) -> io::Result<()> {
    let day = finding.date.map_or_else(|| "-".to_owned(), date::long);
    let lead = format!("{number:>3}  {day:<10}  {:<17}  ", finding.kind.word());
    let options = Options::new(out.columns())
        .initial_indent(&lead)
        .subsequent_indent("                                    ");
    let lines = textwrap::wrap(&finding.text, options);
    lines.iter().try_for_each(|line| out.line(line))
}

fn items(view: &View, out: &Out) -> io::Result<()> {
    let all = &view.file.case.items;
    let parsed = request::of_case(&view.file.case);
    let prior = ledger::prior(&view.file.case.findings);
    let blank = ItemDraft::default();
    for (at, item) in all.iter().enumerate() {
        if at > 0 {
            out.line("")?;
        }
        out.heading(&format!("Item {} of {}", at + 1, all.len()))?;
        wrapped(out, &item.request, "  ")?;
        if let Some(request) = parsed.get(at) {
            fact(out, "Read as", &request.line())?;
        }
        let draft = view.file.draft.items.get(at).unwrap_or(&blank);
        asked(item, out)?;
        decided(item, draft, out)?;
        for line in reckoning::of_item(view.file, &parsed, &prior, at) {
            fact(out, line.label, &line.text)?;
        }
        if let Some(published) = &item.published {
            compared(item, draft, published, out)?;
        }
    }
    Ok(())
}

fn asked(item: &Item, out: &Out) -> io::Result<()> {
    let action = match item.ur.action {
        UrAction::Denied => "denied",
        UrAction::Modified => "modified",
    };
    fact(out, "UR", action)?;
    if let Some(part) = &item.ur.approved_part {
        fact(out, "UR approved", part)?;
    }
    match &item.ur.text {
        Some(text) => wrapped(out, text, "    "),
        None => Ok(()),
    }
}

fn decided(item: &Item, draft: &ItemDraft, out: &Out) -> io::Result<()> {
    let decision = draft
        .decision
        .map_or("undecided", |d| d.sentence_for(item.ur.action));
    let mark = if draft.is_changed_after_reveal(item.published.as_ref()) {
        " (after reveal)"
    } else {
        ""
    };
    fact(out, "Decision", &format!("{decision}{mark}"))?;
    for citation in &draft.citations {
        fact(out, "Cited", &citation.label())?;
    }
    if draft.rationale.trim().is_empty() {
        return fact(out, "Rationale", "none yet");
    }
    fact(out, "Rationale", "")?;
    wrapped(out, &draft.rationale, "    ")?;
    fact(
        out,
        "Moves",
        &moves::of(&draft.rationale).outline(draft.decision),
    )
}

fn compared(item: &Item, draft: &ItemDraft, published: &Published, out: &Out) -> io::Result<()> {
    let sentence = published.decision.sentence_for(item.ur.action);
    let verdict = published.verdict(draft);
    fact(out, "Published", &format!("{sentence}{verdict}"))?;
    wrapped(out, &published.text, "    ")?;
    wrapped(out, &published.rationale, "    ")
}

fn records(view: &View, out: &Out) -> io::Result<()> {
    let records = &view.file.case.records;
    out.heading(&format!("Records ({})", records.len()))?;
    for (at, record) in records.iter().enumerate() {
        let title = format!(
            "{}. {} · {} · {} · {} p.",
            at + 1,
            record.title,
            record.kind,
            day(record.date),
            record.pages.len()
        );
        out.heading(&title)?;
        for (page, text) in record.pages.iter().enumerate() {
            out.line(&format!(
                "-- page {} of {} --",
                page + 1,
                record.pages.len()
            ))?;
            out.line(text.trim_end())?;
        }
    }
    Ok(())
}

fn determination(view: &View, out: &Out) -> io::Result<()> {
    let signed = view.file.sealed.last();
    if let Some(sealed) = signed.filter(|_| view.file.stage == Stage::Signed) {
        return out.text(&letter::of_sealed(sealed));
    }
    let config = view.desk.config();
    let day = clock::today(view.now);
    out.text(&letter::preview(
        view.file,
        &config.reviewer,
        &config.organisation,
        day,
    ))
}

fn history(view: &View, out: &Out) -> io::Result<()> {
    let history = &view.file.history;
    out.heading(&format!("History ({})", history.len()))?;
    let widest = history.iter().map(|entry| entry.who.width()).max();
    for entry in history {
        let at = entry.at.to_zoned(clock::zone()).strftime("%m/%d/%Y %H:%M");
        let gap = " ".repeat(widest.unwrap_or(0).saturating_sub(entry.who.width()));
        out.line(&format!("{at}  {}{gap}  {}", entry.who, entry.what))?;
    }
    for sealed in &view.file.sealed {
        out.line(&format!("Sealed {}", sealed.hash))?;
    }
    Ok(())
}
