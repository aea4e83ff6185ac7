//! Decision tables: CSV of published decisions, a line each -> precedents, one after the other.
//!
//! The columns are told by their headings, whatever their order; commas, semicolons and tabs part
//! them. Such a table says what was asked for and how it was decided, seldom why: it can be
//! searched for precedents and holds nothing that could be decided again.

use super::csv_lines::{Line, Lines, NoLine, cells};
use super::import::Imported;
use super::{files, format::Format};
use crate::model::{
    Case, CaseId, CaseNumber, Citation, Credentials, Dates, Decision, Header, Interests, Item,
    Patient, Published, Sex, Ur, date, text,
};
use std::fs::File;
use std::io::{self, BufRead, BufReader};

/// What stands where a line names no treatment.
const NOT_STATED: &str = "treatment not stated";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Number,
    Day,
    Diagnosis,
    Treatment,
    Decision,
    Kind,
    Age,
    Sex,
    Summary,
    Rationale,
    Citations,
}

/// Headings, folded, as tables of decisions have them.
const HEADINGS: [(Field, &[&str]); 11] = [
    (
        Field::Number,
        &[
            "reference id",
            "reference",
            "case number",
            "case",
            "number",
            "id",
        ],
    ),
    (
        Field::Day,
        &[
            "report year",
            "year",
            "decision date",
            "determination date",
            "date",
        ],
    ),
    (
        Field::Diagnosis,
        &[
            "diagnosis category",
            "diagnosis sub category",
            "diagnosis",
            "diagnoses",
        ],
    ),
    (
        Field::Treatment,
        &[
            "treatment category",
            "treatment sub category",
            "treatment",
            "request",
            "disputed item/service",
            "disputed item",
            "item",
        ],
    ),
    (Field::Decision, &["determination", "decision", "outcome"]),
    (Field::Kind, &["type"]),
    (Field::Age, &["age range", "age", "patient age"]),
    (Field::Sex, &["patient gender", "gender", "sex"]),
    (Field::Summary, &["summary", "clinical case summary"]),
    (
        Field::Rationale,
        &["findings", "rationale", "decision rationale", "reasons"],
    ),
    (
        Field::Citations,
        &["citations", "citation", "guidelines", "guideline"],
    ),
];

/// Why a line gave no precedent.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// The file cannot be read on.
    #[error("line {line}: cannot be read: {source}")]
    Unreadable {
        /// From 1.
        line: usize,
        /// What the system says.
        source: io::Error,
    },
    /// Longer than 1 MiB.
    #[error("line {0}: longer than 1 MiB, or a quotation mark is not closed")]
    TooLong(usize),
    /// Neither upheld nor overturned.
    #[error("line {0}: says neither upheld nor overturned")]
    NoDecision(usize),
}

/// A table, read line by line.
pub struct DecisionTable<R> {
    lines: Lines<R>,
    columns: Vec<Option<Field>>,
    is_over: bool,
}

/// Opens a file, if it is a decision table.
///
/// # Errors
/// The file cannot be read.
pub fn open(
    found: &files::Found,
) -> Result<Option<DecisionTable<BufReader<File>>>, files::PathError> {
    let lines = BufReader::new(files::open(found)?);
    Ok(DecisionTable::new(lines))
}

/// Is this the first line of a decision table?
pub fn is_heading(line: &str) -> bool {
    cells(line).is_some_and(|cells| columns(&cells).is_some())
}

/// What each column holds; `None` unless a treatment and a decision are among them.
fn columns(headings: &[String]) -> Option<Vec<Option<Field>>> {
    let columns: Vec<Option<Field>> = headings.iter().map(|cell| field(cell)).collect();
    let has = |field| columns.contains(&Some(field));
    (has(Field::Treatment) && has(Field::Decision)).then_some(columns)
}

fn field(heading: &str) -> Option<Field> {
    let heading = text::fold(heading).to_lowercase().replace('_', " ");
    let found = HEADINGS
        .iter()
        .find(|(_, names)| names.contains(&heading.as_str()));
    found.map(|(field, _)| *field)
}

impl<R: BufRead> DecisionTable<R> {
    /// Reads the headings; `None` where they are not those of a decision table.
    pub fn new(lines: R) -> Option<Self> {
        let mut lines = Lines::new(lines)?;
        let head = lines.next_line().ok()??;
        Some(Self {
            columns: columns(&head.cells)?,
            lines,
            is_over: false,
        })
    }

    fn row(&self, line: &Line) -> Result<Imported, LineError> {
        let first = line.number;
        let cell = |wanted: Field| {
            let named = self.columns.iter().zip(&line.cells);
            let of_field = named.filter(|(field, _)| **field == Some(wanted));
            let cells = of_field.map(|(_, cell)| text::clean(cell).trim().to_owned());
            cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>()
        };
        let decision = cell(Field::Decision).iter().find_map(|said| decision(said));
        let decision = decision.ok_or(LineError::NoDecision(first))?;
        let digest = super::import::digest(format!("{first}\n{}", line.text).as_bytes());
        let number = cell(Field::Number).into_iter().next();
        let number = number.map(|number| text::clean_line(&number));
        let known: Option<CaseNumber> = number.as_ref().and_then(|n| n.parse().ok());
        let case = Case {
            id: id(number.as_deref(), &digest),
            header: Header {
                number: known,
                decided_date: cell(Field::Day).iter().find_map(|day| date::parse(day)),
                ..Header::default()
            },
            patient: Patient {
                age: cell(Field::Age).iter().find_map(|age| age.parse().ok()),
                sex: cell(Field::Sex).iter().find_map(|sex| sex_of(sex)),
            },
            credentials: Credentials::default(),
            summary: summary(&cell, first),
            findings: Vec::new(),
            items: vec![item(&cell, decision)],
            records: Vec::new(),
            is_published: true,
            dates: Dates::default(),
            interests: Interests::default(),
        };
        Ok(Imported {
            case,
            digest,
            format: Format::Table,
            source_text: text::clean(&line.text),
            records_reason: None,
            organisation: None,
            notes: Vec::new(),
        })
    }
}

impl<R: BufRead> Iterator for DecisionTable<R> {
    type Item = Result<Imported, LineError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        match self.lines.next_line() {
            Ok(Some(line)) => return Some(self.row(&line)),
            Ok(None) => self.is_over = true,
            Err(error) => {
                self.is_over = true;
                return Some(Err(LineError::at(self.lines.line, error)));
            }
        }
        None
    }
}

impl LineError {
    fn at(line: usize, why: NoLine) -> Self {
        match why {
            NoLine::Unreadable(source) => Self::Unreadable { line, source },
            NoLine::TooLong => Self::TooLong(line),
        }
    }
}

fn id(number: Option<&str>, digest: &str) -> CaseId {
    match number.filter(|number| (1..=64).contains(&number.len())) {
        Some(number) => CaseId::typed(number),
        None => CaseId::local(digest),
    }
}

fn decision(said: &str) -> Option<Decision> {
    const SAID: [(&str, Decision); 6] = [
        ("uphold", Decision::Upheld),
        ("upheld", Decision::Upheld),
        ("not medically necessary", Decision::Upheld),
        ("overturn", Decision::Overturned),
        ("partially overturn", Decision::Overturned),
        ("medically necessary", Decision::Overturned),
    ];
    let said = said.to_lowercase();
    let found = SAID.iter().find(|(start, _)| said.starts_with(start));
    found.map(|(_, decision)| *decision)
}

fn sex_of(said: &str) -> Option<Sex> {
    let is = |sex: &Sex| {
        let word = sex.word();
        said.eq_ignore_ascii_case(word) || said.eq_ignore_ascii_case(word.get(..1).unwrap_or(word))
    };
    [Sex::Female, Sex::Male].into_iter().find(is)
}

/// The narrower words first: `MRI: Diagnostic Imaging, Screening and Testing`.
fn item(cell: &impl Fn(Field) -> Vec<String>, decision: Decision) -> Item {
    let mut asked = cell(Field::Treatment);
    asked.reverse();
    if asked.len() > 1 {
        asked.retain(|said| !said.eq_ignore_ascii_case("other"));
    }
    let request = match asked.is_empty() {
        true => NOT_STATED.to_owned(),
        false => text::fold(&asked.join(": ")),
    };
    let block = cell(Field::Citations).join("; ");
    let parts = block
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let citations = parts.filter_map(|part| Citation::parse(part.starts_with("MTUS "), part));
    Item {
        request,
        ur: Ur::default(),
        published: Some(Published {
            decision,
            citations: citations.collect(),
            text: block,
            rationale: cell(Field::Rationale).join("\n\n"),
        }),
    }
}

/// What is known of the case, in sentences. The reference and the line tell two cases apart of
/// which a table says the same.
fn summary(cell: &impl Fn(Field) -> Vec<String>, line: usize) -> String {
    let diagnosis = cell(Field::Diagnosis).join(", ");
    let diagnosis = (!diagnosis.is_empty()).then(|| format!("Diagnosis: {diagnosis}."));
    let list = |name: &str, field| {
        let said = cell(field).join(", ");
        (!said.is_empty()).then(|| format!("{name} {said}."))
    };
    let facts = [
        diagnosis,
        list("Age", Field::Age),
        list("Decided", Field::Day),
        list("Kind of review:", Field::Kind),
        list("Reference", Field::Number),
        Some(format!("Line {line} of a decision table.")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let mut paragraphs = cell(Field::Summary);
    paragraphs.push(facts.join(" "));
    paragraphs.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TABLE: &str = "\u{FEFF}Reference ID;Report Year;Diagnosis Category;Treatment Category;\
Treatment Sub Category;Determination;Age Range;Patient Gender;Findings\r\n\
MN16-1;2016;Orthopedic;Diagnostic Imaging;MRI;Upheld Decision of Health Plan;41-50;Female;\"She said \"\"no\"\".\nTwice; twice.\"\r\n\
\r\n\
;2015;Orthopedic;Orthopedic;Other;Withdrawn;;;\n\
EI15-2;2015;;Orthopedic;Other;Overturned Decision of Health Plan;65+;M;";

    fn read(text: &str) -> Vec<Result<Imported, LineError>> {
        DecisionTable::new(text.as_bytes())
            .map(Iterator::collect)
            .unwrap_or_default()
    }

    #[test]
    fn a_line_is_a_precedent_and_a_bad_line_is_named() {
        let rows = read(TABLE);
        assert_eq!(rows.len(), 3);
        let first = rows[0].as_ref().unwrap();
        let item = &first.case.items[0];
        assert_eq!(first.case.id.as_str(), "MN16-1");
        assert_eq!(item.request, "MRI: Diagnostic Imaging");
        let published = item.published.as_ref().unwrap();
        assert_eq!(published.decision, Decision::Upheld);
        assert_eq!(published.rationale, "She said \"no\".\nTwice; twice.");
        assert_eq!(first.case.patient.sex, Some(Sex::Female));
        assert!(
            first
                .case
                .summary
                .starts_with("Diagnosis: Orthopedic. Age 41-50. Decided 2016.")
        );
        let error = rows[1].as_ref().unwrap_err().to_string();
        assert_eq!(error, "line 5: says neither upheld nor overturned");
        let last = rows[2].as_ref().unwrap();
        assert_eq!(last.case.items[0].request, "Orthopedic");
        assert_eq!(last.case.patient.sex, Some(Sex::Male));
    }

    #[test]
    fn what_is_no_decision_table_is_none() {
        for text in [
            "",
            "a,b,c\n1,2,3",
            "Date,Decision\n",
            "# notes",
            "\"Treatment,Decision\"",
        ] {
            assert!(!is_heading(text), "{text}");
            assert!(read(text).is_empty());
        }
        assert!(is_heading("treatment\tdecision"));
    }

    #[test]
    fn a_mark_within_a_cell_is_a_mark() {
        let rows = read("Treatment,Decision\n5\" brace,upheld\nCT,upheld\n");
        let asked: Vec<String> = rows
            .into_iter()
            .map(|r| r.unwrap().case.items[0].request.clone())
            .collect();
        assert_eq!(asked, ["5\" brace", "CT"]);
    }

    #[test]
    fn a_mark_that_is_not_closed_ends_the_table() {
        let rows = read("Treatment,Decision\nMRI,upheld\n\"MRI,upheld\nCT,upheld");
        assert_eq!(rows.len(), 2);
        assert!(matches!(rows[1], Err(LineError::TooLong(3))));
    }

    proptest! {
        #[test]
        fn anything_goes(tail in any::<String>(), cells in "[a-z\",;\n]{0,60}") {
            for body in [&tail, &cells] {
                for row in read(&format!("Treatment;Decision\n{body}")) {
                    let clean = row.map(|row| text::is_clean(&row.case.summary));
                    prop_assert!(clean.unwrap_or(true));
                }
            }
        }
    }
}
