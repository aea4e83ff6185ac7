//! The content of a determination: what is signed and what the letter says, and nothing else.

use super::case::{Credentials, Header, Patient};
use super::citation::Citation;
use super::date::Date;
use super::decision::Decision;
use serde::{Deserialize, Serialize};

/// One item as decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedItem {
    /// The request as written.
    pub request: String,
    /// UR's guideline block as written, where known.
    pub ur_text: Option<String>,
    /// What UR approved, where it modified.
    pub ur_approved_part: Option<String>,
    /// The answer.
    pub decision: Decision,
    /// Cited.
    pub citations: Vec<Citation>,
    /// The reasons.
    pub rationale: String,
}

/// What the letter lists of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedRecord {
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: String,
    /// Date.
    pub date: Option<Date>,
    /// How many pages.
    pub pages: u32,
}

/// A whole determination. The reviewer's name is not part of it (LC 4610.6(f)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Organisation that issues the letter.
    pub organisation: String,
    /// Header block; `decided_date` is the day of signing.
    pub header: Header,
    /// Age and sex.
    pub patient: Patient,
    /// The signing reviewer's credentials.
    pub credentials: Credentials,
    /// The clinical case summary.
    pub summary: String,
    /// Every disputed item, each decided.
    pub items: Vec<DecidedItem>,
    /// Documents reviewed.
    pub records: Vec<ListedRecord>,
    /// Why none are listed.
    pub records_reason: Option<String>,
    /// Hex SHA-256 of the determination this one amends.
    pub replaces: Option<String>,
}
