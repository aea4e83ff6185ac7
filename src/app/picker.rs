//! The picker: query, source, ranked answers of several sources, the selected one.

use super::field::Field;
use super::list::List;
use super::picker_rows::{self, Row};
use super::shelf;
use crate::model::guideline::Passage;
use crate::model::{CaseId, Figures, Pick, PickAsk, PickPart, PickSource, Picks};
use crate::search::grammar::Grammar;
use crate::search::words::Words;

/// How many answers are asked for.
pub const LIMIT: usize = 60;
/// The same of all sources together: the best of each stand at the top, and a key moves few rows.
const TOGETHER: usize = 20;

/// The picker.
#[derive(Debug, Default)]
pub struct Picker {
    /// What is typed.
    pub field: Field,
    /// Where it looks.
    pub source: PickSource,
    /// What the current item asks for; ranks an empty query.
    pub context: String,
    /// The open case.
    pub case: Option<CaseId>,
    /// The item to cite on, from 0; `None` where it only looks up.
    pub item: Option<usize>,
    /// Best first.
    pub picks: Vec<Pick>,
    /// How each of them reads in the list.
    pub rows: Vec<Row>,
    /// What the precedents say in figures.
    pub figures: Figures,
    /// The words of the query that `picks` answers.
    pub words: Words,
    /// Selection among them.
    pub list: List,
    /// Which part of the selected one is in view.
    pub view: View,
    /// Number of the newest search.
    pub asked: u64,
    /// Number of the search that `picks` answers.
    pub answered: u64,
    /// The citations of an answer whose rest is awaited.
    pub citations: Vec<Pick>,
    /// Where the search looked that `picks` answers.
    pub answered_in: Option<PickSource>,
}

/// The part of the selected answer that is in view.
#[derive(Debug, Default, Clone)]
pub struct View {
    /// Passages that follow each other, the selected one among them, once they were asked for.
    pub around: Vec<Passage>,
    /// Of a guideline: number of the first passage in view.
    pub number: u32,
    /// Of it, or of the page: the first line in view.
    pub line: usize,
    /// Of a precedent: the selected sentence of its rationale.
    pub sentence: usize,
    /// Is that sentence brought into view? At first the outcome and what is cited are.
    pub follows: bool,
}

impl Picker {
    /// The selected answer.
    pub fn selected(&self) -> Option<&Pick> {
        self.picks.get(self.list.selected)
    }

    /// Are the answers those to an older query?
    pub fn is_stale(&self) -> bool {
        self.asked != self.answered
    }

    /// What is to be asked, or of it the rest.
    pub fn ask(&self, part: PickPart) -> PickAsk {
        PickAsk {
            query: self.field.text().to_owned(),
            source: self.source,
            item: self.case.clone().zip(self.item),
            context: self.context.clone(),
            limit: self.limit(),
            part,
        }
    }

    fn limit(&self) -> usize {
        match self.source {
            PickSource::All => TOGETHER,
            _ => LIMIT,
        }
    }

    /// Which part is asked for first.
    pub fn first_part(&self) -> PickPart {
        match self.source {
            PickSource::All => PickPart::First,
            _ => PickPart::Whole,
        }
    }

    /// Takes answers; the best is selected. What is selected between the parts of an answer stays
    /// selected, and in view.
    pub fn take(&mut self, picks: Picks, height: usize) {
        let is_rest = picks.part == PickPart::Rest;
        let chosen = self.selected().filter(|_| is_rest).cloned();
        let was_best = self.list.selected == 0;
        let picks = self.together(picks);
        self.words = Words::new(&Grammar::new(self.field.text()).words);
        let row = |pick| picker_rows::row(pick, &self.words);
        self.rows = picks.list.iter().map(row).collect();
        self.picks = picks.list;
        self.figures = picks.figures;
        for (label, _) in &mut self.figures.cited {
            *label = shelf::short(label);
        }
        let at = chosen.and_then(|chosen| self.picks.iter().position(|pick| *pick == chosen));
        let at = at.filter(|at| *at == 0 || !was_best);
        self.list = List::default();
        self.list.select(at.unwrap_or(0), self.picks.len(), height);
        if at.is_none() {
            self.look_at_selected();
        }
    }

    /// Of an answer in parts the sources that are not there yet stay for a moment as the last
    /// question found them: then no row moves that is the same again.
    fn together(&mut self, picks: Picks) -> Picks {
        let was_together = self.answered_in.replace(self.source) == Some(PickSource::All);
        let limit = self.limit();
        match picks.part {
            PickPart::Whole => picks,
            PickPart::First => {
                self.citations.clone_from(&picks.list);
                let known = if was_together {
                    self.picks.as_slice()
                } else {
                    &[]
                };
                picks.beside(known, limit)
            }
            PickPart::Rest => picks.beside(&std::mem::take(&mut self.citations), limit),
        }
    }

    /// The view opens where the selected answer was found.
    pub fn look_at_selected(&mut self) {
        let mut view = View::default();
        match self.selected() {
            Some(Pick::Passage(hit)) => view.number = hit.passage.number,
            Some(Pick::Precedent(one)) => {
                let sentences = crate::model::sentences::split(&one.rationale);
                let best = sentences.iter().enumerate().max_by_key(|(n, sentence)| {
                    let text = crate::search::words::folded(sentence);
                    (self.words.found(&text), std::cmp::Reverse(*n))
                });
                view.sentence = best.map_or(0, |(n, _)| n);
                view.follows = view.sentence > 0;
            }
            _ => {}
        }
        self.view = view;
    }

    /// Do the figures of the precedents have a line of their own?
    pub fn has_figures(&self) -> bool {
        self.source == PickSource::Precedents
    }
}
