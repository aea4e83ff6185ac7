//! The order of passages that were found, and the part of each that is shown.

use super::fold::fold;
use super::passage_query::{Form, Group, PassageQuery};
use super::passage_text::{Words, marks};
use crate::model::{Guideline, Passage};
use std::ops::Range;

/// Longest snippet, in characters.
const SNIPPET: usize = 240;
/// How much of it stands before the sentence of the hit, where there is that much.
const BEFORE: usize = 40;

// Fitted to the half of the table of queries that is there to tune by (`tests/search/passages.tsv`),
// each weight held near to the others so that no query of it has a weight of its own.

/// What finding a word anywhere counts, times how rare it is.
const FOUND: f64 = 3.8;
/// Again, by how often (logarithm).
const OFTEN: f64 = 3.4;
/// In a heading above the text.
const HEADED: f64 = 3.8;
/// In one sentence with the others.
const TOGETHER: f64 = 2.5;
/// Near to another word that was typed, in any order, the more the nearer: half at so many words.
const NEAR: f64 = 12.3;
const HALF_NEAR: f64 = 4.0;
/// Near to the beginning of the passage, which says what it is about: half at so many words.
const EARLY: f64 = 5.5;
const HALF_EARLY: f64 = 20.0;
/// That sentence, where it recommends for or against something.
const RECOMMENDS: f64 = 1.6;
/// That sentence, where the passage begins with it.
const FIRST: f64 = 1.15;
/// A heading longer than this is a sentence, and may end in the text under it.
const STATEMENT: usize = 60;
/// In the innermost heading, the more the more of the words are there.
const ABOUT: f64 = 8.4;
/// Passages on how a guideline was made ...
const ASIDE: f64 = 0.98;
/// ... and lists of what else there is to read.
const REFERENCES: f64 = 0.25;

/// How a sentence that recommends is worded in guidelines.
const RECOMMENDING: [&str; 8] = [
    "we recommend",
    "we suggest",
    "recommend for or against",
    "clinicians should",
    "recommended",
    "recommendation",
    "not recommend",
    "should be",
];

/// Kinds of passage that say what is so, rather than how it was found out.
const ASIDE_KINDS: [&str; 3] = ["methods", "background", "front matter"];

/// What a passage is worth for a query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    /// Higher is better.
    pub points: f64,
    /// Where in the text the sentence begins that the words are in, in characters.
    pub at: usize,
}

/// How rare each group of a query is: what finding it tells.
#[derive(Debug, Clone, Default)]
pub struct Rarity(Vec<f64>);

impl Rarity {
    /// From in how many of `all` passages each group is found.
    pub fn new(found: &[usize], all: usize, groups: &[Group]) -> Self {
        let rare = |(found, group): (&usize, &Group)| {
            let part = (all as f64 + 1.0) / (*found as f64 + 1.0);
            let rare = part.ln().max(0.0) + 0.3;
            if group.is_wanted() {
                rare
            } else {
                rare.min(1.0) * 0.3
            }
        };
        Self(found.iter().zip(groups).map(rare).collect())
    }

    fn of(&self, group: usize) -> f64 {
        self.0.get(group).copied().unwrap_or(1.0)
    }
}

/// What a passage is worth.
pub fn worth(
    query: &PassageQuery,
    rarity: &Rarity,
    passage: &Passage,
    guideline: &Guideline,
) -> Worth {
    let lead = lead(passage);
    let text = fold(&format!("{lead}{}", passage.text));
    let heading = fold(&passage.heading.join(" . "));
    let (body, head) = (Words::new(&text), Words::new(&heading));
    let mut points = 0.0;
    let mut sentences = vec![0.0; body.sentence(body.len()) + 1];
    let mut wanted: Vec<(f64, Vec<usize>)> = Vec::new();
    for (at, group) in query.groups.iter().enumerate() {
        let rare = rarity.of(at);
        let found = Found::new(group, &body);
        let in_head = Found::new(group, &head).worth;
        let in_name = if group.names(guideline) { 0.9 } else { 0.0 };
        points += rare * FOUND * found.worth.max(in_head).max(in_name);
        points += rare * OFTEN * found.worth * (found.places.len() as f64 + 1.0).ln();
        points += rare * HEADED * in_head;
        for (sentence, worth) in found.by_sentence(&body) {
            if let Some(sum) = sentences.get_mut(sentence) {
                *sum += rare * worth;
            }
        }
        if group.is_wanted() {
            wanted.push((rare, found.places));
        }
    }
    points += nearness(&wanted) * NEAR + earliness(&wanted) * EARLY;
    let (sentence, best) = best_sentence(&sentences, &body, &text);
    points += best * TOGETHER;
    points += about(query, rarity, passage) * ABOUT;
    let before = text.get(..body.bytes_of(sentence).start);
    let at = before.map_or(0, |before| before.chars().count());
    Worth {
        points: points * share(passage),
        at: at.saturating_sub(lead.chars().count()),
    }
}

/// How near to each other the words that were typed come, each two at their nearest.
fn nearness(wanted: &[(f64, Vec<usize>)]) -> f64 {
    let mut sum = 0.0;
    for (at, (rare, places)) in wanted.iter().enumerate() {
        for (other, others) in wanted.iter().skip(at + 1) {
            if let Some(words) = least_distance(places, others) {
                sum += rare.min(*other) / (1.0 + words as f64 / HALF_NEAR);
            }
        }
    }
    sum / wanted.len().saturating_sub(1).max(1) as f64
}

/// Between two ascending lists of places, in one walk along both.
fn least_distance(a: &[usize], b: &[usize]) -> Option<usize> {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut least: Option<usize> = None;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        let apart = x.abs_diff(**y);
        least = Some(least.map_or(apart, |least| least.min(apart)));
        if x <= y {
            a.next()
        } else {
            b.next()
        };
    }
    least
}

/// How soon the words that were typed come.
fn earliness(wanted: &[(f64, Vec<usize>)]) -> f64 {
    let first = |(rare, places): &(f64, Vec<usize>)| {
        let first = places.first()?;
        Some(rare / (1.0 + *first as f64 / HALF_EARLY))
    };
    wanted.iter().filter_map(first).sum()
}

/// A recommendation that was set as a heading and goes on in the text: both are read as one.
fn lead(passage: &Passage) -> String {
    let heading = passage.heading.last().map_or("", String::as_str);
    let goes_on = passage
        .text
        .starts_with(|c: char| c.is_lowercase() || c == '(');
    if goes_on && heading.chars().count() > STATEMENT {
        format!("{heading} ")
    } else {
        String::new()
    }
}

/// What the words in the innermost heading are worth together.
fn about(query: &PassageQuery, rarity: &Rarity, passage: &Passage) -> f64 {
    let heading = fold(passage.heading.last().map_or("", String::as_str));
    let words = Words::new(&heading);
    let (mut sum, mut all) = (0.0, 0.0);
    let wanted = query.groups.iter().enumerate();
    for (at, group) in wanted.filter(|(_, group)| group.is_wanted()) {
        sum += Found::new(group, &words).worth * rarity.of(at);
        all += rarity.of(at);
    }
    if all > 0.0 { sum * sum / all } else { 0.0 }
}

fn share(passage: &Passage) -> f64 {
    let kind = passage.kind.as_deref();
    let is_aside = kind.is_some_and(|kind| ASIDE_KINDS.contains(&kind));
    match (is_reference_list(&passage.text), is_aside) {
        (true, _) => REFERENCES,
        (_, true) => ASIDE,
        _ => 1.0,
    }
}

/// `2015;15(6):1461` is how references name a volume.
fn is_reference_list(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let marks = memchr::memchr_iter(b';', bytes);
    let volumes = marks.filter(|at| *at > 0 && is_digit(at - 1) && is_digit(at + 1));
    volumes.count() >= 2
}

/// Where a group is in a text.
struct Found {
    worth: f64,
    places: Vec<usize>,
    worths: Vec<f64>,
}

impl Found {
    fn new(group: &Group, words: &Words<'_>) -> Self {
        let mut found: Vec<(usize, f64)> = Vec::new();
        for form in &group.forms {
            found.extend(words.places(form).map(|place| (place, form.worth)));
        }
        found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        found.dedup_by_key(|(place, _)| *place);
        Self {
            worth: found.iter().map(|f| f.1).fold(0.0, f64::max),
            places: found.iter().map(|f| f.0).collect(),
            worths: found.iter().map(|f| f.1).collect(),
        }
    }

    /// The best worth in each sentence that has it.
    fn by_sentence(&self, words: &Words<'_>) -> Vec<(usize, f64)> {
        let mut best: Vec<(usize, f64)> = Vec::new();
        for (place, worth) in self.places.iter().zip(&self.worths) {
            let sentence = words.sentence(*place);
            match best.last_mut() {
                Some((last, most)) if *last == sentence => *most = most.max(*worth),
                _ => best.push((sentence, *worth)),
            }
        }
        best
    }
}

fn best_sentence(sums: &[f64], words: &Words<'_>, text: &str) -> (usize, f64) {
    let worth = |(at, sum): (usize, &f64)| {
        let sentence = text.get(words.bytes_of(at)).unwrap_or_default();
        let recommends = *sum > 0.0 && RECOMMENDING.iter().any(|mark| sentence.contains(mark));
        let first = if at == 0 { FIRST } else { 1.0 };
        (at, sum * first * if recommends { RECOMMENDS } else { 1.0 })
    };
    let sentences = sums.iter().enumerate().map(worth);
    sentences.fold(
        (0, 0.0),
        |best, one| if one.1 > best.1 { one } else { best },
    )
}

/// The part of the text around the sentence of the hit, on one line, and the marks in it.
pub fn snippet(query: &PassageQuery, text: &str, at: usize) -> (String, Vec<Range<usize>>) {
    let cut = cut(&crate::model::text::fold(text), at);
    let forms = query.groups.iter().flat_map(|group| &group.forms);
    let marked = marks(&cut, forms.filter(|form| is_telling(form)));
    (cut, marked)
}

/// `of` and the like are not worth a mark.
fn is_telling(form: &Form) -> bool {
    form.words.iter().any(|word| word.chars().count() > 2)
}

/// Cuts at words; an ellipsis stands for what is left out.
fn cut(line: &str, start: usize) -> String {
    let chars = line.chars().count();
    if chars <= SNIPPET {
        return line.to_owned();
    }
    let start = start
        .saturating_sub(BEFORE)
        .min(chars.saturating_sub(SNIPPET));
    let piece: String = line.chars().skip(start).take(SNIPPET).collect();
    let piece = match (start, piece.split_once(' ')) {
        (1.., Some((_, rest))) => format!("\u{2026} {rest}"),
        _ => piece,
    };
    match (start + SNIPPET < chars, piece.rsplit_once(' ')) {
        (true, Some((kept, _))) => format!("{kept} \u{2026}"),
        _ => piece,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rank;

    fn guideline() -> Guideline {
        Guideline {
            key: "a".to_owned(),
            shelf: "a".to_owned(),
            name: "CDC opioids".to_owned(),
            edition: String::new(),
            year: None,
            effective: (None, None),
            rank: Rank::B,
            licence: String::new(),
            note: None,
            superseded_by: None,
            passages: 0,
        }
    }

    fn points(typed: &str, text: &str) -> f64 {
        let query = PassageQuery::read(typed);
        let passage = Passage {
            text: text.to_owned(),
            ..Passage::default()
        };
        worth(&query, &Rarity::default(), &passage, &guideline()).points
    }

    #[test]
    fn together_is_better_than_apart_and_recommended_best() {
        let apart = points("zebra stripes ", "The zebra eats. Some stripes are black.");
        let together = points("zebra stripes ", "The zebra has stripes. It eats.");
        let recommended = points("zebra stripes ", "We recommend zebra stripes. It eats.");
        assert!(apart < together && together < recommended);
        assert!(points("zebra ", "no such thing") < 0.1);
        assert!(points("cdc ", "no such thing") > 0.0);
    }

    #[test]
    fn near_is_better_than_far_and_early_than_late() {
        let far = points(
            "zebra stripes ",
            "The zebra eats all day and has such stripes.",
        );
        let near = points(
            "zebra stripes ",
            "The zebra has stripes and eats all such day.",
        );
        assert!(far < near, "{far} {near}");
        let late = points("zebra ", "Of all that eat by day the first is the zebra.");
        let early = points("zebra ", "The zebra is the first of all that eat by day.");
        assert!(late < early, "{late} {early}");
        assert_eq!(least_distance(&[1, 40, 90], &[20, 43, 200]), Some(3));
        assert_eq!(least_distance(&[1], &[]), None);
    }

    #[test]
    fn snippets_are_cut_at_words_and_marked() {
        let text = format!(
            "{} The zebra has stripes. {}",
            "Word and word. ".repeat(40),
            "More of it. ".repeat(40)
        );
        let query = PassageQuery::read("zebra");
        let (snippet, marks) = snippet(&query, &text, 600);
        assert!(
            snippet.starts_with("\u{2026} ") && snippet.ends_with(" \u{2026}"),
            "{snippet}"
        );
        assert!(snippet.chars().count() <= SNIPPET + 4);
        let marked: Vec<&str> = marks.iter().map(|m| &snippet[m.clone()]).collect();
        assert_eq!(marked, ["zebra"]);
    }
}
