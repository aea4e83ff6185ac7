//! How well a query is found in one entry, and which letters of its label to mark.

use super::fold::Folded;
use super::fuzzy::{LINE_CAP, Scorer, head};
use super::needle::{Needle, is_scattered_in};
use super::query::{Part, Word};
use super::row::{Field, Find, Row, best_place};
use super::terms::Kind;
use super::typo;
use std::ops::Range;

/// Most points for a word that is found fuzzily.
pub const FUZZY: i64 = 280;
/// The least part of its best possible score that a fuzzy find must reach, in percent.
const FUZZY_LEAST: i64 = 60;
/// The same for words of up to four letters, whose letters lie about everywhere.
const FUZZY_LEAST_SHORT: i64 = 74;
/// What a fuzzy find among the synonyms is worth, in percent.
const FUZZY_SYNONYM: i64 = 80;
/// What a find counts of what guidelines write for the word typed, in percent.
const ALIKE: i64 = 95;
/// What a find counts for a word that was meant but not typed, in percent.
const MEANT: i64 = 60;
/// Points for a page or a chapter; an entry with fewer pages is nearer to the page.
const NUMBER: i64 = 900;
/// Most points that an entry's many pages cost.
const MANY_PAGES: i64 = 200;
/// Points when two words follow each other in the entry as in the query, in percent of the find.
const PHRASE: i64 = 15;
/// Points of a whole title for a query that names no section of it.
const TITLE: i64 = 300;
/// What an entry on therapy after operations loses where no such therapy is asked for.
const AFTERCARE: i64 = 150;
/// What such an entry keeps as an answer to a request, in percent.
const FIT_AFTERCARE: i64 = 80;
/// What the poorer of two finds adds, by the word typed and by what it stands for, in percent.
const BOTH: i64 = 25;
/// The least points of a find by a whole word or its start, in any field.
pub const KNOWN: i64 = 360;
/// The least points of a find on which an entry may stand without the other words.
const STRONG: i64 = 780;

/// What a kind of word counts in percent, and what it costs to leave one out.
const WEIGHTS: [(Kind, i64, i64); 6] = [
    (Kind::Term, 100, 600),
    (Kind::Family, 100, 600),
    (Kind::Aftercare, 100, 200),
    (Kind::Body, 70, 150),
    (Kind::Spare, 40, 0),
    (Kind::Small, 10, 0),
];

/// How well one part of the query is found in every entry.
pub struct Column {
    /// By entry.
    pub finds: Vec<Option<Find>>,
    /// What to do with an entry that has it not.
    pub need: Need,
    kind: Kind,
    /// What a find counts, in percent.
    pub weight: i64,
}

/// What to do with an entry that lacks a part of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Rule it out: a chapter or page was asked for.
    Strict,
    /// Look fuzzily: no entry has the word as it was typed.
    Fuzzy,
    /// Keep it at this price, if it has the weightier part of the query.
    Price(i64),
}

impl Column {
    /// Looks for a part in every entry.
    pub fn new(rows: &[Row], part: &Part) -> Self {
        let kind = match part {
            Part::Word(word) => word.kind,
            Part::Number { .. } | Part::Chapter(_) | Part::Page(_) => Kind::Term,
        };
        let mut column = Self {
            finds: rows.iter().map(|row| look(row, part)).collect(),
            need: Need::Strict,
            kind,
            weight: 0,
        };
        if !matches!(part, Part::Chapter(_) | Part::Page(_)) {
            column.need = Need::Price(0);
        }
        column.count_as(kind);
        column
    }

    /// Counts it as a word of this kind.
    pub fn count_as(&mut self, kind: Kind) {
        let weights = WEIGHTS.iter().find(|(k, ..)| *k == kind);
        let (weight, price) = weights.map_or((0, 0), |(_, weight, price)| (*weight, *price));
        self.kind = kind;
        self.weight = weight;
        if self.need != Need::Strict {
            self.need = Need::Price(price);
        }
    }

    /// Does an entry have it as a word or as the start of one?
    pub fn is_known(&self) -> bool {
        self.finds.iter().flatten().any(|find| find.points >= KNOWN)
    }

    /// Does it say nothing of its own?
    pub fn is_spare(&self) -> bool {
        matches!(self.kind, Kind::Spare | Kind::Small)
    }

    /// Is it a body part?
    pub fn is_body(&self) -> bool {
        self.kind == Kind::Body
    }
}

/// Adds up, for every entry, how well it fits a request that is not all to be found in one entry:
/// rare words count more.
pub fn fit(rows: &[Row], parts: &[Part]) -> Vec<i64> {
    let mut points = vec![0; rows.len()];
    for part in parts {
        let column = Column::new(rows, part);
        let count = column.finds.iter().flatten().count().max(1);
        let rarity = i64::from((rows.len() / count).max(1).ilog2()) + 1;
        for (sum, find) in points.iter_mut().zip(&column.finds) {
            *sum += find.map_or(0, |find| find.points) * column.weight / 100 * rarity;
        }
    }
    for (sum, row) in points.iter_mut().zip(rows) {
        if row.is_aftercare() {
            *sum = *sum * FIT_AFTERCARE / 100;
        }
    }
    points
}

/// What the literal look found in one entry.
pub struct Found {
    /// Points of the parts found, less the price of those left out.
    pub points: i64,
    /// How many words are still to be found fuzzily.
    pub missing: i64,
    /// Were parts left out?
    pub is_partial: bool,
}

/// Adds up what was found in the entry at `index`; `None` if a part that must be there is not, or
/// if what was found is too little without the rest: less than `share` percent of it by weight.
pub fn literal(
    index: usize,
    row: &Row,
    columns: &[Column],
    phrases: &[Needle],
    share: i64,
) -> Option<Found> {
    let mut found = Found {
        points: 0,
        missing: 0,
        is_partial: false,
    };
    let (mut has, mut lacks, mut is_strong, mut is_named) = (0, 0, false, true);
    let has_aftercare = columns.iter().any(|c| c.kind == Kind::Aftercare);
    let is_body_only = columns.iter().all(|c| c.is_body() || c.is_spare());
    for column in columns {
        let find = column.finds.get(index).copied().flatten();
        match (find, column.need) {
            (Some(find), _) => {
                found.points += find.points * column.weight / 100;
                has += column.weight;
                is_strong |= find.points >= STRONG && (is_body_only || !column.is_body());
                is_named &= column.is_body()
                    || column.is_spare()
                    || matches!(find.field, Field::Label | Field::Source);
            }
            (None, Need::Strict) => return None,
            (None, Need::Fuzzy) => found.missing += 1,
            (None, Need::Price(price)) => {
                found.points -= price;
                if !column.is_spare() {
                    lacks += column.weight;
                }
            }
        }
    }
    found.is_partial = lacks > 0;
    if found.is_partial {
        return (is_strong && has * 100 >= (has + lacks) * share).then_some(found);
    }
    if row.is_aftercare() && !has_aftercare {
        found.points -= AFTERCARE;
    }
    if found.missing == 0 {
        found.points += together(row, phrases);
        if is_named && row.is_whole_title() {
            found.points += TITLE;
        }
    }
    Some(found)
}

fn together(row: &Row, phrases: &[Needle]) -> i64 {
    let found = phrases.iter().filter_map(|phrase| row.look(phrase));
    found.map(|find| find.points * PHRASE / 100).sum()
}

/// How a part is found letter by letter.
fn look(row: &Row, part: &Part) -> Option<Find> {
    let find = |points, field| Find { points, field };
    let on_page = |page| {
        let pages = i64::from(row.pages_around(page)?);
        Some(find(NUMBER - pages.min(MANY_PAGES), Field::Pages))
    };
    let in_chapter = |chapter| {
        let is_there = row.is_chapter(chapter);
        is_there.then(|| find(NUMBER, Field::Source))
    };
    match part {
        Part::Chapter(chapter) => in_chapter(*chapter),
        Part::Page(page) => on_page(*page),
        Part::Number { typed, value } => {
            let named = on_page(*value).max(in_chapter(*value));
            named.max(row.look(typed))
        }
        Part::Word(word) => {
            let others = best_of(row, &word.alike, ALIKE).max(best_of(row, &word.meant, MEANT));
            let typed = row.look(&word.typed);
            let poorer = typed.min(others).filter(|_| word.kind != Kind::Body);
            let both = poorer.map_or(0, |find| find.points * BOTH / 100);
            typed.max(others).map(|find| Find {
                points: find.points + both,
                ..find
            })
        }
    }
}

/// The best find of these words, counted at `percent`.
fn best_of(row: &Row, needles: &[Needle], percent: i64) -> Option<Find> {
    let found = needles.iter().filter_map(|needle| row.look(needle)).max();
    found.map(|find| Find {
        points: find.points * percent / 100,
        ..find
    })
}

/// The words of a query that may be found fuzzily.
pub struct FuzzyWords<'s> {
    scorer: &'s dyn Scorer,
    words: Vec<FuzzyWord<'s>>,
}

struct FuzzyWord<'s> {
    part: &'s Part,
    word: &'s str,
    /// Its score in itself: the best there is.
    best: i64,
    /// The least share of it that counts, in percent.
    least: i64,
    /// Most characters from its first letter to its last: each one between costs a point, so
    /// beyond that the score is too low.
    reach: usize,
}

impl<'s> FuzzyWord<'s> {
    fn new(scorer: &dyn Scorer, part: &'s Part) -> Option<Self> {
        let Part::Word(Word { typed, .. }) = part else {
            return None;
        };
        let word = typed.word();
        let letters = word.chars().count();
        let best = scorer.score(word, word)?.max(1);
        let least = if letters < typo::SHORTEST {
            FUZZY_LEAST_SHORT
        } else {
            FUZZY_LEAST
        };
        let slack = usize::try_from(best * (100 - least) / 100).unwrap_or(0);
        Some(Self {
            part,
            word,
            best,
            least,
            reach: letters + slack,
        })
    }
}

impl<'s> FuzzyWords<'s> {
    /// Makes those words of a query ready that no entry has as they were typed.
    pub fn new(scorer: &'s dyn Scorer, parts: &'s [Part], columns: &[Column]) -> Self {
        let fuzzy = parts.iter().zip(columns);
        let fuzzy = fuzzy.filter(|(_, column)| column.need == Need::Fuzzy);
        let words = fuzzy.filter_map(|(part, _)| FuzzyWord::new(scorer, part));
        Self {
            words: words.collect(),
            scorer,
        }
    }

    /// Points for all words that are in the row fuzzily only; `None` if one is not.
    pub fn points(&self, row: &Row) -> Option<i64> {
        let missing = self.words.iter().filter(|w| look(row, w.part).is_none());
        missing
            .map(|word| Some(self.word_points(row, word)? * FUZZY / 100))
            .sum()
    }

    fn word_points(&self, row: &Row, word: &FuzzyWord<'_>) -> Option<i64> {
        let name = self.share(row.name(), word);
        let synonyms = row.synonyms().filter_map(|line| self.share(line, word));
        name.max(synonyms.max().map(|share| share * FUZZY_SYNONYM / 100))
    }

    /// The score as a percentage of the best possible, if it is high enough to mean anything.
    fn share(&self, line: &str, word: &FuzzyWord<'_>) -> Option<i64> {
        if !is_scattered_in(line, word.word, word.reach) {
            return None;
        }
        let share = (self.scorer.score(line, word.word)? * 100 / word.best).min(100);
        (share >= word.least).then_some(share)
    }

    /// The characters of a line that a word matched well enough.
    fn characters(&self, line: &str, part: &Part) -> Option<Vec<usize>> {
        let word = self.words.iter().find(|w| w.part == part)?;
        self.share(line, word)?;
        self.scorer.places(line, word.word)
    }
}

/// Ranges of the label that the query found.
pub fn marks(row: &Row, parts: &[Part], fuzzy: &FuzzyWords<'_>) -> Vec<Range<usize>> {
    let line = row.folded_label();
    let found = parts
        .iter()
        .flat_map(|part| match literal_place(line, part) {
            Some(at) => characters(line, at).collect(),
            // A word found among the synonyms says nothing about letters of the label.
            None if look(row, part).is_some() => Vec::new(),
            None => fuzzy.characters(line, part).unwrap_or_default(),
        });
    Folded::new(head(&row.label, LINE_CAP)).marks(found.collect())
}

fn literal_place(line: &str, part: &Part) -> Option<Range<usize>> {
    match part {
        Part::Word(word) => best_place(line, word.needles()),
        Part::Number { typed, .. } => best_place(line, std::iter::once(typed)),
        Part::Chapter(_) | Part::Page(_) => None,
    }
}

/// Bytes of a line as characters of it.
fn characters(line: &str, bytes: Range<usize>) -> Range<usize> {
    let count = |end: usize| line.get(..end).unwrap_or_default().chars().count();
    count(bytes.start)..count(bytes.end)
}
