//! TOML: what a guideline says of itself, its passages, and the criteria they carry.

use super::cut;
use super::json_lines::Headings;
use super::{Document, GuidelineError, line};
use crate::model::{Date, Passage, Rank, text};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: Option<String>,
    edition: Option<String>,
    year: Option<i16>,
    effective_from: Option<Date>,
    effective_to: Option<Date>,
    rank: Option<Rank>,
    licence: Option<String>,
    note: Option<String>,
    #[serde(default)]
    passage: Vec<Written>,
    /// Of the passage with that `id`, or of the last one.
    #[serde(default)]
    criterion: Vec<Criterion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    id: String,
    #[serde(default)]
    heading: Headings,
    page: Option<u32>,
    page_label: Option<String>,
    kind: Option<String>,
    url: Option<String>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    criterion: Vec<Criterion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Criterion {
    passage: Option<String>,
    text: String,
}

pub(super) fn document(content: &str) -> Result<Document, GuidelineError> {
    let file: File = toml::from_str(content)
        .map_err(|e| GuidelineError::Toml(text::clean_line(&e.to_string())))?;
    let kept = |text: &Option<String>| text.as_deref().map(line).filter(|t| !t.is_empty());
    let mut passages: Vec<Passage> = file.passage.into_iter().flat_map(passages).collect();
    for criterion in &file.criterion {
        add(&mut passages, criterion)?;
    }
    for passage in passages.iter_mut().filter(|p| p.text.is_empty()) {
        passage.text = passage.criteria.join(" ");
    }
    passages.retain(|passage| !passage.text.is_empty());
    Ok(Document {
        key: None,
        name: kept(&file.name),
        edition: kept(&file.edition),
        year: file.year,
        effective: (file.effective_from, file.effective_to),
        rank: file.rank,
        licence: kept(&file.licence),
        note: kept(&file.note),
        passages,
    })
}

/// The criteria stand with the first piece of a passage that is too long for one.
fn passages(written: Written) -> Vec<Passage> {
    let kept = |text: Option<String>| text.as_deref().map(line).filter(|t| !t.is_empty());
    let whole = Passage {
        id: line(&written.id),
        heading: written.heading.path(),
        page: written.page,
        page_label: kept(written.page_label),
        kind: kept(written.kind),
        url: kept(written.url),
        ..Passage::default()
    };
    let mut pieces = cut::pieces(&text::clean(&written.text));
    if pieces.is_empty() {
        pieces.push(String::new());
    }
    let mut made: Vec<Passage> = pieces
        .into_iter()
        .map(|text| Passage {
            text,
            ..whole.clone()
        })
        .collect();
    if let Some(first) = made.first_mut() {
        first.criteria = written.criterion.iter().map(|c| line(&c.text)).collect();
    }
    made
}

fn add(passages: &mut Vec<Passage>, criterion: &Criterion) -> Result<(), GuidelineError> {
    let text = line(&criterion.text);
    let Some(id) = &criterion.passage else {
        if passages.is_empty() {
            passages.push(Passage::default());
        }
        passages
            .iter_mut()
            .next_back()
            .into_iter()
            .for_each(|p| p.criteria.push(text.clone()));
        return Ok(());
    };
    let found = passages.iter_mut().find(|passage| passage.id == line(id));
    let passage = found.ok_or_else(|| {
        GuidelineError::Toml(format!(
            "a [[criterion]] names the passage {}, which is not in the file",
            line(id)
        ))
    })?;
    passage.criteria.push(text);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_carry_their_criteria() {
        let document = document(
            "name = \"Own list\"\nedition = \"1\"\nrank = \"C\"\n\
             [[passage]]\nid = \"a\"\nheading = [\"Back\", \"MRI\"]\ntext = \"When.\"\n\
             [[passage.criterion]]\ntext = \"One.\"\n\
             [[criterion]]\npassage = \"a\"\ntext = \"Two.\"\n",
        )
        .unwrap();
        assert_eq!(document.rank, Some(Rank::C));
        assert_eq!(document.passages[0].criteria, ["One.", "Two."]);
        let alone = super::document("[[criterion]]\ntext = \"One.\"\n").unwrap();
        assert_eq!(alone.passages[0].text, "One.");
        for bad in [
            "x = 1",
            "[[criterion]]\npassage = \"z\"\ntext = \"t\"",
            "passage = 3",
        ] {
            assert!(
                matches!(super::document(bad), Err(GuidelineError::Toml(_))),
                "{bad}"
            );
        }
    }
}
