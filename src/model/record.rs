//! Documents of the case file.

use super::date::Date;
use serde::{Deserialize, Serialize};

/// One document. `pages` holds the text of each page, cleaned; a page may be empty (a scan).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Title, one line.
    pub title: String,
    /// `PR-2`, `RFA`, `imaging`, ... (domain 2.5).
    pub kind: String,
    /// Date of the document.
    pub date: Option<Date>,
    /// Text by page.
    pub pages: Vec<String>,
}
