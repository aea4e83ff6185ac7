//! A case in words, tab by tab.

use super::super::case::state;
use super::super::items::ur;
use super::{Page, UNBROKEN, left};
use crate::app::Model;
use crate::app::doc;
use crate::app::layout::Area;
use crate::app::open_case::{OpenCase, Tab};
use crate::model::{Item, ItemDraft, date};
use crate::rules::clock;

/// Columns that no line of what is missing fills.
const WIDE: u16 = 20_000;

/// Says the open tab by its own function.
type Say = fn(&mut Page, &Model, &OpenCase);

pub(super) fn say(page: &mut Page, model: &Model, open: &OpenCase) {
    page.heading(&title(model, open), &focus(model, open));
    let say: Say = match open.tab {
        Tab::Summary => summary,
        Tab::Findings => findings,
        Tab::Items => items,
        Tab::Records => records,
        Tab::Determination => determination,
        Tab::History => history,
    };
    say(page, model, open);
}

fn title(model: &Model, open: &OpenCase) -> String {
    let case = &open.file.case;
    let clock = clock::determination(&open.file, &model.limits, model.now);
    let due = doc::left(&clock, case.is_published, open.is_open(), model.now);
    let due = match due.as_str() {
        "-" | "" => String::new(),
        due => format!(" Due: {}.", left(due)),
    };
    format!(
        "Case {}. {}.{due} State: {}. Tab {} of {}: {}",
        case.id,
        case.patient.long(),
        state(model, open).0,
        open.tab.place() + 1,
        Tab::ALL.len(),
        open.tab.name()
    )
}

fn focus(model: &Model, open: &OpenCase) -> String {
    let case = &open.file.case;
    let line = open.scroll() + 1;
    match open.tab {
        Tab::Items if open.is_editing => writing(model, open),
        Tab::Items => {
            let item = place("item", open.item, case.items.len());
            let cited = open.current().map_or(0, |(_, draft)| draft.citations.len());
            match cited {
                0 | 1 => item,
                cited => format!("{item}, {}", place("citation", open.citation, cited)),
            }
        }
        Tab::Findings => {
            let at = place("finding", open.findings.selected, case.findings.len());
            format!("list of findings, {at}")
        }
        Tab::Records => match case.records.get(open.record) {
            Some(record) => format!(
                "{}, {}, from line {line}",
                place("record", open.record, case.records.len()),
                place("page", open.page, record.pages.len())
            ),
            None => place("record", 0, 0),
        },
        tab => format!("page {}, from line {line}", tab.name()),
    }
}

/// `item 2 of 3`.
fn place(what: &str, at: usize, of: usize) -> String {
    match of {
        0 => format!("no {what}"),
        of => format!("{what} {} of {of}", at + 1),
    }
}

/// Words around the cursor.
fn writing(model: &Model, open: &OpenCase) -> String {
    let item = open.item + 1;
    let Some(editor) = open.editor().filter(|editor| !editor.is_empty()) else {
        return format!("rationale of item {item}, a text, empty");
    };
    let (before, after) = editor
        .text()
        .split_at_checked(editor.cursor())
        .unwrap_or_default();
    let paragraph = before.matches('\n').count() + 1;
    let line_before = before.rsplit('\n').next().unwrap_or_default();
    let line_after = after.split('\n').next().unwrap_or_default();
    let selected = match editor.selected() {
        "" => String::new(),
        text => format!(", selected \"{text}\""),
    };
    let marked = match model.mark_here() {
        Some((_, lint)) => format!(", marked: {} {}", lint.message, lint.remedy),
        None => String::new(),
    };
    format!(
        "rationale of item {item}, a text, paragraph {paragraph}: \"{line_before}\", cursor, \
         \"{line_after}\"{selected}{marked}"
    )
}

fn summary(page: &mut Page, model: &Model, open: &OpenCase) {
    page.region("Facts");
    page.page(&doc::facts(model, open, UNBROKEN));
    page.region("Clinical case summary");
    if open.file.case.summary.trim().is_empty() {
        page.line("The file has no summary.");
    }
    page.page(&doc::prose(&open.file.case.summary, open.marked, UNBROKEN));
}

fn findings(page: &mut Page, _: &Model, open: &OpenCase) {
    if open.shows_ledger {
        page.region("What follows from the findings");
        return page.page(&doc::ledger(open, UNBROKEN));
    }
    page.region("Findings, by date");
    let findings = &open.file.case.findings;
    if findings.is_empty() {
        page.line("No findings were read from the summary.");
    }
    for (row, index) in open.timeline().into_iter().enumerate() {
        let Some(finding) = findings.get(index) else {
            continue;
        };
        let day = finding.date.map_or_else(|| "none".to_owned(), date::long);
        let source = finding.source.as_ref();
        let source = source.map_or("added by you", |source| source.record.as_str());
        let place = finding.place().to_string();
        let cells = [
            ("Date", day.as_str()),
            ("Kind", finding.kind.word()),
            ("Finding", &finding.text),
            ("From", source),
            ("Place", &place),
        ];
        let told = if place.is_empty() { 4 } else { 5 };
        page.row(
            row == open.findings.selected,
            cells.get(..told).unwrap_or_default(),
        );
    }
}

fn items(page: &mut Page, _: &Model, open: &OpenCase) {
    let case = &open.file.case;
    if case.items.is_empty() {
        page.region("Items");
        page.line("The case has no item in dispute.");
    }
    let pairs = case.items.iter().zip(&open.file.draft.items).enumerate();
    if case.items.len() > 1 {
        page.region("Items");
        for (n, (item, draft)) in pairs.clone() {
            let number = format!("Item {}", n + 1);
            let decision = draft.decision.map_or("undecided", |d| d.word());
            let cells = [(number.as_str(), item.in_dispute()), ("Decision", decision)];
            page.row(n == open.item, &cells);
        }
    }
    if let Some((n, (item, draft))) = pairs.clone().nth(open.item) {
        page.region(&format!("Item {} of {}", n + 1, case.items.len()));
        current(page, open, item, draft);
    }
}

fn current(page: &mut Page, open: &OpenCase, item: &Item, draft: &ItemDraft) {
    let decided = match draft.decision {
        None => "undecided".to_owned(),
        Some(decision) => format!("{} = {}", decision.word(), decision.meaning()),
    };
    let after_reveal = draft.is_changed_after_reveal(item.published.as_ref());
    let decided = format!(
        "{decided}{}",
        if after_reveal { " (after reveal)" } else { "" }
    );
    page.row(false, &[("Asked", &item.request)]);
    page.row(false, &[("UR", &ur(&item.ur))]);
    page.row(false, &[("Decision", &decided)]);
    if let Some(published) = &item.published {
        let verdict = format!("{}{}", published.decision, published.verdict(draft));
        page.row(false, &[("Published", &verdict)]);
        page.row(false, &[("They wrote", &published.rationale)]);
    }
    if draft.citations.is_empty() {
        page.row(false, &[("Cited", "nothing")]);
    }
    for (n, citation) in draft.citations.iter().enumerate() {
        let is_selected = n == open.citation && draft.citations.len() > 1;
        page.row(is_selected, &[("Cited", &citation.label())]);
    }
    for line in open.reckoned(open.item) {
        page.row(false, &[(line.label, &line.text)]);
    }
    let Some(editor) = open.editor() else { return };
    let words = match editor.words() {
        0 => "none yet".to_owned(),
        1 => "1 word".to_owned(),
        n => format!("{n} words"),
    };
    page.region(&format!("Rationale, {words}"));
    page.text(editor.text());
    page.row(false, &[("Moves", &open.moves().outline(draft.decision))]);
}

fn records(page: &mut Page, model: &Model, open: &OpenCase) {
    page.region("Records");
    let records = &open.file.case.records;
    if records.is_empty() {
        page.line("No records are listed.");
        let reason = open
            .file
            .draft
            .records_reason
            .as_deref()
            .unwrap_or_default();
        if !reason.is_empty() {
            page.row(false, &[("Reason", reason)]);
        }
        return;
    }
    for (n, record) in records.iter().enumerate() {
        let number = format!("Record {}", n + 1);
        let day = record.date.map_or_else(String::new, date::long);
        let pages = record.pages.len().to_string();
        let cells = [
            (number.as_str(), record.title.as_str()),
            ("Kind", &record.kind),
            ("Date", &day),
            ("Pages", &pages),
        ];
        page.row(n == open.record, &cells);
    }
    page.region(&format!("Page {}", open.page + 1));
    page.page(&doc::page(model, open, u16::MAX));
}

fn determination(page: &mut Page, model: &Model, open: &OpenCase) {
    if let Some(sealed) = open.file.sealed.last().filter(|_| !open.is_open()) {
        let at = doc::minute(sealed.at);
        page.gap();
        page.row(false, &[("Signed", &at), ("SHA-256", &sealed.hash)]);
    } else if open.is_open() {
        missing(page, model, open);
    }
    page.region("The letter");
    page.page(&doc::page(model, open, u16::MAX));
}

fn missing(page: &mut Page, model: &Model, open: &OpenCase) {
    let room = Area {
        width: WIDE,
        ..Area::default()
    };
    let gaps = doc::gap_lines(model, room);
    page.region("Missing before it can be signed");
    if gaps.is_empty() {
        page.line("Nothing.");
    }
    let last = gaps.last().map_or(0, |(gap, _)| *gap);
    for (gap, text) in &gaps {
        page.row(*gap == open.blocker.min(last), &[("Missing", text)]);
    }
}

fn history(page: &mut Page, model: &Model, open: &OpenCase) {
    page.region("History");
    page.page(&doc::page(model, open, u16::MAX));
}
