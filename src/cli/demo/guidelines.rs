//! Practice guidelines of our own writing, with lists of criteria.

use crate::intake::guideline;
use crate::intake::pdf::{Extractor, Reader};
use crate::library::{self, Given};
use crate::store::Store;
use jiff::Timestamp;

const ALL: [&str; 2] = [
    include_str!("guidelines/back-procedures.toml"),
    include_str!("guidelines/imaging-and-therapy.toml"),
];

/// Brings them in.
///
/// # Errors
/// One that does not read; a test keeps that from being built. Or no room.
pub fn add(store: &mut Store, now: Timestamp) -> anyhow::Result<()> {
    let mut no_pdf = Extractor::new(Reader::own()?);
    for text in ALL {
        let file = guideline::read(text.as_bytes(), &mut no_pdf)?;
        library::add(store, file, &Given::default(), now)?;
    }
    Ok(())
}
