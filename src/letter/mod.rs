//! Rank 1: content of a determination -> text, Markdown, JSON.
//!
//! The Final Determination in the sections and order of the published letters. [`blocks`] says
//! what the letter says, once; [`plain`] and [`markdown`] walk the blocks. The reviewer's name is
//! not in a [`Content`] and so in no letter (LC 4610.6(f)).
//!
//! # A letter is read back
//! `imr import` makes the same case of a printed letter, also when something has filled its
//! paragraphs to another width or doubled its line ends. It relies on what a human reader relies
//! on, in this order:
//!
//! 1. *Sequence.* An item is a paragraph that ends in `: Upheld` or `: Overturned` and is directly
//!    followed by `Claims Administrator guideline:`, then the organisation's `guideline:`, then
//!    `Decision rationale:`. A section begins with its first heading, in capitals. So a rationale
//!    may well say `Foo: Upheld` or `MAXIMUS guideline: x`: nothing starts there.
//! 2. *Numbers.* Several items are numbered `1. `, `2. `, ...; so is a single one whose request
//!    itself begins like a number.
//! 3. *Quotation marks.* Where the words of the case file or of the reviewer hold the very words
//!    that begin an item, a rationale or a section (see [`crate::model::quoting`]), these stand in
//!    quotation marks, as one quotes a heading; words that stand so already get a further pair.
//!    The letter then says so in its first section, and only then does the reader take one pair
//!    away. What was signed keeps its words; JSON prints them bare.
//!
//! Not kept: how wide the gaps between words were, and which of one or more line ends parted two
//! paragraphs.

mod blocks;
mod json;
mod markdown;
mod plain;
mod view;

use crate::model::{CaseFile, Content, Date, Reviewer, SealedInfo};
pub use blocks::GAPS;
pub use plain::{Paragraph, ParagraphKind};
use view::View;

/// The letter as text, wrapped at 95 columns.
pub fn text(content: &Content) -> String {
    plain::print(&blocks::of(&View::of_content(content)))
}

/// The letter as Markdown, one line a paragraph; characters that Markdown reads are escaped.
pub fn markdown(content: &Content) -> String {
    markdown::print(&blocks::of(&View::of_content(content)))
}

/// The same content as JSON, with the keys of a case in JSON.
pub fn json(content: &Content) -> String {
    json::print(content, None)
}

/// [`json`] with the hash (hex SHA-256) under which the content was sealed.
pub fn json_sealed(content: &Content, hash: &str) -> String {
    json::print(content, Some(hash))
}

/// The letter of a sealed determination: what was signed, whatever the draft says meanwhile.
pub fn of_sealed(sealed: &SealedInfo) -> String {
    text(&sealed.content)
}

/// [`of_sealed`] paragraph by paragraph, each on one line, for whoever has a width of his own.
pub fn sealed_paragraphs(sealed: &SealedInfo) -> Vec<Paragraph> {
    plain::paragraphs(&blocks::of(&View::of_content(&sealed.content)))
}

/// The letter as it would read if it were signed on `day`; what is missing stands as
/// `[not yet decided]`, `[no rationale yet]`, `[no citation yet]`.
pub fn preview(file: &CaseFile, reviewer: &Reviewer, organisation: &str, day: Date) -> String {
    plain::print(&blocks::of(&View::of_file(
        file,
        reviewer,
        organisation,
        day,
    )))
}

/// [`preview`] paragraph by paragraph, each on one line, for whoever has a width of his own.
pub fn preview_paragraphs(
    file: &CaseFile,
    reviewer: &Reviewer,
    organisation: &str,
    day: Date,
) -> Vec<Paragraph> {
    plain::paragraphs(&blocks::of(&View::of_file(
        file,
        reviewer,
        organisation,
        day,
    )))
}

#[cfg(test)]
mod tests;
