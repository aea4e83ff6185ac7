//! The queue: opening, views, sorting, filtering, numbers before keys.

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::field::Field;
use super::super::list::Motion;
use super::super::menu::{Menu, MenuKind};
use super::super::model::{Model, Opening, Overlay};
use super::mending;
use crate::model::{Filter, Sort, View};

/// A longer number before a key is no place in any queue.
const MOST_DIGITS: usize = 7;

/// Opens the selected case, once the rows are those of the newest filter. One that was read ahead is
/// on the screen at once; keys wait until the store has said how it stands now.
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
    model.open = model.beside.take(&case);
    model.touch_if(model.open.is_some());
    model.opening = Some(Opening {
        case,
        keeps_keys: true,
    });
}

/// Moves the selection, as many times as the number before the key says.
pub fn go(model: &mut Model, motion: Motion) {
    let height = model.queue_height();
    let total = model.queue.page.total;
    let motion = match model.queue.count.take() {
        Some(count) => motion.times(count),
        None => motion,
    };
    let moved = model.queue.list.go(motion, total, height);
    model.touch_if(moved);
}

/// A digit before a key: how many times, or which row. Says whether it is one.
pub fn digit(model: &mut Model, typed: char) -> bool {
    if model.queue.page.total == 0 {
        return false;
    }
    let count = model.queue.count;
    let Some(digit) = typed.to_digit(10).filter(|d| *d > 0 || count.is_some()) else {
        return false;
    };
    let count = count.unwrap_or(0) * 10 + digit as usize;
    let most = 10_usize.pow(MOST_DIGITS as u32) - 1;
    model.queue.count = Some(count.min(most));
    model.touch();
    true
}

/// The list of views.
pub fn choose_view(model: &mut Model) {
    open_menu(model, MenuKind::Views);
}

/// The list of columns.
pub fn choose_sort(model: &mut Model) {
    open_menu(model, MenuKind::Sorts);
}

fn open_menu(model: &mut Model, kind: MenuKind) {
    let menu = Menu::new(kind, &model.queue);
    model.overlays.push(Overlay::Menu(menu));
    model.touch();
}

/// A digit in the list chooses that line.
pub fn pick_numbered(model: &mut Model, typed: char) {
    let line = typed.to_digit(10).and_then(|n| n.checked_sub(1));
    let Some(Overlay::Menu(menu)) = model.overlays.last_mut() else {
        return;
    };
    let total = menu.lines(&model.queue).len();
    if let Some(line) = line.map(|n| n as usize).filter(|n| *n < total) {
        menu.list.selected = line;
        pick(model);
    }
}

/// What is selected in the list takes force.
pub fn pick(model: &mut Model) {
    let Some(Overlay::Menu(menu)) = model.overlays.last() else {
        return;
    };
    let (kind, line, own) = (menu.kind, menu.list.selected, menu.own.clone());
    model.overlays.pop();
    match kind {
        MenuKind::Views => set_view(model, line),
        MenuKind::Sorts => set_sort(model, line),
        MenuKind::Words => {
            mending::choose(model, &own, line);
            return model.touch();
        }
    }
    restart(model);
}

fn set_view(model: &mut Model, line: usize) {
    let queue = &mut model.queue;
    if let Some(view) = View::ALL.get(line) {
        queue.own = None;
        queue.query.view = *view;
        queue.query.within = String::new();
        return;
    }
    let own = line - View::ALL.len();
    if let Some(view) = queue.views.get(own) {
        queue.own = Some(own);
        queue.query.view = view.of;
        queue.query.within.clone_from(&view.query);
        queue.query.sort = view.sort;
        queue.query.descending = view.descending;
    }
}

/// The column in force is turned round.
fn set_sort(model: &mut Model, line: usize) {
    let query = &mut model.queue.query;
    if let Some(sort) = Sort::ALL.get(line) {
        query.descending = query.sort == *sort && !query.descending;
        query.sort = *sort;
    }
}

/// The other way round.
pub fn reverse_sort(model: &mut Model) {
    model.queue.query.descending = !model.queue.query.descending;
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

/// The typed filter takes force with every key, as far as it reads.
pub fn filter_typed(model: &mut Model) {
    let Some((field, _)) = &model.queue.typing else {
        return;
    };
    let typed = field.text().to_owned();
    let problem = Filter::parse(&typed).err().map(|e| e.to_string());
    model.touch_if(model.queue.problem != problem);
    let is_right = problem.is_none();
    model.queue.problem = problem;
    if is_right {
        return set_filter(model, typed);
    }
    // What is being typed at the end does not read yet: what stands before it does.
    let before = typed
        .rsplit_once(char::is_whitespace)
        .map_or("", |(b, _)| b);
    if Filter::parse(before).is_ok() {
        set_filter(model, before.to_owned());
    }
}

fn set_filter(model: &mut Model, filter: String) {
    if model.queue.query.filter != filter {
        model.queue.query.filter = filter;
        restart(model);
    }
}

/// Done typing, if what was typed reads.
pub fn keep_filter(model: &mut Model) {
    if model.queue.problem.is_none() {
        model.queue.typing = None;
    }
    model.touch();
}

/// Done typing; the filter is what it was.
pub fn drop_filter(model: &mut Model) {
    model.queue.problem = None;
    if let Some((_, before)) = model.queue.typing.take() {
        set_filter(model, before);
    }
    model.touch();
}

/// Takes back, one after the other: a number typed, a message, the filter, the marks.
pub fn clear_filter(model: &mut Model) {
    if model.queue.count.take().is_some() || model.messages.put_away() {
        return model.touch();
    }
    if !model.queue.query.filter.is_empty() {
        return set_filter(model, String::new());
    }
    if !model.queue.marks.is_empty() {
        return super::bulk::clear_marks(model);
    }
    let key = model.keymap.key(Action::Quit, model.contexts());
    model.notice(format!("{key} leaves the program."));
}
