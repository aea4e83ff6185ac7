//! One dated fact from the records.

use super::date::{self, Date};
use super::place::{self, Place};
use serde::{Deserialize, Serialize};

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingKind {
    /// Injury, mechanism, diagnoses, past history, work status.
    History,
    /// What the patient reports.
    Complaint,
    /// What the examiner found.
    Exam,
    /// Radiograph, CT, MRI, ultrasound, bone scan.
    Imaging,
    /// EMG and nerve conduction studies.
    Electrodiagnostic,
    /// Blood, urine and other laboratory work.
    Laboratory,
    /// Treatment given, surgery included.
    Treatment,
    /// Drugs taken or prescribed.
    Medication,
    /// What is asked for or intended, and the answer of UR that names it.
    Plan,
    /// None of these: appeals, forms, what is illegible or missing, guidelines.
    Other,
}

impl FindingKind {
    /// All kinds, in the order of a chart.
    pub const ALL: [Self; 10] = [
        Self::History,
        Self::Complaint,
        Self::Exam,
        Self::Imaging,
        Self::Electrodiagnostic,
        Self::Laboratory,
        Self::Treatment,
        Self::Medication,
        Self::Plan,
        Self::Other,
    ];

    /// As shown and stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::History => "history",
            Self::Complaint => "complaint",
            Self::Exam => "exam",
            Self::Imaging => "imaging",
            Self::Electrodiagnostic => "electrodiagnostic",
            Self::Laboratory => "laboratory",
            Self::Treatment => "treatment",
            Self::Medication => "medication",
            Self::Plan => "plan",
            Self::Other => "other",
        }
    }

    /// Reads [`FindingKind::word`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word() == word)
    }
}

/// Where in the case file a finding stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingSource {
    /// `summary`, or the title of a record.
    pub record: String,
    /// Page within the record, from 1; `None` for the summary.
    pub page: Option<u32>,
    /// Sentence within the summary (from 1), or line within the page.
    pub line: u32,
}

/// One dated fact: kind, text, source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Its own date (injury, study, decision), else that of the report it was found in.
    pub date: Option<Date>,
    /// Kind.
    pub kind: FindingKind,
    /// The fact, one line.
    pub text: String,
    /// Where it stands; `None` where the reviewer wrote it.
    pub source: Option<FindingSource>,
}

impl Finding {
    /// As part of a sentence: the date follows in brackets.
    pub fn excerpt(&self) -> String {
        let text = self.text.trim_end_matches(['.', ' ']);
        match self.date {
            Some(day) => format!("{text} ({})", date::long(day)),
            None => text.to_owned(),
        }
    }

    /// Where in the body it is, as far as its own words tell.
    pub fn place(&self) -> Place {
        place::of(&self.text)
    }

    /// On one line, with its day: what shows that a criterion is met or not.
    pub fn as_evidence(&self) -> String {
        let text = super::text::fold(&self.text);
        match self.date {
            Some(day) => format!("{}, {text}", super::date::long(day)),
            None => text,
        }
    }
}

/// The findings as a timeline: places in the list, undated ones first (they are the background),
/// then by date.
pub fn timeline(findings: &[Finding]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|i| findings.get(*i).and_then(|f| f.date));
    order
}

/// For each finding the number, from 1, under which the timeline shows it.
pub fn numbers(findings: &[Finding]) -> Vec<usize> {
    let mut numbers = vec![0; findings.len()];
    for (row, at) in timeline(findings).into_iter().enumerate() {
        if let Some(number) = numbers.get_mut(at) {
            *number = row + 1;
        }
    }
    numbers
}
