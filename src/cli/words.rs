//! Options that take one word of a fixed list.

use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Reads one of `all` by its word; help and completions name every one.
pub fn one_of<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    word: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let words: Vec<&'static str> = all.iter().map(|t| word(*t)).collect();
    PossibleValuesParser::new(words).try_map(move |typed| {
        let found = all.iter().copied().find(|t| word(*t) == typed);
        found.ok_or("not one of the words")
    })
}
