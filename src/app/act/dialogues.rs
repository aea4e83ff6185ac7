//! Dialogues: opening each, answering, and what follows from the last answer.

use super::super::action::Action;
use super::super::dialogue::{Answer, Dialogue, Purpose, Refused};
use super::super::effect::Effect;
use super::super::list::Motion;
use super::super::marks;
use super::super::model::{Model, Overlay};
use super::super::open_case::{Tab, Undo};
use super::super::questions;
use super::super::signing;
use super::super::two_texts;
use super::{
    bulk, case, criteria, editing, mending, moving, reckoned, records, sequence, standing,
};
use crate::model::lint;
use crate::model::{
    CaseId, Change, Citation, Date, Finding, FindingKind, Rank, Stage, date, text::clean_line,
};

/// Why a case is not signed that may stand otherwise in the store than on the screen.
const UNREAD: &str = "A change of this case was not saved, and the case was not read again since: \
                      go back to the queue, open it and look at it, then sign.";

/// The case a dialogue is about: the open one, else the selected one.
fn subject(model: &Model) -> Option<CaseId> {
    let open = model.open.as_ref().map(|o| o.id());
    open.or(model.queue.selected().map(|r| &r.id)).cloned()
}

/// The case under which a dialogue is kept when it is put aside.
pub(in crate::app) fn subject_of(model: &Model, dialogue: &Dialogue) -> Option<CaseId> {
    let named = dialogue.cases.first().cloned();
    named.or_else(|| subject(model))
}

/// Opens a dialogue, as it was left if it was put aside.
pub(super) fn open(model: &mut Model, fresh: Dialogue) {
    let Some(subject) = subject_of(model, &fresh) else {
        return;
    };
    model.flush();
    let dialogue = model.asides.filled(&subject, fresh);
    model.overlays.push(Overlay::Dialogue(dialogue));
    model.touch();
}

/// A new finding.
pub fn add_finding(model: &mut Model) {
    open(model, Dialogue::finding(None));
}

/// The selected finding.
pub fn edit_finding(model: &mut Model) {
    let Some(case) = model.open.as_ref() else {
        return;
    };
    let index = case.selected_finding();
    let found = index.and_then(|i| Some((i, case.file.case.findings.get(i)?)));
    if found.is_some() {
        let dialogue = Dialogue::finding(found);
        open(model, dialogue);
    }
}

/// No guideline applies.
pub fn none_applicable(model: &mut Model) {
    let item = model.open.as_ref().map_or(0, |o| o.item);
    open(model, Dialogue::none_applicable(item));
}

/// A page of the open record.
pub fn turn_to_page(model: &mut Model) {
    let Some(case) = model.open.as_ref() else {
        return;
    };
    if let Some(record) = case.file.case.records.get(case.record) {
        let dialogue = Dialogue::turn_to_page(&record.title, record.pages.len());
        // Asked anew each time: another record has other pages.
        model.overlays.push(Overlay::Dialogue(dialogue));
        model.touch();
    }
}

/// Why no records are listed.
pub fn records_reason(model: &mut Model) {
    let known = model
        .open
        .as_ref()
        .and_then(|o| o.file.draft.records_reason.clone());
    open(model, Dialogue::records_reason(&known.unwrap_or_default()));
}

/// Open a signed or closed case again.
pub fn amend(model: &mut Model) {
    let is_signed = is_signed(model);
    if let Some(id) = subject(model) {
        open(model, Dialogue::amend(id.as_str(), is_signed));
    }
}

/// Giving an amendment up.
pub fn drop_amendment(model: &mut Model) {
    model.flush();
    if let Some(id) = subject(model) {
        open(model, Dialogue::drop_amendment(id.as_str()));
    }
}

fn is_signed(model: &Model) -> bool {
    let stage = model.open.as_ref().map(|o| o.file.stage);
    stage == Some(Stage::Signed)
}

/// Sign. Only an open case is signed: what is signed has been seen.
pub fn sign(model: &mut Model) {
    // Words still being typed are part of what is shown.
    model.flush();
    if marks::is_behind(model) {
        // What is to be signed is looked at first; the answer brings this back.
        model.deferred = Some(Action::Sign);
        return;
    }
    let Some(case) = model.open.as_ref() else {
        return;
    };
    let shown = model.to_be_signed();
    let dialogue =
        match shown.filter(|_| model.work_blockers().is_empty() && model.held().is_empty()) {
            Some(shown) => Dialogue::sign(case.id().as_str(), shown, model.unanswered()),
            None => Dialogue::not_ready(case.id().as_str()),
        };
    open(model, dialogue);
}

/// Another question; where nothing is asked, another line.
pub fn step(model: &mut Model, by: isize) {
    if model.dialogue().is_some_and(|d| d.questions.is_empty()) {
        return scroll(model, Motion::Lines(by));
    }
    if let Some(dialogue) = model.dialogue_mut() {
        dialogue.step(by);
    }
    model.touch();
}

/// More of what the dialogue is about.
pub fn scroll(model: &mut Model, motion: Motion) {
    let Some((total, height)) = model.dialogue().map(|d| questions::head_len(model, d)) else {
        return;
    };
    if let Some(dialogue) = model.dialogue_mut() {
        let moved = moving::scroll_by(&mut dialogue.top, motion, total, height);
        model.touch_if(moved);
    }
}

/// Agrees to a statement, or takes that back.
pub fn toggle(model: &mut Model) {
    let dialogue = model.dialogue_mut().filter(|d| !d.is_sent);
    let Some(question) = dialogue.and_then(|d| d.current_mut()) else {
        return;
    };
    if let Answer::Check { is_on, .. } = &mut question.answer {
        *is_on = !*is_on;
    }
    model.touch();
}

/// Chooses the next option, or the one before.
pub fn choose(model: &mut Model, by: isize) {
    let Some(question) = model.dialogue_mut().and_then(|d| d.current_mut()) else {
        return;
    };
    if let Answer::Choice { options, chosen } = &mut question.answer {
        let count = options.len().max(1);
        *chosen = Some(match *chosen {
            Some(at) => (at + count).saturating_add_signed(by) % count,
            None if by < 0 => count - 1,
            None => 0,
        });
    }
    model.touch();
}

/// Leaves the dialogue. What was typed is kept; the word that confirms a signature is not.
pub fn put_aside(model: &mut Model) {
    if let Some(Overlay::Dialogue(dialogue)) = model.overlays.pop()
        && let Some(case) = subject_of(model, &dialogue)
        && !dialogue.is_asked_anew()
    {
        model.asides.keep(case, &dialogue);
    }
    model.touch();
}

/// The next question; after the last one, what the dialogue is for.
pub fn confirm(model: &mut Model) {
    let Some(dialogue) = model.dialogue().filter(|d| !d.is_sent) else {
        return;
    };
    if dialogue.purpose == Purpose::Sign {
        let is_asking = !dialogue.questions.is_empty();
        match model.work_gaps().into_iter().next() {
            Some(gap) => {
                model.overlays.pop();
                return case::jump_to(model, &gap.first);
            }
            None if !model.held().is_empty() => {
                model.overlays.pop();
                if let Some(lint) = model.held().first() {
                    mending::go_to(model, marks::spot(lint), lint);
                }
                return;
            }
            None if is_asking => {}
            // What was missing is there by now.
            None => {
                model.overlays.pop();
                return sign(model);
            }
        }
    }
    let Some(dialogue) = model.dialogue() else {
        return;
    };
    if !dialogue.is_last() && !dialogue.takes_at_once() {
        return step(model, 1);
    }
    let dialogue = dialogue.clone();
    match finish(model, &dialogue) {
        Ok(()) => model.touch(),
        Err(refused) => {
            if let Some(dialogue) = model.dialogue_mut() {
                dialogue.focus = refused.question.unwrap_or(dialogue.focus);
                dialogue.problem = Some(refused.why);
            }
            model.touch();
        }
    }
}

fn finish(model: &mut Model, dialogue: &Dialogue) -> Result<(), Refused> {
    match dialogue.purpose {
        Purpose::Sign => return seal(model, dialogue),
        Purpose::Close => bulk::finish_close(model, dialogue)?,
        Purpose::Snooze => bulk::finish_snooze(model, dialogue)?,
        Purpose::AddFinding => write_finding(model, None, dialogue)?,
        Purpose::EditFinding(index) => write_finding(model, Some(index), dialogue)?,
        Purpose::Dates | Purpose::Party | Purpose::NoConflict | Purpose::Recuse => {
            standing::finish(model, dialogue)?;
        }
        Purpose::Criteria(item) => criteria::finish(model, item, dialogue)?,
        Purpose::NoneApplicable(item) => cite_none(model, item, dialogue)?,
        Purpose::TurnToPage => records::turn_to(model, dialogue.typed(0))?,
        Purpose::RecordsReason => {
            let reason = required(dialogue, 0, "Type the reason.")?;
            model.change(Change::RecordsExplained { reason });
        }
        Purpose::Amend => reopen(model, dialogue)?,
        Purpose::DropAmendment => end_amendment(model, dialogue.chosen())?,
        Purpose::Leftover => editing::answer_left(model, dialogue)?,
        Purpose::Answer => mending::answer(model, dialogue)?,
        Purpose::Outside => sequence::write_sentence(model, dialogue)?,
        Purpose::Worksheet => sequence::write_paragraph(model, dialogue)?,
        Purpose::Noted(item) => reckoned::note(model, item, dialogue)?,
        Purpose::Follow { parent, child } => {
            return Ok(reckoned::answer(model, (parent, child), dialogue)?);
        }
        Purpose::TwoTexts => two_texts::choose(model, dialogue.chosen())?,
    }
    shut(model);
    moving::settle(model);
    Ok(())
}

/// Opens a signed or closed case again. What was done before cannot be taken back by a key.
fn reopen(model: &mut Model, dialogue: &Dialogue) -> Result<(), Refused> {
    let is_signed = is_signed(model);
    let otherwise = match is_signed {
        true => "Type why it is amended.",
        false => "Type why it is opened again.",
    };
    let reason = required(dialogue, 0, otherwise)?;
    if !model.change(Change::Reopened { reason }) {
        return Ok(());
    }
    if let Some(open) = model.open.as_mut() {
        open.undo.clear();
    }
    model.notice(match is_signed {
        true => "Open for an amendment; sign it again when it is ready.",
        false => "The case is open again.",
    });
    Ok(())
}

/// What was signed stands again, in the editors too: nothing dropped can be saved from there.
fn end_amendment(model: &mut Model, chosen: Option<usize>) -> Result<(), Refused> {
    match chosen {
        None => return Err(Refused::at(0, "Choose with the arrow keys.")),
        Some(0) => {}
        Some(_) => return Ok(()),
    }
    if !model.change(Change::AmendmentDropped) {
        return Ok(());
    }
    if let Some(open) = model.open.as_mut() {
        open.undo.clear();
        for (editor, item) in open.editors.iter_mut().zip(&open.file.draft.items) {
            editor.become_text(&item.rationale);
        }
    }
    model.notice("The amendment is dropped; what was signed stands.");
    Ok(())
}

/// The dialogue is done.
pub(super) fn shut(model: &mut Model) {
    model
        .overlays
        .retain(|o| !matches!(o, Overlay::Dialogue(_)));
}

pub(super) fn required(dialogue: &Dialogue, n: usize, otherwise: &str) -> Result<String, Refused> {
    let text = clean_line(dialogue.typed(n));
    if text.is_empty() {
        Err(Refused::at(dialogue.text_at(n), otherwise))
    } else {
        Ok(text)
    }
}

/// A day, or none where nothing was typed.
pub(super) fn optional_date(text: &str) -> Result<Option<Date>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = date::parse(text);
    day.map(Some)
        .ok_or_else(|| format!("\"{text}\" is no date: type it like 1/31/2026."))
}

fn write_finding(model: &mut Model, index: Option<usize>, d: &Dialogue) -> Result<(), Refused> {
    let date = optional_date(d.typed(0)).map_err(|why| Refused::at(0, why))?;
    if date.is_some_and(|day| day > model.today()) {
        return Err(Refused::at(
            0,
            "This day is still to come: a fact has happened.",
        ));
    }
    let kind = d.chosen().and_then(|at| FindingKind::ALL.get(at)).copied();
    let kind = kind.ok_or_else(|| Refused::at(1, "Choose the kind with the arrow keys."))?;
    let text = required(d, 1, "Type the fact.")?;
    let findings = model
        .open
        .as_ref()
        .map(|o| o.file.case.findings.clone())
        .unwrap_or_default();
    let old = index.and_then(|i| findings.get(i)).cloned();
    let source = old.as_ref().and_then(|f| f.source.clone());
    let finding = Finding {
        date,
        kind,
        text,
        source,
    };
    match (index, old) {
        (Some(index), Some(old)) => model.change_undoably(
            Change::FindingEdited { index, finding },
            Change::FindingEdited {
                index,
                finding: old,
            },
        ),
        _ => model.change_undoably(
            Change::FindingAdded { finding },
            Change::FindingDropped {
                index: findings.len(),
            },
        ),
    };
    if let Some(open) = model.open.as_mut() {
        open.select_finding(index.unwrap_or(findings.len()));
    }
    super::moving::settle(model);
    Ok(())
}

fn cite_none(model: &mut Model, item: usize, dialogue: &Dialogue) -> Result<(), Refused> {
    let rank = dialogue
        .chosen()
        .and_then(|at| Rank::ALL.iter().skip(1).nth(at))
        .copied();
    let otherwise = "Choose the rank of evidence used instead, with the arrow keys.";
    let rank = rank.ok_or_else(|| Refused::at(0, otherwise))?;
    let search = required(dialogue, 0, "Say which search was made.")?;
    let citation = Citation::none_applicable(rank, &search).map_err(|e| e.to_string())?;
    let count = model
        .open
        .as_ref()
        .and_then(|o| o.file.draft.items.get(item));
    let index = count.map_or(0, |d| d.citations.len());
    if model.change(Change::Cited { item, citation })
        && let Some(open) = model.open.as_mut()
    {
        open.undo.push(Undo {
            tab: Tab::Items,
            change: Change::Uncited { item, index },
        });
    }
    Ok(())
}

/// Hands the case to be sealed: everything attested, the word typed, nothing still on its way.
fn seal(model: &mut Model, dialogue: &Dialogue) -> Result<(), Refused> {
    let attested: std::collections::BTreeSet<_> = dialogue.agreed().collect();
    if let Some(question) = dialogue.not_agreed() {
        let otherwise = "Every statement has to be agreed to: Space agrees.";
        return Err(Refused::at(question, otherwise));
    }
    let Some(case) = model.open.as_ref().map(|o| o.id().clone()) else {
        return Ok(());
    };
    let answers = reasons(dialogue)?;
    if !is_confirmed(dialogue.typed_last(), case.as_str()) {
        let otherwise = "Type the word sign, or the last four digits of the case number.";
        return Err(Refused::at(dialogue.last_text(), otherwise));
    }
    if model.saves.is_refused(&case) {
        return Err("A text of this case was not saved; save it first.".into());
    }
    if model.saves.is_saving(&case) {
        return Err("Still saving; press Enter again.".into());
    }
    if model.saves.is_unread(&case) {
        return Err(UNREAD.into());
    }
    let Some(shown) = dialogue.shown.clone().filter(|_| !signing::check(model)) else {
        return Ok(());
    };
    if let Some(dialogue) = model.dialogue_mut() {
        dialogue.is_sent = true;
        dialogue.problem = None;
    }
    model.effects.push(Effect::Seal {
        case,
        attested,
        shown,
        answers,
    });
    Ok(())
}

/// The one reason for all lints that are left.
fn reasons(dialogue: &Dialogue) -> Result<Vec<lint::Answer>, Refused> {
    if dialogue.lints.is_empty() {
        return Ok(Vec::new());
    }
    let reason = required(
        dialogue,
        0,
        "Type why what is listed may stand, or mend it.",
    )?;
    Ok(dialogue
        .lints
        .iter()
        .map(|lint| lint.answer(&reason))
        .collect())
}

/// `sign`, or the last four digits of the case number.
fn is_confirmed(typed: &str, case: &str) -> bool {
    let digits: Vec<char> = case.chars().filter(char::is_ascii_digit).collect();
    let last: String = digits.iter().rev().take(4).rev().collect();
    typed.eq_ignore_ascii_case("sign") || (last.len() == 4 && typed == last)
}

#[cfg(test)]
mod tests {
    use super::is_confirmed;

    #[test]
    fn the_word_or_the_digits() {
        assert!(is_confirmed("sign", "CM14-0012345"));
        assert!(is_confirmed("2345", "CM14-0012345"));
        for no in ["", "s", "12345", "1234", "yes"] {
            assert!(!is_confirmed(no, "CM14-0012345"), "{no}");
        }
        assert!(!is_confirmed("", "local-abc"));
    }
}
