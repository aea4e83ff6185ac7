//! Citation lists: what can be cited by name alone, without a text of it in the library.

use super::pages::{PageRange, print_list};
use super::{Rank, Source};
use serde::{Deserialize, Serialize};

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Whose it is; `mtus` is cited as the MTUS.
    pub source: Source,
    /// The guideline or chapter; of a study, all of it but the year.
    pub title: String,
    /// Edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// Chapter number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chapter: Option<u32>,
    /// Section, as letters write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Its pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<PageRange>,
    /// Legal rank, where it is not that of the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<Rank>,
    /// A line on it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub topic: String,
    /// Other words that find it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
}

impl Listed {
    /// Is it cited as the MTUS?
    pub fn is_mtus(&self) -> bool {
        self.source == Source::Mtus
    }

    /// The citation as letters write it (domain 2.7), without the mark of the MTUS.
    pub fn text(&self) -> String {
        let title = &self.title;
        let year = self.year.map(|year| format!(" {year}")).unwrap_or_default();
        let section = self.section.as_deref();
        let then = |mark: &str| section.map(|s| format!("{mark}{s}")).unwrap_or_default();
        let named = match self.source {
            Source::Mtus => format!("{title}{year}{}", then(", Section(s): ")),
            Source::Odg if !title.contains("ODG") => format!(
                "Official Disability Guidelines (ODG), {title} Chapter{year}{}",
                then(": ")
            ),
            Source::Acoem if !title.contains("ACOEM") => format!(
                "ACOEM Occupational Medicine Practice Guidelines, {title}{year}{}",
                then(": ")
            ),
            _ => format!("{title}{year}{}", then(": ")),
        };
        match self.pages.as_slice() {
            [] => named,
            pages => format!("{named}, Page(s): {}", print_list(pages)),
        }
    }

    /// For lists, and to be found by.
    pub fn label(&self) -> String {
        let mark = if self.is_mtus() { "MTUS " } else { "" };
        format!("{mark}{}", self.text())
    }
}

/// A citation list of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationList {
    /// Unique and stable.
    pub key: String,
    /// As it was given.
    pub name: String,
    /// The rank of what says none of its own.
    pub rank: Option<Rank>,
    /// What its licence says; empty where nothing was said.
    pub licence: String,
    /// How many entries.
    pub entries: u32,
}
