//! When an action applies: one small question each. The answer is shown beside the dim line in
//! help, and at the foot of the screen when the key is pressed all the same.

use super::excerpts::Excerpts;
use super::model::{Model, Overlay};
use super::open_case::{OpenCase, Tab};
use super::panes::Panes;
use crate::model::Pick;
use crate::model::Stage;
use crate::model::snippet::blanks;

use crate::prose::SPELLING;

type Answer = Result<(), &'static str>;

fn when(condition: bool, reason: &'static str) -> Answer {
    if condition { Ok(()) } else { Err(reason) }
}

fn case(model: &Model) -> Result<&OpenCase, &'static str> {
    model.open.as_ref().ok_or("no case is open")
}

/// Always.
pub fn always(_: &Model) -> Answer {
    Ok(())
}

/// A row of the queue is selected, or soon will be.
pub fn row(model: &Model) -> Answer {
    let found = model.queue.selected().is_some() || model.queue.is_stale();
    when(found, "no case is selected")
}

/// The case, or the selected row of the queue, can be worked on.
pub fn open_case(model: &Model) -> Answer {
    let stage = match (&model.open, model.queue.selected()) {
        (Some(open), _) => open.file.stage,
        (None, Some(row)) => row.stage,
        (None, None) => return Err("no case is selected"),
    };
    when(stage.is_open(), "the case is signed or closed")
}

/// Cases of the queue are marked, or the selected one can be worked on.
pub fn marked(model: &Model) -> Answer {
    match model.open.is_none() && !model.queue.marks.is_empty() {
        true => Ok(()),
        false => open_case(model),
    }
}

/// Some case is marked.
pub fn marks(model: &Model) -> Answer {
    when(!model.queue.marks.is_empty(), "no case is marked")
}

/// Something was done in the queue that can be taken back.
pub fn undo_in_queue(model: &Model) -> Answer {
    let what = "nothing was snoozed or closed here that could be taken back";
    when(
        !model.queue.is_saving(),
        "the last change is still being saved",
    )?;
    when(model.queue.can_undo(), what)
}

/// The queue shows cases.
pub fn rows(model: &Model) -> Answer {
    when(model.queue.page.total > 0, "no case is shown")
}

/// The case is signed or closed.
pub fn ended_case(model: &Model) -> Answer {
    when(!case(model)?.is_open(), "the case is open")
}

/// The case was signed before and is open again.
pub fn amendment(model: &Model) -> Answer {
    let file = &case(model)?.file;
    let is_amended = file.stage.is_open() && !file.sealed.is_empty();
    when(is_amended, "no amendment is under way")
}

/// The case has a clock that can be started.
pub fn clock(model: &Model) -> Answer {
    let file = &case(model)?.file;
    let is_signed = file.stage == Stage::Signed;
    when(file.stage.is_open() || is_signed, "the case is closed")?;
    let is_published = file.case.is_published;
    when(!is_published, "a published letter has no clock")
}

/// A passphrase is set.
pub fn passphrase(model: &Model) -> Answer {
    when(model.lock.is_set(), "no passphrase is set: imr lock --set")
}

/// There is an item to work on.
pub fn item(model: &Model) -> Answer {
    open_case(model)?;
    when(case(model)?.current().is_some(), "the case has no item")
}

/// Another tab than that of the items is open.
pub fn off_items(model: &Model) -> Answer {
    when(case(model)?.tab != Tab::Items, "it is the open tab")
}

/// The item is decided, and an undecided one goes with it.
pub fn hanging(model: &Model) -> Answer {
    item(model)?;
    let open = case(model)?;
    let decided = open.current().is_some_and(|(_, d)| d.decision.is_some());
    when(decided, "decide this item first")?;
    when(!open.hanging().is_empty(), "no undecided item goes with it")
}

/// The request of the item leaves something open that matters.
pub fn notable(model: &Model) -> Answer {
    item(model)?;
    let asks = case(model)?.asks();
    let any = asks.formulary || asks.units || asks.visits;
    when(any, "it asks for no drug and no therapy that is counted")
}

/// The item cites something, or the case has findings.
pub fn excerpts(model: &Model) -> Answer {
    let none = Excerpts::of(case(model)?).is_empty();
    when(!none, "nothing is cited, and the case has no findings")
}

/// A blank is left in this rationale.
pub fn blank(model: &Model) -> Answer {
    let editor = case(model)?.editor();
    let is_left = editor.is_some_and(|editor| !blanks(editor.text()).is_empty());
    when(is_left, "no blank is left in this rationale")
}

/// Something was searched for in this rationale.
pub fn search(model: &Model) -> Answer {
    let editor = case(model)?.editor();
    let is_set = editor.is_some_and(|editor| !editor.search().is_empty());
    when(is_set, "nothing was searched for yet")
}

/// There is another item.
pub fn other_items(model: &Model) -> Answer {
    when(
        case(model)?.file.case.items.len() > 1,
        "the case has one item",
    )
}

/// The current item cites something.
pub fn citation(model: &Model) -> Answer {
    item(model)?;
    let cites = case(model)?
        .current()
        .is_some_and(|(_, d)| !d.citations.is_empty());
    when(cites, "nothing is cited on this item")
}

/// A finding is selected and can be changed.
pub fn finding(model: &Model) -> Answer {
    open_case(model)?;
    when(
        case(model)?.selected_finding().is_some(),
        "no finding is selected",
    )
}

/// The selected finding came from the summary or a record.
pub fn sourced_finding(model: &Model) -> Answer {
    let open = case(model)?;
    let finding = open
        .selected_finding()
        .and_then(|i| open.file.case.findings.get(i));
    let finding = finding.ok_or("no finding is selected")?;
    when(finding.source.is_some(), "you wrote this finding yourself")
}

/// There are records.
pub fn records(model: &Model) -> Answer {
    when(
        !case(model)?.file.case.records.is_empty(),
        "the case has no records",
    )
}

/// The open record has pages to turn to.
pub fn pages(model: &Model) -> Answer {
    let open = case(model)?;
    let record = open.file.case.records.get(open.record);
    let count = record.map_or(0, |r| r.pages.len());
    when(count > 1, "the record has no further page")
}

/// There are none.
pub fn no_records(model: &Model) -> Answer {
    open_case(model)?;
    when(
        case(model)?.file.case.records.is_empty(),
        "the case lists its records",
    )
}

/// Something blocks the signature.
pub fn blockers(model: &Model) -> Answer {
    open_case(model)?;
    when(
        !model.points().is_empty(),
        "nothing blocks the signature, and nothing is marked",
    )
}

/// The item cites two passages.
pub fn two_citations(model: &Model) -> Answer {
    item(model)?;
    when(model.has_pair(), "the item cites fewer than two passages")
}

/// The item cites something outside the MTUS.
pub fn outside(model: &Model) -> Answer {
    item(model)?;
    when(
        model.cites_outside(),
        "nothing outside the MTUS is cited on this item",
    )
}

/// The checks mark something in the case.
pub fn checked(model: &Model) -> Answer {
    let open = case(model)?;
    when(!model.marks.is_empty(open), "nothing is marked")
}

/// A mark is at the cursor, was walked to, or is selected.
pub fn marked_here(model: &Model) -> Answer {
    open_case(model)?;
    when(model.has_mark_here(), "no mark is here")
}

/// The mark at the cursor is of an unknown word.
pub fn unknown_word(model: &Model) -> Answer {
    case(model)?;
    let is_word = model
        .mark_here()
        .is_some_and(|(_, lint)| lint.id == SPELLING);
    when(is_word, "no unknown word is at the cursor")
}

/// A change on this tab can be taken back.
pub fn undo(model: &Model) -> Answer {
    open_case(model)?;
    let open = case(model)?;
    let has_change = open.undo.iter().any(|u| u.tab == open.tab);
    // What was signed is amended, not taken back.
    let is_decided = open.tab == Tab::Items
        && open.file.sealed.is_empty()
        && open
            .current()
            .is_some_and(|(_, draft)| draft.decision.is_some());
    when(has_change || is_decided, "nothing to take back on this tab")
}

/// The page is of several panes.
pub fn split(model: &Model) -> Answer {
    when(model.split().is_some(), "this page is of one piece")
}

/// A border was moved, or a pane zoomed.
pub fn moved_panes(model: &Model) -> Answer {
    let is_moved = model.panes != Panes::default();
    when(is_moved, "nothing was moved or zoomed")
}

/// Zooming leaves out something that is in view, or brings it back.
pub fn zoom(model: &Model) -> Answer {
    let is_several = model.panes.is_zoomed || model.is_desk() || model.split().is_some();
    when(is_several, "this page is of one piece")
}

/// The dialogue asks something.
pub fn question(model: &Model) -> Answer {
    let asks = model.dialogue().is_some_and(|d| !d.questions.is_empty());
    when(asks, "nothing is asked here")
}

/// The picker is not open already.
pub fn no_picker(model: &Model) -> Answer {
    let is_open = |o: &Overlay| matches!(o, Overlay::Picker(_));
    let has_questions = |o: &Overlay| matches!(o, Overlay::Dialogue(_));
    when(!model.overlays.iter().any(is_open), "the picker is open")?;
    when(
        !model.overlays.iter().any(has_questions),
        "finish the dialogue first",
    )
}

/// Help is not open already.
pub fn no_help(model: &Model) -> Answer {
    let is_open = matches!(model.overlays.last(), Some(Overlay::Help(_)));
    when(!is_open, "help is open")
}

/// There is an item, whether it can still be worked on or not.
pub fn shown_item(model: &Model) -> Answer {
    when(case(model)?.current().is_some(), "the case has no item")
}

/// Something is selected in the picker.
pub fn picked(model: &Model) -> Answer {
    let picker = model.picker().ok_or("the picker is not open")?;
    when(picker.selected().is_some(), "nothing was found")
}

/// Something is selected in the picker that can be written, and there is a rationale to write it
/// in.
pub fn reference(model: &Model) -> Answer {
    hit(model)?;
    let selected = model.picker().and_then(|picker| picker.selected());
    // A quotation begins the writing.
    if matches!(selected, Some(Pick::Precedent(_))) {
        return Ok(());
    }
    when(case(model)?.is_editing, "no rationale is being written")
}

/// Something is selected in the picker, and there is an item to take it to; to what stands in the
/// case one can always go.
pub fn hit(model: &Model) -> Answer {
    let picker = model.picker().ok_or("the picker is not open")?;
    if matches!(picker.selected(), Some(Pick::Finding(..) | Pick::Record(_))) {
        return Ok(());
    }
    when(
        picker.item.is_some(),
        "open a case to cite; from here this only looks up",
    )?;
    when(
        picker.selected().is_some() || picker.is_stale(),
        "nothing was found",
    )?;
    open_case(model)
}
