//! The queue: opening, views, sorting, filtering.

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::field::Field;
use super::super::list::Motion;
use super::super::model::{Model, Opening};
use crate::model::{Sort, View};

/// The element so many places after `current`, round the corner.
fn step<T: Copy + PartialEq + Default>(all: &[T], current: T, by: isize) -> T {
    let at = all.iter().position(|t| *t == current).unwrap_or(0);
    let to = (at + all.len()).saturating_add_signed(by) % all.len().max(1);
    all.get(to).copied().unwrap_or_default()
}

/// Opens the selected case, once the rows are those of the newest filter.
pub fn open(model: &mut Model) {
    if model.queue.is_stale() {
        model.deferred = Some(Action::OpenCase);
        return;
    }
    let Some(row) = model.queue.selected() else {
        return;
    };
    let case = row.id.clone();
    if !model.beside.awaits(&case) {
        model.effects.push(Effect::OpenCase(case.clone()));
    }
    model.opening = Some(Opening {
        case,
        keeps_keys: true,
    });
}

/// Moves the selection.
pub fn go(model: &mut Model, motion: Motion) {
    let height = model.queue_height();
    let total = model.queue.page.total;
    let moved = model.queue.list.go(motion, total, height);
    model.touch_if(moved);
}

/// Another view.
pub fn step_view(model: &mut Model, by: isize) {
    model.queue.query.view = step(&View::ALL, model.queue.query.view, by);
    restart(model);
}

/// Another order; the selected case stays selected.
pub fn next_sort(model: &mut Model) {
    model.queue.query.sort = step(&Sort::ALL, model.queue.query.sort, 1);
    restart(model);
}

fn restart(model: &mut Model) {
    model.queue.restart();
    model.load_queue();
    model.touch();
}

/// The store again, selection kept.
pub fn reload(model: &mut Model) {
    model.queue.hold_selection();
    model.load_queue();
}

/// Starts typing the filter.
pub fn start_filter(model: &mut Model) {
    let filter = model.queue.query.filter.clone();
    model.queue.typing = Some((Field::new(&filter), filter));
    model.touch();
}

/// The typed filter takes force with every key.
pub fn filter_typed(model: &mut Model) {
    let Some((field, _)) = &model.queue.typing else {
        return;
    };
    let filter = field.text().to_owned();
    set_filter(model, filter);
}

fn set_filter(model: &mut Model, filter: String) {
    if model.queue.query.filter != filter {
        model.queue.query.filter = filter;
        restart(model);
    }
}

/// Done typing.
pub fn keep_filter(model: &mut Model) {
    model.queue.typing = None;
    model.touch();
}

/// Done typing; the filter is what it was.
pub fn drop_filter(model: &mut Model) {
    if let Some((_, before)) = model.queue.typing.take() {
        set_filter(model, before);
    }
    model.touch();
}

/// Every case of the view.
pub fn clear_filter(model: &mut Model) {
    if model.messages.put_away() {
        return model.touch();
    }
    if model.queue.query.filter.is_empty() {
        let key = model.keymap.key(Action::Quit, model.contexts());
        return model.notice(format!("{key} leaves the program."));
    }
    set_filter(model, String::new());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_round() {
        assert_eq!(step(&View::ALL, View::Open, -1), View::All);
        assert_eq!(step(&View::ALL, View::All, 1), View::Open);
        assert_eq!(step(&Sort::ALL, Sort::Due, 1), Sort::Number);
    }
}
