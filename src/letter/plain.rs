//! Blocks -> paragraphs, and paragraphs -> text, wrapped at 95 columns.

use super::blocks::Block;
use textwrap::{Options, WordSeparator, WordSplitter};

/// The width of a printed line, in columns.
const WIDTH: usize = 95;
/// Before the further lines of a list's entry.
const HANGING: &str = "  ";

/// What a paragraph of the letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphKind {
    /// A section's heading.
    Heading,
    /// A label and a value of the header.
    Field,
    /// What was asked, and the answer.
    Item,
    /// One line of a list; its further lines hang by two columns.
    Entry,
    /// Anything else.
    Body,
}

/// One paragraph of the letter, on one line: whoever shows it breaks it to his own width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// What it says.
    pub text: String,
    /// Does it stand directly below the one before, without a blank line?
    pub is_joined: bool,
}

impl Paragraph {
    /// What its further lines begin with.
    pub fn indent(&self) -> &'static str {
        match self.kind {
            ParagraphKind::Entry => HANGING,
            _ => "",
        }
    }
}

/// The letter as text; paragraphs parted by one blank line, a line end at the end.
pub(super) fn print(blocks: &[Block]) -> String {
    let mut out = String::new();
    for paragraph in paragraphs(blocks) {
        if !out.is_empty() && !paragraph.is_joined {
            out.push('\n');
        }
        push_wrapped(&mut out, &paragraph);
    }
    out
}

/// The letter paragraph by paragraph. Fields and list lines stand together.
pub(super) fn paragraphs(blocks: &[Block]) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    for (kind, text) in blocks.iter().flat_map(texts) {
        let is_list = matches!(kind, ParagraphKind::Field | ParagraphKind::Entry);
        let is_joined = is_list && out.last().is_some_and(|last| last.kind == kind);
        out.push(Paragraph {
            kind,
            text,
            is_joined,
        });
    }
    out
}

fn texts(block: &Block) -> Vec<(ParagraphKind, String)> {
    use ParagraphKind as K;
    match block {
        Block::Heading(heading) => vec![(K::Heading, (*heading).to_owned())],
        Block::Field { label, value } => vec![(K::Field, format!("{label}: {value}"))],
        Block::Para(text) => vec![(K::Body, text.clone())],
        Block::Entry(text) => vec![(K::Entry, format!("- {text}"))],
        Block::Item {
            number,
            request,
            decision,
        } => {
            let number = number.map(|n| format!("{n}. ")).unwrap_or_default();
            vec![(K::Item, format!("{number}{request}:  {decision}"))]
        }
        Block::Labelled { label, paras } => {
            let text = |(index, para): (usize, &String)| match index {
                0 => (K::Body, format!("{label} {para}")),
                _ => (K::Body, para.clone()),
            };
            paras.iter().enumerate().map(text).collect()
        }
    }
}

/// Wraps between words only: a word is never cut, and none ends a line with its hyphen, since
/// whoever joins the lines again could not tell `pre- and` from a word cut in two.
fn push_wrapped(out: &mut String, paragraph: &Paragraph) {
    let options = Options::new(WIDTH)
        .subsequent_indent(paragraph.indent())
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    // A no-break space cannot be in the text: folding made a blank of it.
    let glued = paragraph.text.replace("- ", "-\u{a0}");
    for line in textwrap::wrap(&glued, options) {
        out.push_str(line.replace('\u{a0}', " ").trim_end());
        out.push('\n');
    }
}
