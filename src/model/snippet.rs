//! Snippets: sentences with fields, which a case fills in. What is not known stays as a blank that
//! everybody sees: `[exam finding]`. No snippet decides anything.

use super::request::Category;
use super::snippet_fields::{self, Facts};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// One snippet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// What it is called.
    pub name: String,
    /// For requests of these categories; none means for all.
    pub categories: Vec<Category>,
    /// Its sentences, fields in braces.
    pub text: String,
    /// The reviewer's own?
    pub is_own: bool,
}

/// A field of a text: `{finding:exam}`.
static FIELD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\{([^{}\n]*)\}").ok());
/// A blank: words in brackets that begin with a small letter, `[sic]` apart.
static BLANK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\[([a-z][a-z0-9 ,;:/'-]*)\]").ok());
/// In brackets in finished prose too.
const PROSE: [&str; 2] = ["sic", "emphasis added"];

/// The fields that a text names: where each stands, braces included, and its name.
pub fn fields(text: &str) -> Vec<(Range<usize>, &str)> {
    let found = FIELD.iter().flat_map(|field| field.captures_iter(text));
    found
        .filter_map(|field| Some((field.get(0)?.range(), field.get(1)?.as_str().trim())))
        .collect()
}

/// Where blanks stand that are still to be filled in.
pub fn blanks(text: &str) -> Vec<Range<usize>> {
    let found = BLANK.iter().flat_map(|blank| blank.captures_iter(text));
    found
        .filter(|blank| {
            blank
                .get(1)
                .is_none_or(|words| !PROSE.contains(&words.as_str()))
        })
        .filter_map(|blank| Some(blank.get(0)?.range()))
        .collect()
}

impl Snippet {
    /// Is it made for requests of this category?
    pub fn fits(&self, category: Category) -> bool {
        self.categories.contains(&category)
    }

    /// For requests of which categories, in words.
    pub fn made_for(&self) -> String {
        match self.categories.as_slice() {
            [] => "any".to_owned(),
            some => {
                let names: Vec<&str> = some.iter().map(|c| c.name()).collect();
                names.join(", ")
            }
        }
    }

    /// Its sentences with every field filled in; a blank where the case does not say.
    pub fn filled(&self, facts: &Facts<'_>) -> String {
        let mut out = String::new();
        let mut rest = 0;
        for (range, name) in fields(&self.text) {
            out.push_str(self.text.get(rest..range.start).unwrap_or_default());
            out.push_str(&snippet_fields::fill(name, facts));
            rest = range.end;
        }
        out.push_str(self.text.get(rest..).unwrap_or_default());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_words_in_brackets_and_nothing_else() {
        let text = "For [what was tried] and [exam finding]; he said \"axe\" [sic], (MRI [brain]) [2] [MRI] [ ].";
        let found: Vec<&str> = blanks(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, ["[what was tried]", "[exam finding]", "[brain]"]);
    }

    #[test]
    fn fields_are_found_with_their_names() {
        let text = "A {item} of { age }, {} and {finding:exam}.";
        let names: Vec<&str> = fields(text).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["item", "age", "", "finding:exam"]);
    }
}
