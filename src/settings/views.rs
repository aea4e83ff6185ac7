//! `[[view]]` in `config.toml`: views of the queue of the reviewer's own.
//!
//! ```toml
//! [[view]]
//! name = "Spine, soon"                  # required
//! query = 'req:spine due:<5d'           # a filter, as behind /
//! of = "open"                           # a part of which built-in view
//! sort = "injury"                       # a column
//! descending = true
//! ```

use super::config::{kind, line};
use super::problem::{self, Problem};
use super::source::Source;
use crate::model::{Filter, OwnView, Sort, View};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A view's name must fit the list of views.
const NAME: usize = 24;

/// One key of a view.
#[derive(Debug)]
pub struct ViewField {
    /// Key.
    pub key: &'static str,
    /// What it is, one line.
    pub doc: &'static str,
    /// A value as it stands in the file.
    pub example: &'static str,
    set: fn(&mut OwnView, &DeValue) -> Result<(), String>,
}

/// Every key of a view, in the order of a new file.
pub const VIEW_FIELDS: &[ViewField] = &[
    ViewField {
        key: "name",
        doc: "What the view is called, here and for `imr list --view`; required.",
        example: "\"Spine, soon\"",
        set: |view, value| name(value).map(|name| view.name = name),
    },
    ViewField {
        key: "query",
        doc: "Which cases: a filter.",
        example: "\"req:spine due:<5d\"",
        set: |view, value| query(value).map(|query| view.query = query),
    },
    ViewField {
        key: "of",
        doc: "Of which built-in view it is a part: open, overdue, expedited, undecided, signed, closed or all.",
        example: "\"open\"",
        set: |view, value| named(&View::ALL, View::word, value).map(|of| view.of = of),
    },
    ViewField {
        key: "sort",
        doc: "The column it is sorted by: due, number, priority, patient, injury, items, request or state.",
        example: "\"due\"",
        set: |view, value| named(&Sort::ALL, Sort::word, value).map(|sort| view.sort = sort),
    },
    ViewField {
        key: "descending",
        doc: "The other way round: true or false.",
        example: "false",
        set: |view, value| match value {
            DeValue::Boolean(yes) => {
                view.descending = *yes;
                Ok(())
            }
            other => Err(format!("takes true or false, not {}", kind(other))),
        },
    },
];

/// Reads every `[[view]]`; a wrong one is told and left out.
pub fn read(
    source: &Source,
    span: Range<usize>,
    value: &DeValue,
    problems: &mut Vec<Problem>,
) -> Vec<OwnView> {
    let mut views: Vec<OwnView> = Vec::new();
    let DeValue::Array(tables) = value else {
        let message = "view is a list of tables: begin each with [[view]]";
        problems.push(source.problem(span, message));
        return views;
    };
    for table in tables {
        let view = match table.get_ref() {
            DeValue::Table(fields) => one(source, table.span(), fields, problems),
            other => {
                let message = format!("view is a table, not {}", kind(other));
                problems.push(source.problem(table.span(), &message));
                None
            }
        };
        match view {
            Some(view) if is_taken(&view.name, &views) => {
                let message = format!("there is another view \"{}\"", view.name);
                problems.push(source.problem(table.span(), &message));
            }
            view => views.extend(view),
        }
    }
    views
}

/// Is it the name of another view, built in or not, whatever the size of its letters?
fn is_taken(name: &str, views: &[OwnView]) -> bool {
    let name = name.to_lowercase();
    let built_in = View::ALL
        .iter()
        .flat_map(|view| [view.word(), view.title()]);
    let own = views.iter().map(|view| view.name.as_str());
    built_in
        .chain(own)
        .any(|other| other.to_lowercase() == name)
}

fn one(
    source: &Source,
    span: Range<usize>,
    fields: &DeTable<'_>,
    problems: &mut Vec<Problem>,
) -> Option<OwnView> {
    let mut view = OwnView::default();
    let before = problems.len();
    for (key, value) in fields {
        let word = key.get_ref().as_ref();
        match VIEW_FIELDS.iter().find(|field| field.key == word) {
            Some(field) => {
                if let Err(message) = (field.set)(&mut view, value.get_ref()) {
                    let message = format!("{word} {message}");
                    problems.push(source.problem(value.span(), &message));
                }
            }
            None => {
                let keys: Vec<&str> = VIEW_FIELDS.iter().map(|field| field.key).collect();
                let message = problem::unknown("key", word, &keys);
                problems.push(source.problem(key.span(), &message));
            }
        }
    }
    let is_right = problems.len() == before;
    if view.name.is_empty() && is_right {
        problems.push(source.problem(span, "a view needs a name"));
        return None;
    }
    is_right.then_some(view)
}

fn name(value: &DeValue) -> Result<String, String> {
    let name = line(value)?.trim().to_owned();
    match name.chars().count() {
        0 => Err("takes a text that is not empty".to_owned()),
        n if n > NAME => Err(format!("takes at most {NAME} characters")),
        _ => Ok(name),
    }
}

fn query(value: &DeValue) -> Result<String, String> {
    let query = line(value)?;
    match Filter::parse(&query) {
        Ok(_) => Ok(query),
        Err(why) => Err(format!("does not read: {why}")),
    }
}

fn named<T: Copy>(all: &[T], word: fn(T) -> &'static str, value: &DeValue) -> Result<T, String> {
    let words: Vec<&str> = all.iter().map(|t| word(*t)).collect();
    let typed = line(value).map_err(|_| format!("takes one of {}", words.join(", ")))?;
    let found = all.iter().copied().find(|t| word(*t) == typed);
    found.ok_or_else(|| {
        let message = problem::unknown("value", &typed, &words);
        format!("has an {message}")
    })
}
