//! What the picker looks through, what it is asked and what it answers.

use super::guideline::PassageHit;
use super::{CaseId, Figures, Finding, Hit, Precedent};

/// Where the picker looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PickSource {
    /// Everywhere, ranked together.
    #[default]
    All,
    /// The shelf of citations.
    Citations,
    /// The text of guidelines that were brought in.
    Passages,
    /// Earlier determinations on items like the current one.
    Precedents,
    /// Findings and records of the open case.
    Case,
}

impl PickSource {
    /// In the order of `Tab`.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::Citations,
        Self::Passages,
        Self::Precedents,
        Self::Case,
    ];

    /// As shown and typed.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Citations => "citations",
            Self::Passages => "passages",
            Self::Precedents => "precedents",
            Self::Case => "case",
        }
    }

    /// The source so many places further, round the corner.
    pub fn step(self, by: isize) -> Self {
        let count = Self::ALL.len();
        let at = Self::ALL.iter().position(|s| *s == self).unwrap_or(0);
        let to = (at + count).saturating_add_signed(by) % count;
        Self::ALL.get(to).copied().unwrap_or_default()
    }

    /// Is this source looked through?
    pub fn has(self, source: Self) -> bool {
        self == Self::All || self == source
    }
}

/// Which sources answer together: the shelf answers in a millisecond and need not wait for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PickPart {
    /// All that are asked.
    #[default]
    Whole,
    /// The citations alone; the others are asked for next.
    First,
    /// All but the citations.
    Rest,
}

impl PickPart {
    /// Does this source answer in this part?
    pub fn has(self, source: PickSource) -> bool {
        match self {
            Self::Whole => true,
            Self::First => source == PickSource::Citations,
            Self::Rest => source != PickSource::Citations,
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PickAsk {
    /// As typed.
    pub query: String,
    /// Where to look.
    pub source: PickSource,
    /// The case and item (from 0) that it is asked for.
    pub item: Option<(CaseId, usize)>,
    /// What that item asks for: ranks the answer to an empty query.
    pub context: String,
    /// How many answers.
    pub limit: usize,
    /// Which sources answer now.
    pub part: PickPart,
}

/// Where in the open case something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Record and page, both from 0.
    pub record: usize,
    /// See there.
    pub page: usize,
    /// Line of the page, from 0.
    pub line: usize,
    /// Title of the record.
    pub title: String,
    /// The line, without blanks around it.
    pub text: String,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Pick {
    /// An entry of the shelf.
    Citation(Box<Hit>),
    /// A passage of a guideline.
    Passage(Box<PassageHit>),
    /// An earlier determination.
    Precedent(Box<Precedent>),
    /// A finding of the case, by its place in it.
    Finding(usize, Box<Finding>),
    /// A line of a record.
    Record(Box<Spot>),
}

impl Pick {
    /// Which source it is of.
    pub fn source(&self) -> PickSource {
        match self {
            Self::Citation(_) => PickSource::Citations,
            Self::Passage(_) => PickSource::Passages,
            Self::Precedent(_) => PickSource::Precedents,
            Self::Finding(..) | Self::Record(_) => PickSource::Case,
        }
    }
}

/// Everything found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picks {
    /// Best first.
    pub list: Vec<Pick>,
    /// What the precedents say, where the item has them.
    pub figures: Figures,
    /// Whose answers these are.
    pub part: PickPart,
}

impl Picks {
    /// These with the answers of the other sources as they are in `known`, ranked together.
    #[must_use]
    pub fn beside(mut self, known: &[Pick], limit: usize) -> Self {
        let of = |source: PickSource| -> Vec<Pick> {
            let list = if self.part.has(source) {
                &self.list
            } else {
                known
            };
            let own = list.iter().filter(|pick| pick.source() == source);
            own.cloned().collect()
        };
        let sources = PickSource::ALL.into_iter().skip(1).map(of).collect();
        self.list = Self::merge(sources);
        self.list.truncate(limit);
        self
    }

    /// Ranks the answers of several sources together. Their points cannot be compared, but their
    /// places can: the first of each source come first, those of the earlier source before those
    /// of the later.
    pub fn merge(sources: Vec<Vec<Pick>>) -> Vec<Pick> {
        /// A source further back begins so many places later.
        const LATER: usize = 2;
        let places = sources.into_iter().enumerate().flat_map(|(source, picks)| {
            let placed = picks.into_iter().enumerate();
            placed.map(move |(n, pick)| ((n + source * LATER, source), pick))
        });
        let mut all: Vec<_> = places.collect();
        all.sort_by_key(|(place, _)| *place);
        all.into_iter().map(|(_, pick)| pick).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_go_round() {
        let mut source = PickSource::default();
        for _ in PickSource::ALL {
            assert_eq!(source.step(1).step(-1), source);
            source = source.step(1);
        }
        assert_eq!(source, PickSource::All);
    }

    #[test]
    fn the_first_of_each_source_come_early() {
        let spot = |n: usize, source: usize| {
            Pick::Record(Box::new(Spot {
                record: source,
                page: 0,
                line: n,
                title: String::new(),
                text: String::new(),
            }))
        };
        let of = |source| (0..4).map(|n| spot(n, source)).collect::<Vec<_>>();
        let merged = Picks::merge(vec![of(0), of(1)]);
        let places: Vec<(usize, usize)> = merged
            .iter()
            .map(|pick| match pick {
                Pick::Record(spot) => (spot.record, spot.line),
                _ => (9, 9),
            })
            .collect();
        let expected = [
            (0, 0),
            (0, 1),
            (0, 2),
            (1, 0),
            (0, 3),
            (1, 1),
            (1, 2),
            (1, 3),
        ];
        assert_eq!(places, expected);
    }
}
