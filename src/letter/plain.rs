//! Blocks -> text, wrapped at 95 columns.

use super::blocks::Block;
use textwrap::{Options, WordSeparator, WordSplitter};

/// The width of a printed line, in columns.
const WIDTH: usize = 95;

/// The letter as text; paragraphs parted by one blank line, a line end at the end.
pub(super) fn print(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut last: Option<&Block> = None;
    for block in blocks {
        if last.is_some_and(|last| !is_same_list(last, block)) {
            out.push('\n');
        }
        push(&mut out, block);
        last = Some(block);
    }
    out
}

/// Fields and list lines stand together, without a blank line between.
fn is_same_list(a: &Block, b: &Block) -> bool {
    matches!(
        (a, b),
        (Block::Field { .. }, Block::Field { .. }) | (Block::Entry(_), Block::Entry(_))
    )
}

fn push(out: &mut String, block: &Block) {
    match block {
        Block::Heading(heading) => push_wrapped(out, heading, ""),
        Block::Field { label, value } => push_wrapped(out, &format!("{label}: {value}"), ""),
        Block::Para(text) => push_wrapped(out, text, ""),
        Block::Entry(text) => push_wrapped(out, &format!("- {text}"), "  "),
        Block::Item {
            number,
            request,
            decision,
        } => {
            let number = number.map(|n| format!("{n}. ")).unwrap_or_default();
            push_wrapped(out, &format!("{number}{request}:  {decision}"), "");
        }
        Block::Labelled { label, paras } => {
            for (index, para) in paras.iter().enumerate() {
                match index {
                    0 => push_wrapped(out, &format!("{label} {para}"), ""),
                    _ => {
                        out.push('\n');
                        push_wrapped(out, para, "");
                    }
                }
            }
        }
    }
}

/// Wraps between words only: a word is never cut, and none ends a line with its hyphen, since
/// whoever joins the lines again could not tell `pre- and` from a word cut in two.
fn push_wrapped(out: &mut String, text: &str, indent: &str) {
    let options = Options::new(WIDTH)
        .subsequent_indent(indent)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    // A no-break space cannot be in the text: folding made a blank of it.
    let glued = text.replace("- ", "-\u{a0}");
    for line in textwrap::wrap(&glued, options) {
        out.push_str(line.replace('\u{a0}', " ").trim_end());
        out.push('\n');
    }
}
