//! Patient, header facts, clocks and what is asked.

use super::super::action::Action;
use super::super::keymap::Context;
use super::super::model::Model;
use super::super::open_case::OpenCase;
use super::super::{layout, wrap};
use super::{Line, clock_role, decision_role, left, span};
use crate::model::{Clock, ClockState, Date, date};
use crate::rules::{clock, eligibility};
use crate::settings::theme::Role;
use jiff::Timestamp;
use unicode_width::UnicodeWidthStr;

/// Patient, header facts and clocks. Two columns where they fit, else one.
pub fn facts(model: &Model, open: &OpenCase, width: usize) -> Vec<Line> {
    let case = &open.file.case;
    let header = &case.header;
    let day = |d: Option<Date>| d.map_or_else(|| "not stated".to_owned(), date::long);
    let mut lines = vec![vec![span(Role::Strong, case.patient.long())], Vec::new()];
    let pairs = [
        ("Injury", day(header.injury_date)),
        ("Priority", case.priority().word().to_owned()),
        ("UR decision", day(header.ur_denial_date)),
        ("Assigned", day(header.assigned_date)),
        ("Application", day(header.application_received_date)),
        ("Records complete", day(header.records_complete_date)),
    ];
    lines.extend(columns(&pairs, if width >= 56 { 2 } else { 1 }));
    if let Some(decided) = header.decided_date {
        lines.extend(columns(&[("Published", date::long(decided))], 1));
    }
    lines.push(Vec::new());
    lines.extend(clocks(model, open, width));
    lines.extend(interests(model, open, width));
    lines.push(Vec::new());
    lines.extend(in_dispute(model, open, width));
    lines
}

/// Items that the facts name where the summary has to fit below them.
const FEW: usize = 3;

/// What is asked, each item on at most two lines, and the decision where there is one.
fn in_dispute(model: &Model, open: &OpenCase, width: usize) -> Vec<Line> {
    let pairs = open.file.case.items.iter().zip(&open.file.draft.items);
    let count = open.file.case.items.len();
    let is_wide = layout::summary(model.case_areas().body).1.is_some();
    let shown = if is_wide || count <= FEW + 1 {
        count
    } else {
        FEW
    };
    let mut lines = Vec::new();
    for (n, (item, draft)) in pairs.enumerate().take(shown) {
        let word = draft.decision.map(|d| format!("  {}", d.short()));
        let word = word.unwrap_or_default();
        let room = width.saturating_sub(4 + word.width()).max(10);
        let all = wrap::lines(&item.in_dispute().replace('\n', " "), room);
        let is_cut = all.len() > 2;
        for (i, mut text) in all.into_iter().take(2).enumerate() {
            if is_cut && i == 1 {
                text.push_str(" ...");
            }
            let number = if i == 0 {
                format!("{:>2}  ", n + 1)
            } else {
                "    ".to_owned()
            };
            lines.push(vec![span(Role::Label, number), span(Role::Text, text)]);
        }
        if let Some(line) = lines.last_mut().filter(|_| !word.is_empty()) {
            line.push(span(decision_role(draft.decision), word));
        }
    }
    if shown < count {
        let key = model.keymap.key(Action::TabItems, &[Context::Case]);
        let text = format!("    and {} more; {key} shows them", count - shown);
        lines.push(vec![span(Role::Dim, text)]);
    }
    lines
}

/// Label and value, label and value.
fn columns(pairs: &[(&str, String)], across: usize) -> Vec<Line> {
    let cell = |(label, value): &(&str, String)| {
        let role = if value == "not stated" {
            Role::Dim
        } else {
            Role::Text
        };
        [
            span(Role::Label, format!("{label:<17}")),
            span(role, format!("{value:<16}")),
        ]
    };
    let trimmed = |mut line: Line| {
        // Blanks behind the last value would only be cut.
        if let Some(last) = line.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        line
    };
    let rows = pairs.chunks(across);
    rows.map(|row| trimmed(row.iter().flat_map(cell).collect()))
        .collect()
}

/// A clock: what is left of it, and when it ends or why it does not run; on one line or two.
fn clocks(model: &Model, open: &OpenCase, width: usize) -> Vec<Line> {
    let case = &open.file.case;
    let all = clock::all(&open.file, &model.limits, model.now);
    let mut lines = Vec::new();
    // Of the others only those that run: what they start on is entered where it is known.
    let shown = |clock: &Clock| clock.name == clock::DETERMINATION || clock.due.is_some();
    for clock in all.into_iter().filter(shown) {
        let is_own = clock.name == clock::DETERMINATION;
        let left = match is_own {
            true => left(&clock, case.is_published, open.is_open(), model.now),
            false => side_left(&clock, model.now),
        };
        let mut line = vec![
            span(Role::Label, format!("{:<17}", capital(&clock.name))),
            span(clock_role(&clock, model.now), &left),
        ];
        let key = model
            .keymap
            .key(Action::RecordsComplete, &[Context::Summary]);
        let more = match (clock.state, clock.due) {
            (ClockState::NoStart, _) if open.is_open() => {
                format!("{key} enters the start")
            }
            (_, Some(due)) => until(due, &clock),
            (_, None) => String::new(),
        };
        if width < 56 {
            lines.push(line);
            line = vec![span(Role::Label, " ".repeat(17))];
        } else {
            let gap = 16usize.saturating_sub(left.width());
            line.push(span(Role::Text, " ".repeat(gap)));
        }
        line.push(span(Role::Dim, more));
        lines.push(line);
    }
    lines
}

/// `due 04/02/2025`, and behind it what was counted where that is not the usual.
fn until(due: Timestamp, clock: &Clock) -> String {
    let day = date::long(clock::today(due));
    let is_usual = clock
        .counts
        .starts_with("30 calendar days from records complete")
        && !clock.counts.contains("extended");
    match is_usual {
        true => format!("due {day}"),
        false => format!("due {day}: {}", clock.counts),
    }
}

/// What is left of a clock that others run against.
fn side_left(clock: &Clock, now: Timestamp) -> String {
    match clock.state {
        ClockState::Stopped => "done".to_owned(),
        _ => clock::left(clock, now),
    }
}

/// Parties, what looks like a conflict with them, what was stated, and who is recused.
fn interests(model: &Model, open: &OpenCase, width: usize) -> Vec<Line> {
    let interests = &open.file.case.interests;
    let parties = interests
        .parties
        .iter()
        .map(|party| (Role::Text, party.role.words(), party.name.clone()));
    let conflicts = eligibility::conflicts(interests, &model.reviewer);
    let conflicts = conflicts.iter().map(|found| {
        let words = format!("! {}", found.words());
        (Role::Problem, "conflict?", words)
    });
    let stated = interests.no_conflict.as_ref().map(|stated| {
        let (day, current) = (date::long(stated.on), interests.fingerprint());
        let words = match stated.parties == current {
            true => format!("stated by {} on {day}", stated.who),
            false => format!("stated on {day}, before the parties were changed"),
        };
        (Role::Text, "no conflict", words)
    });
    let recusals = interests.recusals.iter().map(|recusal| {
        let words = format!(
            "{} on {}: {}",
            recusal.who,
            date::long(recusal.on),
            recusal.reason
        );
        (Role::Problem, "recused", words)
    });
    let told = parties.chain(conflicts).chain(stated).chain(recusals);
    let mut lines: Vec<Line> = told
        .flat_map(|(role, label, words)| labelled(role, label, &words, width))
        .collect();
    if !lines.is_empty() {
        lines.insert(0, Vec::new());
    }
    lines
}

/// Columns of a label before its words.
const WORDS_FROM: usize = 22;

fn labelled(role: Role, label: &str, words: &str, width: usize) -> Vec<Line> {
    let wrapped = wrap::lines(words, width.saturating_sub(WORDS_FROM).max(10));
    let line = |(n, text): (usize, String)| {
        let label = if n == 0 {
            capital(label)
        } else {
            String::new()
        };
        let label = format!("{label:<WORDS_FROM$}");
        vec![span(Role::Label, label), span(role, text)]
    };
    wrapped.into_iter().enumerate().map(line).collect()
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |c| {
        format!("{}{}", c.to_uppercase(), chars.as_str())
    })
}
