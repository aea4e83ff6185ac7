//! Markdown: headings by their marks; the rest is text.

use super::cut::{self, Paragraph, Section};
use super::{Document, line};
use crate::model::text;

/// Most levels of headings.
const LEVELS: usize = 6;

/// Are there headings with marks, or underlined ones?
pub(super) fn is_markdown(content: &str) -> bool {
    let marked = content.lines().filter(|l| marked(l).is_some()).count();
    marked >= 2
        || content
            .lines()
            .find(|l| !l.trim().is_empty())
            .is_some_and(marked_first)
}

fn marked_first(line: &str) -> bool {
    marked(line).is_some_and(|(level, _)| level == 1)
}

/// Level and text of a marked heading.
fn marked(line: &str) -> Option<(usize, &str)> {
    let level = line.len() - line.trim_start_matches('#').len();
    let text = line.get(level..)?.strip_prefix(' ')?;
    let text = text.trim().trim_end_matches('#').trim();
    ((1..=LEVELS).contains(&level) && !text.is_empty()).then_some((level, text))
}

/// The document; its first heading of the highest level is its title.
pub(super) fn document(content: &str) -> Document {
    let content = text::clean(&content.replace('\u{C}', "\n\u{1}\n"));
    let mut reader = Reader::default();
    for line in without_front_matter(&content).lines() {
        reader.read(line);
    }
    reader.end_paragraph();
    let title = reader
        .sections
        .iter()
        .find_map(|s| s.heading.first().cloned());
    Document {
        name: title.map(|t| line(&t)),
        passages: cut::passages(&reader.sections),
        ..Document::default()
    }
}

/// A block of `key: value` between two lines of dashes is not the guideline's text.
fn without_front_matter(content: &str) -> &str {
    let rest = content.strip_prefix("---\n");
    rest.and_then(|rest| rest.split_once("\n---\n"))
        .map_or(content, |(_, body)| body)
}

#[derive(Default)]
struct Reader {
    sections: Vec<Section>,
    path: Vec<(usize, String)>,
    paragraph: String,
    page: u32,
    is_code: bool,
}

/// A form feed, as the cleaning of [`document`] leaves it.
const PAGE: &str = "<U+0001>";

impl Reader {
    fn read(&mut self, line: &str) {
        if line.trim() == PAGE {
            self.end_paragraph();
            self.page = self.page.max(1) + 1;
        } else if line.starts_with("```") {
            self.is_code = !self.is_code;
        } else if let Some((level, text)) = marked(line).filter(|_| !self.is_code) {
            self.end_paragraph();
            self.head(level, plain(text));
        } else if is_underline(line) && !self.paragraph.is_empty() && !self.paragraph.contains('\n')
        {
            let text = plain(&std::mem::take(&mut self.paragraph));
            self.head(if line.starts_with('=') { 1 } else { 2 }, text);
        } else if line.trim().is_empty() {
            self.end_paragraph();
        } else {
            if !self.paragraph.is_empty() {
                self.paragraph.push('\n');
            }
            self.paragraph.push_str(line.trim());
        }
    }

    fn head(&mut self, level: usize, text: String) {
        self.path.retain(|(above, _)| *above < level);
        self.path.push((level, text));
        self.sections.push(Section {
            heading: self.path.iter().map(|(_, text)| text.clone()).collect(),
            paragraphs: Vec::new(),
        });
    }

    fn end_paragraph(&mut self) {
        let text = plain(&std::mem::take(&mut self.paragraph));
        if text.is_empty() {
            return;
        }
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        let page = Some(self.page).filter(|page| *page > 0);
        if let Some(section) = self.sections.last_mut() {
            section.paragraphs.push(Paragraph {
                text,
                page,
                label: None,
            });
        }
    }
}

fn is_underline(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 3 && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
}

/// Without the marks of emphasis and quotation.
fn plain(text: &str) -> String {
    let lines = text.lines().map(|l| l.trim_start_matches("> ").trim());
    let joined = lines.collect::<Vec<_>>().join(" ");
    line(&joined.replace("**", "").replace("__", "").replace('`', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_make_paths() {
        let text = "---\ntitle: x\n---\n# Back\n\nIntro **bold**\nlines.\n\n## Imaging ##\n\nText.\n\nOther\n-----\nMore.\n";
        let document = document(text);
        assert_eq!(document.name.as_deref(), Some("Back"));
        let found: Vec<(Vec<String>, &str)> = document
            .passages
            .iter()
            .map(|p| (p.heading.clone(), p.text.as_str()))
            .collect();
        assert_eq!(found[0].1, "Intro bold lines. Imaging: Text. Other: More.");
        assert_eq!(found[0].0, ["Back"]);
    }
}
