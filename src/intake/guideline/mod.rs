//! A guideline's file -> its documents and their passages.
//!
//! ```text
//! json_lines  one passage a line, with its document's title and licence
//! toml_file   passages and their criteria
//! markdown    headings by their marks
//! pages       text with form feeds, PDF: headings by layout, numbering, capitals; printed pages
//! cut         sections -> passages of a length to read at a glance
//! ```

mod cut;
mod headings;
mod json_lines;
mod markdown;
mod pages;
mod toml_file;

use super::format::{self, NotRead};
use super::import::digest;
use super::pdf::{Extractor, PdfError};
use crate::model::{Date, Passage, Rank, text};

/// Most passages taken from one file.
const MOST_PASSAGES: usize = 1_000_000;
/// Longest text of a file that is not a PDF, in bytes: a library of 100,000 passages fits.
const MAX_TEXT: usize = 256 << 20;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// PDF.
    Pdf,
    /// One JSON object a line.
    JsonLines,
    /// TOML.
    Toml,
    /// Text with Markdown headings.
    Markdown,
    /// Text, with form feeds between pages if it has pages.
    Text,
}

impl Format {
    /// For a line to the user.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::JsonLines => "JSON lines",
            Self::Toml => "TOML",
            Self::Markdown => "Markdown",
            Self::Text => "plain text",
        }
    }
}

/// One document of a file: what it says of itself, and its passages, numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its short name in the file, if it has one.
    pub key: Option<String>,
    /// Its title.
    pub name: Option<String>,
    /// Its edition.
    pub edition: Option<String>,
    /// Year of that edition.
    pub year: Option<i16>,
    /// First and last day in force.
    pub effective: (Option<Date>, Option<Date>),
    /// Its legal rank.
    pub rank: Option<Rank>,
    /// What its licence says.
    pub licence: Option<String>,
    /// What else a reader must be told.
    pub note: Option<String>,
    /// In order.
    pub passages: Vec<Passage>,
}

/// A file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuidelineFile {
    /// What it is.
    pub format: Format,
    /// Hex SHA-256 of its bytes.
    pub digest: String,
    /// At least one, none without a passage.
    pub documents: Vec<Document>,
}

/// Why a file gave no passage. Nothing of such a file is taken.
#[derive(Debug, thiserror::Error)]
pub enum GuidelineError {
    /// No text.
    #[error(transparent)]
    NotRead(#[from] NotRead),
    /// The PDF reader.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// A line or key that is not as the format has it.
    #[error("line {line}: {what}")]
    Line {
        /// From 1.
        line: usize,
        /// Half a sentence.
        what: String,
    },
    /// Not the TOML of a guideline.
    #[error("the TOML does not read: {0}")]
    Toml(String),
    /// Nothing in it to read.
    #[error("it has no passage: no text under any heading")]
    NoPassage,
    /// Over the cap.
    #[error("it has more than 1,000,000 passages")]
    TooMany,
}

/// Reads a guideline's file, whole or not at all.
///
/// # Errors
/// What it is not, with the line where there is one.
pub fn read(bytes: &[u8], pdf: &mut Extractor) -> Result<GuidelineFile, GuidelineError> {
    let digest = digest(bytes);
    if format::is_pdf(bytes) {
        let read = pdf.pages(bytes.to_vec())?;
        let document = pages::document(pages::with_sizes(&read));
        return whole(Format::Pdf, digest, vec![document]);
    }
    let (content, _) = format::decode_up_to(bytes, MAX_TEXT)?;
    let format = told(&content);
    let documents = match format {
        Format::JsonLines => json_lines::documents(&content)?,
        Format::Toml => vec![toml_file::document(&content)?],
        Format::Markdown => vec![markdown::document(&content)],
        Format::Text | Format::Pdf => vec![pages::document(pages::of_text(&content))],
    };
    whole(format, digest, documents)
}

fn whole(
    format: Format,
    digest: String,
    mut documents: Vec<Document>,
) -> Result<GuidelineFile, GuidelineError> {
    documents.retain(|document| !document.passages.is_empty());
    if documents.is_empty() {
        return Err(GuidelineError::NoPassage);
    }
    if documents.iter().map(|d| d.passages.len()).sum::<usize>() > MOST_PASSAGES {
        return Err(GuidelineError::TooMany);
    }
    for document in &mut documents {
        for (number, passage) in (1..).zip(&mut document.passages) {
            passage.number = number;
        }
    }
    Ok(GuidelineFile {
        format,
        digest,
        documents,
    })
}

/// The format, by what the text looks like.
fn told(content: &str) -> Format {
    let start = content.trim_start();
    if start.starts_with('{') {
        return Format::JsonLines;
    }
    if format::opens_like_toml(content) {
        return Format::Toml;
    }
    if markdown::is_markdown(content) {
        return Format::Markdown;
    }
    Format::Text
}

/// A line of a file, fit to be kept.
fn line(text: &str) -> String {
    text::clean_line(text)
}

#[cfg(test)]
mod tests {
    use super::super::pdf::Reader;
    use super::*;

    fn read_text(text: &str) -> Result<GuidelineFile, GuidelineError> {
        read(
            text.as_bytes(),
            &mut Extractor::new(Reader::of("/nonexistent")),
        )
    }

    #[test]
    fn the_format_is_told_from_content() {
        assert_eq!(told("\n{\"text\": \"a\"}"), Format::JsonLines);
        assert_eq!(told("# c\nname = \"x\"\n[[passage]]\n"), Format::Toml);
        assert_eq!(
            told("# Low back\n\nText.\n\n## Imaging\n\nText."),
            Format::Markdown
        );
        assert_eq!(told("LOW BACK\n\nText."), Format::Text);
    }

    #[test]
    fn what_gives_nothing_is_an_error() {
        assert!(matches!(
            read_text(""),
            Err(GuidelineError::NotRead(NotRead::Empty))
        ));
        assert!(matches!(read_text(" \n\n"), Err(GuidelineError::NoPassage)));
        assert!(matches!(
            read_text("{\"text\": 3}"),
            Err(GuidelineError::Line { line: 1, .. })
        ));
        assert!(matches!(
            read_text("name = \"x\"\n"),
            Err(GuidelineError::NoPassage)
        ));
    }

    #[test]
    fn passages_are_numbered_and_clean() {
        let read = read_text("{\"text\": \"a\\u001b[2Jb\"}\n{\"text\": \"second\"}\n").unwrap();
        let passages = &read.documents[0].passages;
        assert_eq!(passages[0].text, "a<U+001B>[2Jb");
        assert_eq!(passages[1].number, 2);
    }
}
