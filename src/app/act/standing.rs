//! What the law's clocks start on, who has a stake in the case, and who may decide it: four
//! dialogues.

use super::super::dialogue::{Dialogue, Purpose};
use super::super::model::Model;
use super::dialogues::{open, optional_date, required};
use super::{case, dialogues};
use crate::model::{
    Case, Change, Extension, NoConflict, Party, Recusal, Role, Sent, Stage, text::clean_line,
};
use crate::rules::dates::{self, Wanted};
use crate::rules::eligibility;

/// The days that start clocks; of a signed case, the day its determination was served.
pub fn dates(model: &mut Model) {
    let dialogue = model
        .open
        .as_ref()
        .map(|o| Dialogue::dates(&o.file.case, o.file.stage == Stage::Signed));
    if let Some(dialogue) = dialogue {
        open(model, dialogue);
    }
}

/// Somebody with a stake in the case.
pub fn party(model: &mut Model) {
    open(model, Dialogue::party());
}

/// That there is no conflict with the parties.
pub fn attest(model: &mut Model) {
    let found = conflicts(model);
    open(model, Dialogue::no_conflict(&found));
}

/// That the case is not for this reviewer.
pub fn recuse(model: &mut Model) {
    if let Some(id) = model.open.as_ref().map(|o| o.id().clone()) {
        open(model, Dialogue::recuse(id.as_str()));
    }
}

/// What looks like a conflict, in words.
fn conflicts(model: &Model) -> Vec<String> {
    let Some(open) = &model.open else {
        return Vec::new();
    };
    let found = eligibility::conflicts(&open.file.case.interests, &model.reviewer);
    found.iter().map(eligibility::Conflict::words).collect()
}

/// Does what one of the four dialogues is for.
pub(super) fn finish(model: &mut Model, dialogue: &Dialogue) -> Result<(), String> {
    match dialogue.purpose {
        Purpose::Dates => finish_dates(model, dialogue),
        Purpose::Party => finish_party(model, dialogue),
        Purpose::NoConflict => finish_attest(model, dialogue),
        _ => finish_recuse(model, dialogue),
    }
}

fn finish_dates(model: &mut Model, dialogue: &Dialogue) -> Result<(), String> {
    let Some(open) = &model.open else {
        return Ok(());
    };
    let case = &open.file.case;
    let wanted = match open.file.stage {
        Stage::Signed => served(case, dialogue)?,
        _ => wanted(case, dialogue)?,
    };
    let changes = dates::changes(case, &wanted, &model.limits, model.today())?;
    for (change, back) in changes {
        model.change_undoably(change, back);
    }
    Ok(())
}

fn served(case: &Case, dialogue: &Dialogue) -> Result<Wanted, String> {
    let mut wanted = Wanted::of(case);
    wanted.dates.served = optional_date(dialogue.typed(0))?;
    Ok(wanted)
}

/// What was typed, in the order of [`Dialogue::dates`].
fn wanted(case: &Case, dialogue: &Dialogue) -> Result<Wanted, String> {
    let mut wanted = Wanted::of(case);
    let day = |n| optional_date(dialogue.typed(n));
    wanted.records_complete = day(0)?;
    wanted.dates.notice = day(1)?;
    wanted.dates.ur_served = day(2)?;
    wanted.dates.certified = day(3)?;
    wanted.dates.extension = extension(dialogue.typed(4), dialogue.typed(5))?;
    let sent = dialogue.chosen_at(0).and_then(|at| Sent::ALL.get(at));
    wanted.dates.notice_sent = sent.copied();
    wanted.dates.is_formulary = dialogue.chosen_at(1) == Some(1);
    Ok(wanted)
}

fn extension(days: &str, approved: &str) -> Result<Option<Extension>, String> {
    let day = optional_date(approved)?;
    match (days.is_empty(), day) {
        (true, None) => Ok(None),
        (true, Some(_)) => Err("Type by how many days it was extended.".to_owned()),
        (false, None) => Err("Type the day on which the extension was approved.".to_owned()),
        (false, Some(approved)) => {
            let read = days.parse();
            let days = read.map_err(|_| format!("\"{days}\" is no number of days."))?;
            Ok(Some(Extension { days, approved }))
        }
    }
}

fn finish_party(model: &mut Model, dialogue: &Dialogue) -> Result<(), String> {
    let name = required(dialogue, 0, "Type the name.")?;
    let chosen = dialogue.chosen();
    let chosen = chosen.ok_or("Choose what it is to the case, with the arrow keys.")?;
    let parties = model
        .open
        .as_ref()
        .map(|o| o.file.case.interests.parties.clone())
        .unwrap_or_default();
    if let Some(role) = Role::ALL.get(chosen).copied() {
        let party = Party { role, name };
        let back = Change::PartyDropped {
            index: parties.len(),
        };
        model.change_undoably(Change::PartyAdded { party }, back);
        let found = conflicts(model);
        if let Some(first) = found.first() {
            model.problem(format!("Conflict? The {first}."));
        }
        return Ok(());
    }
    let found = parties
        .iter()
        .position(|p| p.name.eq_ignore_ascii_case(&name));
    let index = found.ok_or_else(|| format!("No party is called \"{name}\"."))?;
    if let Some(party) = parties.get(index).cloned() {
        let back = Change::PartyAdded { party };
        model.change_undoably(Change::PartyDropped { index }, back);
    }
    Ok(())
}

fn finish_attest(model: &mut Model, dialogue: &Dialogue) -> Result<(), String> {
    let reason = clean_line(dialogue.typed(0));
    if reason.is_empty() && !conflicts(model).is_empty() {
        return Err("Say why this is no conflict, or recuse yourself.".to_owned());
    }
    let (who, on) = (model.reviewer.name.clone(), model.today());
    let parties = model
        .open
        .as_ref()
        .map(|o| o.file.case.interests.fingerprint());
    let stated = NoConflict {
        who,
        on,
        parties: parties.unwrap_or_default(),
        reason,
    };
    if model.change(Change::NoConflictStated { stated }) {
        model.notice("Stated: no conflict with the parties of this case.");
    }
    Ok(())
}

fn finish_recuse(model: &mut Model, dialogue: &Dialogue) -> Result<(), String> {
    let reason = required(dialogue, 0, "Type why the case is not for you.")?;
    let Some(id) = model.open.as_ref().map(|o| o.id().clone()) else {
        return Ok(());
    };
    model.flush();
    let recusal = Recusal {
        who: model.reviewer.name.clone(),
        on: model.today(),
        reason,
    };
    if model.change(Change::Recused { recusal }) {
        dialogues::shut(model);
        case::back(model);
        model.notice(format!("{id} is returned: you are recused from it."));
    }
    Ok(())
}
