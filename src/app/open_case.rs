//! The case on the screen: the file, where the eye is in it, and the text being written.

use super::editor::Editor;
use super::list::List;
use crate::intake::{ledger, request};
use crate::model::finding;
use crate::model::ledger::Prior;
use crate::model::{CaseFile, CaseId, Change, Item, ItemDraft, Request};
use crate::rules::moves::{Moves, Reader};
use crate::rules::reckoning::visits::Discipline;
use crate::rules::reckoning::{self, Reckoned};
use jiff::Timestamp;
use std::cell::{OnceCell, RefCell};

/// An editor over another text. The cursor keeps its place from the end: what another session
/// wrote goes above.
fn replaced(editor: &Editor, text: &str) -> Editor {
    let after = editor.text().len().saturating_sub(editor.cursor());
    let mut new = Editor::new(text);
    new.set_cursor(new.text().len().saturating_sub(after));
    new
}

/// The six tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// Patient, facts, clocks, summary.
    #[default]
    Summary,
    /// Dated facts.
    Findings,
    /// What is decided, and why.
    Items,
    /// Documents.
    Records,
    /// The letter as it will read.
    Determination,
    /// Events.
    History,
}

impl Tab {
    /// From left to right.
    pub const ALL: [Self; 6] = [
        Self::Summary,
        Self::Findings,
        Self::Items,
        Self::Records,
        Self::Determination,
        Self::History,
    ];

    /// As shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Summary => "Summary",
            Self::Findings => "Findings",
            Self::Items => "Items",
            Self::Records => "Records",
            Self::Determination => "Determination",
            Self::History => "History",
        }
    }

    /// Its place, from 0.
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|t| *t == self).unwrap_or(0)
    }

    /// The tab so many places further, round the corner.
    pub fn step(self, by: isize) -> Self {
        let count = Self::ALL.len();
        let to = (self.place() + count).saturating_add_signed(by) % count;
        Self::ALL.get(to).copied().unwrap_or_default()
    }
}

/// Text typed and not yet handed to the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed {
    /// First of those keys.
    pub since: Timestamp,
    /// How many.
    pub keys: usize,
}

/// How to take a change back: the change that undoes it, and the tab it was made on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// Where `u` finds it.
    pub tab: Tab,
    /// What `u` does.
    pub change: Change,
}

/// The open case.
#[derive(Debug)]
pub struct OpenCase {
    /// The case, the draft, its history.
    pub file: CaseFile,
    /// What its requests ask for, by item: read when they are first shown, not at every draw.
    requests: OnceCell<Vec<Request>>,
    /// Treatment that its findings tell of, read when it is first asked for.
    prior: OnceCell<Vec<Prior>>,
    /// Knows the sentences of the rationale that was shown last.
    outline: RefCell<Reader>,
    /// The open tab.
    pub tab: Tab,
    /// The current item, from 0.
    pub item: usize,
    /// The selected citation of it, from 0.
    pub citation: usize,
    /// First line in view, by tab.
    pub scroll: [usize; 6],
    /// Selection among the findings, in the order of the timeline.
    pub findings: List,
    /// Does the tab of findings show what follows from them, in place of the list?
    pub shows_ledger: bool,
    /// The current record, from 0.
    pub record: usize,
    /// Its current page, from 0.
    pub page: usize,
    /// The sentence of the summary a finding led to.
    pub marked: Option<usize>,
    /// Selection among what blocks the signature.
    pub blocker: usize,
    /// The rationales, by item.
    pub editors: Vec<Editor>,
    /// Do keys go into the rationale?
    pub is_editing: bool,
    /// What was typed since the last save.
    pub typed: Option<Typed>,
    /// What can be taken back, newest last.
    pub undo: Vec<Undo>,
    /// Grows with every change but of a rationale, whose editor counts its own.
    pub changes: u64,
}

impl OpenCase {
    /// What its requests ask for, by item.
    pub fn requests(&self) -> &[Request] {
        let read = || request::of_case(&self.file.case);
        self.requests.get_or_init(read)
    }

    /// Treatment that its findings tell of.
    pub fn prior(&self) -> &[Prior] {
        self.prior
            .get_or_init(|| ledger::prior(&self.file.case.findings))
    }

    /// The findings are others now: what was read from them is read again.
    pub(super) fn forget_findings(&mut self) {
        self.prior.take();
    }

    /// What can be reckoned of an item (from 0).
    pub fn reckoned(&self, item: usize) -> Vec<Reckoned> {
        let requests = self.requests();
        let is_counted = requests.get(item).and_then(Discipline::of).is_some();
        let prior = if is_counted { self.prior() } else { &[] };
        reckoning::of_item(&self.file, requests, prior, item)
    }

    /// The moves that the current rationale makes so far.
    pub fn moves(&self) -> Moves {
        let text = self.editor().map_or("", |editor| editor.text());
        self.outline.borrow_mut().read(text)
    }

    /// A case just opened.
    pub fn new(mut file: CaseFile) -> Self {
        let trails = std::mem::take(&mut file.draft.trails);
        let editor = |(item, draft): (usize, &ItemDraft)| match trails.get(&item) {
            Some(trail) => Editor::with_trail(&draft.rationale, trail),
            None => Editor::new(&draft.rationale),
        };
        let editors = file.draft.items.iter().enumerate().map(editor).collect();
        Self {
            requests: OnceCell::new(),
            prior: OnceCell::new(),
            outline: RefCell::default(),
            shows_ledger: false,
            file,
            tab: Tab::default(),
            item: 0,
            citation: 0,
            scroll: [0; 6],
            findings: List::default(),
            record: 0,
            page: 0,
            marked: None,
            blocker: 0,
            editors,
            is_editing: false,
            typed: None,
            undo: Vec::new(),
            changes: 0,
        }
    }

    /// Which case.
    pub fn id(&self) -> &CaseId {
        &self.file.case.id
    }

    /// Can it still be worked on?
    pub fn is_open(&self) -> bool {
        self.file.stage.is_open()
    }

    /// The current item and the work on it.
    pub fn current(&self) -> Option<(&Item, &ItemDraft)> {
        let item = self.file.case.items.get(self.item)?;
        Some((item, self.file.draft.items.get(self.item)?))
    }

    /// The rationale of the current item.
    pub fn editor(&self) -> Option<&Editor> {
        self.editors.get(self.item)
    }

    /// The same, to type in.
    pub fn editor_mut(&mut self) -> Option<&mut Editor> {
        self.editors.get_mut(self.item)
    }

    /// First line in view on the open tab.
    pub fn scroll(&self) -> usize {
        self.scroll.get(self.tab.place()).copied().unwrap_or(0)
    }

    /// The same, to change.
    pub fn scroll_mut(&mut self) -> Option<&mut usize> {
        self.scroll.get_mut(self.tab.place())
    }

    /// The findings as the timeline shows them: places in `case.findings`, undated ones first
    /// (they are the background), then by date.
    pub fn timeline(&self) -> Vec<usize> {
        finding::timeline(&self.file.case.findings)
    }

    /// Selects the finding at this place in `case.findings`, wherever the timeline shows it.
    pub(super) fn select_finding(&mut self, index: usize) {
        if let Some(row) = self.timeline().iter().position(|i| *i == index) {
            self.findings.selected = row;
        }
    }

    /// Place in `case.findings` of the selected finding.
    pub fn selected_finding(&self) -> Option<usize> {
        if self.shows_ledger {
            return None;
        }
        self.timeline().get(self.findings.selected).copied()
    }

    /// Rationales that differ from what the draft says: item and text.
    pub fn unsaved(&self) -> Vec<(usize, String)> {
        let drafts = self.file.draft.items.iter();
        drafts
            .zip(&self.editors)
            .enumerate()
            .filter(|(_, (draft, editor))| draft.rationale != editor.text())
            .map(|(i, (_, editor))| (i, editor.text().to_owned()))
            .collect()
    }

    /// Undo leads to no older text of this item any more.
    pub(super) fn forget_text(&mut self, item: usize) {
        let is_text =
            |change: &Change| matches!(change, Change::Written { item: i, .. } if *i == item);
        self.undo.retain(|undo| !is_text(&undo.change));
    }

    /// Takes over the file as the store has it now, the reviewer's own texts (`kept`, by item)
    /// excepted: no word leaves the screen because a save failed.
    pub fn reload(&mut self, file: CaseFile, kept: &[(usize, String)]) {
        for (i, draft) in file.draft.items.iter().enumerate() {
            let own = kept.iter().find(|(item, _)| *item == i);
            let text = own.map_or(&draft.rationale, |(_, text)| text);
            match self.editors.get_mut(i) {
                Some(editor) if editor.text() == text => {}
                Some(editor) => *editor = replaced(editor, text),
                None => self.editors.push(Editor::new(text)),
            }
        }
        let items = file.case.items.len();
        self.item = self.item.min(items.saturating_sub(1));
        self.editors.truncate(items);
        if self.file.case.items != file.case.items {
            self.requests.take();
        }
        self.forget_findings();
        self.file = file;
        self.changes += 1;
        // The editors know better: they have seen what was typed since.
        self.file.draft.trails.clear();
        self.undo.clear();
    }
}
