//! What lies over a screen, in words: help, messages, commands, guidelines, dialogues.

use super::super::picker;
use super::super::versions::{NONE, told};
use super::{Page, UNBROKEN, field};
use crate::app::Model;
use crate::app::dialogue::{Answer, Dialogue, Question};
use crate::app::doc;
use crate::app::excerpts::Excerpts;
use crate::app::finder::Finder;
use crate::app::layout;
use crate::app::menu::Menu;
use crate::app::model::Overlay;
use crate::app::palette::Palette;
use crate::app::picker::Picker;
use crate::app::picker_rows::Row;
use crate::app::picker_view;
use crate::app::questions;
use crate::app::stats::{self, StatsPage};
use crate::app::versions::Versions;
use crate::model::date;

pub(super) fn say(page: &mut Page, model: &Model, overlay: &Overlay) {
    match overlay {
        Overlay::Help(top) => reader(page, model, "Keys", *top),
        Overlay::Messages(top) => reader(page, model, "Messages", *top),
        Overlay::Stats(counted) => statistics(page, counted),
        Overlay::Guidelines(top) => reader(page, model, "Your guidelines", *top),
        Overlay::Palette(palette) => commands(page, model, palette),
        Overlay::Picker(picker) => guidelines(page, model, picker),
        Overlay::Dialogue(dialogue) => asked(page, model, dialogue),
        Overlay::Menu(menu) => choices(page, model, menu),
        Overlay::Find(finder) => find(page, finder),
        Overlay::Excerpts(excerpts) => insertable(page, model, excerpts),
        Overlay::Versions(versions) => earlier(page, model, versions),
    }
}

/// Every category is a sentence, and every week in which something was signed.
fn statistics(page: &mut Page, open: &StatsPage) {
    page.heading("Statistics", &format!("page, from line {}", open.top + 1));
    let Some(counted) = &open.stats else {
        return page.line("Counting.");
    };
    stats::said(counted).iter().for_each(|said| page.line(said));
    if counted.items.is_empty() {
        return;
    }
    page.region("By category");
    for group in &counted.categories {
        let (items, agreement) = (group.items.to_string(), &group.agreement);
        let share = agreement.share.map(|share| stats::percent(share.value));
        let kappa = agreement.kappa.map(|kappa| stats::hundredths(kappa.value));
        let cells = [
            ("Category", group.category.as_str()),
            ("Items", &items),
            ("Agreed", &share.unwrap_or_default()),
            ("Kappa", &kappa.unwrap_or_default()),
            ("Median words", &stats::figure(group.words, 0)),
            ("Median days", &stats::figure(group.days, 1)),
        ];
        page.row(false, &cells);
    }
    let mut differing = counted
        .items
        .iter()
        .filter(|item| item.is_agreed() == Some(false));
    if let Some(first) = differing.next() {
        page.region("You differ");
        for item in std::iter::once(first).chain(differing) {
            let place = format!("{} {}", item.case, item.item);
            let words = stats::words(item);
            page.row(
                false,
                &[
                    ("Item", &place),
                    ("Request", &item.request),
                    ("Decisions", &words),
                ],
            );
        }
    }
    page.region("Items signed by week");
    for week in counted.weeks.iter().filter(|week| week.signed > 0) {
        let (monday, signed) = (date::long(week.monday), week.signed.to_string());
        page.row(false, &[("Week of", &monday), ("Items", &signed)]);
    }
}

fn find(page: &mut Page, finder: &Finder) {
    page.heading(
        "Find in the rationale",
        &field("text to find", &finder.field),
    );
    if finder.is_missing {
        page.line("It is not there.");
    }
}

fn insertable(page: &mut Page, model: &Model, excerpts: &Excerpts) {
    let found = excerpts.found();
    let heading = format!("{}. {} found", excerpts.title, found.len());
    page.heading(&heading, &field("search", &excerpts.field));
    page.region("Found");
    let height = usize::from(layout::excerpts(model.size).2.height).max(1);
    let in_view = found.iter().enumerate().skip(excerpts.list.top);
    for (n, excerpt) in in_view.take(height) {
        let kind = ("Kind", excerpt.kind.as_str());
        let text = ("Text", excerpt.text.as_str());
        match &excerpt.name {
            Some(name) => page.row(n == excerpts.list.selected, &[("Name", name), kind, text]),
            None => page.row(n == excerpts.list.selected, &[kind, text]),
        }
    }
}

fn earlier(page: &mut Page, model: &Model, versions: &Versions) {
    let heading = format!("Earlier texts of item {}", versions.item + 1);
    let count = versions.count();
    let focus = match count {
        0 => "no text".to_owned(),
        _ => format!("text {} of {count}", versions.list.selected + 1),
    };
    page.heading(&heading, &focus);
    page.region("Texts, the newest first");
    if versions.all.as_ref().is_some_and(Vec::is_empty) {
        page.line(NONE);
    }
    for (n, version) in versions.all.iter().flatten().enumerate() {
        let said = told(version);
        page.row(n == versions.list.selected, &[("Text", &said)]);
    }
    page.region("What changed since the selected one: [-gone-] {+come+}");
    let editors = model.open.as_ref().map(|open| &open.editors);
    let today = editors.and_then(|editors| editors.get(versions.item));
    let today = today.map_or("", |editor| editor.text());
    page.page(&versions.changes(today, UNBROKEN));
}

fn choices(page: &mut Page, model: &Model, menu: &Menu) {
    let lines = menu.lines(&model.queue);
    let focus = format!("choice {} of {}", menu.list.selected + 1, lines.len());
    page.heading(menu.title(), &focus);
    page.region("Choices");
    for (n, line) in lines.iter().enumerate() {
        let state = if line.is_current { "in force" } else { "" };
        let number = format!("Choice {}", n + 1);
        let cells = [
            (number.as_str(), line.name.as_str()),
            ("State", state),
            ("What", &line.says),
        ];
        page.row(n == menu.list.selected, &cells);
    }
}

fn reader(page: &mut Page, model: &Model, heading: &str, top: usize) {
    page.heading(heading, &format!("page, from line {}", top + 1));
    page.gap();
    page.page(&doc::reader_at(model, UNBROKEN));
}

fn commands(page: &mut Page, model: &Model, palette: &Palette) {
    let found = palette.found();
    let focus = field("name of a command", &palette.field);
    page.heading(&format!("Commands. {} found", found.len()), &focus);
    page.region("Commands");
    if found.is_empty() {
        page.line("No command has that name.");
    }
    let height = usize::from(layout::palette(model.size).2.height).max(1);
    let in_view = found.iter().enumerate().skip(palette.list.top).take(height);
    for (n, spec) in in_view {
        let keys = model.keymap.key(spec.id, palette.contexts);
        let why_not = model.available(spec.id).err();
        let what = why_not.map_or_else(|| spec.doc.to_owned(), |why| format!("not now: {why}"));
        let cells = [
            ("Command", spec.name),
            ("Key", keys.as_str()),
            ("What", &what),
        ];
        page.row(n == palette.list.selected, &cells);
    }
}

fn guidelines(page: &mut Page, model: &Model, picker: &Picker) {
    let heading = picker::heading(model, picker);
    let heading = format!("{heading}. {} found", picker.picks.len());
    page.heading(&heading, &field("search", &picker.field));
    page.line(&format!("Looking through: {}.", picker.source.word()));
    if picker.has_figures() {
        page.line(&format!("{}.", picker.figures));
    }
    page.region("Found");
    if picker.picks.is_empty() {
        page.line(picker::nothing(picker));
    }
    let areas = layout::picker(model.size, picker.has_figures());
    let height = usize::from(areas.hits.height).max(1);
    let in_view = picker.rows.iter().enumerate().skip(picker.list.top);
    for (n, row) in in_view.take(height) {
        found(page, n, row, n == picker.list.selected);
    }
    if picker.selected().is_some() {
        page.region("Selected");
        let area = layout::Area {
            width: u16::MAX,
            height: u16::MAX,
            ..areas.preview
        };
        page.page(&picker_view::lines(model, picker, area));
    }
}

fn found(page: &mut Page, n: usize, row: &Row, is_selected: bool) {
    let number = format!("{} {}", sentence(row.kind), n + 1);
    let text = match row.lead {
        Some((_, lead)) => format!("{}, {}", lead.trim_end(), row.text),
        None => row.text.clone(),
    };
    let cells = [(number.as_str(), text.as_str()), ("Note", &row.aside)];
    page.row(is_selected, &cells);
}

fn sentence(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

fn asked(page: &mut Page, model: &Model, dialogue: &Dialogue) {
    let count = dialogue.questions.len();
    let focus = match dialogue.current() {
        Some(question) => format!(
            "question {} of {count}, {}",
            dialogue.focus + 1,
            answer(question)
        ),
        None => "the text of this dialogue".to_owned(),
    };
    page.heading(&format!("Dialogue: {}", dialogue.title), &focus);
    page.gap();
    let lines = questions::page_at(model, dialogue, UNBROKEN);
    page.page(&lines.head);
    if count > 0 {
        page.region("Questions");
    }
    for (n, question) in dialogue.questions.iter().enumerate() {
        let number = format!("Question {}", n + 1);
        page.row(n == dialogue.focus, &[(&number, &answer(question))]);
    }
    page.gap();
    let foot = lines.rows.into_iter().filter(|row| row.question.is_none());
    let foot: Vec<_> = foot.map(|row| row.spans).collect();
    page.page(&foot);
}

/// The question, and what was answered so far.
fn answer(question: &Question) -> String {
    match &question.answer {
        Answer::Text(text) => field(question.label, text),
        Answer::Check { attestation, is_on } => {
            let state = if *is_on { "agreed to" } else { "not agreed to" };
            format!("statement, {state}: {}", attestation.sentence())
        }
        Answer::Choice { options, chosen } => {
            let options = options.iter().enumerate();
            let said: Vec<String> = options
                .map(|(n, option)| match *chosen == Some(n) {
                    true => format!("{option}, chosen"),
                    false => (*option).to_owned(),
                })
                .collect();
            format!("{}, one of: {}", question.label, said.join("; "))
        }
    }
}
