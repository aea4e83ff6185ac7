//! What `[reviewer]` says of licences and boards, value by value.

use super::config::{kind, line};
use super::problem;
use crate::model::{Board, Date, Licence, Reviewer, date};
use toml::de::{DeTable, DeValue};

/// Reads a list of licences.
pub(super) fn licences(value: &DeValue) -> Result<Vec<Licence>, String> {
    const WANT: &str = "takes a list such as [{ state = \"California\", number = \"A12345\" }]";
    let read = |table: &DeTable| {
        let mut licence = Licence::default();
        for (key, value) in table {
            let (word, value) = (key.get_ref().as_ref(), value.get_ref());
            match word {
                "state" => licence.state = within(word, line(value))?,
                "number" => licence.number = within(word, line(value))?,
                "until" => licence.expires = Some(within(word, day(value))?),
                "restricted" => licence.is_restricted = within(word, yes_or_no(value))?,
                other => return Err(unknown(other, &["state", "number", "until", "restricted"])),
            }
        }
        match licence.state.is_empty() {
            true => Err("needs a state in each licence".to_owned()),
            false => Ok(licence),
        }
    };
    each(value, WANT, read)
}

/// Reads a list of board certifications.
pub(super) fn boards(value: &DeValue) -> Result<Vec<Board>, String> {
    const WANT: &str = "takes a list such as [{ name = \"Orthopaedic Surgery\" }]";
    let read = |table: &DeTable| {
        let mut board = Board::default();
        for (key, value) in table {
            let (word, value) = (key.get_ref().as_ref(), value.get_ref());
            match word {
                "name" => board.name = within(word, line(value))?,
                "until" => board.until = Some(within(word, day(value))?),
                other => return Err(unknown(other, &["name", "until"])),
            }
        }
        match board.name.is_empty() {
            true => Err("needs a name in each board".to_owned()),
            false => Ok(board),
        }
    };
    each(value, WANT, read)
}

fn each<T>(
    value: &DeValue,
    want: &str,
    read: impl Fn(&DeTable) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    let DeValue::Array(values) = value else {
        return Err(format!("{want}, not {}", kind(value)));
    };
    let one = |value: &DeValue| match value {
        DeValue::Table(table) => read(table),
        other => Err(format!("{want}; in it stands {}", kind(other))),
    };
    values.iter().map(|value| one(value.get_ref())).collect()
}

fn within<T>(key: &str, read: Result<T, String>) -> Result<T, String> {
    read.map_err(|why| format!("has a {key} that {why}"))
}

fn unknown(key: &str, known: &[&str]) -> String {
    format!("has an {}", problem::unknown("key", key, known))
}

/// Letters name states and boards: where only licences and boards are given, those.
pub(super) fn complete(reviewer: &mut Reviewer) {
    let (profile, credentials) = (&reviewer.profile, &mut reviewer.credentials);
    if credentials.licensed_in.is_empty() {
        credentials.licensed_in = profile.licences.iter().map(|l| l.state.clone()).collect();
        credentials.licensed_in.dedup();
    }
    if credentials.certifications.is_empty() {
        credentials.certifications = profile.boards.iter().map(|b| b.name.clone()).collect();
    }
}

pub(super) fn yes_or_no(value: &DeValue) -> Result<bool, String> {
    match value {
        DeValue::Boolean(yes) => Ok(*yes),
        other => Err(format!("takes true or false, not {}", kind(other))),
    }
}

pub(super) fn number(value: &DeValue, most: u32) -> Result<u32, String> {
    let want = || format!("takes a number from 0 to {most}");
    let typed = value.as_integer().ok_or_else(want)?;
    let n = u32::from_str_radix(typed.as_str(), typed.radix()).map_err(|_| want())?;
    (n <= most).then_some(n).ok_or_else(want)
}

/// A day as TOML writes it, in quotes or not.
pub(super) fn day(value: &DeValue) -> Result<Date, String> {
    let typed = match value {
        DeValue::Datetime(typed) => typed.to_string(),
        DeValue::String(typed) => typed.to_string(),
        _ => String::new(),
    };
    date::parse(&typed).ok_or_else(|| "takes a day such as 2027-01-01".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::settings::config;
    use crate::settings::source::Source;

    fn read(text: &str) -> (config::Config, Vec<String>) {
        let source = Source {
            name: "config.toml".into(),
            text: format!("[reviewer]\n{text}"),
        };
        let mut problems = Vec::new();
        let config = config::read(&source, &mut problems);
        (config, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let cases = [
            (
                "licences = \"California\"",
                "2:12: licences takes a list such as",
            ),
            (
                "licences = [{ number = \"A1\" }]",
                "licences needs a state in each licence",
            ),
            (
                "licences = [{ state = \"CA\", untill = 2027-01-01 }]",
                "licences has an unknown key \"untill\"; did you mean \"until\"?",
            ),
            (
                "boards = [{ name = \"X\", until = \"soon\" }]",
                "boards has a until that takes a day such as 2027-01-01",
            ),
            ("hours = 200", "hours takes a number from 0 to 168"),
            ("qme = \"no\"", "qme takes true or false, not a text"),
        ];
        for (text, expected) in cases {
            let (_, problems) = read(text);
            assert_eq!(problems.len(), 1, "{text}: {problems:?}");
            assert!(problems[0].contains(expected), "{problems:?}");
        }
    }

    #[test]
    fn licences_and_boards_are_credentials_where_none_are_given() {
        let text = "licences = [{ state = \"Nevada\" }]\nboards = [{ name = \"Neurology\" }]\n";
        let (config, problems) = read(text);
        assert_eq!(problems, Vec::<String>::new());
        let credentials = &config.reviewer.credentials;
        assert_eq!(credentials.licensed_in, ["Nevada"]);
        assert_eq!(credentials.certifications, ["Neurology"]);
        let (config, _) = read(&format!("{text}licensed_in = [\"California\"]\n"));
        assert_eq!(config.reviewer.credentials.licensed_in, ["California"]);
    }
}
