//! Text in pages: lines that run along the top and foot are taken off and say which page it is in
//! print; what is left is headings and paragraphs.

use super::cut::{self, Paragraph, Section};
use super::headings::Look;
use super::{Document, line as kept_line};
use crate::model::text;
use std::collections::HashMap;

/// How many lines at each end of a page may run along.
const EDGE: usize = 3;

/// A line of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Line {
    /// Clean, without white space around it.
    pub text: String,
    /// Type size, in tenths of a point, where the file tells.
    pub size: Option<u32>,
}

/// Pages of plain text, parted by form feeds.
pub(super) fn of_text(content: &str) -> Vec<Vec<Line>> {
    let lines = |page: &str| page.lines().map(|l| line(l, None)).collect();
    content.split('\u{C}').map(lines).collect()
}

/// Pages as the PDF reader gives them: each line with its type size before it.
pub(super) fn with_sizes(pages: &[String]) -> Vec<Vec<Line>> {
    let sized = |text: &str| match text.split_once('\t') {
        Some((size, rest)) => line(rest, size.parse().ok()),
        None => line(text, None),
    };
    let lines = |page: &String| page.lines().map(sized).collect();
    pages.iter().map(lines).collect()
}

fn line(text: &str, size: Option<u32>) -> Line {
    Line {
        text: kept_line(text),
        size,
    }
}

/// The document. A text without any form feed has no pages.
pub(super) fn document(pages: Vec<Vec<Line>>) -> Document {
    let pages = &without_line_numbers(pages);
    let running = running(pages);
    let labels = labels(pages);
    let look = Look::of(pages.iter().flatten());
    let mut reader = Reader::new(look);
    for (at, lines) in pages.iter().enumerate() {
        reader.page = (pages.len() > 1).then(|| u32::try_from(at + 1).unwrap_or(u32::MAX));
        reader.label = labels.get(at).cloned().flatten();
        reader.read_page(&body(lines, &running));
    }
    reader.end_paragraph();
    let title = reader
        .sections
        .iter()
        .find_map(|s| s.heading.first().cloned());
    Document {
        name: title,
        passages: cut::passages(&reader.sections),
        ..Document::default()
    }
}

/// Where the first and last lines with text are.
fn edges(lines: &[Line]) -> Vec<usize> {
    let full: Vec<usize> = (0..lines.len())
        .filter(|at| lines.get(*at).is_some_and(|l| !l.text.is_empty()))
        .collect();
    let last = full.len().saturating_sub(EDGE);
    let is_edge = |n: usize| n < EDGE || n >= last;
    full.iter()
        .enumerate()
        .filter(|(n, _)| is_edge(*n))
        .map(|(_, at)| *at)
        .collect()
}

/// A line without its figures: the same on every page.
fn shape(text: &str) -> String {
    let mut shape: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect();
    while shape.contains("##") {
        shape = shape.replace("##", "#");
    }
    shape
}

/// Shapes of the lines that stand at the edge of many pages.
fn running(pages: &[Vec<Line>]) -> HashMap<String, usize> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for lines in pages {
        let mut shapes: Vec<String> = edges(lines)
            .iter()
            .filter_map(|at| Some(shape(&lines.get(*at)?.text)))
            .collect();
        shapes.sort();
        shapes.dedup();
        for shape in shapes {
            *seen.entry(shape).or_default() += 1;
        }
    }
    let enough = 3.max(pages.len() / 5);
    seen.retain(|_, times| *times >= enough);
    seen
}

/// The lines of a page that are text.
fn body(lines: &[Line], running: &HashMap<String, usize>) -> Vec<Line> {
    let edges = edges(lines);
    let is_text = |at: usize, line: &Line| {
        let is_edge = edges.contains(&at);
        !(is_edge && (running.contains_key(&shape(&line.text)) || label(&line.text).is_some()))
            && !line.text.contains("....")
    };
    let kept = lines
        .iter()
        .enumerate()
        .filter(|(at, line)| is_text(*at, line));
    kept.map(|(_, line)| line.clone()).collect()
}

/// The printed page of each page. A number is one if it is as far from the place of its page in
/// the file as on most pages; Roman numbers stand before those.
fn labels(pages: &[Vec<Line>]) -> Vec<Option<String>> {
    let found: Vec<Vec<(i64, String)>> = pages.iter().map(|lines| numbers(lines)).collect();
    let mut offsets: HashMap<i64, usize> = HashMap::new();
    for (page, numbers) in (1..).zip(&found) {
        let mut of_page: Vec<i64> = numbers.iter().map(|(number, _)| number - page).collect();
        of_page.sort_unstable();
        of_page.dedup();
        of_page
            .into_iter()
            .for_each(|offset| *offsets.entry(offset).or_default() += 1);
    }
    let most = offsets
        .into_iter()
        .max_by_key(|(offset, pages)| (*pages, std::cmp::Reverse(offset.abs())));
    let Some((offset, _)) = most.filter(|(_, told)| told * 2 >= pages.len() && pages.len() > 1)
    else {
        return vec![None; pages.len()];
    };
    let printed = |(page, numbers): (i64, &Vec<(i64, String)>)| {
        let fits = |(number, _): &&(i64, String)| number - page == offset;
        numbers.iter().find(fits).map(|(_, label)| label.clone())
    };
    let roman = |lines: &Vec<Line>| {
        let edges = edges(lines).into_iter().rev();
        let mut found = edges.filter_map(|at| label(&lines.get(at)?.text));
        found.find(|label| label.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    let each = (1..).zip(&found).zip(pages);
    each.map(|(told, lines)| printed(told).or_else(|| roman(lines)))
        .collect()
}

/// Numbers at the edges of a page that may be its own, and how they are printed.
fn numbers(lines: &[Line]) -> Vec<(i64, String)> {
    let edges = edges(lines).into_iter().rev();
    let texts = edges
        .filter_map(|at| lines.get(at))
        .map(|line| line.text.as_str());
    let mut found = Vec::new();
    for text in texts {
        let whole = label(text).and_then(|label| Some((first_number(&label)?, label)));
        let ends = [text.split(' ').next(), text.split(' ').next_back()];
        let at_ends = ends.into_iter().flatten().filter(|word| word.len() <= 4);
        found.extend(whole);
        found.extend(at_ends.filter_map(|word| Some((word.parse().ok()?, word.to_owned()))));
    }
    found
}

fn first_number(text: &str) -> Option<i64> {
    let mut runs = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty());
    runs.next()?.parse().ok()
}

/// Drafts number their lines: the numbers are taken off where they count on from line to line.
pub(super) fn without_line_numbers(mut pages: Vec<Vec<Line>>) -> Vec<Vec<Line>> {
    let first = |line: &Line| {
        let (number, _) = line.text.split_once(' ').unwrap_or((&line.text, ""));
        number.parse::<u32>().ok()
    };
    let lines = || pages.iter().flatten().filter(|line| !line.text.is_empty());
    let numbers: Vec<Option<u32>> = lines().map(first).collect();
    let counts_on = |pair: &&[Option<u32>]| matches!(pair, [Some(a), Some(b)] if *b == a + 1);
    if numbers.windows(2).filter(counts_on).count() * 2 < numbers.len() {
        return pages;
    }
    let mut expected = 1;
    for line in pages.iter_mut().flatten() {
        if let Some(number) = first(line).filter(|n| (expected..expected + 4).contains(n)) {
            let rest = line.text.split_once(' ').map_or("", |(_, rest)| rest);
            line.text = rest.to_owned();
            expected = number + 1;
        }
    }
    pages
}

/// `5`, `- iv -`, `Page 5 of 141`, also at the end of a line that has more.
fn label(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "-\u{2013}\u{2014}|".contains(c));
    let lower = text.to_ascii_lowercase();
    if let Some(at) = lower.rfind("page ") {
        let (number, of) = text
            .get(at + 5..)?
            .split_once(" of ")
            .unwrap_or((text.get(at + 5..)?, ""));
        let is_number =
            |n: &str| !n.is_empty() && n.len() <= 5 && n.bytes().all(|b| b.is_ascii_digit());
        let is_label = is_number(number.trim()) && (of.is_empty() || is_number(of.trim()));
        return is_label.then(|| text.get(at..).unwrap_or_default().to_owned());
    }
    let is_number = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    let is_roman = !text.is_empty() && text.len() <= 6 && text.chars().all(|c| "ivxl".contains(c));
    (is_number || is_roman).then(|| text.to_owned())
}

struct Reader {
    look: Look,
    sections: Vec<Section>,
    /// Level and text of the headings above.
    path: Vec<(usize, String)>,
    paragraph: Paragraph,
    page: Option<u32>,
    label: Option<String>,
    /// Was the line before this one a heading of that level?
    headed: Option<usize>,
}

impl Reader {
    fn new(look: Look) -> Self {
        Self {
            look,
            sections: Vec::new(),
            path: Vec::new(),
            paragraph: Paragraph::default(),
            page: None,
            label: None,
            headed: None,
        }
    }

    fn read_page(&mut self, lines: &[Line]) {
        let is_empty = |at: Option<usize>| {
            at.and_then(|at| lines.get(at))
                .is_none_or(|l| l.text.is_empty())
        };
        for (at, line) in lines.iter().enumerate() {
            if line.text.is_empty() {
                // A paragraph that ends no sentence goes on, on the next page too.
                if self.is_ended() {
                    self.end_paragraph();
                }
                continue;
            }
            let next = lines.iter().skip(at + 1).find(|l| !l.text.is_empty());
            let is_above_text = next.is_some_and(|l| !l.text.starts_with(char::is_lowercase));
            let is_alone = is_above_text
                && is_empty(at.checked_sub(1))
                && (is_empty(Some(at + 1)) || line.size.is_some());
            let is_open = !self.is_ended() && at > 0;
            match self.look.level(line, is_alone, is_open) {
                Some(level) => self.head(level, &line.text),
                None => self.read_text(&line.text),
            }
        }
    }

    fn is_ended(&self) -> bool {
        let text = self
            .paragraph
            .text
            .trim_end_matches(|c: char| c.is_ascii_digit() || "()\"\u{201D},".contains(c));
        text.is_empty() || text.ends_with(['.', '?', '!', ':', ';'])
    }

    fn head(&mut self, level: usize, text: &str) {
        let is_wrapped = self.headed == Some(level) && self.paragraph.text.is_empty();
        self.end_paragraph();
        if is_wrapped && let Some((_, above)) = self.path.last_mut() {
            *above = join(above, text);
        } else {
            self.path.retain(|(above, _)| *above < level);
            self.path.push((level, text.to_owned()));
            self.sections.push(Section::default());
        }
        let heading = self.path.iter().map(|(_, text)| text.clone()).collect();
        if let Some(section) = self.sections.last_mut() {
            section.heading = heading;
        }
        self.headed = Some(level);
    }

    fn read_text(&mut self, text: &str) {
        self.headed = None;
        let is_bullet =
            text.starts_with(['\u{2022}', '\u{25CF}', '\u{25AA}', '\u{25E6}', '\u{F0B7}']);
        if is_bullet {
            self.end_paragraph();
        }
        if self.paragraph.text.is_empty() {
            self.paragraph.page = self.page;
            self.paragraph.label = self.label.clone();
        }
        self.paragraph.text = join(&self.paragraph.text, text);
    }

    fn end_paragraph(&mut self) {
        let mut ended = std::mem::take(&mut self.paragraph);
        ended.text = text::fold(&ended.text);
        if ended.text.is_empty() {
            return;
        }
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        if let Some(section) = self.sections.last_mut() {
            section.paragraphs.push(ended);
        }
    }
}

/// A word that was parted at the end of a line is one again.
fn join(before: &str, line: &str) -> String {
    let mut ends = before.chars().rev();
    let is_parted = ends.next() == Some('-')
        && ends.next().is_some_and(char::is_lowercase)
        && line.starts_with(char::is_lowercase);
    match (before.is_empty(), is_parted) {
        (true, _) => line.to_owned(),
        (_, true) => format!("{}{line}", before.trim_end_matches('-')),
        _ => format!("{before} {line}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_pages_are_kept_and_running_lines_taken_off() {
        let page = |n: usize, text: &str| {
            format!("Our Guideline 2024\n\n{text}\n\nJune 2024 Page {n} of 9\n")
        };
        let content = [
            page(5, "A. IMAGING OF THE BACK\n\nImaging is not done at first, unless it is indi-\ncated by"),
            page(6, "a red flag.\n\nB. THERAPY\n\nTherapy is active."),
            page(7, "It goes on."),
        ]
        .join("\u{C}");
        let document = document(of_text(&content));
        let texts: Vec<(&str, Option<&str>)> = document
            .passages
            .iter()
            .map(|p| (p.text.as_str(), p.page_label.as_deref()))
            .collect();
        assert_eq!(
            texts,
            [
                (
                    "Imaging is not done at first, unless it is indicated by a red flag.",
                    Some("Page 5 of 9")
                ),
                ("Therapy is active. It goes on.", Some("Page 6 of 9")),
            ]
        );
        assert_eq!(document.passages[0].heading, ["A. IMAGING OF THE BACK"]);
        assert_eq!(document.passages[1].page, Some(2));
    }

    #[test]
    fn line_numbers_of_drafts_are_no_text() {
        let lines: Vec<String> = (1..=40)
            .map(|n| format!("{n} Line of the draft."))
            .collect();
        let document = document(of_text(&lines.join("\n")));
        assert!(
            document.passages[0]
                .text
                .starts_with("Line of the draft. Line of")
        );
    }

    #[test]
    fn the_printed_number_is_the_one_that_counts_with_the_pages() {
        let page = |n: u32| {
            let text = "Words of this page. ".repeat(10);
            vec![
                line(&format!("{} Some Journal (2018) 27:2791", n + 2790), None),
                line(&text, None),
            ]
        };
        let pages: Vec<Vec<Line>> = (1..=6).map(page).collect();
        let labels: Vec<String> = labels(&pages).into_iter().flatten().collect();
        assert_eq!(labels, ["2791", "2792", "2793", "2794", "2795", "2796"]);
    }

    #[test]
    fn labels_by_shape() {
        assert_eq!(label("- 12 -").as_deref(), Some("12"));
        assert_eq!(label("iv").as_deref(), Some("iv"));
        assert_eq!(
            label("February 2022 Page 5 of 141").as_deref(),
            Some("Page 5 of 141")
        );
        for none in ["2,000 people", "see page for it", "", "mild"] {
            assert_eq!(label(none), None, "{none}");
        }
    }

    #[test]
    fn sizes_make_headings() {
        let pages = ["200\tBig Title\n110\tSome text of the usual size, and more of it.\n140\tPart\n110\tMore text.".to_owned()];
        let document = document(with_sizes(&pages));
        assert_eq!(document.name.as_deref(), Some("Big Title"));
        assert_eq!(document.passages[0].heading, ["Big Title"]);
    }
}
