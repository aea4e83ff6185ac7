//! Marked cases, and what is done to all of them at once: snoozing, closing, taking it back.

use super::super::action::Action;
use super::super::dialogue::{Dialogue, Refused, named};
use super::super::effect::Effect;
use super::super::list::Motion;
use super::super::model::Model;
use super::super::queue::{MOST_MARKED, Pending, Step};
use super::{case, dialogues, queue};
use crate::model::{CaseId, Change, Date, Stage, date};
use jiff::ToSpan;

/// Marks the selected case or takes its mark off, and goes on to the next.
pub fn toggle_mark(model: &mut Model) {
    let Some(case) = model.queue.selected().map(|row| row.id.clone()) else {
        return;
    };
    let marks = &mut model.queue.marks;
    if !marks.remove(&case) {
        marks.insert(case);
    }
    queue::go(model, Motion::Lines(1));
    model.touch();
}

/// Asks for every case that passes view and filter, to mark them. Keys typed meanwhile wait: what
/// they are for is what is marked.
pub fn mark_all(model: &mut Model) {
    let total = model.queue.page.total;
    if total > MOST_MARKED {
        let said = format!(
            "{total} cases are too many to mark: narrow the filter to {MOST_MARKED} at most."
        );
        return model.notice(said);
    }
    let (generation, query) = model.queue.request_all();
    model.effects.push(Effect::ListCases { generation, query });
    model.deferred = Some(Action::MarkAll);
}

/// Marks those that pass; where all of them are marked, takes their marks off.
pub fn take_list(model: &mut Model, generation: u64, cases: Vec<CaseId>) {
    let is_waiting = model.deferred == Some(Action::MarkAll);
    if !is_waiting || !model.queue.takes_list(generation) {
        return;
    }
    model.deferred = None;
    let marks = &mut model.queue.marks;
    let all_marked = cases.iter().all(|case| marks.contains(case));
    for case in cases {
        match all_marked {
            true => drop(marks.remove(&case)),
            false => drop(marks.insert(case)),
        }
    }
    let said = match model.queue.marks.len() {
        0 => "No case is marked.".to_owned(),
        n => format!("{} marked.", cases_of(n)),
    };
    model.notice(said);
}

/// Takes every mark off.
pub fn clear_marks(model: &mut Model) {
    model.queue.marks.clear();
    model.touch();
}

/// The open case; in the queue the marked cases, else the selected one.
fn subjects(model: &Model) -> Vec<CaseId> {
    if let Some(open) = &model.open {
        return vec![open.id().clone()];
    }
    let selected = model.queue.selected().map(|row| row.id.clone());
    match model.queue.marks.is_empty() {
        true => selected.into_iter().collect(),
        false => model.queue.marks.iter().cloned().collect(),
    }
}

fn cases_of(n: usize) -> String {
    match n {
        1 => "1 case".to_owned(),
        n => format!("{n} cases"),
    }
}

/// Asks until when.
pub fn snooze(model: &mut Model) {
    ask(model, Dialogue::snooze);
}

/// Asks as what they are closed.
pub fn close(model: &mut Model) {
    ask(model, Dialogue::close);
}

fn ask(model: &mut Model, dialogue: fn(Vec<CaseId>) -> Dialogue) {
    let cases = subjects(model);
    if !cases.is_empty() {
        dialogues::open(model, dialogue(cases));
    }
}

/// Takes snoozed cases up again.
pub fn wake(model: &mut Model) {
    let cases = subjects(model);
    let what = format!("{} taken up again.", named(&cases));
    send(model, cases, Change::Snoozed { until: None }, what);
}

/// What the dialogue was answered: a day, or how many days.
pub fn finish_snooze(model: &mut Model, dialogue: &Dialogue) -> Result<(), String> {
    let until = day(dialogue.typed(0), model.today())?;
    let cases = dialogue.cases.clone();
    let what = format!("{} snoozed until {}.", named(&cases), date::long(until));
    send(model, cases, Change::Snoozed { until: Some(until) }, what);
    Ok(())
}

/// Reads `3d`, `2w`, `tomorrow` or a day to come.
pub fn day(typed: &str, today: Date) -> Result<Date, String> {
    const TAKES: &str = "type 3d, 2w, tomorrow or a date like 1/31/2026";
    if typed.is_empty() {
        return Err("Type the day: 3d, 2w, tomorrow or a date like 1/31/2026.".to_owned());
    }
    let small = typed.to_lowercase();
    let amount = |unit: char| small.strip_suffix(unit)?.trim().parse::<i32>().ok();
    let days = match small.as_str() {
        "tomorrow" => Some(1),
        _ => amount('d').or_else(|| amount('w').and_then(|n| n.checked_mul(7))),
    };
    let after = |n: i32| today.checked_add(n.min(100_000).days()).ok();
    let day = days.map_or_else(|| date::parse(&small), after);
    match day.filter(|day| date::is_known(*day)) {
        Some(day) if day > today => Ok(day),
        Some(_) => Err(format!("\"{typed}\" is no day to come: {TAKES}.")),
        None => Err(format!("\"{typed}\" is no day: {TAKES}.")),
    }
}

/// Closes the cases that the dialogue names. Who closes the open one is back in the queue.
pub fn finish_close(model: &mut Model, dialogue: &Dialogue) -> Result<(), Refused> {
    let chosen = dialogue.chosen().and_then(|at| Stage::CLOSINGS.get(at));
    let otherwise = "Choose as what it is closed, with the arrow keys.";
    let stage = *chosen.ok_or_else(|| Refused::at(0, otherwise))?;
    let reason = dialogues::required(dialogue, 0, "Type the reason.")?;
    let cases = dialogue.cases.clone();
    let verb = if cases.len() == 1 { "is" } else { "are" };
    let what = format!("{} {verb} closed as {}.", named(&cases), stage.word());
    if model.open.is_some() {
        case::back(model);
    }
    send(model, cases, Change::Closed { stage, reason }, what);
    Ok(())
}

/// Takes the last of these back. It stays the last until the store says that it is done.
pub fn undo(model: &mut Model) {
    let Some(step) = model.queue.undo.last() else {
        return;
    };
    let (changes, undoes) = (step.changes.clone(), Some(step.ticket));
    let cases: Vec<CaseId> = changes.iter().map(|(case, _)| case.clone()).collect();
    let what = format!("Taken back: {} as before.", named(&cases));
    dispatch(model, changes, Pending { what, undoes });
}

fn send(model: &mut Model, cases: Vec<CaseId>, change: Change, what: String) {
    let changes = cases.into_iter().map(|case| (case, change.clone()));
    let undoes = None;
    dispatch(model, changes.collect(), Pending { what, undoes });
}

fn dispatch(model: &mut Model, changes: Vec<(CaseId, Change)>, pending: Pending) {
    let ticket = model.saves.ticket();
    model.queue.under_way.insert(ticket, pending);
    model.effects.push(Effect::SaveAll { ticket, changes });
}

/// What became of it: said, and kept to be taken back.
pub fn saved(
    model: &mut Model,
    ticket: u64,
    done: Vec<(CaseId, Option<Change>)>,
    refused: &[(CaseId, String)],
) {
    let Some(Pending { what, undoes }) = model.queue.under_way.remove(&ticket) else {
        return;
    };
    for (case, _) in &done {
        model.queue.marks.remove(case);
    }
    let said = match (done.len(), refused.len()) {
        (0, _) => None,
        (_, 0) => Some(what),
        (n, _) => Some(format!("{} done, the others were left.", cases_of(n))),
    };
    let changes: Vec<(CaseId, Change)> = done
        .into_iter()
        .filter_map(|(case, inverse)| Some((case, inverse?)))
        .collect();
    match undoes {
        Some(step) => model.queue.undo.retain(|s| s.ticket != step),
        None if changes.is_empty() => {}
        None => model.queue.undo.push(Step { ticket, changes }),
    }
    said.into_iter().for_each(|said| model.notice(said));
    if let Some((case, why)) = refused.first() {
        let more = match refused.len() {
            1 => String::new(),
            n => format!(" So for {} more.", n - 1),
        };
        model.problem(format!("Not done for {case}: {why}.{more}"));
    }
    if model.open.is_none() {
        queue::reload(model);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_to_come() {
        let today: Date = "2026-01-15".parse().unwrap();
        for (typed, expected) in [
            ("3d", "2026-01-18"),
            ("2 w", "2026-01-29"),
            ("Tomorrow", "2026-01-16"),
            ("1/31/2026", "2026-01-31"),
        ] {
            assert_eq!(day(typed, today).unwrap().to_string(), expected, "{typed}");
        }
        for typed in ["", "0d", "-3d", "1/15/2026", "soon", "99999d", "3x"] {
            assert!(day(typed, today).is_err(), "{typed}");
        }
    }
}
