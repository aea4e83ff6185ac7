//! `config.toml`: who reviews, for which organisation, and how the program looks.

use super::problem::{self, Problem};
use super::profile;
use super::source::Source;
use super::theme::Borders;
use super::views::{self, VIEW_FIELDS};
use crate::model::text::clean_line;
use crate::model::{OwnView, Reviewer};
use jiff::SignedDuration;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// Longest text a field takes, in characters.
const MAX_CHARS: usize = 200;

/// How frames are drawn, by name.
const BORDERS: [(&str, Borders); 3] = [
    ("line", Borders::Line),
    ("ascii", Borders::Ascii),
    ("none", Borders::None),
];

/// Whether the terminal's clipboard is written, by name. It is never read.
const CLIPBOARD: [(&str, bool); 2] = [("off", false), ("osc52", true)];

/// Whether a frame is wrapped in the terminal's synchronised-output marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SyncOutput {
    /// Where the terminal is known to take them.
    #[default]
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

impl SyncOutput {
    const ALL: [(&'static str, Self); 3] =
        [("auto", Self::Auto), ("on", Self::On), ("off", Self::Off)];
}

fn pick<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.iter().find(|(w, _)| *w == word).map(|(_, t)| *t)
}

/// `config.toml` over the defaults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Who signs.
    pub reviewer: Reviewer,
    /// Whose letters these are; empty where not set.
    pub organisation: String,
    /// Name of the theme.
    pub theme: String,
    /// Line of the file that names it; who knows the themes checks the name.
    pub theme_line: Option<usize>,
    /// How frames are drawn, where it is not left to the theme.
    pub borders: Option<Borders>,
    /// Synchronised output.
    pub sync: SyncOutput,
    /// Does what is copied go to the terminal's clipboard too (OSC 52)?
    pub clipboard: bool,
    /// The screen locks after so long without a key, where a passphrase is set; `None`: never by
    /// itself.
    pub lock_after: Option<SignedDuration>,
    /// The store file, where it is not the usual one.
    pub store: Option<PathBuf>,
    /// Views of the queue of the reviewer's own.
    pub views: Vec<OwnView>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            reviewer: Reviewer::default(),
            organisation: String::new(),
            theme: "terminal".to_owned(),
            theme_line: None,
            borders: None,
            sync: SyncOutput::default(),
            clipboard: false,
            lock_after: Some(SignedDuration::from_mins(5)),
            store: None,
            views: Vec::new(),
        }
    }
}

impl Config {
    /// Makes a store path of the file absolute: `~/` is the home folder, any other relative path
    /// starts at the config folder.
    pub fn anchor_store(&mut self, dir: &Path) {
        let Some(store) = self.store.take() else {
            return;
        };
        let home = std::env::home_dir();
        self.store = Some(match (store.strip_prefix("~"), home) {
            (Ok(rest), Some(home)) => home.join(rest),
            _ => dir.join(store),
        });
    }
}

/// One key of the file: everything that reads, documents or writes the file walks this table.
#[derive(Debug)]
pub struct Field {
    /// Table, empty for the top of the file.
    pub table: &'static str,
    /// Key in the table.
    pub key: &'static str,
    /// What it is, one line.
    pub doc: &'static str,
    /// A value as it stands in the file.
    pub example: &'static str,
    set: fn(&mut Config, &DeValue) -> Result<(), String>,
}

/// Every key of `config.toml`, in the order of a new file.
pub const FIELDS: &[Field] = &[
    Field {
        table: "",
        key: "organisation",
        doc: "Whose letters these are: fills the letter's opening and the guideline label.",
        example: "\"Example Review Organisation\"",
        set: |c, v| line(v).map(|text| c.organisation = text),
    },
    Field {
        table: "",
        key: "theme",
        doc: "A built-in theme or a file in themes/ without .toml; `imr themes` lists them.",
        example: "\"terminal\"",
        set: |c, v| line(v).map(|text| c.theme = text),
    },
    Field {
        table: "",
        key: "borders",
        doc: "How frames are drawn: line, ascii or none.",
        example: "\"line\"",
        set: |c, v| one_of(&BORDERS, v).map(|b| c.borders = Some(b)),
    },
    Field {
        table: "",
        key: "sync",
        doc: "Draw frames as one (synchronised output): auto, on or off.",
        example: "\"auto\"",
        set: |c, v| one_of(&SyncOutput::ALL, v).map(|s| c.sync = s),
    },
    Field {
        table: "",
        key: "clipboard",
        doc: "Put what is copied on the terminal's clipboard too: osc52, or off.",
        example: "\"off\"",
        set: |c, v| one_of(&CLIPBOARD, v).map(|is_on| c.clipboard = is_on),
    },
    Field {
        table: "",
        key: "lock_after",
        doc: "Lock after so long without a key, once `imr lock --set` has set a passphrase; or off.",
        example: "\"5m\"",
        set: |c, v| pause(v).map(|after| c.lock_after = after),
    },
    Field {
        table: "",
        key: "store",
        doc: "The store file; ~/ is your home, a relative path starts at this folder.",
        example: "\"~/reviews/store.db\"",
        set: |c, v| path(v).map(|path| c.store = Some(path)),
    },
    Field {
        table: "reviewer",
        key: "name",
        doc: "Short name for the event log and the screen; never printed in a letter.",
        example: "\"lee\"",
        set: |c, v| line(v).map(|text| c.reviewer.name = text),
    },
    Field {
        table: "reviewer",
        key: "licensed_in",
        doc: "States of licensure, printed in the letter.",
        example: "[\"California\"]",
        set: |c, v| lines(v).map(|list| c.reviewer.credentials.licensed_in = list),
    },
    Field {
        table: "reviewer",
        key: "certifications",
        doc: "Boards and specialties, printed in the letter.",
        example: "[\"Physical Medicine and Rehabilitation\"]",
        set: |c, v| lines(v).map(|list| c.reviewer.credentials.certifications = list),
    },
    Field {
        table: "reviewer",
        key: "licences",
        doc: "Your licences: state, number, until, restricted; only the state is ever printed.",
        example: "[{ state = \"California\", number = \"A12345\", until = 2027-12-31, restricted = false }]",
        set: |c, v| profile::licences(v).map(|list| c.reviewer.profile.licences = list),
    },
    Field {
        table: "reviewer",
        key: "boards",
        doc: "Your board certifications and until when each is good.",
        example: "[{ name = \"Physical Medicine and Rehabilitation\", until = 2028-06-30 }]",
        set: |c, v| profile::boards(v).map(|list| c.reviewer.profile.boards = list),
    },
    Field {
        table: "reviewer",
        key: "hours",
        doc: "Hours of active practice a week; a reviewer has at least 24.",
        example: "30",
        set: |c, v| profile::number(v, 168).map(|n| c.reviewer.profile.hours = Some(n)),
    },
    Field {
        table: "reviewer",
        key: "years",
        doc: "Years of active practice; a reviewer has at least 5.",
        example: "12",
        set: |c, v| profile::number(v, 90).map(|n| c.reviewer.profile.years = Some(n)),
    },
    Field {
        table: "reviewer",
        key: "qme",
        doc: "Are you a Qualified Medical Evaluator? Those review nothing since 2014.",
        example: "false",
        set: |c, v| profile::yes_or_no(v).map(|is| c.reviewer.profile.is_qme = is),
    },
    Field {
        table: "reviewer",
        key: "affiliations",
        doc: "Whom you or your family work for, with, or own over 5 % of: compared with the parties.",
        example: "[\"Example Medical Group\"]",
        set: |c, v| lines(v).map(|list| c.reviewer.profile.affiliations = list),
    },
];

/// Reads `config.toml`; what is wrong is added to `problems`, the rest counts.
pub fn read(source: &Source, problems: &mut Vec<Problem>) -> Config {
    let mut config = Config::default();
    let table = source.table(problems);
    read_table(source, "", &table, &mut config, problems);
    profile::complete(&mut config.reviewer);
    config
}

fn read_table(
    source: &Source,
    name: &str,
    table: &DeTable<'_>,
    config: &mut Config,
    problems: &mut Vec<Problem>,
) {
    for (key, value) in table {
        let word = key.get_ref().as_ref();
        let field = FIELDS.iter().find(|f| f.table == name && f.key == word);
        match (field, value.get_ref()) {
            (Some(field), found) => {
                if (name, word) == ("", "theme") {
                    config.theme_line = Some(source.place(key.span().start).0);
                }
                if let Err(message) = (field.set)(config, found) {
                    let message = format!("{word} {message}");
                    problems.push(source.problem(value.span(), &message));
                }
            }
            (None, DeValue::Table(inner)) if name.is_empty() && is_table(word) => {
                read_table(source, word, inner, config, problems);
            }
            (None, found) if (name, word) == ("", "view") => {
                config.views = views::read(source, value.span(), found, problems);
            }
            _ => {
                let message = problem::unknown("key", word, &valid_keys(name));
                problems.push(source.problem(key.span(), &message));
            }
        }
    }
}

fn is_table(name: &str) -> bool {
    FIELDS.iter().any(|f| f.table == name)
}

fn valid_keys(table: &str) -> Vec<&'static str> {
    let mut keys: Vec<_> = FIELDS
        .iter()
        .filter(|f| f.table == table)
        .map(|f| f.key)
        .collect();
    if table.is_empty() {
        keys.extend(FIELDS.iter().map(|f| f.table).filter(|t| !t.is_empty()));
        keys.dedup();
        keys.push("view");
    }
    keys
}

pub(super) fn line(value: &DeValue) -> Result<String, String> {
    let DeValue::String(text) = value else {
        return Err(format!("takes a text in quotes, not {}", kind(value)));
    };
    let text = clean_line(text);
    if text.chars().count() > MAX_CHARS {
        return Err(format!("takes at most {MAX_CHARS} characters"));
    }
    Ok(text)
}

fn lines(value: &DeValue) -> Result<Vec<String>, String> {
    const WANT: &str = "takes a list of texts such as [\"California\"]";
    let DeValue::Array(values) = value else {
        return Err(format!("{WANT}, not {}", kind(value)));
    };
    let list: Result<Vec<String>, String> = values.iter().map(|v| line(v.get_ref())).collect();
    list.map_err(|_| WANT.to_owned())
}

/// `30s`, `5m`, `1h`, or `off`; at least a second, at most a day.
fn pause(value: &DeValue) -> Result<Option<SignedDuration>, String> {
    const WANT: &str = "takes a time such as \"30s\", \"5m\" or \"1h\", or \"off\"";
    const DAY: i64 = 86_400;
    let word = line(value).map_err(|_| WANT)?;
    if word == "off" {
        return Ok(None);
    }
    const UNITS: [(char, i64); 3] = [('s', 1), ('m', 60), ('h', 3600)];
    let split = |(unit, seconds): &(char, i64)| Some((word.strip_suffix(*unit)?, *seconds));
    let (number, seconds) = UNITS.iter().find_map(split).ok_or(WANT)?;
    let number: i64 = number.parse().map_err(|_| WANT)?;
    let total = number
        .checked_mul(seconds)
        .filter(|all| (1..=DAY).contains(all));
    let total = total.ok_or("takes a time from one second to a day")?;
    Ok(Some(SignedDuration::from_secs(total)))
}

fn path(value: &DeValue) -> Result<PathBuf, String> {
    let DeValue::String(text) = value else {
        return Err(format!("takes a path in quotes, not {}", kind(value)));
    };
    if text.is_empty() || text.contains('\0') {
        return Err("takes the path of a file".to_owned());
    }
    Ok(PathBuf::from(text.as_ref()))
}

fn one_of<T: Copy>(table: &[(&str, T)], value: &DeValue) -> Result<T, String> {
    let words: Vec<&str> = table.iter().map(|(word, _)| *word).collect();
    let word = line(value).map_err(|_| format!("takes one of {}", words.join(", ")))?;
    pick(table, &word).ok_or_else(|| {
        let message = problem::unknown("value", &word, &words);
        format!("has an {message}")
    })
}

pub(super) fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A new `config.toml`: every key explained and commented out.
pub fn template() -> String {
    let mut out = String::from("# Settings of imr. Every key is optional.\n");
    let mut table = "";
    for field in FIELDS {
        if field.table != table {
            table = field.table;
            out.push_str(&format!("\n[{table}]\n"));
        }
        out.push_str(&format!(
            "\n# {}\n# {} = {}\n",
            field.doc, field.key, field.example
        ));
    }
    out.push_str("\n# A view of the queue of your own; as many as you like.\n# [[view]]\n");
    for field in VIEW_FIELDS {
        out.push_str(&format!(
            "\n# {}\n# {} = {}\n",
            field.doc, field.key, field.example
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Config, Vec<String>) {
        let source = Source {
            name: "config.toml".into(),
            text: text.into(),
        };
        let mut problems = Vec::new();
        let config = read(&source, &mut problems);
        problems.sort_by_key(|p| p.line);
        (config, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn every_field_is_read_as_documented() {
        let filled = template()
            .replace("\n# ", "\n")
            .replace("Settings of imr. Every key is optional.", "");
        let text: String = filled
            .lines()
            .filter(|l| l.starts_with('[') || l.contains(" = "))
            .map(|l| format!("{l}\n"))
            .collect();
        let (config, problems) = read_text(&text);
        assert_eq!(problems, Vec::<String>::new(), "{text}");
        assert_eq!(config.organisation, "Example Review Organisation");
        assert_eq!(config.reviewer.name, "lee");
        assert_eq!(config.reviewer.credentials.licensed_in, ["California"]);
        assert_eq!(config.store, Some(PathBuf::from("~/reviews/store.db")));
        assert_eq!(config.views.len(), 1);
        let profile = &config.reviewer.profile;
        assert_eq!(profile.licences[0].number, "A12345");
        assert_eq!(
            (profile.hours, profile.years, profile.is_qme),
            (Some(30), Some(12), false)
        );
        assert_eq!((profile.boards.len(), profile.affiliations.len()), (1, 1));
        let (plain, problems) = read_text(&template());
        assert_eq!((plain, problems), (Config::default(), Vec::new()));
    }

    #[test]
    fn wrong_lines_are_named_and_good_ones_count() {
        let (config, problems) = read_text(
            "organization = \"X\"\ntheme = 7\nborders = \"asci\"\n\n[reviewer]\nname = \"lee\"\nlicensed_in = \"California\"\n",
        );
        assert_eq!(config.reviewer.name, "lee");
        assert_eq!(config.theme, "terminal");
        assert_eq!(
            problems,
            [
                "config.toml:1:1: unknown key \"organization\"; did you mean \"organisation\"?",
                "config.toml:2:9: theme takes a text in quotes, not a number",
                "config.toml:3:11: borders has an unknown value \"asci\"; did you mean \"ascii\"?",
                "config.toml:7:15: licensed_in takes a list of texts such as [\"California\"], not a text",
            ]
        );
    }

    #[test]
    fn own_views_are_checked_and_the_right_ones_count() {
        let (config, problems) = read_text(
            "[[view]]\nname = \"Spine\"\nquery = \"req:spine due:<5d\"\nsort = \"injury\"\ndescending = true\n\
             [[view]]\nname = \"Bad\"\nquery = \"due:soon\"\n\
             [[view]]\nname = \"Worse\"\nsort = \"injry\"\nquerry = \"x\"\nof = \"opn\"\n\
             [[view]]\nquery = \"x\"\n\
             [[view]]\nname = \"my OPEN\"\n",
        );
        assert_eq!(
            config.views,
            [OwnView {
                name: "Spine".into(),
                query: "req:spine due:<5d".into(),
                sort: crate::model::Sort::Injury,
                descending: true,
                ..OwnView::default()
            }]
        );
        assert_eq!(
            problems,
            [
                "config.toml:8:9: query does not read: due: does not take \"soon\", but 3d, <3d, >2w, <17h, overdue, today, none, published or a date.",
                "config.toml:11:8: sort has an unknown value \"injry\"; did you mean \"injury\"?",
                "config.toml:12:1: unknown key \"querry\"; did you mean \"query\"?",
                "config.toml:13:6: of has an unknown value \"opn\"; did you mean \"open\"?",
                "config.toml:14:1: a view needs a name",
                "config.toml:16:1: there is another view \"my OPEN\"",
            ]
        );
        let (_, problems) = read_text("view = 3\n");
        assert_eq!(problems.len(), 1, "{problems:?}");
    }

    #[test]
    fn times_are_read_and_others_named() {
        let after = |text: &str| read_text(&format!("lock_after = {text}\n"));
        for (text, seconds) in [("\"90s\"", 90), ("\"15m\"", 900), ("\"1h\"", 3600)] {
            let (config, problems) = after(text);
            assert_eq!(config.lock_after, Some(SignedDuration::from_secs(seconds)));
            assert!(problems.is_empty());
        }
        assert_eq!(after("\"off\"").0.lock_after, None);
        for text in [
            "5", "\"\"", "\"5\"", "\"0s\"", "\"-5m\"", "\"99h\"", "\"é\"", "true",
        ] {
            let (config, problems) = after(text);
            assert_eq!(config, Config::default(), "{text}");
            assert!(
                problems[0].contains("lock_after takes a time"),
                "{problems:?}"
            );
        }
    }

    #[test]
    fn text_from_the_file_is_cleaned() {
        let (config, _) = read_text("[reviewer]\nname = \"a\\u001b[2J\\u202eb\"\n");
        assert_eq!(config.reviewer.name, "a<U+001B>[2J<U+202E>b");
    }

    #[test]
    fn store_paths_start_somewhere() {
        let mut config = Config {
            store: Some("a/b.db".into()),
            ..Config::default()
        };
        config.anchor_store(Path::new("/etc/imr"));
        assert_eq!(config.store, Some("/etc/imr/a/b.db".into()));
        config.anchor_store(Path::new("/elsewhere"));
        assert_eq!(config.store, Some("/etc/imr/a/b.db".into()));
    }
}
