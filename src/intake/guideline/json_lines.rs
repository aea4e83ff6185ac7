//! JSON lines: one passage a line, its document named in each.

use super::cut;
use super::{Document, GuidelineError, line};
use crate::model::{Passage, text};
use serde::Deserialize;
use std::collections::HashMap;

/// One line as written; keys that we do not know are let be.
#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    doc: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    year: Option<i16>,
    #[serde(default)]
    edition: Option<String>,
    #[serde(default)]
    page: Option<u32>,
    #[serde(default)]
    page_label: Option<String>,
    #[serde(default)]
    heading: Headings,
    #[serde(default)]
    kind: Option<String>,
    text: String,
    #[serde(default)]
    licence: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    criteria: Vec<String>,
}

/// A path, or one heading.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Headings {
    Path(Vec<String>),
    One(String),
    None(()),
}

impl Default for Headings {
    fn default() -> Self {
        Self::None(())
    }
}

impl Headings {
    /// Outermost first, fit to be kept.
    pub(super) fn path(self) -> Vec<String> {
        let path = match self {
            Self::Path(path) => path,
            Self::One(one) => vec![one],
            Self::None(()) => Vec::new(),
        };
        path.iter()
            .map(|h| line(h))
            .filter(|h| !h.is_empty())
            .collect()
    }
}

/// The documents, in the order in which they first come.
pub(super) fn documents(content: &str) -> Result<Vec<Document>, GuidelineError> {
    let (mut documents, mut places): (Vec<Document>, HashMap<String, usize>) = Default::default();
    for (number, written) in (1..)
        .zip(content.lines())
        .filter(|(_, l)| !l.trim().is_empty())
    {
        let written: Written =
            serde_json::from_str(written).map_err(|error| wrong(number, &error))?;
        let named = written.doc.as_ref().or(written.title.as_ref());
        let key = named.map(|name| line(name)).unwrap_or_default();
        let place = *places.entry(key).or_insert_with(|| {
            documents.push(document(&written));
            documents.len() - 1
        });
        if let Some(document) = documents.get_mut(place) {
            document.passages.extend(passages(written));
        }
    }
    Ok(documents)
}

fn wrong(line: usize, error: &serde_json::Error) -> GuidelineError {
    let what = text::clean_line(&error.to_string());
    GuidelineError::Line {
        line,
        what: format!("not a passage as a JSON object ({what})"),
    }
}

fn document(written: &Written) -> Document {
    let kept = |text: &Option<String>| text.as_deref().map(line).filter(|t| !t.is_empty());
    Document {
        key: kept(&written.doc),
        name: kept(&written.title),
        edition: kept(&written.edition),
        year: written.year,
        licence: kept(&written.licence),
        ..Document::default()
    }
}

/// The passage, or its pieces where it is longer than one may be; none where it has no text.
fn passages(written: Written) -> Vec<Passage> {
    let kept = |text: Option<String>| text.as_deref().map(line).filter(|t| !t.is_empty());
    let whole = Passage {
        id: kept(written.id).unwrap_or_default(),
        heading: written.heading.path(),
        page: written.page,
        page_label: kept(written.page_label),
        kind: kept(written.kind),
        url: kept(written.url),
        criteria: written.criteria.iter().map(|c| line(c)).collect(),
        ..Passage::default()
    };
    let pieces = cut::pieces(&text::clean(&written.text)).into_iter();
    pieces
        .map(|text| Passage {
            text,
            ..whole.clone()
        })
        .collect()
}
