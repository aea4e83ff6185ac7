//! Criteria of a guideline, marked for the current item: asked for, asked about, and written.

use super::super::dialogue::{Answer, Dialogue};
use super::super::effect::Effect;
use super::super::model::{Model, Overlay};
use super::editing;
use crate::model::{Change, CriteriaList, CriterionMark, ItemDraft, Mark, criteria};

/// How many lists are asked for.
const LISTS: usize = 5;

/// Asks for the lists that fit the current item.
pub fn open(model: &mut Model) {
    let Some(open) = model.open.as_ref() else {
        return;
    };
    let Some((item, _)) = open.current() else {
        return;
    };
    let effect = Effect::Criteria {
        case: open.id().clone(),
        item: open.item,
        request: item.in_dispute().to_owned(),
        limit: LISTS,
    };
    model.effects.push(effect);
}

/// The lists are there: opens the best of them, and the next one each time it is asked again.
pub fn offer(model: &mut Model, item: usize, lists: Vec<CriteriaList>) {
    if lists.is_empty() {
        return model.notice(
            "No list of criteria fits this request; imr library criteria gives a passage one.",
        );
    }
    let at = match model.offered.as_ref() {
        Some(offered) if offered.item == item && offered.lists == lists => offered.at + 1,
        _ => 0,
    } % lists.len();
    let offered = Offered { item, lists, at };
    let draft = model
        .open
        .as_ref()
        .and_then(|o| o.file.draft.items.get(item));
    let dialogue = draft.and_then(|draft| dialogue(&offered, draft));
    model.offered = Some(offered);
    if let Some(dialogue) = dialogue {
        model.flush();
        model.overlays.push(Overlay::Dialogue(dialogue));
    }
    model.touch();
}

/// Lists that fit an item, and which of them was shown last.
#[derive(Debug)]
pub struct Offered {
    item: usize,
    lists: Vec<CriteriaList>,
    at: usize,
}

impl Offered {
    fn list(&self) -> Option<&CriteriaList> {
        self.lists.get(self.at)
    }
}

fn dialogue(offered: &Offered, draft: &ItemDraft) -> Option<Dialogue> {
    let list = offered.list()?;
    let known = |criterion: &String| {
        draft
            .criteria
            .iter()
            .find(|m| m.is_of(&list.passage, criterion))
    };
    let chosen = |criterion: &String| {
        let mark = known(criterion)?.mark;
        Mark::ALL.iter().position(|m| *m == mark)
    };
    let asked = list.criteria.iter().map(chosen).collect();
    Some(Dialogue::criteria(
        offered.item,
        &lead(offered, list, draft),
        asked,
    ))
}

/// The list in words: what is asked for by number, with the finding that shows it.
fn lead(offered: &Offered, list: &CriteriaList, draft: &ItemDraft) -> String {
    let mut lines = vec![list.title.clone()];
    for (n, criterion) in (1..).zip(&list.criteria) {
        lines.push(format!("{n}  {criterion}"));
        let mark = draft
            .criteria
            .iter()
            .find(|m| m.is_of(&list.passage, criterion));
        lines.extend(
            mark.and_then(|m| m.evidence.as_ref())
                .map(|shown| format!("   shown by: {shown}")),
        );
    }
    if offered.lists.len() > 1 {
        lines.push(format!(
            "List {} of {} that fit; asked for again, the next one comes.",
            offered.at + 1,
            offered.lists.len()
        ));
    }
    lines.join("\n")
}

/// Saves the marks that are new, and writes the first draft where that was wished.
///
/// # Errors
/// A finding that is not there.
pub fn finish(model: &mut Model, item: usize, dialogue: &Dialogue) -> Result<(), String> {
    let shown = shown_by(model, dialogue.typed(0))?;
    let marks = marks(model, item, dialogue, &shown);
    for mark in marks {
        model.change(Change::CriterionMarked { item, mark });
    }
    let draft = model.open.as_ref().and_then(|o| {
        let (item, draft) = o.current()?;
        Some(criteria::first_draft(
            &draft.criteria,
            item.in_dispute(),
            draft.decision,
        ))
    });
    let is_wanted = matches!(
        dialogue.questions.last().map(|q| &q.answer),
        Some(Answer::Choice {
            chosen: Some(0),
            ..
        })
    );
    let text = draft.filter(|text| is_wanted && !text.is_empty());
    match text {
        Some(text) => {
            editing::insert_words(model, &text);
            model.flush();
            model.notice("Marked, and the first draft is in the rationale: it decides nothing.");
        }
        None => model.notice("Marked."),
    }
    Ok(())
}

/// What was answered and is not saved yet.
fn marks(
    model: &Model,
    item: usize,
    dialogue: &Dialogue,
    shown: &[(usize, String)],
) -> Vec<CriterionMark> {
    let list = model.offered.as_ref().and_then(Offered::list);
    let draft = model
        .open
        .as_ref()
        .and_then(|o| o.file.draft.items.get(item));
    let (Some(list), Some(draft)) = (list, draft) else {
        return Vec::new();
    };
    let mut marks = Vec::new();
    for (n, (criterion, question)) in (1..).zip(list.criteria.iter().zip(&dialogue.questions)) {
        let Answer::Choice {
            chosen: Some(at), ..
        } = question.answer
        else {
            continue;
        };
        let Some(mark) = Mark::ALL.get(at) else {
            continue;
        };
        let before = draft
            .criteria
            .iter()
            .find(|m| m.is_of(&list.passage, criterion));
        let new = shown
            .iter()
            .find(|(of, _)| *of == n)
            .map(|(_, text)| text.clone());
        let mark = CriterionMark {
            passage: list.passage.clone(),
            title: list.title.clone(),
            criterion: criterion.clone(),
            mark: *mark,
            evidence: new.or_else(|| before.and_then(|b| b.evidence.clone())),
        };
        if before != Some(&mark) {
            marks.push(mark);
        }
    }
    marks
}

/// `1=3 2=5`: criterion and the finding that shows it, both counted from 1.
fn shown_by(model: &Model, typed: &str) -> Result<Vec<(usize, String)>, String> {
    let findings = model
        .open
        .as_ref()
        .map_or(&[][..], |o| &o.file.case.findings);
    let pairs = typed.split([' ', ',']).filter(|pair| !pair.is_empty());
    let read = |pair: &str| {
        let (criterion, finding) = pair.split_once('=')?;
        let at: usize = finding.trim().parse().ok()?;
        let finding = findings.get(at.checked_sub(1)?)?;
        Some((criterion.trim().parse().ok()?, finding.as_evidence()))
    };
    pairs
        .map(|pair| {
            read(pair).ok_or_else(|| {
                format!(
                    "\"{pair}\": type a criterion and a finding from 1 to {}, like 2=1.",
                    findings.len()
                )
            })
        })
        .collect()
}
