//! `snippets.toml`: sentences with fields of the reviewer's own, beside the built-in ones.
//!
//! ```toml
//! [[snippet]]
//! name = "Knee MRI too early"           # required
//! for = ["imaging"]                     # categories of requests; without it, for all
//! text = "{cited} asks for [criteria]. {finding:exam}."   # required
//! ```

use super::config::{kind, line};
use super::problem::{self, Problem};
use super::source::Source;
use crate::model::request::Category;
use crate::model::snippet::{self, Snippet};
use crate::model::snippet_fields;
use crate::model::text::clean;
use std::ops::Range;
use std::sync::LazyLock;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Most characters of a name: it must fit the list.
const NAME: usize = 48;
/// Most characters of a text.
const TEXT: usize = 4_000;
/// Keys of a snippet.
const KEYS: [&str; 3] = ["name", "for", "text"];

/// The built-in snippets, read when they are first asked for.
pub fn built_in() -> &'static [Snippet] {
    static BUILT_IN: LazyLock<Vec<Snippet>> = LazyLock::new(|| {
        let source = Source {
            name: "snippets.toml".to_owned(),
            text: include_str!("snippets.toml").to_owned(),
        };
        let mut all = read(&source, &mut Vec::new());
        all.iter_mut().for_each(|snippet| snippet.is_own = false);
        all
    });
    &BUILT_IN
}

/// The reviewer's own snippets, then the built-in ones of other names.
pub fn with_own(own: &[Snippet]) -> Vec<Snippet> {
    let is_free = |name: &str| !own.iter().any(|o| o.name.eq_ignore_ascii_case(name));
    let others = built_in().iter().filter(|snippet| is_free(&snippet.name));
    own.iter().chain(others).cloned().collect()
}

/// Reads every `[[snippet]]`; a wrong one is told. One with an unknown field is kept: the field
/// stays a blank.
pub fn read(source: &Source, problems: &mut Vec<Problem>) -> Vec<Snippet> {
    let mut snippets: Vec<Snippet> = Vec::new();
    for (key, value) in source.table(problems) {
        if key.get_ref() != "snippet" {
            let message = problem::unknown("key", key.get_ref(), &["snippet"]);
            problems.push(source.problem(key.span(), &message));
            continue;
        }
        let DeValue::Array(tables) = value.get_ref() else {
            let message = "snippet is a list of tables: begin each with [[snippet]]";
            problems.push(source.problem(value.span(), message));
            continue;
        };
        for table in tables {
            match one(source, table, problems) {
                Some(new) if snippets.iter().any(|s| s.name == new.name) => {
                    let message = format!("there is another snippet \"{}\"", new.name);
                    problems.push(source.problem(table.span(), &message));
                }
                new => snippets.extend(new),
            }
        }
    }
    snippets
}

fn one(
    source: &Source,
    table: &Spanned<DeValue<'_>>,
    problems: &mut Vec<Problem>,
) -> Option<Snippet> {
    let DeValue::Table(fields) = table.get_ref() else {
        let message = format!("snippet is a table, not {}", kind(table.get_ref()));
        problems.push(source.problem(table.span(), &message));
        return None;
    };
    let mut snippet = Snippet {
        is_own: true,
        ..Snippet::default()
    };
    let before = problems.len();
    for (key, value) in fields {
        if let Err((span, message)) = set(&mut snippet, key.get_ref(), value) {
            let at = if span.is_empty() { key.span() } else { span };
            problems.push(source.problem(at, &message));
        }
    }
    let is_right = problems.len() == before;
    if is_right && (snippet.name.is_empty() || snippet.text.is_empty()) {
        problems.push(source.problem(table.span(), "a snippet needs a name and a text"));
        return None;
    }
    tell_unknown_fields(source, fields, problems);
    is_right.then_some(snippet)
}

/// Where it is wrong (an empty range: at the key), and what.
type Wrong = (Range<usize>, String);

fn set(snippet: &mut Snippet, key: &str, value: &Spanned<DeValue<'_>>) -> Result<(), Wrong> {
    let at = |message: String| (value.span(), format!("{key} {message}"));
    match key {
        "name" => snippet.name = short(value.get_ref(), NAME).map_err(at)?,
        "text" => snippet.text = sentences(value.get_ref()).map_err(at)?,
        "for" => snippet.categories = categories(value)?,
        _ => return Err((0..0, problem::unknown_of("key", key, &KEYS))),
    }
    Ok(())
}

fn short(value: &DeValue<'_>, most: usize) -> Result<String, String> {
    let text = line(value)?.trim().to_owned();
    match text.chars().count() {
        0 => Err("takes a text that is not empty".to_owned()),
        n if n > most => Err(format!("takes at most {most} characters")),
        _ => Ok(text),
    }
}

/// Paragraphs are kept; how lines are broken in the file is not.
fn sentences(value: &DeValue<'_>) -> Result<String, String> {
    let DeValue::String(text) = value else {
        return Err(format!("takes a text, not {}", kind(value)));
    };
    let text = clean(text);
    let paragraphs = text.split("\n\n");
    let folded = paragraphs.map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
    let text = folded
        .filter(|p| !p.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n");
    match text.chars().count() {
        0 => Err("takes a text that is not empty".to_owned()),
        n if n > TEXT => Err(format!("takes at most {TEXT} characters")),
        _ => Ok(text),
    }
}

/// Categories by name, or all of a group: `imaging`, `rehabilitation`.
fn categories(value: &Spanned<DeValue<'_>>) -> Result<Vec<Category>, Wrong> {
    let DeValue::Array(names) = value.get_ref() else {
        let message = format!("for takes a list of texts, not {}", kind(value.get_ref()));
        return Err((value.span(), message));
    };
    let mut found = Vec::new();
    for name in names {
        let word = line(name.get_ref()).map_err(|m| (name.span(), format!("for {m}")))?;
        let named = Category::ALL
            .into_iter()
            .filter(|c| c.name() == word || c.group() == word);
        let before = found.len();
        found.extend(named);
        if found.len() == before {
            let valid: Vec<&str> = Category::ALL.iter().map(|c| c.name()).collect();
            return Err((name.span(), problem::unknown_of("category", &word, &valid)));
        }
    }
    Ok(found)
}

/// Each at its own place in the file.
fn tell_unknown_fields(source: &Source, table: &DeTable<'_>, problems: &mut Vec<Problem>) {
    let text = table.iter().find(|(key, _)| key.get_ref() == "text");
    let Some(span) = text.map(|(_, value)| value.span()) else {
        return;
    };
    let raw = source.text.get(span.clone()).unwrap_or_default();
    let valid = snippet_fields::names();
    let valid: Vec<&str> = valid.iter().map(String::as_str).collect();
    for (at, name) in snippet::fields(raw) {
        if !valid.contains(&name) {
            let message = problem::unknown_of("field", name, &valid);
            let at = span.start + at.start..span.start + at.end;
            problems.push(source.problem(at, &message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::snippet::blanks;
    use proptest::prelude::*;

    fn read_text(text: &str) -> (Vec<Snippet>, Vec<String>) {
        let source = Source {
            name: "snippets.toml".into(),
            text: text.into(),
        };
        let mut problems = Vec::new();
        let snippets = read(&source, &mut problems);
        (snippets, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_snippet_is_read() {
        let (snippets, problems) = read_text(
            "[[snippet]]\nname = \"Early\"\nfor = [\"imaging\", \"rehabilitation\"]\ntext = \"\"\"\nOne\n{item}.\n\nTwo.\"\"\"\n",
        );
        assert_eq!(problems, [""; 0]);
        assert_eq!(snippets[0].text, "One {item}.\n\nTwo.");
        assert!(snippets[0].fits(Category::Imaging) && snippets[0].fits(Category::Acupuncture));
        assert!(snippets[0].is_own && !snippets[0].fits(Category::Surgery));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let (snippets, problems) = read_text(
            "[[snippet]]\nname = \"A\"\ntext = \"\"\"\nFor {itm} and\n{finding:exams}.\"\"\"\n\n[[snippet]]\nname = \"B\"\nfor = [\"imagin\"]\ntext = \"x\"\n\n[[snippet]]\nnme = \"C\"\n",
        );
        let names: Vec<&str> = snippets.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["A"], "an unknown field stays a blank");
        let starts = |n: usize, text: &str| {
            assert!(problems[n].starts_with(text), "{}", problems[n]);
        };
        starts(
            0,
            "snippets.toml:4:5: unknown field \"itm\"; did you mean \"item\"?",
        );
        starts(
            1,
            "snippets.toml:5:1: unknown field \"finding:exams\"; did you mean \"finding:exam\"?",
        );
        starts(
            2,
            "snippets.toml:9:8: unknown category \"imagin\"; did you mean \"imaging\"?",
        );
        starts(
            3,
            "snippets.toml:13:1: unknown key \"nme\"; did you mean \"name\"?",
        );
        assert_eq!(problems.len(), 4);
    }

    #[test]
    fn own_ones_take_the_place_of_built_in_ones() {
        let name = built_in()[0].name.clone();
        let own = [Snippet {
            name: name.to_uppercase(),
            is_own: true,
            ..Snippet::default()
        }];
        let all = with_own(&own);
        assert_eq!(all.len(), built_in().len());
        assert!(all[0].is_own);
        assert!(!all.iter().any(|s| s.name == name));
    }

    #[test]
    fn built_in_ones_are_sound_and_decide_nothing() {
        let (snippets, problems) = read_text(include_str!("snippets.toml"));
        assert_eq!(problems, [""; 0]);
        assert!(snippets.len() >= 20, "{}", snippets.len());
        for snippet in &snippets {
            let text = snippet.text.to_lowercase();
            for word in ["medically necessary", "upheld", "overturned", "certified"] {
                assert!(!text.contains(word), "{} decides", snippet.name);
            }
            let brackets = snippet.text.matches('[').count();
            assert_eq!(blanks(&snippet.text).len(), brackets, "{}", snippet.name);
        }
        for category in Category::ALL.into_iter().filter(|c| *c != Category::Other) {
            let fits = snippets.iter().any(|s| s.fits(category));
            assert!(fits, "none for {}", category.name());
        }
    }

    proptest! {
        #[test]
        fn any_file_is_read(text in "(\\[\\[snippet\\]\\]\n|name = \"\\PC{0,9}\"\n|text = \"(\\{|\\}|item|:|\\PC){0,9}\"\n|for = \\[\"imaging\"\\]\n|\\PC){0,12}") {
            read_text(&text);
        }
    }
}
