//! What is reckoned of items: noting what a request leaves open, and letting items that hang on
//! another follow it. Each is confirmed by itself.

use super::super::dialogue::{Asks, Dialogue};
use super::super::model::{Model, Overlay};
use super::super::open_case::OpenCase;
use super::dialogues::{open, shut};
use crate::model::request::DrugClass;
use crate::model::{Change, Decision, Formulary, Units};
use crate::rules::reckoning::dependents;
use crate::rules::reckoning::visits::Discipline;

/// Most visits that anybody had.
const VISITS: u32 = 2_000;

impl OpenCase {
    /// What may be noted of the current item.
    pub(in crate::app) fn asks(&self) -> Asks {
        let Some(request) = self.requests().get(self.item) else {
            return Asks::default();
        };
        let is_opioid = |class: Option<DrugClass>| class == Some(DrugClass::Opioid);
        Asks {
            formulary: !request.drugs.is_empty(),
            units: request.drugs.iter().any(|drug| is_opioid(drug.class)),
            visits: Discipline::of(request).is_some(),
        }
    }

    /// Items (from 0) that hang on the current one and are not decided.
    pub(in crate::app) fn hanging(&self) -> Vec<usize> {
        dependents::open(&self.file, self.requests(), self.item)
    }
}

/// Asks for what the request of the current item leaves open.
pub fn ask(model: &mut Model) {
    let Some(case) = model.open.as_ref() else {
        return;
    };
    let (item, asks) = (case.item, case.asks());
    let noted = case.current().map(|(_, draft)| draft.noted);
    let dialogue = Dialogue::noted(item, &noted.unwrap_or_default(), asks);
    open(model, dialogue);
}

/// Notes it.
///
/// # Errors
/// What is typed is no number.
pub fn note(model: &mut Model, item: usize, dialogue: &Dialogue) -> Result<(), String> {
    let Some(case) = model.open.as_ref() else {
        return Ok(());
    };
    let asks = case.asks();
    let before = case.file.draft.items.get(item).map(|d| d.noted);
    let before = before.unwrap_or_default();
    let mut noted = before;
    let mut texts = 0;
    let mut next = || {
        texts += 1;
        dialogue.typed(texts - 1)
    };
    if asks.formulary {
        let status = dialogue.chosen().and_then(|n| Formulary::ALL.get(n));
        noted.formulary = status.copied();
    }
    if asks.units {
        noted.units_a_day = optional(next(), Units::parse, "units a day, such as 4 or 1.5")?;
    }
    if asks.visits {
        let visits = |t: &str| t.parse().ok().filter(|n| *n <= VISITS);
        noted.visits_before = optional(next(), visits, "a number of visits")?;
    }
    if noted != before {
        let undo = Change::Noted {
            item,
            noted: before,
        };
        model.change_undoably(Change::Noted { item, noted }, undo);
    }
    Ok(())
}

fn optional<T>(
    typed: &str,
    read: impl Fn(&str) -> Option<T>,
    what: &str,
) -> Result<Option<T>, String> {
    match typed.trim() {
        "" => Ok(None),
        text => read(text)
            .map(Some)
            .ok_or_else(|| format!("\"{text}\" is not {what}.")),
    }
}

/// Asks of the first item that hangs on the current one.
pub fn follow(model: &mut Model) {
    let parent = model.open.as_ref().map_or(0, |case| case.item);
    ask_next(model, parent);
}

/// Asks of the next undecided item that hangs on this one. Says whether there was one.
fn ask_next(model: &mut Model, parent: usize) -> bool {
    let Some(case) = model.open.as_ref() else {
        return false;
    };
    let decision = case.file.draft.items.get(parent).and_then(|d| d.decision);
    let hanging = dependents::open(&case.file, case.requests(), parent);
    let child = hanging.first().copied();
    let (Some(decision), Some(child)) = (decision, child) else {
        return false;
    };
    let request = case
        .file
        .case
        .items
        .get(child)
        .map(|item| item.in_dispute());
    let request = request.unwrap_or_default().trim_end_matches(['.', ' ']);
    let dialogue = Dialogue::follow((parent, child), decision, request);
    model.overlays.push(Overlay::Dialogue(dialogue));
    model.touch();
    true
}

/// Does what was chosen for one item, and asks of the next.
///
/// # Errors
/// Nothing was chosen.
pub fn answer(
    model: &mut Model,
    (parent, child): (usize, usize),
    dialogue: &Dialogue,
) -> Result<(), String> {
    let chosen = dialogue.chosen().ok_or("Choose with the arrow keys.")?;
    let decision = model.open.as_ref().and_then(|case| {
        let draft = case.file.draft.items.get(parent)?;
        draft.decision
    });
    shut(model);
    let Some(decision) = decision else {
        return Ok(());
    };
    match (decision, chosen) {
        (Decision::Upheld, 2) | (Decision::Overturned, 1) => go_to(model, child),
        _ => {
            decide_too(model, (parent, child), decision, chosen == 1);
            if !ask_next(model, parent) {
                let parent = parent + 1;
                model.notice(format!(
                    "Every item that goes with item {parent} is decided."
                ));
            }
        }
    }
    Ok(())
}

fn go_to(model: &mut Model, item: usize) {
    if let Some(case) = model.open.as_mut() {
        case.item = item;
        case.citation = 0;
    }
    model.touch();
}

/// The same decision, with the sentence that says why where nothing is written yet.
fn decide_too(model: &mut Model, (parent, child): (usize, usize), decision: Decision, cites: bool) {
    let change = Change::Decided {
        item: child,
        decision,
    };
    if !model.change_undoably(change, Change::Undecided { item: child }) {
        return;
    }
    let Some(case) = model.open.as_mut() else {
        return;
    };
    let reason = dependents::reason(&case.file, child, parent);
    let editor = case.editors.get_mut(child).filter(|e| e.is_empty());
    if let Some((editor, reason)) = editor.zip(reason) {
        editor.become_text(&reason);
    }
    let drafts = &case.file.draft.items;
    let cited = drafts
        .get(parent)
        .map(|d| d.citations.clone())
        .unwrap_or_default();
    let own = drafts
        .get(child)
        .map(|d| d.citations.clone())
        .unwrap_or_default();
    for citation in cited.into_iter().filter(|c| cites && !own.contains(c)) {
        let item = child;
        model.change(Change::Cited { item, citation });
    }
    model.flush();
}
