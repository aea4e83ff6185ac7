//! The header block, in its three orders: two columns, a block of labels before a block of
//! values, one label and one value a line.

use super::lines::{Line, one_line};
use crate::model::{CaseNumber, Date, Header, Patient, Priority, date};
use regex::Regex;
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Number,
    Assigned,
    Decided,
    Priority,
    Injury,
    UrDenial,
    Received,
    RecordsComplete,
}

/// Bytes; of anything longer, a cover letter say, the end is read.
const LONGEST: usize = 8_000;

/// Labels in lower case; a longer one stands before its own tail.
const LABELS: [(&str, Field); 15] = [
    ("imr case number:", Field::Number),
    ("case number:", Field::Number),
    ("date assigned:", Field::Assigned),
    ("decision date:", Field::Decided),
    ("priority:", Field::Priority),
    ("date of injury:", Field::Injury),
    ("ur denial date:", Field::UrDenial),
    ("ur decision date:", Field::UrDenial),
    ("date of ur decision:", Field::UrDenial),
    ("imr application received:", Field::Received),
    ("application received:", Field::Received),
    ("date records complete:", Field::RecordsComplete),
    ("records complete date:", Field::RecordsComplete),
    ("records complete:", Field::RecordsComplete),
    ("application", Field::Received),
];

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Number(CaseNumber),
    Day(Date),
    Priority(Priority),
}

impl Value {
    fn fits(&self, field: Field) -> bool {
        match self {
            Self::Number(_) => field == Field::Number,
            Self::Priority(_) => field == Field::Priority,
            Self::Day(_) => !matches!(field, Field::Number | Field::Priority),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Label(Field),
    Value(Value),
    /// Something that is neither: the value of a label we do not know, or an unreadable one.
    Word,
}

/// The patient as our own letters print it; `None` where the header has no such line.
pub fn patient(lines: &[Line]) -> Option<Patient> {
    let header = one_line(lines);
    let (_, stated) = header.split_once("Patient:")?;
    Some(super::patient::read(stated))
}

/// Reads what is there; what is missing or no date stays `None`.
pub fn read(lines: &[Line]) -> Header {
    let text = one_line(lines);
    let start = text.ceil_char_boundary(text.len().saturating_sub(LONGEST));
    let tokens = tokens(text.get(start..).unwrap_or_default());
    let mut header = Header::default();
    let found = if is_block(&tokens) {
        by_blocks(&tokens)
    } else {
        by_pairs(&tokens)
    };
    for (field, value) in found {
        set(&mut header, field, value);
    }
    header
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (token, len) = label(rest)
            .or_else(|| value(rest))
            .unwrap_or_else(|| (Token::Word, word_len(rest, c)));
        tokens.push(token);
        rest = rest.get(len..).unwrap_or_default().trim_start();
    }
    tokens.dedup_by(|a, b| *a == Token::Word && *b == Token::Word);
    tokens
}

fn word_len(rest: &str, first: char) -> usize {
    rest.find(char::is_whitespace)
        .unwrap_or(rest.len())
        .max(first.len_utf8())
}

fn label(rest: &str) -> Option<(Token, usize)> {
    LABELS.iter().find_map(|(name, field)| {
        let head = rest.get(..name.len())?;
        head.eq_ignore_ascii_case(name)
            .then_some((Token::Label(*field), name.len()))
    })
}

fn value(rest: &str) -> Option<(Token, usize)> {
    static SHAPES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?x)^(?:
            (?P<number>(?:CM|IMR|ED)?\s?\d{2}-\d{6,7})
            |(?P<day>\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\d{4}-\d{2}-\d{2}|[A-Z][a-z]{2,8}\.?\ \d{1,2},\ \d{4})
            |(?P<priority>(?i)standard|expedited)
            )(?:\s|$)",
        )
        .ok()
    });
    let found = SHAPES.as_ref()?.captures(rest)?;
    let (value, len) = if let Some(m) = found.name("number") {
        (Value::Number(m.as_str().parse().ok()?), m.end())
    } else if let Some(m) = found.name("day") {
        (Value::Day(date::parse(m.as_str())?), m.end())
    } else {
        let m = found.name("priority")?;
        (Value::Priority(Priority::parse(m.as_str())?), m.end())
    };
    Some((Token::Value(value), len))
}

/// Do two or more labels stand together before their values?
fn is_block(tokens: &[Token]) -> bool {
    let is = |i: usize, f: fn(&Token) -> bool| tokens.get(i).is_some_and(f);
    let labels = (0..tokens.len()).filter(|i| is(*i, |t| matches!(t, Token::Label(_))));
    let (paired, bare): (Vec<usize>, Vec<usize>) =
        labels.partition(|i| is(i + 1, |t| !matches!(t, Token::Label(_))));
    bare.len() > paired.len()
}

fn by_pairs(tokens: &[Token]) -> Vec<(Field, Value)> {
    let mut found = Vec::new();
    let mut label = None;
    for token in tokens {
        match token {
            Token::Label(field) => label = Some(*field),
            Token::Value(value) => {
                if let Some(field) = label.take().filter(|f| value.fits(*f)) {
                    found.push((field, value.clone()));
                }
            }
            Token::Word => {}
        }
    }
    found
}

/// Values go to the labels of their kind in order; where their counts differ, which one is
/// missing cannot be known, and nothing is guessed.
fn by_blocks(tokens: &[Token]) -> Vec<(Field, Value)> {
    let mut found = Vec::new();
    let mut labels: Vec<Field> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    for token in tokens {
        match token {
            Token::Label(field) => {
                if !values.is_empty() {
                    found.extend(matched(&labels, &values));
                    labels.clear();
                    values.clear();
                }
                labels.push(*field);
            }
            Token::Value(value) => values.push(value.clone()),
            Token::Word => {}
        }
    }
    found.extend(matched(&labels, &values));
    found
}

fn matched(labels: &[Field], values: &[Value]) -> Vec<(Field, Value)> {
    let mut found = Vec::new();
    for field in labels {
        let of_kind: Vec<&Value> = values.iter().filter(|v| v.fits(*field)).collect();
        let mates: Vec<&Field> = labels
            .iter()
            .filter(|l| of_kind.iter().any(|v| v.fits(**l)))
            .collect();
        if of_kind.len() != mates.len() {
            continue;
        }
        let place = mates.iter().position(|l| *l == field);
        if let Some(value) = place.and_then(|p| of_kind.get(p)) {
            found.push((*field, (*value).clone()));
        }
    }
    found
}

/// The first value of a field counts.
fn set(header: &mut Header, field: Field, value: Value) {
    let day = match value {
        Value::Number(number) => {
            header.number.get_or_insert(number);
            return;
        }
        Value::Priority(priority) => {
            header.priority.get_or_insert(priority);
            return;
        }
        Value::Day(day) => day,
    };
    let place = match field {
        Field::Assigned => &mut header.assigned_date,
        Field::Decided => &mut header.decided_date,
        Field::Injury => &mut header.injury_date,
        Field::UrDenial => &mut header.ur_denial_date,
        Field::Received => &mut header.application_received_date,
        Field::RecordsComplete => &mut header.records_complete_date,
        Field::Number | Field::Priority => return,
    };
    place.get_or_insert(day);
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    const LAID_OUT: &str = "Case Number:   CM16-0000001\n\
        Date Assigned: 12/05/2016          Date of Injury:   10/14/2016\n\
        Decision Date: 12/30/2016          UR Denial Date:   11/16/2016\n\
        Priority:      Standard            Application       11/28/2016\n\
                                           Received:\n";
    const BLOCKS: &str = "Case Number:\nDate Assigned:\nDecision Date:\nPriority:\n\nCM16-0000001\n\
        12/05/2016\n12/30/2016\nStandard\n\nDate of Injury:\nUR Denial Date:\nApplication\n\
        Received:\n\n10/14/2016\n11/16/2016\n11/28/2016\n";
    const ONE_COLUMN: &str = "Decision Date: 12/30/16\nPriority: standard\n\
        Case Number: CM16-0000001\nApplication Received: 2016-11-28\nDate of Injury: 10-14-2016\n\
        UR Denial Date: November 16, 2016\nDate Assigned: 12/5/2016";

    #[test]
    fn three_orders_one_header() {
        let want = read(&split(LAID_OUT));
        assert!(want.number.is_some() && want.application_received_date.is_some());
        for text in [BLOCKS, ONE_COLUMN] {
            assert_eq!(read(&split(text)), want, "{text}");
        }
    }

    #[test]
    fn a_missing_value_is_not_guessed() {
        let gap = read(&split(&LAID_OUT.replace("12/05/2016", "          ")));
        assert_eq!(gap.assigned_date, None);
        assert_eq!(gap.injury_date, date::parse("10/14/2016"));
        let gap = read(&split(&BLOCKS.replace("12/30/2016\n", "")));
        assert_eq!((gap.assigned_date, gap.decided_date), (None, None));
        assert_eq!(gap.priority, Some(Priority::Standard));
        let bad = read(&split(&LAID_OUT.replace("10/14/2016", "13/45/2016")));
        assert_eq!(bad.injury_date, None);
    }
}
