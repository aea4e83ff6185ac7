//! A citation: the text as written, and what it refers to.
//!
//! Reading and printing the shapes of real letters is in [`crate::model::citation_text`].

use super::pages::PageRange;
use serde::{Deserialize, Serialize};

/// Legal rank of evidence, Labor Code 4610.5(c)(2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rank {
    /// (A) the MTUS.
    A,
    /// (B) peer-reviewed scientific and medical evidence.
    B,
    /// (C) nationally recognised professional standards.
    C,
    /// (D) expert opinion.
    D,
    /// (E) generally accepted standards of medical practice.
    E,
    /// (F) treatments likely to benefit where others are not efficacious.
    F,
}

impl Rank {
    /// All ranks, highest first.
    pub const ALL: [Self; 6] = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F];

    /// What the rank means, in our words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::A => "the MTUS",
            Self::B => "peer-reviewed scientific and medical evidence",
            Self::C => "nationally recognised professional standards",
            Self::D => "expert opinion",
            Self::E => "generally accepted standards of medical practice",
            Self::F => "treatments likely to benefit where others are not efficacious",
        }
    }
}

/// Who published what is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The Medical Treatment Utilization Schedule.
    Mtus,
    /// ACOEM outside the MTUS.
    Acoem,
    /// Official Disability Guidelines.
    Odg,
    /// A study, textbook, label, web page or other guideline.
    Other,
    /// No citation applies; the text is a sentence on the search made.
    None,
}

/// A reference to a guideline or a passage of it, or the statement that none applies.
///
/// `text` is the source text without the words `Decision based on`, without the `MTUS` or
/// `Non-MTUS Citation` mark (that is [`Citation::mtus`]) and without the closing full stop. It is
/// never changed by parsing; the other fields say what was understood of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Citation {
    /// As written.
    pub text: String,
    /// Publisher.
    pub source: Source,
    /// Chapter number (ACOEM 2004).
    pub chapter: Option<u32>,
    /// Guideline or chapter title, without its year.
    pub title: Option<String>,
    /// Section or sections, as written.
    pub section: Option<String>,
    /// Pages, empty where none are named.
    pub pages: Vec<PageRange>,
    /// Edition year.
    pub year: Option<i16>,
    /// Was it cited as the MTUS?
    pub mtus: bool,
    /// Rank, for `none applicable` always, for others where known.
    pub rank: Option<Rank>,
}

/// A `none applicable` without a sentence on the search made (lint L03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("\"none applicable\" needs a sentence that says which search was made")]
pub struct NoSearchSentence;

impl Citation {
    /// The statement that no guideline applies: its rank and a sentence on the search made.
    ///
    /// # Errors
    /// An empty sentence.
    pub fn none_applicable(rank: Rank, search: &str) -> Result<Self, NoSearchSentence> {
        let text = super::citation_text::settled(false, search);
        if text.is_empty() {
            return Err(NoSearchSentence);
        }
        Ok(Self {
            text,
            source: Source::None,
            chapter: None,
            title: None,
            section: None,
            pages: Vec::new(),
            year: None,
            mtus: false,
            rank: Some(rank),
        })
    }

    /// Is it the statement that none applies?
    pub fn is_none_applicable(&self) -> bool {
        self.source == Source::None
    }

    /// For lists: `MTUS Neck and Upper Back Complaints 2004, Section(s): Special Studies`.
    pub fn label(&self) -> String {
        match (self.is_none_applicable(), self.mtus) {
            (true, _) => format!("none applicable: {}", self.text),
            (false, true) => format!("MTUS {}", self.text),
            (false, false) => self.text.clone(),
        }
    }
}
