//! Everything the screen shows and the keys act on.

use super::action::Action;
use super::beside::Beside;
use super::dialogue::{Answer, Dialogue};
use super::effect::Effect;
use super::excerpts::Excerpts;
use super::finder::Finder;
use super::key::Key;
use super::keymap::{Context, Keymap};
use super::layout::{self, CaseAreas, QueueAreas};
use super::lock::Lock;
use super::menu::Menu;
use super::messages::{Level, Messages};
use super::open_case::{OpenCase, Tab, Undo};
use super::palette::Palette;
use super::panes::Panes;
use super::picker::Picker;
use super::queue::Queue;
use super::resume::Resume;
use super::saves::Saves;
use super::stats::StatsPage;
use crate::model::leftover::Leftover;
use crate::model::{CaseId, Change, Date, Limits, OwnView, Reviewer, Trail};
use crate::rules::clock;
use jiff::Timestamp;

/// What the program starts with.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// Who reviews.
    pub reviewer: Reviewer,
    /// Whose letters these are.
    pub organisation: String,
    /// Keys, the user's patch applied.
    pub keymap: Keymap,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The instant.
    pub now: Timestamp,
    /// The reviewer's own views of the queue.
    pub views: Vec<OwnView>,
    /// What clocks are counted by.
    pub limits: Limits,
    /// Sentences to show at the start: what is wrong with the user's files.
    pub problems: Vec<String>,
}

/// What lies over the queue or the case; the last one has the focus.
#[derive(Debug)]
pub enum Overlay {
    /// All keys; the first line in view.
    Help(usize),
    /// All messages; the first line in view.
    Messages(usize),
    /// Agreement, words and turnaround.
    Stats(StatsPage),
    /// Commands by name.
    Palette(Palette),
    /// Guidelines.
    Picker(Picker),
    /// Views, or columns to sort by.
    Menu(Menu),
    /// Questions.
    Dialogue(Dialogue),
    /// A search in the rationale.
    Find(Finder),
    /// What can be inserted into it.
    Excerpts(Excerpts),
}

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The list of cases.
    Queue,
    /// Its filter.
    Filter,
    /// A tab of the open case.
    Tab(Tab),
    /// The rationale of the current item.
    Editor,
    /// Help or messages.
    Reading,
    /// Commands by name.
    Palette,
    /// Guidelines.
    Picker,
    /// Views, or columns to sort by.
    Menu,
    /// A text question of a dialogue.
    Question,
    /// A choice of a dialogue.
    Choice,
    /// A statement of a dialogue.
    Statement,
    /// The passphrase of the lock.
    Locked,
    /// The search line of the rationale.
    Find,
    /// What can be inserted into it.
    Excerpts,
}

impl Place {
    /// Where its keys are looked for, the closest first.
    pub fn contexts(self) -> &'static [Context] {
        use Context as C;
        match self {
            Self::Queue => &[C::Queue, C::Browse, C::Anywhere],
            Self::Filter => &[C::Filter, C::Field, C::Anywhere],
            Self::Tab(Tab::Summary) => &[C::Summary, C::Case, C::Browse, C::Anywhere],
            Self::Tab(Tab::Findings) => &[C::Findings, C::Case, C::Browse, C::Anywhere],
            Self::Tab(Tab::Items) => &[C::Items, C::Case, C::Browse, C::Anywhere],
            Self::Tab(Tab::Records) => &[C::Records, C::Case, C::Browse, C::Anywhere],
            Self::Tab(Tab::Determination) => &[C::Determination, C::Case, C::Browse, C::Anywhere],
            Self::Tab(Tab::History) => &[C::History, C::Case, C::Browse, C::Anywhere],
            Self::Editor => &[C::Editor, C::Anywhere],
            Self::Reading => &[C::Reading, C::Browse, C::Anywhere],
            Self::Palette => &[C::Palette, C::Field, C::Anywhere],
            Self::Picker => &[C::Picker, C::Field, C::Anywhere],
            Self::Menu => &[C::Menu, C::Anywhere],
            Self::Question => &[C::Dialogue, C::Field, C::Anywhere],
            Self::Choice => &[C::Choice, C::Dialogue, C::Anywhere],
            Self::Statement => &[C::Statement, C::Dialogue, C::Anywhere],
            Self::Locked => &[C::Locked],
            Self::Find => &[C::Find, C::Field, C::Anywhere],
            Self::Excerpts => &[C::Excerpts, C::Field, C::Anywhere],
        }
    }
}

pub(super) fn question_place(dialogue: &Dialogue) -> Place {
    match dialogue.current().map(|q| &q.answer) {
        Some(Answer::Text(_)) => Place::Question,
        Some(Answer::Check { .. }) => Place::Statement,
        Some(Answer::Choice { .. }) | None => Place::Choice,
    }
}

/// A case asked for and not yet here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Which.
    pub case: CaseId,
    /// Are keys kept until it is here? After signing they are dropped: they were meant for the
    /// case that is gone.
    pub keeps_keys: bool,
}

/// The whole state of the program.
#[derive(Debug)]
pub struct Model {
    /// Who reviews.
    pub reviewer: Reviewer,
    /// Whose letters these are.
    pub organisation: String,
    /// What clocks are counted by.
    pub limits: Limits,
    /// Keys.
    pub keymap: Keymap,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The instant of the last event.
    pub now: Timestamp,
    /// The cases.
    pub queue: Queue,
    /// The case on the screen; `None` shows the queue.
    pub open: Option<OpenCase>,
    /// What lies over it.
    pub overlays: Vec<Overlay>,
    /// What was said.
    pub messages: Messages,
    /// Changes on their way to the store.
    pub saves: Saves,
    /// The lock over everything.
    pub lock: Lock,
    /// Does what is copied go to the terminal's clipboard too?
    pub clips: bool,
    /// First keys of a sequence.
    pub pending: Vec<Key>,
    pub(super) pending_since: Option<Timestamp>,
    /// How the user has divided the screen.
    pub panes: Panes,
    /// What stands beside queue or case on a wide screen.
    pub beside: Beside,
    pub(super) opening: Option<Opening>,
    /// An action that waits for an answer, and the keys pressed since.
    pub(super) deferred: Option<Action>,
    pub(super) held: Vec<Key>,
    /// The terminal is the reviewer's own editor's: what came behind the key that lent it was
    /// meant for that editor, or for nobody.
    pub(super) is_lent: bool,
    /// What own editors left, until it is taken or dropped.
    pub(super) left: Vec<Leftover>,
    pub(super) set_aside: Vec<(CaseId, Dialogue)>,
    pub(super) searches: u64,
    pub(super) effects: Vec<Effect>,
    pub(super) resume: Resume,
    is_dirty: bool,
}

impl Model {
    /// The program before its first event. [`super::start`] asks for the queue.
    pub fn new(setup: Setup) -> Self {
        let mut model = Self {
            reviewer: setup.reviewer,
            organisation: setup.organisation,
            limits: setup.limits,
            keymap: setup.keymap,
            size: setup.size,
            now: setup.now,
            queue: Queue::with(setup.views),
            open: None,
            overlays: Vec::new(),
            messages: Messages::default(),
            saves: Saves::default(),
            lock: Lock::default(),
            clips: false,
            pending: Vec::new(),
            pending_since: None,
            panes: Panes::default(),
            beside: Beside::default(),
            opening: None,
            deferred: None,
            held: Vec::new(),
            is_lent: false,
            left: Vec::new(),
            set_aside: Vec::new(),
            searches: 0,
            effects: Vec::new(),
            resume: Resume::default(),
            is_dirty: true,
        };
        setup.problems.into_iter().for_each(|p| model.problem(p));
        model
    }

    /// What has the focus.
    pub fn place(&self) -> Place {
        if self.lock.is_locked() {
            return Place::Locked;
        }
        self.place_under(self.overlays.len())
    }

    /// What would have the focus if only the lowest so many overlays were there.
    pub(super) fn place_under(&self, overlays: usize) -> Place {
        let top = overlays.checked_sub(1).and_then(|at| self.overlays.get(at));
        match (top, &self.open) {
            (Some(Overlay::Help(_) | Overlay::Messages(_) | Overlay::Stats(_)), _) => {
                Place::Reading
            }
            (Some(Overlay::Palette(_)), _) => Place::Palette,
            (Some(Overlay::Find(_)), _) => Place::Find,
            (Some(Overlay::Excerpts(_)), _) => Place::Excerpts,
            (Some(Overlay::Picker(_)), _) => Place::Picker,
            (Some(Overlay::Menu(_)), _) => Place::Menu,
            (Some(Overlay::Dialogue(dialogue)), _) => question_place(dialogue),
            (None, Some(open)) if open.is_editing && open.tab == Tab::Items => Place::Editor,
            (None, Some(open)) => Place::Tab(open.tab),
            (None, None) if self.queue.typing.is_some() => Place::Filter,
            (None, None) => Place::Queue,
        }
    }

    /// Where keys are looked for now, the closest first.
    pub fn contexts(&self) -> &'static [Context] {
        self.place().contexts()
    }

    /// The day it is where the determination is issued.
    pub fn today(&self) -> Date {
        clock::today(self.now)
    }

    /// The topmost dialogue.
    pub fn dialogue(&self) -> Option<&Dialogue> {
        match self.overlays.last() {
            Some(Overlay::Dialogue(dialogue)) => Some(dialogue),
            _ => None,
        }
    }

    pub(super) fn dialogue_mut(&mut self) -> Option<&mut Dialogue> {
        match self.overlays.last_mut() {
            Some(Overlay::Dialogue(dialogue)) => Some(dialogue),
            _ => None,
        }
    }

    /// The topmost picker.
    pub fn picker(&self) -> Option<&Picker> {
        match self.overlays.last() {
            Some(Overlay::Picker(picker)) => Some(picker),
            _ => None,
        }
    }

    pub(super) fn picker_mut(&mut self) -> Option<&mut Picker> {
        self.overlays.iter_mut().rev().find_map(|o| match o {
            Overlay::Picker(picker) => Some(picker),
            _ => None,
        })
    }

    /// Is something awaited before the next key can be understood?
    pub fn is_waiting(&self) -> bool {
        self.opening.is_some() || self.deferred.is_some()
    }

    /// Has anything changed since this was last asked? If not, there is nothing to draw.
    pub fn take_dirty(&mut self) -> bool {
        std::mem::take(&mut self.is_dirty)
    }

    pub(super) fn touch(&mut self) {
        self.is_dirty = true;
    }

    pub(super) fn touch_if(&mut self, changed: bool) {
        self.is_dirty |= changed;
    }

    /// Says something at the foot of the screen.
    pub(super) fn notice(&mut self, text: impl Into<String>) {
        self.messages.say(self.now, Level::Notice, text.into());
        self.touch();
    }

    /// Says that something failed; it stays until it is put away.
    pub(super) fn problem(&mut self, text: impl Into<String>) {
        self.messages.say(self.now, Level::Problem, text.into());
        self.touch();
    }

    /// Keeps words that own editors left, and says where they wait.
    pub fn wait_with(&mut self, words: Vec<Leftover>) {
        self.left = words;
        for n in 0..self.left.len() {
            let Some(left) = self.left.get(n) else { return };
            let (case, item) = (&left.case, left.item + 1);
            let said = format!("{case}, item {item}: E offers what your editor had saved.");
            self.problem(said);
        }
    }

    /// Applies a change to the open case and sends it to the store.
    pub(super) fn change(&mut self, change: Change) -> bool {
        let Some(open) = self.open.as_mut() else {
            return false;
        };
        if let Err(refused) = open.file.apply(&change) {
            let sentence = format!("Not done: {refused}.");
            self.problem(sentence);
            return false;
        }
        let case = open.id().clone();
        self.send(case, change);
        true
    }

    /// The same, and `undo` takes it back.
    pub(super) fn change_undoably(&mut self, change: Change, undo: Change) -> bool {
        let done = self.change(change);
        if let Some(open) = self.open.as_mut().filter(|_| done) {
            open.undo.push(Undo {
                tab: open.tab,
                change: undo,
            });
        }
        done
    }

    /// Sends a change to the store.
    pub(super) fn send(&mut self, case: CaseId, change: Change) {
        let ticket = self.saves.start(&case, &change);
        let expected = self.saves.expected(&case, &change);
        let trail = self.trail_of(&case, &change).map(Box::new);
        self.effects.push(Effect::Save {
            ticket,
            case,
            change,
            expected,
            trail,
        });
        self.touch();
    }

    /// How the rationale came to read as it is saved; nothing for a text that is not on the screen.
    fn trail_of(&self, case: &CaseId, change: &Change) -> Option<Trail> {
        let Change::Written { item, text } = change else {
            return None;
        };
        let open = self.open.as_ref().filter(|open| open.id() == case)?;
        let editor = open.editors.get(*item)?;
        (editor.text() == text).then(|| editor.trail())
    }

    /// Saves every rationale that was typed in.
    pub(super) fn flush(&mut self) {
        let Some(open) = self.open.as_mut() else {
            return;
        };
        open.typed = None;
        if !open.is_open() {
            return;
        }
        for (item, text) in open.unsaved() {
            self.change(Change::Written { item, text });
        }
    }

    /// Asks for the queue around the selection.
    pub(super) fn load_queue(&mut self) {
        let (generation, query) = self.queue.request();
        self.effects.push(Effect::LoadQueue { generation, query });
    }

    /// Where the queue stands.
    pub fn queue_areas(&self) -> QueueAreas {
        layout::queue(self.size, &self.panes)
    }

    /// Where a case stands.
    pub fn case_areas(&self) -> CaseAreas {
        layout::case(self.size, &self.panes)
    }

    /// Rows of the queue in view.
    pub(super) fn queue_height(&self) -> usize {
        usize::from(self.queue_areas().rows.height)
    }

    pub(super) fn set_size(&mut self, size: (u16, u16)) {
        let changed = self.size != size;
        self.size = size;
        self.touch_if(changed);
    }
}
