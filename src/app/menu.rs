//! A short list to choose from, opened over the queue: its views, or its columns to sort by.

use super::list::List;
use super::queue::Queue;
use crate::model::{Sort, View};

/// What is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuKind {
    /// A view, built in or the reviewer's own.
    Views,
    /// A column to sort by.
    Sorts,
    /// What may have been meant by an unknown word.
    Words,
}

/// The open list.
#[derive(Debug, Clone)]
pub struct Menu {
    /// What is chosen.
    pub kind: MenuKind,
    /// Selection in [`Menu::lines`].
    pub list: List,
    /// The lines of a list that is none of the queue's.
    pub own: Vec<MenuLine>,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuLine {
    /// What it is called.
    pub name: String,
    /// What it holds or does.
    pub says: String,
    /// Is it in force?
    pub is_current: bool,
}

impl Menu {
    /// The list, what is in force selected.
    pub fn new(kind: MenuKind, queue: &Queue) -> Self {
        let list = List::default();
        let own = Vec::new();
        let mut menu = Self { kind, list, own };
        let lines = menu.lines(queue);
        let current = lines.iter().position(|line| line.is_current);
        menu.list.selected = current.unwrap_or(0);
        menu
    }

    /// Heading.
    pub fn title(&self) -> &'static str {
        match self.kind {
            MenuKind::Views => "View",
            MenuKind::Sorts => "Sort by",
            MenuKind::Words => "Meant was",
        }
    }

    /// What can be chosen, in order.
    pub fn lines(&self, queue: &Queue) -> Vec<MenuLine> {
        match self.kind {
            MenuKind::Views => views(queue),
            MenuKind::Sorts => sorts(queue),
            MenuKind::Words => self.own.clone(),
        }
    }
}

fn views(queue: &Queue) -> Vec<MenuLine> {
    let built_in = View::ALL.into_iter().map(|view| MenuLine {
        name: view.title().to_owned(),
        says: held_by(view).to_owned(),
        is_current: queue.own.is_none() && queue.query.view == view,
    });
    let own = queue.views.iter().enumerate().map(|(n, view)| MenuLine {
        name: view.name.clone(),
        says: match view.query.as_str() {
            "" => view.of.title().to_owned(),
            query => format!("{}: {query}", view.of.title()),
        },
        is_current: queue.own == Some(n),
    });
    built_in.chain(own).collect()
}

fn held_by(view: View) -> &'static str {
    match view {
        View::Open => "new and draft, not snoozed",
        View::Overdue => "open, past their due day",
        View::Expedited => "open and expedited",
        View::Undecided => "open, an item undecided",
        View::Signed => "signed",
        View::Closed => "closed without a decision",
        View::All => "every case",
    }
}

fn sorts(queue: &Queue) -> Vec<MenuLine> {
    let line = |sort: Sort| {
        let is_current = queue.query.sort == sort;
        MenuLine {
            name: sort.word().to_owned(),
            says: match (is_current, queue.query.descending) {
                (false, _) => String::new(),
                (true, false) => "ascending; again turns it round".to_owned(),
                (true, true) => "descending; again turns it round".to_owned(),
            },
            is_current,
        }
    };
    Sort::ALL.into_iter().map(line).collect()
}
