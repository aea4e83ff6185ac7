//! One file -> the case or cases in it.

use super::files::PathError;
use super::format::{self, Format, NotRead};
use super::letter::{self, Letter, LetterError};
use super::pdf::{Extractor, PdfError};
use super::{case_file, findings};
use crate::model::case_json::CaseJson;
use crate::model::{Case, CaseId, Header, Record, date, text};
use sha2::{Digest, Sha256};

/// A case read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The case, published decisions included.
    pub case: Case,
    /// Hex SHA-256 of the file (of its own bytes, for one of several cases in a file).
    pub digest: String,
    /// What the file is.
    pub format: Format,
    /// The text it was read from, for reading it again.
    pub source_text: String,
    /// Why a letter lists no documents.
    pub records_reason: Option<String>,
    /// Who issued a letter.
    pub organisation: Option<String>,
    /// What the user should know, one sentence each.
    pub notes: Vec<String>,
}

/// Why a file gave no case.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {reason}")]
pub struct IntakeError {
    /// The file, as the caller names it, cleaned.
    pub name: String,
    /// Why.
    pub reason: Reason,
}

/// See [`IntakeError`].
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    /// The path.
    #[error(transparent)]
    Path(#[from] PathError),
    /// The content is of no known format.
    #[error(transparent)]
    NotRead(#[from] NotRead),
    /// The PDF reader.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The letter reader.
    #[error(transparent)]
    Letter(#[from] LetterError),
    /// The case file reader.
    #[error(transparent)]
    CaseFile(#[from] case_file::CaseFileError),
    /// Asked for one.
    #[error("the file holds {0} cases where one was expected")]
    Several(usize),
}

impl IntakeError {
    /// Names a file and the reason.
    pub fn new(name: &str, reason: impl Into<Reason>) -> Self {
        Self {
            name: text::clean_line(name),
            reason: reason.into(),
        }
    }
}

/// Reads a file that holds one case.
///
/// # Errors
/// As [`read_all`], and a file with several cases.
pub fn read(name: &str, bytes: &[u8], pdf: &mut Extractor) -> Result<Imported, IntakeError> {
    let mut all = read_all(name, bytes, pdf)?;
    match (all.pop(), all.len()) {
        (Some(one), 0) => Ok(one),
        (_, more) => Err(IntakeError::new(name, Reason::Several(more + 1))),
    }
}

/// Reads every case of a file (only JSON holds more than one): all of them or none.
///
/// # Errors
/// The file's name with the reason.
pub fn read_all(
    name: &str,
    bytes: &[u8],
    pdf: &mut Extractor,
) -> Result<Vec<Imported>, IntakeError> {
    cases(bytes, pdf).map_err(|reason| IntakeError::new(name, reason))
}

fn cases(bytes: &[u8], pdf: &mut Extractor) -> Result<Vec<Imported>, Reason> {
    let digest = digest(bytes);
    if format::is_pdf(bytes) {
        let content = pdf.pages(bytes.to_vec())?.join("\u{C}");
        return Ok(vec![from_letter(content, digest, Format::Pdf)?]);
    }
    let (content, bad) = format::decode(bytes)?;
    let mut found = match format::of_text(&content)? {
        Format::Json => from_json(&content, &digest)?,
        Format::Toml => {
            let json = case_file::toml(&content)?;
            let note = work_left_out(&json);
            let case = json
                .into_case(&digest)
                .map_err(case_file::CaseFileError::Bad)?;
            vec![from_case(case, digest, Format::Toml, content, note)]
        }
        Format::Letter | Format::Pdf => vec![from_letter(content, digest, Format::Letter)?],
    };
    if bad > 0 {
        let note = format!("{bad} places are not UTF-8 and show as \u{FFFD}");
        found.iter_mut().for_each(|f| f.notes.push(note.clone()));
    }
    Ok(found)
}

fn digest(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_json(content: &str, file: &str) -> Result<Vec<Imported>, Reason> {
    let found = case_file::json(content)?;
    let count = found.len();
    let read = found.into_iter().enumerate().map(|(n, found)| {
        let own = content.get(found.bytes.clone()).unwrap_or_default();
        let (digest, own) = match count {
            1 => (file.to_owned(), content),
            _ => (digest(format!("{n}\n{own}").as_bytes()), own),
        };
        let note = work_left_out(&found.json);
        let case = found
            .json
            .into_case(&digest)
            .map_err(|problem| match count {
                1 => case_file::CaseFileError::Bad(problem),
                _ => case_file::CaseFileError::BadOne {
                    number: n + 1,
                    problem,
                },
            })?;
        Ok(from_case(case, digest, Format::Json, own.to_owned(), note))
    });
    let cases: Result<Vec<Imported>, Reason> = read.collect();
    match cases {
        Ok(cases) if cases.is_empty() => Err(NotRead::Unknown.into()),
        other => other,
    }
}

/// What a case file says in the reviewer's place does not count; the user is told.
fn work_left_out(json: &CaseJson) -> Option<String> {
    let found = json.work().join(", ");
    (!found.is_empty())
        .then(|| format!("not taken over, because the reviewer decides here: {found}"))
}

fn from_case(
    mut case: Case,
    digest: String,
    format: Format,
    source_text: String,
    note: Option<String>,
) -> Imported {
    if case.findings.is_empty() {
        case.findings = findings::read(&case.summary);
    }
    Imported {
        case,
        digest,
        format,
        source_text: text::clean(&source_text),
        records_reason: None,
        organisation: None,
        notes: note.into_iter().collect(),
    }
}

fn from_letter(content: String, digest: String, format: Format) -> Result<Imported, Reason> {
    let letter = letter::read(&content)?;
    let id = letter.header.number.as_ref();
    let mut notes = Vec::new();
    if let Some(item) = letter.breaks_off_in {
        notes.push(format!("the letter seems to break off in item {item}"));
    }
    let records_reason = letter.records_reason.clone();
    let organisation = letter.organisation.clone();
    let case = Case {
        id: id.map_or_else(|| CaseId::local(&digest), CaseId::of),
        findings: findings::read(&letter.summary),
        records: records(&letter),
        header: letter.header,
        patient: letter.patient,
        credentials: letter.credentials,
        summary: letter.summary,
        items: letter.items,
        is_published: true,
        dates: Default::default(),
        interests: Default::default(),
    };
    Ok(Imported {
        case,
        digest,
        format,
        source_text: pages_kept(&content),
        records_reason,
        organisation,
        notes,
    })
}

/// Cleans the text but keeps its form feeds, which tell a later reader where pages end.
fn pages_kept(content: &str) -> String {
    let pages: Vec<String> = content.split('\u{C}').map(text::clean).collect();
    pages.join("\u{C}")
}

/// Title of the record that stands for the letter itself.
pub const OWN_RECORD: &str = "Clinical case summary and requests, from the published letter";
const OWN_KIND: &str = "summary";

/// The listed documents, and the letter itself without anything its reviewer decided or wrote.
fn records(letter: &Letter) -> Vec<Record> {
    let own = Record {
        title: OWN_RECORD.to_owned(),
        kind: OWN_KIND.to_owned(),
        date: letter.header.decided_date,
        pages: vec![format!("{}\n\n{}", facts(letter), requests(letter))],
    };
    let mut records = letter.records.clone();
    let is_own = |r: &Record| r.title == OWN_RECORD && r.kind == OWN_KIND;
    match records.iter_mut().find(|r| is_own(r)) {
        Some(listed) => *listed = own,
        None => records.push(own),
    }
    records
}

fn facts(letter: &Letter) -> String {
    let header = header_lines(&letter.header).join("\n");
    [header.as_str(), &letter.summary]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn header_lines(header: &Header) -> Vec<String> {
    let days = [
        ("Date assigned", header.assigned_date),
        ("Date of injury", header.injury_date),
        ("Decision date", header.decided_date),
        ("UR denial date", header.ur_denial_date),
        ("Application received", header.application_received_date),
        ("Records complete", header.records_complete_date),
    ];
    let number = header.number.as_ref().map(|n| format!("Case number: {n}"));
    let priority = header.priority.map(|p| format!("Priority: {}", p.word()));
    let days = days
        .into_iter()
        .filter_map(|(label, day)| day.map(|d| format!("{label}: {}", date::long(d))));
    number.into_iter().chain(days).chain(priority).collect()
}

fn requests(letter: &Letter) -> String {
    let lines = letter.items.iter().enumerate();
    let lines: Vec<String> = lines
        .map(|(n, item)| format!("{}. {}", n + 1, item.request))
        .collect();
    format!("Requests in dispute:\n\n{}", lines.join("\n\n"))
}
