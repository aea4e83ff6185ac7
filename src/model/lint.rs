//! What a check before signing says, and how the reviewer answers it.

use super::citation::Citation;
use super::date::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};
use std::ops::Range;

/// How much a lint weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is signed before it is mended, or answered where [`Lint::takes_reason`] says so.
    Blocking,
    /// Mended, or answered with a reason.
    Warning,
    /// Worth a look; nothing is asked.
    Note,
}

impl Severity {
    /// All, the heaviest first.
    pub const ALL: [Self; 3] = [Self::Blocking, Self::Warning, Self::Note];

    /// As shown and stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Blocking => "blocking",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// Reads [`Severity::word`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// The text that a lint marks. Items and citations count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The case as a whole: header, records, profile.
    Case,
    /// The clinical case summary.
    Summary,
    /// The text of a request.
    Request(usize),
    /// The text of a citation, by item and place.
    Citation(usize, usize),
    /// The rationale of an item.
    Rationale(usize),
}

/// One report of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    /// Number in the catalogue, e.g. `L15`.
    pub id: &'static str,
    /// After overrides.
    pub severity: Severity,
    /// The item it is about, from 0; `None` for the case as a whole.
    pub item: Option<usize>,
    /// The text it marks.
    pub place: Place,
    /// Bytes in that text, on borders of characters; `None` where no words stand for it.
    pub span: Option<Range<usize>>,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do, one sentence.
    pub remedy: &'static str,
    /// The law or reason behind the check.
    pub basis: &'static str,
    /// Does a typed reason settle it? True of every warning, and of the blocking L07 and L15.
    pub takes_reason: bool,
    /// Fingerprint of the words it stands on ([`fingerprint`]): other words ask again.
    pub words: String,
}

impl Lint {
    /// Was it answered, as it stands now?
    pub fn is_answered(&self, answers: &[Answer]) -> bool {
        self.takes_reason && answers.iter().any(|answer| answer.settles(self))
    }

    /// Does it still keep the case from being signed?
    pub fn blocks(&self, answers: &[Answer]) -> bool {
        self.severity == Severity::Blocking && !self.is_answered(answers)
    }

    /// The answer to it, for the event log.
    pub fn answer(&self, reason: &str) -> Answer {
        Answer {
            id: self.id.to_owned(),
            item: self.item,
            words: self.words.clone(),
            reason: reason.trim().to_owned(),
        }
    }
}

/// A typed reason for leaving a lint as it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Answer {
    /// Number in the catalogue.
    pub id: String,
    /// The item, from 0.
    pub item: Option<usize>,
    /// [`Lint::words`] of the lint that was answered.
    pub words: String,
    /// Why it may stand.
    pub reason: String,
}

impl Answer {
    /// Is it the answer to this lint: same check, same item, same words? An empty reason settles
    /// nothing.
    pub fn settles(&self, lint: &Lint) -> bool {
        self.id == lint.id
            && self.item == lint.item
            && self.words == lint.words
            && !self.reason.trim().is_empty()
    }
}

/// Sixteen hex digits over the parts: enough to tell one reviewer's sentences apart.
pub fn fingerprint(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        // Two parts are not their sum.
        hash.update([0]);
    }
    let mut out = String::new();
    for byte in hash.finalize().iter().take(8) {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// What is known of the guideline that a citation names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Its title and year.
    pub name: String,
    /// Its chapter; `None` where it has none, or that is not known.
    pub chapter: Option<u32>,
    /// First and last page of what is cited, as far as they are known: of the section, else of the
    /// whole.
    pub pages: Option<(u32, u32)>,
    /// First and last day on which this edition is in force, where they are known.
    pub effective: (Option<Date>, Option<Date>),
    /// The edition that took its place, and the first day of that.
    pub newer: Option<(String, Option<Date>)>,
    /// Does it have the section cited? `None` where that cannot be told.
    pub has_section: Option<bool>,
}

/// What a look for a cited guideline brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// There is such a guideline.
    Found(Box<Known>),
    /// There is none, where there would be one.
    Missing,
    /// It cannot be told: a study or a web page stands in no library.
    Unknown,
}

/// What is known of guidelines beyond the words of a citation; the library knows it.
pub trait KnownGuidelines: fmt::Debug {
    /// The guideline that a citation names.
    fn look_up(&self, citation: &Citation) -> Lookup;
}

/// Nothing is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoGuidelines;

impl KnownGuidelines for NoGuidelines {
    fn look_up(&self, _: &Citation) -> Lookup {
        Lookup::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lint(words: &str) -> Lint {
        Lint {
            id: "L15",
            severity: Severity::Blocking,
            item: Some(0),
            place: Place::Rationale(0),
            span: None,
            message: "m".into(),
            remedy: "r",
            basis: "b",
            takes_reason: true,
            words: fingerprint(&[words]),
        }
    }

    #[test]
    fn an_answer_holds_for_its_words_alone() {
        let asked = lint("It is necessary.");
        let answers = [asked.answer(" quoted from UR ")];
        assert_eq!(answers[0].reason, "quoted from UR");
        assert!(!asked.blocks(&answers));
        assert!(asked.blocks(&[]));
        assert!(lint("It is needed.").blocks(&answers));
        let other_item = Lint {
            item: Some(1),
            ..asked.clone()
        };
        assert!(other_item.blocks(&answers));
        let firm = Lint {
            takes_reason: false,
            ..asked.clone()
        };
        assert!(firm.blocks(&answers));
        assert!(asked.blocks(&[asked.answer(" ")]));
    }

    #[test]
    fn parts_are_kept_apart() {
        assert_ne!(fingerprint(&["ab", "c"]), fingerprint(&["a", "bc"]));
        assert_eq!(fingerprint(&["a"]).len(), 16);
    }
}
