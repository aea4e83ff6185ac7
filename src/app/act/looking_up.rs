//! The picker: opening, searching, turning pages. What is done with an answer is in `taking`.

use super::super::effect::Effect;
use super::super::layout;
use super::super::list::Motion;
use super::super::model::{Model, Overlay};
use super::super::picker::Picker;
use super::super::picker_view;
use crate::model::guideline::Passage;
use crate::model::{Pick, PickPart, PickSource, Picks, sentences};

/// Opens the picker over everything; in a case it cites on the current item.
pub fn open(model: &mut Model) {
    open_on(model, PickSource::All);
}

/// The same, from the items tab.
pub fn cite_on_item(model: &mut Model) {
    open(model);
}

/// Precedents of the current item.
pub fn precedents(model: &mut Model) {
    open_on(model, PickSource::Precedents);
}

fn open_on(model: &mut Model, source: PickSource) {
    super::reading::close(model);
    let current = model.open.as_ref().and_then(|open| {
        let (item, _) = open.current()?;
        let context = item.in_dispute().to_owned();
        Some((open.id().clone(), open.item, context))
    });
    let mut picker = Picker {
        source,
        case: model.open.as_ref().map(|open| open.id().clone()),
        ..Picker::default()
    };
    if let Some((case, item, context)) = current {
        (picker.case, picker.item, picker.context) = (Some(case), Some(item), context);
    }
    model.overlays.push(Overlay::Picker(picker));
    search(model);
    model.touch();
}

/// Looks through the next source, or the one before.
pub fn step_source(model: &mut Model, by: isize) {
    if let Some(picker) = model.picker_mut() {
        picker.source = picker.source.step(by);
    }
    search(model);
    model.touch();
}

/// Asks for what the query finds.
pub fn search(model: &mut Model) {
    model.searches += 1;
    let generation = model.searches;
    let Some(picker) = model.picker_mut() else {
        return;
    };
    picker.asked = generation;
    let ask = picker.ask(picker.first_part());
    model.effects.push(Effect::Pick { generation, ask });
}

/// Takes the answer to the newest search; older answers are dropped.
pub fn take(model: &mut Model, generation: u64, picks: Picks) {
    let size = model.size;
    let Some(picker) = model.picker_mut().filter(|p| p.asked == generation) else {
        return;
    };
    let height = usize::from(layout::picker(size, picker.has_figures()).hits.height);
    let is_first = picks.part == PickPart::First;
    picker.take(picks, height);
    let rest = is_first.then(|| picker.ask(PickPart::Rest));
    if rest.is_none() {
        picker.answered = generation;
    }
    let ask = rest.map(|ask| Effect::Pick { generation, ask });
    model.effects.extend(ask);
    model.touch();
}

/// Moves the selection.
pub fn go(model: &mut Model, motion: Motion) {
    let size = model.size;
    let Some(picker) = model.picker_mut() else {
        return;
    };
    let height = usize::from(layout::picker(size, picker.has_figures()).hits.height);
    let moved = picker.list.go(motion, picker.picks.len(), height);
    if moved {
        picker.look_at_selected();
    }
    model.touch_if(moved);
}

/// Reads on in the selected answer, or back.
pub fn page(model: &mut Model, by: isize) {
    let Some(picker) = model.picker() else {
        return;
    };
    match picker.selected() {
        Some(Pick::Passage(_)) => page_guideline(model, by),
        Some(Pick::Precedent(one)) => {
            let last = sentences::ranges(&one.rationale).len().saturating_sub(1);
            step_sentence(model, by, last);
        }
        Some(_) => page_text(model, by),
        None => {}
    }
}

fn step_sentence(model: &mut Model, by: isize, last: usize) {
    let Some(picker) = model.picker_mut() else {
        return;
    };
    let to = picker.view.sentence.saturating_add_signed(by).min(last);
    let moved = to != picker.view.sentence;
    picker.view.sentence = to;
    picker.view.follows = true;
    model.touch_if(moved);
}

/// One line of what was in view stays in view.
fn page_text(model: &mut Model, by: isize) {
    let Some(picker) = model.picker() else {
        return;
    };
    let area = layout::picker_view(model.size, picker.has_figures());
    let height = usize::from(area.height);
    let left = picker_view::lines(model, picker, area).len();
    let step = height.saturating_sub(1);
    let Some(picker) = model.picker_mut() else {
        return;
    };
    let line = picker.view.line;
    let to = match by > 0 {
        true => line + step.min(left.saturating_sub(height)),
        false => line.saturating_sub(step),
    };
    picker.view.line = to;
    model.touch_if(to != line);
}

/// Through the guideline, passage after passage; those further off are asked for.
fn page_guideline(model: &mut Model, by: isize) {
    let area = layout::picker_view(model.size, false);
    let (width, step) = (
        usize::from(area.width),
        usize::from(area.height).saturating_sub(1),
    );
    let Some(picker) = model.picker_mut() else {
        return;
    };
    let Some(Pick::Passage(hit)) = picker.picks.get(picker.list.selected) else {
        return;
    };
    if picker.view.around.is_empty() {
        picker.view.around = vec![hit.passage.clone()];
    }
    let len = |passage: &Passage| {
        picker_view::of_passage(passage, hit, &picker.words, width)
            .len()
            .max(1)
    };
    let around = &picker.view.around;
    let at = |number: u32| around.iter().find(|passage| passage.number == number);
    let (mut number, mut line) = (picker.view.number, picker.view.line);
    if by > 0 {
        line += step;
        while let (Some(here), Some(_)) = (at(number), at(number + 1)) {
            if line < len(here) {
                break;
            }
            line -= len(here);
            number += 1;
        }
        line = line.min(at(number).map_or(0, |here| len(here) - 1));
    } else {
        let mut missing = step.saturating_sub(line);
        line = line.saturating_sub(step);
        while let Some(before) = number.checked_sub(1).and_then(at).filter(|_| missing > 0) {
            number -= 1;
            line = len(before).saturating_sub(missing);
            missing = missing.saturating_sub(len(before));
        }
    }
    let (first, last) = (around.first(), around.last());
    let is_edge =
        first.is_some_and(|p| p.number == number) || last.is_some_and(|p| p.number <= number + 1);
    let guideline = hit.passage.guideline.clone();
    let moved = (number, line) != (picker.view.number, picker.view.line);
    (picker.view.number, picker.view.line) = (number, line);
    if is_edge {
        model.effects.push(Effect::ReadAround { guideline, number });
    }
    model.touch_if(moved);
}

/// Takes the passages around the one in view.
pub fn take_around(model: &mut Model, guideline: &str, passages: Vec<Passage>) {
    let Some(picker) = model.picker_mut() else {
        return;
    };
    let is_shown =
        matches!(picker.selected(), Some(Pick::Passage(hit)) if hit.passage.guideline == guideline);
    let has_it = passages
        .iter()
        .any(|passage| passage.number == picker.view.number);
    if is_shown && has_it && picker.view.around != passages {
        picker.view.around = passages;
        model.touch();
    }
}
